"""Near-duplicate claims of a thread: pairs whose vectors are alike are proposed to a person, and never merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rejoinder.loaders.embeddings.vectors import Vectors, cosines
from rejoinder.loaders.extract.text.lexicon import NEGATIONS
from rejoinder.loaders.extract.text.words import content_stems, words
from rejoinder.records import (
    Claim,
    ClaimRef,
    Discussion,
    Kind,
    Method,
    Move,
    make_move,
)

CUE = "embedding"
BLOCK = 256  # claims that are compared at once
REACH = 20_000  # claims before it, at most, that a claim is compared with
PAIRS_TRIED = 20  # of the claims that are most like it
PAIRS_KEPT = 5  # pairs of a claim at most
LEAST_CONTENT_WORDS = 3  # words with content that a claim has at least: "Yes." and "Agreed." are like too many


@dataclass(frozen=True, slots=True)
class PlacedClaim:
    """A claim, where it was first said, and what the model is not trusted with: its negations and its numbers."""

    claim: Claim
    place: tuple[int, int]
    negations: int
    numbers: frozenset[str]


def similarities(discussion: Discussion, claims: Sequence[Claim], vectors: Vectors, least: float) -> list[Move]:
    """Similarity moves between claims of a thread, from the later to the earlier, with the cosine as confidence.

    A pair is left out whose negations or numbers differ: such reversals score higher than paraphrases do. A claim is in
    PAIRS_KEPT pairs at most, the most alike.
    """
    placed = claims_in_order(discussion, claims)
    vectors.learn(placed_claim.claim.text for placed_claim in placed)
    pairs = [
        (score, first, other)
        for score, first, other in similar_pairs(vectors, [placed_claim.claim.text for placed_claim in placed], least)
        if may_be_similar(placed[first], placed[other])
    ]
    return [
        similarity_move(discussion, placed[first].claim, placed[other].claim, score)
        for score, first, other in best_pairs(pairs)
    ]


def claims_in_order(discussion: Discussion, claims: Sequence[Claim]) -> list[PlacedClaim]:
    """The claims that say enough, in the order of the thread's comments."""
    order = {comment.id: number for number, comment in enumerate(discussion.comments)}
    placed_claims = []
    for claim in claims:
        claim_words = words(claim.text)
        if len(content_stems(claim_words)) >= LEAST_CONTENT_WORDS:
            place = (order.get(claim.spans[0].comment, len(order)), claim.spans[0].start)
            numbers = frozenset(word for word in claim_words if any(sign.isdigit() for sign in word))
            negations = sum(word in NEGATIONS for word in claim_words)
            placed_claims.append(PlacedClaim(claim, place, negations, numbers))
    return sorted(placed_claims, key=lambda placed_claim: (placed_claim.place, placed_claim.claim.id))


def similar_pairs(vectors: Vectors, texts: Sequence[str], least: float) -> Iterator[tuple[float, int, int]]:
    """Pairs (score, later, earlier) of at least that cosine, the PAIRS_TRIED best of each text; in blocks of rows."""
    rows = vectors.rows(texts)
    for start in range(0, len(texts), BLOCK):
        first = max(0, start - REACH)
        scores = cosines(rows[start : start + BLOCK], rows[first : start + BLOCK])
        for number, row in enumerate(scores):
            later = start + number
            for place in largest_places(row[: later - first], least):
                yield float(row[place]), later, first + int(place)


def largest_places(row: NDArray[np.float64], least: float) -> NDArray[np.intp]:
    """The places of the PAIRS_TRIED largest scores that are large enough, the earlier of equals first."""
    (places,) = np.nonzero(row >= least)
    if len(places) <= PAIRS_TRIED:
        return places
    return places[np.argsort(-row[places], kind="stable")[:PAIRS_TRIED]]


def may_be_similar(placed_claim: PlacedClaim, other: PlacedClaim) -> bool:
    """True if the two differ neither in negations nor in numbers, nor share characters of a comment."""
    if placed_claim.negations != other.negations or placed_claim.numbers != other.numbers:
        return False
    return not any(
        a.comment == b.comment and a.common(b) > 0 for a in placed_claim.claim.spans for b in other.claim.spans
    )


def best_pairs(pairs: Sequence[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """The pairs, best first, as long as neither claim is in PAIRS_KEPT of them already."""
    used: Counter[int] = Counter()
    best = []
    for score, first, other in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if max(used[first], used[other]) < PAIRS_KEPT:
            used.update((first, other))
            best.append((score, first, other))
    return best


def similarity_move(discussion: Discussion, claim: Claim, other: Claim, score: float) -> Move:
    """The Similarity of two claims; nobody made it, so it has no author."""
    return make_move(
        discussion.thread.key,
        Kind.SIMILARITY,
        [ClaimRef(claim.id)],
        ClaimRef(other.id),
        comment=claim.spans[0].comment,
        target_comment=other.spans[0].comment,
        evidence=claim.spans[:1],
        confidence=score,
        method=Method.MODEL,
        cue=CUE,
    )
