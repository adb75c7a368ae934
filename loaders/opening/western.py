"""Windows-1252, in which older programs write text in Western Europe and America: whether a file is in it."""

from __future__ import annotations

from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.values.scrub import Scrubber

LETTERS_PER_NUL = 100  # letters for each NUL in text: where there are more, it is something else


def scrubber_of(source: Source) -> Scrubber:
    """What cleans the text of a file of prose, and decodes it as it was written."""
    return Scrubber(western=is_western(source))


def is_western(source: Source) -> bool:
    """True if the first letters beyond ASCII are no UTF-8, as spreadsheets on Windows write them."""
    with Source(source.path).open() as file:
        while chunk := file.read(1 << 20):
            if not chunk.isascii():
                return cannot_be_utf8(chunk + file.read(3))
    return False


def cannot_be_utf8(raw: bytes) -> bool:
    """True if none of the bytes beyond ASCII are letters of UTF-8, and some of them would be letters of Windows-1252.

    >>> (cannot_be_utf8("Über".encode("cp1252")), cannot_be_utf8("Über".encode()),
    ...  cannot_be_utf8("Über \\xff".encode("latin-1")))
    (True, False, True)
    """
    text = raw.decode("utf-8", "ignore")
    return text.isascii() and not raw.isascii() and raw.count(b"\0") * LETTERS_PER_NUL <= len(raw)
