"""Files that hold one other: a page of Safari (.webarchive), a mail of Apple Mail (.emlx), a sheet, a document."""

from __future__ import annotations

import os
import plistlib
import re
import struct
import tempfile
from pathlib import Path
from typing import Any

from rejoinder.errors import LoadError
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.unpacking.archives import Room
from rejoinder.loaders.unpacking.opendocument import open_document_in
from rejoinder.loaders.unpacking.sheets import sheet_in
from rejoinder.loaders.unpacking.word import word_document_in

PROPERTIES = b"bplist00"  # how a binary list of properties begins, as Apple's programs write it
MAIN = "WebMainResource"
ADDRESS = re.compile(r"https?://[^\s<>]{1,2000}")
COUNTED = re.compile(rb"(\d{1,9})[ \t]*\r?\n(?=[A-Za-z][A-Za-z-]{0,60}:)")  # bytes of a mail, above its fields
MOST = 256 * 1024 * 1024  # bytes: all the pictures of a page are in it
ERRORS = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, EOFError, struct.error)


def unwrap_file(source: Source, spool: str, room: Room) -> Source:
    """The page, mail, sheet or document in a file, under the file's name; the file itself where it is not wrapped.

    A sheet or document is unpacked within the room. Raises LoadError where what is wrapped cannot be taken out, OSError
    where the file cannot be read.
    """
    if (sheet := sheet_in(source, spool, room)) is not None:
        return sheet
    document = word_document_in(source, spool, room) or open_document_in(source, spool, room)
    if document is not None:
        return document
    with source.unpacked() as file:
        start = file.peek(len(PROPERTIES) + 16)
        counted = COUNTED.match(file.peek(128))
        if not start.startswith(PROPERTIES) and counted is None:
            return source
        raw = file.read(MOST + 1)
    page = page_in(source, raw) if counted is None else mail_in(raw, counted)
    if page is None:
        return source
    handle, path = tempfile.mkstemp(dir=spool, prefix="unwrapped-")
    with os.fdopen(handle, "wb") as out:
        out.write(page)
    source.progress(source.path.stat().st_size)
    return Source(Path(path), source.name)


def page_in(source: Source, raw: bytes) -> bytes | None:
    """The page below a note of where it was saved from; None for properties of something else; raises LoadError."""
    if MAIN.encode() not in raw:
        return None
    if len(raw) > MOST:
        raise LoadError(source.name, 0, f"expected a page of at most {MOST} bytes; save it as its source alone")
    try:
        main: dict[str, Any] = plistlib.loads(raw)[MAIN]
        page, address = main["WebResourceData"], str(main.get("WebResourceURL"))
        if not isinstance(page, bytes):
            raise TypeError("its page is no text")
    except ERRORS as error:
        message = f"expected a page as Safari saves it, got one that is cut off or broken ({error})"
        raise LoadError(source.name, 0, message) from None
    note = f"<!-- saved from url=(0){address} -->\n" if ADDRESS.fullmatch(address) else ""
    return note.encode() + page


def mail_in(raw: bytes, counted: re.Match[bytes]) -> bytes | None:
    """The mail without its length above and its properties below; None where so much does not follow."""
    mail = raw[counted.end() : counted.end() + int(counted[1])]
    return mail if len(mail) == int(counted[1]) else None
