"""Which comment one of a flat page answers where no word of it says so: by place and shared words, as a model weighs.

What it looks at is what tells conversations in a stream of messages apart: distance, whose turn it is, shared words
(Elsner and Charniak 2010, "Disentangling Chat", Computational Linguistics 36(3)).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rejoinder.loaders.extract.addressing.talk import Talk
from rejoinder.loaders.extract.model.linear import YES, Model, Weighing, feature_difference
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.text.words import weighted_overlap
from rejoinder.records import Comment

MOST_CANDIDATES = 8  # comments of others before one that it can answer, beside the post that it stands below
COMMENTS_SEARCHED = 3 * MOST_CANDIDATES  # comments before it among which they are sought
FARTHEST_BACK = 4  # from so many comments back one is as far as another
LATEST_COUNTED = 30  # comments below a post from which more make no difference: no labelled thread is much longer
BRIEF_WORDS = 12  # words of a brief comment
CROWD_COMMENTS = 40  # comments from which a thread can be a crowd's, where so many of their writers ...
CROWD_SHARE = 0.7  # ... for each comment speak: most of them once


def is_crowd(comments: Sequence[Comment]) -> bool:
    """True for many comments of which nearly each is by another: nobody takes turns there, and most answer the post."""
    return len(comments) >= CROWD_COMMENTS and len({comment.author for comment in comments}) >= CROWD_SHARE * len(
        comments
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A comment that another may answer, and what shows that it does."""

    reading: Reading
    features: Mapping[str, float]


def addressee_candidates(reading: Reading, talk: Talk) -> list[Candidate]:
    """The post that a comment stands below, if by another, and the last comments of others there, oldest first.

    A long chat has no such post: its first message is one among others.
    """
    comment, post = reading.comment, talk.post_of(reading.comment)
    if post is None or comment.author is None or not reading.blocks:
        return []
    heard_ids, spoke = talk.heard_beside(comment), talk.has_spoken_beside(comment)
    if comment.parent is None and talk.post is None and len(heard_ids) > LATEST_COUNTED:
        post = None
    recent = [talk.readings[name] for name in heard_ids[-COMMENTS_SEARCHED:] if post is None or name != post.id]
    places = [at for at, prior in enumerate(recent) if has_different_author(prior.comment, comment)][-MOST_CANDIDATES:]
    posts = [post] if post is not None and has_different_author(post, comment) else []
    readings = [*(talk.readings[opener.id] for opener in posts), *(recent[at] for at in places)]
    placed = [
        *(post_place_features(len(heard_ids)) for _ in posts),
        *place_features(recent, places, comment, spoke=spoke),
    ]
    worded, calls = shared_word_features(reading, readings, talk.weight), {call.id for call in talk.said_to(comment)}
    standing = (place_name(at, len(readings), opens=bool(posts)) for at in range(len(readings)))
    kinds = (
        kind_by_place_features(place, candidate, reading, spoke=spoke)
        for place, candidate in zip(standing, readings, strict=True)
    )
    return [
        Candidate(candidate, place | words | kind | candidate_features(candidate, calls))
        for candidate, place, words, kind in zip(readings, placed, worded, kinds, strict=True)
    ]


def has_different_author(comment: Comment, other: Comment) -> bool:
    """True unless both are by one author."""
    return comment.author != other.author


def place_name(number: int, many: int, *, opens: bool) -> str:
    """What a candidate is by its place: the post, the comment right before, or one further up."""
    if opens and number == 0:
        return "post"
    return "before" if number == many - 1 else "far"


def post_place_features(comment_count: int) -> dict[str, float]:
    """What shows of the post by its place, after so many comments below it."""
    return {"the post": 1.0, "the post, late": math.log(1 + min(comment_count, LATEST_COUNTED)) / 3}


def place_features(
    recent: Sequence[Reading], places: Sequence[int], comment: Comment, *, spoke: bool
) -> Iterator[dict[str, float]]:
    """What shows of each comment by its place among the `recent` ones: how far back, and whose turn it is.

    `spoke` tells that the comment's author has spoken there, perhaps before all of these.
    """
    own = max(
        (at for at, reading in enumerate(recent) if not has_different_author(reading.comment, comment)), default=-1
    )
    for number, at in enumerate(places):
        features = {f"back {min(len(places) - number, FARTHEST_BACK)}": 1.0}
        if spoke:
            features["since its author spoke" if at > own else "before its author spoke"] = 1.0
        if number == len(places) - 1 and 0 <= own == at - 1:
            features["taking turns"] = 1.0
        yield features


def shared_word_features(
    reading: Reading, readings: Sequence[Reading], weight: Mapping[str, float]
) -> Iterator[dict[str, float]]:
    """What shows of each by the words it shares."""
    shares = [weighted_overlap(reading.stems, other.stems, weight) for other in readings]
    most = max(shares, default=0.0)
    for share in shares:
        yield {"share": share, "most shared" if share == most else "less shared": 1.0} if share else {"no share": 1.0}


def candidate_features(reading: Reading, calls: Collection[str]) -> dict[str, float]:
    """What shows of a candidate wherever it stands; `calls` are those that speak to the comment's author."""
    features = {"length": math.log(1 + len(reading.words)) / 5}
    return features | ({"speaks to its author": 1.0} if reading.comment.id in calls else {})


def kind_by_place_features(place: str, candidate: Reading, reading: Reading, *, spoke: bool) -> dict[str, float]:
    """What shows of a candidate together with where it stands."""
    flags = {
        "brief": len(reading.words) <= BRIEF_WORDS,
        "new": not spoke,
        "asks": any(sentence.asks for sentence in candidate.sentences),
    }
    return {f"{name}, {place}": 1.0 for name, holds in flags.items() if holds}


def ranked_candidates(reading: Reading, talk: Talk, model: Model) -> list[tuple[Candidate, float]]:
    """The comments that one may answer with how likely it is each, the likeliest first; they sum to 1."""
    candidates = addressee_candidates(reading, talk)
    place = model.labels.index(YES)
    scores = [model.scores(candidate.features)[place] for candidate in candidates]
    most = max(scores, default=0.0)
    powers = [math.exp(score - most) for score in scores]
    ranked = sorted(zip(powers, range(len(candidates)), strict=True), reverse=True)
    return [(candidates[at], power / sum(powers)) for power, at in ranked]


def difference_weighed(candidate: Candidate, other: Candidate | None, model: Model) -> Weighing:
    """What speaks for one candidate more, or less, than for another."""
    return Weighing(model, feature_difference(candidate.features, {} if other is None else other.features))
