"""Each objection of a thread with all that bears on whether it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder.graph.argument import Argument, Node
from rejoinder.graph.semantics import Label, grounded
from rejoinder.settings import Settings


@dataclass(frozen=True, slots=True)
class Case:
    """One objection with all that bears on whether it is answered; of the answers those that are `counting`."""

    node: Node
    author: str | None
    owner: str | None
    answers: tuple[Node, ...]
    counting: tuple[Node, ...]
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


def cases(argument: Argument, settings: Settings) -> tuple[Case, ...]:
    """All objections in words, sorted by IRI; `settings` hold the least confidences of what counts."""
    objections = [one for one in argument.a("Objection") if one.has_words]
    counters = {one.iri: tuple(_counters(argument, one)) for one in objections}
    counting = {one.iri for one in objections if one.confidence >= settings.answer_threshold}
    attacks = [(by.iri, one) for one, found in counters.items() for by in found if by.iri in counting]
    labels = grounded(counters, attacks)
    touched = _replied(argument)
    answers = {one.iri: _answers(argument, one, counters[one.iri]) for one in objections}
    return tuple(
        Case(
            node=one,
            author=argument.owner(one.iri),
            owner=argument.owner(one.one("rj:target") or ""),
            answers=answers[one.iri],
            counting=_counting(argument, one, answers[one.iri], settings),
            counters=tuple(by for by in counters[one.iri] if by.iri in counting),
            replied=one.one("rj:inComment") in touched,
            label=labels[one.iri],
        )
        for one in objections
    )


def _counters(argument: Argument, objection: Node) -> Iterator[Node]:
    """Objections by others to the objection itself or to a claim it rests on."""
    author = argument.owner(objection.iri)
    for target in (objection.iri, *objection.all("rj:source")):
        for move in argument.at(target):
            if move.a("Objection") and move.has_words and move is not objection and not argument.is_by(move, author):
                yield move


def _answers(argument: Argument, objection: Node, counters: tuple[Node, ...]) -> tuple[Node, ...]:
    """Whoever raised it answers it with nothing but a Concession, which takes it back."""
    author, owner = argument.owner(objection.iri), argument.owner(objection.one("rj:target") or "")
    given = {
        move.iri: move
        for move in argument.at(objection.iri)
        if move.has_words and move.a("Concession" if argument.is_by(move, author) else "Answer")
    }
    for target in (objection.iri, objection.one("rj:inComment") or ""):
        for move in argument.at(target):
            if move.a("Answer") and not move.has_words and argument.is_by(move, owner):
                given[move.iri] = move
    given.update((move.iri, move) for move in counters)
    return tuple(given[iri] for iri in sorted(given))


def _counting(argument: Argument, objection: Node, answers: tuple[Node, ...], settings: Settings) -> tuple[Node, ...]:
    """The answers that count: to take an objection back asks for as much as to list it, for own words are no answer."""
    author = argument.owner(objection.iri)
    own, others = settings.objection_threshold, settings.answer_threshold
    return tuple(one for one in answers if one.confidence >= (own if argument.is_by(one, author) else others))


def _replied(argument: Argument) -> set[str]:
    """The comments that some comment replies to or that something quotes."""
    return set(argument.repliers) | {place for one in argument.a("Quotation") for place in one.all("rj:targetComment")}
