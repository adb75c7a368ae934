"""A thread that did not come from AIF, drawn as AIF: its replies, its moves and their forces are all there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from rejoinder.graph.exports import EXPORTS
from rejoinder.graph.exports.ends import Ends
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.records import (
    ArgumentMap,
    AuthorRef,
    ClaimRef,
    Discussion,
    Kind,
    Move,
    MoveRef,
    Span,
    Target,
    with_wider_kinds,
)
from tests.maps import Line, discussion_of
from tests.threads import mapped, threads

FORCES = {
    Kind.SUPPORT: ("RA", "Arguing"),
    Kind.OBJECTION: ("CA", "Disagreeing"),
    Kind.SIMILARITY: ("MA", "Restating"),
    Kind.CLARIFICATION: ("MA", "Restating"),
    Kind.ANSWER: ("MA", "Default Illocuting"),
}


class Drawn:
    """The document that a thread becomes, by the ids of its nodes."""

    def __init__(self, thread_map: ThreadMap) -> None:
        document = json.loads(EXPORTS["aif"].write(thread_map, Options()))
        self.nodes: dict[str, dict[str, Any]] = {node["nodeID"]: node for node in document["nodes"]}
        self.edges = [(edge["fromID"], edge["toID"]) for edge in document["edges"]]

    def of(self, *types: str) -> list[str]:
        return [name for name, node in self.nodes.items() if node["type"] in types]

    def before(self, name: str, *types: str) -> list[str]:
        return [source for source, target in self.edges if target == name and self.nodes[source]["type"] in types]

    def after(self, name: str) -> list[str]:
        return [target for source, target in self.edges if source == name]

    def told(self, name: str) -> str:
        node = self.nodes[name]
        return str(node["text"] if node["type"] in {"I", "L"} else node["type"])

    def replies(self) -> Counter[tuple[str, str]]:
        """The words of a locution and of one that it leads to."""
        return Counter(
            (self.told(first), self.told(second))
            for step in self.of("TA")
            for first in self.before(step, "L")
            for second in self.after(step)
        )

    def steps(self) -> Counter[tuple[Sequence[str], ...]]:
        """Each scheme node: its type, the words of its premises, and what it leads to."""
        return Counter(
            (self.told(step), tuple(sorted(map(self.told, self.before(step, "I")))), *map(self.told, self.after(step)))
            for step in self.of("RA", "CA", "MA")
        )

    def forces(self) -> Counter[tuple[str, str]]:
        """Each YA-node, and the type of what it brings about."""
        types = ((act, self.nodes[end]["type"]) for act in self.of("YA") for end in self.after(act))
        return Counter((self.nodes[act]["text"], kind) for act, kind in types)


def force_of(move: Move) -> tuple[str, str] | None:
    """The type and force that a move is drawn with as a scheme node."""
    if any(isinstance(end, AuthorRef | Span) for end in move.sources):
        return None
    return FORCES[Kind.OBJECTION] if Kind.OBJECTION in with_wider_kinds(move.kind) else FORCES.get(move.kind)


def aimed(thread_map: ThreadMap, target: Target) -> str:
    """What the scheme node of a move with this target leads to."""
    if not isinstance(target, MoveRef):
        return Ends(thread_map).end_of(target).text
    move = thread_map.moves()[target.id]
    drawn = force_of(move)
    claims = [end for end in move.sources if isinstance(end, ClaimRef)]
    return drawn[0] if drawn else Ends(thread_map).end_of(claims[0] if claims else target).text


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(threads())
def test_replies_and_moves_of_any_thread_are_drawn(thread: tuple[Discussion, ArgumentMap]) -> None:
    thread_map = mapped(*thread)
    drawn, said = (
        Drawn(thread_map),
        {comment.id: comment.text for comment in thread_map.discussion.comments if comment.text.strip()},
    )
    assert drawn.replies() == Counter(
        (said[comment.parent], comment.text)
        for comment in thread_map.discussion.comments
        if comment.parent in said and comment.id in said
    )
    moves = [(move, force) for move in thread_map.argument.moves if (force := force_of(move))]
    texts = {claim.id: claim.text for claim in thread_map.argument.claims}
    assert drawn.steps() == Counter(
        (force[0], tuple(sorted(texts[name] for name in sources(move))), aimed(thread_map, move.target))
        for move, force in moves
    )
    found = {pair: number for pair, number in drawn.forces().items() if pair[1] != "I"}
    assert found == Counter((force[1], force[0]) for move, force in moves if move.comment in said)


def sources(move: Move) -> set[str]:
    return {end.id for end in move.sources if isinstance(end, ClaimRef)}


@pytest.mark.parametrize(
    ("kind", "forces"),
    [
        (Kind.QUESTION, {("Asserting", "I"): 2, ("Pure Questioning", "I"): 1, ("Disagreeing", "CA"): 1}),
        (Kind.CONCESSION, {("Asserting", "I"): 3, ("Agreeing", "I"): 1, ("Disagreeing", "CA"): 1}),
        (Kind.DISMISSAL, {("Asserting", "I"): 3, ("Disagreeing", "CA"): 1}),
        (Kind.COUNTER, {("Asserting", "I"): 3, ("Disagreeing", "CA"): 2}),
    ],
    ids=str,
)
def test_a_reply_has_its_force(kind: Kind, forces: dict[tuple[str, str], int]) -> None:
    lines = [Line("why", Kind.REBUTTAL, "bob", "root"), Line("so", kind, "ann", "why")]
    assert Drawn(mapped(*discussion_of(lines))).forces() == forces
