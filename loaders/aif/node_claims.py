"""What is claimed in an AIF graph: the claim of each I-node, at the words of a locution that state it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate

from rejoinder.loaders.aif.locution_comments import iso_time
from rejoinder.loaders.aif.view import AifView
from rejoinder.loaders.gathering.stated_checks import LONGEST_CLAIM
from rejoinder.records import AifNode, Comment, StatedClaim

MOST_PLACES = 100  # at which the words of a claim are looked for within longer words


def claim_of(node: AifNode, view: AifView, comments: Mapping[str, Comment]) -> tuple[StatedClaim, Comment | None]:
    """The claim of an I-node: where its words stand in a locution, or else in a comment made for it.

    Such a comment is by whoever uttered the locution that asserts the claim, and stands where that stands: as a reply
    to the same.
    """
    places = [comments[locution.id] for locution in view.places(node) if locution.id in comments]
    for place in places:
        span = place_of_claim(node.text, place.text)
        if span:
            return StatedClaim(place.thread, node.id, place.id, *span), None
    where = replace(places[0], id=node.id, text=node.text) if places else None
    own = where or Comment(view.graph.thread, node.id, node.text, created=iso_time(node.timestamp))
    start = len(node.text) - len(node.text.lstrip())
    end = min(len(node.text.rstrip()), start + LONGEST_CLAIM)
    return StatedClaim(own.thread, node.id, own.id, start, end), own


def place_of_claim(claim: str, text: str) -> tuple[int, int] | None:
    """Where the words of a claim stand in a text, whatever their case, the space between them and the last full stop.

    >>> place_of_claim("the tram is late.", "Ann : The tram is  late, again")
    (6, 23)
    """
    bare = claim.strip().rstrip(".!")
    phrase, stop = " ".join(lower_in_place(bare).split()), claim.strip()[len(bare) :]
    if not phrase or len(claim) > LONGEST_CLAIM:
        return None
    words, small = [match.span() for match in re.finditer(r"\S+", text)], lower_in_place(text)
    flat = " ".join(small[start:end] for start, end in words)
    at = find_whole_words(phrase, flat)
    if at is None:
        return None
    places = list(accumulate((end - start + 1 for start, end in words), initial=0))  # of the words in `flat`
    first, last = (bisect_right(places, offset) - 1 for offset in (at, at + len(phrase) - 1))
    start = words[first][0] + at - places[first]
    end = words[last][0] + at + len(phrase) - places[last]
    return start, end + len(stop) if text.startswith(stop, end) else end


def lower_in_place(text: str) -> str:
    """The text in small letters and of the same length, so that places in it stay what they are."""
    small = text.lower()
    same = len(small) == len(text)
    return small if same else "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def find_whole_words(phrase: str, flat: str) -> int | None:
    """Where the words stand that no letter or digit goes on before or after; the first hundred places are tried."""
    at = -1
    for _ in range(MOST_PLACES):
        at = flat.find(phrase, at + 1)
        if at < 0:
            return None
        end = at + len(phrase)
        before, after = flat[at - 1 : at + 1], flat[end - 1 : end + 1]
        if not (at and before.isalnum()) and not (end < len(flat) and after.isalnum()):
            return at
    return None
