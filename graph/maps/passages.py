"""Words with those around them: a place in a comment, shown with the beginning of what stands before and after it."""

from __future__ import annotations

from dataclasses import dataclass

from rejoinder.graph.maps.nodes import Place


@dataclass(frozen=True, slots=True)
class Passage:
    """The words `exact` of a place, with what stands around; `cut_before` and `cut_after` where there is still more."""

    place: Place
    before: str
    exact: str
    after: str
    cut_before: bool
    cut_after: bool


def passage_around(content: str, place: Place, *, around: int) -> Passage:
    """The place in its comment, whose text is `content`, with about `around` characters on each side of it."""
    start, end = place.start or 0, place.end if place.end is not None else len(content)
    first, last = _word_end(content, start - around), _word_end(content, end + around)
    after = content[end:last].rstrip() if last < len(content) else content[end:]
    return Passage(place, content[first:start], content[start:end], after, first > 0, last < len(content))


def _word_end(text: str, near: int) -> int:
    """The end of the word at a position, so that a cut falls between words; clamped to the text."""
    if near <= 0 or near >= len(text):
        return min(max(near, 0), len(text))
    space = text.find(" ", near, near + 40)
    return space + 1 if space >= 0 else near
