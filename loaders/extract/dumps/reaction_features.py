"""What an own paragraph of a dump does: what it shows by itself, and below a quotation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rejoinder.loaders.extract.dumps.quoting import ParagraphFeatures, share_of_words
from rejoinder.loaders.extract.points import features
from rejoinder.loaders.extract.text.reading import Reading

NEAR_PARAGRAPHS = 3  # paragraphs below a quotation that are held against it
FEATURES_ABOVE = ("introduces", "ends asking", "of its writer", "to somebody", "looks like: aside", "looks like: head")


def reaction_features(
    number: int,
    readings: Sequence[Reading],
    looks: Sequence[ParagraphFeatures],
    quoted: int | None,
    weight: Mapping[str, float],
) -> dict[str, float]:
    """The features of the own paragraph of that number; `quoted` is the number of the last quotation above it."""
    reading = readings[number]
    values = dict(looks[number])
    values |= {f"first: {name}": value for name, value in features.passage_features(reading.sentences[:1]).items()}
    values["words shared above"] = share_of_words(number, -1, readings, weight)
    if number > 0:
        above = looks[number - 1]
        values |= {f"above: {name}": above[name] for name in FEATURES_ABOVE if name in above}
    return values | features_below_quotation(number, readings, quoted, weight)


def features_below_quotation(
    number: int, readings: Sequence[Reading], quoted: int | None, weight: Mapping[str, float]
) -> dict[str, float]:
    """What it shows below the quotation: how far, and how it stands to its words."""
    reading = readings[number]
    if quoted is None or number - quoted > NEAR_PARAGRAPHS:
        return {"no quotation near": 1.0}
    values = {f"{number - quoted} below a quotation": 1.0}
    words = readings[quoted].sentences
    if reading.sentences and words:
        values |= {
            f"beside the quotation: {name}": value
            for name, value in features.pair_features(reading.sentences, words, weight).items()
        }
        values |= features.other_features(words)
    return values
