"""UTF-16, as spreadsheets and editors on Windows write it, read as UTF-8."""

from __future__ import annotations

import codecs
import io
from typing import IO

FEED = 65_536  # bytes that are recoded at once
UTF16 = (b"\xff\xfe", b"\xfe\xff")
XML_UTF16 = ("\ufeff<?xml".encode("utf-16-le"), "\ufeff<?xml".encode("utf-16-be"))


def is_utf16(start: bytes) -> bool:
    """True for what begins with a byte order mark of UTF-16, but for XML whose declaration may name the encoding."""
    return start.startswith(UTF16) and not start.startswith(XML_UTF16)


def recoded(raw: bytes) -> bytes:
    """The beginning of a file of UTF-16 as UTF-8; what is cut off within a character is left out."""
    return raw.decode("utf-16", errors="ignore").encode("utf-8", errors="replace")


class Recoded(io.RawIOBase):
    """The content of a file of UTF-16 as UTF-8; what is none becomes U+FFFD."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
        self.waiting, self.over = memoryview(b""), False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Reads on."""
        while not self.waiting and not self.over:
            raw = self.file.read(FEED)
            self.over = not raw
            self.waiting = memoryview(self.decoder.decode(raw, self.over).encode("utf-8", errors="replace"))
        count = min(len(buffer), len(self.waiting))
        buffer[:count] = self.waiting[:count]
        self.waiting = self.waiting[count:]
        return count

    def close(self) -> None:
        """Closes the file as well."""
        self.file.close()
        super().close()
