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
    authors = {move.id: move.author for move in argument.moves}
    objections = [
        move for move in argument.moves if Kind.OBJECTION in with_wider_kinds(move.kind) and move.comment is not None
    ]
    aimed = defaultdict[Source | Target, list[str]](list)
    for objection in objections:
        if objection.confidence >= threshold:
            aimed[objection.target].append(objection.id)
    attacks = [(by, claim.id) for claim in argument.claims for by in aimed[ClaimRef(claim.id)]]
    for objection in objections:
        ends: tuple[Source | Target, ...] = (MoveRef(objection.id), *objection.sources)
        others = (by for end in ends for by in aimed[end] if by != objection.id)
        attacks += [(by, objection.id) for by in others if objection.author is None or authors[by] != objection.author]
    return (*argument.claims, *objections), list(dict.fromkeys(attacks))
