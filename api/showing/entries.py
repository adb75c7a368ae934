"""The comments of a thread as its page shows them: set in parts, with what they claim, do and met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from rejoinder.api.showing import templating
from rejoinder.api.showing.body import Body, set_body
from rejoinder.api.showing.marks import NO_RANGE, Link, Mark
from rejoinder.graph.maps.links import web_link
from rejoinder.graph.maps.wording import UNKNOWN_AUTHOR
from rejoinder.graph.queries.views import Cell, Row, Value, find_view, view_rows
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.terms import RJ

DEEPEST = 8  # replies nested deeper are drawn at this indent, with their depth in words

_NUMBERS = ("start", "end", "objections", "openObjections")
_ORIGIN = ("originPlace", "originAuthor", "originThread", "originTitle", "originLink", "originConfidence", "originCue")

BOUND = 3000  # rows of a view about the comments of a page, which seldom has as many


@dataclass(frozen=True, slots=True)
class ShownMove:
    """A move made in a comment, each once; `words` and `aim` are its evidence and the text it is aimed at."""

    row: Row
    words: tuple[str, ...]
    aim: str
    status: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """A comment that another is said to speak to: its row, and the Reply that says so and how that was found."""

    comment: Row
    move: Row


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment on the page of its thread: its place in the tree, its text set in parts, what it makes and what it met.

    `repeats` is the earlier comment of the same words, which is sought in dumps only. Where it is not `stated` by the
    source which comment it answers, its parent is only the post that it stands below, and `said_to` was found.
    """

    row: Row
    depth: int
    parent: Row | None
    body: Body
    claims: tuple[Mark, ...]
    moves: tuple[ShownMove, ...] = field(default=())
    reactions: tuple[Row, ...] = field(default=())
    repeats: Row | None = None
    stated: bool = True
    said_to: tuple[Addressee, ...] = ()

    @property
    def indent(self) -> int:
        """The depth as it is drawn."""
        return min(self.depth, DEEPEST)

    @property
    def hidden(self) -> tuple[Mark, ...]:
        """The claims to which none of the words shown leads: others within them do, or a link in them."""
        leading = {piece.leads for part in self.body.parts for piece in part.pieces}
        return tuple(mark for mark in self.claims if mark.claim not in leading)

    def by_words(self, moves: Iterable[ShownMove]) -> list[tuple[tuple[str, ...], list[ShownMove]]]:
        """Moves of this comment by the words that make them, in the order of the text; `()` are all its own words."""
        text, own = str(self.row["text"]), self._own_words
        moves_by_words = defaultdict[tuple[str, ...], list[ShownMove]](list)
        for shown_move in moves:
            moves_by_words[tuple(sorted(shown_move.words, key=text.find))].append(shown_move)
        ordered = sorted(moves_by_words.items(), key=lambda pair: [text.find(words) for words in pair[0]])
        return [
            (() if len(ordered) == 1 and _plain_words(*words) == own else words, shown_moves)
            for words, shown_moves in ordered
        ]

    @property
    def _own_words(self) -> str:
        """Its words but for those of others that stand apart."""
        return _plain_words(*(piece.text for part in self.body.parts if not part.depth for piece in part.pieces))

    @property
    def quoted(self) -> bool:
        """True if some of it is set apart as quoted."""
        return any(part.quoted for part in self.body.parts)

    @property
    def idle(self) -> bool:
        """True if it claims nothing, does nothing and quotes nobody, as a title or a thank-you does."""
        return not (self.claims or self.moves or self.quoted or self.body.within)


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words that a link leads to: the id of their comment, and the characters start..end of it."""

    comment: str
    start: int
    end: int

    def span_in(self, comment: str) -> tuple[int, int]:
        """The characters in a comment; none of another one."""
        return (self.start, self.end) if comment == self.comment else NO_RANGE


def entries(
    snapshot: Snapshot,
    iri: ox.NamedNode,
    ordered: Sequence[tuple[Row, int]],
    shown: Iterable[tuple[Row, int]],
    highlight: Highlight | None = None,
) -> list[Entry]:
    """The comments that are `shown` out of all of a thread, in their order; of no others is asked what they do."""
    parents = {row["place"]: row for row, _ in ordered}
    first = _originals_by_place(row for row, _ in ordered) if templating.is_dump(iri.value) else {}
    shown = tuple(shown)
    details = _shown_comments(snapshot, iri, parents, tuple(ox.NamedNode(str(row["place"])) for row, _ in shown))
    return [
        Entry(
            row=row,
            depth=depth,
            parent=parents.get(row["parent"]),
            body=details.body(row, highlight.span_in(str(row["comment"])) if highlight else NO_RANGE),
            claims=tuple(details.marks.get(row["comment"], ())),
            moves=tuple(details.moves.get(row["comment"], ())),
            reactions=tuple(details.reactions.get(row["comment"], ())),
            repeats=first.get(row["place"]),
            stated=snapshot.value(ox.NamedNode(str(row["place"])), RJ + "addressed") != "false",
            said_to=tuple(details.said_to.get(row["comment"], ())),
        )
        for row, depth in shown
    ]


@dataclass(frozen=True, slots=True)
class _ShownComments:
    """What the views tell of the comments that are shown, by comment."""

    marks: Mapping[Cell, Sequence[Mark]]
    moves: Mapping[Cell, Sequence[ShownMove]]
    said_to: Mapping[Cell, Sequence[Addressee]]
    reactions: Mapping[Cell, Sequence[Row]]
    links: Mapping[Cell, Sequence[Row]]
    quotations: Mapping[Cell, Sequence[Row]]

    def body(self, row: Row, sought: tuple[int, int]) -> Body:
        """The text of a comment, with the marks, links and quotations in it, and the words that are sought."""
        comment = row["comment"]
        links = [_link(link) for link in self.links.get(comment, ()) if web_link(str(link["link"]))]
        quoted = [_with_origin(quotation, row) for quotation in self.quotations.get(comment, ())]
        return set_body(str(row["text"]), self.marks.get(comment, ()), links, quoted, sought)


def _shown_comments(
    snapshot: Snapshot, iri: ox.NamedNode, comments: Mapping[Cell, Row], iris: tuple[ox.NamedNode, ...]
) -> _ShownComments:
    values: dict[str, Value] = {"thread": iri, "comments": iris}
    names = ("statements", "moves", "reactions", "links", "quotations")
    stated, move_rows, *others = (_all_rows(snapshot, name, values) for name in names)
    said_to = _addressees_by_comment(move_rows, comments)
    apart = {addressee.move["move"] for addressees in said_to.values() for addressee in addressees}
    moves = _moves_by_comment([row for row in move_rows if row["move"] not in apart], snapshot, comments)
    return _ShownComments(_marks_by_comment(stated), moves, said_to, *map(_rows_by_comment, others))


def rows_of(snapshot: Snapshot, name: str, iri: ox.NamedNode) -> tuple[dict[str, Cell], ...]:
    """All rows of a view for one thread."""
    values: dict[str, Value] = {"thread": iri}
    return view_rows(snapshot.store, find_view(name), values).rows


def _all_rows(snapshot: Snapshot, name: str, values: Mapping[str, Value]) -> tuple[dict[str, Cell], ...]:
    """All rows of a view; with a bound, where that loses none, as the engine then reads these and no others."""
    rows = view_rows(snapshot.store, find_view(name), values, most=BOUND)
    return view_rows(snapshot.store, find_view(name), values).rows if rows.truncated else rows.rows


def _plain_words(*texts: str) -> str:
    """The words alone: no white space, and no mark at the end."""
    return "".join("".join(texts).split()).rstrip(".!?…")


def _originals_by_place(comments: Iterable[Row]) -> dict[Cell, Row]:
    """For each comment that repeats the words of an earlier one, the first of them."""
    first_by_text: dict[str, Row] = {}
    original_by_place: dict[Cell, Row] = {}
    for row in comments:
        first = first_by_text.setdefault(" ".join(str(row["text"]).split()).casefold(), row)
        if first is not row:
            original_by_place[row["place"]] = first
    return original_by_place


def _link(row: Row) -> Link:
    return Link(int(row["start"] or 0), int(row["end"] or 0), str(row["link"]))


def _with_origin(quotation: Row, comment: Row) -> Row:
    """A quotation, with the origin of its whole comment where it has none of its own."""
    return quotation if quotation["originPlace"] else {**quotation, **{name: comment[name] for name in _ORIGIN}}


def _rows_by_comment(rows: Iterable[Row]) -> dict[Cell, list[Row]]:
    by_comment = defaultdict[Cell, list[Row]](list)
    for row in rows:
        by_comment[row["comment"]].append(row)
    return by_comment


def _marks_by_comment(rows: Iterable[Row]) -> dict[Cell, list[Mark]]:
    marks = defaultdict[Cell, list[Mark]](list)
    for row in rows:
        start, end, objections, waiting = (int(row[name] or 0) for name in _NUMBERS)
        mark = Mark(start, end, str(row["claim"]), str(row["text"]), objections, waiting)
        marks[row["comment"]].append(mark)
    return marks


def _whole_comment_words(comment: Row) -> str:
    """What a comment is called where all of it is meant."""
    return f"the whole comment of {comment['author'] or UNKNOWN_AUTHOR}"


def _addressees_by_comment(rows: Iterable[Row], comments: Mapping[Cell, Row]) -> dict[Cell, list[Addressee]]:
    """Whom comments speak to as far as that was found, by their ids, the surest first: plain replies to a comment."""
    plain = {row["move"]: row for row in rows if row["kind"] == "Reply" and row["target"] in comments}
    said_to = defaultdict[Cell, list[Addressee]](list)
    for row in sorted(plain.values(), key=lambda row: (-float(row["confidence"] or 0), str(row["move"]))):
        said_to[row["comment"]].append(Addressee(comments[row["target"]], row))
    return said_to


def _moves_by_comment(
    rows: Iterable[Row], snapshot: Snapshot, comments: Mapping[Cell, Row]
) -> dict[Cell, list[ShownMove]]:
    """The moves by comment; a move with several evidence spans has a row for each."""
    by_move = defaultdict[Cell, list[Row]](list)
    for row in rows:
        by_move[row["move"]].append(row)
    shown_by_comment = defaultdict[Cell, list[ShownMove]](list)
    for move, move_rows in by_move.items():
        if move_rows[0]["kind"] == "Quotation":  # those stand in the body
            continue
        evidence = tuple(dict.fromkeys(str(row["words"]) for row in move_rows if row["words"]))
        aim = _aim_words(snapshot, move_rows[0]["target"], comments)
        status = snapshot.value(ox.NamedNode(str(move)), RJ + "status") or ""
        shown_by_comment[move_rows[0]["comment"]].append(ShownMove(move_rows[0], evidence, aim, status))
    return shown_by_comment


def _aim_words(snapshot: Snapshot, target: Cell, comments: Mapping[Cell, Row]) -> str:
    """The words that a move is aimed at: those of a claim, those that make a move, or whose comment it is."""
    if target in comments:
        return _whole_comment_words(comments[target])
    aimed = ox.NamedNode(str(target))
    spans = [quad.object for quad in snapshot.store.quads_for_pattern(aimed, ox.NamedNode(RJ + "evidence"), None)]
    words = (snapshot.value(span, RJ + "exact") for span in spans if isinstance(span, ox.NamedNode))
    return snapshot.value(aimed, RJ + "text") or min(filter(None, words), default="")
