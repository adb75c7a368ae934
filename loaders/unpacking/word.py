"""Documents of word processors (.docx) with comments: their parts as one XML, as Word itself can save a document."""

from __future__ import annotations

import re

from rejoinder.loaders.containers.xml import is_broken
from rejoinder.loaders.opening.packed import WORD_PROCESSOR_ADVICE, office_advice
from rejoinder.loaders.opening.recoded import recode_head
from rejoinder.loaders.opening.source import HEAD_BYTES, Source
from rejoinder.loaders.unpacking.archives import Contents, Room, folder_for, safe_parts
from rejoinder.loaders.unpacking.zipped import names_in, unzip

PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
PARTS = {  # in this order, but broken ones last, for each takes with it those behind it
    "comments": re.compile(r"word/comments\d{0,3}\.xml"),
    "document": re.compile(r"word/document\d{0,3}\.xml"),
    "commentsExtended": re.compile(r"word/commentsExtended\d{0,3}\.xml"),
    "core": re.compile(r"docProps/core\.xml"),
}
COMMENTED = ("word/document.xml", "word/comments.xml")
DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}\?>")


def word_document_in(source: Source, spool: str, room: Room) -> Source | None:
    """A document as one XML under its own name; None for a file that is none, or that holds no comments.

    What is unpacked and written is taken from the room. Raises LoadError where the document is broken, encrypted or a
    bomb; OSError where it cannot be read.
    """
    with source.path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.startswith(b"PK\x03\x04") or office_advice(head, source.name) != WORD_PROCESSOR_ADVICE:
        return None
    names = names_in(source.path)
    listed = names or {name for name in COMMENTED if name.encode() in head}  # what is broken has no list of names
    if not all(any(map(PARTS[kind].fullmatch, listed)) for kind in ("document", "comments")):
        return None
    folder = folder_for(source.name, spool, room)
    unzip(source, folder)
    path = folder.folder / "[package].xml"
    with path.open("wb") as out:
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<pkg:package xmlns:pkg="{PACKAGE}">'.encode())
        part_names = [part_name for part in PARTS.values() for part_name in sorted(filter(part.fullmatch, names))]
        for name in sorted(part_names, key=lambda part_name: is_broken(part_in(folder, part_name))):
            part = part_in(folder, name)
            folder.grow(len(part), name)
            out.write(f'<pkg:part pkg:name="/{name}"><pkg:xmlData>'.encode() + part + b"</pkg:xmlData></pkg:part>\n")
        out.write(b"</pkg:package>\n")
    source.progress(source.path.stat().st_size)
    return Source(path, source.name)


def part_in(contents: Contents, name: str) -> bytes:
    """A part in UTF-8 and without its declaration."""
    return DECLARATION.sub(b"", recode_head(contents.folder.joinpath(*safe_parts(name)).read_bytes()))
