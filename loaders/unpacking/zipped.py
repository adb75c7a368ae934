"""Zip archives: whether a file is one, and what is in it."""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from functools import partial
from pathlib import Path

from rejoinder.errors import LoadError
from rejoinder.loaders.opening.packed import archive_advice
from rejoinder.loaders.opening.source import HEAD_BYTES, Source
from rejoinder.loaders.unpacking.archives import Contents

ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError, EOFError, ValueError)

ENDLESS = "File is not a zip file"  # as the library says where the list of members is missing, which stands last
CUT_OFF_REASON = "its end is missing, so it was cut off; download it again"
OFFICE = frozenset({"xl/workbook.xml", "xl/workbook.bin", "word/document.xml", "mimetype"})


def is_zip(source: Source) -> bool:
    """True for a zip archive that is no workbook and no document; raises OSError if it cannot be read."""
    with source.path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.startswith(b"PK\x03\x04"):
        return False
    if "zip archive" in (archive_advice(head, source.name) or ""):
        return True
    names = names_in(source.path)  # what begins as a workbook may hold one
    return bool(names) and not names & OFFICE


def names_in(path: Path) -> frozenset[str]:
    """The names of the members of an archive; none where it is broken."""
    try:
        with zipfile.ZipFile(path) as archive:
            return frozenset(archive.namelist())
    except ERRORS:
        return frozenset()


def unzip(source: Source, into: Contents) -> None:
    """Unpacks all of an archive.

    Raises LoadError where the archive is corrupt or encrypted, inflates too much, or there is no room; OSError where it
    cannot be read.
    """
    try:
        with zipfile.ZipFile(source.path) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    into.place(member.filename, partial(archive.open, member), is_link=is_link(member))
    except (*ERRORS, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:  # of the disk; broken bzip2 has no number
            raise
        how = CUT_OFF_REASON if str(error) == ENDLESS else error
        message = f"expected a zip archive that can be unpacked, got one that cannot ({how})"
        raise LoadError(source.name, 0, message) from None


def is_link(member: zipfile.ZipInfo) -> bool:
    """True for a symbolic link as Unix packs it: what it holds is where it leads."""
    return stat.S_ISLNK(member.external_attr >> 16)
