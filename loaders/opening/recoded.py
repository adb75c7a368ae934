"""UTF-16, as spreadsheets and editors on Windows write it, read as UTF-8."""

from __future__ import annotations

import codecs
import io
import re

from rejoinder.loaders.opening.converted import ConvertedFile

UTF16 = (b"\xff\xfe", b"\xfe\xff")
PLAIN = re.compile(rb"[\t\n\r -~]+")
ENOUGH_BYTES = 16  # bytes that tell an encoding
XML_UTF16 = tuple(f"{mark}<?x".encode(codec) for mark in ("\ufeff", "") for codec in ("utf-16-le", "utf-16-be"))


def utf16_of(start: bytes) -> str | None:
    """The codec of what is in UTF-16 by its first bytes: by its mark, or by nothing in each other byte.

    >>> utf16_of("Ferry".encode("utf-16-le")), utf16_of("Ferry".encode("utf-16-be")), utf16_of(b"Ferry")
    ('utf-16-le', 'utf-16-be', None)
    """
    if start.startswith(UTF16):
        return "utf-16"
    for codec, first in (("utf-16-le", 0), ("utf-16-be", 1)):
        text, nothing = start[first:ENOUGH_BYTES:2], start[1 - first : ENOUGH_BYTES : 2]
        if len(nothing) > 2 and not nothing.strip(b"\0") and PLAIN.fullmatch(text):
            return codec
    return None


def is_utf16(start: bytes) -> bool:
    """True for what is in UTF-16, but for XML, whose declaration may name the encoding."""
    return utf16_of(start) is not None and not start.startswith(XML_UTF16)


def recode_head(raw: bytes) -> bytes:
    """The beginning of a file as UTF-8 if it is in UTF-16; what is cut off within a character is left out."""
    codec = utf16_of(raw)
    return raw.decode(codec, errors="ignore").encode("utf-8", errors="replace") if codec else raw


class RecodedFile(ConvertedFile):
    """The content of a file of UTF-16 as UTF-8; what is none becomes U+FFFD."""

    def __init__(self, file: io.BufferedReader) -> None:
        super().__init__(file)
        self.decoder = codecs.getincrementaldecoder(utf16_of(file.peek(ENOUGH_BYTES)) or "utf-16")(errors="replace")

    def convert(self, raw: bytes) -> bytes:
        """The next bytes as UTF-8."""
        return self.decoder.decode(raw, self.over).encode("utf-8", errors="replace")
