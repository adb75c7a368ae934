"""What stands at the ends of moves, and the moves themselves, in words: the same for every writer."""

from __future__ import annotations

from dataclasses import dataclass

from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.maps.links import web_link
from rejoinder.graph.maps.wording import wordless_noun
from rejoinder.records import (
    AuthorRef,
    Claim,
    ClaimRef,
    Comment,
    CommentRef,
    Move,
    MoveRef,
    Source,
    Span,
    Target,
    ThreadRef,
)


@dataclass(frozen=True, slots=True)
class End:
    """One thing that a move comes from or is aimed at, or a move: what it is, says and links to; "" is unknown.

    `kind` is a class of the ontology ("Claim", "Rebuttal", "Comment", "Span", "Thread", "Author"). `id` is what it has
    of its own: the digits of a claim or move, the source's id of a comment. `comment` is where it stands.
    """

    kind: str
    id: str
    iri: str
    text: str
    author: str = ""
    comment: Comment | None = None

    @property
    def words(self) -> str:
        """What it says, or what stands for it where it says nothing."""
        return self.text or (wordless_noun(self.kind, self.author) if self.comment else self.kind)

    @property
    def url(self) -> str:
        """Where the comment can be read, if that is a plain http(s) link."""
        return web_link(self.comment.url) if self.comment else ""

    @property
    def created(self) -> str:
        """When the comment was written."""
        return (self.comment.created or "") if self.comment else ""


class Ends:
    """Look-ups in one thread."""

    def __init__(self, thread_map: ThreadMap) -> None:
        self.map = thread_map
        self._comments, self._claims, self._moves = thread_map.comments(), thread_map.claims(), thread_map.moves()
        self._place = {comment.id: place for place, comment in enumerate(thread_map.comments_in_order())}

    def claims(self) -> list[Claim]:
        """All claims in the order of reading: by comment, oldest first, and by place in it."""
        return sorted(self.map.argument.claims, key=lambda claim: (self._place_of_spans(claim.spans[:1]), claim.id))

    def moves(self) -> list[Move]:
        """All moves in the order of reading; reactions without words last."""
        return sorted(self.map.argument.moves, key=lambda move: (self._place_of_move(move), move.id))

    def end_of(self, end: Source | Target) -> End:
        """What an end of a move points at; what is not in the thread has no text."""
        iri = self.map.names.end(self.map.key, end)
        match end:
            case ClaimRef(id=name):
                return self.claim_end(self._claims[name]) if name in self._claims else End("Claim", name, iri, "")
            case MoveRef(id=name):
                return self.move_end(self._moves[name]) if name in self._moves else End("Move", name, iri, "")
            case CommentRef(id=name):
                return self._comment(name, iri)
            case Span(comment=name, exact=exact):
                return End("Span", iri, iri, exact, self._author(name), self._comments.get(name))
            case AuthorRef(name=name):
                return End("Author", name, iri, name, name)
            case ThreadRef():
                return End("Thread", self.map.key.id, iri, self.map.title)

    def claim_end(self, claim: Claim) -> End:
        """A claim, at the first place where it is stated."""
        first = self._comments.get(claim.spans[0].comment) if claim.spans else None
        return End("Claim", claim.id, self.map.names.claim(claim.id), claim.text, claim.author or "", first)

    def move_end(self, move: Move) -> End:
        """A move; its text is the words that show it."""
        words = " … ".join(span.exact for span in move.evidence)
        comment = self._comments.get(move.comment or "")
        return End(str(move.kind), move.id, self.map.names.move(move.id), words, move.author or "", comment)

    def _comment(self, name: str, iri: str) -> End:
        comment = self._comments.get(name)
        return End("Comment", name, iri, comment.text if comment else "", self._author(name), comment)

    def _author(self, comment: str) -> str:
        record = self._comments.get(comment)
        return (record.author or "") if record else ""

    def _place_of_spans(self, spans: tuple[Span, ...]) -> tuple[int, int]:
        last = (len(self._place), 0)
        return min(((self._place.get(span.comment, last[0]), span.start) for span in spans), default=last)

    def _place_of_move(self, move: Move) -> tuple[int, int]:
        place = self._place.get(move.comment or "", len(self._place))
        return place, min((span.start for span in move.evidence), default=0)
