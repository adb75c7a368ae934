"""IRIs as tables show them: short, with all of the IRI still there to be copied."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rejoinder.graph.triples.terms import PREFIXES

DIGITS = 12  # of the 32 of a claim or a move that are shown
LONGEST = 40  # characters of any other IRI that are shown
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_HASH = re.compile(r"((?:claim|move|judgement|extraction)/[0-9a-f]{12})[0-9a-f]{20}")


@dataclass(frozen=True, slots=True)
class ShortIri:
    """An IRI in three parts, of which only the middle one shows; what stands for a part that does not is `prefix`."""

    before: str
    shown: str
    after: str = ""
    prefix: str = ""


def short_iri(iri: str, base: str) -> ShortIri:
    """How a table shows an IRI: by a prefix, or without what all IRIs of the store begin with, or its last part.

    >>> short_iri("https://w3id.org/rejoinder/ns#status", "https://r.example/")
    ShortIri(before='https://w3id.org/rejoinder/ns#', shown='status', after='', prefix='rj:')
    >>> short_iri("https://forum.example/t/late-fees#q7hd2", "https://r.example/").shown
    'forum.example/t/late-fees#q7hd2'
    """
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and _LOCAL.fullmatch(iri[len(space) :]):
            return ShortIri(space, iri[len(space) :], prefix=f"{prefix}:")
    start = len(base) if iri.startswith(base) and iri != base else _scheme_length(iri)
    own = iri[start:]
    if start == len(base) and (match := _HASH.fullmatch(own)):
        return ShortIri(base, match[1], own[len(match[1]) :])
    if len(own) > LONGEST:
        last = re.search(r"[^/#]+[/#]?$", own)
        start += last.start() if last else 0
    return ShortIri(iri[:start], iri[start : start + LONGEST], iri[start + LONGEST :])


def _scheme_length(iri: str) -> int:
    """How many characters of it say no more than that it is an address of the web."""
    match = re.match("https?://", iri)
    return match.end() if match and match.end() < len(iri) else 0
