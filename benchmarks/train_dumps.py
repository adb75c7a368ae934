"""What the models of flattened dumps learn from: paragraphs of the labelled dumps, as extraction sees them.

`benchmarks.train_models` fits the two models: `quoted`, whether a paragraph is somebody else's words where no sign
decides, and `reaction`, what one does that is the owner's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rejoinder.loaders.extract.dumps.paragraph_features import paragraph_features
from rejoinder.loaders.extract.dumps.paragraphs import is_open, roles_by_signs, writes_lower_case
from rejoinder.loaders.extract.dumps.quoting import ParagraphFeatures, quotation_features
from rejoinder.loaders.extract.dumps.reaction_features import reaction_features
from rejoinder.loaders.extract.dumps.signs import Role
from rejoinder.loaders.extract.labelled_dumps import REACTING, LabelledDump, LabelledParagraph
from rejoinder.loaders.extract.model.linear import NO, YES
from rejoinder.loaders.extract.text.reading import Reading, read_comment
from rejoinder.loaders.extract.text.words import stem_weights
from rejoinder.records import Comment, Discussion, Thread, ThreadKey

LEAST = 8  # paragraphs in which a feature must occur to be weighed
Row = tuple[Mapping[str, float], str]


@dataclass(frozen=True)
class DumpView:
    """A labelled dump as extraction sees it: its paragraphs, what they look like, and how much each word weighs."""

    dump: LabelledDump
    readings: Sequence[Reading]
    looks: Sequence[ParagraphFeatures]
    weight: Mapping[str, float]


def discussion(dump: LabelledDump) -> Discussion:
    """The dump as a loader would give it."""
    key = ThreadKey("corpus", dump.name)
    comments = (
        Comment(key, str(place), paragraph.text, author="owner", position=place)
        for place, paragraph in enumerate(dump.paragraphs)
    )
    return Discussion(Thread(key), tuple(comments))


def seen(dump: LabelledDump) -> DumpView:
    """The dump, read."""
    readings = [read_comment(comment) for comment in discussion(dump).comments]
    weight = stem_weights(sentence.stems for reading in readings for sentence in reading.sentences)
    return DumpView(dump, readings, [paragraph_features(reading) for reading in readings], weight)


def quotations(view: DumpView) -> Iterator[Row]:
    """Each paragraph that no sign decides, and whether it is quoted."""
    casual = writes_lower_case(view.readings)
    for number, standing in enumerate(roles_by_signs(view.readings, view.weight, casual)):
        if is_open(standing):
            features = quotation_features(number, view.readings, view.looks, view.weight, casual)
            yield features, YES if is_quoted(view.dump.paragraphs[number]) else NO


def reactions(view: DumpView) -> Iterator[Row]:
    """Each paragraph of the owner's that no look decides, below the quotations that are labelled, and what it does."""
    last: int | None = None
    for number, standing in enumerate(roles_by_signs(view.readings, view.weight, writes_lower_case(view.readings))):
        paragraph = view.dump.paragraphs[number]
        if is_quoted(paragraph):
            last = number
        elif standing.role in (Role.OWN, Role.QUOTE):
            yield reaction_features(number, view.readings, view.looks, last, view.weight), deed_of(paragraph)


def is_quoted(paragraph: LabelledParagraph) -> bool:
    """True for somebody else's words."""
    return paragraph.labels[0] == "quote"


def deed_of(paragraph: LabelledParagraph) -> str:
    """What it mainly does: react, or stand aside, or none of these."""
    main = paragraph.labels[0]
    return main if main in REACTING else "aside" if main in ("aside", "head") else "none"


def without_rare_features(rows: Sequence[Row]) -> list[Row]:
    """The rows without the features that hardly any of them have."""
    counts = Counter(name for features, _ in rows for name in features)
    return [({name: value for name, value in values.items() if counts[name] >= LEAST}, label) for values, label in rows]


def rows(labelled_dumps: Iterable[LabelledDump]) -> dict[str, list[Row]]:
    """What each of the two models learns from."""
    read = [seen(dump) for dump in labelled_dumps]
    return {
        "quoted": without_rare_features([row for view in read for row in quotations(view)]),
        "reaction": without_rare_features([row for view in read for row in reactions(view)]),
    }
