"""What a loader leaves out on purpose (spam, reposts), counted and said once a file."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.errors import Problem

TITLE = 80  # code points of a title that is made of the first words


class Skipped:
    """How often each kind of thing was left out, and the line of the first."""

    def __init__(self) -> None:
        self.seen: dict[str, tuple[int, int]] = {}

    def note(self, what: str, line: int) -> None:
        """One thing is left out; `what` names its kind, in the plural."""
        count, first = self.seen.get(what, (0, line))
        self.seen[what] = (count + 1, first)

    def problems(self, file: str) -> Iterator[Problem]:
        """One warning a kind, in the order in which they were met."""
        for what, (count, first) in self.seen.items():
            yield Problem(file, first, f"left out {what}: {count}, the first on this line", lost=False)


def opening_words(text: str) -> str | None:
    """The first line that is no quotation, shortened: what stands for a title where a platform has none.

    >>> opening_words("> No.\\n\\nThe hedge is too high.\\nMuch.")
    'The hedge is too high.'
    """
    own = (line.strip() for line in text[:10_000].splitlines() if line.strip() and not line.startswith(">"))
    line = next(own, None)
    return line if line is None or len(line) <= TITLE else line[: TITLE - 1].rstrip() + "…"
