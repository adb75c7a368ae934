"""The problems of a load as a person can read them: of one file only so many, and how many more there were."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Sequence

from rejoinder.errors import Problem

MOST_OF_FILE = 50  # of one file; one mistake that stands in each line of a dump should not bury all else


class Complaints:
    """Passes the text of each problem on, of one file at most 50; `lost` counts those by which something was lost.

    `command` is what loads a file; where a problem proposes a field map, the whole command is shown.
    """

    def __init__(self, say: Callable[[str], None], command: Sequence[str] = ("rejoinder", "load")) -> None:
        self.say, self.command = say, command
        self.met: Counter[str] = Counter()
        self.lost = 0

    def __call__(self, problem: Problem) -> None:
        """Takes a problem."""
        self.met[problem.file] += 1
        self.lost += problem.lost
        if self.met[problem.file] <= MOST_OF_FILE:
            self.say(str(problem))
            if problem.proposal:
                self.say(f"try: {shlex.join([*self.command, '--map', problem.proposal, problem.file])}")

    def summed_up(self) -> None:
        """Says of each file how many problems were not shown."""
        for file, count in self.met.items():
            if count > MOST_OF_FILE:
                more = count - MOST_OF_FILE
                self.say(f"{file}: {more} more problem{'s' if more > 1 else ''} of this file not shown")
