"""What one request is about: a passage of a comment, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rejoinder.loaders.extract.text.blocks import ANALYSED
from rejoinder.loaders.llm.aims import Aim
from rejoinder.loaders.llm.evidence import Place
from rejoinder.loaders.llm.found_moves import FoundMoves
from rejoinder.loaders.llm.hearing import ThreadReading
from rejoinder.loaders.llm.offers import (
    CLAIMS_OF_PARENT,
    PARENT,
    SHOWN_CHARACTERS,
    Offer,
    earlier_shown,
    parent_shown,
    quotations_shown,
    whole_comment_aims,
)
from rejoinder.loaders.llm.page import Page
from rejoinder.records import Comment, Discussion, Kind

PART_CHARACTERS = 8_000  # characters of a comment in one request; a longer comment is read in parts
QUOTED, ABOVE = "quoted above", "own words above"  # where a claim of a dump stands, as a model is told
NEAR, OF_NEAR, OF_FAR = 2, 8, 4  # paragraphs right above; claims of each of them, and of each further up
# What its owner can do to their own words above; only what others said is objected to.
OWN_WORDS_KINDS = frozenset({Kind.SUPPORT, Kind.CLARIFICATION})
# Letters and digits of a passage, some fifteen words, from which on an empty answer is doubted.
SUBSTANCE_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters start..end of a comment; `avoid` are places, from its start, where others are quoted."""

    comment: Comment
    start: int
    end: int
    avoid: tuple[Place, ...]
    data: Mapping[str, object]
    aims: Mapping[str, Aim]

    @property
    def text(self) -> str:
        """Its words."""
        return self.comment.text[self.start : self.end]

    @property
    def is_substantial(self) -> bool:
        """True where it is long enough, beside what it quotes, that it will hardly claim nothing."""
        return sum(map(str.isalnum, _own_text(self.text, self.avoid))) >= SUBSTANCE_CHARACTERS


class LoadedThread:
    """What is loaded of a thread: its title, its comments by id, and those that reply to none."""

    def __init__(self, discussion: Discussion) -> None:
        self.title = discussion.thread.title
        self.comments = {comment.id: comment for comment in discussion.comments}
        self.tops = [comment.id for comment in discussion.comments if comment.parent is None]

    def parent_of(self, comment: Comment) -> Comment | None:
        """The comment that is replied to, None where there is none or it is not loaded."""
        return None if comment.parent is None else self.comments.get(comment.parent)


def passages_of_reply(
    comment: Comment, loaded: LoadedThread, heard: ThreadReading, found_moves: FoundMoves
) -> Iterator[Passage]:
    """The passages of a comment in a thread whose replies are known, or can be told."""
    offer, parent = Offer(found_moves, heard.weight, heard.readings[comment.id].stems), loaded.parent_of(comment)
    if parent is not None and comment.addressed:
        offer.add_claims(parent.id, PARENT, CLAIMS_OF_PARENT)
    quoted = heard.note_quotes(comment, found_moves.ledger)
    data: dict[str, object] = {
        "thread": loaded.title,
        "parent": parent_shown(parent, comment, heard),
        "claims": offer.shown,
        "quoted": quotations_shown(quoted, offer, loaded.comments),
        "earlier": list(earlier_shown(heard.earlier[comment.id], offer, heard)),
    }
    aims = {**offer.aims, **whole_comment_aims(comment, parent, loaded.tops)}
    marked = [(quote.source.start, quote.source.end) for quote in quoted if quote.marked]
    who = {"by": heard.writer_number(comment), "names": heard.people_named(comment)}
    yield from _passages(comment, data, aims, marked, who)


def passages_of_paragraph(
    comment: Comment, loaded: LoadedThread, page: Page, found_moves: FoundMoves
) -> Iterator[Passage]:
    """The passages of a paragraph in a dump, which may react to those above it; what it quotes is known then."""
    page.note_quotation(comment, found_moves)
    if not page.is_asked_about(comment):
        return
    offer, above = Offer(found_moves, page.weight, page.reading(comment).stems), page.paragraphs_above(comment)
    for number, paragraph in enumerate(reversed(above)):
        claims = [claim for _, claim in found_moves.claims_of(paragraph.id)]
        for claim in offer.likeliest_claims(claims, OF_NEAR if number < NEAR else OF_FAR):
            quoted = claim in found_moves.quoted
            offer.add_claim(claim, paragraph.id, QUOTED if quoted else ABOVE, None if quoted else OWN_WORDS_KINDS)
    data: dict[str, object] = {
        "thread": loaded.title,
        "parent": None,
        "before": list(page.as_shown(above, 2 * SHOWN_CHARACTERS)),
        "after": list(page.as_shown(page.paragraphs_below(comment), SHOWN_CHARACTERS)),
        "claims": offer.shown,
    }
    yield from _passages(comment, data, {**offer.aims, "post": Aim(None)}, [])


def _passages(
    comment: Comment,
    data: Mapping[str, object],
    aims: Mapping[str, Aim],
    marked: Sequence[Place],
    who: Mapping[str, object] | None = None,
) -> Iterator[Passage]:
    """The comment in parts, but for those that hold no word of its own."""
    cut = [*parts(comment.text[:ANALYSED])]
    for number, (start, end) in enumerate(cut, 1):
        avoid = tuple((left - start, right - start) for left, right in marked if left < end and start < right)
        if not any(map(str.isalnum, _own_text(comment.text[start:end], avoid))):
            continue
        part = {"part": f"{number} of {len(cut)}"} if len(cut) > 1 else {}
        shown = {**data, "comment": {**(who or {}), "text": comment.text[start:end], **part}}
        yield Passage(comment, start, end, avoid, shown, aims)


def parts(text: str) -> Iterator[Place]:
    """Start and end of each part; cut after a line, else after a word, else anywhere.

    >>> list(parts("short"))
    [(0, 5)]
    """
    start = 0
    while len(text) - start > PART_CHARACTERS:
        window = text[start : start + PART_CHARACTERS]
        cut = max(window.rfind("\n"), 0) or max(window.rfind(" "), 0) or PART_CHARACTERS - 1
        yield start, start + cut + 1
        start += cut + 1
    if start < len(text):
        yield start, len(text)


def _own_text(text: str, avoid: Sequence[Place]) -> str:
    """The text without the places to avoid."""
    pieces, at = [], 0
    for start, end in sorted(avoid):
        pieces.append(text[at : max(at, start)])
        at = max(at, end)
    return "".join([*pieces, text[at:]])
