"""A thread in the layout of Kialo's text export: numbered theses with pros and cons below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder.graph.exports.ends import Ends
from rejoinder.graph.exports.order import claims_in_order
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.records import (
    Claim,
    ClaimRef,
    Comment,
    CommentRef,
    Kind,
    Link,
    MoveRef,
    Span,
    Target,
    natural_key,
    with_wider_kinds,
)

NAME = "kialo"
SUMMARY = "Kialo's text layout: numbered theses, pros and cons"
MEDIA_TYPE = "text/plain"
EXTENSION = "txt"

PATH = re.compile(r"(?:\d{1,6}\.)+")
NOTATION = re.compile(r"[\\\[\]()]")
NUMBERED = re.compile(r"^([ \t]*\d{1,6})\.", re.MULTILINE)
SOURCES = re.compile(r"^([ \t]*Sources):(?=\s*$)", re.MULTILINE)
STANCE = re.compile(r"(Pro|Con|Thesis|Question):")
AFTER_ALL_PLACES = ((1, ""),)  # `natural_key` of no name is as large
ARROW = re.compile(r"(?=(?:->|→)\s*See\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """One place of a claim: below another, for or against it; `place` is the number it had in Kialo."""

    source: str
    target: str
    stance: str
    place: str


def write(thread_map: ThreadMap, options: Options) -> str:
    """The title, then each claim once, its pros and cons below it; elsewhere it is `-> See` its number.

    A con to an argument or to an objection is about the claim it starts from. Claims that only ask, concede or
    clarify are left out.
    """
    tree = ThesisTree(thread_map)
    tops = tree.top_theses()
    title = " ".join(thread_map.title.split())
    places = list(tree.places(tops))
    lines = [f"Discussion Title: {title}", ""]
    if len(tops) != 1:
        lines.append(f"1. {common_question(thread_map, title)}")
    for number, stance, claim, first in places:
        words = tree.claim_text(claim, bare=not stance) if first else f"-> See {tree.numbers[claim]}"
        lines.append(f"{number} {stance}{words}")
    return "\n".join(lines) + "\n"


def common_question(thread_map: ThreadMap, title: str) -> str:
    """What several theses answer: the comment that asks it where the thread came from Kialo, else the title."""
    comment = thread_map.comments().get("1.")
    if comment is None or any(span.comment == "1." for claim in thread_map.argument.claims for span in claim.spans):
        return without_notation(escape_brackets(title), bare=True)
    return without_notation(kialo_with_links(comment.text, 0, comment.links), bare=True)


class ThesisTree:
    """The claims of a thread below one another."""

    def __init__(self, thread_map: ThreadMap) -> None:
        ends = Ends(thread_map)
        self.claims = {claim.id: claim for claim in claims_in_order(ends)}
        self.comments = thread_map.comments()
        self.moves = thread_map.moves()
        self.claim_by_comment = {
            span.comment: claim.id for claim in reversed(self.claims.values()) for span in claim.spans
        }
        self.places_below: dict[str, list[ClaimPlace]] = {}
        self.original_places: dict[str, ClaimPlace] = {}  # where the words of a claim stood in Kialo
        self.numbers: dict[str, str] = {}
        self.added_places: set[tuple[str, str, str]] = set()
        for move in ends.moves():
            stance = (
                "Pro: "
                if move.kind is Kind.SUPPORT
                else "Con: "
                if Kind.OBJECTION in with_wider_kinds(move.kind)
                else ""
            )
            target = self.claim_aimed_at(move.target)
            for source in move.sources if stance and target else ():
                if isinstance(source, ClaimRef) and source.id in self.claims and source.id != target:
                    self.add_place(ClaimPlace(source.id, target or "", stance, move.name or ""))
        for edges in self.places_below.values():
            edges.sort(
                key=lambda claim_place: (
                    natural_key(claim_place.place) if PATH.fullmatch(claim_place.place) else AFTER_ALL_PLACES
                )
            )

    def add_place(self, edge: ClaimPlace) -> None:
        """Adds a place of a claim, unless it stands there already."""
        if (edge.source, edge.target, edge.stance) in self.added_places:
            return
        self.added_places.add((edge.source, edge.target, edge.stance))
        self.places_below.setdefault(edge.target, []).append(edge)
        above = self.claims[edge.target].name
        if (
            edge.place == self.claims[edge.source].name
            and PATH.fullmatch(edge.place)
            and above == parent_number(edge.place)
        ):
            self.original_places[edge.source] = edge

    def claim_aimed_at(self, target: Target) -> str | None:
        """The claim that a move is about, as far as it is loaded."""
        if isinstance(target, MoveRef):
            sources = self.moves[target.id].sources if target.id in self.moves else ()
            return next(
                (source.id for source in sources if isinstance(source, ClaimRef) and source.id in self.claims), None
            )
        if isinstance(target, ClaimRef):
            return target.id if target.id in self.claims else None
        where = target.id if isinstance(target, CommentRef) else target.comment if isinstance(target, Span) else ""
        return self.claim_by_comment.get(where)

    def top_theses(self) -> list[str]:
        """The theses: claims that are for or against nothing (or were theses), then one of each circle apart."""
        above = {edge.source for edges in self.places_below.values() for edge in edges}
        replies = {move.sources for move in self.moves.values() if Kind.REPLY in with_wider_kinds(move.kind)}
        silent = (
            {source.id for sources in replies for source in sources if isinstance(source, ClaimRef)}
            - above
            - {*self.places_below}
        )
        placed = above | silent
        theses = {name for name, claim in self.claims.items() if PATH.fullmatch(claim.name or "")} - {
            *self.original_places
        }
        top_claims = [claim for claim in self.claims if claim in theses or claim not in placed]
        reached = self.reached_claims(top_claims, set())
        for claim in self.claims:
            if claim not in reached and claim not in silent:
                top_claims.append(claim)
                self.reached_claims([claim], reached)
        return top_claims

    def reached_claims(self, starts: list[str], seen: set[str]) -> set[str]:
        """All claims below these, added to those seen before."""
        waiting = list(starts)
        while waiting:
            claim = waiting.pop()
            if claim not in seen:
                seen.add(claim)
                waiting += [edge.source for edge in self.places_below.get(claim, ())]
        return seen

    def places(self, tops: list[str]) -> Iterator[tuple[str, str, str, bool]]:
        """Number, stance and claim of every place in order, and whether the claim's words stand there."""
        numbered = ["1."] if len(tops) == 1 else [f"1.{place}." for place in range(1, len(tops) + 1)]
        self.numbers |= dict(zip(tops, numbered, strict=True))
        for top in tops:
            yield self.numbers[top], "", top, True
            stack = [(self.numbers[top], enumerate(self.places_below.get(top, ()), start=1))]
            while stack:
                above, edges = stack[-1]
                place, edge = next(edges, (0, None))
                if edge is None:
                    stack.pop()
                    continue
                number, claim = f"{above}{place}.", edge.source
                first = claim not in self.numbers and self.original_places.get(claim, edge) is edge
                yield number, edge.stance, claim, first
                if first:
                    self.numbers[claim] = number
                    stack.append((number, enumerate(self.places_below.get(claim, ()), start=1)))

    def claim_text(self, name: str, *, bare: bool) -> str:
        """A claim in Kialo's notation; `bare` where no stance stands before it."""
        claim: Claim = self.claims[name]
        if not claim.spans:
            return without_notation(escape_brackets(claim.text), bare=bare)
        span = claim.spans[0]
        comment: Comment | None = self.comments.get(span.comment)
        return without_notation(kialo_with_links(span.exact, span.start, comment.links if comment else ()), bare=bare)


def parent_number(path: str) -> str:
    """The number above a number.

    >>> parent_number("1.12.3.")
    '1.12.'
    """
    return path[: path.rstrip(".").rfind(".") + 1]


def kialo_with_links(text: str, start: int, links: tuple[Link, ...]) -> str:
    """Escaped text that begins at offset `start` of a comment, with the comment's links in it written out."""
    parts, at = list[str](), 0
    for link in sorted(links):
        first, last = link.start - start, link.end - start
        if at <= first < last <= len(text):
            url = NOTATION.sub(r"\\\g<0>", re.sub(r"\s", "%20", link.url))
            parts += [escape_brackets(text[at:first]), f"[{escape_brackets(text[first:last])}]({url})"]
            at = last
    return "".join([*parts, escape_brackets(text[at:])])


def escape_brackets(text: str) -> str:
    """Text whose brackets are no notation."""
    return NOTATION.sub(r"\\\g<0>", text)


def without_notation(words: str, *, bare: bool) -> str:
    """Words of which no line can be taken for a number, a stance, a place or the list of sources."""
    text = "\n".join(line.strip() for line in words.strip().split("\n"))
    text = SOURCES.sub(r"\1\\:", NUMBERED.sub(r"\1\\.", text))
    text = f"\\{text}" if ARROW.match(text) else text
    return STANCE.sub(r"\1\\:", text, count=1) if bare and STANCE.match(text) else text
