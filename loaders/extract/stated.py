"""Turns the claims and moves that a source itself states into a map; merge has checked that they fit together."""

from __future__ import annotations

from collections.abc import Mapping

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

LONGEST_CLAIM = 10_000


def stated_map(discussion: Discussion, extraction: Extraction) -> ArgumentMap:
    """The claims and moves of the source, each with its name; method human."""
    comments = {one.id: one for one in discussion.comments}
    claims = {one.name: stated_claim(one, comments[one.comment]) for one in discussion.stated_claims}
    moves: dict[str, Move] = {}
    for one in targets_first(discussion.stated_moves):
        moves[one.name] = stated_move(one, claims, moves, comments)
    whole = {one.id: one for one in claims.values()}
    return ArgumentMap(
        extraction,
        tuple(joined(whole[key], claims) for key in sorted(whole)),
        tuple(sorted({one.id: one for one in moves.values()}.values(), key=lambda one: one.id)),
    )


def joined(claim: Claim, claims: Mapping[str, Claim]) -> Claim:
    """Claims of one identity as one, with all their spans, under the first of their names."""
    same = [claims[name] for name in sorted(claims) if claims[name].id == claim.id]
    spans = tuple(sorted({span for one in same for span in one.spans}))
    return Claim(claim.id, same[0].text, spans, claim.author, same[0].name)


def stated_claim(one: StatedClaim, comment: Comment) -> Claim:
    """The claim at the stated offsets, by the comment's author."""
    span = Span(comment.id, one.start, one.end, comment.text[one.start : one.end])
    return make_claim(comment.thread, [span], comment.author, one.name)


def targets_first(moves: tuple[StatedMove, ...]) -> list[StatedMove]:
    """The moves such that each stands after the moves it names; without recursion."""
    by_name = {one.name: one for one in moves}
    done: dict[str, StatedMove] = {}
    for start in moves:
        waiting = [start]
        while waiting:
            here = waiting[-1]
            named = [one for one in (*here.sources, here.target) if one in by_name and one not in done]
            if here.name in done or not named:
                done.setdefault(waiting.pop().name, here)
            else:
                waiting.extend(by_name[one] for one in named if one is not None)
    return list(done.values())


def stated_move(
    one: StatedMove, claims: dict[str, Claim], moves: Mapping[str, Move], comments: Mapping[str, Comment]
) -> Move:
    """The stated move with its ends resolved."""
    sources = [source_of(name, one.kind, claims, moves, comments) for name in one.sources]
    target, place = target_of(one.target, claims, moves, comments)
    comment = comments[one.comment]
    spans = [span for name in one.sources if name in claims for span in claims[name].spans]
    evidence = [span for span in spans if span.comment == comment.id] or [whole(comment)]
    return make_move(
        one.thread,
        one.kind,
        sources,
        target,
        comment=comment.id,
        target_comment=place,
        evidence=evidence,
        author=comment.author,
        confidence=one.confidence,
        method=Method.HUMAN,
        cue="stated by the source",
        name=one.name,
    )


def source_of(
    name: str, kind: Kind, claims: dict[str, Claim], moves: Mapping[str, Move], comments: Mapping[str, Comment]
) -> Source:
    """A claim; a comment stands for all it says, a move for its own source; a Quotation starts from the words."""
    if name in moves and name not in claims:
        return moves[name].sources[0]
    if name not in claims:
        comment = comments[name]
        claims[name] = make_claim(comment.thread, [whole(comment)], comment.author)
    return claims[name].spans[0] if kind == Kind.QUOTATION else ClaimRef(claims[name].id)


def target_of(
    name: str | None, claims: Mapping[str, Claim], moves: Mapping[str, Move], comments: Mapping[str, Comment]
) -> tuple[Target, str | None]:
    """What the name stands for and the comment it lies in; no name is the unseen post."""
    if name is None:
        return ThreadRef(), None
    if name in claims and name not in comments:
        return ClaimRef(claims[name].id), claims[name].spans[0].comment
    if name in moves:
        return MoveRef(moves[name].id), moves[name].comment
    return CommentRef(name), name


def whole(comment: Comment) -> Span:
    """The comment's words as one span, at most as long as a claim may be."""
    start = len(comment.text) - len(comment.text.lstrip())
    end = min(len(comment.text.rstrip()), start + LONGEST_CLAIM)
    return Span(comment.id, start, end, comment.text[start:end])
