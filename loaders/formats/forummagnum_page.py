"""The pages of comments in Markdown that LessWrong and its sister forums serve at /api/post/<slug>/comments."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import Body, Dialect, from_markdown
from rejoinder.loaders.format import Reads
from rejoinder.loaders.scrub import Scrubber
from rejoinder.loaders.sites.forummagnum_reactions import CREATED, reaction
from rejoinder.loaders.source import Source
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

SITE = "forummagnum"
MARK = re.compile(r"^(?:[*+-]\s+)?(?:Post URL \(Markdown\)|Markdown permalink): ?\[", re.MULTILINE)
HEADING = "### Comment by "
NAVIGATION = "### Navigation"
SECTION = re.compile(r"(?:## )?(?:Comments|Top Comments Index|Comment thread)\s*")
SKIPPED = re.compile(r"\s*-*\s*")
OPENING = re.compile(r"Showing |### Comment by ")
TITLE = re.compile(r"# (?:(Comments: |Comment on ))?(.*)")
FIELD = re.compile(r"(?:[*+-]\s+)?([A-Z][\w ]*(?:\([\w, ]+\))?): ?(.*)")
DATE = re.compile(r"[*+-]\s+(\d{4}-\d\d-\d\dT[\d:.]+Z?)\s*")
BYLINE = re.compile(r"[*+-]\s+By (.*)")
ITEM = re.compile(r"[*+-]\s+.*")
LINK = re.compile(r"\[((?:[^\]\\]|\\.)*+)\]\(([^()\s]*)\)")
POST = re.compile(
    r"^(?:[*+-]\s+)?(?:Post URL \(HTML\)|HTML permalink): ?\[[^\]]*\]\((?:https?://([^/\s)]+))?"
    r"(/posts/([^/\s?#)]+)(?:/[^/\s?#)]*)?)",
    re.MULTILINE,
)
OWN = re.compile(r"/comments?/([^/\s?#)\]]+)")
HOME = re.compile(r"^[*+-]\s+\[Front page\]\(https?://([^/\s)]+)", re.MULTILINE)
SHOWING = re.compile(r"^Showing \d+ of (\d+) comments?\b", re.MULTILINE)
REACTIONS = re.compile(r"Reactions (?:\(whole comment\)|by quoted text):\s*")
REACTION = re.compile(r" *[*+-] +([\w-]+): (\d+)(?: \((.*)\))?\s*")
PASSAGE = re.compile(r" *[*+-] +\"(.*)\"\s*")
ESCAPE = re.compile(r"\\([^A-Za-z0-9\s])")
BODILESS = "[No comment body available]"
NOBODY = frozenset(["[Anonymous]", "[anonymous]", "[deleted]"])
CUT = "..."  # ends a passage that the page shortens


@dataclass(slots=True)
class Part:
    """The post, or a comment: its heading and where that stands, and the lines below."""

    line: int
    heading: str
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """What stands above the comments, and each comment; `whole` is all of the page."""

    top: Part
    parts: list[Part]
    whole: str

    @property
    def key(self) -> ThreadKey:
        """The post, on the host that the page names."""
        post, home = POST.search(self.whole), HOME.findall(self.whole)
        host = home[-1] if home else post[1] if post else None
        return ThreadKey(host or SITE, post[3] if post else "")

    @property
    def url(self) -> str | None:
        """The address of the post."""
        post = POST.search(self.whole)
        return absolute(post[2], self.key.site) if post else None


@dataclass(slots=True)
class Reacted:
    """A reaction as a comment lists it: its name, who made it, and the words that are marked."""

    name: str
    authors: list[str]
    passage: str | None


def recognises(path: Path, head: str) -> bool:
    """True if a line gives the address of the page's post or of a comment, as such pages do."""
    return MARK.search(head) is not None


def load(source: Source) -> Iterator[Found | Problem]:
    """The thread, the post where it is on the page, and the comments; raises LoadError if there is neither."""
    scrubber = Scrubber()
    page = page_of(list(texts(source, scrubber)))
    if not page.key.id:
        raise LoadError(source.name, 1, "expected the address of a post (/posts/<id>/<slug>) on the page")
    yield Found(thread_of(page), source.name, page.top.line)
    empty, loaded = list[int](), 0
    for one in [page.top, *page.parts]:
        found = opening(page) if one is page.top else comment_records(one, page.key)
        if found is None:
            empty.append(one.line)
        for record in found or ():
            loaded += 1
            yield Found(record, source.name, one.line)
    if not loaded:
        raise LoadError(source.name, 1, "expected comments with words (`### Comment by ...`), got a page without any")
    yield from closing(source, empty, scrubber)


def closing(source: Source, empty: list[int], scrubber: Scrubber) -> Iterator[Problem]:
    """What there is to say at the end."""
    if empty:
        message = (
            f"left out comments that are listed without words or address ({len(empty)}); load the page of comments"
        )
        yield Problem(source.name, empty[0], message, lost=False)
    yield from scrubber.problems(source.name)


def texts(source: Source, scrubber: Scrubber) -> Iterator[str]:
    """The lines of the file; one that is too long to hold is an empty line."""
    for one in source.lines():
        yield "" if isinstance(one, Problem) else scrubber.line(one[1], one[0])


# ------------------------------------------------------------------ the page


def page_of(lines: list[str]) -> Page:
    """The parts of the page, without what stands below the last comment."""
    end = max((number for number, line in enumerate(lines) if line.startswith(NAVIGATION)), default=len(lines))
    starts = [number for number, line in enumerate(lines[:end]) if line.startswith(HEADING)]
    stops = [*starts[1:], end]
    parts = [
        Part(start + 1, lines[start].removeprefix(HEADING), lines[start + 1 : stop])
        for start, stop in zip(starts, stops, strict=False)
    ]
    first = next((number for number, line in enumerate(lines) if TITLE.fullmatch(line)), None)
    above = lines[: starts[0] if starts else end]
    below = [] if first is None else above[first + 1 :]
    return Page(Part((first or 0) + 1, "" if first is None else lines[first], below), parts, "\n".join(lines))


def thread_of(page: Page) -> Thread:
    """The thread; the post counts as one of its comments."""
    title, count = TITLE.fullmatch(page.top.heading), SHOWING.search(page.whole)
    declared = int(count[1]) + 1 if count and len(count[1]) < 10 else None
    return Thread(page.key, unescaped(title[2]) if title else None, page.url, declared)


def opening(page: Page) -> list[Record]:
    """The post as the comment that opens the thread; nothing where the page is of comments alone."""
    by, created, body = None, None, list[str]()
    for number, line in enumerate(page.top.lines):
        by, created = by or BYLINE.fullmatch(line), created or DATE.fullmatch(line)
        if line.strip() and not ITEM.fullmatch(line):
            body = page.top.lines[number:]
            break
    if by is None:
        return []
    read = body_of(until_comments(body), page.key.site)
    if not read.text.strip():
        return []
    return [
        Comment(page.key, page.key.id, read.text, None, author_of(by[1]), dated(created), page.url, links=read.links)
    ]


def until_comments(lines: list[str]) -> list[str]:
    """The lines of a post, without the heading of the comments below it and what follows."""
    for number, line in enumerate(lines):
        after = next((one for one in lines[number + 1 :] if not SKIPPED.fullmatch(one)), "### Comment by ")
        if SECTION.fullmatch(line) and OPENING.match(after):
            return lines[:number]
    return lines


# ------------------------------------------------------------------ comments


def comment_records(part: Part, key: ThreadKey) -> list[Record] | None:
    """A comment and its reactions; None where its address or its words are not on the page."""
    fields, created, rest = metadata(part.lines)
    reacted, rest = reactions(rest)
    own = OWN.search(fields.get("HTML permalink") or fields.get("Markdown permalink") or "")
    above = OWN.search(fields.get("Parent comment (Markdown)", ""))
    if own is None or not any(line.strip() for line in rest):
        return None
    body = body_of(rest, key.site)
    gone = body.text.strip(" _") == BODILESS or not body.text.strip()
    link = LINK.search(fields.get("HTML permalink", ""))
    comment = Comment(
        key,
        own[1],
        "" if gone else body.text,
        parent=above[1] if above else key.id,
        author=author_of(part.heading),
        created=dated(created),
        url=absolute(link[2], key.site) if link else None,
        states=(State.DELETED,) if gone else (),
        links=() if gone else body.links,
    )
    return [comment, *(move for one in reacted for move in moves_of(comment, one))]


def metadata(lines: list[str]) -> tuple[dict[str, str], re.Match[str] | None, list[str]]:
    """The fields listed below a heading, the date among them, and the lines after them."""
    fields: dict[str, str] = {}
    created = None
    for number, line in enumerate(lines):
        found, date = FIELD.fullmatch(line), DATE.fullmatch(line)
        created = created or date
        if found and ITEM.fullmatch(line) and "Markdown permalink" not in fields:
            fields[found[1]] = found[2]
        elif line.strip() and not date:
            return fields, created, lines[number:]
    return fields, created, []


def reactions(lines: list[str]) -> tuple[list[Reacted], list[str]]:
    """The reactions listed above the body of a comment, and the lines of the body."""
    found: list[Reacted] = []
    passage, within = None, False
    for number, line in enumerate(lines):
        quoted, one = PASSAGE.fullmatch(line), REACTION.fullmatch(line)
        if REACTIONS.fullmatch(line):
            passage, within = None, True
        elif within and quoted:
            passage = unescaped(quoted[1]).removesuffix(CUT)
        elif within and one:
            found.append(Reacted(unescaped(one[1]), named(one), passage))
        elif line.strip():
            return found, lines[number:]
    return found, []


def named(one: re.Match[str]) -> list[str]:
    """Who made a reaction, where all who are named did: who marks it as wrong is named too, and lowers the count."""
    authors = unescaped(one[3]).split(", ") if one[3] else []
    return authors if str(len(authors)) == one[2] else []


def moves_of(comment: Comment, one: Reacted) -> Iterator[PlatformMove]:
    """The moves that a reaction is, one an author."""
    found = reaction(one.name, CREATED)
    if found is None:
        return
    kind, cue = found
    where = "" if one.passage is None else ":" + digest(one.passage)[:8]
    for author in one.authors:
        name = f"{comment.id}:{cue}:{author}{where}"
        yield PlatformMove(comment.thread, name, kind, comment.id, cue, None, None, None, author, one.passage)


# ------------------------------------------------------------------ values


def body_of(lines: list[str], site: str) -> Body:
    """The Markdown of the lines, which are indented by tabs."""
    base = None if site == SITE else f"https://{site}/"
    return from_markdown(textwrap.dedent("\n".join(lines)).strip("\n"), Dialect(base=base))


def author_of(words: str) -> str | None:
    """The name in a link to a person; None for nobody."""
    link = LINK.match(words)
    name = unescaped(link[1] if link else words).strip()
    return None if not name or name in NOBODY else name


def dated(found: re.Match[str] | None) -> str | None:
    """The date in the line."""
    return found[1] if found else None


def absolute(path: str, site: str) -> str | None:
    """The address, where the host is known and the path makes one."""
    if path.startswith("http") or site == SITE:
        return path if path.startswith("http") else None
    try:
        return urljoin(f"https://{site}/", path)
    except ValueError:
        return None


def unescaped(words: str) -> str:
    r"""Words of Markdown as they are meant.

    >>> unescaped(r"tram\_fan")
    'tram_fan'
    """
    return ESCAPE.sub(r"\1", words)
