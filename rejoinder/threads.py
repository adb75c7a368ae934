"""What `--thread` means: a thread by its id, SITE/ID or IRI, or by the beginning of an id or words of its title."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from rejoinder.errors import BadParameter, NotFound
from rejoinder.graph.publish import Snapshot
from rejoinder.graph.terms import Names
from rejoinder.graph.views import iri_of, rows, view
from rejoinder.near import plain
from rejoinder.tables import clean, wrapped

MOST = 10  # threads listed where several fit


@dataclass(frozen=True, slots=True)
class Known:
    """A loaded thread: its IRI, its id, SITE/ID, and its title."""

    iri: str
    id: str
    whole: str
    title: str


def thread_named(snapshot: Snapshot, name: str) -> ox.NamedNode:
    """The only thread that `name` means; an exact id comes before a beginning, and that before a title.

    Raises BadParameter, with the threads to choose from, where none or several fit, NotFound for the IRI of another.
    """
    if name.startswith(snapshot.base):
        iri = iri_of("--thread", name)
        if not snapshot.has_thread(iri):
            raise NotFound(
                f"--thread: no thread {name[:80]!r} is loaded; `rejoinder views threads` lists those that are"
            )
        return iri
    known = list(_known(snapshot))
    for fits in _ways(name):
        found = [one for one in known if fits(one)]
        if len(found) == 1:
            return ox.NamedNode(found[0].iri)
        if found:
            raise BadParameter(_listed(f"--thread: {len(found)} threads are named {name!r}; give one's SITE/ID", found))
    if not known:
        raise BadParameter(f"--thread: no thread is named {name!r}: nothing is loaded")
    raise BadParameter(_listed(f"--thread: no thread is named {name!r}; loaded, by SITE/ID, are", known))


def _ways(name: str) -> Iterator[Callable[[Known], bool]]:
    """The ways in which a name may fit, the strictest first."""
    words = plain(name).split()
    yield lambda one: name in (one.id, one.whole)
    if not words:
        return
    yield lambda one: one.id.startswith(name) or one.whole.startswith(name)
    yield lambda one: all(word in plain(one.title) for word in words)


def _known(snapshot: Snapshot) -> Iterator[Known]:
    for row in rows(snapshot.store, view("threads"), {}).rows:
        key = Names(snapshot.base).key_of(str(row["thread"]))
        yield Known(str(row["thread"]), key.id, f"{key.site}/{key.id}", str(row["title"] or ""))


def _listed(head: str, found: Sequence[Known]) -> str:
    lines = (
        wrapped(f"{clean(one.whole)} · {one.title or 'without a title'}", first="  ", rest="    ")
        for one in islice(found, MOST)
    )
    more = [f"  and {len(found) - MOST} more; `rejoinder views threads` lists all"] if len(found) > MOST else []
    return "\n".join([head, *lines, *more])
