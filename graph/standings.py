"""How each objection stands: levels of "unanswered", status and rank, as docs/unanswered.md defines them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rejoinder.graph.argument import Argument, Node
from rejoinder.graph.cases import Case
from rejoinder.graph.ntriples import Term, decimal, integer, rj, string
from rejoinder.graph.semantics import Label
from rejoinder.settings import Settings


def objections(argument: Argument, cases: Sequence[Case], settings: Settings) -> Iterator[tuple[str, str, Term]]:
    """What is derived for each objection: its IRI, the local name of a property, and a value."""
    labels = {case.node.iri: case.label for case in cases}
    answered = Counter(case.comment for case in cases if case.counting)
    for case in cases:
        iri = case.node.iri
        yield iri, "answeredBeside", integer(answered[case.comment] - bool(case.counting))
        yield from ((iri, "answeredBy", answer.iri) for answer in case.counting)
        yield from ((iri, "answererIs", who) for who in _authors(argument, case.counting))
        yield from _places(case)
        yield iri, "label", rj(case.label)
        yield iri, "status", string(_status(argument, case, labels, settings))
        yield iri, "rank", decimal(_rank(case))
        yield from ((iri, "unansweredAt", rj(level)) for level in _levels(argument, case))


def _places(case: Case) -> Iterator[tuple[str, str, Term]]:
    for name, value in (("raisedBy", case.author), ("raisedIn", case.comment), ("owedBy", case.owner)):
        if value:
            yield case.node.iri, name, value


def _rank(case: Case) -> float:
    return case.node.confidence * (1 - max((answer.confidence for answer in case.answers), default=0.0))


def _authors(argument: Argument, moves: Iterable[Node]) -> list[str]:
    return sorted({author for move in moves if (author := argument.owner(move.iri)) is not None})


def _levels(argument: Argument, case: Case) -> Iterator[str]:
    """The levels U1..U4 that hold; none for an objection to oneself."""
    if case.own:
        return
    if not case.answers and not case.replied:
        yield "U1"
    if not case.counting:
        yield "U2"
    if not case.counting or (case.owner is not None and case.owner not in _authors(argument, case.counting)):
        yield "U3"
    if case.label == "in":
        yield "U4"


def _status(argument: Argument, case: Case, labels: dict[str, Label], settings: Settings) -> str:
    """The first status that holds, in the order of docs/unanswered.md; to concede asks for as much as to list."""
    sure = settings.objection_threshold
    dismissed = any(one.a("Dismissal") for one in case.counting)
    conceded = any(one.a("Concession") and one.confidence >= sure for one in case.counting)
    standing = {labels[counter.iri] for counter in case.counters}
    rules = (
        ("withdrawn", _withdrawn(argument, case, sure)),
        ("dismissed", dismissed),
        ("conceded", conceded),
        ("countered", "in" in standing),
        ("undecided", case.label == "undecided"),
        ("reinstated", bool(standing)),
        ("awaiting-objector", _awaiting(argument, case, settings.answer_threshold)),
        ("clarified", any(case.owner in {None, argument.owner(one.iri)} for one in case.counting)),
        ("third-party-only", bool(case.counting)),
        ("silent", not case.replied and not case.answers),
    )
    return next((name for name, holds in rules if holds), "unaddressed")


def _withdrawn(argument: Argument, case: Case, sure: float) -> bool:
    """Its comment is gone, or its author took it back, or conceded to one of the answers or to its whole comment."""
    comment = argument.nodes.get(case.comment)
    if comment and {rj("retracted"), rj("deleted")} & set(comment.all("rj:state")):
        return True
    given = [one for one in case.counting if argument.owner(one.iri) != case.author]
    places = dict.fromkeys(place for one in given for place in (one.iri, one.one("rj:inComment")) if place)
    to_answers = (move for place in places for move in argument.at(place))
    conceded = (one for one in (*case.counting, *to_answers) if one.a("Concession") and one.confidence >= sure)
    return case.author is not None and any(argument.owner(move.iri) == case.author for move in conceded)


def _awaiting(argument: Argument, case: Case, least: float) -> bool:
    """Somebody asked back, and the objector has not come back to it."""
    for target in (case.node.iri, *case.node.all("rj:source")):
        for move in argument.at(target):
            asked = move.a("Question") and move.confidence >= least and not argument.is_by(move, case.author)
            if (
                asked
                and (move.has_words or argument.is_by(move, case.owner))
                and not _is_answered(argument, move, case.author, least)
            ):
                return True
    return False


def _is_answered(argument: Argument, question: Node, objector: str | None, least: float) -> bool:
    asker = argument.owner(question.iri)
    answers = (one for one in argument.at(question.iri) if one.a("Answer") and one.confidence >= least)
    if any(not argument.is_by(one, asker) for one in answers):
        return True
    repliers = argument.repliers.get(question.one("rj:inComment") or "", set())
    return objector is not None and objector in repliers
