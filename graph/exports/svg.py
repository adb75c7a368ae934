"""The map of a whole thread as one static SVG: no script, no style sheet, nothing that is fetched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from rejoinder.graph.exports.ends import End, Ends
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.maps.drawing import MARGIN, Arrow, Box, Link, Map, box_of, draw_forest
from rejoinder.graph.maps.lettering import flat_text, fold_text, text_width
from rejoinder.graph.maps.looks import look_of_kind
from rejoinder.records import ClaimRef, Kind, Move, MoveRef, Source, Target

NAME = "svg"
SUMMARY = "a picture of the whole thread's map, to be opened in a browser or put on a page"
MEDIA_TYPE = "image/svg+xml"
EXTENSION = "svg"

HEAD_HEIGHT = 64  # pixels above the map, for its title and legend
TITLE_SIZE = 17
COLOURS = {"objection": "#9a3412", "support": "#0b5f63"}
GREY, INK, SOFT = "#565c62", "#1c1f22", "#565c62"
DASHES = {"reply": ' stroke-dasharray="7 4"', "link": ' stroke-dasharray="2 3"'}
SIGNS = {"objection": "✕", "reply": "↩", "support": "+", "link": "≈", "claim": "•"}
LEGEND = "✕ objection: cut corners   + support: round ends   ↩ reply: dashed   ≈ quotation: dotted   • claim"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"


def write(one: ThreadMap, options: Options) -> str:
    """Trees from left to right, each claim and passage a box that looks like the first move it makes.

    A box links to the comment it is from, where that has an http(s) link. Claims that no move touches come last;
    quotations between passages that no claim is made of are left out.
    """
    drawn = _Drawing(one)
    whole = draw_forest(drawn.faces, drawn.arrows)
    width = max(whole.width, text_width(LEGEND, 11) + 2 * MARGIN)
    return (
        "\n".join([*_head(one, width, whole.height + HEAD_HEIGHT), *_body(whole, drawn.urls), "</g>", "</svg>"]) + "\n"
    )


class _Drawing:
    """What is drawn of a thread: a box an end, an arrow a move and source."""

    def __init__(self, one: ThreadMap) -> None:
        self.one, self.ends = one, Ends(one)
        self.moves = [move for move in self.ends.moves() if not _only_points(move)]
        self.home = {MoveRef(move.id): self._box(move.sources[0], move) for move in self.moves}
        self.first: dict[str, Move] = {}
        self.arrows = tuple(dict.fromkeys(self._arrows()))
        told = self._told()
        self.faces = {iri: self._face(iri, end) for iri, end in told.items()}
        self.urls = {iri: end.url for iri, end in told.items() if end.url}

    def _box(self, end: Source | Target, move: Move) -> str:
        """The box that an end stands in: a move is in that of its first source, a reaction in one of its own."""
        if isinstance(end, MoveRef):
            return self.home.get(end) or self.one.names.move(end.id)
        told = self.one.names.end(self.one.key, end)
        return f"{told}#{move.id}" if told.startswith(f"{self.one.base}author/") else told

    def _arrows(self) -> Iterator[Arrow]:
        for move in self.moves:
            target = self._box(move.target, move)
            for source in move.sources:
                start = self._box(source, move)
                self.first.setdefault(start, move)
                if start != target:
                    yield Arrow(start, target, look_of_kind(move.kind), str(move.kind))

    def _told(self) -> dict[str, End]:
        """What each box stands for: what moves touch in the order of reading, then the other claims."""
        found = {
            self._box(end, move): self.ends.end_of(end)
            for move in self.moves
            for end in (move.target, *move.sources)
            if end not in self.home
        }
        for claim in self.ends.claims():
            found.setdefault(self.one.names.claim(claim.id), self.ends.claim_end(claim))
        return found

    def _face(self, iri: str, end: End) -> Box:
        move = self.first.get(iri)
        status = self.one.statuses.get(move.id) if move else None
        kind = str(move.kind) if move else end.kind
        return box_of(
            iri,
            head=f"{kind} · {status}" if status else kind,
            text=end.words,
            author=end.author if end.kind != "Author" else None,
            look=look_of_kind(move.kind) if move else "claim",
        )


def _only_points(move: Move) -> bool:
    """True for a quotation, or a note of who is addressed, that has no claim at either end."""
    ends = (move.target, *move.sources)
    return move.kind in (Kind.QUOTATION, Kind.REPLY) and not any(isinstance(end, ClaimRef) for end in ends)


def _head(one: ThreadMap, width: float, height: float) -> Iterator[str]:
    title = fold_text(one.title, width - 2 * MARGIN, size=TITLE_SIZE, most=1)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{FONT}" font-size="13">'
    )
    yield f"<title>{escape(flat_text(one.title))}</title>"
    yield "<defs>"
    for name, colour in (*COLOURS.items(), ("other", GREY)):
        yield (
            f'<marker id="tip-{name}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0L8 4L0 8Z" fill="{colour}"/></marker>'
        )
    yield "</defs>"
    yield f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>'
    yield f'<text x="{MARGIN}" y="30" font-size="{TITLE_SIZE}" fill="{INK}">{escape("".join(title))}</text>'
    yield f'<text x="{MARGIN}" y="52" font-size="11" fill="{SOFT}" xml:space="preserve">{LEGEND}</text>'
    yield f'<g transform="translate(0 {HEAD_HEIGHT})">'


def _body(whole: Map, urls: Mapping[str, str]) -> Iterator[str]:
    yield from (_curve(link) for link in whole.links)
    for box in whole.boxes:
        yield from _boxed(box, urls.get(box.iri, ""))


def _curve(link: Link) -> str:
    tip = link.look if link.look in COLOURS else "other"
    faint = ' opacity="0.55"' if link.across else ""
    return (
        f'<path d="{link.path}" fill="none" stroke="{COLOURS.get(link.look, GREY)}" stroke-width="1.5"'
        f'{DASHES.get(link.look, "")}{faint} marker-end="url(#tip-{tip})"><title>{escape(link.label)}</title></path>'
    )


def _boxed(box: Box, url: str) -> Iterator[str]:
    """A box over its curves; the inner svg clips what a font makes wider than it was measured."""
    yield f"<a href={quoteattr(url)}>" if url else "<g>"
    yield f"<title>{escape(f'{box.head}: {box.whole}')}</title>"
    yield (
        f'<path transform="translate({box.x:.1f} {box.y:.1f})" d="{box.path}" fill="#ffffff" '
        f'stroke="{COLOURS.get(box.look, GREY)}" stroke-width="1.2"{DASHES.get(box.look, "")}/>'
    )
    yield f'<svg x="{box.x + 3:.1f}" y="{box.y:.1f}" width="{box.width - 6}" height="{box.height}">'
    yield _line(17, f"{SIGNS[box.look]} {box.head}", f'font-size="11" fill="{SOFT}"')
    yield from (_line(35 + 17 * place, words, f'fill="{INK}"') for place, words in enumerate(box.lines))
    if box.foot:
        yield _line(34 + 17 * len(box.lines), box.foot, f'font-size="11" fill="{SOFT}"')
    yield "</svg>"
    yield "</a>" if url else "</g>"


def _line(y: int, words: str, style: str) -> str:
    return f'<text x="11" y="{y}" {style}>{escape(words)}</text>'
