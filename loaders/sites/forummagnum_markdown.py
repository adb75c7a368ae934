"""A forum's Markdown page of comments (ForumMagnum), cut in parts: the post, and comments with fields and reactions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from rejoinder.records import ThreadKey

SITE = "forummagnum"
HEADING = "### Comment by "
NAVIGATION = "### Navigation"
SECTION = re.compile(r"(?:## )?(?:Comments|Top Comments Index|Comment thread)\s*")
SKIPPED = re.compile(r"\s*-*\s*")
OPENING = re.compile(r"Showing |### Comment by ")
TITLE = re.compile(r"# (?:(Comments: |Comment on ))?(.*)")
FIELD = re.compile(r"(?:[*+-]\s+)?([A-Z][\w ]*(?:\([\w, ]+\))?): ?(.*)")
DATE = re.compile(r"[*+-]\s+(\d{4}-\d\d-\d\dT[\d:.]+Z?)\s*")
ITEM = re.compile(r"[*+-]\s+.*")
POST = re.compile(
    r"^(?:[*+-]\s+)?(?:Post URL \(HTML\)|HTML permalink): ?\[[^\]]*\]\((?:https?://([^/\s)]+))?"
    r"(/posts/([^/\s?#)]+)(?:/[^/\s?#)]*)?)",
    re.MULTILINE,
)
HOME = re.compile(r"^[*+-]\s+\[Front page\]\(https?://([^/\s)]+)", re.MULTILINE)
REACTIONS = re.compile(r"Reactions (?:\(whole comment\)|by quoted text):\s*")
REACTION = re.compile(r" *[*+-] +([\w-]+): (\d+)(?: \((.*)\))?\s*")
PASSAGE = re.compile(r" *[*+-] +\"(.*)\"\s*")
ESCAPE = re.compile(r"\\([^A-Za-z0-9\s])")
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


def until_comments(lines: list[str]) -> list[str]:
    """The lines of a post, without the heading of the comments below it and what follows."""
    for number, line in enumerate(lines):
        after = next((one for one in lines[number + 1 :] if not SKIPPED.fullmatch(one)), "### Comment by ")
        if SECTION.fullmatch(line) and OPENING.match(after):
            return lines[:number]
    return lines


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
