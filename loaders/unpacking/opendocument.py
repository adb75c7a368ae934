"""OpenDocument texts (.odt): what they hold as one XML, as LibreOffice itself can save them (.fodt)."""

from __future__ import annotations

import re
from pathlib import Path

from rejoinder.errors import LoadError
from rejoinder.loaders.containers.xml import is_broken
from rejoinder.loaders.opening.recoded import recode_head
from rejoinder.loaders.opening.source import HEAD_BYTES, Source
from rejoinder.loaders.unpacking.archives import Contents, Room, folder_for
from rejoinder.loaders.unpacking.zipped import names_in, unzip

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "application/vnd.oasis.opendocument.text"
BEGINS = re.compile(rb"PK\x03\x04.{26}mimetype" + re.escape(TEXT.encode()), re.DOTALL)
PARTS = ("content.xml", "meta.xml")  # in this order, but broken ones last, for each takes with it those behind it
MANIFEST, ENCRYPTED = "META-INF/manifest.xml", b"encryption-data"
DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}\?>(?:\s*<!DOCTYPE[^<>\[]{0,500}>)?")


def open_document_in(source: Source, spool: str, room: Room) -> Source | None:
    """A document as one XML under its own name; None for a file that is none.

    What is unpacked and written is taken from the room. Raises LoadError where the document is broken, encrypted or a
    bomb; OSError where it cannot be read.
    """
    with source.path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not BEGINS.match(head):
        return None
    names = names_in(source.path)
    if not names and b"content.xml" not in head:  # what is broken has no list of names
        return None
    folder = folder_for(source.name, spool, room)
    unzip(source, folder)
    if "content.xml" not in names or ENCRYPTED in part_in(folder, MANIFEST):
        raise LoadError(source.name, 0, "expected a document without a password; save it without one, and load that")
    path = folder.folder / "[document].fodt"
    with path.open("wb") as out:
        out.write(f'<office:document xmlns:office="{OFFICE}" office:mimetype="{TEXT}">'.encode())
        for name in sorted(PARTS, key=lambda part_name: is_broken(part_in(folder, part_name))):
            part = part_in(folder, name)
            folder.grow(len(part), name)
            # In one line but for the content, so that its lines keep their numbers.
            out.write(part if name == "content.xml" else part.replace(b"\n", b" "))
        out.write(b"</office:document>\n")
    source.progress(source.path.stat().st_size)
    return Source(path, source.name)


def part_in(contents: Contents, name: str) -> bytes:
    """A part in UTF-8 and without its declaration; nothing of one that is not there."""
    path: Path = contents.folder / name
    return DECLARATION.sub(b"", recode_head(path.read_bytes())) if path.is_file() else b""
