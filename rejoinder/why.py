"""An explanation for reading in a terminal: why a move is in the map, or a claim with a line for each of its moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rejoinder.graph.explanations.steps import Step
from rejoinder.graph.explanations.weighed import Alternative, Feature, Reasons
from rejoinder.graph.explanations.whys import (
    ClaimWhy,
    End,
    Explanation,
    Given,
    MoveWhy,
    Standing,
)
from rejoinder.graph.maps.lines import author_line, clean_line, short_line
from rejoinder.graph.maps.nodes import Place
from rejoinder.graph.maps.passages import Passage
from rejoinder.graph.maps.wording import (
    NO_MOVES_NOTE,
    alternative_words,
    answered_beside_note,
    kind_noun,
    objection_counts,
    percent,
    short_decimal,
    signed_weight,
)
from rejoinder.outline import quoted_from_line
from rejoinder.records import Extraction
from rejoinder.tables import wrap_text

LABEL_WIDTH = 11  # cells of the left column
STEP_WIDTH = LABEL_WIDTH + 6  # of that and the number of a step
BAR_WIDTH = 12  # cells of the longest bar
UNSEEN_POST = "the post, which is not loaded"


def explanation_text(found: Explanation) -> str:
    """The explanation as text, folded to the terminal."""
    lines = _claim(found) if isinstance(found, ClaimWhy) else _move(found)
    return "\n".join(lines) + "\n"


def _move(one: MoveWhy) -> Iterator[str]:
    also = f" (also {', '.join(map(kind_noun, one.also))})" if one.also else ""
    yield wrap_text(f"{kind_noun(one.kind)}{also}: {one.does}")
    yield one.iri
    yield ""
    yield from _ends(one)
    yield from _row("origin", one.origin_words)
    yield from _row("sure", f"{percent(one.confidence or 0)}: {one.confidence_words}")
    yield from _row("method", f"{one.method}: {one.method_words}")
    yield from _row("cue", clean_line(one.cue))
    yield from _row("note", clean_line(one.judgement.because) if one.judgement and one.judgement.because else "")
    yield from _reasons(one.reasons, one.choice_words, noted=one.noted)
    yield from _steps(one.steps)
    yield from _aim(one)
    for complaint in one.reasons.unread if one.reasons else ():
        yield from _row("unreadable", complaint)
    yield from _extraction(None if one.judgement else one.extraction)
    if one.standing:
        yield from _standing(one.standing)


def _ends(one: MoveWhy) -> Iterator[str]:
    """Who made the move, to whom it speaks, from which words it leads, and to what."""
    yield from _row("by", " · ".join((author_line(one.author), *_where(one.made_in))))
    for number, other in enumerate(one.said_to):
        found = (
            f"{author_line(other.author)}, found, not stated: {percent(other.confidence)} sure, {clean_line(other.cue)}"
        )
        yield from _row("said to" if number == 0 else "", found)
    for source in one.sources:
        yield from _row("from", _end(source))
    for evidence in one.evidence:
        yield from _row("words", _passage(evidence))
    if one.target:
        yield from _row("aimed at", _end(one.target))
    if one.quoted_from:
        yield from _row("said by", quoted_from_line(one.quoted_from))


def _reasons(found: Reasons | None, choice: str, *, noted: bool) -> Iterator[str]:
    if not noted:
        yield from _row("weighed", "nothing was noted down")
    if found is None:
        return
    yield from _row("rule", found.rule or "")
    yield from _features(found.weighed)
    if found.total is not None and found.between and found.times is not None:
        one, other = (alternative_words(kind_noun(clean_line(name))) for name in found.between)
        yield from _row(
            "", f"{signed_weight(found.total)} in all: {one} is {found.times:.3g} times as likely as {other}"
        )
    yield from _alternatives(found.alternatives)
    yield from _row("", f"chosen, though not the likeliest: {choice}" if choice else "")
    if found.shown is not None:
        yield from _features(found.shown.weighed, "tells how")
        if found.shown.total is not None:
            yield from _row(
                "sure it is", f"{signed_weight(found.shown.total)} in all: the log odds with which the steps begin"
            )


def _features(found: Sequence[Feature], label: str = "weighed") -> Iterator[str]:
    """A line for each, with a bar of its sign: the longest is the weightiest."""
    most = max((abs(one.weight) for one in found), default=0) or 1
    for number, one in enumerate(found):
        bar = ("+" if one.weight >= 0 else "-") * max(1, round(BAR_WIDTH * (abs(one.weight) / most)))
        bar = bar.ljust(BAR_WIDTH, "·")  # not spaces, which folding would close up
        yield from _row(label if number == 0 else "", f"{signed_weight(one.weight)} {bar} {clean_line(one.name)}")


def _alternatives(found: Sequence[Alternative]) -> Iterator[str]:
    for number, one in enumerate(found):
        chosen = " (chosen)" if one.chosen else ""
        said = f"{percent(one.probability)} {alternative_words(kind_noun(clean_line(one.kind)))}{chosen}"
        yield from _row("could be" if number == 0 else "", said)


def _steps(found: Sequence[Step]) -> Iterator[str]:
    """A line for each step: how sure it is after it, what it means, and how the number came about."""
    for number, one in enumerate(found):
        how = f" ({one.how})" if one.how else ""
        yield wrap_text(
            f"{one.words}{how}",
            first=f"{'steps' if not number else '':<{LABEL_WIDTH}}{short_decimal(one.sure, '.3f'):<5} ",
            rest=" " * STEP_WIDTH,
        )


def _aim(one: MoveWhy) -> Iterator[str]:
    yield from _row("target", clean_line(one.aim_words))
    others = one.reasons.aim.others if one.reasons and one.reasons.aim else ()
    for number, other in enumerate(others):
        said = f"{_share(other.share)} “{clean_line(other.text)}”".strip()
        yield from _row("not chosen" if number == 0 else "", f"{said}: {clean_line(other.why)}" if other.why else said)


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.2f}"


def _extraction(found: Extraction | None) -> Iterator[str]:
    if found:
        parameters = f" {found.parameters}" if found.parameters not in {"", "{}"} else ""
        yield from _row("made by", f"{found.name} {found.version}{parameters}")


def _standing(found: Standing) -> Iterator[str]:
    levels = f"; unanswered at {', '.join(found.levels)}" if found.levels else ""
    beside_it = answered_beside_note(found.answered_beside)
    more = f"; {beside_it}" if beside_it else ""
    yield from _row("status", f"{found.status}: {found.status_words}{more}{levels}")
    yield from _row("label", found.label_words or "")
    if found.gone:
        yield from _row("taken back", f"its comment was {found.gone}")
    for label, given in ((found.decided_words, found.decided_by), ("answered", found.others)):
        for answer in given:
            yield from _row(label, _given(answer))


def _given(one: Given) -> str:
    """A move with who made it, how sure it is, its id, where it stands, and its words."""
    where = _where(one.made_in)[:1]
    told = " · ".join(
        (f"{kind_noun(one.kind)}, {author_line(one.author)}, {percent(one.confidence)}", one.id[:12], *where)
    )
    return f"{told}: “{short_line(one.text)}”"


def _claim(one: ClaimWhy) -> Iterator[str]:
    yield wrap_text(f"“{clean_line(one.text)}”")
    yield one.iri
    yield ""
    yield from _row("by", author_line(one.author))
    for place in one.places:
        yield from _row("stands in", " · ".join(_where(place.place)))
        yield from _row("", _passage(place))
    if one.quoted_from:
        yield from _row("said by", quoted_from_line(one.quoted_from))
    yield from _row("label", one.label_words or "")
    if one.strength is not None:
        yield from _row("strength", clean_line(one.strength))
    if one.objections is not None:
        yield from _row("against", objection_counts(one.objections, one.open_objections))
    yield from _moves("What it speaks to", one.makes, outward=True)
    yield from _moves("Against it", one.against)
    yield from _moves("For it", one.in_favour)
    yield from _moves("About it", one.about)
    if one.is_alone:
        yield ""
        yield wrap_text(NO_MOVES_NOTE)
    if one.truncated:
        yield "\n(more moves than are listed)"


def _moves(title: str, found: Iterable[MoveWhy], *, outward: bool = False) -> Iterator[str]:
    for number, one in enumerate(found):
        if number == 0:
            yield f"\n{title}"
        ends = [one.target] if outward and one.target else one.sources
        said = " / ".join(_end(end) for end in ends)
        yield wrap_text(f"{kind_noun(one.kind)} {one.id[:12]} · {said}", first="  ", rest="    ")
        yield wrap_text(f"because: {one.reason}", first="    ", rest="    ")
        if one.standing:
            answers = ", ".join(
                f"{kind_noun(answer.kind)} by {author_line(answer.author)}" for answer in one.standing.answers
            )
            told = f"{one.standing.status}: {one.standing.status_words}" + (f"; answered: {answers}" if answers else "")
            yield wrap_text(told, first="    ", rest="    ")


def _row(label: str, text: str) -> Iterator[str]:
    """One line of the table, folded under itself; none for no text."""
    if text:
        yield wrap_text(text, first=label.ljust(LABEL_WIDTH), rest=" " * LABEL_WIDTH)


def _end(end: End) -> str:
    if end.kind == "Author":
        return f"{author_line(end.text)}, who gave no words"
    if not end.loaded:
        return f"{UNSEEN_POST} ({clean_line(end.text)})" if end.text else UNSEEN_POST
    if not end.text:
        return clean_line(end.words)
    by = f" by {clean_line(end.author)}" if end.author else ""
    return f"{kind_noun(end.kind)}{by}: “{short_line(end.text)}”"


def _passage(one: Passage) -> str:
    """The words in their surroundings, between »« so that the mark needs no colour."""
    before, after = f"{'… ' if one.cut_before else ''}{one.before}", f"{one.after}{' …' if one.cut_after else ''}"
    return f"{before}»{one.exact}«{after}"


def _where(place: Place | None) -> tuple[str, ...]:
    if place is None:
        return ()
    found = (
        f"comment {clean_line(place.id)}",
        clean_line(place.created),
        clean_line(place.thread_title),
        clean_line(place.link),
    )
    return tuple(one for one in found if one)
