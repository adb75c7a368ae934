"""Whether few comments of a file are dated many years after all others, from which level U5 then counts its days."""

from __future__ import annotations

from itertools import pairwise

from rejoinder.errors import Problem
from rejoinder.loaders.values.dates import FULL
from rejoinder.records import Comment, Found

YEARS = 10  # without any comment, before those that are dated too late
FEWEST = 10  # dated comments that tell what is usual
FEW = 0.1  # of the dated comments at most so many stand apart


class FarDates:
    """Hears the comments of a file, and says once where some are dated years after the rest; it asks no clock."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.years: dict[int, tuple[int, int, str]] = {}  # how many there are, and the line and date of the first

    def hear(self, entry: Found) -> None:
        """Takes a record."""
        when = entry.record.created if isinstance(entry.record, Comment) else None
        if when is not None and FULL.fullmatch(when):
            count, line, first = self.years.get(int(when[:4]), (0, entry.line, when))
            self.years[int(when[:4])] = (count + 1, line, first)

    def notice(self) -> Problem | None:
        """The notice, None where the dates of all comments lie together, or too few have one."""
        total = self.count_since(0)
        late_years = (later for year, later in pairwise(sorted(self.years)) if later - year > YEARS)
        after = next((year for year in late_years if self.count_since(year) <= FEW * total), None)
        if after is None or total < FEWEST:
            return None
        count, far = self.count_since(after), [self.years[year] for year in self.years if year >= after]
        line, first = min((line, first) for _, line, first in far)
        who = "a comment is" if count == 1 else f"{count} comments are"
        message = f"{who} dated more than {YEARS} years after all others here, {first} first; "
        return Problem(self.file, line, message + "level U5 counts its days from the newest comment", False, note=True)

    def count_since(self, after: int) -> int:
        """How many comments are dated in that year or later."""
        return sum(count for year, (count, _, _) in self.years.items() if year >= after)
