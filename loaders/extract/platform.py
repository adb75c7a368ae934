"""The moves that the platform itself records: where quotations come from, accepted answers, reactions without words."""

from __future__ import annotations

from collections.abc import Mapping

from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.extract.points.quotes import OriginNamed
from rejoinder.loaders.extract.text.blocks import ANALYSED
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.weighing.targets import TargetComment
from rejoinder.loaders.gathering.passages import find_passage
from rejoinder.loaders.gathering.stated_checks import span_or_whole
from rejoinder.records import (
    AuthorRef,
    ClaimRef,
    CommentRef,
    Discussion,
    Kind,
    Method,
    Move,
    MoveRef,
    PlatformMove,
    Span,
    Target,
    make_move,
    with_wider_kinds,
)

PLATFORM_SURE = 0.95  # the platform records that it was said; which kind of move that makes is our reading of it
STEP_KINDS = frozenset({Kind.SUPPORT, Kind.OBJECTION})
ANSWER_KINDS = frozenset({Kind.ANSWER})


def named_quotations(discussion: Discussion, readings: Mapping[str, Reading]) -> dict[str, list[OriginNamed]]:
    """The quoted passages of each comment whose origin the platform names and which is loaded."""
    quotations: dict[str, list[OriginNamed]] = {}
    for move in discussion.platform_moves:
        maker, origin = readings.get(move.comment or ""), readings.get(move.target)
        if move.kind == Kind.QUOTATION and maker is not None and origin is not None:
            start, end = span_or_whole(move, len(maker.comment.text))
            quotations.setdefault(maker.comment.id, []).append(OriginNamed(start, end, origin))
    return quotations


def add_platform_moves(discussion: Discussion, target_by_id: Mapping[str, TargetComment], ledger: Ledger) -> None:
    """Adds the reactions and the accepted answers; quotations are found where the words are read."""
    made_in: dict[str, list[Move]] = {}
    for move in ledger.moves.values():
        made_in.setdefault(move.comment or "", []).append(move)
    for platform_move in discussion.platform_moves:
        if platform_move.kind == Kind.QUOTATION or platform_move.target not in target_by_id:
            continue
        if platform_move.comment is None:
            ledger.add(
                reaction_move(
                    platform_move, target_by_id[platform_move.target], made_in.get(platform_move.target, []), ledger
                )
            )
        elif platform_move.comment in target_by_id:
            add_comment_move(platform_move, target_by_id[platform_move.comment], ledger)


def add_comment_move(move: PlatformMove, other: TargetComment, ledger: Ledger) -> None:
    """The move that a whole comment, or its marked words, make to another comment."""
    comment = other.reading.comment
    start, end = span_or_whole(move, len(comment.text))
    first = next((point.span for point in other.candidates if start <= point.span.start < end), None)
    evidence = first or trimmed_span(comment.id, comment.text, start, end)
    if not evidence.exact or move.target == comment.id:  # no words, or nobody else to say them to
        return
    source, author = ledger.claim(evidence, comment.author), comment.author
    target = CommentRef(move.target)
    ledger.move(
        move.kind,
        source,
        target,
        move.target,
        Grounds(
            evidence=evidence,
            author=author,
            confidence=PLATFORM_SURE,
            method=Method.STRUCTURAL,
            cue=move.cue,
        ),
    )


def trimmed_span(comment: str, text: str, start: int, end: int) -> Span:
    """The characters without white space around them, at most as long as a claim may be."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    exact = words.strip()[:10_000].rstrip()
    return Span(comment, start, start + len(exact), exact)


def reaction_move(move: PlatformMove, other: TargetComment, moves: list[Move], ledger: Ledger) -> Move:
    """The move of a reaction: from its author, to what it is aimed at."""
    return make_move(
        other.reading.comment.thread,
        move.kind,
        [AuthorRef(move.author or "")],
        target_of_reaction(move, other, moves, ledger),
        comment=None,
        target_comment=move.target,
        author=move.author,
        confidence=PLATFORM_SURE,
        method=Method.STRUCTURAL,
        cue=move.cue,
        name=move.name,
    )


def target_of_reaction(platform_move: PlatformMove, other: TargetComment, moves: list[Move], ledger: Ledger) -> Target:
    """The comment; or where words of it are given, the move or claim that they make, else the words."""
    words = span_of_words(platform_move, other)
    kinds = (
        STEP_KINDS
        if platform_move.kind == Kind.UNDERCUT
        else {Kind.OBJECTION}
        if ANSWER_KINDS & {*with_wider_kinds(platform_move.kind)}
        else set()
    )
    if words is None:
        return CommentRef(platform_move.target)
    if kinds:
        fitting = [move for move in moves if kinds & {*with_wider_kinds(move.kind)} and rests_on(words, move)]
        return MoveRef(fitting[0].id) if len(fitting) == 1 else words
    points = [point for point in other.candidates if point.span.start < words.end and words.start < point.span.end]
    if not points:
        return words
    return claim_at(max(points, key=lambda point: point.span.common(words)).span, other, ledger)


def span_of_words(move: PlatformMove, other: TargetComment) -> Span | None:
    """Where the words that are meant stand, if they do; the platform has them from the page."""
    text = other.reading.comment.text
    place = find_passage((move.exact or "")[:ANALYSED], text)
    return None if place is None else Span(move.target, *place, text[slice(*place)])


def claim_at(span: Span, other: TargetComment, ledger: Ledger) -> ClaimRef:
    """The claim stated at the span."""
    return ledger.claim(span, other.reading.comment.author)


def rests_on(words: Span, move: Move) -> bool:
    """True if the move rests on some of these words."""
    return any(span.comment == words.comment and span.common(words) > 0 for span in move.evidence)
