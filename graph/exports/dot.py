"""A thread as a drawing for Graphviz: claims are boxes, moves are edges that other moves can be aimed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import shorten, wrap
from urllib.parse import quote

from rejoinder.graph.exports.ends import End, Ends
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.maps.lettering import flat_text
from rejoinder.graph.maps.looks import look_of_kind
from rejoinder.records import ClaimRef, Kind, Move, MoveRef, Source, Target, with_wider_kinds

NAME = "dot"
SUMMARY = "Graphviz: claims as boxes, moves as edges; `dot -Tsvg` or `-Tpdf` draws it"
MEDIA_TYPE = "text/vnd.graphviz"
EXTENSION = "dot"

_URI = "%/:?#[]@!$&'()*+,;=-._~"  # RFC 3986; Graphviz writes other signs into its SVG as they are
WRAP, MOST = 36, 200  # characters on a line, and of a text
SHAPES = {"Claim": "box", "Comment": "note", "Span": "note", "Thread": "folder", "Author": "plaintext"}
LOOKS = {
    "objection": 'color="#9a3412", fontcolor="#9a3412"',
    "support": 'color="#0b5f63", fontcolor="#0b5f63", style=bold',
    "answer": 'color="#4a3f8f", fontcolor="#4a3f8f", style=dashed',
    "reply": 'color="#565c62", fontcolor="#565c62", style=dashed',
    "link": 'color="#565c62", fontcolor="#565c62", style=dotted',
    "unsure": 'color="#8b8f93", fontcolor="#6b7075"',
}


def write(thread_map: ThreadMap, options: Options) -> str:
    """A digraph in the DOT language; an edge that is aimed at, or has several sources, has a node in its middle."""
    ends = Ends(thread_map)
    moves = ends.moves()
    aimed = {move.target.id for move in moves if isinstance(move.target, MoveRef)}
    lines = [
        f"digraph {_quoted_string(thread_map.title)} {{",
        'rankdir=RL; charset="UTF-8";',
        'node [fontname="sans-serif", fontsize=11]; edge [fontname="sans-serif", fontsize=9];',
        *_nodes(thread_map, ends, moves),
    ]
    for move in moves:
        unsure = move.id in thread_map.statuses and move.confidence < options.objection_threshold
        lines += _edge(move, thread_map, middle=move.id in aimed or len(move.sources) > 1, unsure=unsure)
    return "\n".join([*lines, "}"]) + "\n"


def _nodes(thread_map: ThreadMap, ends: Ends, moves: list[Move]) -> Iterator[str]:
    """A box a claim, and a node of its own shape for all else at the end of a move."""
    every: dict[Source | Target, End] = {ClaimRef(claim.id): ends.claim_end(claim) for claim in ends.claims()}
    for end in (end for move in moves for end in (*move.sources, move.target)):
        if end not in every and not isinstance(end, MoveRef):
            every[end] = ends.end_of(end)
    for end, end_words in every.items():
        yield f"{_name(end, thread_map)} [{', '.join(_attributes(end_words, thread_map.labels))}];"


def _attributes(end: End, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"shape={SHAPES[end.kind]}"
    lines = wrap(flat_text(end.words)[:MOST], WRAP) or [end.kind]
    if len(flat_text(end.text)) > MOST:
        lines[-1] += "…"
    if end.author and end.kind != "Author":
        lines.append(f"({shorten(flat_text(end.author), WRAP, placeholder='…')})")
    yield f"label={_label(*lines)}"
    if end.kind == "Claim" and labels.get(end.id) == "out":
        yield "style=dashed"
    if end.url:
        yield f"URL={_label(quote(end.url, safe=_URI))}"


def _edge(move: Move, thread_map: ThreadMap, *, middle: bool, unsure: bool) -> Iterator[str]:
    """An edge from each source to the target, by way of the middle where there is one."""
    drawn = LOOKS["unsure" if unsure else "answer" if _is_answer(move) else look_of_kind(move.kind)]
    label = f"label={_label(f'{move.kind}, unsure' if unsure else str(move.kind))}, {drawn}"
    target = _name(move.target, thread_map)
    if not middle:
        yield f"{_name(move.sources[0], thread_map)} -> {target} [{label}];"
        return
    middle_node = _name(MoveRef(move.id), thread_map)
    yield f"{middle_node} [shape=point, width=0.07, {drawn.partition(', ')[0]}];"
    for source in move.sources:
        yield f"{_name(source, thread_map)} -> {middle_node} [arrowhead=none, {drawn}];"
    yield f"{middle_node} -> {target} [{label}];"


def _is_answer(move: Move) -> bool:
    kinds = with_wider_kinds(move.kind)
    return Kind.ANSWER in kinds and Kind.OBJECTION not in kinds


def _name(end: Source | Target, thread_map: ThreadMap) -> str:
    return _quoted_string(thread_map.names.end(thread_map.key, end).removeprefix(thread_map.base))


def _label(*lines: str) -> str:
    r"""Lines as a label, in which Graphviz knows entities.

    >>> print(_label('say "a\\b" & go', "on"))
    "say \"a\\b\" &amp; go\non"
    """
    return '"' + "\\n".join(_quoted_string(line.replace("&", "&amp;"))[1:-1] for line in lines) + '"'


def _quoted_string(text: str) -> str:
    """A text as a string of DOT."""
    return '"' + flat_text(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
