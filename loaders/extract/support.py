"""Support within a comment: because, since, for example, therefore, and list items under a head."""

from __future__ import annotations

from itertools import pairwise

from rejoinder.loaders.extract.blocks import Shape
from rejoinder.loaders.extract.claims import Point
from rejoinder.loaders.extract.moves import Ledger
from rejoinder.loaders.extract.reading import Reading
from rejoinder.records import Kind, Method


def support_moves(reading: Reading, points: tuple[Point, ...], ledger: Ledger) -> None:
    """Adds the Supports between the comment's own claims."""
    claims = tuple(one for one in points if one.claims)
    for before, one in pairwise(claims):
        if one.first.block != before.first.block and one.first.shape == Shape.ITEM:
            continue
        back = one.first.cue("reason", "example")
        onward = one.first.cue("follow")
        if back is not None and (back.opens or back.act == "example"):
            add(one, before, back.phrase, back.confidence, reading.comment.author, ledger)
        elif onward is not None:
            add(before, one, onward.phrase, onward.confidence, reading.comment.author, ledger)
    listed(reading, claims, ledger)


def listed(reading: Reading, claims: tuple[Point, ...], ledger: Ledger) -> None:
    """Items of a list support the claim that stands above it, over a head or without one."""
    head: Point | None = None
    blocks_seen: set[int] = set()
    for one in claims:
        if one.first.shape != Shape.ITEM:
            head = one
        elif head is not None and one.first.block not in blocks_seen:
            blocks_seen.add(one.first.block)
            add(one, head, "list", 0.45, reading.comment.author, ledger)


def add(one: Point, other: Point, cue: str, sure: float, author: str | None, ledger: Ledger) -> None:
    """Adds one Support between two claims of a comment."""
    ledger.move(
        Kind.SUPPORT,
        ledger.claim(one.span, author),
        ledger.claim(other.span, author),
        other.span.comment,
        evidence=one.span,
        author=author,
        confidence=sure,
        method=Method.RULE,
        cue=cue,
    )
