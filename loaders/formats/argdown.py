"""Argdown: statements, arguments and their relations as its authors wrote them, by title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.argdown.blocks import Blocks
from rejoinder.loaders.argdown.data import DataError, data_words, front_matter, yaml_mapping
from rejoinder.loaders.argdown.model import Model
from rejoinder.loaders.argdown.moves import claims_of, comments_of, moves_of
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.opening.western import scrubber_of
from rejoinder.loaders.recognising.format import Reads
from rejoinder.records import Found, Thread, ThreadKey

NAME = "argdown"
SUMMARY = "Argdown (.argdown): statements, arguments, premises and conclusions"
READS = Reads(
    recognised="the file's name ends in `.argdown` or `.argdn`; or titles are defined and related as in Argdown",
    id="the title, `[...]` of a statement and `<...>` of an argument; `[Untitled n]` in the order of the text",
    parent="what a statement or argument first stands under, where it supports, attacks or undercuts that",
    author="`{proponent: ...}`",
    body="plain text with tags and mentions; of several wordings under one title the last is the claim; links",
    moves="relations, contradictions both ways, undercuts, and each inference as a support by its premises",
    ignored="headings, comments, emphasis, shortcodes, rules of inference, other data",
)

SITE = "argdown"
ENDINGS = {".argdown", ".argdn"}
TITLE_DEFINITION = re.compile(
    r"^(?:\[[^\]\n]{2,200}\]:(?=\s)(?!\s*(?:https?:|<|/|#))|<[A-Z][^>\n]{1,200}>:(?=\s))", re.MULTILINE
)
TITLE_RELATION = re.compile(
    r"^[ \t]+(?:\+>?|->?|<[+_-]|_>|_|><)[ \t]+(?:\[[^\]\n]{2,200}\]|<[^>\n]{2,200}>)(?::?(?:\s|\Z)|[ \t]*[#{])",
    re.MULTILINE,
)


def recognises(path: Path, head: str) -> bool:
    """True by the file's name; otherwise if a title is defined, and one is related to what stands above it."""
    if head.lstrip().startswith(("{", "<?", "<!DOCTYPE")):
        return False
    if path.suffix.lower() in ENDINGS:
        return True
    return bool(TITLE_DEFINITION.search(head) and TITLE_RELATION.search(head))


def load(source: Source) -> Iterator[Found | Problem]:
    """The thread, a comment and a claim for each statement, a move for each relation and inference.

    Raises LoadError if nothing is stated in it.
    """
    scrubber, lines = scrubber_of(source), list[str]()
    for raw_line in source.lines():
        if isinstance(raw_line, Problem):
            yield raw_line
            lines.append("")
        else:
            lines.append(scrubber.line(raw_line[1], raw_line[0]))
    text = "\n".join(lines)
    matter, start = front_matter(text)
    model = Model(source.name, scrubber)
    model.read(Blocks(text[start:], text.count("\n", 0, start) + 1).read())
    if not model.members:
        raise LoadError(source.name, 1, "expected statements or arguments of Argdown, got none")
    key = ThreadKey(SITE, scrubber.text(source.thread_name(), 0))
    yield Found(Thread(key, map_title(model, matter)), source.name, 1)
    for records in (comments_of, claims_of, moves_of):
        yield from (Found(record, source.name, line) for record, line in records(model, key))
    yield from model.problems
    yield from scrubber.problems(source.name)


def map_title(model: Model, matter: str) -> str | None:
    """The title in the front matter, else the first heading."""
    if matter.strip():
        try:
            return data_words(yaml_mapping(matter).get("title"), model.scrubber, 1) or model.heading
        except DataError as error:
            model.problems.append(Problem(model.file, 1, f"front matter: {error}", lost=True))
    return model.heading
