"""In which order comments are asked about: in rounds, such that no question of a round waits for an answer of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rejoinder.loaders.extract.threads import parents_first
from rejoinder.records import Comment


def rounds(comments: Sequence[Comment], quoted: Mapping[str, Iterable[str]]) -> list[list[Comment]]:
    """The comments such that each stands in a later round than its parent and the earlier ones that it quotes.

    `quoted` are, by the id of a comment, those of the comments that it quotes.
    """
    numbers: dict[str | None, int] = {}
    found: list[list[Comment]] = []
    for one in parents_first(comments):
        before = [numbers[other] for other in (one.parent, *quoted.get(one.id, ())) if other in numbers]
        numbers[one.id] = number = max(before, default=-1) + 1
        if number == len(found):
            found.append([])
        found[number].append(one)
    return found
