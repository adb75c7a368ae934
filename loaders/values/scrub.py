"""Text hygiene at the edge: what no store takes becomes U+FFFD, what a comment can do without is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rejoinder.errors import Problem

WESTERN_CODEC = "cp1252"  # what older programs write in Western Europe and America where they do not write UTF-8
READ_AS_WESTERN_NOTE = "read as Windows-1252, because it is not UTF-8; where letters come out wrong, save it as UTF-8"
DATE = "a date, such as 2024-03-01T10:00:00Z"
LONGEST = 40  # characters of a value that a message shows
REPLACEMENT = "\ufffd"
# C0 controls but tab, line feed and carriage return; lone surrogates; the two non-characters that XML refuses.
UNWELCOME_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Scrubber:
    """Cleans the text of one file and remembers how much there was to clean, and on which line that began.

    A `western` file is decoded as Windows-1252, and a warning says so. `amiss` holds what was left out, by its kind:
    the line and the message of the first, and how many there were; `dates`, by their field, those that stay text.
    """

    def __init__(self, *, western: bool = False) -> None:
        self.western = western
        self.count = 0
        self.first_line = 0
        self.amiss: dict[str, tuple[int, str, int]] = {}
        self.dates: dict[str, tuple[int, str, int]] = {}

    def text(self, value: str, line: int) -> str:
        """The value with every unwelcome character replaced."""
        if UNWELCOME_CHARACTERS.search(value) is None:
            return value
        clean, count = UNWELCOME_CHARACTERS.subn(REPLACEMENT, value)
        self.count_replaced(count, line)
        return clean

    def decode_line(self, raw: bytes, line: int) -> str:
        """Bytes as text, in UTF-8 unless the file is `western`; what is none becomes U+FFFD and is counted."""
        codec = WESTERN_CODEC if self.western else "utf-8"
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            text = raw.decode(codec, errors="replace")
            self.count_replaced(max(1, text.count(REPLACEMENT) - raw.count(REPLACEMENT.encode())), line)
            return text

    def line(self, raw: bytes, line: int) -> str:
        """The text of a line of bytes: decoded, and every unwelcome character replaced."""
        return self.text(self.decode_line(raw, line), line)

    def count_replaced(self, count: int, line: int) -> None:
        """Counts replacements; the first line is where the first of them stood."""
        if not self.count:
            self.first_line = line
        self.count += count

    def left_out(self, line: int, message: str, kind: str = "") -> None:
        """Notes a wrong value that a comment can do without; of each `kind` the first is reported, with the count."""
        first, first_message, count = self.amiss.get(kind or message, (line, message, 0))
        self.amiss[kind or message] = (first, first_message, count + 1)

    def undated(self, line: int, name: str, value: str) -> None:
        """Notes a date that cannot be read; of each field the first is reported, with the count."""
        first, first_value, count = self.dates.get(name, (line, value, 0))
        self.dates[name] = (first, first_value, count + 1)

    def left_out_problems(self, file: str) -> Iterator[Problem]:
        """The values left out, each kind once: they were lost, and nothing with them; and the dates that stay text."""
        for line, message, count in self.amiss.values():
            yield Problem(file, line, f"{message}; only that is left out{times_words(count)}", lost=True)
        for name, (line, value, count) in self.dates.items():
            problem = f'expected "{name}" to be {DATE}, got {value_beginning(value)}'
            yield Problem(file, line, f"{problem}; kept as text{times_words(count)}", lost=False)

    def problems(self, file: str) -> Iterator[Problem]:
        """What was left out, a warning for the whole file that something was replaced, and one that it is no UTF-8."""
        yield from self.left_out_problems(file)
        if self.western:
            yield Problem(file, 0, READ_AS_WESTERN_NOTE, lost=False)
        if not self.count:
            return
        noun = "character that is" if self.count == 1 else "characters that are"
        message = (
            f"expected UTF-8 text without control characters; replaced {self.count} {noun} not allowed "
            f"by U+FFFD, the first on this line"
        )
        yield Problem(file, self.first_line, message, lost=False)


class WrittenReplacements:
    """Counts the U+FFFD that a file holds itself, in pieces that may end within one."""

    def __init__(self) -> None:
        self.tail = b""  # of the piece before, too short to hold a whole one

    def count(self, piece: bytes) -> int:
        """How many end in the next piece.

        >>> written = WrittenReplacements()
        >>> written.count(b"a\\xef\\xbf"), written.count(b"\\xbdb")
        (0, 1)
        """
        raw = self.tail + piece
        self.tail = raw[-2:]
        return raw.count(REPLACEMENT.encode())


def times_words(count: int) -> str:
    """How often more than once."""
    return f", here and {count - 1} more time{'s' if count > 2 else ''}" if count > 1 else ""


def value_beginning(value: str) -> str:
    """The beginning of a value."""
    return repr(value) if len(value) <= LONGEST else f"{value[:LONGEST]!r}..."
