"""What attacks what in a thread: the argumentation framework (Dung 1995) that rj:label is the grounded labelling of."""

from __future__ import annotations

from collections import defaultdict

from rejoinder.records import ArgumentMap, Claim, ClaimRef, Kind, Move, MoveRef, Source, Target, with_wider_kinds


def attack_framework(argument: ArgumentMap, threshold: float) -> tuple[tuple[Claim | Move, ...], list[tuple[str, str]]]:
    """The arguments, claims first, and the attacks among them as pairs of ids; docs/unanswered.md defines both.

    An argument is a claim, or an objection made in words. An objection with a confidence of at least `threshold`
    attacks the claim that it is aimed at, the objection that it is aimed at, and each objection that rests on what it
    is aimed at; nobody attacks their own objections.
    """
    authors = {one.id: one.author for one in argument.moves}
    objections = [
        one for one in argument.moves if Kind.OBJECTION in with_wider_kinds(one.kind) and one.comment is not None
    ]
    aimed = defaultdict[Source | Target, list[str]](list)
    for one in objections:
        if one.confidence >= threshold:
            aimed[one.target].append(one.id)
    attacks = [(by, one.id) for one in argument.claims for by in aimed[ClaimRef(one.id)]]
    for one in objections:
        ends: tuple[Source | Target, ...] = (MoveRef(one.id), *one.sources)
        others = (by for end in ends for by in aimed[end] if by != one.id)
        attacks += [(by, one.id) for by in others if one.author is None or authors[by] != one.author]
    return (*argument.claims, *objections), list(dict.fromkeys(attacks))
