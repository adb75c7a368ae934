"""What the beginning of a file tells before any format is asked."""

from __future__ import annotations

from rejoinder.errors import LoadError
from rejoinder.loaders.containers.columns import csv_head
from rejoinder.loaders.containers.page import body_head, is_page
from rejoinder.loaders.opening.packed import archive_advice, packing_of
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.refusal import Archive, NoText

PDF = "this is a PDF, which does not say where a comment ends; save the page itself (Ctrl+S), or what its site exports"
OTHER_BINARY = "this is a binary file in no known format; `rejoinder formats` lists what can be read"
BINARY = (b"\x1f\x8b", b"bplist00", b"%PDF", b"\x89PNG", b"\x7fELF", b"SQLite format 3", b"GIF8", b"\xff\xd8\xff")


def recognisable_head(source: Source) -> str:
    """What a file is recognised by: how it begins, or the body of a page does, for styles may fill its beginning."""
    head = csv_head(source)
    return body_head(source) if is_page(head) else head


def refuse_unreadable(source: Source, raw: bytes, format: str | None) -> None:  # noqa: A002
    """Raises LoadError if a file that begins with these bytes is empty, an archive or binary."""
    if not raw.strip():
        actual = "nothing but white space" if raw else "an empty file"
        fault = source.faults[0].message if source.faults else f"expected comments, got {actual}"
        raise (LoadError if source.faults else NoText)(source.name, 0, fault)
    if packed := archive_advice(raw, source.name):
        raise Archive(source.name, 1, packed)
    if packing_of(raw):
        raise LoadError(source.name, 1, "expected a file that is compressed once, got one that is compressed twice")
    if format is None and raw.startswith(BINARY):
        raise NoText(source.name, 1, PDF if raw.startswith(b"%PDF") else OTHER_BINARY)
