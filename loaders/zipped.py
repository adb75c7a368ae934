"""Zip archives, in which sites hand out their exports: unpacked into a folder, within bounds, without pictures."""

from __future__ import annotations

import errno
import lzma
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.packed import FREE_BYTES, GZIP_RATIO, archive
from rejoinder.loaders.source import HEAD_BYTES

MEMBERS = 1_000_000
CHUNK = 1 << 20
# What holds no words, and may be large.
MEDIA = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".svg", ".mp4", ".mov", ".webm", ".mp3", ".m4a", ".ogg", ".pdf"}
)
MISNAMED = frozenset({errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG})
SHOWN = 200  # characters of a member's name that a message shows
ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError, EOFError, ValueError)


@dataclass(frozen=True, slots=True)
class Contents:
    """The folder with the members of an archive, those that were passed over, and what could not be placed there."""

    folder: Path
    passed: list[str] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)


def is_zip(path: Path) -> bool:
    """True for a zip archive that is no workbook; raises OSError if it cannot be read."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return head.startswith(b"PK\x03\x04") and "zip archive" in (archive(head, path.name) or "")


def unpacked(name: str, folder: str) -> Contents:
    """What became of an archive: it is in a folder below this one, which is named as it is.

    Raises LoadError where the archive is corrupt or encrypted, inflates too much, or there is no room; OSError where it
    cannot be read.
    """
    place = Path(folder) / f"zip-{len(list(Path(folder).iterdir()))}" / Path(name).stem
    place.mkdir(parents=True)
    result, room = Contents(place), max(FREE_BYTES, GZIP_RATIO * Path(name).stat().st_size)
    try:
        with zipfile.ZipFile(name) as held:
            for member, inside in members(held):
                if inside.suffix.lower() in MEDIA:
                    result.passed.append(str(inside))
                else:
                    room -= placed(held, member, inside, room, result)
    except ERRORS as error:
        message = f"expected a zip archive that can be unpacked, got one that cannot ({error})"
        raise LoadError(name, 0, message) from None
    return result


def members(held: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """The files in an archive, and where each belongs below the folder; none leads out of it."""
    for member in held.infolist()[:MEMBERS]:
        inside = PurePosixPath(*(one for one in parts(member.filename) if one not in ("..", ".")))
        if not member.is_dir() and inside.parts:
            yield member, inside


def parts(name: str) -> list[str]:
    """The parts of a member's name, whichever slashes it was written with; none leads out of the archive."""
    return [one for one in name.replace("\\", "/").split("/") if one and not one.endswith(":")]


def placed(held: zipfile.ZipFile, member: zipfile.ZipInfo, inside: PurePosixPath, room: int, result: Contents) -> int:
    """Unpacks a member and tells its size; one whose name cannot be used, or is another's, is a fault and has none."""
    try:
        return copied(held, member, result.folder / inside, room)
    except OSError as error:
        if error.errno not in MISNAMED:
            raise
        message = f"expected a member whose name no other has and a folder can hold: {error.strerror}"
        result.faults.append(Problem(f"{held.filename}/{str(inside)[:SHOWN]}", 0, message, lost=True))
        return 0


def copied(held: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, room: int) -> int:
    """Unpacks a member and tells its size; raises LoadError if that is more than there is room for, and OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with held.open(member) as source, target.open("xb") as out:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > room or shutil.disk_usage(target.parent).free < CHUNK:
                most = f"expected at most {GZIP_RATIO} bytes out of each compressed byte, and room for them"
                raise LoadError(str(held.filename), 0, f"{most}; unpacked no further than {member.filename!r}")
            out.write(chunk)
    return size
