"""What a loader leaves out on purpose (spam, reposts), or does otherwise, counted and said once a file."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.errors import Problem


class SkipLog:
    """How often each kind of thing was left out, or whatever was done with it, and the line of the first."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], tuple[int, int]] = {}

    def note(self, noun: str, line: int, done: str = "left out") -> None:
        """One thing is left out, or what was `done` with it; `noun` names its kind, in the plural."""
        count, first = self.seen.get((done, noun), (0, line))
        self.seen[done, noun] = (count + 1, first)

    def problems(self, file: str) -> Iterator[Problem]:
        """One warning a kind, in the order in which they were met."""
        for (done, noun), (count, first) in self.seen.items():
            yield Problem(file, first, f"{done} {noun}: {count}, the first on this line", lost=False)
