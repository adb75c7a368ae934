"""What a name on the command line means: a claim or a move by its id, or the only one that holds these words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rejoinder.errors import NotFound
from rejoinder.graph.maps.lines import clean_line, short_line
from rejoinder.graph.queries.claims import claim_iri
from rejoinder.graph.queries.near import nearest_texts, plain_form
from rejoinder.graph.queries.views import Row, find_view, view_rows
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.tables import count_words, wrap_text

ID = re.compile(r"[0-9a-f]{8,32}|\w+:.*/.*")  # an id, the beginning of one, or an IRI
MOST, MOST_NEAR = 10, 5
HOW_TO_NAME = (
    "Give words that a claim holds, an IRI, or an id or its first 8 digits (`rejoinder unanswered` shows ids)."
)


@dataclass(frozen=True, slots=True)
class NamedHit:
    """A claim or a move (IRI) with its words and who said them."""

    iri: str
    text: str
    author: str | None


def split_names(words: Sequence[str]) -> list[Sequence[str]]:
    """The names among these words: several ids are one each, all else is one.

    >>> split_names(["8932739d", "40ab5b2d"]), split_names(["not", "deadbeef"])
    ([['8932739d'], ['40ab5b2d']], [['not', 'deadbeef']])
    """
    return [[word] for word in words] if all(map(ID.fullmatch, words)) else [words]


def iri_of_name(snapshot: Snapshot, words: Sequence[str]) -> str:
    """The IRI of the claim or move that was named, by its id or by words that no other holds.

    Raises NotFound, with those that hold the words where several do, and those that come near where none does.
    """
    name = " ".join(words)
    if ID.fullmatch(name):
        return claim_iri(snapshot, name)
    phrase = plain_form(name).strip('“”"…. ')
    hits = _holding(snapshot, phrase)
    exact = [hit for hit in hits if plain_form(hit.text).strip('“”"…. ') == phrase]
    if len(exact) == 1 or len(hits) == 1:
        return (exact if len(exact) == 1 else hits)[0].iri
    raise NotFound("\n".join(_several_lines(name, hits) if hits else _not_found_lines(snapshot, name)))


def _holding(snapshot: Snapshot, phrase: str) -> list[NamedHit]:
    """The claims whose text holds each of the words, in any case, the most attacked first; else the moves that do."""
    words = phrase.split()
    if not words:
        return []
    longest = max((part for word in words for part in word.split("'")), key=len)  # apostrophes are written in two ways
    claims = (
        _hit_of_row(row, "claim", "text")
        for row in view_rows(snapshot.store, find_view("claims"), {"words": longest}).rows
    )
    return _hits_with_words(claims, words) or _hits_with_words(_moves(snapshot), words)


def _hits_with_words(hits: Iterator[NamedHit], words: Sequence[str]) -> list[NamedHit]:
    return [hit for hit in hits if all(word in plain_form(hit.text) for word in words)]


def _moves(snapshot: Snapshot) -> Iterator[NamedHit]:
    """Every move with the words that show it, each once."""
    row_by_move = {str(row["move"]): row for row in reversed(view_rows(snapshot.store, find_view("moves"), {}).rows)}
    return (_hit_of_row(row, "move", "words") for row in reversed(row_by_move.values()))


def _hit_of_row(row: Row, name: str, text: str) -> NamedHit:
    return NamedHit(str(row[name]), str(row[text] or ""), None if row["author"] is None else str(row["author"]))


def _several_lines(name: str, hits: Sequence[NamedHit]) -> Iterator[str]:
    kind = "move" if "/move/" in hits[0].iri else "claim"
    yield f"{count_words(len(hits), kind)} hold the words {name!r}: choose one by its id, or give more of its words"
    yield from map(_hit_lines, hits[:MOST])
    if len(hits) > MOST:
        yield f"  and {len(hits) - MOST} more"


def _not_found_lines(snapshot: Snapshot, name: str) -> Iterator[str]:
    """What was searched, and the claims that come near."""
    hits = [_hit_of_row(row, "claim", "text") for row in view_rows(snapshot.store, find_view("claims"), {}).rows]
    if not hits:
        yield f"no claim {name!r}, and no move: nothing is loaded"
        return
    near = nearest_texts([hit.text for hit in hits], name, most=MOST_NEAR)
    yield f"no claim {name!r}, and no move: searched were {count_words(len(hits), 'claim')} and the words of all moves"
    if near:
        yield "nearest:"
        yield from (_hit_lines(hits[at]) for at in near)
    yield HOW_TO_NAME


def _hit_lines(hit: NamedHit) -> str:
    by = f"{clean_line(hit.author)}: " if hit.author else ""
    return wrap_text(f"{by}{short_line(hit.text)}", first=f"  {hit.iri.rsplit('/', 1)[-1][:12]}  ", rest=" " * 16)
