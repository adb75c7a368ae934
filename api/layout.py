"""The map of a neighbourhood as boxes and curves: a left-to-right tidy tree, its text measured to stay in its box."""

from __future__ import annotations

import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rejoinder.api import words
from rejoinder.api.pages import flat
from rejoinder.api.tree import Links, links
from rejoinder.graph.neighbourhood import Neighbourhood, Node

WIDTH, COLUMN, GAP, MARGIN = 204, 252, 14, 16
PAD, HEAD, LINE, FOOT, MOST_LINES = 14, 20, 17, 15, 4
SIZE = 13  # pixels of the words; the head of a box is smaller
HEAD_ROOM = WIDTH - 2 * PAD - 10  # after its sign

# Advance widths of the widest of the usual system fonts (DejaVu Sans), in thousandths of an em: text set in any other
# is narrower than what is measured here.
_NARROW = {
    **dict.fromkeys("ijlI|'", 295),
    **dict.fromkeys("ft.,:;!/\\ ·", 392),
    **dict.fromkeys('r()[]-`"', 460),
    **dict.fromkeys("csvxyzk*?_", 592),
    **dict.fromkeys("mwMW%@…—", 1000),
    **dict.fromkeys("+<>=~^#&", 838),
}


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the map: its corner and size in pixels, what it links to, its head, lines and foot (who said it)."""

    iri: str
    x: float
    y: float
    height: float
    head: str
    lines: tuple[str, ...]
    foot: str
    look: str
    standing: str
    centre: bool
    more: int
    whole: str

    @property
    def width(self) -> int:
        """All boxes are equally wide."""
        return WIDTH

    @property
    def path(self) -> str:
        """The outline: objections have cut corners, supports round ends, replies a notch, claims plain corners."""
        return _OUTLINES[self.look](WIDTH, self.height)


@dataclass(frozen=True, slots=True)
class Link:
    """A curve from a box to the one it aims at; `across` where it is no branch of the tree."""

    path: str
    look: str
    across: bool
    label: str


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing: its size in pixels, its curves (to be drawn first) and its boxes."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Arrow:
    start: str
    end: str
    move: Node


def draw(around: Neighbourhood, *, whole: bool = True) -> Map:
    """The map of a neighbourhood, or where it need not be `whole`, of what is said to its centre.

    The same neighbourhood always gives the same map.
    """
    found = links(around)
    owner = {iri: _owner(found, iri) for iri in found.nodes}
    arrows = tuple(_arrows(found, owner))
    root = _top(owner[around.centre], arrows) if whole else owner[around.centre]
    children = _tree(root, arrows, both=whole)
    shown = [root, *(child for some in children.values() for child in some)]
    faces = {iri: _face(iri, found, arrows, owner[around.centre]) for iri in shown}
    places = _placed(root, children, {iri: face.height for iri, face in faces.items()})
    boxes = tuple(_moved(faces[iri], *places[iri]) for iri in shown)
    return _fitted(boxes, tuple(_curves(arrows, children, {box.iri: box for box in boxes})))


def measured(text: str, size: float = SIZE) -> float:
    """The most pixels that text takes on one line.

    >>> measured("lili") < measured("mmmm")
    True
    """
    return sum(_advance(one) for one in text) * size / 1000


def folded(text: str, room: float, *, size: float = SIZE, most: int = MOST_LINES) -> tuple[str, ...]:
    """Text in lines that fit `room` pixels, cut with an ellipsis after `most` of them.

    >>> folded("a rather long sentence", 80, most=2)
    ('a rather', 'long…')
    """
    lines: list[str] = []
    rest = flat(text)[:1000]
    while rest and len(lines) < most:
        cut = _cut(rest, room, size)
        last = len(lines) == most - 1 and cut < len(rest)
        if last:
            cut = _cut(rest, room - measured("…", size), size)
        lines.append(rest[:cut].rstrip() + ("…" if last else ""))
        rest = rest[cut:].lstrip()
    return tuple(lines)


def _advance(one: str) -> int:
    if unicodedata.combining(one) or unicodedata.category(one) in {"Mn", "Me", "Cf"}:
        return 0
    if one in _NARROW:
        return _NARROW[one]
    if unicodedata.east_asian_width(one) in "WF" or ord(one) > 0xFFFF:
        return 1300 if ord(one) > 0xFFFF else 1050
    if not one.isascii():
        return 900
    return 790 if one.isupper() else 640


def _cut(text: str, room: float, size: float) -> int:
    """How many characters fit, ending at a word where one ends; at least one."""
    used, fits = 0.0, 0
    for one in text:
        used += _advance(one) * size / 1000
        if used > room:
            break
        fits += 1
    if fits == len(text):
        return fits
    word = text.rfind(" ", 0, fits + 1)
    return word if word > 0 else max(fits, 1)


# ---------------------------------------------------------------------- who stands where


def _owner(found: Links, iri: str) -> str:
    """The box that stands for a node: a move is drawn in the box of its first source."""
    sources = [one for one in found.sources.get(iri, ()) if one in found.nodes]
    return sources[0] if iri in found.target and sources else iri


def _arrows(found: Links, owner: Mapping[str, str]) -> Iterator[_Arrow]:
    for move, target in found.target.items():
        for source in found.sources.get(move, ()):
            if target in owner and source in owner and owner[source] != owner[target]:
                yield _Arrow(owner[source], owner[target], found.nodes[move])


def _top(centre: str, arrows: Sequence[_Arrow]) -> str:
    """Upward from the centre, by the first arrow of each box, as far as it goes."""
    up: dict[str, str] = {}
    for arrow in arrows:
        up.setdefault(arrow.start, arrow.end)
    seen, here = {centre}, centre
    while here in up and up[here] not in seen:
        here = up[here]
        seen.add(here)
    return here


def _tree(root: str, arrows: Sequence[_Arrow], *, both: bool) -> dict[str, list[str]]:
    """Children by box, breadth first from the root; in `both` ways, what the boxes aim at comes last."""
    below, above = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for arrow in arrows:
        below[arrow.end].append(arrow.start)
        above[arrow.start].append(arrow.end)
    children, seen = dict[str, list[str]](), {root}
    _grow([root], below, children, seen)
    if both:
        around = {one: [*below[one], *above[one]] for one in {*below, *above}}
        _grow(sorted(seen), around, children, seen)
    return children


def _grow(
    start: Sequence[str], ways: Mapping[str, Sequence[str]], children: dict[str, list[str]], seen: set[str]
) -> None:
    """Add all that is reached from `start` and not seen yet, each below the first that reaches it."""
    waiting = deque(start)
    while waiting:
        here = waiting.popleft()
        fresh = [one for one in dict.fromkeys(ways.get(here, ())) if one not in seen]
        seen.update(fresh)
        children.setdefault(here, []).extend(fresh)
        waiting.extend(fresh)


def _placed(
    root: str, children: Mapping[str, Sequence[str]], heights: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """The corner of each box: a column a generation, depth first, each as high as its parent and its column allow.

    Columns only ever grow downward, so boxes never overlap and curves stay in the gaps between columns.
    """
    places: dict[str, tuple[float, float]] = {}
    free = defaultdict[int, float](lambda: MARGIN)
    waiting = [(root, 0, float(MARGIN))]
    while waiting:
        here, depth, least = waiting.pop()
        top = max(least, free[depth])
        places[here] = (float(MARGIN + COLUMN * depth), top)
        free[depth] = top + heights[here] + GAP
        waiting.extend((child, depth + 1, top) for child in reversed(children.get(here, ())))
    return places


# ---------------------------------------------------------------------- what a box shows


def _face(iri: str, found: Links, arrows: Sequence[_Arrow], centre: str) -> Box:
    """A box without its place."""
    node = found.nodes[iri]
    move = next((arrow.move for arrow in arrows if arrow.start == iri), None)
    look = words.group(move.kind) if move else "claim"
    lines = folded(node.text or words.kind(node.kind), WIDTH - 2 * PAD)
    head = folded(_head(node, move), HEAD_ROOM, size=SIZE - 2, most=1)
    author = folded(node.author or "", HEAD_ROOM, size=SIZE - 2, most=1)
    return Box(
        iri=iri,
        x=0,
        y=0,
        height=HEAD + LINE * len(lines) + (FOOT if author else 0) + PAD,
        head=head[0] if head else "",
        lines=lines,
        foot=author[0] if author else "",
        look=look,
        standing=words.standing(move.status) if move and move.status else "",
        centre=iri == centre,
        more=node.hidden,
        whole=flat(node.text)[:500],
    )


def _head(node: Node, move: Node | None) -> str:
    parts = [words.kind(move.kind if move else node.kind)]
    if move and move.status:
        parts.append(move.status)
    return " · ".join(parts)


def _moved(box: Box, x: float, y: float) -> Box:
    return replace(box, x=x, y=y)


def _fitted(boxes: tuple[Box, ...], curves: tuple[Link, ...]) -> Map:
    width = max(box.x for box in boxes) + WIDTH + MARGIN
    height = max(box.y + box.height for box in boxes) + MARGIN
    return Map(width, round(height, 1), boxes, curves)


# ---------------------------------------------------------------------- curves and outlines


def _curves(
    arrows: Iterable[_Arrow], children: Mapping[str, Sequence[str]], boxes: Mapping[str, Box]
) -> Iterator[Link]:
    branches = {(child, parent) for parent, some in children.items() for child in some}
    for arrow in dict.fromkeys((one.start, one.end, one.move.kind) for one in arrows):
        start, end, kind = arrow
        if start in boxes and end in boxes:
            across = (start, end) not in branches and (end, start) not in branches
            yield Link(_curve(boxes[start], boxes[end]), words.group(kind), across, words.kind(kind))


def _curve(start: Box, end: Box) -> str:
    """From one box to the one it aims at; boxes of one column are joined around their right side."""
    y1, y2 = start.y + start.height / 2, end.y + end.height / 2
    if start.x == end.x:
        side, bulge = start.x + WIDTH, start.x + WIDTH + 44
        return f"M{side:.1f} {y1:.1f}C{bulge:.1f} {y1:.1f} {bulge:.1f} {y2:.1f} {side + 7:.1f} {y2:.1f}"
    leftward = end.x < start.x
    x1 = start.x if leftward else start.x + WIDTH
    x2 = end.x + WIDTH + 7 if leftward else end.x - 7
    middle = (x1 + x2) / 2
    return f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def _plain(width: float, height: float, round_: float = 4) -> str:
    r = min(round_, height / 2)
    return (
        f"M{r} 0H{width - r}A{r} {r} 0 0 1 {width} {r}V{height - r}A{r} {r} 0 0 1 {width - r} {height}"
        f"H{r}A{r} {r} 0 0 1 0 {height - r}V{r}A{r} {r} 0 0 1 {r} 0Z"
    )


def _cut_corners(width: float, height: float) -> str:
    c = 9
    return f"M{c} 0H{width - c}L{width} {c}V{height - c}L{width - c} {height}H{c}L0 {height - c}V{c}Z"


def _notched(width: float, height: float) -> str:
    """A speech bubble whose tip points at what it replies to."""
    middle = height / 2
    return f"M0 0H{width}V{height}H0V{middle + 7}L-7 {middle}L0 {middle - 7}Z"


_OUTLINES = {
    "claim": _plain,
    "objection": _cut_corners,
    "support": lambda width, height: _plain(width, height, 20),
    "reply": _notched,
    "link": _plain,
}
