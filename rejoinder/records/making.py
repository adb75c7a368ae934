"""Claims and moves, made with the ids that follow from what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from rejoinder.records.argued import (
    AuthorRef,
    Claim,
    ClaimRef,
    CommentRef,
    Move,
    MoveRef,
    Source,
    Span,
    Target,
    ThreadRef,
)
from rejoinder.records.choices import Method
from rejoinder.records.identity import digest, identity_text, without_quote_marks
from rejoinder.records.kind import Kind
from rejoinder.records.written import ThreadKey

Part = TypeVar("Part", Span, Source)


def make_claim(thread: ThreadKey, spans: Iterable[Span], author: str | None = None, name: str | None = None) -> Claim:
    """The claim stated at these spans, which all hold the same text up to white space and case.

    Its id is made of thread, author and normalised text (02-ontology: two people's "No." are two claims). Marks of
    quotation within it are no text, unless it says nothing else.

    >>> [make_claim(ThreadKey("s", "t"), [Span("c", 0, len(one), one)]).text for one in ("So it\\n> was.", "\\n >")]
    ['So it was.', '>']
    """
    places = _in_order(spans)
    text = " ".join(without_quote_marks(places[0].exact).split() or places[0].exact.split())
    key = digest("claim", thread.site, thread.id, "" if author is None else "@" + author, identity_text(text))
    return Claim(id=key, text=text, spans=places, author=author, name=name)


def make_move(
    thread: ThreadKey,
    kind: Kind,
    sources: Iterable[Source],
    target: Target,
    *,
    comment: str | None,
    target_comment: str | None,
    evidence: Iterable[Span] = (),
    author: str | None = None,
    confidence: float,
    method: Method,
    cue: str,
    explanation: str | None = None,
    name: str | None = None,
) -> Move:
    """The move of this kind from these sources to this target; its id is made of those, its thread and its comment."""
    ends = _in_order(sources, by=end_name)
    return Move(
        id=move_id(thread, kind, ends, target, comment),
        kind=kind,
        sources=ends,
        target=target,
        comment=comment,
        target_comment=target_comment,
        evidence=_in_order(evidence),
        author=author,
        confidence=round(confidence, 3),
        method=method,
        cue=cue,
        explanation=explanation,
        name=name,
    )


def move_id(thread: ThreadKey, kind: Kind, sources: Iterable[Source], target: Target, comment: str | None) -> str:
    """The id of a move: made of its thread, kind, sources in order, target and comment."""
    return digest("move", thread.site, thread.id, kind, *map(end_name, sources), ">", end_name(target), comment or "")


def with_target(thread: ThreadKey, move: Move, kind: Kind, target: Target) -> Move:
    """The move with another kind and target, and the id that goes with them."""
    return replace(move, id=move_id(thread, kind, move.sources, target, move.comment), kind=kind, target=target)


def end_name(end: Source | Target) -> str:
    """A string that names one end of a move within its thread.

    >>> end_name(Span("c1", 0, 4, "Well")), end_name(ThreadRef())
    ('span c1#0,4', 'thread')
    """
    match end:
        case ClaimRef(id=key):
            return f"claim {key}"
        case MoveRef(id=key):
            return f"move {key}"
        case CommentRef(id=key):
            return f"comment {key}"
        case AuthorRef(name=key):
            return f"author {key}"
        case Span(comment=comment, start=start, end=stop):
            return f"span {comment}#{start},{stop}"
        case ThreadRef():
            return "thread"


def _in_order(items: Iterable[Part], by: Callable[[Part], str] | None = None) -> tuple[Part, ...]:
    """Each of some parts once, sorted; most claims and moves have but one of each, which is not to be hashed for it."""
    parts = tuple(items)
    return parts if len(parts) < 2 else tuple(sorted(set(parts), key=by))
