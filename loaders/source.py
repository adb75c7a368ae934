"""One input as a loader sees it: its name, its bytes, its opening characters and its lines, each within bounds."""

from __future__ import annotations

import io
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from rejoinder.errors import Problem

STDIN = "-"  # the name of standard input
HEAD_BYTES = 65_536
LINE_BYTES = 64 * 1024 * 1024
BOM = b"\xef\xbb\xbf"


def silent(_: int) -> None:
    """The progress hook that tells nobody."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `name` as the user wrote it, `path` where its bytes are (standard input is spooled to a file)."""

    path: Path
    name: str = ""
    progress: Callable[[int], None] = field(default=silent, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name or str(self.path))

    def open(self) -> io.BufferedReader:
        """The bytes from the beginning; raises OSError as `open` does."""
        return self.path.open("rb")

    def head(self) -> bytes:
        """The first 64 kB, without a byte order mark."""
        with self.open() as file:
            return file.read(HEAD_BYTES).removeprefix(BOM)

    def lines(self) -> Iterator[tuple[int, bytes] | Problem]:
        """Numbered lines (from 1) without their ends; a line over 64 MB is skipped and reported, never held."""
        with self.open() as file:
            number = 0
            while raw := file.readline(LINE_BYTES + 1):
                number += 1
                self.progress(len(raw))
                if len(raw) > LINE_BYTES and not raw.endswith(b"\n"):
                    size = len(raw) + self._skip(file)
                    message = f"expected a line of at most {LINE_BYTES} bytes, got {size}"
                    yield Problem(self.name, number, message, lost=True)
                    continue
                if number == 1:
                    raw = raw.removeprefix(BOM)
                yield number, raw.removesuffix(b"\n").removesuffix(b"\r")

    def _skip(self, file: IO[bytes]) -> int:
        """Reads on to the end of the line and tells how many bytes that were."""
        skipped = 0
        while raw := file.readline(io.DEFAULT_BUFFER_SIZE):
            self.progress(len(raw))
            skipped += len(raw)
            if raw.endswith(b"\n"):
                break
        return skipped


def spooled(stream: IO[bytes], folder: str) -> Path:
    """A copy on disk of a stream that can be read only once."""
    path = Path(tempfile.mkstemp(dir=folder, prefix="spooled-")[1])
    with path.open("wb") as out:
        shutil.copyfileobj(stream, out)
    return path


def is_stream(path: Path) -> bool:
    """True for a pipe or socket, which can be read only once; raises OSError for what is not there."""
    mode = path.stat().st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISCHR(mode)
