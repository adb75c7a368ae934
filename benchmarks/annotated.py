"""Moves between the comments of annotated threads, each with whether the annotators say so too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.jsonl import objects
from rejoinder.loaders.extract import RULES
from rejoinder.records import Comment, Discussion, Kind, Move, Thread, ThreadKey, with_wider_kinds

PLACE = tuple[str, int, int]


@dataclass(frozen=True)
class JudgedMove:
    """A move of a kind (attack, support), how sure, and whether its sentence and its pair of comments are right."""

    kind: str
    sure: float
    sentence: bool
    comment: bool


@dataclass(frozen=True)
class Truth:
    """What annotators found between authors: sentences that attack or support, and pairs of comments."""

    sentences: frozenset[tuple[PLACE, str]]
    pairs: frozenset[tuple[str, str, str]]


def moves(file: Path, scorer: ModuleType) -> Iterator[JudgedMove]:
    """The moves that the shipped extractor says in the threads of a file; what counts as an attack the scorer tells."""
    for doc in objects(file):
        truth = truth_of(doc, scorer.ATTACK)
        thread = discussion(doc)
        authors = {comment.id: comment.author for comment in thread.comments}
        for move in RULES.map(thread).moves:
            sign = sign_of(move)
            if sign and move.target_comment and authors[move.comment or ""] != authors[move.target_comment]:
                yield judged_move(move, sign, truth, scorer)


def judged_move(move: Move, sign: str, truth: Truth, scorer: ModuleType) -> JudgedMove:
    """The move, with whether the annotators agree."""
    extents = [(span.start, span.end) for span in move.evidence]
    sentence = any(
        place[0] == move.comment and sign == other and any(scorer.overlap(extent, place[1:]) for extent in extents)
        for place, other in truth.sentences
    )
    pair = (move.comment, move.target_comment, sign) in truth.pairs
    return JudgedMove(sign, move.confidence, sentence, pair)


def sign_of(move: Move) -> str | None:
    """Attack, support, or None for a move that does neither."""
    if Kind.OBJECTION in with_wider_kinds(move.kind):
        return "attack"
    return "support" if move.kind in (Kind.SUPPORT, Kind.CONCESSION) else None


def discussion(doc: Mapping[str, Any]) -> Discussion:
    """The thread, each comment a reply to the one before."""
    key, comments, parent = ThreadKey("annotated", doc["doc"]), list[Comment](), None
    for comment in doc["comments"]:
        comments.append(Comment(key, comment["id"], comment["text"], parent=parent, author=comment["author"]))
        parent = comment["id"]
    return Discussion(Thread(key, doc["title"]), tuple(comments))


def truth_of(doc: Mapping[str, Any], attacks: frozenset[str]) -> Truth:
    """The relations between comments of different authors."""
    places, authors = places_of(doc), {comment["id"]: comment["author"] for comment in doc["comments"]}
    sentences, pairs = set(), set()
    for relation in doc["relations"]:
        source, target = places.get(relation["source"]), places.get(relation["target"])
        if source is None or target is None or authors[source[0]] == authors[target[0]]:
            continue
        sign = "attack" if relation["rel"] in attacks else "support"
        pairs.add((source[0], target[0], sign))
        if source[1] < source[2]:
            sentences.add((source, sign))
    return Truth(frozenset(sentences), frozenset(pairs))


def places_of(doc: Mapping[str, Any]) -> dict[str, PLACE]:
    """Where each proposition stands; a title's in the first comment, without characters."""
    texts, places = {comment["id"]: comment["text"] for comment in doc["comments"]}, {}
    for proposition in doc["propositions"]:
        home = doc["comments"][0]["id"] if proposition["comment"] == "title" else proposition["comment"]
        at = texts.get(home, "").find(proposition["text"])
        places[proposition["id"]] = (home, at, at + len(proposition["text"])) if at >= 0 else (home, 0, 0)
    return places
