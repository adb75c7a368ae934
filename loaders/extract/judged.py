"""A map as people judge it: without the moves that they call wrong, and with those that they call right."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from rejoinder.loaders.extract.places import Place, Standing
from rejoinder.loaders.extract.remade import STEPS, Now, fits, same_kinds
from rejoinder.loaders.extract.stated import whole
from rejoinder.loaders.gathering.judgements import judgement_fault
from rejoinder.loaders.gathering.passages import find_passage
from rejoinder.records import (
    KINDS_ELSEWHERE,
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
    make_claim,
    make_move,
    with_target,
    with_wider_kinds,
)

SIDES = {Kind.SUPPORT, Kind.OBJECTION, Kind.REPLY}


def judged(argument: ArgumentMap, discussion: Discussion) -> ArgumentMap:
    """The map with the discussion's judgements carried out; the same map where there are none that fit.

    Words that are said to make a move make that one, in place of what else was found that they do. What answered a move
    that is gone is aimed at the claim it was made by.
    """
    comments = {one.id: one for one in discussion.comments}
    fitting = [one for one in discussion.judgements if judgement_fault(one, comments) is None]
    return Judged(argument, discussion.thread.key, comments).by(fitting) if fitting else argument


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
        self.made_at, self.said_at, self.wrong_at = Standing[Move](), Standing[Claim](), Standing[Said]()
        for move in argument.moves:
            for span in move.evidence:
                self.made_at.add(Place(span.comment, span), move)
        for claim in argument.claims:
            for span in claim.spans:
                self.said_at.add(Place(span.comment, span), claim)
        self.raised: dict[Source, list[Move]] = {}
        for move in argument.moves:
            for source in move.sources if Kind.OBJECTION in with_wider_kinds(move.kind) else ():
                self.raised.setdefault(source, []).append(move)

    def by(self, judgements: Iterable[Judgement]) -> ArgumentMap:
        """The map after these judgements."""
        said = [self.said(one) for one in judgements]
        right = [one for one in said if one.judgement.verdict is Verdict.RIGHT]
        for one in said:
            if one.judgement.verdict is Verdict.WRONG:
                self.wrong_at.add(one.at, one)
        before = {one.name: self.before(one) for one in right}
        replaced = {move.id for one in right for move in self.replaced(one)}
        now = Now(self.thread, self.moves, self.left(replaced), self.wrong)
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
        aim = None if one.target is None else self.place(one.target, one.target_words, one.target_occurrence)
        return Said(one, self.place(one.comment, one.words, one.occurrence), aim)

    def place(self, comment: str, words: str | None, occurrence: int | None) -> Place:
        """Where the words stand; `fault` has seen to it that they do."""
        text = self.comments[comment].text
        found = None if words is None else find_passage(words, text, occurrence)
        return Place(comment, None if found is None else Span(comment, *found, text[slice(*found)]))

    def left(self, replaced: Container[str]) -> dict[str, Move]:
        """The moves that neither are wrong nor make room for others, by their ids, and what is left of wrong ones."""
        found = {}
        for name, move in self.moves.items():
            kept = move if not self.wrong(move) else self.softer(move)
            if kept is not None and name not in replaced:
                found[name] = kept
        return found

    def softer(self, move: Move) -> Move | None:
        """What is left of a move that is wrong: who countered an objection, and does not object, still answers it.

        Unless it is judged to be no answer either.
        """
        met = self.objection(move.target)
        if met is None or self.denied(move) != {Kind.OBJECTION}:
            return None
        answer = with_target(self.thread, replace(move, explanation=None), Kind.CLARIFICATION, MoveRef(met))
        return None if self.wrong(answer) else answer

    def objection(self, target: Target) -> str | None:
        """The id of the objection that is the target, or the surest that the target, a claim, raises."""
        if isinstance(target, MoveRef):
            return target.id if Kind.OBJECTION in with_wider_kinds(self.moves[target.id].kind) else None
        raised = self.raised.get(target, []) if isinstance(target, ClaimRef) else []
        return max(raised, key=lambda one: (one.confidence, one.id)).id if raised else None

    def wrong(self, move: Move) -> bool:
        """True if somebody says that its words make no move of that kind, or above it, to its target."""
        return bool(self.denied(move))

    def denied(self, move: Move) -> set[Kind]:
        """The kinds that somebody says its words are not, out of its own and those above it, to its target."""
        said = (one for span in move.evidence for _, one in self.wrong_at.at(Place(span.comment, span)))
        return {one.kind for one in said if one.kind in with_wider_kinds(move.kind) and self.aimed(move, one)}

    def made(self, one: Said) -> list[Move]:
        """The moves that the words make."""
        return list({move.id: move for _, move in self.made_at.at(one.at)}.values())

    def aimed(self, move: Move, one: Said) -> bool:
        """True if the move has the target that the judgement names."""
        if one.aim is None:
            return True
        if move.target_comment != one.aim.comment:
            return False
        spans = self.spans_of(move.target)
        return not spans or any(one.aim.meets(Place(span.comment, span)) for span in spans)

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
            return [
                move for move in self.made(one) if move.kind in with_wider_kinds(one.kind) and self.aimed(move, one)
            ]
        return [move for move in self.made(one) if SIDES & set(with_wider_kinds(move.kind))]

    def replaced(self, one: Said) -> list[Move]:
        """What the words do not do if they do this: all else, but that what answers one may answer others, too."""
        before, made = self.before(one), self.doing(one)
        if Kind.ANSWER not in with_wider_kinds(one.kind if before is None else closer(one.kind, before)):
            return made
        same = None if before is None else before.target
        return [move for move in made if Kind.ANSWER not in with_wider_kinds(move.kind) or move.target == same]

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
            comment=before.comment if before and alone else comment.id,
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
        met = [(at.span, claim) for at, claim in self.said_at.at(place) if at.span is not None]
        if met:
            words = place.span
            shared = {span: 0 if words is None else words.common(span) for span, _ in met}
            span, claim = min(met, key=lambda one: (-shared[one[0]], one[0], one[1].id))
            return claim, span
        comment = self.comments[place.comment]
        span = place.span or whole(comment)
        claim = make_claim(comment.thread, [span], comment.author)
        self.claims.setdefault(claim.id, claim)
        self.said_at.add(Place(comment.id, span), claim)
        return self.claims[claim.id], span

    def target(self, one: Said, before: Move | None, now: Now) -> tuple[Kind, Target, str | None]:
        """Kind, target and its comment; a target is what the judgement names, else what was found, else the parent.

        What was found to be of a narrower kind is right as it is.
        """
        aim = one.aim
        if before is not None and one.kind in with_wider_kinds(before.kind):
            return before.kind, before.target, before.target_comment
        if aim is None and before is not None:
            if before.kind in with_wider_kinds(one.kind) and self.fits(one.kind, before.target):
                return one.kind, before.target, before.target_comment
            spans = self.spans_of(before.target)
            aim = Place(before.target_comment or "", spans[0] if spans else None)
        if aim is None:
            aim = Place(self.comments[one.judgement.comment].parent or "", None)
        if aim.comment not in self.comments:
            return one.kind, ThreadRef(), None
        return *self.met(one, aim, now), aim.comment

    def fits(self, kind: Kind, target: Target) -> bool:
        """True if a move of this kind may be aimed at what another was found to be aimed at."""
        return fits(kind, self.moves[target.id].kind if isinstance(target, MoveRef) else None)

    def met(self, one: Said, aim: Place, now: Now) -> tuple[Kind, Target]:
        """An answer is aimed at the objection there, an undercut at the step, all else at the claim or the comment."""
        kind = one.kind
        wanted = STEPS if kind is Kind.UNDERCUT else {Kind.OBJECTION} if kind in KINDS_ELSEWHERE else set()
        if kind in (Kind.ANSWER, Kind.CLARIFICATION):
            wanted = {Kind.OBJECTION, Kind.QUESTION}
        found = now.surest(aim, wanted, one.name) if wanted else None
        if found is not None:
            return kind, MoveRef(found)
        if aim.span is None or kind is Kind.UNDERCUT:
            return kind, CommentRef(aim.comment)
        return KINDS_ELSEWHERE.get(kind, kind), ClaimRef(self.claim_at(aim)[0].id)


def closer(kind: Kind, before: Move) -> Kind:
    """The kind of a move that is right as this kind: what was found, where that is below it."""
    return before.kind if kind in with_wider_kinds(before.kind) else kind
