"""Whose words a quotation is said to be: "Ana wrote:" or "On 3 May, Ana Lee wrote:" above it, 'Ana said "..."'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder.loaders.extract.people.mentions import MOST_WORDS, Called
from rejoinder.loaders.extract.people.names import name_key
from rejoinder.loaders.extract.points.quotes import quoted_words
from rejoinder.loaders.extract.text.blocks import Shape
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.records import Span

MOST_ATTRIBUTIONS = 20  # passages of one comment
CHARACTERS_BEFORE = 160  # characters before a quotation
SAYS = re.compile(
    r"\s(?:also\s|a\s|ha\s)?(?:wrote|writes|said|says|posted|commented|replied|asked|asks|argued|argues|claimed|claims"
    r"|stated|states|noted|notes|schrieb|schreef|écrit|escribió|scritto)"
    r"(?: (?:that|above|below|earlier|before|here))?\s?[,:]?\s*$",
    re.IGNORECASE,
)
SAID_BY = re.compile(r"\s(?:schrieb|schreef|skrev)\s(?P<name>[^:\n]{1,80}):\s*$", re.IGNORECASE)
MAIL_ADDRESS = re.compile(r"[<(][^<>()]{0,120}[>)]\s*$")  # of mail, after the name
NAME_MARK = re.compile(r"^(?:@|/?u/)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Quoted words, whether they are a marked line, and the author who is said to have said them."""

    span: Span
    marked: bool
    author: str


def attributions(reading: Reading, called: Called) -> list[Attribution]:
    """The quotations that the comment says whose words they are, lines first; `called` tells whom a name means."""
    return [*attributed_lines(reading, called), *attributed_words(reading, called)][:MOST_ATTRIBUTIONS]


def attributed_lines(reading: Reading, called: Called) -> Iterator[Attribution]:
    """The marked lines below a paragraph that ends in "Ana wrote:"."""
    text, author = reading.comment.text, None
    for block in reading.blocks:
        if block.shape != Shape.QUOTE:
            author = author_named_before(text[max(block.start, block.end - CHARACTERS_BEFORE) : block.end], called)
        elif author is not None:
            yield Attribution(
                Span(reading.comment.id, block.start, block.end, text[block.start : block.end]), True, author
            )


def attributed_words(reading: Reading, called: Called) -> Iterator[Attribution]:
    """The words in quotation marks after "Ana said"."""
    for span in quoted_words(reading):
        before = reading.comment.text[max(0, span.start - 1 - CHARACTERS_BEFORE) : span.start - 1]
        author = author_named_before(before, called)
        if author is not None:
            yield Attribution(span, False, author)


def author_named_before(before: str, called: Called) -> str | None:
    """Who is said to have said what follows: the longest name before the verb.

    >>> called = lambda name, alone: {"analee": "Ana Lee"}.get(name)
    >>> author_named_before("On 3 May, Ana Lee <ana@post.example> wrote:", called)
    'Ana Lee'
    """
    says, by = SAYS.search(before), SAID_BY.search(before)
    if says is None and by is None:
        return None
    parts = MAIL_ADDRESS.sub("", by["name"] if by else before[: says.start()] if says else "").split()[-MOST_WORDS:]
    for place in range(len(parts)):
        name = name_key(NAME_MARK.sub("", " ".join(parts[place:])))
        author = called(name, True) if name else None
        if author is not None:
            return author
    return None
