"""The records that loaders yield and the graph is built from: frozen, plain, and named in the ontology's words.

A loader yields `Found` records (with file and line); `loaders.merge` gathers them into one `Discussion` a thread;
`loaders.extract` turns a Discussion into an `ArgumentMap`; `graph.triples.build` turns both into quads.
All offsets are 0-based Unicode code points into `Comment.text`, end exclusive.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TypeAlias


class State(StrEnum):
    """What a comment is, or became after it was written; the values are the local names of the ontology."""

    DELETED = "deleted"
    RETRACTED = "retracted"
    RESOLVED = "resolved"
    NOTICE = "notice"


class Coverage(StrEnum):
    """How much of a thread is loaded, as far as its source declares."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


class Method(StrEnum):
    """How a move was found."""

    STRUCTURAL = "structural"
    RULE = "rule"
    MODEL = "model"
    HUMAN = "human"


class Verdict(StrEnum):
    """What a judgement says of a move; the values are the local names of the ontology, but for `withdrawn`."""

    RIGHT = "right"
    WRONG = "wrong"
    WITHDRAWN = "withdrawn"


class ChosenBy(StrEnum):
    """How the claim that a move is about was chosen: `target.by` of its explanation (docs/explain.md)."""

    QUOTE = "quote"
    NUMBER = "number"
    TOPIC = "topic"
    ASKED = "question"
    SHARED = "shared words"
    ALIKE = "likeness"
    FIRST = "first claim"
    FIT = "best fit"
    WHOLE = "comment"


class Kind(StrEnum):
    """The kinds of move: local names of the classes of the ontology's argument layer."""

    MOVE = "Move"
    SUPPORT = "Support"
    OBJECTION = "Objection"
    REBUTTAL = "Rebuttal"
    UNDERMINE = "Undermine"
    UNDERCUT = "Undercut"
    REPLY = "Reply"
    QUESTION = "Question"
    ANSWER = "Answer"
    COUNTER = "Counter"
    CONCESSION = "Concession"
    CLARIFICATION = "Clarification"
    DISMISSAL = "Dismissal"
    QUOTATION = "Quotation"
    SIMILARITY = "Similarity"


PARENTS: dict[Kind, tuple[Kind, ...]] = {
    Kind.MOVE: (),
    Kind.SUPPORT: (Kind.MOVE,),
    Kind.OBJECTION: (Kind.MOVE,),
    Kind.REBUTTAL: (Kind.OBJECTION,),
    Kind.UNDERMINE: (Kind.OBJECTION,),
    Kind.UNDERCUT: (Kind.OBJECTION,),
    Kind.REPLY: (Kind.MOVE,),
    Kind.QUESTION: (Kind.REPLY,),
    Kind.ANSWER: (Kind.REPLY,),
    Kind.COUNTER: (Kind.ANSWER, Kind.OBJECTION),
    Kind.CONCESSION: (Kind.ANSWER,),
    Kind.CLARIFICATION: (Kind.ANSWER,),
    Kind.DISMISSAL: (Kind.ANSWER,),
    Kind.QUOTATION: (Kind.MOVE,),
    Kind.SIMILARITY: (Kind.MOVE,),
}

# Answers to an objection, and what they are at something that objects to nothing (shape S07).
ELSEWHERE = {
    Kind.COUNTER: Kind.REBUTTAL,
    Kind.CONCESSION: Kind.SUPPORT,
    Kind.DISMISSAL: Kind.OBJECTION,
    Kind.ANSWER: Kind.CLARIFICATION,
    Kind.CLARIFICATION: Kind.CLARIFICATION,
}


@cache
def kinds(kind: Kind) -> tuple[Kind, ...]:
    """A kind and all its superclasses, sorted by name.

    >>> [str(k) for k in kinds(Kind.COUNTER)]
    ['Answer', 'Counter', 'Move', 'Objection', 'Reply']
    """
    found, waiting = {kind}, [kind]
    while waiting:
        for parent in PARENTS[waiting.pop()]:
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return tuple(sorted(found))


# ------------------------------------------------------------------ what was written


@dataclass(frozen=True, slots=True, order=True)
class ThreadKey:
    """Names a thread: the site it stands on and the site's own id for it, verbatim."""

    site: str
    id: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread as its source describes it; the counts it declares decide the coverage."""

    key: ThreadKey
    title: str | None = None
    url: str | None = None
    declared_comments: int | None = None

    @property
    def thread(self) -> ThreadKey:
        """Its own key, as every other record has that of its thread."""
        return self.key


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Characters start..end of a comment's text, at least one, that lead to a URL."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: `text` is plain text, `created` the source's own string (ISO 8601 wherever it can be).

    Of the form of a body stays what plain text can show: `> ` before quoted lines, `- ` before items, ``` around code.

    `addressed` is False where the source does not say whom the comment answers: `parent`, if there is one, is then only
    the post that it stands below. `to` is the author whom it speaks to, where the source records that.

    `position` is the 0-based place in a flattened dump, whose comments have no parents: there, what stands next to
    what is the only structure there is. It is None wherever replies are known.
    """

    thread: ThreadKey
    id: str
    text: str
    parent: str | None = None
    author: str | None = None
    created: str | None = None
    url: str | None = None
    declared_replies: int | None = None
    states: tuple[State, ...] = ()
    position: int | None = None
    links: tuple[Link, ...] = ()
    addressed: bool = True
    to: str | None = None


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """A claim that the source itself marks: `name` is the source's id for it, start and end lie in its comment."""

    thread: ThreadKey
    name: str
    comment: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StatedMove:
    """A move that the source itself states; sources and target name stated claims, stated moves or comments."""

    thread: ThreadKey
    name: str
    kind: Kind
    sources: tuple[str, ...]
    target: str | None
    comment: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class PlatformMove:
    """A move that the platform records beside the words, in a thread whose argument is yet to be found.

    Either characters start..end of `comment` make it (a quotation whose origin the platform knows, an accepted answer;
    without start and end it is the whole comment), or an `author` does, without words (a reaction). It is aimed at
    the comment `target`, or at the words `exact` of it; `cue` is the platform's name for it. A target that is not
    loaded is no fault: it may come with a later load.
    """

    thread: ThreadKey
    name: str
    kind: Kind
    target: str
    cue: str
    comment: str | None = None
    start: int | None = None
    end: int | None = None
    author: str | None = None
    exact: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of a move: that the `words` of a comment make it, or do not, whatever an extractor finds.

    Without `words` all of the comment is meant, and without `target` whatever comment it is aimed at; `target_words`
    are those there that are meant. Where words stand several times in their comment, the `occurrence` (from 2 on) tells
    which is meant; without it the first is. `by` is who judges, `note` why. A withdrawn judgement was never made.
    """

    thread: ThreadKey
    comment: str
    kind: Kind
    verdict: Verdict
    words: str | None = None
    target: str | None = None
    target_words: str | None = None
    by: str | None = None
    note: str | None = None
    occurrence: int | None = None
    target_occurrence: int | None = None

    @property
    def name(self) -> str:
        """32 hexadecimal digits made of what is judged: who judges it again takes the place of who did before."""
        words, aim = normalised(self.words or ""), normalised(self.target_words or "")
        whose = digest("judgement", self.thread.site, self.thread.id, self.comment, words)
        places = [str(one or "") for one in (self.occurrence, self.target_occurrence)]
        return digest(whose, self.kind, self.target or "", aim, *(places if any(places) else ()))


@dataclass(frozen=True, slots=True)
class AifNode:
    """A node of an AIF graph; `type` is I, L, RA, CA, MA, PA, TA, YA, or what else its source says, even nothing."""

    id: str
    type: str
    text: str = ""
    timestamp: str | None = None
    scheme: str | None = None
    scheme_id: str | None = None


@dataclass(frozen=True, slots=True)
class AifEdge:
    """An edge between two nodes of an AIF graph, by their ids; ids of edges need not differ, as long as ends do."""

    id: str
    source: str
    target: str
    form: str | None = None


@dataclass(frozen=True, slots=True)
class AifLocution:
    """Who uttered an L-node, and when; neither the node nor the person need be described anywhere.

    `timestamp` is when that was noted, `start` and `end` when it was said; a node may have several.
    """

    node: str
    person: str | None = None
    timestamp: str | None = None
    start: str | None = None
    end: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class AifPerson:
    """A participant of a dialogue."""

    id: str
    first_name: str = ""
    last_name: str = ""

    @property
    def name(self) -> str:
        """The name as it is shown; tools of AMF write `None` for a part that they do not know."""
        return " ".join(one for one in (self.first_name, self.last_name) if one not in ("", "None")).strip()


@dataclass(frozen=True, slots=True)
class AifGraph:
    """A thread's graph in the Argument Interchange Format, as its source has it; each part in `natural` order.

    Edges lead from a premise to its scheme node, and from that to the conclusion. `numbers`: every id of the source
    is a whole number, and is written as one. `text` is the text that was analysed.
    """

    thread: ThreadKey
    nodes: tuple[AifNode, ...]
    edges: tuple[AifEdge, ...] = ()
    locutions: tuple[AifLocution, ...] = ()
    persons: tuple[AifPerson, ...] = ()
    numbers: bool = False
    text: str | None = None


Record: TypeAlias = Thread | Comment | StatedClaim | StatedMove | PlatformMove | Judgement | AifGraph


@dataclass(frozen=True, slots=True)
class Found:
    """A record and where it was found: the file as the user named it, and the line (from 1)."""

    record: Record
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Discussion:
    """All that is known of one thread: each comment once, every parent named is in the thread or listed as absent.

    Comments are sorted by position (flattened dumps) or else by id; the rest by name.
    """

    thread: Thread
    comments: tuple[Comment, ...]
    stated_claims: tuple[StatedClaim, ...] = ()
    stated_moves: tuple[StatedMove, ...] = ()
    platform_moves: tuple[PlatformMove, ...] = ()
    aif: AifGraph | None = None
    judgements: tuple[Judgement, ...] = ()

    @property
    def flattened(self) -> bool:
        """True for a dump whose comments have only their order."""
        return any(one.position is not None for one in self.comments)


# ------------------------------------------------------------------ what is argued


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters start..end of a comment of the same thread; `exact` is that text, never empty."""

    comment: str
    start: int
    end: int
    exact: str

    def common(self, other: Span) -> int:
        """How many characters it shares with another span of its comment; not above 0 where they are apart."""
        return min(self.end, other.end) - max(self.start, other.start)


@dataclass(frozen=True, slots=True, order=True)
class ClaimRef:
    """Points at a claim of the same thread by its id."""

    id: str


@dataclass(frozen=True, slots=True, order=True)
class MoveRef:
    """Points at a move of the same thread by its id."""

    id: str


@dataclass(frozen=True, slots=True, order=True)
class CommentRef:
    """Points at a whole comment of the same thread."""

    id: str


@dataclass(frozen=True, slots=True, order=True)
class ThreadRef:
    """Points at the thread itself, which stands for the post or comment that was never loaded."""


@dataclass(frozen=True, slots=True, order=True)
class AuthorRef:
    """Points at an author of the thread's site: the source of a reaction without words."""

    name: str


Source: TypeAlias = ClaimRef | Span | AuthorRef
Target: TypeAlias = ClaimRef | MoveRef | CommentRef | Span | ThreadRef


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, stated at one or more spans; `author` is None where whoever said it is unknown (a quoted claim)."""

    id: str
    text: str
    spans: tuple[Span, ...]
    author: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One step of the argument: from its sources (a Support may have several) to its target.

    `comment` is where it is made (None only for a reaction without words), `target_comment` where its target stands
    (None only where that was never loaded), `evidence` the words that show it, `cue` the words or rule that decided.
    `explanation` is a JSON object of features and alternatives, where there are any. `judgement` is the name of the
    judgement that says that it is right, where a person did.
    """

    id: str
    kind: Kind
    sources: tuple[Source, ...]
    target: Target
    comment: str | None
    target_comment: str | None
    evidence: tuple[Span, ...]
    author: str | None
    confidence: float
    method: Method
    cue: str
    explanation: str | None = None
    name: str | None = None
    judgement: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Which extractor made the moves: its name, version and parameters (a JSON object with sorted keys)."""

    name: str
    version: str
    parameters: str = "{}"


@dataclass(frozen=True, slots=True)
class ArgumentMap:
    """What one extraction found in one Discussion, sorted by id."""

    extraction: Extraction
    claims: tuple[Claim, ...] = ()
    moves: tuple[Move, ...] = ()


# ------------------------------------------------------------------ identity


def occurrence_of(words: str, text: str, start: int) -> int | None:
    """Which of the places where words stand in a text begins at `start`, from 2 on; None for the first.

    >>> occurrence_of("No.", "No. Yes. No.", 9), occurrence_of("No.", "No. Yes. No.", 0)
    (2, None)
    """
    before, at = 0, text.find(words)
    while words and 0 <= at < start:
        before, at = before + 1, text.find(words, at + 1)
    return before + 1 if before else None


def digest(*parts: str) -> str:
    """32 hexadecimal digits of SHA-256 over the parts, each ended by a NUL so that no two lists of parts collide.

    >>> digest("a", "b") == digest("ab")
    False
    """
    return hashlib.sha256("".join([part + "\0" for part in parts]).encode("utf-8")).hexdigest()[:32]


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts numbers within names by their value.

    >>> sorted(["n10", "9", "n9", "10"], key=natural)
    ['9', '10', 'n9', 'n10']
    """
    parts = re.split(r"([0-9]+)", name)
    return tuple((len(part.lstrip("0")) + 1, part) if place % 2 else (0, part) for place, part in enumerate(parts))


def normalised(text: str) -> str:
    """Text as identity sees it: NFKC, case folded, white space collapsed.

    >>> normalised("  No,\\n THANKS ")
    'no, thanks'
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(plain.casefold().split())


MARKS = re.compile(r"(?<=\n)[ \t]{0,3}(?:(?:>|&gt;)[ \t]?)+")


def unmarked(text: str) -> str:
    """Text with blanks for the marks of quotation before all lines but the first; the rest stands where it stood.

    >>> unmarked("So it\\n> > was.")
    'So it\\n    was.'
    """
    return MARKS.sub(lambda match: " " * len(match[0]), text) if "\n" in text else text


def make_claim(thread: ThreadKey, spans: Iterable[Span], author: str | None = None, name: str | None = None) -> Claim:
    """The claim stated at these spans, which all hold the same text up to white space and case.

    Its id is made of thread, author and normalised text (02-ontology: two people's "No." are two claims). Marks of
    quotation within it are no text, unless it says nothing else.

    >>> [make_claim(ThreadKey("s", "t"), [Span("c", 0, len(one), one)]).text for one in ("So it\\n> was.", "\\n >")]
    ['So it was.', '>']
    """
    places = tuple(sorted(set(spans)))
    text = " ".join(unmarked(places[0].exact).split() or places[0].exact.split())
    key = digest("claim", thread.site, thread.id, "" if author is None else "@" + author, normalised(text))
    return Claim(id=key, text=text, spans=places, author=author, name=name)


def make_aif_graph(
    thread: ThreadKey,
    nodes: Iterable[AifNode],
    edges: Iterable[AifEdge] = (),
    locutions: Iterable[AifLocution] = (),
    persons: Iterable[AifPerson] = (),
    *,
    numbers: bool = False,
    text: str | None = None,
) -> AifGraph:
    """The AIF graph of these parts, each in natural order of its ids."""
    return AifGraph(
        thread,
        tuple(sorted(nodes, key=lambda one: natural(one.id))),
        tuple(sorted(edges, key=lambda one: (natural(one.id), natural(one.source), natural(one.target)))),
        tuple(sorted(locutions, key=lambda one: (natural(one.node), [value or "" for value in astuple(one)]))),
        tuple(sorted(persons, key=lambda one: natural(one.id))),
        numbers,
        text,
    )


def make_move(
    thread: ThreadKey,
    kind: Kind,
    sources: Iterable[Source],
    target: Target,
    *,
    comment: str | None,
    target_comment: str | None,
    evidence: Iterable[Span] = (),
    author: str | None = None,
    confidence: float,
    method: Method,
    cue: str,
    explanation: str | None = None,
    name: str | None = None,
) -> Move:
    """The move of this kind from these sources to this target; its id is made of those, its thread and its comment."""
    ends = tuple(sorted(set(sources), key=label))
    return Move(
        id=move_id(thread, kind, ends, target, comment),
        kind=kind,
        sources=ends,
        target=target,
        comment=comment,
        target_comment=target_comment,
        evidence=tuple(sorted(set(evidence))),
        author=author,
        confidence=round(confidence, 3),
        method=method,
        cue=cue,
        explanation=explanation,
        name=name,
    )


def move_id(thread: ThreadKey, kind: Kind, sources: Iterable[Source], target: Target, comment: str | None) -> str:
    """The id of a move: made of its thread, kind, sources in order, target and comment."""
    return digest("move", thread.site, thread.id, kind, *map(label, sources), ">", label(target), comment or "")


def aimed_at(thread: ThreadKey, move: Move, kind: Kind, target: Target) -> Move:
    """The move with another kind and target, and the id that goes with them."""
    return replace(move, id=move_id(thread, kind, move.sources, target, move.comment), kind=kind, target=target)


def label(end: Source | Target) -> str:
    """A string that names one end of a move within its thread.

    >>> label(Span("c1", 0, 4, "Well")), label(ThreadRef())
    ('span c1#0,4', 'thread')
    """
    match end:
        case ClaimRef(id=key):
            return f"claim {key}"
        case MoveRef(id=key):
            return f"move {key}"
        case CommentRef(id=key):
            return f"comment {key}"
        case AuthorRef(name=key):
            return f"author {key}"
        case Span(comment=comment, start=start, end=stop):
            return f"span {comment}#{start},{stop}"
        case ThreadRef():
            return "thread"
