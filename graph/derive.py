"""What follows from a thread's graph: shortcuts, labels, levels of "unanswered", statuses and counts.

Rebuilt, never edited. The definitions are those of docs/unanswered.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rejoinder.graph import argument as arguments
from rejoinder.graph.argument import Argument, Node
from rejoinder.graph.ntriples import Term, Triple, decimal, integer, rj, string
from rejoinder.graph.semantics import BASE_SCORE, Label, grounded, strengths
from rejoinder.graph.terms import IS_A, RJ
from rejoinder.settings import Settings


@dataclass(frozen=True, slots=True)
class Case:
    """One objection with all that bears on whether it is answered."""

    node: Node
    author: str | None
    owner: str | None
    answers: tuple[Node, ...]
    counters: tuple[Node, ...]
    replied: bool
    label: Label

    @property
    def comment(self) -> str:
        """The comment that raises it; there is one, since reactions are no cases."""
        return self.node.one("rj:inComment") or ""

    @property
    def own(self) -> bool:
        """Raised against oneself: labelled, never listed."""
        return self.author is not None and self.author == self.owner


def derive(triples: Iterable[Triple], settings: Settings) -> tuple[Triple, ...]:
    """The triples of the derived graph of a thread, from those of its graph; `settings` holds the two thresholds."""
    argument, threshold = arguments.read(triples), settings.answer_threshold
    cases = _cases(argument, threshold)
    found = [*_shortcuts(argument), *_objections(argument, cases, settings), *_claims(argument, cases, settings)]
    return tuple(dict.fromkeys((subject, RJ + name, value) for subject, name, value in found))


# ------------------------------------------------------------------ cases


def _cases(argument: Argument, threshold: float) -> tuple[Case, ...]:
    objections = [one for one in argument.a("Objection") if _has_words(one)]
    counters = {one.iri: tuple(_counters(argument, one)) for one in objections}
    counting = {one.iri for one in objections if one.confidence >= threshold}
    attacks = [(by.iri, one) for one, found in counters.items() for by in found if by.iri in counting]
    labels = grounded(counters, attacks)
    touched = _replied(argument)
    return tuple(
        Case(
            node=one,
            author=argument.owner(one.iri),
            owner=argument.owner(one.one("rj:target") or ""),
            answers=_answers(argument, one, counters[one.iri]),
            counters=tuple(by for by in counters[one.iri] if by.iri in counting),
            replied=one.one("rj:inComment") in touched,
            label=labels[one.iri],
        )
        for one in objections
    )


def _counters(argument: Argument, objection: Node) -> Iterator[Node]:
    """Objections to the objection itself or to a claim it rests on."""
    for target in (objection.iri, *objection.all("rj:source")):
        for move in argument.at(target):
            if _is(move, "Objection") and move.iri != objection.iri and _has_words(move):
                yield move


def _has_words(move: Node) -> bool:
    """False for a reaction: it gives no reason, so it is a vote, no attack, and an answer only by the addressee."""
    return move.one("rj:inComment") is not None


def _answers(argument: Argument, objection: Node, counters: tuple[Node, ...]) -> tuple[Node, ...]:
    given = {move.iri: move for move in argument.at(objection.iri) if _is(move, "Answer") and _has_words(move)}
    owner = argument.owner(objection.one("rj:target") or "")
    for target in (objection.iri, objection.one("rj:inComment") or ""):
        for move in argument.at(target):
            if _is(move, "Answer") and not _has_words(move) and owner is not None and argument.owner(move.iri) == owner:
                given[move.iri] = move
    given.update((move.iri, move) for move in counters)
    return tuple(given[iri] for iri in sorted(given))


def _replied(argument: Argument) -> set[str]:
    """The comments that some comment replies to or that something quotes."""
    return set(argument.repliers) | {place for one in argument.a("Quotation") for place in one.all("rj:targetComment")}


def _is(move: Node, name: str) -> bool:
    return rj(name) in move.all(IS_A)


# ------------------------------------------------------------------ objections


def _objections(argument: Argument, cases: Sequence[Case], settings: Settings) -> Iterator[tuple[str, str, Term]]:
    labels, sure = {case.node.iri: case.label for case in cases}, settings.objection_threshold
    given = [[one for one in case.answers if one.confidence >= settings.answer_threshold] for case in cases]
    answered = Counter(case.comment for case, counting in zip(cases, given, strict=True) if counting)
    for case, counting in zip(cases, given, strict=True):
        iri = case.node.iri
        yield iri, "answeredBeside", integer(answered[case.comment] - bool(counting))
        yield from ((iri, "answeredBy", answer.iri) for answer in counting)
        yield from ((iri, "answererIs", who) for who in _authors(argument, counting))
        yield from _places(case)
        yield iri, "label", rj(case.label)
        yield iri, "status", string(_status(argument, case, counting, labels, sure))
        yield iri, "rank", decimal(_rank(case))
        yield from ((iri, "unansweredAt", rj(level)) for level in _levels(argument, case, counting))


def _places(case: Case) -> Iterator[tuple[str, str, Term]]:
    for name, value in (("raisedBy", case.author), ("raisedIn", case.comment), ("owedBy", case.owner)):
        if value:
            yield case.node.iri, name, value


def _rank(case: Case) -> float:
    return case.node.confidence * (1 - max((answer.confidence for answer in case.answers), default=0.0))


def _authors(argument: Argument, moves: Iterable[Node]) -> list[str]:
    return sorted({author for move in moves if (author := argument.owner(move.iri)) is not None})


def _levels(argument: Argument, case: Case, counting: list[Node]) -> Iterator[str]:
    """The levels U1..U4 that hold; none for an objection to oneself."""
    if case.own:
        return
    if not case.answers and not case.replied:
        yield "U1"
    if not counting:
        yield "U2"
    if not counting or (case.owner is not None and case.owner not in _authors(argument, counting)):
        yield "U3"
    if case.label == "in":
        yield "U4"


def _status(argument: Argument, case: Case, counting: list[Node], labels: dict[str, Label], sure: float) -> str:
    """The first status that holds, in the order of docs/unanswered.md; only who is `sure` to concede has conceded."""
    dismissed = any(_is(one, "Dismissal") for one in counting)
    conceded = any(_is(one, "Concession") and one.confidence >= sure for one in counting)
    standing = {labels[counter.iri] for counter in case.counters}
    rules = (
        ("withdrawn", _withdrawn(argument, case, counting, sure)),
        ("dismissed", dismissed),
        ("conceded", conceded),
        ("countered", "in" in standing),
        ("undecided", case.label == "undecided"),
        ("reinstated", bool(standing)),
        ("awaiting-objector", _awaiting(argument, case)),
        ("clarified", any(case.owner in {None, argument.owner(one.iri)} for one in counting)),
        ("third-party-only", bool(counting)),
        ("silent", not case.replied and not case.answers),
    )
    return next((name for name, holds in rules if holds), "unaddressed")


def _withdrawn(argument: Argument, case: Case, counting: list[Node], sure: float) -> bool:
    """Its comment is gone, or its author took it back, or conceded to one of the answers or to its whole comment."""
    comment = argument.nodes.get(case.comment)
    if comment and {rj("retracted"), rj("deleted")} & set(comment.all("rj:state")):
        return True
    given = [one for one in counting if argument.owner(one.iri) != case.author]
    places = dict.fromkeys(place for one in given for place in (one.iri, one.one("rj:inComment")) if place)
    to_answers = (move for place in places for move in argument.at(place))
    conceded = (one for one in (*counting, *to_answers) if _is(one, "Concession") and one.confidence >= sure)
    return case.author is not None and any(argument.owner(move.iri) == case.author for move in conceded)


def _awaiting(argument: Argument, case: Case) -> bool:
    """Somebody asked back, and the objector has not come back to it."""
    for target in (case.node.iri, *case.node.all("rj:source")):
        for move in argument.at(target):
            asked_back = case.author is None or argument.owner(move.iri) != case.author
            if _is(move, "Question") and asked_back and not _is_answered(argument, move, case.author):
                return True
    return False


def _is_answered(argument: Argument, question: Node, objector: str | None) -> bool:
    if any(_is(move, "Answer") for move in argument.at(question.iri)):
        return True
    repliers = argument.repliers.get(question.one("rj:inComment") or "", set())
    return objector is not None and objector in repliers


# ------------------------------------------------------------------ claims


def _shortcuts(argument: Argument) -> Iterator[tuple[str, str, Term]]:
    """One hop from claim to claim, for every move that has claims at both ends."""
    claims = {one.iri for one in argument.a("Claim")}
    for name, shortcut in (("Objection", "attacks"), ("Support", "supports")):
        for move in argument.a(name):
            if (target := move.one("rj:target")) in claims:
                yield from ((source, shortcut, target) for source in move.all("rj:source") if source in claims)


def _claims(argument: Argument, cases: Iterable[Case], settings: Settings) -> Iterator[tuple[str, str, Term]]:
    at: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        at[case.node.one("rj:target") or ""].append(case)
    scores = _strengths(argument, settings.answer_threshold)
    for claim in argument.a("Claim"):
        attackers = at[claim.iri]
        yield claim.iri, "label", rj(_claim_label(attackers, settings.answer_threshold))
        sure = [case for case in attackers if case.node.confidence >= settings.objection_threshold]
        yield claim.iri, "objections", integer(len(sure))
        yield claim.iri, "openObjections", integer(sum(_is_open(case, settings.answer_threshold) for case in sure))
        if (score := scores[claim.iri]) is not None:
            yield claim.iri, "strength", decimal(score)


def _claim_label(attackers: Iterable[Case], threshold: float) -> Label:
    labels = {case.label for case in attackers if case.node.confidence >= threshold}
    return "out" if "in" in labels else "undecided" if "undecided" in labels else "in"


def _is_open(case: Case, threshold: float) -> bool:
    """Unanswered at level U2."""
    return not case.own and not any(answer.confidence >= threshold for answer in case.answers)


def _strengths(argument: Argument, threshold: float) -> dict[str, float | None]:
    """Quadratic energy over claims: an objection to a move weighs on the claims that the move rests on."""
    votes = _votes(argument)
    base = {one.iri: votes.get(one.iri, BASE_SCORE) for one in argument.a("Claim")}
    edges: dict[str, list[tuple[str, str]]] = {"Objection": [], "Support": []}
    for name, found in edges.items():
        for move in argument.a(name):
            if move.confidence >= threshold:
                found.extend((source, end) for source in move.all("rj:source") for end in _ends(argument, move))
    return strengths(base, edges["Objection"], edges["Support"])


def _ends(argument: Argument, move: Node) -> tuple[str, ...]:
    target = argument.nodes.get(move.one("rj:target") or "")
    if target is None:
        return ()
    return target.all("rj:source") if "rj:source" in target.values else (target.iri,)


def _votes(argument: Argument) -> dict[str, float]:
    """(up + 1) / (up + down + 2) for claims that drew reactions for or against them."""
    up, down = Counter[str](), Counter[str]()
    for move in argument.a("Move"):
        if not _has_words(move):
            for name, count in (("Support", up), ("Objection", down)):
                count[move.one("rj:target") or ""] += _is(move, name)
    return {iri: (up[iri] + 1) / (up[iri] + down[iri] + 2) for iri in {*up, *down} if up[iri] + down[iri]}
