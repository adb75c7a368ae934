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
MOST_BOXES = 80  # that are drawn whatever they are; of more, those that nothing touches which counts are left out
COLOURS = {"objection": "#9a3412", "support": "#0b5f63", "unsure": "#8b8f93"}
GREY, INK, SOFT = "#565c62", "#1c1f22", "#565c62"
DASHES = {"reply": ' stroke-dasharray="7 4"', "link": ' stroke-dasharray="2 3"'}
SIGNS = {"objection": "✕", "reply": "↩", "support": "+", "link": "≈", "claim": "•"}
LEGEND = (
    "✕ objection: cut corners   + support: round ends   ↩ reply: dashed   ≈ quotation: dotted   • claim   grey: unsure"
)
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"


def write(thread_map: ThreadMap, options: Options) -> str:
    """Trees from left to right, each claim and passage a box that looks like the first move it makes.

    A box links to the comment it is from, where that has an http(s) link. Objections that are too unsure to count are
    grey. Of a thread of more than MOST_BOXES boxes, moves that are less sure than counts are left out, but those that
    a drawn one is aimed at, and so are claims that no drawn move touches; below the title stands how many. Quotations
    between passages that no claim is made of are left out always.
    """
    drawn = _Drawing(thread_map, options.objection_threshold)
    layout = draw_forest(drawn.faces, drawn.arrows)
    note = _omission_note(drawn)
    width = max(layout.width, text_width(LEGEND + note, 11) + 2 * MARGIN)
    return (
        "\n".join(
            [*_head(thread_map, width, layout.height + HEAD_HEIGHT, note), *_body(layout, drawn.urls), "</g>", "</svg>"]
        )
        + "\n"
    )


class _Drawing:
    """What is drawn of a thread: a box an end, an arrow a move and source."""

    def __init__(self, thread_map: ThreadMap, least: float) -> None:
        self.thread_map, self.ends, self.least_confidence = thread_map, Ends(thread_map), least
        every = [move for move in self.ends.moves() if not _is_mere_pointer(move)]
        self._draw(every)
        untouched = self._untouched_claims()
        end_by_iri = self._end_by_box() | untouched
        self.moves_left = self.claims_left = 0
        if len(end_by_iri) > MOST_BOXES:
            self._draw(self._counting_moves(every))
            end_by_iri = self._end_by_box() or untouched
            self.moves_left, self.claims_left = len(every) - len(self.moves), self._claims_without_box(end_by_iri)
        self.faces = {iri: self._face(iri, end) for iri, end in end_by_iri.items()}
        self.urls = {iri: end.url for iri, end in end_by_iri.items() if end.url}

    def _draw(self, moves: list[Move]) -> None:
        self.moves = moves
        self.box_by_end: dict[Source | Target, str] = {}
        for move in moves:
            self.box_by_end[MoveRef(move.id)] = self._box(move.sources[0], move)
        self.first_move_by_box: dict[str, Move] = {}
        self.arrows = tuple(dict.fromkeys(self._arrows()))

    def _counting_moves(self, moves: list[Move]) -> list[Move]:
        """The moves that are sure enough to count, and those that these are aimed at."""
        by_id = {move.id: move for move in moves}
        kept_ids = {move.id for move in moves if move.confidence >= self.least_confidence}
        waiting = list(kept_ids)
        while waiting:
            target = by_id[waiting.pop()].target
            if isinstance(target, MoveRef) and target.id in by_id and target.id not in kept_ids:
                kept_ids.add(target.id)
                waiting.append(target.id)
        return [move for move in moves if move.id in kept_ids]

    def _claims_without_box(self, end_by_iri: Mapping[str, End]) -> int:
        """How many claims have no box."""
        return sum(self.thread_map.names.claim(claim.id) not in end_by_iri for claim in self.ends.claims())

    def _box(self, end: Source | Target, move: Move) -> str:
        """The box that an end stands in: a move is in that of its first source, a reaction in one of its own."""
        if isinstance(end, MoveRef):
            return self.box_by_end.get(end) or self.thread_map.names.move(end.id)
        iri = self.thread_map.names.end(self.thread_map.key, end)
        return f"{iri}#{move.id}" if iri.startswith(f"{self.thread_map.base}author/") else iri

    def _arrows(self) -> Iterator[Arrow]:
        for move in self.moves:
            target = self._box(move.target, move)
            for source in move.sources:
                start = self._box(source, move)
                self.first_move_by_box.setdefault(start, move)
                if start != target:
                    yield Arrow(start, target, look_of_kind(move.kind), str(move.kind), self._is_unsure(move))

    def _end_by_box(self) -> dict[str, End]:
        """What each box stands for: what moves touch, in the order of reading."""
        return {
            self._box(end, move): self.ends.end_of(end)
            for move in self.moves
            for end in (move.target, *move.sources)
            if end not in self.box_by_end
        }

    def _untouched_claims(self) -> dict[str, End]:
        """The claims that no move touches."""
        touched = self._end_by_box()
        every = {self.thread_map.names.claim(claim.id): self.ends.claim_end(claim) for claim in self.ends.claims()}
        return {iri: end for iri, end in every.items() if iri not in touched}

    def _face(self, iri: str, end: End) -> Box:
        move = self.first_move_by_box.get(iri)
        status = self.thread_map.statuses.get(move.id) if move else None
        kind = str(move.kind) if move else end.kind
        unsure = move is not None and self._is_unsure(move)
        standing = f" · {status.replace('-', ' ')}" if status else ""
        return box_of(
            iri,
            head=f"{kind}, unsure" if unsure else f"{kind}{standing}",
            text=end.words,
            author=end.author if end.kind != "Author" else None,
            look=look_of_kind(move.kind) if move else "claim",
            faint=unsure,
        )

    def _is_unsure(self, move: Move) -> bool:
        """True of an objection that does not count: only those have a status."""
        return move.id in self.thread_map.statuses and move.confidence < self.least_confidence


def _is_mere_pointer(move: Move) -> bool:
    """True for a quotation, or a note of who is addressed, that has no claim at either end."""
    ends = (move.target, *move.sources)
    return move.kind in (Kind.QUOTATION, Kind.REPLY) and not any(isinstance(end, ClaimRef) for end in ends)


def _omission_note(drawn: _Drawing) -> str:
    """How much is left out, behind the legend; nothing where all is there."""
    counts = ((drawn.moves_left, "less sure move"), (drawn.claims_left, "claim"))
    parts = [f"{many:,} {noun}{'' if many == 1 else 's'}" for many, noun in counts if many]
    return f"   left out: {', '.join(parts)}" if parts else ""


def _head(thread_map: ThreadMap, width: float, height: float, note: str) -> Iterator[str]:
    title = fold_text(thread_map.title, width - 2 * MARGIN, size=TITLE_SIZE, most=1)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{FONT}" font-size="13">'
    )
    yield f"<title>{escape(flat_text(thread_map.title))}</title>"
    yield "<defs>"
    for name, colour in (*COLOURS.items(), ("other", GREY)):
        yield (
            f'<marker id="tip-{name}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0L8 4L0 8Z" fill="{colour}"/></marker>'
        )
    yield "</defs>"
    yield f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>'
    yield f'<text x="{MARGIN}" y="30" font-size="{TITLE_SIZE}" fill="{INK}">{escape("".join(title))}</text>'
    yield f'<text x="{MARGIN}" y="52" font-size="11" fill="{SOFT}" xml:space="preserve">{LEGEND}{note}</text>'
    yield f'<g transform="translate(0 {HEAD_HEIGHT})">'


def _body(layout: Map, urls: Mapping[str, str]) -> Iterator[str]:
    yield from (_curve(link) for link in layout.links)
    for box in layout.boxes:
        yield from _box_elements(box, urls.get(box.iri, ""))


def _curve(link: Link) -> str:
    looks = "unsure" if link.faint else link.look
    tip = looks if looks in COLOURS else "other"
    faint = ' opacity="0.55"' if link.across else ""
    width = 1 if link.faint else 1.5
    return (
        f'<path d="{link.path}" fill="none" stroke="{COLOURS.get(looks, GREY)}" stroke-width="{width}"'
        f'{DASHES.get(link.look, "")}{faint} marker-end="url(#tip-{tip})"><title>{escape(link.label)}</title></path>'
    )


def _box_elements(box: Box, url: str) -> Iterator[str]:
    """A box over its curves; the inner svg clips what a font makes wider than it was measured."""
    yield f"<a href={quoteattr(url)}>" if url else "<g>"
    yield f"<title>{escape(f'{box.head}: {box.whole}')}</title>"
    colour = COLOURS.get("unsure" if box.faint else box.look, GREY)
    yield (
        f'<path transform="translate({box.x:.1f} {box.y:.1f})" d="{box.path}" fill="#ffffff" '
        f'stroke="{colour}" stroke-width="1.2"{DASHES.get(box.look, "")}/>'
    )
    yield f'<svg x="{box.x + 3:.1f}" y="{box.y:.1f}" width="{box.width - 6}" height="{box.height}">'
    for place, head in enumerate(box.heads):
        sign = "" if place else f"{SIGNS[box.look]} "
        yield _line(17 + 14 * place, f"{sign}{head}", f'font-size="11" fill="{SOFT}"', x=24 if place else 11)
    yield from (_line(box.first + 17 * place, words, f'fill="{INK}"') for place, words in enumerate(box.lines))
    if box.foot:
        yield _line(box.first + 17 * len(box.lines) - 1, box.foot, f'font-size="11" fill="{SOFT}"')
    yield "</svg>"
    yield "</a>" if url else "</g>"


def _line(y: int, words: str, style: str, x: int = 11) -> str:
    return f'<text x="{x}" y="{y}" {style}>{escape(words)}</text>'
