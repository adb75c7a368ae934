"""What a name on the command line means: a claim or a move by its id, or else the claims that hold these words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rejoinder.errors import NotFound
from rejoinder.graph.neighbourhood import claim_iri
from rejoinder.graph.publish import Snapshot
from rejoinder.graph.views import rows, view
from rejoinder.tables import Row, wrapped

ID = re.compile(r"[0-9a-f]{8,32}|\w+:.*/.*")  # an id, the beginning of one, or an IRI
MOST = 10
HOW = "expected an IRI, an id or its first 8 digits (`rejoinder unanswered` shows ids), or words that a claim holds"


def named(snapshot: Snapshot, words: Sequence[str]) -> str:
    """The IRI of the claim or move that was named. Raises NotFound, with the claims that hold the words if any do."""
    name = " ".join(words)
    if ID.fullmatch(name):
        return claim_iri(snapshot, name)
    found = _holding(snapshot, name.lower().split())
    if not found:
        raise NotFound(f"no claim {name!r}, and no move: {HOW}")
    listed = (
        wrapped(str(row["text"]), first=f"  {str(row['claim']).rsplit('/', 1)[-1][:12]}  ", rest=" " * 16)
        for row in found[:MOST]
    )
    more = [f"  and {len(found) - MOST} more"] if len(found) > MOST else []
    raise NotFound("\n".join([f"no id {name!r}; claims that hold these words, by their ids:", *listed, *more]))


def _holding(snapshot: Snapshot, words: Sequence[str]) -> list[Row]:
    """The claims whose text holds each of the words, in any case, the most attacked first."""
    if not words:
        return []
    found = rows(snapshot.store, view("claims"), {"words": max(words, key=len)}).rows
    return [row for row in found if all(word in str(row["text"]).lower() for word in words)]
