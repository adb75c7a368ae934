"""Terms and triples as N-Triples writes them, of which a load is made: to parse quads is faster than to make each.

Where `rj`, `decimal` and `date_time` of terms.py make terms of pyoxigraph, those here write them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

import pyoxigraph as ox

from rejoinder.graph.triples.terms import RJ, XSD, date_time_text, decimal_text

Term: TypeAlias = str
Triple: TypeAlias = tuple[Term, str, Term]  # of the predicate only its IRI, by which it is told everywhere
Pairs: TypeAlias = Iterable[tuple[str, Term]]  # predicates and objects of one subject


def iri(text: str) -> Term:
    """An IRI, which must be one."""
    return f"<{text}>"


def string(text: str) -> Term:
    r"""A plain string literal.

    >>> string('a "b"\n')
    '"a \\"b\\"\\n"'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


@lru_cache(maxsize=2**9)
def rj(name: str) -> Term:
    """A term of the Rejoinder vocabulary."""
    return iri(RJ + name)


def integer(value: int) -> Term:
    """An xsd:integer."""
    return f'"{value}"^^<{XSD}integer>'


def boolean(value: bool) -> Term:
    """An xsd:boolean."""
    return f'"{str(value).lower()}"^^<{XSD}boolean>'


@lru_cache(maxsize=2**12)
def decimal(value: float) -> Term:
    """An xsd:decimal in the form that Oxigraph stores."""
    return f'"{decimal_text(value)}"^^<{XSD}decimal>'


def date_time(text: str) -> Term:
    """An xsd:dateTime of an ISO 8601 string in the form that Oxigraph stores."""
    return f'"{date_time_text(text)}"^^<{XSD}dateTime>'


def lines(triples: Iterable[Triple], graph: str) -> bytes:
    """The triples as N-Quads of the graph of this IRI."""
    end = f" <{graph}> .\n"
    return "".join([f"{subject} <{predicate}> {value}{end}" for subject, predicate, value in triples]).encode()


def quad_parts(triples: Iterable[Triple], graph: str, size: int) -> Iterator[tuple[ox.Quad, ...]]:
    """The same, so many at a time: quads take more memory than what they are made of."""
    waiting = iter(triples)
    while part := list(islice(waiting, size)):
        yield quads(part, graph)


def quads(triples: Iterable[Triple], graph: str) -> tuple[ox.Quad, ...]:
    """The triples as quads of the graph of this IRI."""
    return tuple(ox.parse(lines(triples, graph), format=ox.RdfFormat.N_QUADS, lenient=True))
