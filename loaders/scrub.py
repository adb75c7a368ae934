"""Text hygiene at the edge: characters that no RDF store takes become U+FFFD, once, and are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rejoinder.errors import Problem

REPLACEMENT = "\ufffd"
# C0 controls but tab, line feed and carriage return; lone surrogates; the two non-characters that XML refuses.
UNWELCOME = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Scrubber:
    """Cleans the text of one file and remembers how much there was to clean, and where it began."""

    def __init__(self) -> None:
        self.count = 0
        self.first_line = 0

    def text(self, value: str, line: int) -> str:
        """The value with every unwelcome character replaced."""
        if UNWELCOME.search(value) is None:
            return value
        clean, count = UNWELCOME.subn(REPLACEMENT, value)
        self.noted(count, line)
        return clean

    def decoded(self, raw: bytes, line: int) -> str:
        """UTF-8 bytes as text; what is no UTF-8 becomes U+FFFD and is counted."""
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("utf-8", errors="replace")
            self.noted(max(1, text.count(REPLACEMENT) - raw.count(REPLACEMENT.encode())), line)
            return text

    def noted(self, count: int, line: int) -> None:
        """Counts replacements; the first line is where the first of them stood."""
        if not self.count:
            self.first_line = line
        self.count += count

    def problems(self, file: str) -> Iterator[Problem]:
        """One warning for the whole file; none if nothing was replaced."""
        if not self.count:
            return
        what = "character that is" if self.count == 1 else "characters that are"
        message = (
            f"expected UTF-8 text without control characters; replaced {self.count} {what} not allowed "
            f"by U+FFFD, the first on this line"
        )
        yield Problem(file, self.first_line, message, lost=False)
