"""Reading order for maps whose comments have no dates, by the numbers in their ids."""

from __future__ import annotations

from rejoinder.graph.exports.ends import Ends
from rejoinder.records import Claim, natural_key


def claims_in_order(ends: Ends) -> list[Claim]:
    """The claims as they are read: by date or place where comments have one, else by the numbers in their ids."""
    found = ends.claims()
    if any(one.created is not None or one.position is not None for one in ends.map.discussion.comments):
        return found
    return sorted(
        found, key=lambda one: (natural_key(one.spans[0].comment), one.spans[0].start) if one.spans else ((), 0)
    )
