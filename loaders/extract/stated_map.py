"""Turns the claims and moves that a source itself states into a map; merge has checked that they fit together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rejoinder.loaders.gathering.stated_checks import LONGEST_CLAIM
from rejoinder.records import (
    ArgumentMap,
    Claim,
    ClaimRef,
    Comment,
    CommentRef,
    Discussion,
    Extraction,
    Kind,
    Method,
    Move,
    MoveRef,
    Source,
    Span,
    StatedClaim,
    StatedMove,
    Target,
    ThreadRef,
    make_claim,
    make_move,
)


def stated_map(discussion: Discussion, extraction: Extraction) -> ArgumentMap:
    """The claims and moves of the source, each with its name; method human."""
    comments = {comment.id: comment for comment in discussion.comments}
    claims = {stated.name: stated_claim(stated, comments[stated.comment]) for stated in discussion.stated_claims}
    wholes: dict[str, Claim] = {}
    moves: dict[str, Move] = {}
    for move in moves_targets_first(discussion.stated_moves, claims):
        moves[move.name] = stated_move(move, claims, wholes, moves, comments)
    same: dict[str, list[Claim]] = {}
    for claim in (*(claims[name] for name in sorted(claims)), *(wholes[name] for name in sorted(wholes))):
        same.setdefault(claim.id, []).append(claim)
    return ArgumentMap(
        extraction,
        tuple(join_claims(same[key]) for key in sorted(same)),
        tuple(sorted({item.id: item for item in moves.values()}.values(), key=lambda item: item.id)),
    )


def join_claims(same: Sequence[Claim]) -> Claim:
    """Claims of one identity as one, with all their spans, under the first of their names."""
    spans = tuple(sorted({span for claim in same for span in claim.spans}))
    return replace(same[0], spans=spans)


def stated_claim(stated: StatedClaim, comment: Comment) -> Claim:
    """The claim at the stated offsets, by the comment's author."""
    span = Span(comment.id, stated.start, stated.end, comment.text[stated.start : stated.end])
    return make_claim(comment.thread, [span], comment.author, stated.name)


def moves_targets_first(moves: tuple[StatedMove, ...], claims: Mapping[str, Claim]) -> list[StatedMove]:
    """The moves such that each stands after the moves it names; without recursion.

    A name that is a claim's, too, means the claim; one that is a move's and a comment's means the move.
    """
    by_name = {move.name: move for move in moves}
    done: dict[str, StatedMove] = {}
    for start in moves:
        waiting = [start]
        while waiting:
            current = waiting[-1]
            ends = (source for source in (*current.sources, current.target) if source not in claims)
            pending = [end for end in ends if end in by_name and end not in done]
            if current.name in done or not pending:
                done.setdefault(waiting.pop().name, current)
            else:
                waiting.extend(by_name[name] for name in pending if name is not None)
    return list(done.values())


def stated_move(
    move: StatedMove,
    claims: Mapping[str, Claim],
    wholes: dict[str, Claim],
    moves: Mapping[str, Move],
    comments: Mapping[str, Comment],
) -> Move:
    """The stated move with its ends resolved; a comment that is a source joins `wholes`: the claim of all it says."""
    claim_by_name = source_claims(move, claims, wholes, moves, comments)
    target, place = resolved_target(move.target, claims, moves, comments)
    comment = comments[move.comment]
    return make_move(
        move.thread,
        move.kind,
        [resolved_source(name, move.kind, claim_by_name, moves) for name in move.sources],
        target,
        comment=comment.id,
        target_comment=place,
        evidence=words_of_claims((claim_by_name[name] for name in move.sources if name in claim_by_name), comment),
        author=comment.author,
        confidence=move.confidence,
        method=Method.HUMAN,
        cue="stated by the source",
        name=move.name,
    )


def source_claims(
    move: StatedMove,
    claims: Mapping[str, Claim],
    wholes: dict[str, Claim],
    moves: Mapping[str, Move],
    comments: Mapping[str, Comment],
) -> dict[str, Claim]:
    """The claims among the sources of a move, in their order; a comment among them joins `wholes`."""
    for name in move.sources:
        if name not in claims and name not in moves:
            wholes[name] = make_claim(move.thread, [whole_comment_span(comments[name])], comments[name].author)
    return {name: claims.get(name) or wholes[name] for name in move.sources if name in claims or name in wholes}


def words_of_claims(claims: Iterable[Claim], comment: Comment) -> list[Span]:
    """The words of these claims in the comment, or all of it where they stand elsewhere."""
    return [span for claim in claims for span in claim.spans if span.comment == comment.id] or [
        whole_comment_span(comment)
    ]


def resolved_source(name: str, kind: Kind, claims: Mapping[str, Claim], moves: Mapping[str, Move]) -> Source:
    """A claim; a comment stands for all it says, a move for its own source; a Quotation starts from the words."""
    if name in moves and name not in claims:
        return moves[name].sources[0]
    return claims[name].spans[0] if kind == Kind.QUOTATION else ClaimRef(claims[name].id)


def resolved_target(
    name: str | None, claims: Mapping[str, Claim], moves: Mapping[str, Move], comments: Mapping[str, Comment]
) -> tuple[Target, str | None]:
    """What the name stands for and the comment it lies in; no name is the unseen post."""
    if name is None:
        return ThreadRef(), None
    if name in claims:
        return ClaimRef(claims[name].id), claims[name].spans[0].comment
    if name in moves:
        return MoveRef(moves[name].id), moves[name].comment
    return CommentRef(name), name


def whole_comment_span(comment: Comment) -> Span:
    """The comment's words as one span, at most as long as a claim may be."""
    start = len(comment.text) - len(comment.text.lstrip())
    end = min(len(comment.text.rstrip()), start + LONGEST_CLAIM)
    return Span(comment.id, start, end, comment.text[start:end])
