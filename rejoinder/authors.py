"""What `--author` and `--owed` mean, and what is said where they mean nobody or several."""

from __future__ import annotations

import pyoxigraph as ox

from rejoinder.errors import BadParameter, NotFound
from rejoinder.graph.queries.authors import authors_of_name, similar_names
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.lookup import holds_quad
from rejoinder.graph.triples.predicates import SIOC_NAME

MOST_NAMED = 10  # authors listed where several bear a name


def author_named(snapshot: Snapshot, option: str, name: str, *, thread: ox.NamedNode | None = None) -> ox.NamedNode:
    """The only author whom a name or an IRI means; of a thread's site, where that decides.

    Raises BadParameter, with the IRIs to choose from, where several bear the name, NotFound where nobody does.
    """
    authors = [name] if _is_author(snapshot, name) else authors_of_name(snapshot, name, site_of=thread)
    if len(authors) > 1:
        lines = "\n".join(f"  {author}" for author in authors[:MOST_NAMED])
        raise BadParameter(f"{option}: {len(authors)} authors are called {name!r}; give the IRI of one:\n{lines}")
    if not authors:
        near = ", ".join(similar_names(snapshot, name))
        raise NotFound(f"{option}: nobody here is called {name[:80]!r}{f'; near: {near}' if near else ''}")
    return ox.NamedNode(authors[0])


def _is_author(snapshot: Snapshot, name: str) -> bool:
    """True for the IRI of an author of the store."""
    try:
        node = ox.NamedNode(name)
    except ValueError:
        return False
    return holds_quad(snapshot.store, node, ox.NamedNode(SIOC_NAME), None)
