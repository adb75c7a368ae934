"""A claim and everything around it, for reading in a terminal: what it speaks to, and below it what is said to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rejoinder.graph.maps.lines import author_line, clean_line, short_line
from rejoinder.graph.maps.nodes import Neighbourhood, Node, QuotedFrom
from rejoinder.graph.maps.tree import outgoing_steps, response_steps
from rejoinder.graph.maps.wording import (
    NO_MOVES_NOTE,
    judged_words,
    kind_noun,
    label_and_meaning,
    objection_counts,
    percent,
    reason_found_words,
)
from rejoinder.tables import wrap_text


def outline(around: Neighbourhood) -> str:
    """A claim, what it is aimed at, and below it, indented, what is said to it; each node once."""
    lines = [*_centre_lines(around.nodes[0]), *_target_lines(around), *_reply_lines(around)]
    if around.is_alone:
        lines += ["", wrap_text(NO_MOVES_NOTE)]
    if around.truncated:
        lines.append("(cut at the node budget; --limit raises it)")
    return "\n".join(lines) + "\n"


def _centre_lines(node: Node) -> Iterator[str]:
    yield wrap_text(f"“{clean_line(node.text)}”")
    standing = [kind_noun(node.kind), author_line(node.author)]
    if label := label_and_meaning(node.label, node.objections):
        standing.append(label[0])
    if node.strength is not None:
        standing.append(f"strength {clean_line(node.strength)}")
    if node.open_objections is not None:
        standing.append(objection_counts(node.objections or 0, node.open_objections))
    yield " · ".join(standing)
    for place in node.places:
        yield "in " + " · ".join(
            clean_line(part) for part in (place.id, place.created, place.thread_title, place.link) if part
        )
    if node.quoted_from:
        yield wrap_text(f"quoted from {quoted_from_line(node.quoted_from)}", rest="  ")
    yield node.iri


def quoted_from_line(quoted_from: QuotedFrom) -> str:
    """Who said quoted words in which other thread, and how sure that is."""
    place = quoted_from.place
    where = (place.thread_title or place.thread, f"comment {place.id}", place.created, place.link)
    sure = f"{percent(quoted_from.confidence)} sure, because: {clean_line(quoted_from.cue)}"
    return " · ".join((author_line(place.author), *(clean_line(part) for part in where if part), sure))


def _target_lines(around: Neighbourhood) -> Iterator[str]:
    """The moves that the centre makes, and what they are aimed at."""
    for step in outgoing_steps(around):
        yield ""
        yield wrap_text(f"{_kind_text(step.move)} to: {_node_text(step.target)}", rest="    ")
        yield wrap_text(_explanation_text(step.move))


def _reply_lines(around: Neighbourhood) -> Iterator[str]:
    """The moves at the centre, its open objections first, and at those moves and their claims: depth first."""
    for step in response_steps(around):
        yield ""
        yield from _line(step.move, step.sources, "    " * (step.depth + 1))


def _line(move: Node, sources: Sequence[Node], indent: str) -> Iterator[str]:
    text = " / ".join(_node_text(source) for source in sources) or _node_text(move)
    yield wrap_text(f"{_kind_text(move)} {text}", first=indent, rest=indent + "    ")
    if move.reason:
        reason = reason_found_words(short_line(move.reason), move.reason_from)
        yield wrap_text(f"({reason})", first=indent + "    ", rest=indent + "    ")
    yield wrap_text(_explanation_text(move), first=indent, rest=indent)


def _explanation_text(move: Node) -> str:
    if move.judgement:
        return clean_line(judged_words(move.cue, move.because))
    return f"{move.method}, {percent(move.confidence or 0)} sure, because: {clean_line(move.cue)}"


def _kind_text(move: Node) -> str:
    status = f" [{move.status}{', ' + move.levels[0] if move.levels else ''}]" if move.status else ""
    return kind_noun(move.kind) + status


def _node_text(node: Node | None) -> str:
    if node is None:
        return "(not shown)"
    if node.kind == "Thread":
        return f"the thread {clean_line(node.text)!r} (the post was not loaded)"
    if not node.text:
        return clean_line(node.words)
    elsewhere = node.quoted_from if node.author is None else None
    said_by = f"{author_line(elsewhere.place.author)}, elsewhere" if elsewhere else author_line(node.author)
    return f"{said_by}: “{short_line(node.text)}”"
