"""Lines that end in carriage returns alone, as on the first Macintosh, read as if they ended in line feeds."""

from __future__ import annotations

import io
import re

FEED = 65_536  # bytes that are changed at once, and that tell how lines end
ENDS = re.compile(rb"\r\n?")


def is_old(start: bytes) -> bool:
    """True for text of one byte a letter, or UTF-8, that begins with lines that no line feed ends.

    >>> is_old(b"It is dry.\\rIt is wet."), is_old(b"It is dry.\\r\\nIt is wet."), is_old(b"It is dry.\\r")
    (True, False, False)
    """
    return b"\r" in start[:-1] and b"\n" not in start and b"\0" not in start


class Modern(io.RawIOBase):
    """The content of a file with lines that end in line feeds, whichever way they ended."""

    def __init__(self, file: io.BufferedReader) -> None:
        self.file = file
        self.waiting, self.held, self.over = memoryview(b""), b"", False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Reads on."""
        while not self.waiting and not self.over:
            raw = self.file.read(FEED)
            self.over = not raw
            self.waiting = memoryview(ENDS.sub(b"\n", self.whole(raw)))
        count = min(len(buffer), len(self.waiting))
        buffer[:count] = self.waiting[:count]
        self.waiting = self.waiting[count:]
        return count

    def whole(self, raw: bytes) -> bytes:
        """The next bytes; a carriage return at their end waits for what may belong to it."""
        raw = self.held + raw
        self.held = b"\r" if raw.endswith(b"\r") and not self.over else b""
        return raw.removesuffix(self.held)

    def close(self) -> None:
        """Closes the file as well."""
        self.file.close()
        super().close()
