"""What `--thread` means, and what is said where it means no thread or several."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pyoxigraph as ox

from rejoinder.errors import BadParameter, NotFound
from rejoinder.graph.maps.lines import clean_line
from rejoinder.graph.queries.threads import KnownThread, known_threads, threads_of_name
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.tables import wrap_text

MOST_NAMED = 10  # threads listed where several fit


def thread_named(snapshot: Snapshot, name: str) -> ox.NamedNode:
    """The only thread that `name` means, as `graph.queries.threads` reads it.

    Raises BadParameter, with the threads to choose from, where none or several fit, NotFound for the IRI of another.
    """
    threads = threads_of_name(snapshot, name)
    if len(threads) == 1:
        return ox.NamedNode(threads[0].iri)
    if threads:
        raise BadParameter(
            _thread_list(f"--thread: {len(threads)} threads are named {name!r}; give one's SITE/ID", threads)
        )
    if name.startswith(snapshot.base):
        raise NotFound(f"--thread: no thread {name[:80]!r} is loaded; `rejoinder views threads` lists those that are")
    if not (loaded := known_threads(snapshot)):
        raise BadParameter(f"--thread: no thread is named {name!r}: nothing is loaded")
    raise BadParameter(_thread_list(f"--thread: no thread is named {name!r}; loaded, by SITE/ID, are", loaded))


def _thread_list(head: str, threads: Sequence[KnownThread]) -> str:
    lines = (
        wrap_text(f"{clean_line(thread.whole)} · {thread.title or 'without a title'}", first="  ", rest="    ")
        for thread in islice(threads, MOST_NAMED)
    )
    more = (
        [f"  and {len(threads) - MOST_NAMED} more; `rejoinder views threads` lists all"]
        if len(threads) > MOST_NAMED
        else []
    )
    return "\n".join([head, *lines, *more])
