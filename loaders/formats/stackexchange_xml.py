"""The data dump of Stack Exchange: Posts.xml and Comments.xml, a row a post or comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import from_html, from_markdown
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import xml_root
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.sites.stackexchange import SITE, accepted_answer, comment_name, comment_url, post_url, site_in
from rejoinder.loaders.sites.stackexchange_rows import Posts, Users, dump_rows, file_beside
from rejoinder.loaders.values.fields import FieldError, Fields
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, Thread, ThreadKey

NAME = "stackexchange_xml"
SUMMARY = "Stack Exchange data dump: Posts.xml, and Comments.xml with Posts.xml beside it"
READS = Reads(
    recognised="the root element is `posts` or `comments`, and rows have `PostTypeId` or `PostId`",
    id="`Id`; of a comment `comment` and `Id`",
    parent="`ParentId` of an answer; a comment stands below `PostId`",
    author="`DisplayName` in Users.xml beside it, else `OwnerDisplayName`, `UserDisplayName` or `user` and the number",
    created="`CreationDate`, UTC",
    body="`Body`, HTML; `Text` of a comment, Markdown",
    link="made of the id, where the folder is named after the site (`cooking.stackexchange.com`)",
    counts="`AnswerCount`, `CommentCount`",
    moves="`AcceptedAnswerId`",
    ignored="the other files of the dump; posts that are neither a question nor an answer, and comments on them; votes",
)

QUESTION_TYPE, ANSWER_TYPE = "1", "2"
WORDLESS_ROOTS = ("users", "votes", "tags", "badges", "posthistory", "postlinks")  # roots of the other files of a dump
ANY_ROW = re.compile(r"<row\s[^<]{0,200}?\bId\s*=")
POST_ROW = re.compile(r"<row\s[^<]{0,60000}?\b(?:PostTypeId|PostId)\s*=")
LOCAL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?")


def recognises(path: Path, head: str) -> bool:
    """True for the two files of a dump that hold words, and for those that belong to them."""
    root = xml_root(head)
    if root in WORDLESS_ROOTS:
        return ANY_ROW.search(head) is not None
    return root in ("posts", "comments") and POST_ROW.search(head) is not None


def load(source: Source) -> Iterator[Found | Problem]:
    """The posts, or the comments on them, or nothing of a file without words.

    Raises LoadError for comments without Posts.xml beside them.
    """
    scrubber, skipped = Scrubber(), SkipLog()
    root = xml_root(source.head().decode("utf-8", "replace"))
    if root in WORDLESS_ROOTS:
        return
    site = site_in(str(source.path.resolve().parent.name)) or SITE
    with Posts() as posts, Users(source) as users:
        reader = DumpReader(source, site, posts, users, scrubber, skipped)
        yield from reader.posts_file() if root == "posts" else reader.comments_file()
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


class DumpReader:
    """One file of a dump, and what it needs to know of those beside it."""

    def __init__(
        self, source: Source, site: str, posts: Posts, users: Users, scrubber: Scrubber, skipped: SkipLog
    ) -> None:
        self.source, self.site = source, site
        self.posts, self.users = posts, users
        self.scrubber, self.skipped = scrubber, skipped

    def posts_file(self) -> Iterator[Found | Problem]:
        """Questions with their threads, answers, and at last how much each thread should hold."""
        yield from read_items(dump_rows(self.source, self.scrubber), self.post, self.source.name)
        for question, line, declared in self.posts.totals():
            yield Found(Thread(ThreadKey(self.site, question), declared_comments=declared), self.source.name, line)

    def post(self, row: Mapping[str, str], line: int) -> Iterator[Record]:
        """A question with its thread, or an answer; raises FieldError."""
        fields = self.fields(row, line)
        kind, name = row.get("PostTypeId"), fields.required("Id")
        if kind not in (QUESTION_TYPE, ANSWER_TYPE):
            self.skipped.note("posts that are neither a question nor an answer", line)
            return
        above = None if kind == QUESTION_TYPE else fields.aside(fields.required, "ParentId")
        key = ThreadKey(self.site, above or name)
        comments, answers = count_in_row(row, "CommentCount"), count_in_row(row, "AnswerCount")
        self.posts.note(name, key.id, line, 1 + (comments or 0) if kind == QUESTION_TYPE else (comments or 0), answers)
        if kind == QUESTION_TYPE:
            yield Thread(key, fields.side_text("Title"), post_url(self.site, name))
        body = from_html(fields.text("Body") if "Body" in fields else "")
        if not body.text.strip():
            raise FieldError('expected "Body" with words in it')
        yield Comment(
            key,
            name,
            body.text,
            parent=above,
            author=self.author(fields, "Owner"),
            created=utc_date(fields.optional("CreationDate")),
            url=post_url(self.site, name, "q" if kind == QUESTION_TYPE else "a"),
            declared_replies=None if comments is None and answers is None else (comments or 0) + (answers or 0),
            links=body.links,
        )
        yield from self.acceptance(name, key, row)

    def acceptance(self, name: str, key: ThreadKey, row: Mapping[str, str]) -> Iterator[Record]:
        """The accepted answer, once both it and the question have been met."""
        chosen = row.get("AcceptedAnswerId")
        if chosen:
            self.posts.choose(chosen)
        for answer in self.posts.accepted_answer(chosen or name):
            yield accepted_answer(key, answer)

    def comments_file(self) -> Iterator[Found | Problem]:
        """The comments, each in the thread of the question that it stands below."""
        self.read_posts()
        yield from read_items(dump_rows(self.source, self.scrubber), self.comment, self.source.name)

    def read_posts(self) -> None:
        """Learns from Posts.xml which question each post belongs to; raises LoadError if it is not there."""
        file = file_beside(self.source, "Posts.xml")
        if file is None:
            message = "expected Posts.xml in the same folder: a comment does not say which question it stands below"
            raise LoadError(self.source.name, 0, message)
        for dump_row in dump_rows(file, Scrubber()):
            if not isinstance(dump_row, Problem) and dump_row[1].get("PostTypeId") in (QUESTION_TYPE, ANSWER_TYPE):
                line, row = dump_row
                self.posts.note(row.get("Id", ""), row.get("ParentId") or row.get("Id", ""), line, 0, None)

    def comment(self, row: Mapping[str, str], line: int) -> Iterator[Comment]:
        """The comment; nothing where its post is no question or answer of the dump; raises FieldError."""
        fields = self.fields(row, line)
        number, post = fields.required("Id"), fields.required("PostId")
        question = self.posts.question(post)
        if question is None:
            self.skipped.note("comments on posts that are neither a question nor an answer of Posts.xml", line)
            return
        body = from_markdown(fields.required("Text"), literal=True)
        yield Comment(
            ThreadKey(self.site, question),
            comment_name(number),
            body.text,
            parent=post,
            author=self.author(fields, "User"),
            created=utc_date(fields.optional("CreationDate")),
            url=comment_url(self.site, question, post, number),
            links=body.links,
            addressed=False,
        )

    def fields(self, row: Mapping[str, str], line: int) -> Fields:
        """The row's attributes."""
        return Fields(dict(row), line, self.scrubber)

    def author(self, fields: Fields, who: str) -> str | None:
        """Who wrote it: Owner of a post, User of a comment; accounts that are gone have only a name, or nothing."""
        number = fields.optional(f"{who}UserId" if who == "Owner" else f"{who}Id")
        user_name = self.users.name(number) if number else None
        return user_name or fields.optional(f"{who}DisplayName") or (f"user{number}" if number else None)


def count_in_row(row: Mapping[str, str], name: str) -> int | None:
    """A count, None where there is none."""
    value = row.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def utc_date(text: str | None) -> str | None:
    """The dump's dates are UTC and do not say so.

    >>> utc_date("2014-02-03T10:00:00.123"), utc_date("spring")
    ('2014-02-03T10:00:00.123Z', 'spring')
    """
    return f"{text}Z" if text and LOCAL_TIME.fullmatch(text) else text
