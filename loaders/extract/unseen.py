"""What a comment does to one that was never loaded: as in a dump, only what its own words and quotations show."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby

from rejoinder.loaders.extract.dumps.paragraph_acts import Goal, Mood, Place, speaks_to_other
from rejoinder.loaders.extract.dumps.reactions import add_paragraph_moves
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.points.quotes import Quote
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.weighing.targets import TargetComment


def add_unseen_moves(
    reading: Reading,
    own: Sequence[Point],
    quoted: Sequence[Quote],
    target_by_id: Mapping[str, TargetComment],
    ledger: Ledger,
) -> None:
    """Adds the moves of a comment whose parent is not loaded; what follows a quotation is aimed at its words."""
    mood = Mood.NEUTRAL
    to_other = any(speaks_to_other(sentence) for sentence in reading.sentences)
    marked = [quote for quote in quoted if quote.marked]
    ends = [quote.source.end for quote in marked]
    for above, group in groupby(own, key=lambda point: bisect_right(ends, point.span.start)):
        if not above:
            continue
        goal = quoted_goal(marked[above - 1], target_by_id, ledger)
        mood = add_paragraph_moves(reading, tuple(group), Place(goal, None, mood), ledger, to_other)


def quoted_goal(quote: Quote, target_by_id: Mapping[str, TargetComment], ledger: Ledger) -> Goal:
    """The claim whose words are quoted, or else those words where they are quoted; who said them is then not known."""
    other = target_by_id.get(quote.target.comment) if quote.target is not None else None
    if quote.target is None or other is None:
        return Goal(ledger.claim(quote.source, None), quote.source.comment)
    quoted = quote.target
    spans = [point.span for point in other.candidates if point.span.common(quoted) > 0]
    span = max(spans, key=quoted.common, default=quoted)
    return Goal(ledger.claim(span, other.reading.comment.author), span.comment)
