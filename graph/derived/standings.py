"""How each objection stands: levels of "unanswered", status and rank, as docs/unanswered.md defines them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rejoinder.graph.derived.argument import Node
from rejoinder.graph.derived.cases import Case
from rejoinder.graph.triples.ntriples import Term, decimal, integer, rj, string
from rejoinder.settings import Settings


def objection_facts(cases: Sequence[Case], settings: Settings) -> Iterator[tuple[str, str, Term]]:
    """What is derived for each objection: its IRI, the local name of a property, and a value."""
    answered = Counter(case.comment for case in cases if case.answers)
    for case in cases:
        iri = case.node.iri
        yield iri, "answeredBeside", integer(answered[case.comment] - bool(case.answers))
        yield from ((iri, "answeredBy", answer.iri) for answer in case.answers)
        yield from ((iri, "answererIs", who) for who in sorted(case.answerers))
        yield from _places(case)
        yield from ((iri, "repeats", repeat.iri) for repeat in case.repeats)
        yield iri, "label", rj(case.label)
        status = _status(case, settings.objection_threshold)
        yield iri, "status", string(status)
        yield from (
            (iri, "decidedBy", node.iri) for node in _deciding_moves(case, status, settings.objection_threshold)
        )
        yield iri, "rank", decimal(case.rank)
        yield from ((iri, "unansweredAt", rj(level)) for level in _levels(case))


def _places(case: Case) -> Iterator[tuple[str, str, Term]]:
    for name, value in (("raisedBy", case.author), ("raisedIn", case.comment), ("owedBy", case.owner)):
        if value:
            yield case.node.iri, name, value


def _levels(case: Case) -> Iterator[str]:
    """The levels U1..U4 that hold; none for an objection to oneself."""
    if case.is_against_oneself:
        return
    if case.surest_confidence is None and not case.has_reply:
        yield "U1"
    if not case.answers:
        yield "U2"
    if not case.answers or (case.owner is not None and case.owner not in case.answerers):
        yield "U3"
    if case.label == "in":
        yield "U4"


def _status(case: Case, sure: float) -> str:
    """The first status that holds, in the order of docs/unanswered.md; a Concession below `sure` concedes nothing."""
    rules = (
        ("withdrawn", case.is_taken_back or bool(case.retractions)),
        ("dismissed", any(answer.is_instance_of("Dismissal") for answer in case.answers)),
        ("conceded", any(answer.is_instance_of("Concession") and answer.confidence >= sure for answer in case.answers)),
        ("countered", "in" in case.counter_labels),
        ("undecided", case.label == "undecided"),
        ("reinstated", bool(case.counter_labels)),
        ("awaiting-objector", bool(case.questions)),
        ("clarified", bool(case.answers) and (case.owner is None or case.owner in case.answerers)),
        ("third-party-only", bool(case.answers)),
        ("silent", case.surest_confidence is None and not case.has_reply),
    )
    return next((name for name, holds in rules if holds), "unaddressed")


def _deciding_moves(case: Case, status: str, sure: float) -> Sequence[Node]:
    """The moves that give it this status; none where nothing answers it, or its comment is gone."""
    if status == "withdrawn":
        return case.retractions
    if status == "awaiting-objector":
        return case.questions
    return [answer for answer in case.answers if _decides(case, answer, status, sure)]


def _decides(case: Case, answer: Node, status: str, sure: float) -> bool:
    label = case.labels.get(answer.iri)
    match status:
        case "dismissed":
            return answer.is_instance_of("Dismissal")
        case "conceded":
            return answer.is_instance_of("Concession") and answer.confidence >= sure
        case "countered":
            return label == "in"
        case "undecided":
            return label == "undecided"
        case "reinstated":
            return label is not None
        case "clarified":
            return case.owner in {None, *answer.all_values("prov:wasAttributedTo")}
    return True
