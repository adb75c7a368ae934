"""Which loaded threads a name means: an IRI, SITE/ID or id, the beginning of one, or words of a title."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from rejoinder.graph.queries.near import plain_form
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.predicates import TITLE
from rejoinder.graph.triples.terms import TYPE, Names, rj


@dataclass(frozen=True, slots=True)
class KnownThread:
    """A loaded thread: its IRI, its id, SITE/ID, and its title."""

    iri: str
    id: str
    whole: str
    title: str


def threads_of_name(snapshot: Snapshot, name: str) -> tuple[KnownThread, ...]:
    """The threads that a name means: one where it is clear, several where it is not, none where none fits.

    An IRI comes first, also without what all of them begin with; then an exact id, a beginning, and words of a title.
    """
    for text in (name, f"{snapshot.base}thread/{name}"):
        if text.startswith(snapshot.base) and (iri := _iri(text)) is not None and snapshot.has_thread(iri):
            return (_known_thread(snapshot, iri),)
    threads = known_threads(snapshot)
    return next((matches for fits in _name_tests(name) if (matches := tuple(filter(fits, threads)))), ())


def known_threads(snapshot: Snapshot) -> tuple[KnownThread, ...]:
    """All loaded threads, by SITE/ID."""
    quads = snapshot.store.quads_for_pattern(None, TYPE, rj("Thread"), None)
    nodes = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return tuple(sorted((_known_thread(snapshot, node) for node in nodes), key=lambda thread: thread.whole))


def _name_tests(name: str) -> Iterator[Callable[[KnownThread], bool]]:
    """The ways in which a name may fit, the strictest first."""
    words = plain_form(name).split()
    composed = _composed_name(name)
    yield lambda thread: name in (thread.id, thread.whole)
    yield lambda thread: composed in (_composed_name(thread.id), _composed_name(thread.whole))
    if not words:
        return
    yield (
        lambda thread: (
            _composed_name(thread.id).startswith(composed) or _composed_name(thread.whole).startswith(composed)
        )
    )
    yield lambda thread: all(word in plain_form(thread.title) for word in words)


def _composed_name(name: str) -> str:
    """A name in NFC: files of a Macintosh, after which threads are called, are named in another form."""
    return unicodedata.normalize("NFC", name)


def _known_thread(snapshot: Snapshot, iri: ox.NamedNode) -> KnownThread:
    key = Names(snapshot.base).key_of(iri.value)
    return KnownThread(iri.value, key.id, f"{key.site}/{key.id}", snapshot.value(iri, TITLE) or "")


def _iri(text: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(text)
    except ValueError:
        return None
