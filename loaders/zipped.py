"""Zip archives, in which sites hand out their exports: unpacked into a folder, within bounds, without pictures."""

from __future__ import annotations

import lzma
import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from rejoinder.errors import LoadError
from rejoinder.loaders.packed import FREE_BYTES, GZIP_RATIO, archive
from rejoinder.loaders.source import HEAD_BYTES

MEMBERS = 1_000_000
CHUNK = 1 << 20
# What holds no words, and may be large.
MEDIA = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".svg", ".mp4", ".mov", ".webm", ".mp3", ".m4a", ".ogg", ".pdf"}
)
ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError, EOFError, ValueError)


def is_zip(path: Path) -> bool:
    """True for a zip archive that is no workbook; raises OSError if it cannot be read."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return head.startswith(b"PK\x03\x04") and "zip archive" in (archive(head, path.name) or "")


def unpacked(name: str, folder: str) -> tuple[Path, list[str]]:
    """The folder that an archive was unpacked into, named as it is, and the members that were passed over.

    Raises LoadError where the archive is corrupt or encrypted, inflates too much, or there is no room.
    """
    place = Path(folder) / f"zip-{len(list(Path(folder).iterdir()))}" / Path(name).stem
    place.mkdir(parents=True)
    passed, room = list[str](), max(FREE_BYTES, GZIP_RATIO * Path(name).stat().st_size)
    try:
        with zipfile.ZipFile(name) as held:
            for member in held.infolist()[:MEMBERS]:
                inside = PurePosixPath(*(one for one in parts(member.filename) if one not in ("..", ".")))
                if member.is_dir() or not inside.parts:
                    continue
                if inside.suffix.lower() in MEDIA:
                    passed.append(str(inside))
                    continue
                room -= copied(held, member, place / inside, room)
    except ERRORS as error:
        raise LoadError(
            name, 0, f"expected a zip archive that can be unpacked, got one that cannot ({error})"
        ) from None
    return place, passed


def parts(name: str) -> list[str]:
    """The parts of a member's name, whichever slashes it was written with; none leads out of the archive."""
    return [one for one in name.replace("\\", "/").split("/") if one and not one.endswith(":")]


def copied(held: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, room: int) -> int:
    """Unpacks a member and tells its size; raises LoadError if that is more than there is room for."""
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with held.open(member) as source, target.open("wb") as out:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > room or shutil.disk_usage(target.parent).free < CHUNK:
                most = f"expected at most {GZIP_RATIO} bytes out of each compressed byte, and room for them"
                raise LoadError(str(held.filename), 0, f"{most}; unpacked no further than {member.filename!r}")
            out.write(chunk)
    return size
