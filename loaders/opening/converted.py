"""A file whose content is converted as it is read, a piece at a time."""

from __future__ import annotations

import io
from abc import abstractmethod

FEED = 65_536  # bytes that are converted at once


class ConvertedFile(io.RawIOBase):
    """The content of a file, converted."""

    def __init__(self, file: io.BufferedReader) -> None:
        self.file = file
        self.waiting, self.over = memoryview(b""), False

    @abstractmethod
    def convert(self, raw: bytes) -> bytes:
        """What the next bytes become, maybe nothing yet; `over` is set where there are none."""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Reads on."""
        while not self.waiting and not self.over:
            raw = self.file.read(FEED)
            self.over = not raw
            self.waiting = memoryview(self.convert(raw))
        count = min(len(buffer), len(self.waiting))
        buffer[:count] = self.waiting[:count]
        self.waiting = self.waiting[count:]
        return count

    def close(self) -> None:
        """Closes the file as well."""
        self.file.close()
        super().close()
