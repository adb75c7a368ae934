"""What a reply does to the comment it replies to: objects, counters, concedes, supports, asks, clarifies, dismisses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rejoinder.loaders.extract import acts
from rejoinder.loaders.extract.claims import Point
from rejoinder.loaders.extract.leaning import support
from rejoinder.loaders.extract.moves import Ledger
from rejoinder.loaders.extract.quotes import Quote, parroted
from rejoinder.loaders.extract.reading import Reading, Sentence
from rejoinder.loaders.extract.situation import Reply
from rejoinder.loaders.extract.targets import choose
from rejoinder.records import Comment, CommentRef, Kind, Method, MoveRef, Span, Target

GIVING_IN = frozenset(
    (
        "fair enough",
        "point taken",
        "i stand corrected",
        "i was wrong",
        "my mistake",
        "i concede",
        "fair point",
        "sorry",
        "good point",
        "i see your point",
        "changed my mind",
        "changed my view",
        "i admit",
        "agreed",
        "granted",
    )
)
POINTS = 300  # points of one comment that may make moves
NEAR = 2  # points after the start or a quotation that object by their place alone
SOME_OVERLAP = 0.03  # least overlap of a later point that objects, with little confidence
STRONG_AGREEMENT = 0.5
SUPPORTS = 0.58
UNSAID = 0.45  # confidence at most of an objection that no word shows and that does not come first
INTERJECTION = 3  # words at most of a remark that argues nothing
ANSWERING = 0.55  # confidence that a mild reply to a comment that only asks answers it
SOFT_WORDS = 8
CONCEDING_WORDS = 45
TURNS = frozenset(
    ["but", "however", "still", "yet", "nevertheless"]
)  # a point that begins so turns against what it grants
WE = frozenset(["we", "we've", "we'll", "our", "ours", "us"])
GENTLE_WORDS = 60


@dataclass(frozen=True, slots=True)
class Other:
    """The comment replied to, as it can be aimed at: its claims, or where it has none, what else it says."""

    reading: Reading
    candidates: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Aim:
    """What a point is about: the target, how much they share, and how it was chosen."""

    span: Span | None
    comment: Comment
    objection: MoveRef | None
    support: MoveRef | None
    share: float
    how: str


@dataclass(frozen=True, slots=True)
class Tone:
    """How far a passage leans towards agreement (0..1), and whether it is too mild to object by its place alone."""

    lean: float
    soft: bool


class Tones:
    """The tone of a reply; one that answers quotation by quotation has a tone of its own under each."""

    def __init__(self, reply: Reply, parent: Reading) -> None:
        self.parent, self.said = parent, reply.reading.sentences
        self.ends = sorted(one.source.end for one in reply.quotes if one.marked)
        self.parts: dict[int, list[Sentence]] = {}
        for one in reply.reading.sentences:
            self.parts.setdefault(self._part(one.start), []).append(one)
        self.whole = self._tone(reply.reading.sentences)
        self.known: dict[int, Tone] = {}

    def of(self, point: Point) -> Tone:
        """The tone of the part that the point stands in."""
        if not self.ends:
            return self.whole
        part = self._part(point.span.start)
        if part not in self.known:
            self.known[part] = self._tone(tuple(self.parts.get(part, ())))
        return self.known[part]

    def _part(self, start: int) -> int:
        return bisect_right(self.ends, start)

    def _tone(self, sentences: tuple[Sentence, ...]) -> Tone:
        """Mild only where the whole reply is, too: an objector may be polite about one point of several."""
        parts = (sentences, self.said)
        return Tone(min(map(support, parts)), all(is_soft(one, self.parent) for one in parts))


ANSWERS = (Kind.COUNTER, Kind.CONCESSION, Kind.CLARIFICATION, Kind.DISMISSAL)
AGAINST = frozenset({"disagree", "wrong", "undermine", "undercut", "no", "dismiss", "contrast"})


def reply_moves(reply: Reply, others: Sequence[Other], weight: Mapping[str, float], ledger: Ledger) -> None:
    """Adds the moves of a reply; `others` are the comment replied to and those above it that it quotes."""
    tones = Tones(reply, others[0].reading)
    acted = False
    for point in reply.points[:POINTS]:
        repeated = parroted(point.first, others[0].reading)
        if repeated is not None:
            source, author = point.first.span, reply.reading.comment.author
            ledger.quotation(source, repeated, author, confidence=0.6, method=Method.RULE, cue="repeated wording")
            continue
        if acts.is_aside(point.first) and agreeing(point.first, reply.by_starter) is None:
            continue
        aim = aimed(point, reply, others, weight, ledger)
        acted |= point_moves(point, aim, reply, tones.of(point), ledger)
    if not acted:
        last_resort(reply, others[0], tones.whole, ledger)


def aimed(point: Point, reply: Reply, others: Sequence[Other], weight: Mapping[str, float], ledger: Ledger) -> Aim:
    """What the point is about: what the quotation before it or within it quotes, else the comment replied to."""
    quoted = governing(point, reply.quotes)
    other = others[0]
    if quoted is not None:
        other = next((one for one in others if one.reading.comment.id == quoted.comment), other)
    chosen, share, how = choose(point, quoted, other.candidates, weight)
    span = chosen.span if chosen is not None else None
    return aim_at(span, other.reading.comment, share, how, ledger)


def aim_at(span: Span | None, comment: Comment, share: float, how: str, ledger: Ledger) -> Aim:
    """The aim at a claim of the comment, or at all of it, with the objection or support that the claim makes there."""
    if span is None:
        return Aim(None, comment, None, None, share, how)
    return Aim(span, comment, ledger.objection_near(span), ledger.supports.get(span), share, how)


def governing(point: Point, quotes: tuple[Quote, ...]) -> Span | None:
    """The words elsewhere that the point reacts to: those it quotes itself, else the last quoted line above it."""
    found = None
    for quote in quotes:
        if quote.source.start >= point.span.end:
            break
        if quote.marked or quote.source.start >= point.span.start:
            found = quote.target
    return found


def is_soft(sentences: Sequence[Sentence], parent: Reading) -> bool:
    """True for a passage too short, thankful or helpful to be an objection for its place alone."""
    said = tuple(word for one in sentences for word in one.said)
    count, found = len(said), frozenset[str]().union(*(one.acts for one in sentences))
    if {"wrong", "disagree", "no", "rhetorical"} & found:
        return False
    if sentences and acts.is_thanks(sentences[0]):
        return True
    if acts.negations(said):
        return False
    if count <= SOFT_WORDS or {"done", "propose"} & found:
        return True
    obliging = WE & {*said} or any(one.asks or one.cue("request") for one in parent.sentences)
    return count <= GENTLE_WORDS and "contrast" not in found and bool(obliging)


def point_moves(point: Point, aim: Aim, reply: Reply, tone: Tone, ledger: Ledger) -> bool:
    """Adds what the point does; tells whether it did anything."""
    first = point.first
    if acts.is_question(first):
        return question(point, aim, reply, ledger)
    agreement = agreeing(first, reply.by_starter)
    if agreement is not None:
        return agree(point, aim, reply, agreement, tone.lean, ledger)
    if {"clarify", "answer"} & first.acts and not {"wrong", "disagree"} & first.acts and reply.by_starter:
        cue = first.cue("clarify", "answer")
        return add(Kind.CLARIFICATION, point, aim, reply, 0.45, Method.RULE, cue.phrase if cue else "", ledger)
    against = bool(AGAINST & first.acts or acts.negations(first.said))
    if not against and len(point.span.exact.split()) <= INTERJECTION:
        return False
    near = against or point.place < NEAR or aim.share >= SOME_OVERLAP
    if not near or not (point.claims or acts.is_rhetorical(first) or point.place == 0):
        return False
    answers_quoted_objection = aim.how == "quote" and aim.objection is not None
    if point.place > 0 and first.said[:1] and first.said[0] in TURNS:
        return objection(point, aim, reply, tone.lean, ledger)
    if tone.lean >= SUPPORTS or (tone.soft and not answers_quoted_objection):
        return gentle(point, aim, reply, tone.lean, ledger)
    return objection(point, aim, reply, tone.lean, ledger)


def agreeing(one: Sentence, by_starter: bool) -> str | None:
    """The words with which the sentence agrees or concedes; a stranger's agreement must be a strong one."""
    cue = one.cue("agree", "concede", "done")
    if cue is None or one.asks or (not by_starter and cue.confidence < STRONG_AGREEMENT):
        return None
    return cue.phrase


def agree(point: Point, aim: Aim, reply: Reply, cue: str, lean: float, ledger: Ledger) -> bool:
    """Adds a Concession by whom the objection is addressed to, or to a comment whose objection is not loaded.

    Anybody else who agrees supports: a bystander's "fair enough" answers nothing.
    """
    sure = 0.45 + 0.4 * lean
    if aim.objection is not None:
        owes = ledger.owner(aim.objection) in (None, reply.reading.comment.author)
        return add(Kind.CONCESSION if owes else Kind.SUPPORT, point, aim, reply, sure, Method.RULE, cue, ledger)
    opens = point is reply.points[0] and len(reply.reading.said) <= CONCEDING_WORDS
    if opens and (cue in GIVING_IN or acts.addresses(point.first)) and "contrast" not in point.first.acts:
        return add(Kind.CONCESSION, point, replace(aim, span=None), reply, sure, Method.RULE, cue, ledger)
    return add(Kind.SUPPORT, point, aim, reply, sure, Method.RULE, cue, ledger)


def gentle(point: Point, aim: Aim, reply: Reply, lean: float, ledger: Ledger) -> bool:
    """Adds an Answer to who only asked; else an unsure Support for what neither agrees nor objects in so many words."""
    if point.place > 0:
        return False
    if ledger.question_of(aim.comment.id) is not None:
        return add(Kind.ANSWER, point, aim, reply, ANSWERING, Method.STRUCTURAL, "reply to a question", ledger)
    return add(Kind.SUPPORT, point, aim, reply, min(0.49, 0.2 + 0.4 * lean), Method.RULE, "no objection", ledger)


def question(point: Point, aim: Aim, reply: Reply, ledger: Ledger) -> bool:
    """Adds a Question; it is sure only where the comment does nothing but ask."""
    said = reply.reading.sentences
    only = all(one.asks or acts.is_aside(one) for one in said) and len(reply.reading.said) <= GENTLE_WORDS
    if not only and not (acts.addresses(point.first) and point.first.cue("ask", "request")):
        return False
    sure = 0.65 if only and not acts.negations(reply.reading.said) else 0.4
    cue = point.first.cue("ask", "request")
    return add(Kind.QUESTION, point, aim, reply, sure, Method.RULE, cue.phrase if cue else "?", ledger)


def objection(point: Point, aim: Aim, reply: Reply, lean: float, ledger: Ledger) -> bool:
    """Adds a Counter to an objection, else an objection of the kind that the cues tell."""
    cue = point.first.cue("disagree", "wrong", "undermine", "undercut", "rhetorical", "no", "dismiss", "contrast")
    sure = 0.35 + 0.4 * (1 - lean) + (0.08 if cue else 0.0) - (0.1 if point.place >= NEAR else 0.0)
    if cue is None and point.place > 0 and not acts.negations(point.first.said):
        sure = min(sure, UNSAID)
    method = Method.RULE if cue else Method.STRUCTURAL
    return add(objection_kind(point, aim), point, aim, reply, sure, method, cue.phrase if cue else aim.how, ledger)


def objection_kind(point: Point, aim: Aim) -> Kind:
    """A Counter or a Dismissal of an objection; an Undercut of a support whose step is doubted; else a plain kind."""
    if aim.objection is not None:
        return Kind.DISMISSAL if "dismiss" in point.first.acts else Kind.COUNTER
    if aim.support is not None and "undercut" in point.first.acts:
        return Kind.UNDERCUT
    return plain_kind(point)


def plain_kind(point: Point) -> Kind:
    """The kind of objection to a claim that itself objects to nothing."""
    if "undermine" in point.first.acts:
        return Kind.UNDERMINE
    if {"disagree", "wrong", "no", "rhetorical"} & point.first.acts or acts.negations(point.first.said):
        return Kind.REBUTTAL
    return Kind.OBJECTION


def add(
    kind: Kind, point: Point, aim: Aim, reply: Reply, sure: float, method: Method, cue: str, ledger: Ledger
) -> bool:
    """Adds the move with its source claim; an answer aims at the objection itself."""
    target: Target = CommentRef(aim.comment.id)
    asked = ledger.question_of(aim.comment.id)
    if kind == Kind.ANSWER and asked is not None:
        target = asked
    elif kind in ANSWERS and aim.objection is not None:
        target = aim.objection
    elif kind == Kind.UNDERCUT and aim.support is not None:
        target = aim.support
    elif aim.span is not None:
        target = ledger.claim(aim.span, aim.comment.author)
    author = reply.reading.comment.author
    source = ledger.claim(point.span, author)
    ledger.move(
        kind,
        source,
        target,
        aim.comment.id,
        evidence=point.span,
        author=author,
        confidence=sure,
        method=method,
        cue=cue,
    )
    return True


def last_resort(reply: Reply, other: Other, tone: Tone, ledger: Ledger) -> None:
    """A reply of which no point did anything: its place alone says something, if it says anything at all."""
    said = [one for one in reply.points if not acts.is_aside(one.first)]
    if not said or tone.soft:
        return
    span = other.candidates[0].span if other.candidates else None
    objection(said[0], aim_at(span, other.reading.comment, 0.0, "first claim", ledger), reply, tone.lean, ledger)
