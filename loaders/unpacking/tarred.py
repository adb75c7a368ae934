"""Tar archives, also compressed: whether a file is one, and what is in it, read once from front to back."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, cast

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.opening.packed import TAR, TAR_AT
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.unpacking.archives import CHUNK, Contents

BLOCK = 512
NAME_BYTES = 1 << 20  # of a name that has a header of its own
COUNT_DIGITS = 20  # bytes in which the length of one record of it stands
NAMES = frozenset({tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE})
BESIDE = frozenset({tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE})  # headers that say nothing of a member's name or size
BARE = frozenset(  # that have no content
    {tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE}
)


def is_tar(source: Source) -> bool:
    """True for a file that begins, unpacked, with the header of a member; raises OSError if it cannot be read."""
    with source.unpacked() as file:
        head = file.read(BLOCK)
    if head[TAR_AT : TAR_AT + len(TAR)] == TAR:
        return True
    try:
        return bool(parse_header(head).name)  # of Unix's seventh edition, where nothing but a sum tells
    except tarfile.HeaderError:
        return False


def untar(source: Source, into: Contents) -> None:
    """Unpacks an archive as far as it is whole; that it breaks off is one of the faults, and what came before is there.

    Raises LoadError where its very beginning is corrupt, it inflates too much, or there is no room; OSError where it
    cannot be read.
    """
    with source.unpacked() as file:
        first = True
        try:
            for member in tar_members(file):
                first = False
                if not member.is_folder:
                    into.place(member.name, member.open, is_link=not member.is_file)
        except (tarfile.TarError, EOFError, ValueError) as error:
            message = f"expected a tar archive that can be unpacked, got one that cannot ({error})"
            if first:
                raise LoadError(source.name, 0, message) from None
            into.faults.append(Problem(source.name, 0, f"{message}; what comes before is read", lost=True))
    into.faults.extend(source.faults)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive, whose content can be read once, before the next member is asked for."""

    name: str
    kind: bytes
    content: Part

    @property
    def is_folder(self) -> bool:
        """True for a folder."""
        return self.kind == tarfile.DIRTYPE or self.name.endswith("/")

    @property
    def is_file(self) -> bool:
        """True for a file, and not for a link, a pipe or a device."""
        return self.kind in tarfile.REGULAR_TYPES

    def open(self) -> IO[bytes]:
        """What it holds."""
        return cast("IO[bytes]", self.content)


def tar_members(file: IO[bytes]) -> Iterator[Member]:
    """The members up to the block of nothing that ends an archive; raises HeaderError or EOFError if it is broken."""
    headers: dict[str, str] = {}
    while (block := file.read(BLOCK)).strip(b"\0"):
        if len(block) < BLOCK:
            raise EOFError("it ends within a header")
        info = parse_header(block)
        if info.type in NAMES | BESIDE:
            part = Part(file, content_size({}, info))
            if info.type in NAMES:
                headers |= long_header(info.type, part)
            part.close()
            continue
        content = Part(file, content_size(headers, info))
        yield Member(headers.get("path", info.name), info.type, content)
        headers = {}
        content.close()


def parse_header(block: bytes) -> tarfile.TarInfo:
    """The header of a member; raises HeaderError if it is none."""
    return tarfile.TarInfo.frombuf(block, "utf-8", "replace")


def content_size(headers: dict[str, str], info: tarfile.TarInfo) -> int:
    """How many bytes follow the header: none follow that of a link, a folder, a pipe or a device; or HeaderError."""
    size = 0 if info.type in BARE else int(headers.get("size", info.size))
    if size < 0:
        raise tarfile.HeaderError("a negative size")
    return size


def long_header(kind: bytes, part: Part) -> dict[str, str]:
    """What a header of its own says of the next member: its name, and maybe its size; raises HeaderError."""
    if part.left > NAME_BYTES:
        raise tarfile.HeaderError(f"a name of {part.left} bytes")
    raw = part.read()
    if kind == tarfile.GNUTYPE_LONGNAME:
        return {"path": raw.rstrip(b"\0").decode("utf-8", "replace")}
    headers = dict(pax_records(raw))
    return {key: value for key, value in headers.items() if key in ("path", "size")}


def pax_records(raw: bytes) -> Iterator[tuple[str, str]]:
    """Key and value of each record, before which stands how long it is (POSIX.1, pax); raises HeaderError."""
    at = 0
    while at < len(raw):
        count = raw[at : at + COUNT_DIGITS].partition(b" ")[0]
        record = raw[at : at + int(count)] if count.isdigit() and int(count) > len(count) else b""
        if not record.endswith(b"\n"):
            raise tarfile.HeaderError("a record without an end")
        key, _, value = record[len(count) + 1 : -1].decode("utf-8", "replace").partition("=")
        yield key, value
        at += len(record)


class Part(io.RawIOBase):
    """The next so many bytes of a file, and what fills their last block; closing it passes over the rest."""

    def __init__(self, file: IO[bytes], count: int) -> None:
        self.file, self.left, self.filling = file, count, -count % BLOCK

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Reads on; raises EOFError where the file ends before."""
        data = self.file.read(min(len(buffer), self.left))
        if not data and self.left and len(buffer):
            raise EOFError("it ends within a member")
        buffer[: len(data)] = data
        self.left -= len(data)
        return len(data)

    def close(self) -> None:
        """Passes over what was not read; the second time, over nothing."""
        if not self.closed:
            while self.left:
                self.read(CHUNK)
            self.file.read(self.filling)
        super().close()
