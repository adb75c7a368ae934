"""What is argued in an AIF graph: the moves that its RA, CA and MA-nodes make, and the questions of its YA-nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count, islice

from rejoinder.loaders.aif.view import STEP_KINDS, AifView, illocutionary_force
from rejoinder.records import AifNode, Comment, Kind, StatedClaim, StatedMove

MOST_ENDS = 10_000  # of the moves of one node: each of its premises may meet each of its conclusions


def moves_of(
    step: AifNode, view: AifView, claims: Mapping[str, StatedClaim], comments: Mapping[str, Comment]
) -> Iterator[StatedMove]:
    """The moves that a scheme node makes, one for each conclusion; linked premises are several sources of a Support."""
    if view.type(step) not in STEP_KINDS:
        return
    premises = [
        premise.id for premise in view.premises(step) if premise.id in claims or view.type(premise) in STEP_KINDS
    ]
    conclusions = [
        conclusion
        for conclusion in view.conclusions(step)
        if conclusion.id in claims or view.type(conclusion) in STEP_KINDS
    ]
    linked = [tuple(premises)] if view.type(step) == "RA" else [(premise,) for premise in premises]
    if not premises:
        return
    pairs = ((sources, conclusion) for conclusion in conclusions for sources in linked if conclusion.id not in sources)
    enough = max(1, MOST_ENDS // len(linked[0]))
    for name, (sources, target) in zip(numbered_names(step.id, view.nodes), islice(pairs, enough), strict=False):
        place = made_in(step, sources, view, claims, comments)
        if place is not None:
            kind = kind_of(step, target, view)
            yield StatedMove(view.graph.thread, name, kind, sources, target.id, place)


def questions_of(
    act: AifNode, view: AifView, claims: Mapping[str, StatedClaim], comments: Mapping[str, Comment]
) -> Iterator[StatedMove]:
    """The move of a YA-node that asks: of the speaker before, with what is asked as its source."""
    if view.type(act) != "YA" or "pure questioning" not in illocutionary_force(act):
        return
    claim_ids = [node.id for node in view.successors(act, "I") if node.id in claims]
    for place in (comments[node.id] for node in view.predecessors(act, "L") if node.id in comments):
        before = comments.get(place.parent or "")
        if claim_ids and before is not None and before.author != place.author:
            yield StatedMove(view.graph.thread, act.id, Kind.QUESTION, (claim_ids[0],), before.id, place.id)
            return


def numbered_names(name: str, taken: Mapping[str, AifNode]) -> Iterator[str]:
    """The names of the moves of one node: "7", "7 (2)", "7 (3)" ..., without those that are another node's."""
    return chain([name], (numbered for number in count(2) if (numbered := f"{name} ({number})") not in taken))


def kind_of(step: AifNode, target: AifNode, view: AifView) -> Kind:
    """The kind of move: against a step an Undercut; a rephrase of what was asked is its Answer (as in QT30)."""
    if view.type(step) == "CA" and view.type(target) in {"RA", "CA"}:
        return Kind.UNDERCUT
    if view.type(step) == "CA" and view.type(target) in STEP_KINDS:
        return Kind.OBJECTION
    if view.type(step) == "MA" and view.forces(target, "questioning"):
        return Kind.ANSWER
    return STEP_KINDS[view.type(step)]


def made_in(
    step: AifNode,
    sources: Iterable[str],
    view: AifView,
    claims: Mapping[str, StatedClaim],
    comments: Mapping[str, Comment],
) -> str | None:
    """The comment in which a move is made: the locution that its YA-node is anchored in, or that of its source."""
    anchored = (place.id for place in view.places(step) if place.id in comments)
    within = (premise.id for name in sources for premise in view.premises(view.nodes[name]))
    stated = (claims[name].comment for name in chain(sources, within) if name in claims)
    return next(chain(anchored, stated), None)
