"""Compressed files (gzip, Zstandard, bzip2, xz) unpacked while they are read, in constant memory and within a ratio."""

from __future__ import annotations

import bz2
import io
import lzma
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, TypeAlias

import zstandard

# A bomb is told by its ratio; below the free amount any is harmless. Measured: threads of prose 3 to 5, one short
# comment 60,000 times over 11 to 16, one comment of 10 kB over and over 97 (gzip) and 330 (xz). Bombs: gzip 1,030,
# xz 6,900, Zstandard 32,000, bzip2 1,400,000.
GZIP_RATIO = 500
RATIO = 2000
FREE_BYTES = 64 * 1024 * 1024
WINDOW = 2**31  # Reddit's dumps are written with `zstd --long=31`
FEED = 1024  # bytes given to an unpacker at once: what it makes of them, up to 32 MB, is held
FILE_BUFFER = 262_144
MEMORY = 512 * 1024 * 1024  # that an xz file may ask for; `xz -9` asks for 65 MB

ZSTD = b"\x28\xb5\x2f\xfd"
BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)  # RFC 8878, 3.1.2: pzstd begins with such a frame
ENDINGS = frozenset({".gz", ".zst", ".zstd", ".bz2", ".xz", ".lzma"})
ARCHIVES = {
    b"PK\x03\x04": ("a zip archive", "unzip {}"),
    b"PK\x05\x06": ("an empty zip archive", "unzip {}"),
    b"7z\xbc\xaf\x27\x1c": ("a 7z archive", "7z x {}"),
    b"Rar!\x1a\x07": ("a rar archive", "unrar x {}"),
    b"\x04\x22\x4d\x18": ("an lz4 file", "lz4 -d {}"),
    b"\x1f\x9d": ("a file packed by compress", "uncompress {}"),
}
WORKBOOK = (b"xl/w", b"application/vnd.oasis.opendocument.spreadsheet")
# A member of that name, 30 bytes into its header: a channel called "word" is no document.
DOCUMENT = re.compile(
    rb"PK\x03\x04.{26}(?:word/(?:_rels/|\w+\.xml)|mimetypeapplication/vnd\.oasis\.opendocument\.text)", re.DOTALL
)
RICH_TEXT = b"{\\rtf"
OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what older office programs write, and Outlook for a mail
WORKBOOK_ADVICE = "this is a workbook of a spreadsheet program; save its sheet as CSV (UTF-8) there, and load that"
WORD_PROCESSOR_ADVICE = "this is a document of a word processor; save it as plain text (UTF-8) there, and load that"
OUTLOOK_ADVICE = "this is a mail saved by Outlook; save it as .eml, or the folder as mbox, and load that"
OLD_FORMATS = {".doc": WORD_PROCESSOR_ADVICE, ".msg": OUTLOOK_ADVICE}
TAR_AT, TAR = 257, b"ustar"


class Unpacker(Protocol):
    """Unpacks one stream of one kind, as the standard library's objects do."""

    @property
    def eof(self) -> bool:
        """True once the stream has ended."""

    @property
    def unused_data(self) -> bytes:
        """What stands after its end."""

    def decompress(self, data: bytes, /) -> bytes:
        """What these bytes add."""


ERRORS = (zlib.error, OSError, lzma.LZMAError, zstandard.ZstdError, EOFError, ValueError)
Fault: TypeAlias = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Packing:
    """A kind of compressed file."""

    name: str
    ratio: int
    unpacker: Callable[[], Unpacker]


GZIP = Packing("gzip", GZIP_RATIO, lambda: zlib.decompressobj(wbits=31))
ZSTANDARD = Packing("Zstandard", RATIO, lambda: zstandard.ZstdDecompressor(max_window_size=WINDOW).decompressobj())
BZIP = Packing("bzip2", RATIO, bz2.BZ2Decompressor)
XZ = Packing("xz", RATIO, lambda: lzma.LZMADecompressor(memlimit=MEMORY))


def packing_of(start: bytes) -> Packing | None:
    """How a file that begins with these bytes is compressed, whatever its name says; None if it is not."""
    if start.startswith(b"\x1f\x8b\x08"):
        return GZIP
    if start.startswith(ZSTD) or SKIPPABLE.match(start):
        return ZSTANDARD
    if BZIP2.match(start):
        return BZIP
    return XZ if start.startswith(b"\xfd7zXZ\x00") else None


def archive_advice(start: bytes, name: str) -> str | None:
    """What an archive is and how to unpack it, None if the file is none that we know."""
    if start[TAR_AT : TAR_AT + len(TAR)] == TAR:
        return f"this is a tar archive; unpack it first (tar -xf {name}) and load the files in it"
    if advice := office_advice(start, name):
        return advice
    for magic, (kind, command) in ARCHIVES.items():
        if start.startswith(magic):
            return f"this is {kind}; unpack it first ({command.format(name)}) and load what is in it"
    return None


def office_advice(start: bytes, name: str) -> str | None:
    """What a file of an office program is and how to save it there, None if it is none that we know.

    >>> (office_advice(b"{\\\\rtf1 Hedges}", "hedges.rtf") == WORD_PROCESSOR_ADVICE,
    ...  office_advice(b"Hedges", "hedges.doc"))
    (True, None)
    """
    if start.startswith(OFFICE):
        return OLD_FORMATS.get(Path(name).suffix.lower(), WORKBOOK_ADVICE)
    if start.startswith(b"PK") and any(mark in start for mark in WORKBOOK):
        return WORKBOOK_ADVICE
    written = start.startswith(b"PK\x03\x04") and DOCUMENT.search(start)
    return WORD_PROCESSOR_ADVICE if written or start.startswith(RICH_TEXT) else None


def bare_name(name: str) -> str:
    """A file's name without its folder and without the ending of its compression.

    >>> bare_name("may/tea.txt.gz"), bare_name("tea.txt"), bare_name(".gz")
    ('tea.txt', 'tea.txt', '.gz')
    """
    path = Path(name)
    return path.stem if path.suffix.lower() in ENDINGS else path.name


class CountedFile(io.RawIOBase):
    """A file that tells how many bytes of it were read."""

    def __init__(self, file: IO[bytes], progress: Callable[[int], None]) -> None:
        self.file, self.progress = file, progress

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Reads on."""
        count: int = self.file.readinto(buffer)  # type: ignore[attr-defined]
        self.progress(count)
        return count

    def close(self) -> None:
        """Closes the file as well."""
        self.file.close()
        super().close()


class UnpackedFile(io.RawIOBase):
    """The content of a compressed file.

    Where it is cut off, corrupt or inflates too much, the content ends there, and `fault` is told what was expected:
    whoever reads it keeps all that came before.
    """

    def __init__(self, file: IO[bytes], packing: Packing, progress: Callable[[int], None], fault: Fault) -> None:
        self.file, self.packing, self.progress, self.fault = file, packing, progress, fault
        self.unpacker: Unpacker | None = packing.unpacker()
        self.fed = self.made = 0
        self.waiting = memoryview(b"")
        self.rest = b""  # read but not yet fed
        self.over = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Unpacks on."""
        while not self.waiting and not self.over:
            try:
                self.waiting = memoryview(self.next_bytes())
            except ERRORS as error:
                self.ends(f"expected {self.packing.name} data that is whole, got what cannot be unpacked ({error})")
        count = min(len(buffer), len(self.waiting))
        buffer[:count] = self.waiting[:count]
        self.waiting = self.waiting[count:]
        return count

    def next_bytes(self) -> bytes:
        """What the next bytes of the file give, possibly nothing; raises one of ERRORS if they are corrupt."""
        data = self.rest or self.file.read(FEED)
        self.rest = b""
        if not data:
            return self.finish_stream()
        self.count_bytes(len(data))
        if self.unpacker is None:
            data = data.lstrip(b"\0")  # padding between members, as gzip(1) and tapes leave it
            if not data:
                return b""
            self.unpacker = self.packing.unpacker()
        unpacked = self.unpacker.decompress(data)
        if self.unpacker.eof:
            self.rest, self.unpacker = self.unpacker.unused_data, None
            self.count_bytes(-len(self.rest))
        self.made += len(unpacked)
        most = self.packing.ratio
        if self.made > max(FREE_BYTES, most * self.fed):
            actual = f"got {self.made} out of {self.fed}; unpacked no further"
            self.ends(f"expected at most {most} bytes out of each compressed byte, {actual}")
        return unpacked

    def finish_stream(self) -> bytes:
        """The file is over; so should the stream be."""
        if self.unpacker is None:
            self.over = True
        else:
            self.ends(f"expected more {self.packing.name} data, the file is cut off")
        return b""

    def count_bytes(self, count: int) -> None:
        """So many compressed bytes more."""
        self.fed += count
        self.progress(count)

    def ends(self, message: str) -> None:
        """Ends the content with a fault."""
        self.over = True
        self.fault(message)

    def close(self) -> None:
        """Closes the file as well."""
        self.file.close()
        super().close()
