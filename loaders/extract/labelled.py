"""Reads the labelled corpus: invented threads whose every segment is labelled with what it does, and to what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeAlias

from rejoinder.errors import LoadError

COMMENT_LINE = re.compile(r"@ (\S+) by (.+?)(?: to (\S+))?\s*")
SEGMENT_LINE = re.compile(r"([a-z]+)(?:\s+->\s+(\d+(?:\.\d+)?(?:, \d+(?:\.\d+)?)*))?\s*\|\s*(.*\S)\s*")
HEADER_LINE = re.compile(r"# (title|register|split|page):\s*(.*\S)\s*")
ATTACKS = frozenset({"rebuttal", "undermine", "undercut", "objection", "dismissal"})
SUPPORTS = frozenset({"support", "concession"})
REPLIES = frozenset({"clarification", "answer"})
ASKS = frozenset({"question", "request"})
REACTING = ATTACKS | SUPPORTS | REPLIES | ASKS
LABELS = REACTING | {"claim", "premise", "aside", "quote"}
LABELS_WITH_TARGET = (REACTING - ASKS) | {"premise", "quote"}
LABELS_WITHOUT_TARGET = frozenset({"claim", "aside"})
HELD_BACK = "held"  # never learned from, for it shows what the models make of what they do not know
AS_IN_LIFE = "life"  # written with the shares that such places have, where the others have more of what is hard to tell
LEARNED_SPLITS = ("train", "test")
SPLITS = (*LEARNED_SPLITS, AS_IN_LIFE, HELD_BACK)
PAGE_WITH_REPLIES, FLAT_PAGE = PAGES = ("replies", "flat")  # how a thread reads
Place: TypeAlias = tuple[str, int | None]  # a comment, and a segment of it from 1, or all of it


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters start..end of a comment, what they do, and the comment and segment (from 1) they do it to.

    `further_aims` are further places that they do it to, less to the point.
    """

    label: str
    start: int
    end: int
    exact: str
    comment: str | None = None
    number: int | None = None
    further_aims: tuple[Place, ...] = ()

    @property
    def places_aimed_at(self) -> tuple[Place, ...]:
        """All places that they do it to, the first first."""
        return () if self.comment is None else ((self.comment, self.number), *self.further_aims)


@dataclass(frozen=True, slots=True)
class LabelledComment:
    """A comment, whole, with its segments in order."""

    id: str
    author: str
    parent: str | None
    text: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class LabelledThread:
    """A thread with its title, its register (kind of place) and the split it belongs to: train, test, life or held.

    `page` is how it reads: with `replies`, or `flat`, without any sign of who answers whom but its words.
    """

    name: str
    title: str
    register: str
    split: str
    comments: tuple[LabelledComment, ...]
    page: str = PAGE_WITH_REPLIES

    def segment(self, comment: str, number: int) -> Segment:
        """The segment with that number, from 1; KeyError where there is none."""
        for labelled_comment in self.comments:
            if labelled_comment.id == comment and 0 < number <= len(labelled_comment.segments):
                return labelled_comment.segments[number - 1]
        raise KeyError(f"{comment}.{number}")


def threads_to_learn() -> Iterator[LabelledThread]:
    """All threads of the corpus that models may learn from, by name."""
    return (labelled_thread for labelled_thread in labelled_threads() if labelled_thread.split != HELD_BACK)


def threads_held_back() -> Iterator[LabelledThread]:
    """The others, by name."""
    return (labelled_thread for labelled_thread in labelled_threads() if labelled_thread.split == HELD_BACK)


def labelled_threads() -> Iterator[LabelledThread]:
    """All threads of the corpus, by name."""
    folder = resources.files(__package__) / "corpus"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".thread"):
            yield read_thread(file)


def read_thread(path: Traversable) -> LabelledThread:
    """The thread of one file; LoadError names the line that is not as the guidelines say."""
    thread = _Thread(path.name)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        thread.line(number, line)
    return thread.labelled_thread()


def place_named(text: str) -> Place:
    """The place that a target names.

    >>> place_named("1.2"), place_named("3")
    (('1', 2), ('3', None))
    """
    comment, _, number = text.partition(".")
    return comment, int(number) if number else None


class _Thread:
    """A thread while its lines are read."""

    def __init__(self, name: str) -> None:
        self.name, self.number = name, 0
        self.head: dict[str, str] = {}
        self.comments: list[_Comment] = []

    def line(self, number: int, line: str) -> None:
        """Takes the next line."""
        self.number = number
        if header := HEADER_LINE.fullmatch(line):
            self.head[header[1]] = header[2]
        elif opened := COMMENT_LINE.fullmatch(line):
            self._open(*opened.groups())
        elif line.strip() == "|":
            self._last().gap = "\n\n"
        elif segment := SEGMENT_LINE.fullmatch(line):
            self._segment(*segment.groups())
        elif line.strip():
            self._fail("expected '# name: value', '@ N by NAME to M', 'label -> N.M | words', '|' or nothing")

    def _open(self, name: str, author: str, parent: str | None) -> None:
        known_ids = {comment.id for comment in self.comments}
        if name in known_ids:
            self._fail(f"there is a comment {name!r} already")
        if parent is not None and parent not in known_ids:
            self._fail(f"there is no comment {parent!r} above to reply to")
        self.comments.append(_Comment(name, author, parent))

    def _segment(self, label: str, aims: str | None, words: str) -> None:
        places = [] if aims is None else [place_named(aim) for aim in aims.split(", ")]
        if label not in LABELS:
            self._fail(f"{label!r} is no label; expected one of {', '.join(sorted(LABELS))}")
        if label in LABELS_WITH_TARGET and not places:
            self._fail(f"a {label} needs a target, such as '-> 1.2'")
        if label in LABELS_WITHOUT_TARGET and places:
            self._fail(f"a {label} has no target")
        known_ids = {draft.id for draft in self.comments}
        for comment, _ in places:
            if comment not in known_ids:
                self._fail(f"there is no comment {comment!r} above")
            if label == "premise" and comment != self._last().id:
                self._fail("a premise has its target in its own comment")
        self._last().add(self.number, label, places, words)

    def _last(self) -> _Comment:
        if not self.comments:
            self._fail("expected '@ N by NAME' before the first segment")
        return self.comments[-1]

    def _fail(self, message: str, line: int | None = None) -> None:
        raise LoadError(self.name, self.number if line is None else line, message)

    def labelled_thread(self) -> LabelledThread:
        """The thread; every target must exist by now."""
        missing = {"title", "register", "split"} - self.head.keys()
        if missing or self.head["split"] not in SPLITS:
            self._fail(f"expected the headers title, register and split ({', '.join(SPLITS)})")
        if self.head.get("page", PAGE_WITH_REPLIES) not in PAGES:
            self._fail(f"expected {' or '.join(PAGES)} as the page, got {self.head['page']!r}")
        counts = {draft.id: len(draft.segments) for draft in self.comments}
        for comment_draft in self.comments:
            for line, segment in zip(comment_draft.lines, comment_draft.segments, strict=True):
                for comment, number in segment.places_aimed_at:
                    if number is not None and not 0 < number <= counts[comment]:
                        self._fail(f"there is no segment {comment}.{number}", line)
        comments = tuple(draft.labelled_comment() for draft in self.comments)
        return LabelledThread(self.name.removesuffix(".thread"), comments=comments, **self.head)


class _Comment:
    """A comment while its segments are read."""

    def __init__(self, name: str, author: str, parent: str | None) -> None:
        self.id, self.author, self.parent = name, author, parent
        self.text, self.gap = "", ""
        self.segments: list[Segment] = []
        self.lines: list[int] = []

    def add(self, line: int, label: str, aims: Sequence[Place], words: str) -> None:
        """Adds a segment: after a blank, on a new line if it is quoted or follows a quotation, or after a gap."""
        if label == "quote" or (self.segments and self.segments[-1].label == "quote"):
            self.gap = self.gap or "\n"
        self.text += (self.gap or " ") if self.text else ""
        start, self.gap = len(self.text), ""
        self.text += words
        comment, number = aims[0] if aims else (None, None)
        self.segments.append(Segment(label, start, len(self.text), words, comment, number, tuple(aims[1:])))
        self.lines.append(line)

    def labelled_comment(self) -> LabelledComment:
        """The comment."""
        return LabelledComment(self.id, self.author, self.parent, self.text, tuple(self.segments))
