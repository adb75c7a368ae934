"""A map as people judge it: without the moves that they call wrong, and with those that they call right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rejoinder.loaders.extract.stated import whole
from rejoinder.loaders.judgements import fault
from rejoinder.loaders.passages import place_of
from rejoinder.records import (
    ELSEWHERE,
    ArgumentMap,
    Claim,
    ClaimRef,
    Comment,
    CommentRef,
    Discussion,
    Judgement,
    Kind,
    Method,
    Move,
    MoveRef,
    Source,
    Span,
    Target,
    ThreadKey,
    ThreadRef,
    Verdict,
    kinds,
    make_claim,
    make_move,
)

SIDES = {Kind.SUPPORT, Kind.OBJECTION, Kind.REPLY}
STEPS = {Kind.SUPPORT, Kind.OBJECTION}
AT_MOVES = {Kind.UNDERCUT, Kind.COUNTER, Kind.CONCESSION, Kind.DISMISSAL}  # which are not aimed at claims


def judged(argument: ArgumentMap, discussion: Discussion) -> ArgumentMap:
    """The map with the discussion's judgements carried out; the same map where there are none that fit.

    Words that are said to make a move make that one, in place of what else was found that they do. What answered a move
    that is gone is aimed at the claim it was made by.
    """
    comments = {one.id: one for one in discussion.comments}
    fitting = [one for one in discussion.judgements if fault(one, comments) is None]
    return Judged(argument, discussion.thread.key, comments).by(fitting) if fitting else argument


@dataclass(frozen=True, slots=True)
class Place:
    """All of a comment, or the words of it that are meant."""

    comment: str
    span: Span | None

    def meets(self, span: Span) -> bool:
        """True if at least half of the shorter of the two passages is in both."""
        if span.comment != self.comment:
            return False
        if self.span is None:
            return True
        return 2 * self.span.common(span) >= min(self.span.end - self.span.start, span.end - span.start)


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement, and the places that it speaks of; without an aim any target is meant."""

    judgement: Judgement
    at: Place
    aim: Place | None

    @property
    def kind(self) -> Kind:
        """The kind of move that is judged."""
        return self.judgement.kind

    @property
    def name(self) -> str:
        """The name of the judgement."""
        return self.judgement.name


class Judged:
    """The claims and moves of a map, changed by one judgement after another."""

    def __init__(self, argument: ArgumentMap, thread: ThreadKey, comments: Mapping[str, Comment]) -> None:
        self.argument, self.thread, self.comments = argument, thread, comments
        self.claims = {one.id: one for one in argument.claims}
        self.moves = {one.id: one for one in argument.moves}
        self.made_in: dict[str, list[Move]] = {}
        for move in argument.moves:
            self.made_in.setdefault(move.comment or "", []).append(move)
        self.said_in: dict[str, list[tuple[Span, Claim]]] = {}
        for claim in argument.claims:
            for span in claim.spans:
                self.said_in.setdefault(span.comment, []).append((span, claim))

    def by(self, judgements: Iterable[Judgement]) -> ArgumentMap:
        """The map after these judgements."""
        said = [self.said(one) for one in judgements]
        right = [one for one in said if one.judgement.verdict is Verdict.RIGHT]
        wrong = [one for one in said if one.judgement.verdict is Verdict.WRONG]
        gone = {move.id for one in wrong for move in self.meant(one)}
        softer = self.softer(wrong)
        before = {one.name: self.before(one) for one in right}
        replaced = {move.id for one in right for move in self.replaced(one)}
        now = Now(self.thread, self.moves, gone | replaced)
        now.moves.update((name, move) for name, move in softer.items() if name not in replaced)
        for one in right:
            now.add(one.name, self.drawn(one, before[one.name]), before[one.name])
        for one in right:
            now.aim(one.name, *self.target(one, before[one.name], now))
        moves = now.finished()
        return replace(
            self.argument,
            claims=tuple(sorted(self.claims.values(), key=lambda one: one.id)),
            moves=tuple(sorted(moves, key=lambda one: one.id)),
        )

    def said(self, one: Judgement) -> Said:
        """The judgement with its places."""
        aim = None if one.target is None else self.place(one.target, one.target_words)
        return Said(one, self.place(one.comment, one.words), aim)

    def place(self, comment: str, words: str | None) -> Place:
        """Where the words stand; `fault` has seen to it that they do."""
        text = self.comments[comment].text
        found = None if words is None else place_of(words, text)
        return Place(comment, None if found is None else Span(comment, *found, text[slice(*found)]))

    def meant(self, one: Said) -> list[Move]:
        """The moves of that kind, and below it, that the words make to what the judgement names."""
        return [move for move in self.aiming(one) if one.kind in kinds(move.kind)]

    def aiming(self, one: Said) -> list[Move]:
        """The moves of any kind that the words make to what the judgement names."""
        return [move for move in self.made(one) if self.aimed(move, one)]

    def softer(self, wrong: Sequence[Said]) -> dict[str, Move]:
        """What is left of moves that do not object, by their ids: who was found to counter an objection answers it.

        Unless they do not answer it either.
        """
        denied = {move.id for one in wrong if one.kind in kinds(Kind.CLARIFICATION) for move in self.aiming(one)}
        moves = {move.id: move for one in wrong if one.kind is Kind.OBJECTION for move in self.meant(one)}
        found = {}
        for name in moves.keys() - denied:
            met, plain = self.objection(moves[name].target), replace(moves[name], explanation=None)
            if met is not None:
                found[name] = again(self.thread, plain, Kind.CLARIFICATION, MoveRef(met))
        return found

    def objection(self, target: Target) -> str | None:
        """The id of the objection that is the target, or that the target is the claim of, the surest."""
        if isinstance(target, MoveRef):
            return target.id if Kind.OBJECTION in kinds(self.moves[target.id].kind) else None
        raised = [one for one in self.moves.values() if target in one.sources and Kind.OBJECTION in kinds(one.kind)]
        return max(raised, key=lambda one: (one.confidence, one.id)).id if raised else None

    def made(self, one: Said) -> Iterator[Move]:
        """The moves that the words make."""
        for move in self.made_in.get(one.judgement.comment, ()):
            if any(one.at.meets(span) for span in move.evidence):
                yield move

    def aimed(self, move: Move, one: Said) -> bool:
        """True if the move has the target that the judgement names."""
        if one.aim is None:
            return True
        if move.target_comment != one.aim.comment:
            return False
        spans = self.spans_of(move.target)
        return not spans or any(one.aim.meets(span) for span in spans)

    def spans_of(self, target: Target) -> tuple[Span, ...]:
        """The words of a target; none of a whole comment or thread."""
        match target:
            case ClaimRef(id=name):
                return self.claims[name].spans
            case MoveRef(id=name):
                return self.moves[name].evidence
            case Span():
                return (target,)
            case _:
                return ()

    def before(self, one: Said) -> Move | None:
        """The move that was found and that the judgement confirms, or calls otherwise: by kind, then the surest."""
        made = [(same_kinds(one.kind, move.kind), move.confidence, move.id, move) for move in self.doing(one)]
        fitting = [found for found in made if self.aimed(found[-1], one)]
        return max(fitting, key=lambda found: found[:-1])[-1] if fitting else None

    def doing(self, one: Said) -> list[Move]:
        """What the words were found to do; of a whole comment, and of what is alike, only what is of the same kind."""
        if one.at.span is None or one.kind is Kind.SIMILARITY:
            return [move for move in self.aiming(one) if move.kind in kinds(one.kind)]
        return [move for move in self.made(one) if SIDES & set(kinds(move.kind))]

    def replaced(self, one: Said) -> list[Move]:
        """What the words do not do if they do this: all else, but that what answers one may answer others, too."""
        before, made = self.before(one), self.doing(one)
        if Kind.ANSWER not in kinds(one.kind if before is None else closer(one.kind, before)):
            return made
        same = None if before is None else before.target
        return [move for move in made if Kind.ANSWER not in kinds(move.kind) or move.target == same]

    def drawn(self, one: Said, before: Move | None) -> Move:
        """The move that is right, without its target."""
        comment = self.comments[one.judgement.comment]
        alone = before is not None and len(before.sources) == 1
        sources, evidence = (before.sources, before.evidence) if before and alone else self.claimed(one.at)
        return make_move(
            comment.thread,
            one.kind,
            sources,
            ThreadRef(),
            comment=comment.id,
            target_comment=None,
            evidence=evidence,
            author=comment.author,
            confidence=1.0,
            method=Method.HUMAN,
            cue=f"judged by {one.judgement.by or 'a person'}",
            name=None if before is None else before.name,
        )

    def claimed(self, place: Place) -> tuple[tuple[Source, ...], tuple[Span, ...]]:
        """Source and evidence of a move that nobody found: the claim that the words make."""
        claim, span = self.claim_at(place)
        return (ClaimRef(claim.id),), (span,)

    def claim_at(self, place: Place) -> tuple[Claim, Span]:
        """The claim that shares most with the words, of a whole comment its first; a new one where there is none."""
        met = [(span, claim) for span, claim in self.said_in.get(place.comment, ()) if place.meets(span)]
        if met:
            words = place.span
            shared = {span: 0 if words is None else words.common(span) for span, _ in met}
            span, claim = min(met, key=lambda one: (-shared[one[0]], one[0], one[1].id))
            return claim, span
        comment = self.comments[place.comment]
        span = place.span or whole(comment)
        claim = make_claim(comment.thread, [span], comment.author)
        self.claims.setdefault(claim.id, claim)
        self.said_in.setdefault(place.comment, []).append((span, claim))
        return self.claims[claim.id], span

    def target(self, one: Said, before: Move | None, now: Now) -> tuple[Kind, Target, str | None]:
        """Kind, target and its comment; a target is what the judgement names, else what was found, else the parent.

        What was found to be of a narrower kind is right as it is.
        """
        aim = one.aim
        if before is not None and one.kind in kinds(before.kind):
            return before.kind, before.target, before.target_comment
        if aim is None and before is not None:
            if before.kind in kinds(one.kind) and self.allowed(one.kind, before.target):
                return one.kind, before.target, before.target_comment
            spans = self.spans_of(before.target)
            aim = Place(before.target_comment or "", spans[0] if spans else None)
        if aim is None:
            aim = Place(self.comments[one.judgement.comment].parent or "", None)
        if aim.comment not in self.comments:
            return one.kind, ThreadRef(), None
        return *self.met(one.kind, aim, now), aim.comment

    def allowed(self, kind: Kind, target: Target) -> bool:
        """True if a move of this kind may be aimed there (shapes S06, S07)."""
        if isinstance(target, MoveRef):
            return fits(kind, self.moves[target.id].kind)
        return not isinstance(target, ClaimRef) or kind not in AT_MOVES

    def met(self, kind: Kind, aim: Place, now: Now) -> tuple[Kind, Target]:
        """An answer is aimed at the objection there, an undercut at the step, all else at the claim or the comment."""
        wanted = STEPS if kind is Kind.UNDERCUT else {Kind.OBJECTION} if kind in ELSEWHERE else set()
        if kind in (Kind.ANSWER, Kind.CLARIFICATION):
            wanted = {Kind.OBJECTION, Kind.QUESTION}
        found = now.surest(aim, wanted) if wanted else None
        if found is not None:
            return kind, MoveRef(found)
        if aim.span is None or kind is Kind.UNDERCUT:
            return kind, CommentRef(aim.comment)
        return ELSEWHERE.get(kind, kind), ClaimRef(self.claim_at(aim)[0].id)


def closer(kind: Kind, before: Move) -> Kind:
    """The kind of a move that is right as this kind: what was found, where that is below it."""
    return before.kind if kind in kinds(before.kind) else kind


def same_kinds(one: Kind, other: Kind) -> int:
    """How many kinds two moves both are, beyond that of all moves."""
    return len({*kinds(one)} & {*kinds(other)} - {Kind.MOVE})


def fits(kind: Kind, target: Kind) -> bool:
    """True if a move of the one kind may be aimed at one of the other (shapes S06, S07)."""
    if kind is Kind.UNDERCUT:
        return not STEPS.isdisjoint(kinds(target))
    return Kind.OBJECTION in kinds(target) or kind not in AT_MOVES


def again(thread: ThreadKey, move: Move, kind: Kind, target: Target) -> Move:
    """The move with another kind and target, and the id that goes with them."""
    made = make_move(
        thread,
        kind,
        move.sources,
        target,
        comment=move.comment,
        target_comment=move.target_comment,
        evidence=move.evidence,
        author=move.author,
        confidence=move.confidence,
        method=move.method,
        cue=move.cue,
        explanation=move.explanation,
        name=move.name,
    )
    return replace(made, judgement=move.judgement)


class Now:
    """The moves as they are to be: those that stay, by their ids, and those called right, by names of judgements."""

    def __init__(self, thread: ThreadKey, found: Mapping[str, Move], gone: set[str]) -> None:
        self.thread, self.found = thread, found
        self.moves = {name: move for name, move in found.items() if name not in gone}
        self.successors: dict[str, str] = {}

    def add(self, name: str, move: Move, before: Move | None) -> None:
        """Adds a move that is right, in place of the one before."""
        self.moves[name] = replace(move, judgement=name)
        if before is not None and same_kinds(before.kind, move.kind):
            self.successors[before.id] = name

    def aim(self, name: str, kind: Kind, target: Target, comment: str | None) -> None:
        """Gives it its kind and its target."""
        self.moves[name] = replace(self.moves[name], kind=kind, target=target, target_comment=comment)

    def surest(self, place: Place, wanted: set[Kind]) -> str | None:
        """The surest move of these kinds that is made there; one called right before all others."""
        fitting = [
            (move.confidence, name)
            for name, move in self.moves.items()
            if wanted & set(kinds(move.kind)) and any(map(place.meets, move.evidence))
        ]
        return max(fitting, default=(0.0, None))[1]

    def finished(self) -> list[Move]:
        """All of them with their ids, each aimed at what became of its target."""
        done: dict[str, Move] = {}
        for name in self._targets_first():
            made = self._remade(self.moves[name], done)
            if made is not None:
                done[name] = made
        unique: dict[str, Move] = {}
        for one in sorted(done.values(), key=lambda one: one.judgement or ""):  # those called right come last
            unique[one.id] = one
        return list(unique.values())

    def _targets_first(self) -> list[str]:
        """The names such that each stands after the move it is aimed at; without recursion."""
        ordered: dict[str, None] = {}
        for start in self.moves:
            waiting, seen = [start], {start}
            while waiting:
                after = self._after(self.moves[waiting[-1]].target)
                if after is None or after in ordered or after in seen:
                    ordered.setdefault(waiting.pop())
                else:
                    seen.add(after)
                    waiting.append(after)
        return list(ordered)

    def _after(self, target: Target) -> str | None:
        """The name of the move that is aimed at, or of the one that took its place."""
        if not isinstance(target, MoveRef):
            return None
        name = self.successors.get(target.id, target.id)
        return name if name in self.moves else None

    def _remade(self, move: Move, done: Mapping[str, Move]) -> Move | None:
        """The move aimed at what became of its target; None if it would be aimed at its own words."""
        kind, target, own = move.kind, move.target, set(move.sources)
        if isinstance(target, MoveRef):
            after = done.get(self._after(target) or "")
            if after is not None and own & {*after.sources}:
                return None
            kept = after is not None and fits(kind, after.kind)
            kind, target = (kind, MoveRef(after.id)) if after and kept else self._fallen(kind, target.id)
        if target in own:
            return None
        same = (kind, target) == (move.kind, move.target) and move.judgement is None
        return move if same else again(self.thread, move, kind, target)

    def _fallen(self, kind: Kind, name: str) -> tuple[Kind, Target]:
        """What an answer is, and is aimed at, where the move it answered is no more: at the claim that made that."""
        old = self.found.get(name) or self.moves[name]
        source = old.sources[0]
        if kind is Kind.UNDERCUT or not isinstance(source, ClaimRef):
            return kind, ThreadRef() if old.comment is None else CommentRef(old.comment)
        return ELSEWHERE.get(kind, kind), source
