"""What to say of a file that no format recognises: where its JSON breaks off, or the field map that would read it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from rejoinder.errors import LoadError
from rejoinder.loaders.containers.columns import columns_of
from rejoinder.loaders.containers.documents import json_documents
from rejoinder.loaders.containers.keys import json_records, xml_records
from rejoinder.loaders.mapping.guess import guess
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.denied import denial_words
from rejoinder.loaders.values.shapes import is_sentence

CHECKED_BYTES = 64 * 1024 * 1024  # of a file that is refused anyway
UNNAMED_COLUMN = re.compile(r"column \d+")
REMOVE_ABOVE = "remove the lines above the one that names them, such as a title in merged cells"
SHEETS = re.compile(r"\.xls[xm]$", re.IGNORECASE)
SHOWN = 20  # names that a message lists
KNOWN = "`rejoinder formats` lists them"
NO_ELEMENTS = re.compile(r"\s*+(?:<\?[^<>]*+>\s*+)?<([\w:.-]++)[^<>]*+>\s*+(?:</\1\s*+>\s*+)?")
UNGUESSED = "; say with --map where the id and the text of a comment stand, such as --map 'id=A,text=B'"


class NoText(LoadError):
    """A file that holds nothing to read: it is empty, blank or binary, or a page of the web without comments."""


class Archive(LoadError):
    """A file that holds others, or a workbook: whoever has it must take them out."""


class Unrecognised(LoadError):
    """A file of this kind that no format recognises; `proposal` is a first field map for it, if one can be guessed."""

    def __init__(self, file: str, kind: str, head: str) -> None:
        proposal = guess(head) or "" if kind != "binary" else ""
        nothing = EMPTY.get(kind, empty_nothing)(head)
        hint = refusal_hint(head, kind, proposal)
        message = f"this is {kind_noun(kind, file, head)} that no format recognises ({KNOWN}){hint}"
        message = f"expected comments, got {nothing}" if nothing else message
        super().__init__(file, 1, message, proposal="" if nothing or REMOVE_ABOVE in message else proposal)
        self.kind = kind


def kind_noun(kind: str, file: str, head: str) -> str:
    """What people call a file of this kind: columns go by what stands between them, and by the program they are of.

    >>> kind_noun("CSV", "a.csv", "x,y"), kind_noun("CSV", "a.csv", "x\\ty"), kind_noun("CSV", "a.xlsx", "x,y")
    ('CSV', 'TSV', 'a sheet')
    """
    if kind != "CSV":
        return kind
    if SHEETS.search(file):
        return "a sheet"
    return "TSV" if "\t" in head.lstrip("\n").partition("\n")[0] or file.lower().endswith(".tsv") else "CSV"


def empty_json(head: str) -> str | None:
    """What JSON is that holds no comment because it holds nothing, or only says why a site gave nothing.

    >>> print(empty_json("[]"), empty_json('{"count": 0, "comments": []}'), empty_json('{"id": 1, "text": "No."}'))
    JSON that is an empty list JSON whose "comments" is an empty list None
    """
    try:
        value = json.loads(head)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list) and not any(value):
        return "JSON that is an empty list" if not value else "JSON that is a list of nothing"
    if value == {}:
        return "JSON that is an empty object"
    if not isinstance(value, list | dict):
        return f"JSON that is nothing but {json.dumps(value)}"
    if denial := denial_words(value):
        return f"what a site answers where it gives nothing: {denial!r}"
    members = list(value.items()) if isinstance(value, dict) else []
    blank = [key for key, content in members if content == []]
    full = any(content for _, content in members if isinstance(content, list | dict))
    return f'JSON whose "{blank[0]}" is an empty list' if blank and not full else None


def empty_csv(head: str) -> str | None:
    """What CSV is that has columns and no rows."""
    names, rows = columns_of(head)
    return None if rows or len(names) < 2 else f"only a first line, which names the columns {', '.join(names[:SHOWN])}"


def empty_xml(head: str) -> str | None:
    """What XML is whose root element holds nothing."""
    root = NO_ELEMENTS.fullmatch(head)
    return f"XML whose root, {root[1]}, is an empty element" if root else None


def empty_nothing(head: str) -> None:
    """Nothing, for what has no parts."""


EMPTY: dict[str, Callable[[str], str | None]] = {"JSON": empty_json, "CSV": empty_csv, "XML or HTML": empty_xml}


def refusal_hint(head: str, kind: str, proposal: str) -> str:
    """What to do with the file, by the names that stand in it."""
    if kind == "binary":
        return ""
    if kind == "CSV" and is_titled(names_in(head, kind)):
        return f"; its first line names too few columns: {REMOVE_ABOVE}"
    if proposal:
        parts = "column is what" if kind == "CSV" else "part of it is what"
        return f"; if it holds comments, say with --map which {parts}"
    names = names_in(head, kind)
    if not names:
        return UNGUESSED
    listing = f"{'columns' if kind == 'CSV' else 'names in it'} are {', '.join(names[:SHOWN])}"
    if kind == "CSV" and len(names) < 2:
        first = f"its first line, which is to name the columns, is {names[0][:60]!r}"
        return f"; {first}; --format text reads lines as comments"
    if kind == "CSV" and not any(is_sentence(value) for row in columns_of(head)[1] for value in row):
        return f"; no column holds what looks like the words of comments; the {listing}"
    if kind == "CSV":
        return f"; no column names each comment: add an id, such as the number of the row; the {listing}"
    return f"{UNGUESSED}; the {listing}"


def is_titled(names: Sequence[str]) -> bool:
    """True if most columns are called by their numbers: the first line is a title, as of merged cells."""
    return len(names) > 2 and 2 * len([name for name in names if UNNAMED_COLUMN.fullmatch(name)]) > len(names)


def names_in(head: str, kind: str) -> list[str]:
    """The names of columns, keys or elements and attributes, each once."""
    if kind == "CSV":
        return columns_of(head)[0] or [line for line in head.splitlines() if line.strip()][:1]
    records = xml_records(head) if kind != "JSON" else json_records(head)
    return list(dict.fromkeys(f"{where}: {key}" if where else key for where, keys in records.items() for key in keys))


def json_fault(source: Source, kind: str) -> LoadError | None:
    """What is wrong with the JSON of a file, None if nothing is, or if there is too much of it to tell."""
    try:
        if kind == "JSON" and source.path.stat().st_size <= CHECKED_BYTES:
            for _ in json_documents(Source(source.path, source.name)):
                pass
    except LoadError as error:
        return error
    return None
