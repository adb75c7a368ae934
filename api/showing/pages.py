"""The pages of a listing: which one is shown, how many there are, and to which of the others its pager leads."""

from __future__ import annotations

from dataclasses import dataclass

from rejoinder.api.requests.query_parameters import LAST_PAGE, Page

PAGES_AROUND = 2  # pages named on either side of the one that is shown


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a listing by number, from 1; `last` is None where nobody counted them, and `more` are left."""

    at: int
    last: int | None
    more: bool

    @property
    def beyond(self) -> bool:
        """True where it is no page at all, but a number behind the last."""
        return self.last is not None and self.at > self.last

    @property
    def several(self) -> bool:
        """True where there is another page to go to."""
        return self.more or self.at > 1

    @property
    def before(self) -> int | None:
        """The page to go back to: beyond the last one it is the last."""
        return min(self.at - 1, self.last or self.at) if self.at > 1 else None

    @property
    def after(self) -> int | None:
        """The page to go on to."""
        return self.at + 1 if self.more else None

    @property
    def named(self) -> tuple[int | None, ...]:
        """The numbers in their order: first, last, those around the one that is shown; None where some are left out.

        A gap of a single page is filled by its number, which takes no more room.

        >>> Pages(6, 20, True).named, Pages(1, None, True).named
        ((1, None, 4, 5, 6, 7, 8, None, 20), (1, 2))
        """
        last = self.last or self.at + self.more
        numbers = {1, last, *range(max(self.at - PAGES_AROUND, 1), min(self.at + PAGES_AROUND, last) + 1)}
        numbers |= {page + 1 for page in numbers if page + 2 in numbers}
        with_gaps: list[int | None] = []
        for number in sorted(numbers):
            with_gaps += [None, number] if number - 1 not in numbers and number > 1 else [number]
        return tuple(with_gaps)


def pages_around(at: Page, more: bool, many: int | None = None) -> Pages:
    """The pages of a listing of so many rows, None where nobody counted; `more` stand behind the page that is shown."""
    if many is None:
        return Pages(at.number, None, more)
    last = min(max(-(-many // at.size), 1), LAST_PAGE)
    return Pages(at.number, last, at.number < last)
