"""Tables of comments whose columns are plainly named: CSV, TSV, and JSON of flat objects."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.columns import columns_of, csv_head
from rejoinder.loaders.containers.peek import LINES_PATH, json_paths
from rejoinder.loaders.formats.mapped import MappedFormat
from rejoinder.loaders.mapping import FieldMap
from rejoinder.loaders.mapping.guess import guess
from rejoinder.loaders.mapping.headings import SURE, fields_of, letters
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.records import Comment, Found

NAME = "table"
SUMMARY = "CSV, TSV or flat JSON of one comment a row, whose columns are plainly named (id, parent, author, text ...)"
READS = Reads(
    recognised="nothing else fits, and of the columns one is named like an id, one like the words, and one like an "
    "author, a parent or a thread",
    id="`id`, `comment_id` and the like",
    parent="`parent`, `parent_id`, `reply_to`, `in_reply_to` and the like",
    author="`author`, `user`, `username`, `name` and the like",
    created="`created`, `date`, `timestamp` and the like",
    body="`text`, `body`, `message`, `content`, `comment` and the like, plain",
    link="`url`, `link`, `permalink`",
    ignored="all other columns: a note names them",
)
COLUMNS_NEEDED = (
    "expected columns named like id, text, and author, parent or thread, each once; say with --map which of {} is what"
)
TOP_IS_AN_ID = "this comment's id is {0}, but at the beginning a parent of {0} meant none; expected a --map without top"
UNNAMED_COLUMN = re.compile(r"column \d+")
MOST_SHOWN = 20  # columns that a message names


def recognises(path: Path, head: str) -> bool:
    """Never: other formats have columns that are plainly named, too, so it is chosen only where nothing else fits."""
    return False


def load(source: Source) -> Iterator[Found | Problem]:
    """What was taken for what, then the comments; raises LoadError where the names are not plain."""
    return Table(FieldMap(id="", text="")).load(source)


@dataclass(frozen=True, slots=True)
class Table:
    """This format, with a partial map that is laid over what the columns are named like."""

    partial_map: FieldMap

    def load(self, source: Source) -> Iterator[Found | Problem]:
        """What was taken for what, then the comments; raises LoadError where the names are not plain."""
        head = csv_head(source)
        by = map_by_columns(head)
        if by is None:
            columns = ", ".join(columns_and_place(head)[0][:MOST_SHOWN]) or "none"
            raise LoadError(source.name, 1, COLUMNS_NEEDED.format(columns), proposal=guess(head) or "")
        by = replace(by, **{name: value for name, value in asdict(self.partial_map).items() if value})
        yield Problem(source.name, 0, reading_note(by, columns_and_place(head)[0]), lost=False, note=True)
        yield from with_top_problem(MappedFormat(by, has_told_unread=True).load(source), by.top, source)


def with_top_problem(results: Iterator[Found | Problem], top: str, source: Source) -> Iterator[Found | Problem]:
    """The same; where a comment turns up late whose id was taken for "no parent", that is an error, said once."""
    for result in results:
        yield result
        if top and isinstance(result, Found) and isinstance(result.record, Comment) and result.record.id == top:
            yield Problem(source.name, result.line, TOP_IS_AN_ID.format(top), lost=True)
            top = ""


def names_threads(source: Source) -> bool:
    """True if a column says which thread a comment belongs to; else the file is one."""
    by = map_by_columns(csv_head(source))
    return by is not None and bool(by.thread)


def is_plain_table(head: str) -> bool:
    """True if the columns are named so plainly that there is no doubt."""
    return map_by_columns(head) is not None


def map_by_columns(head: str) -> FieldMap | None:
    """The field map of a file that begins so, None where a name is missing, or where two columns could be the same."""
    names, records = columns_and_place(head)
    fields = {field: name for field, name in fields_of(names).items() if field != "children"}
    if not {"id", "text"} <= set(fields) or not {"author", "parent", "thread"} & set(fields):
        return None
    counts = Counter(field for field in ("id", "text", "parent") for name in names if letters(name) in SURE[field])
    if counts["id"] != 1 or counts["text"] != 1 or counts["parent"] > 1:
        return None
    return FieldMap(records=records, top=top_value(head, fields["id"]), **fields)


def top_value(head: str, name: str) -> str:
    """The parent that means none, besides blank: 0 where the rows of CSV have ids and none is 0."""
    names, rows = columns_of(head)
    place = names.index(name) if name in names else 0
    return "0" if rows and "0" not in {row[place] for row in rows if len(row) > place} else ""


def columns_and_place(head: str) -> tuple[Sequence[str], str]:
    """The columns of a table, and where its rows are: CSV, a list of objects, a list in an object, lines of objects."""
    start = head.lstrip()[:1]
    if start not in ("{", "["):
        return ([], "") if start == "<" else (columns_of(head)[0], "")
    paths = json_paths(head)
    if start == "[":
        return flat_keys(paths, "[]."), ""
    if LINES_PATH in paths:
        return flat_keys(paths, ""), ""
    lists = {path.partition("[]")[0] for path in paths if "[]." in path}
    if {"id", "text"} <= set(fields_of([path for path in paths if "." not in path])):
        return [], ""  # a comment itself, with others below it
    return (flat_keys(paths, f"{min(lists)}[]."), f"{min(lists)}[]") if len(lists) == 1 else ([], "")


def flat_keys(paths: frozenset[str], prefix: str) -> list[str]:
    """The keys below the prefix, none where objects or lists of objects stand below it."""
    keys = sorted(path.removeprefix(prefix) for path in paths - {LINES_PATH} if path.startswith(prefix))
    return [] if any("." in key or "[]" in key for key in keys) else keys


def reading_note(by: FieldMap, names: Sequence[str]) -> str:
    """Which column was taken for what, and which are not read."""
    read = {field: path for field, path in by.paths().items() if path}
    unread = [name for name in names if name not in read.values() and not UNNAMED_COLUMN.fullmatch(name)]
    mapping = ", ".join(f"{field}={path}" for field, path in read.items())
    more = f"; not read: {', '.join(unread[:MOST_SHOWN])}{' ...' if len(unread) > MOST_SHOWN else ''}" if unread else ""
    return f"read as a table by the names of its columns: {mapping}{more} (use --map to read it otherwise)"
