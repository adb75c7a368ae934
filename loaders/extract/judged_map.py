"""A map as people judge it: without the moves that they call wrong, and with those that they call right."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from rejoinder.loaders.extract.judged_moves import STEP_KINDS, JudgedMoves, count_common_kinds, may_be_aimed_at
from rejoinder.loaders.extract.places import Place, PlaceIndex
from rejoinder.loaders.extract.stated_map import whole_comment_span
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

SIDE_TAKING_KINDS = {Kind.SUPPORT, Kind.OBJECTION, Kind.REPLY}


def apply_judgements(argument: ArgumentMap, discussion: Discussion) -> ArgumentMap:
    """The map with the discussion's judgements carried out; the same map where there are none that fit.

    Words that are said to make a move make that one, in place of what else was found that they do. What answered a move
    that is gone is aimed at the claim it was made by.
    """
    comments = {comment.id: comment for comment in discussion.comments}
    fitting = [judgement for judgement in discussion.judgements if judgement_fault(judgement, comments) is None]
    return JudgedMap(argument, discussion.thread.key, comments).with_judgements(fitting) if fitting else argument


@dataclass(frozen=True, slots=True)
class PlacedJudgement:
    """A judgement, and the places that it speaks of; without an aim any target is meant."""

    judgement: Judgement
    place: Place
    aim: Place | None

    @property
    def kind(self) -> Kind:
        """The kind of move that is judged."""
        return self.judgement.kind

    @property
    def name(self) -> str:
        """The name of the judgement."""
        return self.judgement.name


class JudgedMap:
    """The claims and moves of a map, changed by one judgement after another."""

    def __init__(self, argument: ArgumentMap, thread: ThreadKey, comments: Mapping[str, Comment]) -> None:
        self.argument, self.thread, self.comments = argument, thread, comments
        self.claims = {item.id: item for item in argument.claims}
        self.moves = {item.id: item for item in argument.moves}
        self.moves_at, self.claims_at = PlaceIndex[Move](), PlaceIndex[Claim]()
        self.wrong_judgements_at = PlaceIndex[PlacedJudgement]()
        for move in argument.moves:
            for span in move.evidence:
                self.moves_at.add(Place(span.comment, span), move)
        for claim in argument.claims:
            for span in claim.spans:
                self.claims_at.add(Place(span.comment, span), claim)
        self.objections_by_source: dict[Source, list[Move]] = {}
        for move in argument.moves:
            for source in move.sources if Kind.OBJECTION in with_wider_kinds(move.kind) else ():
                self.objections_by_source.setdefault(source, []).append(move)

    def with_judgements(self, judgements: Iterable[Judgement]) -> ArgumentMap:
        """The map after these judgements."""
        placed = [self.place_judgement(judgement) for judgement in judgements]
        right = [judged for judged in placed if judged.judgement.verdict is Verdict.RIGHT]
        for judged in placed:
            if judged.judgement.verdict is Verdict.WRONG:
                self.wrong_judgements_at.add(judged.place, judged)
        before = {judged.name: self.move_found(judged) for judged in right}
        replaced = {move.id for judged in right for move in self.moves_replaced(judged)}
        now = JudgedMoves(self.thread, self.moves, self.remaining_moves(replaced), self.is_wrong)
        for judged in right:
            move = before[judged.name]
            now.add(judged.name, self.move_without_target(judged, move), move)
        for judged in right:
            now.set_aim(judged.name, *self.resolved_target(judged, before[judged.name], now))
        moves = now.moves_with_ids()
        return replace(
            self.argument,
            claims=tuple(sorted(self.claims.values(), key=lambda claim: claim.id)),
            moves=tuple(sorted(moves, key=lambda item: item.id)),
        )

    def place_judgement(self, judgement: Judgement) -> PlacedJudgement:
        """The judgement with its places."""
        aim = None
        if judgement.target is not None:
            aim = self.place_of_words(judgement.target, judgement.target_words, judgement.target_occurrence)
        place = self.place_of_words(judgement.comment, judgement.words, judgement.occurrence)
        return PlacedJudgement(judgement, place, aim)

    def place_of_words(self, comment: str, words: str | None, occurrence: int | None) -> Place:
        """Where the words stand; merging has seen to it that they do."""
        text = self.comments[comment].text
        bounds = None if words is None else find_passage(words, text, occurrence)
        return Place(comment, None if bounds is None else Span(comment, *bounds, text[slice(*bounds)]))

    def remaining_moves(self, replaced: Container[str]) -> dict[str, Move]:
        """The moves that neither are wrong nor make room for others, by their ids, and what is left of wrong ones."""
        remaining = {}
        for name, move in self.moves.items():
            rest = move if not self.is_wrong(move) else self.answer_left_of(move)
            if rest is not None and name not in replaced:
                remaining[name] = rest
        return remaining

    def answer_left_of(self, move: Move) -> Move | None:
        """What is left of a move that is wrong: who countered an objection, and does not object, still answers it.

        Unless it is judged to be no answer either.
        """
        met = self.objection_met(move.target)
        if met is None or self.kinds_denied(move) != {Kind.OBJECTION}:
            return None
        answer = with_target(self.thread, replace(move, explanation=None), Kind.CLARIFICATION, MoveRef(met))
        return None if self.is_wrong(answer) else answer

    def objection_met(self, target: Target) -> str | None:
        """The id of the objection that is the target, or the surest that the target, a claim, raises."""
        if isinstance(target, MoveRef):
            return target.id if Kind.OBJECTION in with_wider_kinds(self.moves[target.id].kind) else None
        raised = self.objections_by_source.get(target, []) if isinstance(target, ClaimRef) else []
        return max(raised, key=lambda move: (move.confidence, move.id)).id if raised else None

    def is_wrong(self, move: Move) -> bool:
        """True if somebody says that its words make no move of that kind, or above it, to its target."""
        return bool(self.kinds_denied(move))

    def kinds_denied(self, move: Move) -> set[Kind]:
        """The kinds that somebody says its words are not, out of its own and those above it, to its target."""
        denials = (
            placed
            for span in move.evidence
            for _, placed in self.wrong_judgements_at.things_at(Place(span.comment, span))
        )
        return {
            placed.kind
            for placed in denials
            if placed.kind in with_wider_kinds(move.kind) and self.is_aimed_as_judged(move, placed)
        }

    def moves_made(self, placed: PlacedJudgement) -> list[Move]:
        """The moves that the words make."""
        return list({move.id: move for _, move in self.moves_at.things_at(placed.place)}.values())

    def is_aimed_as_judged(self, move: Move, placed: PlacedJudgement) -> bool:
        """True if the move has the target that the judgement names."""
        if placed.aim is None:
            return True
        if move.target_comment != placed.aim.comment:
            return False
        spans = self.spans_of_target(move.target)
        return not spans or any(placed.aim.meets(Place(span.comment, span)) for span in spans)

    def spans_of_target(self, target: Target) -> tuple[Span, ...]:
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

    def move_found(self, placed: PlacedJudgement) -> Move | None:
        """The move that was found and that the judgement confirms, or calls otherwise: by kind, then the surest."""
        candidates = [
            (count_common_kinds(placed.kind, move.kind), move.confidence, move.id, move)
            for move in self.moves_compared(placed)
        ]
        fitting = [candidate for candidate in candidates if self.is_aimed_as_judged(candidate[-1], placed)]
        return max(fitting, key=lambda candidate: candidate[:-1])[-1] if fitting else None

    def moves_compared(self, placed: PlacedJudgement) -> list[Move]:
        """What the words were found to do; of a whole comment, and of what is alike, only what is of the same kind."""
        if placed.place.span is None or placed.kind is Kind.SIMILARITY:
            return [
                move
                for move in self.moves_made(placed)
                if move.kind in with_wider_kinds(placed.kind) and self.is_aimed_as_judged(move, placed)
            ]
        return [move for move in self.moves_made(placed) if SIDE_TAKING_KINDS & set(with_wider_kinds(move.kind))]

    def moves_replaced(self, placed: PlacedJudgement) -> list[Move]:
        """What the words do not do if they do this: all else, but that what answers one may answer others, too."""
        before, moves = self.move_found(placed), self.moves_compared(placed)
        if Kind.ANSWER not in with_wider_kinds(placed.kind if before is None else narrower_kind(placed.kind, before)):
            return moves
        same = None if before is None else before.target
        return [move for move in moves if Kind.ANSWER not in with_wider_kinds(move.kind) or move.target == same]

    def move_without_target(self, placed: PlacedJudgement, before: Move | None) -> Move:
        """The move that is right, without its target."""
        comment = self.comments[placed.judgement.comment]
        alone = before is not None and len(before.sources) == 1
        sources, evidence = (
            (before.sources, before.evidence) if before and alone else self.source_and_evidence(placed.place)
        )
        return make_move(
            comment.thread,
            placed.kind,
            sources,
            ThreadRef(),
            comment=before.comment if before and alone else comment.id,
            target_comment=None,
            evidence=evidence,
            author=comment.author,
            confidence=1.0,
            method=Method.HUMAN,
            cue=f"judged by {placed.judgement.by or 'a person'}",
            name=None if before is None else before.name,
        )

    def source_and_evidence(self, place: Place) -> tuple[tuple[Source, ...], tuple[Span, ...]]:
        """Source and evidence of a move that nobody found: the claim that the words make."""
        claim, span = self.claim_at(place)
        return (ClaimRef(claim.id),), (span,)

    def claim_at(self, place: Place) -> tuple[Claim, Span]:
        """The claim that shares most with the words, of a whole comment its first; a new one where there is none."""
        met = [(at.span, claim) for at, claim in self.claims_at.things_at(place) if at.span is not None]
        if met:
            words = place.span
            shared = {span: 0 if words is None else words.common(span) for span, _ in met}
            span, claim = min(met, key=lambda pair: (-shared[pair[0]], pair[0], pair[1].id))
            return claim, span
        comment = self.comments[place.comment]
        span = place.span or whole_comment_span(comment)
        claim = make_claim(comment.thread, [span], comment.author)
        self.claims.setdefault(claim.id, claim)
        self.claims_at.add(Place(comment.id, span), claim)
        return self.claims[claim.id], span

    def resolved_target(
        self, placed: PlacedJudgement, before: Move | None, now: JudgedMoves
    ) -> tuple[Kind, Target, str | None]:
        """Kind, target and its comment; a target is what the judgement names, else what was found, else the parent.

        What was found to be of a narrower kind is right as it is.
        """
        aim = placed.aim
        if before is not None and placed.kind in with_wider_kinds(before.kind):
            return before.kind, before.target, before.target_comment
        if aim is None and before is not None:
            if before.kind in with_wider_kinds(placed.kind) and self.may_be_aimed_at_target(placed.kind, before.target):
                return placed.kind, before.target, before.target_comment
            spans = self.spans_of_target(before.target)
            aim = Place(before.target_comment or "", spans[0] if spans else None)
        if aim is None:
            aim = Place(self.comments[placed.judgement.comment].parent or "", None)
        if aim.comment not in self.comments:
            return placed.kind, ThreadRef(), None
        return *self.kind_and_target(placed, aim, now), aim.comment

    def may_be_aimed_at_target(self, kind: Kind, target: Target) -> bool:
        """True if a move of this kind may be aimed at what another was found to be aimed at."""
        return may_be_aimed_at(kind, self.moves[target.id].kind if isinstance(target, MoveRef) else None)

    def kind_and_target(self, placed: PlacedJudgement, aim: Place, now: JudgedMoves) -> tuple[Kind, Target]:
        """An answer is aimed at the objection there, an undercut at the step, all else at the claim or the comment."""
        kind = placed.kind
        kinds = STEP_KINDS if kind is Kind.UNDERCUT else {Kind.OBJECTION} if kind in KINDS_ELSEWHERE else set()
        if kind in (Kind.ANSWER, Kind.CLARIFICATION):
            kinds = {Kind.OBJECTION, Kind.QUESTION}
        move_id = now.surest(aim, kinds, placed.name) if kinds else None
        if move_id is not None:
            return kind, MoveRef(move_id)
        if aim.span is None or kind is Kind.UNDERCUT:
            return kind, CommentRef(aim.comment)
        return KINDS_ELSEWHERE.get(kind, kind), ClaimRef(self.claim_at(aim)[0].id)


def narrower_kind(kind: Kind, before: Move) -> Kind:
    """The kind of a move that is right as this kind: what was found, where that is below it."""
    return before.kind if kind in with_wider_kinds(before.kind) else kind
