"""Lines that end in carriage returns alone, as on the first Macintosh, read as if they ended in line feeds."""

from __future__ import annotations

import re

from rejoinder.loaders.opening.converted import ConvertedFile

ENDS = re.compile(rb"\r\n?")


def has_old_line_ends(start: bytes) -> bool:
    """True for text of one byte a letter, or UTF-8, that begins with lines that no line feed ends.

    >>> (has_old_line_ends(b"It is dry.\\rIt is wet."), has_old_line_ends(b"It is dry.\\r\\nIt is wet."),
    ...  has_old_line_ends(b"It is dry.\\r"))
    (True, False, False)
    """
    return b"\r" in start[:-1] and b"\n" not in start and b"\0" not in start


class ModernLineEnds(ConvertedFile):
    """The content of a file with lines that end in line feeds, whichever way they ended."""

    held = b""

    def convert(self, raw: bytes) -> bytes:
        """The next bytes; a carriage return at their end waits for what may belong to it."""
        raw = self.held + raw
        self.held = b"\r" if raw.endswith(b"\r") and not self.over else b""
        return ENDS.sub(b"\n", raw.removesuffix(self.held))
