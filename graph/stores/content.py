"""The content of a store as one number: a sum over its quads, so that a change costs only what was changed."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from itertools import repeat

import pyoxigraph as ox

SCHEME = f"pyoxigraph-{ox.__version__}"  # whose hashes these are: those of another version are no part of the same sum
_WIDTH = 32  # bytes of a sum


def content_of(quads: Iterable[ox.Quad]) -> int:
    """The sum, modulo 2**256, of the cubes of the quads' hashes (64 bits, the same in every process).

    `quads` must not repeat one. Sums of disjoint sets add up to that of their union, in any order (AdHash: Bellare and
    Micciancio 1997, "A new paradigm for collision-free hashing"); cubes make numbers wide enough that sums of many do
    not meet. Two contents are told apart by it; it is no signature.

    >>> one, two = (ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(text)) for text in "ab")
    >>> as_content(content_of([one]) + content_of([two])) == content_of([two, one])
    True
    """
    return as_content(sum(map(pow, map(hash, quads), repeat(3))))


def as_content(total: int) -> int:
    """A sum or difference of contents as a content."""
    return total % (1 << 8 * _WIDTH)


def content_name(total: int) -> str:
    """16 hexadecimal digits that name a content."""
    return sha256(total.to_bytes(_WIDTH)).hexdigest()[:16]
