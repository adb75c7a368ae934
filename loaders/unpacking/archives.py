"""Archives, in which sites hand out exports: unpacked into a folder, within bounds, without pictures and links."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.opening.packed import FREE_BYTES, GZIP_RATIO, bare_name

MOST_MEMBERS = 1_000_000
MOST_NESTED = 3  # archives within archives that are looked into; one that holds itself would never end
CHUNK = 1 << 20
# What holds no words, and may be large.
MEDIA = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".svg", ".mp4", ".mov", ".webm", ".mp3", ".m4a", ".ogg", ".pdf"}
)
MISNAMED = frozenset({errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG})
SHOWN = 200  # characters of a member's name that a message shows


@dataclass(slots=True)
class Room:
    """How much may still be unpacked out of an archive and those within it, and how deep the one at hand lies."""

    bytes: int
    members: int = MOST_MEMBERS
    depth: int = 0

    @classmethod
    def room_for_archive(cls, path: Path) -> Room:
        """The room for an archive that lies on disk; raises OSError."""
        return cls(max(FREE_BYTES, GZIP_RATIO * path.stat().st_size))


@dataclass(frozen=True, slots=True)
class Contents:
    """What became of the archive of that name: its members are in the folder, but for those that were passed over.

    `faults` are those that could not be placed there.
    """

    name: str
    folder: Path
    room: Room
    passed: list[str] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)

    def place(self, member: str, content: Callable[[], IO[bytes]], *, is_link: bool = False) -> None:
        """Unpacks a member; a link, and what holds no words, is passed over; one without a usable name is a fault.

        Raises LoadError where there is no room, OSError where it cannot be written.
        """
        inside = PurePosixPath(*safe_parts(member))
        if not inside.parts:
            return
        self.room.members -= 1
        if self.room.members < 0:
            raise LoadError(self.name, 0, f"expected at most {MOST_MEMBERS:,} files in an archive; unpacked no further")
        if is_link or inside.suffix.lower() in MEDIA:
            self.passed.append(str(inside))
            return
        try:
            self.copy(member, content, self.folder / inside)
        except OSError as error:
            if error.errno not in MISNAMED:
                raise
            message = f"expected a member whose name no other has and a folder can hold: {error.strerror}"
            self.faults.append(Problem(f"{self.name}/{str(inside)[:SHOWN]}", 0, message, lost=True))

    def copy(self, member: str, content: Callable[[], IO[bytes]], target: Path) -> None:
        """Writes a member into the folder; raises LoadError if it is more than there is room for, and OSError."""
        target.parent.mkdir(parents=True, exist_ok=True)
        with content() as source, target.open("xb") as out:
            while chunk := source.read(CHUNK):
                self.grow(len(chunk), member)
                out.write(chunk)

    def grow(self, size: int, member: str) -> None:
        """Takes so many bytes from the room, before they are written for a member; raises LoadError if it has not."""
        self.room.bytes -= size
        if self.room.bytes < 0 or shutil.disk_usage(self.folder).free < CHUNK:
            most = f"expected at most {GZIP_RATIO} bytes out of each compressed byte, and room for them"
            raise LoadError(self.name, 0, f"{most}; unpacked no further than {member!r}")


def folder_for(name: str, spool: str, room: Room) -> Contents:
    """An empty folder below the spool for what is in an archive, called as the archive is."""
    place = Path(tempfile.mkdtemp(dir=spool, prefix="unpacked-")) / (Path(bare_name(name)).stem or "archive")
    place.mkdir()
    return Contents(name, place, room)


def safe_parts(name: str) -> list[str]:
    """The parts of a member's name, whichever slashes it was written with; none leads out of the archive.

    >>> safe_parts("/well\\\\./../b.txt"), safe_parts("C:/b.txt")
    (['well', 'b.txt'], ['b.txt'])
    """
    return [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..") and part[-1] != ":"]
