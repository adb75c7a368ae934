"""In which order comments are asked about: in rounds, such that no question of a round waits for an answer of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rejoinder.records import Comment


def comment_rounds(order: Sequence[Comment], waits_for: Mapping[str, Iterable[str]]) -> list[list[Comment]]:
    """The comments such that each stands in a later round than its parent and the earlier ones that it waits for.

    `order` has parents first; `waits_for` are, by the id of a comment, those of the comments that it may be about.
    """
    numbers: dict[str | None, int] = {}
    rounds: list[list[Comment]] = []
    for comment in order:
        before = [numbers[other] for other in (comment.parent, *waits_for.get(comment.id, ())) if other in numbers]
        numbers[comment.id] = number = max(before, default=-1) + 1
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(comment)
    return rounds
