"""Checks the claims and moves that a source states: what they name must be there, and must make sense together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rejoinder.errors import Problem
from rejoinder.records import Comment, Kind, PlatformMove, StatedClaim, StatedMove, identity_text, with_wider_kinds

LONGEST_CLAIM = 10_000
Places = Mapping[str, tuple[str, int]]
NOWHERE = ("(store)", 0)


def drop_faulty_claims(
    claims: dict[str, StatedClaim], comments: Mapping[str, Comment], places: Places
) -> Iterator[Problem]:
    """Drops, with a Problem each, the claims whose words are not in a loaded comment."""
    for name in sorted(claims):
        wrong = claim_fault(claims[name], comments)
        if wrong:
            yield Problem(*places.get(name, NOWHERE), f"claim {name!r}: {wrong}", lost=True)
            del claims[name]


def claim_fault(claim: StatedClaim, comments: Mapping[str, Comment]) -> str | None:
    """What is wrong with the claim, None if nothing."""
    if claim.comment not in comments:
        return f"expected a loaded comment, got {claim.comment!r}"
    text = comments[claim.comment].text
    if not 0 <= claim.start < claim.end <= len(text):
        return f"expected offsets within the comment's {len(text)} characters, got {claim.start} to {claim.end}"
    words = " ".join(text[claim.start : claim.end].split())
    if not 1 <= len(words) <= LONGEST_CLAIM:
        return f"expected 1 to {LONGEST_CLAIM} characters that are not white space, got {len(words)}"
    return None


def drop_faulty_moves(
    moves: dict[str, StatedMove],
    claims: Mapping[str, StatedClaim],
    comments: Mapping[str, Comment],
    places: Places,
) -> Iterator[Problem]:
    """Drops, with a Problem each, moves that name what is not there or each other in a circle, or make no sense."""
    faults = {name: move_fault(moves[name], moves, claims, comments) for name in sorted(moves)}
    waiting = {name: referenced_names(moves[name]) for name, fault in faults.items() if fault is None}
    ready = settled_moves(waiting, {*claims, *(name for name in comments if name not in moves)})
    for name, fault in faults.items():
        if name in ready:
            continue
        names = ", ".join(map(repr, waiting.get(name, ())))
        circle = f"expected names of loaded claims, moves or comments, not in a circle, got {names}"
        yield Problem(*places.get(name, NOWHERE), f"move {name!r}: {fault or circle}", lost=True)
        del moves[name]


def drop_faulty_platform_moves(
    moves: dict[str, PlatformMove], comments: Mapping[str, Comment], places: Places
) -> Iterator[Problem]:
    """Drops, with a Problem each, the platform moves made by words that are not in a loaded comment."""
    for name in sorted(moves):
        wrong = platform_fault(moves[name], comments)
        if wrong:
            yield Problem(*places.get(name, NOWHERE), f"platform move {name!r}: {wrong}", lost=True)
            del moves[name]


def platform_fault(move: PlatformMove, comments: Mapping[str, Comment]) -> str | None:
    """What is wrong with the platform move, None if nothing; a target that is not loaded is no fault."""
    if move.comment is None:
        return None if move.author else "expected the comment that makes it, or the author of a reaction"
    if move.comment not in comments:
        return f"expected a loaded comment, got {move.comment!r}"
    text = comments[move.comment].text
    start, end = span_or_whole(move, len(text))
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        return f"expected words within the comment's {len(text)} characters, got {start} to {end}"
    return "expected a target other than its own comment" if move.target == move.comment else None


def span_or_whole(move: PlatformMove, length: int) -> tuple[int, int]:
    """Start and end of the words that make the move, in a comment of that many code points."""
    return (0 if move.start is None else move.start), (length if move.end is None else move.end)


def referenced_names(move: StatedMove) -> tuple[str, ...]:
    """The names that the move needs."""
    return tuple(dict.fromkeys([*move.sources, *([] if move.target is None else [move.target])]))


def settled_moves(waiting: Mapping[str, tuple[str, ...]], base: set[str]) -> set[str]:
    """The moves all of whose references end in what is there; linear, and without recursion."""
    users: dict[str, list[str]] = {}
    missing = {}
    for name, needed in waiting.items():
        open_names = [reference for reference in needed if reference not in base]
        missing[name] = len(open_names)
        for open_name in open_names:
            users.setdefault(open_name, []).append(name)
    ready = [name for name, count in missing.items() if count == 0]
    settled = set(ready)
    while ready:
        for user in users.get(ready.pop(), ()):
            missing[user] -= 1
            if missing[user] == 0:
                settled.add(user)
                ready.append(user)
    return settled


def move_fault(
    move: StatedMove,
    moves: Mapping[str, StatedMove],
    claims: Mapping[str, StatedClaim],
    comments: Mapping[str, Comment],
) -> str | None:
    """What is wrong with the move by itself, None if nothing."""
    if move.comment not in comments:
        return f"expected a loaded comment, got {move.comment!r}"
    if not comments[move.comment].text.strip():
        return f"expected a comment with words in it, got {move.comment!r}"
    if move.target is not None and move.target in move.sources:
        return f"expected a target other than its source, got {move.target!r}"
    target = None if move.target is None or move.target in claims else moves.get(move.target)
    fault = target_fault(move, target, move.target is not None and move.target in claims)
    saying = Sayings(moves, claims, comments)
    statements = {statement for name in move.sources for statement in saying.statement_of(name)}
    if fault is None and move.target is not None and statements.intersection(saying.of_target(move.target)):
        return f"expected a target that says something else than its source, got {move.target!r}"
    return fault


@dataclass(frozen=True, slots=True)
class Sayings:
    """What names stand for: a claim first, then a move, then a comment."""

    moves: Mapping[str, StatedMove]
    claims: Mapping[str, StatedClaim]
    comments: Mapping[str, Comment]

    def statement_of(self, name: str) -> list[tuple[str | None, str]]:
        """Who says what under the name, as claims are told apart: a move says what it starts from."""
        if name in self.claims:
            claim = self.claims[name]
            return self._words(claim.comment, claim.start, claim.end)
        if name in self.moves:
            return [
                pair
                for source in self.moves[name].sources
                if source not in self.moves
                for pair in self.statement_of(source)
            ]
        return self._words(name, 0, None)

    def of_target(self, name: str) -> list[tuple[str | None, str]]:
        """The same for a target, where a comment stands for itself and not for its words."""
        return self.statement_of(name) if name in self.claims or name in self.moves else []

    def _words(self, comment: str, start: int, end: int | None) -> list[tuple[str | None, str]]:
        loaded = self.comments.get(comment)
        return [] if loaded is None else [(loaded.author, identity_text(loaded.text[start:end]))]


def target_fault(move: StatedMove, target: StatedMove | None, is_claim: bool) -> str | None:
    """What is wrong with the kind of the move's target, None if nothing."""
    if target is not None and Kind.OBJECTION in with_wider_kinds(move.kind) and set(target.sources) & set(move.sources):
        return "expected an objection to another's move, got its own source again"
    steps = {Kind.SUPPORT, Kind.OBJECTION}
    if move.kind == Kind.UNDERCUT and (
        is_claim or (target is not None and not steps & {*with_wider_kinds(target.kind)})
    ):
        return "expected an Undercut to target a Support or an Objection, or a comment where the step is unknown"
    answers = {Kind.COUNTER, Kind.CONCESSION, Kind.DISMISSAL}
    if move.kind in answers and target is not None and Kind.OBJECTION not in with_wider_kinds(target.kind):
        return f"expected a {move.kind} to target an Objection, got a {target.kind}"
    return None
