"""Where quoted words stand that were not found in their own thread: sought in all others, kept in a graph of its own.

What is found depends on what the store holds, never on the order in which it was loaded. See docs/extraction.md.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypeAlias

import pyoxigraph as ox

from rejoinder.errors import StoreError
from rejoinder.graph.quotations import marks
from rejoinder.graph.quotations.comment_words import (
    CommentWords,
    comments_in,
    parse_instant,
    passage_of,
    passages_in,
    recall_comment,
)
from rejoinder.graph.quotations.marks import MarkedText, MarkIndex
from rejoinder.graph.quotations.stretches import LEAST_WORDS, Match, SearchedText, Words, run_marks
from rejoinder.graph.stores.embedded import Writer
from rejoinder.graph.triples.terms import TYPE, Names, decimal, rj
from rejoinder.records import ThreadKey

DUMP_SITE = "text"  # the site of flattened dumps: what stands there was said elsewhere, and nobody knows by whom
ONLY_HOLDER_SURE = 0.95  # that words are from the only comment that holds them
EARLIEST_SURE = 0.8  # the same, of the earliest of several
PARTLY_SHARE = 0.9  # what a match keeps of that, times the share of its words, where some are missing
# Shared words, below which the earliest of several comments need not be the one quoted.
LEAST_WORDS_APART = 2 * LEAST_WORDS
WRITTEN_TOGETHER = 1_000  # passages whose origins are written in one transaction
MOST_KEPT = 64  # comments kept ready to be compared

Pairs: TypeAlias = Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]

ORIGIN, CONFIDENCE, CUE = rj("origin"), rj("originConfidence"), rj("originCue")


@dataclass(frozen=True, slots=True)
class Origin:
    """A comment in which a passage stands, where, and among how many it was the earliest."""

    comment_words: CommentWords
    match: Match
    holder_count: int = 1

    @property
    def span(self) -> str:
        """The IRI of the characters."""
        return f"{self.comment_words.comment}#char={self.match.start},{self.match.end}"

    @property
    def confidence(self) -> float:
        """How sure it is that the words are from there."""
        share = 1.0 if self.match.is_whole else PARTLY_SHARE * self.match.shared_count / self.match.word_count
        return share * (ONLY_HOLDER_SURE if self.holder_count == 1 else EARLIEST_SURE)

    @property
    def cue(self) -> str:
        """What was found."""
        match = self.match
        matched = (
            f"{match.word_count} words in a row"
            if match.is_whole
            else f"{match.shared_count} of {match.word_count} words in runs"
        )
        return matched if self.holder_count == 1 else f"{matched}, the earliest of {self.holder_count} comments"


class OriginsGraph:
    """Renews the graph of origins after a load; to be made before anything of it is written."""

    def __init__(self, writer: Writer, names: Names) -> None:
        self.writer, self.names, self.total_before = writer, names, writer.total
        self.graph = ox.NamedNode(names.origins())
        self.cached_comment = lru_cache(MOST_KEPT)(self._searched_comment)

    def renew(self, keys: Iterable[ThreadKey]) -> int:
        """Look for the origins that may have changed with these threads; returns how many quads changed.

        All threads are read where the index does not fit the store: it is new, or the last load was stopped. Raises
        StoreError where nothing can be written.
        """
        try:
            index = marks.open_index(self.writer.folder, self.total_before)
            passages = self._update_index(index, self._all_threads() if index.is_new else sorted(set(keys)))
            changed = self._clear_graph() if index.is_new else 0
            for start in range(0, len(passages), WRITTEN_TOGETHER):
                changed += self._renew_origins(index, passages[start : start + WRITTEN_TOGETHER])
            index.close(self.writer.total)
        except sqlite3.Error as error:
            raise StoreError(
                f"{self.writer.folder}: the index of quotations cannot be written ({error}): run this again"
            ) from error
        return changed

    def _all_threads(self) -> list[ThreadKey]:
        """Every thread of the store."""
        graphs = (graph.value for graph in self.writer.store.named_graphs() if isinstance(graph, ox.NamedNode))
        return sorted(self.names.key_of(iri) for iri in graphs if iri.startswith(f"{self.names.base}graph/"))

    def _clear_graph(self) -> int:
        """Empties the graph, since of what is there nobody knows whether it still holds."""
        return self.writer.change(self.writer.quads_of_graph(self.graph), ())

    def _update_index(self, index: MarkIndex, keys: Iterable[ThreadKey]) -> list[str]:
        """Brings the index up to date; returns the passages whose origin may be another now."""
        stale: set[str] = set()
        for key in keys:
            graph, thread = ox.NamedNode(self.names.graph(key)), self.names.thread(key)
            store, digests = self.writer.store, index.digests(thread)
            own = () if key.site == DUMP_SITE else comments_in(store, graph, thread)
            now = {
                comment_words.comment: (comment_words, note := comment_words.note, _digest(note, comment_words.text))
                for comment_words in own
            }
            gone = [iri for iri, digest in digests.items() if iri not in now or now[iri][2] != digest]
            new = (
                MarkedText(iri, run_marks(comment_words.text, comment_words.quoted_ranges), digest, note)
                for iri, (comment_words, note, digest) in now.items()
                if digests.get(iri) != digest
            )
            unseen = passages_in(store, graph, copied=key.site == DUMP_SITE)
            stale |= index.put_thread(
                thread,
                gone,
                new,
                [MarkedText(quoted_passage.iri, run_marks(quoted_passage.text)) for quoted_passage in unseen],
            )
        return sorted(stale | index.affected_passages())

    def _renew_origins(self, index: MarkIndex, passages: Sequence[str]) -> int:
        """Makes the graph say of these passages what holds now."""
        old = {quad for passage in passages for quad in self._quads_of_passage(passage)}
        spans: dict[str, Origin | None] = {
            quad.object.value: None
            for quad in old
            if quad.predicate == ORIGIN and isinstance(quad.object, ox.NamedNode)
        }
        new: set[ox.Quad] = set()
        for passage_iri in passages:
            origin = self._origin(index, passage_iri)
            index.remember_origin(passage_iri, None if origin is None else origin.comment_words.thread)
            if origin is not None:
                new.update(ox.Quad(ox.NamedNode(passage_iri), *pair, self.graph) for pair in _passage_pairs(origin))
                spans[origin.span] = origin
        for iri, origin in spans.items():
            about = set(self._quads_of_passage(iri))
            used = any(quad not in old for quad in self.writer.store.quads_for_pattern(None, ORIGIN, ox.NamedNode(iri)))
            old |= about
            new |= about if used and origin is None else set(self._span_quads(iri, origin))
        return self.writer.change(old - new, new - old)

    def _quads_of_passage(self, iri: str) -> Iterable[ox.Quad]:
        return self.writer.store.quads_for_pattern(ox.NamedNode(iri), None, None, self.graph)

    def _span_quads(self, iri: str, origin: Origin | None) -> Iterator[ox.Quad]:
        """What the graph says of a span: nothing where its own thread does, or where nothing is from there."""
        node = ox.NamedNode(iri)
        typed = self.writer.store.quads_for_pattern(node, TYPE, None)
        if origin is not None and all(quad.graph_name == self.graph for quad in typed):
            yield from (ox.Quad(node, *pair, self.graph) for pair in _span_pairs(origin))

    def _origin(self, index: MarkIndex, iri: str) -> Origin | None:
        """Where the words of a passage are from."""
        passage = passage_of(self.writer.store, iri)
        if passage is None:
            return None
        words, when = Words.of(passage.text), parse_instant(passage.created)
        for comments in index.likely_comments(iri):
            ready = (self.cached_comment(index, comment) for comment in comments)
            matches = [
                (comment_words, text.match(words))
                for comment_words, text in ready
                if not is_later_than(comment_words, when)
            ]
            if origins := [Origin(comment_words, match) for comment_words, match in matches if match is not None]:
                return earliest_origin(origins)
        return None

    def _searched_comment(self, index: MarkIndex, comment: str) -> tuple[CommentWords, SearchedText]:
        comment_words = recall_comment(self.writer.store, comment, index.note_of(comment))
        return comment_words, SearchedText(comment_words.text, comment_words.quoted_ranges)


def earliest_origin(origins: Sequence[Origin]) -> Origin | None:
    """The comment that holds most of a passage; of several that do the earliest.

    None where it cannot be told which that is, or where so few words may have been written twice.
    """
    most = max((origin.match.shared_count for origin in origins), default=0)
    best = sorted((origin for origin in origins if origin.match.shared_count == most), key=_order_key)
    if len(best) < 2:
        return best[0] if best else None
    is_earliest = all(_is_before(best[0].comment_words, origin.comment_words) for origin in best[1:])
    return replace(best[0], holder_count=len(best)) if is_earliest and most >= LEAST_WORDS_APART else None


def _is_before(comment_words: CommentWords, other: CommentWords) -> bool:
    """True if it is known to be the earlier: by their dates or, in one thread, else by their places."""
    if comment_words.written_at is None or other.written_at is None or comment_words.written_at == other.written_at:
        return comment_words.thread == other.thread and comment_words.position < other.position
    return comment_words.written_at < other.written_at


def is_later_than(comment_words: CommentWords, when: datetime | None) -> bool:
    """True if a comment was written after the one that quotes: nobody quotes what is yet to be said."""
    return when is not None and comment_words.written_at is not None and comment_words.written_at > when


def _order_key(origin: Origin) -> tuple[bool, datetime, int, str]:
    when = origin.comment_words.written_at
    return (
        when is None,
        when or datetime.max.replace(tzinfo=UTC),
        origin.comment_words.position,
        origin.comment_words.comment,
    )


def _passage_pairs(origin: Origin) -> Pairs:
    yield ORIGIN, ox.NamedNode(origin.span)
    yield CONFIDENCE, decimal(origin.confidence)
    yield CUE, ox.Literal(origin.cue)


def _span_pairs(origin: Origin) -> Pairs:
    match = origin.match
    yield TYPE, rj("Span")
    yield rj("inComment"), ox.NamedNode(origin.comment_words.comment)
    yield rj("start"), ox.Literal(match.start)
    yield rj("end"), ox.Literal(match.end)
    yield rj("exact"), ox.Literal(origin.comment_words.text[match.start : match.end])


def _digest(note: str, text: str) -> bytes:
    """What tells whether a comment says the same as before, at the same time and place."""
    return hashlib.sha256(f"{note}\0{text}".encode()).digest()[:16]
