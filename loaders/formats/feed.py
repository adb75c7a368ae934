"""Feeds of comments, RSS or Atom: of a page, of a whole site, or with the posts, as Blogger exports a blog.

An entry is a comment where it says what it answers (RFC 4685), where Blogger, Discourse or Reddit name it so, or where
its address leads into a page. All others are posts, and are read where a comment is on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import plain_body
from rejoinder.loaders.containers.peek import xml_root
from rejoinder.loaders.containers.xml import FoundElement, child_words, elements
from rejoinder.loaders.formats import jira_xml, wxr
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.recognising.refusal import NoText
from rejoinder.loaders.sites.feed_entries import (
    ATOM,
    COMMENT_FEED,
    DISCOURSE_ID,
    RDF,
    RSS_1,
    FeedEntry,
    as_rss_2,
    feed_entry,
    first_child_text,
    page_address,
    plain_title,
)
from rejoinder.loaders.sites.feed_pages import entry_page, is_feed_comment, page_thread_key
from rejoinder.loaders.sites.roots import Roots
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.fields import FieldError
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Thread, ThreadKey

NAME = "feed"
SUMMARY = "feeds of comments (RSS, Atom): WordPress, Blogger and its export, Reddit, Discourse, Stack Exchange, others"
READS = Reads(
    recognised="the root element is `rss`, Atom's `feed`, or `rdf:RDF` with the namespace of RSS 1.0, and it is no "
    "export of WordPress or Jira",
    id="`guid`, `id` or `rdf:about`, else the address; the thread is the page that the comment is on",
    parent="`ref` of `thr:in-reply-to`, on Blogger the comment that is answered before the post; on WordPress the link "
    "in `In reply to`, which is no part of the words; in RSS 1.0 `annotate:reference`; without them the post, loaded "
    "or not, and the words are asked",
    author="`dc:creator`, `author` or its `name`",
    created="`pubDate`, `published` or `dc:date`, else `updated`",
    body="`content:encoded`, `content`, `description` or `summary`, HTML or plain; without words the title",
    link="`link`",
    counts="`thr:total` or `slash:comments` of a post, and the post itself",
    ignored="posts without comments; drafts, and what is in the bin; categories, ranks, pictures, settings of a blog; "
    "on Reddit and Discourse whom a comment answers, for which see the site's JSON",
)

SITE = "feed"  # where no address tells another
HEAD_TAGS = frozenset({"title", "link"})
COMMENTS_ON = re.compile(r"Comments on:? (?=\S)")
# A comment, by whom and on what.
COMMENT_TITLES = (
    r"Comment on (.+) by {}",
    r"/u/{} on (.+)",
    r"Answer by {} for (.+)",
)
RSS_1_NAMESPACE = re.compile(f"[\"']{RSS_1[1:-1]}[\"']")
NO_TALK_KINDS = frozenset({"template", "settings"})


@dataclass(slots=True)
class Feed:
    """What the file has said: of itself, and all of its entries in their order."""

    title: str = ""
    link: str = ""
    id: str = ""
    entries: list[FeedEntry] = field(default_factory=list)
    elsewhere: str = ""  # the feed of the comments on the first article
    unnamed: list[int] = field(default_factory=list)  # the lines of entries without an id or address


def recognises(path: Path, head: str) -> bool:
    """True for RSS and Atom, but for exports of WordPress and Jira, which are RSS, too."""
    others = (wxr, jira_xml)
    root = xml_root(head)
    is_feed = root in ("rss", f"{ATOM}feed") or (root == f"{RDF}RDF" and bool(RSS_1_NAMESPACE.search(head)))
    return is_feed and not any(other.recognises(path, head) for other in others)


def is_row_element(tag: str, depth: int) -> bool:
    """The entries, and what a feed says of itself."""
    atom = depth == 2 and tag.startswith(ATOM) and tag.removeprefix(ATOM) in {"entry", "id", *HEAD_TAGS}
    rss_1 = depth == 2 and tag in (f"{RSS_1}channel", f"{RSS_1}item")
    return atom or rss_1 or (depth == 3 and tag in {"item", *HEAD_TAGS})


def load(source: Source) -> Iterator[Found | Problem]:
    """Each page with comments as a thread: the post, where the feed holds it, and the comments.

    Raises LoadError where no entry is a comment.
    """
    scrubber, skipped, feed = Scrubber(), SkipLog(), Feed()
    end: LoadError | None = None
    try:
        for row in elements(source, is_row_element, scrubber):
            if isinstance(row, Problem):
                yield row
            else:
                note_row(row, feed, skipped, scrubber)
    except LoadError as error:
        end = error
    yield from (
        Problem(source.name, line, "expected an entry with a guid, an id or a link", lost=True) for line in feed.unnamed
    )
    if end is None and not any(map(is_feed_comment, feed.entries)):
        end = NoText(source.name, 1, no_comments_message(feed))
    else:
        yield from FeedThreads(feed).threads_and_comments(source.name, skipped)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)
    if end is not None:
        raise end


def note_row(row: FoundElement, feed: Feed, skipped: SkipLog, scrubber: Scrubber) -> None:
    """Notes an element of the feed."""
    name = row.element.tag.removeprefix(ATOM)
    if name.startswith(RSS_1):
        name = as_rss_2(row.element).tag.removeprefix(RSS_1)
    if name in ("item", "entry"):
        note_entry(row, feed, skipped, scrubber)
    elif name == "channel":
        feed.title, feed.link = (scrubber.text(child_words(row.element, tag), row.line) for tag in ("title", "link"))
    elif name == "title":
        feed.title = feed.title or scrubber.text(plain_title(row.element), row.line)
    elif name == "link":
        feed.link = feed.link or scrubber.text(page_address(row.element), row.line)
    else:
        feed.id = feed.id or scrubber.text((row.element.text or "").strip(), row.line)


def note_entry(row: FoundElement, feed: Feed, skipped: SkipLog, scrubber: Scrubber) -> None:
    """Notes an entry, unless it is not published, has no name, or is no talk."""
    entry = feed_entry(row.element, row.line, scrubber)
    feed.elsewhere = feed.elsewhere or first_child_text(row.element, COMMENT_FEED)
    if not entry.shown:
        skipped.note("drafts, and what is in the bin", row.line)
    elif not entry.id:
        feed.unnamed.append(row.line)
    elif entry.kind not in NO_TALK_KINDS:
        feed.entries.append(entry)


class FeedThreads:
    """The pages that the comments of a feed are on."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.entries = {entry.id: entry for entry in feed.entries}
        self.links = {entry.link: entry.id for entry in feed.entries if "#" in entry.link}
        self.roots = Roots({entry.id: self.parent_id(entry) for entry in feed.entries if entry.answers_to})
        self.site = host_of(feed.link) or host_of(feed.id) or SITE
        self.subject = self.subject_in()
        self.openings: dict[ThreadKey, FeedEntry] = {}
        for item in feed.entries:
            if not is_feed_comment(item):
                self.openings.setdefault(page_thread_key(entry_page(item) or item.id, self.site), item)

    def parent_id(self, entry: FeedEntry) -> str:
        """The id of what an entry answers, which it may name by its address."""
        return (
            entry.answers_to if entry.answers_to in self.entries else self.links.get(entry.answers_to, entry.answers_to)
        )

    def subject_in(self) -> FeedEntry | None:
        """The post that the whole feed is about: the only one at the address that the feed names as its page."""
        page = page_thread_key(self.feed.link, self.site)
        posts = [entry for entry in self.feed.entries if not is_feed_comment(entry)]
        at_page = [
            post
            for post in posts
            if page in (page_thread_key(entry_page(post), self.site), page_thread_key(post.id, self.site))
        ]
        return at_page[0] if self.feed.link and page.id != "/" and len(at_page) == 1 else None

    def threads_and_comments(self, file: str, skipped: SkipLog) -> Iterator[Found | Problem]:
        """The threads with their posts, each before the first comment on it, and the comments in their order."""
        thread_keys: set[ThreadKey] = set()
        for entry in self.feed.entries:
            if not is_feed_comment(entry):
                continue
            key = self.key(entry)
            if key not in thread_keys:
                thread_keys.add(key)
                yield from self.open_thread(key, entry, file)
            try:
                yield Found(self.comment(entry, key), file, entry.line)
            except FieldError as error:
                yield Problem(file, entry.line, str(error), lost=True)
        for entry in self.feed.entries:
            if (
                not is_feed_comment(entry)
                and self.openings.get(page_thread_key(entry_page(entry) or entry.id, self.site)) is not entry
            ):
                skipped.note("posts at the address of another", entry.line)
            elif (
                not is_feed_comment(entry)
                and page_thread_key(entry_page(entry) or entry.id, self.site) not in thread_keys
            ):
                skipped.note("posts without comments", entry.line)

    def open_thread(self, key: ThreadKey, first: FeedEntry, file: str) -> Iterator[Found | Problem]:
        """A thread, and the post where there is one; the first comment may name it."""
        post = self.openings.get(key)
        if post is None:
            about = (
                COMMENTS_ON.sub("", self.feed.title)
                if key == page_thread_key(self.feed.link, self.site)
                else page_title(first)
            )
            yield Found(Thread(key, about or None, first.link.partition("#")[0] or None), file, first.line)
            return
        count = None if post.total is None else post.total + 1
        yield Found(Thread(key, post.title or None, post.link or None, count), file, post.line)
        yield Found(self.entry_comment(post, key), file, post.line)

    def key(self, entry: FeedEntry) -> ThreadKey:
        """The thread of a comment: by the post that it goes back to, its own page, or what it says that it answers."""
        name = self.roots.root_of(entry.id)
        root = self.entries.get(name)
        if self.subject is not None and root in (None, entry):
            return page_thread_key(entry_page(self.subject) or self.subject.id, self.site)
        if root is not None and not is_feed_comment(root):
            return page_thread_key(entry_page(root) or root.id, self.site)
        page = (
            entry_page(entry) or entry.page or (entry_page(root) if root else "") or (name if entry.answers_to else "")
        )
        return page_thread_key(page or self.feed.link or self.feed.id or "feed", self.site)

    def comment(self, entry: FeedEntry, key: ThreadKey) -> Comment:
        """The comment with its parent; raises FieldError where it has no words."""
        name = self.parent_id(entry)
        above = self.entries.get(name)
        post = self.openings.get(key)
        answered = is_feed_comment(above) if above is not None else "#" in entry.answers_to + entry.page
        parent = name if answered else post.id if post is not None else key.id
        return self.entry_comment(entry, key, parent, answered)

    def entry_comment(
        self, entry: FeedEntry, key: ThreadKey, parent: str | None = None, addressed: bool = True
    ) -> Comment:
        """An entry as a comment; raises FieldError where it has neither words nor a title."""
        body = entry.body if entry.body.text.strip() else plain_body(entry.title)
        if not body.text.strip():
            raise FieldError('expected "content", "description" or "summary" with words in it, or a title; got none')
        return Comment(
            key,
            entry.id,
            body.text,
            parent=parent,
            author=entry.author,
            created=entry.created,
            url=entry.link or None,
            links=body.links,
            addressed=addressed,
        )


def page_title(entry: FeedEntry) -> str:
    """The title of the page that a comment is on, where its own says it.

    >>> from rejoinder.loaders.bodies import Body
    >>> page_title(FeedEntry(1, "c7", "Comment on Hedges by Ann", "", "Ann", None, Body("")))
    'Hedges'
    """
    if DISCOURSE_ID.search(entry.id):
        return entry.title
    author = re.escape(entry.author or "")
    return next(
        (
            match[1]
            for comment_title in COMMENT_TITLES
            if (match := re.fullmatch(comment_title.format(author), entry.title))
        ),
        "",
    )


def no_comments_message(feed: Feed) -> str:
    """What is to be said of a feed without any comment."""
    if not feed.entries:
        return "expected a feed of comments, got one without entries"
    where = f" (of the first it is {feed.elsewhere:.200})" if feed.elsewhere else ""
    actual = f"got one of {len(feed.entries)} articles" if len(feed.entries) > 1 else "got one of an article"
    return f"expected a feed of comments, {actual} without comments; load the feed of the comments on an article{where}"
