"""The pages of comments in Markdown that LessWrong and its sister forums serve at /api/post/<slug>/comments."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import Body, Dialect, from_markdown
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.forummagnum_markdown import (
    DATE_LINE,
    LIST_ITEM,
    SITE,
    TITLE_LINE,
    CommentsPage,
    ListedReaction,
    PagePart,
    absolute_url,
    comments_page,
    lines_before_comments,
    split_metadata,
    split_reactions,
    unescape_markdown,
)
from rejoinder.loaders.sites.forummagnum_reactions import CREATED, reaction_kind
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, PlatformMove, Record, State, Thread, ThreadKey, digest

NAME = "forummagnum_page"
SUMMARY = "LessWrong, EA Forum, Alignment Forum: the Markdown page of a post's comments"
READS = Reads(
    recognised="lines `Post URL (Markdown):` or `Markdown permalink:`",
    id="the last part of `HTML permalink`; of the post, its id there",
    parent="`Parent comment (Markdown)`; without it the post",
    author="the name in `Comment by [name]`",
    created="the date below it",
    body="the indented Markdown; of the post, what stands above the comments",
    link="`HTML permalink`, where the page names its host",
    counts="`Showing ... of ... comments`, and the post itself",
    states="a comment without a body is deleted",
    moves="reactions whose authors are named (`?includeReactionUsers=1`)",
    ignored="karma and votes; reactions that are only counted, or of which somebody is named who marked them as wrong",
)

PAGE_MARK = re.compile(r"^(?:[*+-]\s+)?(?:Post URL \(Markdown\)|Markdown permalink): ?\[", re.MULTILINE)
BYLINE = re.compile(r"[*+-]\s+By (.*)")
LINK = re.compile(r"\[((?:[^\]\\]|\\.)*+)\]\(([^()\s]*)\)")
COMMENT_ID = re.compile(r"/comments?/([^/\s?#)\]]+)")
SHOWN_COUNT = re.compile(r"^Showing \d+ of (\d+) comments?\b", re.MULTILINE)
NO_BODY = "[No comment body available]"
NOBODY_NAMES = frozenset(["[Anonymous]", "[anonymous]", "[deleted]"])


def recognises(path: Path, head: str) -> bool:
    """True if a line gives the address of the page's post or of a comment, as such pages do."""
    return PAGE_MARK.search(head) is not None


def load(source: Source) -> Iterator[Found | Problem]:
    """The thread, the post where it is on the page, and the comments; raises LoadError if there is neither."""
    scrubber = Scrubber()
    page = comments_page(list(text_lines(source, scrubber)))
    if not page.key.id:
        raise LoadError(source.name, 1, "expected the address of a post (/posts/<id>/<slug>) on the page")
    yield Found(page_thread(page), source.name, page.top.line)
    empty, loaded = list[int](), 0
    for page_part in [page.top, *page.parts]:
        records = opening_records(page) if page_part is page.top else part_records(page_part, page.key)
        if records is None:
            empty.append(page_part.line)
        for record in records or ():
            loaded += 1
            yield Found(record, source.name, page_part.line)
    if not loaded:
        raise LoadError(source.name, 1, "expected comments with words (`### Comment by ...`), got a page without any")
    yield from closing_problems(source, empty, scrubber)


def closing_problems(source: Source, empty: list[int], scrubber: Scrubber) -> Iterator[Problem]:
    """What there is to say at the end."""
    if empty:
        message = (
            f"left out comments that are listed without words or address ({len(empty)}); load the page of comments"
        )
        yield Problem(source.name, empty[0], message, lost=False)
    yield from scrubber.problems(source.name)


def text_lines(source: Source, scrubber: Scrubber) -> Iterator[str]:
    """The lines of the file; one that is too long to hold is an empty line."""
    for line in source.lines():
        yield "" if isinstance(line, Problem) else scrubber.line(line[1], line[0])


def page_thread(page: CommentsPage) -> Thread:
    """The thread; the post counts as one of its comments."""
    title, count = TITLE_LINE.fullmatch(page.top.heading), SHOWN_COUNT.search(page.whole_text)
    declared = int(count[1]) + 1 if count and len(count[1]) < 10 else None
    return Thread(page.key, unescape_markdown(title[2]) if title else None, page.url, declared)


def opening_records(page: CommentsPage) -> list[Record]:
    """The post as the comment that opens the thread; nothing where the page is of comments alone."""
    by, created, body = None, None, list[str]()
    for number, line in enumerate(page.top.lines):
        by, created = by or BYLINE.fullmatch(line), created or DATE_LINE.fullmatch(line)
        if line.strip() and not LIST_ITEM.fullmatch(line):
            body = page.top.lines[number:]
            break
    if by is None:
        return []
    read = indented_body(lines_before_comments(body), page.key.site)
    if not read.text.strip():
        return []
    return [
        Comment(
            page.key,
            page.key.id,
            read.text,
            None,
            linked_name(by[1]),
            date_in_line(created),
            page.url,
            links=read.links,
        )
    ]


def part_records(part: PagePart, key: ThreadKey) -> list[Record] | None:
    """A comment and its reactions; None where its address or its words are not on the page."""
    fields, created, rest = split_metadata(part.lines)
    reacted, rest = split_reactions(rest)
    own = COMMENT_ID.search(fields.get("HTML permalink") or fields.get("Markdown permalink") or "")
    above = COMMENT_ID.search(fields.get("Parent comment (Markdown)", ""))
    if own is None or not any(line.strip() for line in rest):
        return None
    body = indented_body(rest, key.site)
    gone = body.text.strip(" _") == NO_BODY or not body.text.strip()
    link = LINK.match(fields.get("HTML permalink", ""))
    comment = Comment(
        key,
        own[1],
        "" if gone else body.text,
        parent=above[1] if above else key.id,
        author=linked_name(part.heading),
        created=date_in_line(created),
        url=absolute_url(link[2], key.site) if link else None,
        states=(State.DELETED,) if gone else (),
        links=() if gone else body.links,
    )
    return [comment, *(move for listed_reaction in reacted for move in listed_reaction_moves(comment, listed_reaction))]


def listed_reaction_moves(comment: Comment, listed_reaction: ListedReaction) -> Iterator[PlatformMove]:
    """The moves that a reaction is, one an author."""
    kind_and_cue = reaction_kind(listed_reaction.name, CREATED)
    if kind_and_cue is None:
        return
    kind, cue = kind_and_cue
    where = "" if listed_reaction.passage is None else ":" + digest(listed_reaction.passage)[:8]
    for author in listed_reaction.authors:
        name = f"{comment.id}:{cue}:{author}{where}"
        yield PlatformMove(
            comment.thread, name, kind, comment.id, cue, None, None, None, author, listed_reaction.passage
        )


def indented_body(lines: list[str], site: str) -> Body:
    """The Markdown of the lines, which are indented by tabs."""
    base = None if site == SITE else f"https://{site}/"
    return from_markdown(textwrap.dedent("\n".join(lines)).strip("\n"), Dialect(base=base))


def linked_name(words: str) -> str | None:
    """The name in a link to a person; None for nobody."""
    link = LINK.match(words)
    name = unescape_markdown(link[1] if link else words).strip()
    return None if not name or name in NOBODY_NAMES else name


def date_in_line(match: re.Match[str] | None) -> str | None:
    """The date in the line."""
    return match[1] if match else None
