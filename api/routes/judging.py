"""What a person may judge on a page: a move, as the line of JSONL that says it is right; and a thread's objections."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import pyoxigraph as ox
from flask import Blueprint, g

from rejoinder.api.service.snapshots import served_snapshot, service
from rejoinder.graph.maps.nodes import Place
from rejoinder.graph.maps.reader import Reader
from rejoinder.graph.queries.brief import ReasonFinder
from rejoinder.graph.queries.views import Cell
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples import predicates
from rejoinder.graph.triples.nodes import last_segment
from rejoinder.graph.triples.terms import RJ, TYPE, Names, rj
from rejoinder.records import Kind, Method, occurrence_of, with_wider_kinds

# What the two buttons say, by the kind that is denied; moves of other kinds are not judged on pages.
SAYINGS = {
    Kind.OBJECTION: ("It objects", "It does not object"),
    Kind.SUPPORT: ("It is a reason", "It is no reason"),
    Kind.QUESTION: ("It asks", "It does not ask"),
    Kind.ANSWER: ("It answers", "It does not answer"),
    Kind.CONCESSION: ("It grants it", "It does not grant it"),
    Kind.CLARIFICATION: ("It explains", "It does not explain"),
    Kind.DISMISSAL: ("It dismisses it", "It does not dismiss it"),
    Kind.SIMILARITY: ("It says the same", "It does not say the same"),
}
KINDS = {str(kind) for kind in Kind if kind in SAYINGS or Kind.OBJECTION in with_wider_kinds(kind)}
# What HTML reads otherwise, as JSON may write it; all of it can only stand within a string there.
AS_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "&<>'"}

blueprint = Blueprint("judging", __name__)


@dataclass(frozen=True, slots=True)
class Judgeable:
    """A move as the fields of a judgement; `target` and `target_words` are None where no word of it is loaded."""

    site: str
    thread: str
    comment: str
    words: str
    kind: str
    target: str | None
    target_words: str | None
    occurrence: int | None = None
    target_occurrence: int | None = None

    @property
    def line(self) -> str:
        """The fields as a JSON object of ASCII alone, which stands between single quotes of HTML as it is.

        Between double ones each of its own would have to be written as five characters.
        """
        fields = json.dumps({name: value for name, value in asdict(self).items() if value is not None})
        return fields.translate(AS_ESCAPES)

    @property
    def denied(self) -> str:
        """The kind that is wrong where this move is: that words which counter do not object at all, for one."""
        return Kind.OBJECTION if self.objects else self.kind

    @property
    def objects(self) -> bool:
        """Whether it is an objection of any kind."""
        return Kind.OBJECTION in with_wider_kinds(Kind(self.kind))

    @property
    def sayings(self) -> tuple[str, str]:
        """What is said of it where it is right, and where it is wrong."""
        return SAYINGS[Kind(self.denied)]


@blueprint.app_template_global("judging_command")
def judging_command() -> str:
    """The command that carries judgements out in the store that is served."""
    return service().judging


@blueprint.app_template_global("any_judgeable")
def any_judgeable() -> bool:
    """Whether the page has a move that may be judged, as far as it is written."""
    return bool(g.get("judgeable"))


@blueprint.app_template_global("judged")
def judgeable_move(move: str) -> Judgeable | None:
    """What may be judged of a move (IRI); None of one that has no words, or that the source itself states."""
    reader = _reader()
    kind, place = reader.kind(move), _first_place(reader, move, "evidence")
    stated = (
        reader.one_value(move, RJ + "method") == RJ + Method.HUMAN
        and reader.one_value(move, predicates.IDENTIFIER) is not None
    )
    if not place or stated or not place.exact or kind not in KINDS:
        return None
    key = reader.names.key_of(place.thread)
    target, words, aim_number = _aim(reader, move)
    own = _occurrence(reader, place.comment, place.exact, place.start)
    g.judgeable = True
    return Judgeable(key.site, key.id, last_segment(place.comment), place.exact, kind, target, words, own, aim_number)


def objections_of(snapshot: Snapshot, thread: ox.NamedNode) -> Iterator[dict[str, Cell]]:
    """The objections of a thread that have words, with the comment, by its id, and the first words that make each."""
    names = Names(snapshot.base)
    graph, reasons = ox.NamedNode(names.graph(names.key_of(thread.value))), ReasonFinder(snapshot.store)
    for quad in snapshot.store.quads_for_pattern(None, TYPE, rj("Objection"), graph):
        move = ox.NamedNode(quad.subject.value)  # type: ignore[union-attr]
        spans = [evidence.object for evidence in snapshot.store.quads_for_pattern(move, rj("evidence"), None, graph)]
        places = [_passage(snapshot, span) for span in spans if isinstance(span, ox.NamedNode)]
        if places:
            (comment, start, words), reason = min(places), reasons.reason_for(move.value)
            author = snapshot.value(move, predicates.ATTRIBUTED)
            text = snapshot.value(ox.NamedNode(comment), predicates.CONTENT) or ""
            yield {
                "objection": move.value,
                "comment": last_segment(comment),
                "words": words,
                "occurrence": occurrence_of(words.strip(), text, start),
                "author": snapshot.value(ox.NamedNode(author), predicates.SIOC_NAME) if author else None,
                "status": snapshot.value(move, RJ + "status"),
                "reason": reason.text if reason else None,
                "confidence": float(snapshot.value(move, RJ + "confidence") or 0),
            }


def _passage(snapshot: Snapshot, span: ox.NamedNode) -> tuple[str, int, str]:
    """The comment (IRI), the start and the words of a span."""
    comment, start, words = (snapshot.value(span, RJ + name) or "" for name in ("inComment", "start", "exact"))
    return comment, int(start or 0), words


def _reader() -> Reader:
    """One for all of a page: its moves share their thread and most of their comments."""
    if "reader" not in g:
        g.reader = Reader(served_snapshot())
    reader = g.reader
    assert isinstance(reader, Reader)
    return reader


def _first_place(reader: Reader, iri: str, name: str, comment: str | None = None) -> Place | None:
    """The first of the spans that a resource has under this name, in one comment where one is named."""
    places = [reader.place(span) for span in reader.values(iri).get(RJ + name, ())]
    candidates = [place for place in places if comment in {None, place.comment}]
    return min(candidates, key=lambda place: (place.comment, place.start or 0), default=None)


def _occurrence(reader: Reader, comment: str, words: str, start: int | None) -> int | None:
    """Which of the places it is where words stand several times in a comment."""
    return occurrence_of(words.strip(), reader.one_value(comment, predicates.CONTENT) or "", start or 0)


def _aim(reader: Reader, move: str) -> tuple[str | None, str | None, int | None]:
    """The comment that a move is aimed at, the words there, and which of them; no words where all of it is meant.

    One without any words, which was deleted, is not named: nobody can judge what is said to it but by who replies.
    """
    target, comment = reader.one_value(move, RJ + "target") or "", reader.one_value(move, RJ + "targetComment")
    if comment is None or not (reader.one_value(comment, predicates.CONTENT) or "").strip():
        return None, None, None
    spans = (_first_place(reader, target, name, comment) for name in ("statedIn", "evidence"))
    place = (
        reader.place(target) if reader.one_value(target, RJ + "exact") else next((span for span in spans if span), None)
    )
    if place is None or not place.exact:
        return last_segment(comment), None, None
    return last_segment(comment), place.exact, _occurrence(reader, comment, place.exact, place.start)
