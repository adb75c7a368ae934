"""A small thread about a night tram, with moves of every origin and what was weighed for them, for tests of "why"."""

from __future__ import annotations

import json

from rejoinder.loaders.extract import extract
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
    PlatformMove,
    Span,
    StatedClaim,
    StatedMove,
    Target,
    Thread,
    ThreadKey,
    ThreadRef,
    make_claim,
    make_move,
)

TRAM = ThreadKey("lines.example", "night-tram")
BAKERY = ThreadKey("lines.example", "bakery-stop")
EXTRACTION = Extraction("tram-reader", "2", '{"seed": 7}')
WEIGHED = {
    "alternatives": {"Objection": 0.63, "Question": 0.24, "none": 0.13},
    "between": ["Objection", "Question"],
    "features": {"opens with thanks": -0.47, "speaks of sleep": 0.58, "second person": 0.16},
    "rest": {"count": 12, "weight": 0.29},
    "start": 0.4,
    "steps": [["chance", 0.63], ["words", 0.82]],
    "target": {
        "by": "quote",
        "of": 2,
        "others": [{"share": 0.19, "text": "The drivers want it too.", "why": "not quoted"}],
        "share": 0.44,
    },
    "rule": "a quotation, then words against it",
}


def compact(found: object) -> str:
    """JSON as an extractor writes it."""
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


ROOT = Comment(
    TRAM,
    "r1",
    "Line 7 should run all night. The drivers want it too.",
    None,
    "odile",
    "2025-06-01T08:00:00Z",
    "https://lines.example/t/7#r1",
)
NOISE = Comment(
    TRAM,
    "r2",
    "I live on the bend by the mill. Nobody there would sleep, and you know it. Ask my neighbours.",
    "r1",
    "bram",
    "2025-06-01T09:30:00Z",
)
GREASE = Comment(
    TRAM, "r3", "They grease the bend since May, so it makes no noise.", "r2", "odile", "2025-06-02T07:15:00Z"
)
COST = Comment(TRAM, "r4", "And who pays for it?", "r1", "ilse", "2025-06-02T10:00:00Z")


def claim(comment: Comment, words: str) -> Claim:
    """The claim that a comment makes in these words."""
    start = comment.text.index(words)
    return make_claim(comment.thread, [Span(comment.id, start, start + len(words), words)], comment.author)


def move(
    kind: Kind, made: Claim, target: Target, comment: Comment, *, sure: float, how: Method, cue: str, why: str | None
) -> Move:
    """A move from a claim to what stands in the comment above."""
    return make_move(
        TRAM,
        kind,
        [ClaimRef(made.id)],
        target,
        comment=comment.id,
        target_comment=None if isinstance(target, ThreadRef) else comment.parent,
        evidence=made.spans,
        author=comment.author,
        confidence=sure,
        method=how,
        cue=cue,
        explanation=why,
    )


NIGHT = claim(ROOT, "Line 7 should run all night.")
DRIVERS = claim(ROOT, "The drivers want it too.")
SLEEP = claim(NOISE, "Nobody there would sleep, and you know it.")
QUIET = claim(GREASE, "They grease the bend since May, so it makes no noise.")
PAYS = claim(COST, "And who pays for it?")


def night_tram(why: str | None = None) -> tuple[Discussion, ArgumentMap]:
    """The thread; `why` stands in for the explanation of the objection to the night service."""
    weighed = compact(WEIGHED) if why is None else why
    objection = move(
        Kind.REBUTTAL, SLEEP, ClaimRef(NIGHT.id), NOISE, sure=0.82, how=Method.RULE, cue="nobody", why=weighed
    )
    counter = move(
        Kind.COUNTER,
        QUIET,
        MoveRef(objection.id),
        GREASE,
        sure=0.64,
        how=Method.MODEL,
        cue="no noise",
        why=compact({"alternatives": {"Counter": 0.64, "Clarification": 0.36}}),
    )
    question = move(Kind.QUESTION, PAYS, CommentRef("r1"), COST, sure=0.9, how=Method.STRUCTURAL, cue="?", why=None)
    asked = move(Kind.QUESTION, PAYS, ClaimRef(NIGHT.id), COST, sure=0.45, how=Method.HUMAN, cue="by hand", why=None)
    unseen = move(Kind.REBUTTAL, NIGHT, ThreadRef(), ROOT, sure=0.4, how=Method.RULE, cue="should", why=None)
    support = make_move(
        TRAM,
        Kind.SUPPORT,
        [ClaimRef(DRIVERS.id)],
        ClaimRef(NIGHT.id),
        comment="r1",
        target_comment="r1",
        evidence=DRIVERS.spans,
        author="odile",
        confidence=0.6,
        method=Method.STRUCTURAL,
        cue="next sentence",
        explanation=None,
    )
    claims = sorted([NIGHT, DRIVERS, SLEEP, QUIET, PAYS], key=lambda one: one.id)
    moves = sorted([objection, counter, question, asked, unseen, support], key=lambda one: one.id)
    thread = Thread(TRAM, "A night tram on line 7", "https://lines.example/t/7", 4)
    return Discussion(thread, (ROOT, NOISE, GREASE, COST)), ArgumentMap(EXTRACTION, tuple(claims), tuple(moves))


def bakery_stop() -> tuple[Discussion, ArgumentMap]:
    """A thread whose source states its own argument."""
    first = Comment(BAKERY, "p", "The stop should move to the bakery.", None, "pia", "2025-07-01")
    second = Comment(BAKERY, "q", "The pavement is too narrow there.", "p", "quentin", "2025-07-02T12:00:00Z")
    discussion = Discussion(
        Thread(BAKERY, "The bakery stop"),
        (first, second),
        stated_claims=tuple(
            StatedClaim(BAKERY, f"c-{comment.id}", comment.id, 0, len(comment.text)) for comment in (first, second)
        ),
        stated_moves=(StatedMove(BAKERY, "m-1", Kind.REBUTTAL, ("c-q",), "c-p", "q"),),
    )
    return discussion, extract(discussion)


def ticket_forum() -> tuple[Discussion, ArgumentMap]:
    """A thread whose platform records a reaction and an accepted answer."""
    key = ThreadKey("tickets.example", "18")
    first = Comment(key, "a", "Where do I buy a night ticket?", None, "rosa")
    second = Comment(key, "b", "The kiosk by the bridge sells them until midnight.", "a", "sven")
    recorded = (
        PlatformMove(key, "accepted-b", Kind.ANSWER, "a", "accepted answer", comment="b"),
        PlatformMove(key, "like-1", Kind.SUPPORT, "b", "+1", author="rosa"),
    )
    discussion = Discussion(Thread(key, "Night tickets"), (first, second), platform_moves=recorded)
    return discussion, extract(discussion)
