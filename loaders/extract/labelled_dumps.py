"""Reads the labelled dumps: invented flattened comments whose every paragraph is labelled with what it is and does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NoReturn

from rejoinder.errors import LoadError
from rejoinder.loaders.extract.labelled import LEARNED_SPLITS

HEADER_LINE = re.compile(r"# (owner|register|split):\s*(.*\S)\s*")
PARAGRAPH_LINE = re.compile(r"([a-z]+(?:\+[a-z]+)*)(?:\s+->\s+(post|\d+(?:,\d+)*))?\s+\|\s*(.*\S)\s*")
REACTING = frozenset({"objection", "question", "support", "concession", "reply"})
LABELS_WITH_TARGET = REACTING | {"premise"}
LABELS = LABELS_WITH_TARGET | {"quote", "claim", "head", "aside"}
UNSEEN_POST = "post"  # the target of what is about a post that is not in the dump


@dataclass(frozen=True, slots=True)
class LabelledParagraph:
    """A paragraph, what it does (the main thing first), and the numbers (from 1) of those it does it to.

    `targets` is empty for what is about the unseen post, and for what is about nothing.
    """

    labels: tuple[str, ...]
    targets: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class LabelledDump:
    """A dump: who wrote it, the kind of place it could stand in, the split it belongs to, and its paragraphs."""

    name: str
    owner: str
    register: str
    split: str
    paragraphs: tuple[LabelledParagraph, ...]


def labelled_dumps() -> Iterator[LabelledDump]:
    """All dumps of the corpus, by name."""
    folder = resources.files(__package__) / "corpus" / "dumps"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".dump"):
            yield read_dump(file)


def read_dump(path: Traversable) -> LabelledDump:
    """The dump of one file; LoadError names the line that is not as the guidelines say."""
    head: dict[str, str] = {}
    lines: list[tuple[int, LabelledParagraph]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if header := HEADER_LINE.fullmatch(line):
            head[header[1]] = header[2]
        elif line.strip():
            lines.append((number, parse_paragraph(path.name, number, line)))
    if set(head) != {"owner", "register", "split"} or head["split"] not in LEARNED_SPLITS:
        raise_load_error(
            path.name, 1, f"expected the headers owner, register and split ({' or '.join(LEARNED_SPLITS)})"
        )
    for number, labelled_paragraph in lines:
        for target in labelled_paragraph.targets:
            if not 0 < target <= len(lines):
                raise_load_error(path.name, number, f"there is no paragraph {target}")
    return LabelledDump(path.name.removesuffix(".dump"), paragraphs=tuple(paragraph for _, paragraph in lines), **head)


def parse_paragraph(file: str, number: int, line: str) -> LabelledParagraph:
    """The paragraph of a line."""
    match = PARAGRAPH_LINE.fullmatch(line)
    if match is None:
        raise_load_error(
            file, number, "expected '# name: value', 'label | words', 'label+label -> N | words' or nothing"
        )
    labels = tuple(match[1].split("+"))
    for label in labels:
        if label not in LABELS:
            raise_load_error(file, number, f"{label!r} is no label; expected one of {', '.join(sorted(LABELS))}")
    if bool(LABELS_WITH_TARGET & {*labels}) != (match[2] is not None):
        rule = "needs a target, such as '-> 12' or '-> post'" if match[2] is None else "has no target"
        raise_load_error(file, number, f"a {labels[0]} {rule}")
    has_numbers = match[2] is not None and match[2] != UNSEEN_POST
    return LabelledParagraph(labels, tuple(map(int, match[2].split(","))) if has_numbers else (), match[3])


def raise_load_error(file: str, line: int, message: str) -> NoReturn:
    """Raises LoadError."""
    raise LoadError(file, line, message)
