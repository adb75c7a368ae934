"""The moves that the platform itself records: where quotations come from, accepted answers, reactions without words."""

from __future__ import annotations

from collections.abc import Mapping

from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.extract.points.quotes import OriginNamed
from rejoinder.loaders.extract.text.blocks import ANALYSED
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.weighing.targets import TargetComment
from rejoinder.loaders.gathering.passages import find_passage
from rejoinder.loaders.gathering.stated import span_or_whole
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
    found: dict[str, list[OriginNamed]] = {}
    for one in discussion.platform_moves:
        maker, origin = readings.get(one.comment or ""), readings.get(one.target)
        if one.kind == Kind.QUOTATION and maker is not None and origin is not None:
            start, end = span_or_whole(one, len(maker.comment.text))
            found.setdefault(maker.comment.id, []).append(OriginNamed(start, end, origin))
    return found


def add_platform_moves(discussion: Discussion, seen: Mapping[str, TargetComment], ledger: Ledger) -> None:
    """Adds the reactions and the accepted answers; quotations are found where the words are read."""
    made_in: dict[str, list[Move]] = {}
    for move in ledger.moves.values():
        made_in.setdefault(move.comment or "", []).append(move)
    for one in discussion.platform_moves:
        if one.kind == Kind.QUOTATION or one.target not in seen:
            continue
        if one.comment is None:
            ledger.add(reaction_move(one, seen[one.target], made_in.get(one.target, []), ledger))
        elif one.comment in seen:
            add_comment_move(one, seen[one.comment], ledger)


def add_comment_move(one: PlatformMove, other: TargetComment, ledger: Ledger) -> None:
    """The move that a whole comment, or its marked words, make to another comment."""
    comment = other.reading.comment
    start, end = span_or_whole(one, len(comment.text))
    first = next((point.span for point in other.candidates if start <= point.span.start < end), None)
    evidence = first or trimmed_span(comment.id, comment.text, start, end)
    if not evidence.exact or one.target == comment.id:  # no words, or nobody else to say them to
        return
    source, author = ledger.claim(evidence, comment.author), comment.author
    target = CommentRef(one.target)
    ledger.move(
        one.kind,
        source,
        target,
        one.target,
        Grounds(
            evidence=evidence,
            author=author,
            confidence=PLATFORM_SURE,
            method=Method.STRUCTURAL,
            cue=one.cue,
        ),
    )


def trimmed_span(comment: str, text: str, start: int, end: int) -> Span:
    """The characters without white space around them, at most as long as a claim may be."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    exact = words.strip()[:10_000].rstrip()
    return Span(comment, start, start + len(exact), exact)


def reaction_move(one: PlatformMove, other: TargetComment, made: list[Move], ledger: Ledger) -> Move:
    """The move of a reaction: from its author, to what it is aimed at."""
    return make_move(
        other.reading.comment.thread,
        one.kind,
        [AuthorRef(one.author or "")],
        target_of_reaction(one, other, made, ledger),
        comment=None,
        target_comment=one.target,
        author=one.author,
        confidence=PLATFORM_SURE,
        method=Method.STRUCTURAL,
        cue=one.cue,
        name=one.name,
    )


def target_of_reaction(one: PlatformMove, other: TargetComment, made: list[Move], ledger: Ledger) -> Target:
    """The comment; or where words of it are given, the move or claim that they make, else the words."""
    words = span_of_words(one, other)
    wanted = (
        STEP_KINDS
        if one.kind == Kind.UNDERCUT
        else {Kind.OBJECTION}
        if ANSWER_KINDS & {*with_wider_kinds(one.kind)}
        else set()
    )
    if words is None:
        return CommentRef(one.target)
    if wanted:
        fitting = [move for move in made if wanted & {*with_wider_kinds(move.kind)} and rests_on(words, move)]
        return MoveRef(fitting[0].id) if len(fitting) == 1 else words
    points = [point for point in other.candidates if point.span.start < words.end and words.start < point.span.end]
    if not points:
        return words
    return claim_at(max(points, key=lambda point: point.span.common(words)).span, other, ledger)


def span_of_words(one: PlatformMove, other: TargetComment) -> Span | None:
    """Where the words that are meant stand, if they do; the platform has them from the page."""
    text = other.reading.comment.text
    place = find_passage((one.exact or "")[:ANALYSED], text)
    return None if place is None else Span(one.target, *place, text[slice(*place)])


def claim_at(span: Span, other: TargetComment, ledger: Ledger) -> ClaimRef:
    """The claim stated at the span."""
    return ledger.claim(span, other.reading.comment.author)


def rests_on(words: Span, move: Move) -> bool:
    """True if the move rests on some of these words."""
    return any(one.comment == words.comment and one.common(words) > 0 for one in move.evidence)
