"""An explanation for reading in a terminal: why a move is in the map, or a claim with a line for each of its moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rejoinder.graph.explanations.extraction_notes import Alternative, Feature, Reasons
from rejoinder.graph.explanations.steps import Step
from rejoinder.graph.explanations.whys import (
    AnswerGiven,
    ClaimWhy,
    End,
    Explanation,
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


def explanation_text(explanation: Explanation) -> str:
    """The explanation as text, folded to the terminal."""
    lines = _claim(explanation) if isinstance(explanation, ClaimWhy) else _move(explanation)
    return "\n".join(lines) + "\n"


def _move(move_why: MoveWhy) -> Iterator[str]:
    also = f" (also {', '.join(map(kind_noun, move_why.also))})" if move_why.also else ""
    yield wrap_text(f"{kind_noun(move_why.kind)}{also}: {move_why.does}")
    yield move_why.iri
    yield ""
    yield from _ends(move_why)
    yield from _row("origin", move_why.origin_words)
    yield from _row("sure", f"{percent(move_why.confidence or 0)}: {move_why.confidence_words}")
    yield from _row("method", f"{move_why.method}: {move_why.method_words}")
    yield from _row("cue", clean_line(move_why.cue))
    yield from _row(
        "note", clean_line(move_why.judgement.because) if move_why.judgement and move_why.judgement.because else ""
    )
    yield from _reasons(move_why.reasons, move_why.choice_words, noted=move_why.noted)
    yield from _steps(move_why.steps)
    yield from _target_lines(move_why)
    for complaint in move_why.reasons.unread if move_why.reasons else ():
        yield from _row("unreadable", complaint)
    yield from _extraction(None if move_why.judgement else move_why.extraction)
    if move_why.standing:
        yield from _standing_lines(move_why.standing)


def _ends(move_why: MoveWhy) -> Iterator[str]:
    """Who made the move, to whom it speaks, from which words it leads, and to what."""
    yield from _row("by", " · ".join((author_line(move_why.author), *_place_words(move_why.made_in))))
    for number, other in enumerate(move_why.said_to):
        addressee = (
            f"{author_line(other.author)}, found, not stated: {percent(other.confidence)} sure, {clean_line(other.cue)}"
        )
        yield from _row("said to" if number == 0 else "", addressee)
    for source in move_why.sources:
        yield from _row("from", _end(source))
    for evidence in move_why.evidence:
        yield from _row("words", _passage(evidence))
    if move_why.target:
        yield from _row("aimed at", _end(move_why.target))
    if move_why.quoted_from:
        yield from _row("said by", quoted_from_line(move_why.quoted_from))


def _reasons(reasons: Reasons | None, choice: str, *, noted: bool) -> Iterator[str]:
    if not noted:
        yield from _row("weighed", "nothing was noted down")
    if reasons is None:
        return
    yield from _row("rule", reasons.rule or "")
    yield from _features(reasons.weighed)
    if reasons.total is not None and reasons.between and reasons.times is not None:
        likelier, other = (alternative_words(kind_noun(clean_line(name))) for name in reasons.between)
        yield from _row(
            "", f"{signed_weight(reasons.total)} in all: {likelier} is {reasons.times:.3g} times as likely as {other}"
        )
    yield from _alternative_lines(reasons.alternatives)
    yield from _row("", f"chosen, though not the likeliest: {choice}" if choice else "")
    if reasons.shown is not None:
        yield from _features(reasons.shown.weighed, "tells how")
        if reasons.shown.total is not None:
            yield from _row(
                "sure it is", f"{signed_weight(reasons.shown.total)} in all: the log odds with which the steps begin"
            )


def _features(features: Sequence[Feature], label: str = "weighed") -> Iterator[str]:
    """A line for each, with a bar of its sign: the longest is the weightiest."""
    most = max((abs(feature.weight) for feature in features), default=0) or 1
    for number, trait in enumerate(features):
        bar = ("+" if trait.weight >= 0 else "-") * max(1, round(BAR_WIDTH * (abs(trait.weight) / most)))
        bar = bar.ljust(BAR_WIDTH, "·")  # not spaces, which folding would close up
        yield from _row(label if number == 0 else "", f"{signed_weight(trait.weight)} {bar} {clean_line(trait.name)}")


def _alternative_lines(alternatives: Sequence[Alternative]) -> Iterator[str]:
    for number, alternative in enumerate(alternatives):
        chosen = " (chosen)" if alternative.chosen else ""
        text = (
            f"{percent(alternative.probability)} {alternative_words(kind_noun(clean_line(alternative.kind)))}{chosen}"
        )
        yield from _row("could be" if number == 0 else "", text)


def _steps(steps: Sequence[Step]) -> Iterator[str]:
    """A line for each step: how sure it is after it, what it means, and how the number came about."""
    for number, step in enumerate(steps):
        how = f" ({step.how})" if step.how else ""
        yield wrap_text(
            f"{step.words}{how}",
            first=f"{'steps' if not number else '':<{LABEL_WIDTH}}{short_decimal(step.sure, '.3f'):<5} ",
            rest=" " * STEP_WIDTH,
        )


def _target_lines(move_why: MoveWhy) -> Iterator[str]:
    yield from _row("target", clean_line(move_why.aim_words))
    others = move_why.reasons.aim.others if move_why.reasons and move_why.reasons.aim else ()
    for number, other in enumerate(others):
        text = f"{_share(other.share)} “{clean_line(other.text)}”".strip()
        yield from _row("not chosen" if number == 0 else "", f"{text}: {clean_line(other.why)}" if other.why else text)


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.2f}"


def _extraction(extraction: Extraction | None) -> Iterator[str]:
    if extraction:
        parameters = f" {extraction.parameters}" if extraction.parameters not in {"", "{}"} else ""
        yield from _row("made by", f"{extraction.name} {extraction.version}{parameters}")


def _standing_lines(standing: Standing) -> Iterator[str]:
    levels = f"; unanswered at {', '.join(standing.levels)}" if standing.levels else ""
    beside_it = answered_beside_note(standing.answered_beside)
    more = f"; {beside_it}" if beside_it else ""
    yield from _row("status", f"{standing.status}: {standing.status_words}{more}{levels}")
    yield from _row("label", standing.label_words or "")
    if standing.gone:
        yield from _row("taken back", f"its comment was {standing.gone}")
    for label, answers in ((standing.decided_words, standing.decided_by), ("answered", standing.others)):
        for answer in answers:
            yield from _row(label, _answer_text(answer))


def _answer_text(move: AnswerGiven) -> str:
    """A move with who made it, how sure it is, its id, where it stands, and its words."""
    where = _place_words(move.made_in)[:1]
    head = " · ".join(
        (f"{kind_noun(move.kind)}, {author_line(move.author)}, {percent(move.confidence)}", move.id[:12], *where)
    )
    return f"{head}: “{short_line(move.text)}”"


def _claim(claim_why: ClaimWhy) -> Iterator[str]:
    yield wrap_text(f"“{clean_line(claim_why.text)}”")
    yield claim_why.iri
    yield ""
    yield from _row("by", author_line(claim_why.author))
    for place in claim_why.places:
        yield from _row("stands in", " · ".join(_place_words(place.place)))
        yield from _row("", _passage(place))
    if claim_why.quoted_from:
        yield from _row("said by", quoted_from_line(claim_why.quoted_from))
    yield from _row("label", claim_why.label_words or "")
    if claim_why.strength is not None:
        yield from _row("strength", clean_line(claim_why.strength))
    if claim_why.objections is not None:
        yield from _row("against", objection_counts(claim_why.objections, claim_why.open_objections))
    yield from _moves("What it speaks to", claim_why.makes, outward=True)
    yield from _moves("Against it", claim_why.against)
    yield from _moves("For it", claim_why.in_favour)
    yield from _moves("About it", claim_why.about)
    if claim_why.is_alone:
        yield ""
        yield wrap_text(NO_MOVES_NOTE)
    if claim_why.truncated:
        yield "\n(more moves than are listed)"


def _moves(title: str, move_whys: Iterable[MoveWhy], *, outward: bool = False) -> Iterator[str]:
    for number, move_why in enumerate(move_whys):
        if number == 0:
            yield f"\n{title}"
        ends = [move_why.target] if outward and move_why.target else move_why.sources
        ends_text = " / ".join(_end(end) for end in ends)
        yield wrap_text(f"{kind_noun(move_why.kind)} {move_why.id[:12]} · {ends_text}", first="  ", rest="    ")
        yield wrap_text(f"because: {move_why.reason}", first="    ", rest="    ")
        if move_why.standing:
            answers = ", ".join(
                f"{kind_noun(answer.kind)} by {author_line(answer.author)}" for answer in move_why.standing.answers
            )
            status = f"{move_why.standing.status}: {move_why.standing.status_words}" + (
                f"; answered: {answers}" if answers else ""
            )
            yield wrap_text(status, first="    ", rest="    ")


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


def _passage(passage: Passage) -> str:
    """The words in their surroundings, between »« so that the mark needs no colour."""
    before, after = (
        f"{'… ' if passage.cut_before else ''}{passage.before}",
        f"{passage.after}{' …' if passage.cut_after else ''}",
    )
    return f"{before}»{passage.exact}«{after}"


def _place_words(place: Place | None) -> tuple[str, ...]:
    if place is None:
        return ()
    parts = (
        f"comment {clean_line(place.id)}",
        clean_line(place.created),
        clean_line(place.thread_title),
        clean_line(place.link),
    )
    return tuple(part for part in parts if part)
