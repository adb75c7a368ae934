"""How each claim stands: what attacks and supports it, its label, its strength, how many objections are open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from rejoinder.graph.derived.argument import Argument, Node
from rejoinder.graph.derived.cases import Case
from rejoinder.graph.derived.semantics import BASE_SCORE, Label, energy_strengths
from rejoinder.graph.triples.ntriples import Term, decimal, integer, rj
from rejoinder.settings import Settings


def claim_shortcuts(argument: Argument) -> Iterator[tuple[str, str, Term]]:
    """One hop from claim to claim, for every move that has claims at both ends."""
    claims = {node.iri for node in argument.instances_of("Claim")}
    for name, shortcut in (("Objection", "attacks"), ("Support", "supports")):
        for move in argument.instances_of(name):
            if (target := move.one_value("rj:target")) in claims:
                yield from ((source, shortcut, target) for source in move.all_values("rj:source") if source in claims)


def claim_facts(argument: Argument, cases: Iterable[Case], settings: Settings) -> Iterator[tuple[str, str, Term]]:
    """What is derived for each claim: its IRI, the local name of a property, and a value."""
    at: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        at[case.node.one_value("rj:target") or ""].append(case)
    scores = _strengths(argument, settings.answer_threshold)
    for claim in argument.instances_of("Claim"):
        attackers = at[claim.iri]
        yield claim.iri, "label", rj(_claim_label(attackers, settings.answer_threshold))
        sure = [case for case in attackers if case.node.confidence >= settings.objection_threshold]
        yield claim.iri, "objections", integer(len(sure))
        # unanswered at level U2
        yield (
            claim.iri,
            "openObjections",
            integer(sum(not case.is_against_oneself and not case.answers for case in sure)),
        )
        if (score := scores[claim.iri]) is not None:
            yield claim.iri, "strength", decimal(score)


def _claim_label(attackers: Iterable[Case], threshold: float) -> Label:
    labels = {case.label for case in attackers if case.node.confidence >= threshold}
    return "out" if "in" in labels else "undecided" if "undecided" in labels else "in"


def _strengths(argument: Argument, threshold: float) -> dict[str, float | None]:
    """Quadratic energy over claims: an objection to a move weighs on the claims that the move rests on."""
    votes = _votes(argument)
    base = {node.iri: votes.get(node.iri, BASE_SCORE) for node in argument.instances_of("Claim")}
    edges: dict[str, list[tuple[str, str]]] = {"Objection": [], "Support": []}
    for name, pairs in edges.items():
        for move in argument.instances_of(name):
            if move.confidence >= threshold:
                pairs.extend(
                    (source, end) for source in move.all_values("rj:source") for end in _claims_aimed_at(argument, move)
                )
    return energy_strengths(base, edges["Objection"], edges["Support"])


def _claims_aimed_at(argument: Argument, move: Node) -> tuple[str, ...]:
    target = argument.nodes.get(move.one_value("rj:target") or "")
    if target is None:
        return ()
    return target.all_values("rj:source") if "rj:source" in target.values else (target.iri,)


def _votes(argument: Argument) -> dict[str, float]:
    """(up + 1) / (up + down + 2) for claims that drew reactions for or against them."""
    up, down = Counter[str](), Counter[str]()
    for move in argument.instances_of("Move"):
        if not move.has_words:
            for name, count in (("Support", up), ("Objection", down)):
                count[move.one_value("rj:target") or ""] += move.is_instance_of(name)
    return {iri: (up[iri] + 1) / (up[iri] + down[iri] + 2) for iri in {*up, *down} if up[iri] + down[iri]}
