"""The moves of a map as they are to be once people judged it: each aimed at what became of its target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rejoinder.loaders.extract.places import Place, PlaceIndex
from rejoinder.records import (
    KINDS_ELSEWHERE,
    ClaimRef,
    CommentRef,
    Kind,
    Move,
    MoveRef,
    Target,
    ThreadKey,
    ThreadRef,
    with_target,
    with_wider_kinds,
)

STEP_KINDS = {Kind.SUPPORT, Kind.OBJECTION}
OBJECTION_ANSWER_KINDS = {Kind.COUNTER, Kind.CONCESSION, Kind.DISMISSAL}  # of objections, and of nothing else


def count_common_kinds(kind: Kind, other: Kind) -> int:
    """How many kinds two moves both are, beyond that of all moves."""
    return len({*with_wider_kinds(kind)} & {*with_wider_kinds(other)} - {Kind.MOVE})


def may_be_aimed_at(kind: Kind, target: Kind | None) -> bool:
    """True if a move of the one kind may be aimed at one of the other, or at a claim (shapes S06, S07)."""
    above = () if target is None else with_wider_kinds(target)
    if kind is Kind.UNDERCUT:
        return not STEP_KINDS.isdisjoint(above)
    return Kind.OBJECTION in above or kind not in OBJECTION_ANSWER_KINDS


class JudgedMoves:
    """The moves as they are to be: those that stay, by their ids, and those called right, by names of judgements."""

    def __init__(
        self,
        thread: ThreadKey,
        original: Mapping[str, Move],
        remaining: dict[str, Move],
        is_wrong: Callable[[Move], bool],
    ) -> None:
        self.thread, self.found, self.moves, self.is_wrong = thread, original, remaining, is_wrong
        self.successors: dict[str, str] = {}
        self.moves_at = PlaceIndex[str]()
        for name, move in self.moves.items():
            self._index_move(name, move)

    def add(self, name: str, move: Move, before: Move | None) -> None:
        """Adds a move that is right, in place of the one before."""
        self.moves[name] = replace(move, judgement=name)
        self._index_move(name, move)
        if before is not None and count_common_kinds(before.kind, move.kind):
            self.successors[before.id] = name

    def _index_move(self, name: str, move: Move) -> None:
        for span in move.evidence:
            self.moves_at.add(Place(span.comment, span), name)

    def set_aim(self, name: str, kind: Kind, target: Target, comment: str | None) -> None:
        """Gives it its kind and its target."""
        self.moves[name] = replace(self.moves[name], kind=kind, target=target, target_comment=comment)

    def surest(self, place: Place, kinds: set[Kind], name: str) -> str | None:
        """The surest move of these kinds that other words make there; one called right before all others."""
        own = set(self.moves[name].sources)
        others = [(other, self.moves[other]) for _, other in self.moves_at.things_at(place)]
        fitting = [
            (move.judgement is not None, move.confidence, other)
            for other, move in others
            if kinds & set(with_wider_kinds(move.kind)) and own.isdisjoint(move.sources)
        ]
        return max(fitting)[-1] if fitting else None

    def moves_with_ids(self) -> list[Move]:
        """All of them with their ids, each aimed at what became of its target."""
        done = self._remade_by_name()
        while unfit := answers_of_nothing(done):
            for name in unfit:
                self.moves[name] = replace(self.moves[name], kind=KINDS_ELSEWHERE[self.moves[name].kind])
            done = self._remade_by_name()
        unique: dict[str, Move] = {}
        for move in sorted(done.values(), key=lambda entry: entry.judgement or ""):  # those called right come last
            unique[move.id] = move
        return list(unique.values())

    def _remade_by_name(self) -> dict[str, Move]:
        done: dict[str, Move] = {}
        for name in self._names_targets_first():
            move = self._remake_move(name, done)
            if move is not None:
                done[name] = move
        return done

    def _names_targets_first(self) -> list[str]:
        """The names such that each stands after the move it is aimed at; without recursion."""
        ordered: dict[str, None] = {}
        for start in self.moves:
            waiting, seen = [start], {start}
            while waiting:
                after = self._successor_of(self.moves[waiting[-1]].target)
                if after is None or after in ordered or after in seen:
                    ordered.setdefault(waiting.pop())
                else:
                    seen.add(after)
                    waiting.append(after)
        return list(ordered)

    def _successor_of(self, target: Target) -> str | None:
        """The name of the move that is aimed at, or of the one that took its place."""
        if not isinstance(target, MoveRef):
            return None
        name = self.successors.get(target.id, target.id)
        return name if name in self.moves else None

    def _remake_move(self, name: str, done: Mapping[str, Move]) -> Move | None:
        """The move aimed at what became of its target; None if it would be aimed at its own words, or is wrong so."""
        move = self.moves[name]
        kind, target, own = move.kind, move.target, set(move.sources)
        if isinstance(target, MoveRef):
            after = done.get(self._successor_of(target) or "")
            if after is not None and not own.isdisjoint(after.sources):
                return None
            still_fits = after is not None and may_be_aimed_at(kind, after.kind)
            kind, target = (kind, MoveRef(after.id)) if after and still_fits else self._fallback_target(kind, target.id)
        if target in own:
            return None
        redirected = with_target(self.thread, move, kind, target)
        new = name in self.found and redirected.id != name and not isinstance(target, MoveRef)
        return None if new and self.is_wrong(redirected) else redirected

    def _fallback_target(self, kind: Kind, name: str) -> tuple[Kind, Target]:
        """What an answer is, and is aimed at, where the move it answered is no more: at the claim that made that."""
        old = self.found.get(name) or self.moves[name]
        source = old.sources[0]
        if kind is Kind.UNDERCUT or not isinstance(source, ClaimRef):
            return kind, ThreadRef() if old.comment is None else CommentRef(old.comment)
        return KINDS_ELSEWHERE.get(kind, kind), source


def answers_of_nothing(moves: Mapping[str, Move]) -> list[str]:
    """The names of answers to claims that no longer object to anything."""
    objections = [move for move in moves.values() if Kind.OBJECTION in with_wider_kinds(move.kind)]
    objecting = {source for objection in objections for source in objection.sources}
    answers = ((name, move) for name, move in moves.items() if move.kind in OBJECTION_ANSWER_KINDS)
    return [name for name, move in answers if isinstance(move.target, ClaimRef) and move.target not in objecting]
