"""A map as boxes and curves: left-to-right tidy trees, each box as high as its words need."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rejoinder.graph.maps.lettering import FONT_SIZE, flat_text, fold_text, visible_text

WIDTH, COLUMN, GAP, MARGIN = 204, 252, 14, 16
CURVE_BULGE = 44  # how far a curve between two boxes of one column stands out
PAD, HEAD, HEAD_LINE, LINE, FOOT = 14, 20, 14, 17, 15
MOST_HEADS = 3  # lines: a kind and a status in full
Places: TypeAlias = dict[str, tuple[float, float]]

HEAD_ROOM = WIDTH - 2 * PAD - 10  # after its sign
COLUMN_SPACE = 64  # between the columns of a forest


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the map: its corner and size in pixels, what it stands for, the lines of its head (what it does,
    and the status of that) and of its words, and its foot (who said it).

    It is `faint` where it stands for an objection that is too unsure to count.
    """

    iri: str
    x: float
    y: float
    height: float
    heads: tuple[str, ...]
    lines: tuple[str, ...]
    foot: str
    look: str
    standing: str
    centre: bool
    faint: bool
    more: int
    whole: str

    @property
    def width(self) -> int:
        """All boxes are equally wide."""
        return WIDTH

    @property
    def head(self) -> str:
        """Its head on one line."""
        return " ".join(self.heads)

    @property
    def first(self) -> int:
        """How far below its upper edge the base line of its first line of words is."""
        return HEAD + HEAD_LINE * (max(len(self.heads), 1) - 1) + 15

    @property
    def path(self) -> str:
        """The outline: objections have cut corners, supports round ends, replies a notch, claims plain corners."""
        return _OUTLINES[self.look](WIDTH, self.height)


@dataclass(frozen=True, slots=True)
class Arrow:
    """That one box aims at another: the look and the name of what it does there; `faint` as a box is."""

    start: str
    end: str
    look: str
    label: str
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A curve from a box to the one it aims at; `across` where it is no branch of the tree, `faint` as a box is."""

    path: str
    look: str
    across: bool
    label: str
    faint: bool


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing: its size in pixels, its curves (to be drawn first) and its boxes."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]

    @property
    def faint(self) -> bool:
        """True where any box is."""
        return any(box.faint for box in self.boxes)


@dataclass(frozen=True, slots=True)
class ArrowEnds:
    """Who aims at a box, and what a box aims at, in the order of the arrows."""

    boxes_below: Mapping[str, Sequence[str]]
    boxes_above: Mapping[str, Sequence[str]]


def box_of(
    iri: str,
    *,
    head: str,
    text: str,
    author: str | None,
    look: str,
    standing: str = "",
    centre: bool = False,
    faint: bool = False,
    more: int = 0,
) -> Box:
    """A box without its place, its words folded."""
    lines = fold_text(text, WIDTH - 2 * PAD)
    heads = fold_text(head, HEAD_ROOM, size=FONT_SIZE - 2, most=MOST_HEADS)
    feet = fold_text(visible_text(author), HEAD_ROOM, size=FONT_SIZE - 2, most=1)
    return Box(
        iri=iri,
        x=0,
        y=0,
        height=HEAD + HEAD_LINE * (max(len(heads), 1) - 1) + LINE * len(lines) + (FOOT if feet else 0) + PAD,
        heads=heads,
        lines=lines,
        foot=feet[0] if feet else "",
        look=look,
        standing=standing,
        centre=centre,
        faint=faint,
        more=more,
        whole=flat_text(text)[:500],
    )


def arrow_ends(arrows: Iterable[Arrow]) -> ArrowEnds:
    """The arrows by either end."""
    below, above = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for arrow in arrows:
        below[arrow.end].append(arrow.start)
        above[arrow.start].append(arrow.end)
    return ArrowEnds(below, above)


def children_by_box(root: str, by: ArrowEnds, *, both: bool) -> dict[str, list[str]]:
    """Children by box, breadth first from the root; in `both` ways, what the boxes aim at comes last."""
    children, seen = dict[str, list[str]](), {root}
    _grow([root], (by.boxes_below,), children, seen)
    if both:
        _grow(sorted(seen), (by.boxes_below, by.boxes_above), children, seen)
    return children


def draw_tree(
    root: str, children: Mapping[str, Sequence[str]], faces: Mapping[str, Box], arrows: Sequence[Arrow]
) -> Map:
    """One tree with its curves, and those that cross it."""
    return _fitted_map(_corners_of_tree(root, children, faces), children, faces, arrows)


def draw_forest(faces: Mapping[str, Box], arrows: Sequence[Arrow]) -> Map:
    """All boxes: a tree for each part that hangs together, in order, below and beside each other.

    A tree begins at a box that aims at nothing, where its part has one. Time is linear up to a logarithm.
    """
    by, children, plots = arrow_ends(arrows), dict[str, list[str]](), list[Places]()
    for root in _roots(faces, by):
        if root not in children:
            children |= {root: [], **children_by_box(root, by, both=True)}
            plots.append(_corners_of_tree(root, children, faces))
    return _fitted_map(_corners_of_trees(plots, faces), children, faces, arrows)


def _roots(faces: Iterable[str], by: ArrowEnds) -> Iterator[str]:
    """Where trees may begin: first the boxes that aim at nothing, then all others, for circles have no such box."""
    yield from (face for face in faces if face not in by.boxes_above)
    yield from faces


def _grow(
    start: Sequence[str],
    directions: Sequence[Mapping[str, Sequence[str]]],
    children: dict[str, list[str]],
    seen: set[str],
) -> None:
    """Add all that is reached from `start` and not seen yet, each below the first that reaches it."""
    waiting = deque(start)
    while waiting:
        box = waiting.popleft()
        reached = dict.fromkeys(neighbour for direction in directions for neighbour in direction.get(box, ()))
        fresh = [neighbour for neighbour in reached if neighbour not in seen]
        seen.update(fresh)
        children.setdefault(box, []).extend(fresh)
        waiting.extend(fresh)


def _corners_of_tree(root: str, children: Mapping[str, Sequence[str]], faces: Mapping[str, Box]) -> Places:
    """The corner of each box: a column a generation, depth first, each as high as its parent and its column allow.

    Columns only ever grow downward, so boxes never overlap and curves stay in the gaps between columns.
    """
    places: Places = {}
    free = defaultdict[int, float](lambda: MARGIN)
    waiting = [(root, 0, float(MARGIN))]
    while waiting:
        box, depth, least = waiting.pop()
        top = max(least, free[depth])
        places[box] = (float(MARGIN + COLUMN * depth), top)
        free[depth] = top + faces[box].height + GAP
        waiting.extend((child, depth + 1, top) for child in reversed(children.get(box, ())))
    return places


def _corners_of_trees(plots: Sequence[Places], faces: Mapping[str, Box]) -> Places:
    """Trees one below the other; a new column of them begins where the drawing would become taller than wide."""
    sizes = [_size(plot, faces) for plot in plots]
    tallest = max([math.sqrt(sum(width * height for width, height in sizes)), *(height for _, height in sizes)])
    places: Places = {}
    left, top, widest = 0.0, 0.0, 0.0
    for plot, (width, height) in zip(plots, sizes, strict=True):
        if top and top + height > tallest:
            left, top, widest = left + widest + COLUMN_SPACE, 0.0, 0.0
        places |= {iri: (x + left, y + top) for iri, (x, y) in plot.items()}
        top, widest = top + height + GAP, max(widest, width)
    return places


def _size(plot: Places, faces: Mapping[str, Box]) -> tuple[float, float]:
    """Width and height of a tree, without the margin around it."""
    width = max(x for x, _ in plot.values()) + WIDTH - MARGIN
    return width, max(y + faces[iri].height for iri, (_, y) in plot.items()) - MARGIN


def _fitted_map(
    places: Places, children: Mapping[str, Sequence[str]], faces: Mapping[str, Box], arrows: Sequence[Arrow]
) -> Map:
    boxes = tuple(replace(faces[iri], x=x, y=y) for iri, (x, y) in places.items())
    last = max((box.x for box in boxes), default=0)
    column = {box.iri for box in boxes if box.x == last}
    around = any({arrow.start, arrow.end} <= column for arrow in arrows)
    width = last + WIDTH + (CURVE_BULGE if around else MARGIN)
    height = max((box.y + box.height for box in boxes), default=0) + MARGIN
    return Map(width, round(height, 1), boxes, tuple(_curves(arrows, children, {box.iri: box for box in boxes})))


def _curves(arrows: Iterable[Arrow], children: Mapping[str, Sequence[str]], boxes: Mapping[str, Box]) -> Iterator[Link]:
    branches = {(child, parent) for parent, below in children.items() for child in below}
    for arrow in dict.fromkeys(arrows):
        if arrow.start in boxes and arrow.end in boxes:
            across = (arrow.start, arrow.end) not in branches and (arrow.end, arrow.start) not in branches
            yield Link(_curve(boxes[arrow.start], boxes[arrow.end]), arrow.look, across, arrow.label, arrow.faint)


def _curve(start: Box, end: Box) -> str:
    """From one box to the one it aims at; boxes of one column are joined around their right side."""
    y1, y2 = start.y + start.height / 2, end.y + end.height / 2
    if start.x == end.x:
        side, bulge = start.x + WIDTH, start.x + WIDTH + CURVE_BULGE
        return f"M{side:.1f} {y1:.1f}C{bulge:.1f} {y1:.1f} {bulge:.1f} {y2:.1f} {side + 7:.1f} {y2:.1f}"
    leftward = end.x < start.x
    x1 = start.x if leftward else start.x + WIDTH
    x2 = end.x + WIDTH + 7 if leftward else end.x - 7
    middle = (x1 + x2) / 2
    return f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def _plain_outline(width: float, height: float, round_: float = 4) -> str:
    r = min(round_, height / 2)
    return (
        f"M{r} 0H{width - r}A{r} {r} 0 0 1 {width} {r}V{height - r}A{r} {r} 0 0 1 {width - r} {height}"
        f"H{r}A{r} {r} 0 0 1 0 {height - r}V{r}A{r} {r} 0 0 1 {r} 0Z"
    )


def _cut_outline(width: float, height: float) -> str:
    c = 9
    return f"M{c} 0H{width - c}L{width} {c}V{height - c}L{width - c} {height}H{c}L0 {height - c}V{c}Z"


def _notched_outline(width: float, height: float) -> str:
    """A speech bubble whose tip points at what it replies to."""
    middle = height / 2
    return f"M0 0H{width}V{height}H0V{middle + 7}L-7 {middle}L0 {middle - 7}Z"


_OUTLINES = {
    "claim": _plain_outline,
    "objection": _cut_outline,
    "support": lambda width, height: _plain_outline(width, height, 20),
    "reply": _notched_outline,
    "link": _plain_outline,
}
