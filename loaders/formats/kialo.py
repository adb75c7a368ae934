"""Kialo's text export: numbered theses with pros and cons below them, in the old and the new layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.gathering.stated_checks import LONGEST_CLAIM
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.opening.western import scrubber_of
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Kind, Link, StatedClaim, StatedMove, Thread, ThreadKey

NAME = "kialo"
SUMMARY = "Kialo's text export of a discussion (it begins with `Discussion Title:` or `Discussion Name:`)"
READS = Reads(
    recognised="the first line begins with `Discussion Title:` or `Discussion Name:`, and a line with `1.`",
    id="the number, such as `1.2.1.`",
    parent="the number without its last part",
    body="plain text, over several lines where it is so; links, and the numbered sources of the new layout",
    moves="`Pro` is a support, `Con` a rebuttal; `-> See 1.2.` is the same claim in another place",
    ignored="the passages that are quoted from sources",
)

SITE = "www.kialo.com"
TITLE_LINE = re.compile(r"\s*Discussion (?:Title|Name):[ \t]*([^\n]*)")
FIRST_ITEM = re.compile(r"^[ \t]*1\.(?:\s|\Z)", re.MULTILINE)
ITEM_LINE = re.compile(
    r"[ \t]*(?P<path>(?:\d{1,6}\.)+)(?:[ \t]+(?:(?P<stance>Pro|Con|Thesis|Question):(?:[ \t]+|\Z))?(?P<text>.*))?\Z"
)
OTHER_PLACE = re.compile(r"(?:->|→)\s*See\s+(?P<path>(?:\d{1,6}\.)+)\s*\Z", re.IGNORECASE)
SOURCE_LINE = re.compile(r"\[(\d{1,6})\][ \t]+(\S+)")
NOTATION = re.compile(
    r"\\(?P<sign>[!-/:-@\[-`{-~])"
    r"|\[(?P<label>(?:[^\[\]\\]|\\.)++)\]\((?P<url>(?:[^()\s\\]|\\.)*+)\)(?:\((?:[^()\\]|\\.)*+\))?"
    r"|\[(?P<number>\d{1,6})\]",
    re.DOTALL,
)
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
STANCES = {"Pro": Kind.SUPPORT, "Con": Kind.REBUTTAL}


@dataclass(slots=True)
class KialoItem:
    """One numbered claim, or the place of one that stands elsewhere."""

    path: str
    stance: str | None
    line: int
    lines: list[str]

    @property
    def parent(self) -> str | None:
        """The number of what it is about."""
        return self.path[: self.path.rstrip(".").rfind(".") + 1] or None

    @property
    def other_number(self) -> str | None:
        """The number of the claim that stands here, if that is another."""
        match = OTHER_PLACE.match("\n".join(self.lines).strip())
        return match["path"] if match else None


@dataclass(slots=True)
class KialoExport:
    """One file: its title, its items by number, and the addresses of its numbered sources."""

    title: str = ""
    items: dict[str, KialoItem] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    homes: dict[str, str | None] = field(default_factory=dict)  # what `claim` has found

    def claim(self, path: str) -> str | None:
        """The number under which the claim at this place stands in words; None if that is nowhere."""
        passed = dict[str, None]()
        while path in self.items and path not in passed and path not in self.homes:
            passed[path] = None
            path = self.items[path].other_number or path
        home = self.homes.get(path) if path not in passed or self.items[path].other_number else path
        self.homes |= dict.fromkeys(passed, home)
        return home


def recognises(path: Path, head: str) -> bool:
    """True if it begins with the title of a discussion, and something is numbered `1.`"""
    return TITLE_LINE.match(head) is not None and FIRST_ITEM.search(head) is not None


def load(source: Source) -> Iterator[Found | Problem]:
    """The thread, a comment and a claim an item, a move a pro or con; raises LoadError if nothing is numbered."""
    scrubber = scrubber_of(source)
    export = read_export(source, scrubber)
    yield from export.problems
    if not export.items:
        raise LoadError(source.name, 1, "expected a line such as '1. Thesis', got none")
    thread = kialo_thread(source, export)
    yield Found(thread, source.name, 1)
    questions = {
        kialo_item.parent
        for kialo_item in export.items.values()
        if kialo_item.stance not in STANCES and not kialo_item.other_number
    }
    for item in export.items.values():
        for record in item_records(item, export, thread.key, is_question=item.path in questions):
            if isinstance(record, str):
                yield Problem(source.name, item.line, record, lost=True)
            else:
                yield Found(record, source.name, item.line)
    yield from scrubber.problems(source.name)


def read_export(source: Source, scrubber: Scrubber) -> KialoExport:
    """The file's items, in which a line without a number of its own goes on with the item above."""
    export, item, ended = KialoExport(), None, False
    for raw_line in source.lines():
        if isinstance(raw_line, Problem):
            export.problems.append(raw_line)
            continue
        number, raw = raw_line
        line = scrubber.line(raw, number)
        head, match = TITLE_LINE.match(line) if not export.items else None, ITEM_LINE.match(line)
        ended = ended or (bool(export.items) and line.strip() == "Sources:")
        if ended:
            address = SOURCE_LINE.match(line)
            export.sources |= {address[1]: address[2]} if address else {}
        elif head is not None and not export.title:
            export.title = head[1].strip()
        elif match is not None and begins_item(match, export):
            item = KialoItem(match["path"], match["stance"], number, [(match["text"] or "").strip()])
            add_item(item, export, source.name)
        elif item is not None:
            item.lines.append(line.strip())
        elif line.strip() and not export.title:
            export.title = line.strip()
    return export


def begins_item(match: re.Match[str], export: KialoExport) -> bool:
    """True if a number begins an item: one with a stance, the first, or a thesis; other numbers are words."""
    path = match["path"]
    if match["stance"] in STANCES or not export.items:
        return True
    return path not in export.items and path.count(".") == 2 and path[: path.find(".") + 1] in export.items


def add_item(item: KialoItem, export: KialoExport, file: str) -> None:
    """Adds an item; of two with one number the later is kept."""
    if item.path in export.items:
        message = f"number {item.path} also stands at line {export.items[item.path].line}; kept this, the later one"
        export.problems.append(Problem(file, item.line, message, lost=True))
    export.items[item.path] = item


def kialo_thread(source: Source, export: KialoExport) -> Thread:
    """The thread, by the name Kialo gives the file if it is still that, else by its title."""
    slug = re.fullmatch(r"([a-z0-9-]+)-\d+", source.stem)
    words = re.sub(r"[^a-z0-9]+", "-", export.title.lower()).strip("-")
    if slug is not None and slug[1] == words:
        return Thread(ThreadKey(SITE, source.stem), export.title, f"https://{SITE}/{source.stem}")
    return Thread(ThreadKey(SITE, export.title or source.stem), export.title or None)


def item_records(
    item: KialoItem, export: KialoExport, key: ThreadKey, *, is_question: bool
) -> Iterator[Comment | StatedClaim | StatedMove | str]:
    """The comment and claim of an item, and its move; a question under which theses stand is no claim.

    What cannot be read is given as a message.
    """
    home = export.claim(item.path)
    if item.other_number is None:
        text, links = text_and_links("\n".join(item.lines).strip(), export.sources)
        if not text:
            yield f"expected words behind {item.path}, got none"
            return
        yield Comment(key, item.path, text, parent=item.parent, links=links)
        if not is_question:
            yield StatedClaim(key, item.path, item.path, 0, min(len(text), LONGEST_CLAIM))
    if home is None:
        yield f"expected the number of another claim, got {item.other_number}"
    elif item.stance in STANCES and item.parent is not None:
        target = export.claim(item.parent)
        yield StatedMove(key, item.path, STANCES[item.stance], (home,), target, home)


def text_and_links(raw: str, sources: dict[str, str]) -> tuple[str, tuple[Link, ...]]:
    """The text without escapes and notation, and its links at their places.

    >>> text_and_links(r"See [the timetable](https://a.org/t) \\(old\\).", {})
    ('See the timetable (old).', (Link(start=4, end=17, url='https://a.org/t'),))
    """
    parts, links, length, at = list[str](), list[Link](), 0, 0
    for match in NOTATION.finditer(raw):
        words, url = notation_meaning(match, sources)
        parts += [raw[at : match.start()], words]
        length += match.start() - at + len(words)
        if url and words.strip():
            links.append(Link(length - len(words), length, url))
        at = match.end()
    return "".join([*parts, raw[at:]]), tuple(links)


def notation_meaning(match: re.Match[str], sources: dict[str, str]) -> tuple[str, str]:
    """The characters that a piece of notation stands for, and where they lead."""
    if match["sign"]:
        return match["sign"], ""
    if match["number"]:
        return match[0], sources.get(match["number"], "")
    return ESCAPE.sub(r"\1", match["label"]), ESCAPE.sub(r"\1", match["url"])
