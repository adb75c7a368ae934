"""A small thread about a shared garden for the tests of pages, and one whose every text tries to break them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rejoinder.graph.stores.embedded import Writer
from rejoinder.graph.stores.intake import take_batch
from rejoinder.graph.stores.publish import publish
from rejoinder.graph.triples.build import build_thread
from rejoinder.graph.triples.terms import Names
from rejoinder.loaders.extract.judged_map import apply_judgements as carried_out
from rejoinder.records import (
    ArgumentMap,
    Claim,
    ClaimRef,
    Comment,
    CommentRef,
    Discussion,
    Extraction,
    Judgement,
    Kind,
    Method,
    Move,
    MoveRef,
    Span,
    State,
    Target,
    Thread,
    ThreadKey,
    ThreadRef,
    make_claim,
    make_move,
)
from rejoinder.settings import Settings

EXTRACTION = Extraction("by hand", "1")
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'}}{{7*7}} \u202egnp.\u2066 </textarea></title>"
SCRIPT_LINK = "javascript:alert(1)"


def claim(comment: Comment, words: str) -> Claim:
    """The claim that a comment makes in these words."""
    start = comment.text.index(words)
    return make_claim(comment.thread, [Span(comment.id, start, start + len(words), words)], comment.author)


def move(kind: Kind, made: Claim, target: Target, comment: Comment, confidence: float = 0.8, cue: str = "but") -> Move:
    """A move from a claim, in the comment that states it, to a target in the comment it replies to."""
    return make_move(
        comment.thread,
        kind,
        [ClaimRef(made.id)],
        target,
        comment=comment.id,
        target_comment=comment.parent,
        evidence=made.spans,
        author=comment.author,
        confidence=confidence,
        method=Method.RULE,
        cue=cue,
    )


def written(
    thread: Thread, comments: list[Comment], claims: list[Claim], moves: list[Move]
) -> tuple[Discussion, ArgumentMap]:
    """These records, sorted as a load would sort them."""
    argument = ArgumentMap(
        EXTRACTION, tuple(sorted(claims, key=lambda one: one.id)), tuple(sorted(moves, key=lambda one: one.id))
    )
    return Discussion(thread, tuple(sorted(comments, key=lambda comment: comment.id))), argument


def garden() -> tuple[Discussion, ArgumentMap]:
    """Four of five comments: a proposal, an objection with a counter that stands, and one that nobody answered."""
    key = ThreadKey("beds.example", "hedge/2024")
    at = "2024-05-0{}T09:00:00Z"
    root = Comment(key, "a1", "Let us cut the hedge. It shades the beans.", None, "ines", at.format(1))
    first = Comment(key, "b2", "But wrens nest in it until July.", "a1", "tom", at.format(2), "https://beds.example/b2")
    second = Comment(key, "c3", "They left last week; the nest is empty.", "b2", "ines", at.format(3))
    third = Comment(key, "d4", "Beans like some shade anyway.", "a1", "uli", at.format(4), "https://beds.example/d4")
    cut, shade = claim(root, "Let us cut the hedge."), claim(root, "It shades the beans.")
    wrens, empty = claim(first, first.text), claim(second, "the nest is empty.")
    like = claim(third, third.text)
    within = claim(second, "They left last week; the nest")
    support = make_move(
        key,
        Kind.SUPPORT,
        [ClaimRef(shade.id)],
        ClaimRef(cut.id),
        comment="a1",
        target_comment="a1",
        evidence=shade.spans,
        author="ines",
        confidence=0.6,
        method=Method.STRUCTURAL,
        cue="next sentence",
    )
    objection = move(Kind.REBUTTAL, wrens, ClaimRef(cut.id), first)
    counter = move(Kind.COUNTER, empty, MoveRef(objection.id), second, 0.7, "left")
    open_one = move(Kind.UNDERMINE, like, ClaimRef(shade.id), third, 0.9, "anyway")
    thread = Thread(key, "Hedge by the beans", "https://beds.example/hedge", 5)
    claims = [cut, shade, wrens, empty, like, within]
    return written(thread, [root, first, second, third], claims, [support, objection, counter, open_one])


def judged(*judgements: Judgement) -> tuple[Discussion, ArgumentMap]:
    """The garden with these judgements carried out."""
    hedge, argument = garden()
    discussion = replace(hedge, judgements=tuple(sorted(judgements, key=lambda judgement: judgement.name)))
    return discussion, carried_out(argument, discussion)


def hostile() -> tuple[Discussion, ArgumentMap]:
    """The same hostile string as site, id, title, author, text and cue, with links that would run as script."""
    key = ThreadKey("evil.example", HOSTILE)
    root = Comment(key, HOSTILE, f"One {HOSTILE}", None, HOSTILE, HOSTILE, SCRIPT_LINK)
    reply = Comment(key, "r", f"Two {HOSTILE}", HOSTILE, f"{HOSTILE}2", "2024-05-01T00:00:00Z", SCRIPT_LINK)
    one, two = claim(root, root.text), claim(reply, reply.text)
    objection = move(Kind.REBUTTAL, two, ClaimRef(one.id), reply, 0.9, HOSTILE)
    return written(Thread(key, HOSTILE, SCRIPT_LINK, 2), [root, reply], [one, two], [objection])


def pond() -> tuple[Discussion, ArgumentMap]:
    """A comment, and one that quotes two lines of it and shows code; a claim lies across the quoted lines."""
    key = ThreadKey("pond.example", "ponds")
    text = "> Ponds freeze\n> in March.\n\nThey do not.\n\n```\nif 3 > 2:\n    <b>thaw</b>()\n```"
    comments = [
        Comment(key, "p1", "Ponds freeze in March.", None, "ines"),
        Comment(key, "q2", text, "p1", "tom", "2024-05-02T09:00:00Z"),
        Comment(key, "r3", "البركة تتجمد.\n\n```\nبركة()\n```", "q2", "ليلى", "2024-05-03T09:00:00Z"),
    ]
    claims = [claim(comments[0], comments[0].text)]
    claims += [claim(comments[1], words) for words in ("Ponds freeze\n> in March.", "They do not.")]
    quotation = make_move(
        key,
        Kind.QUOTATION,
        [Span("q2", 2, 14, "Ponds freeze")],
        Span("p1", 0, 12, "Ponds freeze"),
        comment="q2",
        target_comment="p1",
        evidence=[Span("q2", 2, 14, "Ponds freeze")],
        author="tom",
        confidence=0.95,
        method=Method.STRUCTURAL,
        cue="quoted line",
    )
    return written(Thread(key, "Ponds"), comments, claims, [quotation])


def deserted() -> tuple[Discussion, ArgumentMap]:
    """Objections to a deleted comment whose author is known, to one whose author is not, and to a post never loaded."""
    key = ThreadKey("beds.example", "gate")
    comment = Comment(key, "e1", "", None, "ines", states=(State.DELETED,))
    unknown = Comment(key, "f2", "", None, None, states=(State.DELETED,))
    replies = [
        Comment(key, "g3", "The gate was never locked.", "e1", "tom"),
        Comment(key, "h4", "Nobody has the key.", "f2", "uli"),
        Comment(key, "i5", "The path is public.", None, "vera"),
    ]
    targets: list[Target] = [CommentRef("e1"), CommentRef("f2"), ThreadRef()]
    claims = [claim(reply, reply.text) for reply in replies]
    moves = [move(Kind.REBUTTAL, made, target, one) for made, target, one in zip(claims, targets, replies, strict=True)]
    return written(Thread(key, "The gate"), [comment, unknown, *replies], claims, moves)


def chain(length: int) -> tuple[Discussion, ArgumentMap]:
    """Comments that each reply to the one before."""
    key = ThreadKey("deep.example", "chain")
    names = [f"n{number:05}" for number in range(length)]
    parents = [None, *names]
    comments = [
        Comment(key, name, f"Reply {name}.", parent, "ann") for name, parent in zip(names, parents, strict=False)
    ]
    return written(Thread(key, "A long chain"), comments, [], [])


def store(folder: Path, *threads: tuple[Discussion, ArgumentMap], settings: Settings | None = None) -> Path:
    """A store of these threads, published."""
    chosen = settings or Settings()
    names = Names(chosen.base)
    with Writer(folder, chosen.base) as writer:
        batch_outcome = take_batch(writer, [build_thread(*one, names) for one in threads], names, chosen)
        assert not batch_outcome.refused, batch_outcome.refused
        publish(writer.store, folder)
    return folder
