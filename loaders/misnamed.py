"""Keys of Rejoinder's own records that bear the name of another format, such as `reply_to` for `parent`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from rejoinder.errors import Problem
from rejoinder.loaders.headings import SURE, letters

# What a comment may go without, so that nobody would miss it: the field of a map, and our key for it.
OPTIONAL = {
    "parent": "parent",
    "author": "author",
    "created": "created",
    "link": "url",
    "thread_title": "thread_title",
    "thread_url": "thread_url",
}
MEANT = {name: ours for field, ours in OPTIONAL.items() for name in SURE[field]}


class Misnamed:
    """Sees the records of a file, and tells once of each key that is not read though we have one for what it says."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = frozenset(known)
        self.first: dict[str, tuple[int, str]] = {}

    def see(self, record: Mapping[str, object], line: int) -> None:
        """Takes the record of that line."""
        for key in record.keys() - self.known:
            ours = MEANT.get(letters(key))
            if ours is not None and ours not in record and record[key] not in (None, "") and key not in self.first:
                self.first[key] = (line, ours)

    def problems(self, file: str) -> Iterator[Problem]:
        """A warning for each such key, where it stood first."""
        for key, (line, ours) in sorted(self.first.items(), key=lambda one: one[1]):
            yield Problem(file, line, f'nothing reads "{key}"; the key for that is "{ours}"', lost=False)
