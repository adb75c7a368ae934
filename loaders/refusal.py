"""What to say of a file that no format recognises: where its JSON breaks off, or the field map that would read it."""

from __future__ import annotations

from rejoinder.errors import LoadError
from rejoinder.loaders.containers.columns import columns_of, refuse_old_lines
from rejoinder.loaders.containers.documents import json_documents
from rejoinder.loaders.containers.keys import json_records, xml_records
from rejoinder.loaders.guess import guess
from rejoinder.loaders.source import Source

CHECKED_BYTES = 64 * 1024 * 1024  # of a file that is refused anyway
SHOWN = 20  # names that a message lists
KNOWN = "`rejoinder formats` lists them"
UNGUESSED = "; say with --map where the id and the text of a comment stand, such as --map 'id=A,text=B'"


class Unrecognised(LoadError):
    """A file of this kind that no format recognises; `proposal` is a first field map for it, if one can be guessed."""

    def __init__(self, file: str, kind: str, head: str) -> None:
        proposal = guess(head) or "" if kind != "binary" else ""
        what = f"this is {kind} that no format recognises ({KNOWN}){hint(head, kind, proposal)}"
        super().__init__(file, 1, what, proposal=proposal)
        self.kind = kind


def hint(head: str, kind: str, proposal: str) -> str:
    """What to do with the file, by the names that stand in it."""
    if kind == "binary":
        return ""
    if proposal:
        parts = "column is what" if kind == "CSV" else "part of it is what"
        return f"; if it holds comments, say with --map which {parts}"
    names = names_in(head, kind)
    if not names:
        return UNGUESSED
    held = f"{'columns' if kind == 'CSV' else 'names in it'} are {', '.join(names[:SHOWN])}"
    if kind == "CSV" and len(names) < 2:
        first = f"its first line, which is to name the columns, is {names[0][:60]!r}"
        return f"; {first}; --format text reads lines as comments"
    if kind == "CSV":
        return f"; no column names each comment: add an id, such as the number of the row; the {held}"
    return f"{UNGUESSED}; the {held}"


def names_in(head: str, kind: str) -> list[str]:
    """The names of columns, keys or elements and attributes, each once."""
    if kind == "CSV":
        return columns_of(head)[0] or [line for line in head.splitlines() if line.strip()][:1]
    records = xml_records(head) if kind != "JSON" else json_records(head)
    return list(dict.fromkeys(f"{where}: {key}" if where else key for where, keys in records.items() for key in keys))


def fault(source: Source, kind: str) -> LoadError | None:
    """What is wrong with the JSON or the lines of a file, None if nothing is, or if there is too much of it to tell."""
    try:
        if kind == "CSV":
            refuse_old_lines(source)
        elif kind == "JSON" and source.path.stat().st_size <= CHECKED_BYTES:
            for _ in json_documents(Source(source.path, source.name)):
                pass
    except LoadError as error:
        return error
    return None
