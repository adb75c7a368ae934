"""One input as a loader sees it: its name, its bytes (unpacked), its beginning and its lines, each within bounds."""

from __future__ import annotations

import hashlib
import io
import os
import re
import select
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.opening.line_ends import ENDS, ModernLineEnds, has_old_line_ends
from rejoinder.loaders.opening.packed import FILE_BUFFER, CountedFile, UnpackedFile, bare_name, packing_of
from rejoinder.loaders.opening.recoded import ENOUGH_BYTES, RecodedFile, is_utf16, recode_head

STDIN = "-"  # the name of standard input
HEAD_BYTES = 65_536
LINE_BYTES = 64 * 1024 * 1024
SPOOLED_BYTES = 1024 * 1024  # of a pipe at once
PATIENCE_SECONDS = 1.0  # that a signal may wait for a stream on which nothing comes
SPARE_BYTES = 300_000_000  # that are left on the disk; the store wants most of them
BOM = b"\xef\xbb\xbf"
GUARD = re.compile(rb"\A(?:\xef\xbb\xbf)?\)\]\}'")  # above JSON, so that no page can run it as a script
ADDRESS = re.compile(r"[A-Za-z]{2,10}:/")  # as it is left where slashes are made one
UNFETCHED = (
    "expected a file, got an address: nothing is fetched; save the page (Ctrl+S in a browser), or what the site "
    "exports, and load that"
)


def no_progress(_: int) -> None:
    """The progress hook that tells nobody."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `name` as the user wrote it, `path` where its bytes are (standard input is spooled to a file).

    A compressed file is unpacked as it is read, whatever its name. Where that goes wrong, the content ends there and
    `faults` says why; loaders need not care, for `loaders.read` reports it after what they give. `problems_met` are
    problems in files beside this one that belong to it, reported likewise; `notes` are reported before. `progress` is
    called with the number of bytes of the file (compressed) as they are read, so loaders do not call it.
    """

    path: Path
    name: str = ""
    progress: Callable[[int], None] = field(default=no_progress, compare=False)
    faults: list[Problem] = field(default_factory=list, compare=False)
    problems_met: list[Problem] = field(default_factory=list, compare=False)
    notes: tuple[Problem, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name or str(self.path))

    @property
    def stem(self) -> str:
        """The file's name without its folder, its ending and that of its compression."""
        return Path(bare_name(self.name)).stem

    def name_beside(self, *way: str) -> str:
        """What a file is called that this way leads to from the folder of this one.

        >>> Source(Path("d.json"), "export.zip/general/d.json").name_beside("..", "users.json")
        'export.zip/users.json'
        """
        return os.path.normpath(os.path.join(os.path.dirname(self.name), *way))

    def tell(self, problems: Iterable[Problem]) -> None:
        """Adds problems to `problems_met`, each once, however often the file is read."""
        self.problems_met.extend(problem for problem in problems if problem not in self.problems_met)

    def thread_name(self) -> str:
        """What a thread is called that is named by its file alone: the stem, on standard input made of the content."""
        if self.name != STDIN:
            return self.stem
        with self.open() as file:
            return f"stdin-{hashlib.file_digest(file, 'sha256').hexdigest()[:12]}"

    def open(self) -> io.BufferedReader:
        """The content from the beginning, as UTF-8 if it is UTF-16, in lines that end in line feeds.

        What guards JSON is left out. Raises OSError as `open` does.
        """
        file = self._open_file(self.progress)
        if is_utf16(file.peek(ENOUGH_BYTES)):
            file = io.BufferedReader(RecodedFile(file), FILE_BUFFER)
        if guard := GUARD.match(file.peek(16)):
            file.read(guard.end())
        return (
            io.BufferedReader(ModernLineEnds(file), FILE_BUFFER)
            if has_old_line_ends(file.peek(HEAD_BYTES)[:HEAD_BYTES])
            else file
        )

    def unpacked(self) -> io.BufferedReader:
        """The content byte for byte, for what is no text; `progress` is not told; raises OSError as `open` does."""
        return self._open_file(no_progress)

    def head(self) -> bytes:
        """The first 64 kB of the content as `open` gives it, without byte order marks before lines."""
        with self._open_file(no_progress) as file:
            raw = GUARD.sub(b"", recode_head(file.read(HEAD_BYTES)), 1).removeprefix(BOM).replace(b"\n" + BOM, b"\n")
        return ENDS.sub(b"\n", raw) if has_old_line_ends(raw) else raw

    def lines(self) -> Iterator[tuple[int, bytes] | Problem]:
        """Numbered lines (from 1) without their ends, and without the byte order marks of files that were joined.

        A line over 64 MB is skipped and reported, never held. Where a compressed file breaks off within a line, that
        line is left out, and the fault names it.
        """
        with self.open() as file:
            number = 0
            while raw := file.readline(LINE_BYTES + 1):
                number += 1
                ends = raw.endswith(b"\n")
                if not ends and len(raw) > LINE_BYTES:
                    size = len(raw) + _rest_of_line(file)
                    message = f"expected a line of at most {LINE_BYTES} bytes, got {size}"
                    yield Problem(self.name, number, message, lost=True)
                    continue
                if not ends and self.faults:
                    number -= 1
                    break
                yield number, raw.removeprefix(BOM).removesuffix(b"\n").removesuffix(b"\r")
            if self.faults:
                self.faults[0] = replace(self.faults[0], line=number + 1)

    def _open_file(self, progress: Callable[[int], None]) -> io.BufferedReader:
        file = self.path.open("rb")
        kind = packing_of(file.peek(16))
        if kind is None:
            return io.BufferedReader(CountedFile(file, progress), FILE_BUFFER)
        self.faults.clear()
        return io.BufferedReader(UnpackedFile(file, kind, progress, self._fault), FILE_BUFFER)

    def _fault(self, message: str) -> None:
        self.faults.append(Problem(self.name, 0, message, lost=True))


def open_source(name: str, folder: str, progress: Callable[[int], None]) -> Source:
    """The named file as a Source; what can be read only once is copied to the folder first; raises OSError."""
    if name == STDIN:
        return Source(spool_stream(sys.stdin.buffer, folder, name), name, progress)
    path = Path(name)
    if path.is_dir():
        raise LoadError(name, 0, "expected a file, got a directory")
    if is_stream(path):
        with path.open("rb") as stream:
            return Source(spool_stream(stream, folder, name), name, progress)
    return Source(path, name, progress)


def _rest_of_line(file: IO[bytes]) -> int:
    """Reads on to the end of the line and tells how many bytes that were."""
    skipped = 0
    while raw := file.readline(io.DEFAULT_BUFFER_SIZE):
        skipped += len(raw)
        if raw.endswith(b"\n"):
            break
    return skipped


def spool_stream(stream: IO[bytes], folder: str, name: str) -> Path:
    """A copy on disk of a stream that can be read only once; raises LoadError if the disk ends before it does."""
    handle, path = tempfile.mkstemp(dir=folder, prefix="spooled-")
    with os.fdopen(handle, "wb") as out:
        while chunk := _read_arrived(stream):
            if shutil.disk_usage(folder).free < SPARE_BYTES:
                os.unlink(path)
                message = f"expected an end while {SPARE_BYTES // 1_000_000} MB of disk are free in {folder}, got none"
                raise LoadError(name, 0, message)
            out.write(chunk)
    return Path(path)


def _read_arrived(stream: IO[bytes]) -> bytes:
    """What there is of a stream, up to 1 MB, as soon as there is something; empty at its end.

    Python acts on a signal that comes just before a read begins only when the read is over, which may be never. So it
    is asked once a second whether there is something to read; where the system cannot say, as Windows of a pipe, it
    is read.
    """
    try:
        while not select.select([stream], [], [], PATIENCE_SECONDS)[0]:
            pass
    except (OSError, ValueError):
        return stream.read(SPOOLED_BYTES)
    return os.read(stream.fileno(), SPOOLED_BYTES)


def is_stream(path: Path) -> bool:
    """True for a pipe or socket, which can be read only once; raises OSError or LoadError for what is not there."""
    if ADDRESS.match(str(path)) and not path.exists():
        raise LoadError(str(path), 0, UNFETCHED)
    mode = path.stat().st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISCHR(mode)
