"""A forum's Markdown page of comments (ForumMagnum), cut in parts: the post, and comments with fields and reactions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin

from rejoinder.records import ThreadKey

SITE = "forummagnum"
COMMENT_HEADING = "### Comment by "
NAVIGATION_HEADING = "### Navigation"
COMMENTS_SECTION = re.compile(r"(?:## )?(?:Comments|Top Comments Index|Comment thread)\s*")
BLANK_OR_RULE = re.compile(r"\s*+-*+\s*+")
COMMENTS_START = re.compile(r"Showing |### Comment by ")
TITLE_LINE = re.compile(r"# (?:(Comments: |Comment on ))?(.*)")
FIELD_LINE = re.compile(r"(?:[*+-]\s+)?([A-Z][\w ]*(?:\([\w, ]+\))?): ?(.*)")
DATE_LINE = re.compile(r"[*+-]\s+(\d{4}-\d\d-\d\dT[\d:.]+Z?)\s*")
LIST_ITEM = re.compile(r"[*+-]\s+.*")
POST_LINK = re.compile(
    r"^(?:[*+-]\s+)?(?:Post URL \(HTML\)|HTML permalink): ?\[[^\]]*\]\((?:https?://([^/\s)]+))?"
    r"(/posts/([^/\s?#)]+)(?:/[^/\s?#)]*)?)",
    re.MULTILINE,
)
FRONT_PAGE_LINK = re.compile(r"^[*+-]\s+\[Front page\]\(https?://([^/\s)]+)", re.MULTILINE)
REACTIONS_HEADING = re.compile(r"Reactions (?:\(whole comment\)|by quoted text):\s*")
REACTION_LINE = re.compile(r" *[*+-] +([\w-]+): (\d+)(?: \((.*)\))?\s*")
PASSAGE_LINE = re.compile(r" *[*+-] +\"(.*)\"\s*")
ESCAPE = re.compile(r"\\([^A-Za-z0-9\s])")
ELLIPSIS = "..."  # ends a passage that the page shortens


@dataclass(slots=True)
class PagePart:
    """The post, or a comment: its heading and where that stands, and the lines below."""

    line: int
    heading: str
    lines: list[str] = field(default_factory=list)


@dataclass
class CommentsPage:
    """What stands above the comments, and each comment; `whole_text` is all of the page."""

    top: PagePart
    parts: list[PagePart]
    whole_text: str

    @cached_property
    def key(self) -> ThreadKey:
        """The post, on the host that the page names."""
        post, home = POST_LINK.search(self.whole_text), FRONT_PAGE_LINK.findall(self.whole_text)
        host = home[-1] if home else post[1] if post else None
        return ThreadKey(host or SITE, post[3] if post else "")

    @property
    def url(self) -> str | None:
        """The address of the post."""
        post = POST_LINK.search(self.whole_text)
        return absolute_url(post[2], self.key.site) if post else None


@dataclass(slots=True)
class ListedReaction:
    """A reaction as a comment lists it: its name, who made it, and the words that are marked."""

    name: str
    authors: list[str]
    passage: str | None


def comments_page(lines: list[str]) -> CommentsPage:
    """The parts of the page, without what stands below the last comment."""
    end = max((number for number, line in enumerate(lines) if line.startswith(NAVIGATION_HEADING)), default=len(lines))
    starts = [number for number, line in enumerate(lines[:end]) if line.startswith(COMMENT_HEADING)]
    stops = [*starts[1:], end]
    parts = [
        PagePart(start + 1, lines[start].removeprefix(COMMENT_HEADING), lines[start + 1 : stop])
        for start, stop in zip(starts, stops, strict=False)
    ]
    first = next((number for number, line in enumerate(lines) if TITLE_LINE.fullmatch(line)), None)
    above = lines[: starts[0] if starts else end]
    below = [] if first is None else above[first + 1 :]
    return CommentsPage(
        PagePart((first or 0) + 1, "" if first is None else lines[first], below), parts, "\n".join(lines)
    )


def lines_before_comments(lines: list[str]) -> list[str]:
    """The lines of a post, without the heading of the comments below it and what follows."""
    for number, line in enumerate(lines):
        if COMMENTS_SECTION.fullmatch(line) and COMMENTS_START.match(line_after(lines, number)):
            return lines[:number]
    return lines


def line_after(lines: list[str], number: int) -> str:
    """The next line that is neither blank nor a rule; below the last one a comment might begin."""
    below = (lines[place] for place in range(number + 1, len(lines)))
    return next((line for line in below if not BLANK_OR_RULE.fullmatch(line)), "### Comment by ")


def split_metadata(lines: list[str]) -> tuple[dict[str, str], re.Match[str] | None, list[str]]:
    """The fields listed below a heading, the date among them, and the lines after them."""
    fields: dict[str, str] = {}
    created = None
    for number, line in enumerate(lines):
        match, date = FIELD_LINE.fullmatch(line), DATE_LINE.fullmatch(line)
        created = created or date
        if match and LIST_ITEM.fullmatch(line) and "Markdown permalink" not in fields:
            fields[match[1]] = match[2]
        elif line.strip() and not date:
            return fields, created, lines[number:]
    return fields, created, []


def split_reactions(lines: list[str]) -> tuple[list[ListedReaction], list[str]]:
    """The reactions listed above the body of a comment, and the lines of the body."""
    listed_reactions: list[ListedReaction] = []
    passage, within = None, False
    for number, line in enumerate(lines):
        quoted, match = PASSAGE_LINE.fullmatch(line), REACTION_LINE.fullmatch(line)
        if REACTIONS_HEADING.fullmatch(line):
            passage, within = None, True
        elif within and quoted:
            passage = unescape_markdown(quoted[1]).removesuffix(ELLIPSIS)
        elif within and match:
            listed_reactions.append(ListedReaction(unescape_markdown(match[1]), reaction_authors(match), passage))
        elif line.strip():
            return listed_reactions, lines[number:]
    return listed_reactions, []


def reaction_authors(match: re.Match[str]) -> list[str]:
    """Who made a reaction, where all who are named did: who marks it as wrong is named too, and lowers the count."""
    authors = unescape_markdown(match[3]).split(", ") if match[3] else []
    return authors if str(len(authors)) == match[2] else []


def absolute_url(path: str, site: str) -> str | None:
    """The address, where the host is known and the path makes one."""
    if path.startswith("http") or site == SITE:
        return path if path.startswith("http") else None
    try:
        return urljoin(f"https://{site}/", path)
    except ValueError:
        return None


def unescape_markdown(words: str) -> str:
    r"""Words of Markdown as they are meant.

    >>> unescape_markdown(r"tram\_fan")
    'tram_fan'
    """
    return ESCAPE.sub(r"\1", words)
