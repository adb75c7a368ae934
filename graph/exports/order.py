"""Reading order for maps whose comments have no dates, by the numbers in their ids."""

from __future__ import annotations

from rejoinder.graph.exports.ends import Ends
from rejoinder.records import Claim, natural_key


def claims_in_order(ends: Ends) -> list[Claim]:
    """The claims as they are read: by date or place where comments have one, else by the numbers in their ids."""
    claims = ends.claims()
    if any(comment.created is not None or comment.position is not None for comment in ends.map.discussion.comments):
        return claims
    return sorted(
        claims,
        key=lambda claim: (natural_key(claim.spans[0].comment), claim.spans[0].start) if claim.spans else ((), 0),
    )
