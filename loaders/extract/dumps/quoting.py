"""Whether a paragraph of a dump is somebody else's words: what it shows beside its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rejoinder.loaders.extract.dumps import signs
from rejoinder.loaders.extract.moves.naming import PLACES
from rejoinder.loaders.extract.points import features
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.text.words import weighted_overlap

ParagraphFeatures = Mapping[str, float]
# What of the paragraph above says that a new comment may begin.
FEATURES_ABOVE = (
    "words thanking",
    "looks like: aside",
    "looks like: head",
    "few words",
    "exclaims",
    "length",
    "ends asking",
)


def quotation_features(
    number: int,
    readings: Sequence[Reading],
    looks: Sequence[ParagraphFeatures],
    weight: Mapping[str, float],
    casual: bool,
) -> dict[str, float]:
    """The features of the paragraph of that number; `looks` are those of all by themselves.

    `casual` as in `quotation_signs`.
    """
    reading = readings[number]
    values = dict(looks[number])
    values |= {f"words shared {name}": share_of_words(number, at, readings, weight) for name, at in PLACES.items()}
    values["rather below"] = values["words shared below"] - values["words shared above"]
    if casual and reading.comment.text[:1].isupper():
        values["capital in a dump without"] = 1.0
    if signs.is_taken_up_below(number, readings):
        values["taken up below"] = 1.0
    if signs.is_fragment(reading, casual):
        values["a fragment"] = 1.0
    if number + 1 < len(readings):
        below = readings[number + 1]
        values |= {f"below: {name}": value for name, value in looks[number + 1].items()}
        if reading.sentences and below.sentences:
            against = features.pair_features(below.sentences, reading.sentences, weight)
            values |= {f"below, beside this: {name}": value for name, value in against.items()}
    if number > 0:
        above = looks[number - 1]
        values |= {f"above: {name}": above[name] for name in FEATURES_ABOVE if name in above}
    return {name: value for name, value in values.items() if value}


def share_of_words(number: int, at: int, readings: Sequence[Reading], weight: Mapping[str, float]) -> float:
    """How much the paragraph shares with the one so many places further, 0..1."""
    place = number + at
    return (
        min(1.0, 2 * weighted_overlap(readings[number].stems, readings[place].stems, weight))
        if 0 <= place < len(readings)
        else 0.0
    )
