"""Makes the move of a point: its source, its target, its confidence and the reasons for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rejoinder.loaders.extract.addressing.addressees import Addressee
from rejoinder.loaders.extract.model.linear import Weighing
from rejoinder.loaders.extract.model.sureness import StepKind, Sureness
from rejoinder.loaders.extract.moves.explanations import reply_explanation
from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.extract.moves.move_sureness import sureness, sureness_weighing
from rejoinder.loaders.extract.moves.reply_points import ReplyPoint
from rejoinder.loaders.extract.weighing.targets import POINTED_AT, Choice
from rejoinder.loaders.extract.weighing.verdicts import Deed
from rejoinder.records import CommentRef, Kind, Method, MoveRef, Target, ThreadRef, with_wider_kinds

UNSURE_AT_MOST = 0.49  # confidence at most of what neither words nor the model clearly say
REPLY_SURE = 0.35  # confidence that a reply of the addressee answers, of which nothing else is known
ANSWER_KINDS = (Kind.COUNTER, Kind.CONCESSION, Kind.CLARIFICATION, Kind.DISMISSAL)


@dataclass(frozen=True, slots=True)
class UpperBound:
    """How sure a move may be at most, and why."""

    by: StepKind
    sure: float


def add_point_move(
    kind: Kind,
    reply_point: ReplyPoint,
    method: Method,
    cue: str,
    ledger: Ledger,
    *,
    at_comment: bool = False,
    least: float = 0.0,
    most: UpperBound | None = None,
    sure: Sureness | None = None,
) -> bool:
    """Adds the move; an answer aims at the objection itself, `at_comment` at the whole comment.

    How sure it is says a model, unless it is given; within what its words tell at `least`, and at `most`.
    """
    source, addressee = ledger.claim(reply_point.point.span, reply_point.author), reply_point.reply.addressee
    weighing: Weighing | None = None
    if sure is None:
        weighing = sureness_weighing(sureness_group(kind), reply_point)
        sure = sureness(weighing)
    sure = bounded_sureness(sure, least, most, addressee)
    aim = whole_comment_ref(reply_point) if at_comment else target_of_point(kind, reply_point, ledger)
    move_ref = ledger.move(
        kind,
        source,
        aim,
        None if reply_point.reply.unseen else reply_point.choice.comment.id,
        Grounds(
            evidence=reply_point.point.span,
            author=reply_point.author,
            confidence=sure.value,
            method=method,
            cue=f"{cue}; {addressee.cue}" if addressee else cue,
            explanation=reply_explanation(
                kind, reply_point, sure, weighing, deciding_rule(method, cue), words_aimed_at(aim, reply_point, ledger)
            ),
        ),
    )
    if move_ref is not None and weighing is not None:
        ledger.features_by_move[move_ref.id] = weighing.features
    return True


def bounded_sureness(sure: Sureness, least: float, most: UpperBound | None, addressee: Addressee | None) -> Sureness:
    """As sure as its words tell, at most so much, and less where the addressee was found."""
    sure = sure.at_least(StepKind.WORDS, least)
    if most is not None:
        sure = sure.at_most(most.by, most.sure)
    return (sure if addressee is None else addressee.remaining_sureness(sure)).bounded()


def words_aimed_at(aim: Target, reply_point: ReplyPoint, ledger: Ledger) -> str | None:
    """The words that the point is about, where they are not those of the move that it is aimed at."""
    if not isinstance(aim, MoveRef) or reply_point.choice.span is None:
        return None
    return None if reply_point.choice.span in ledger.moves[aim.id].evidence else reply_point.choice.span.exact


def deciding_rule(method: Method, cue: str) -> str | None:
    """What decided in place of the model, None where the model did."""
    if method == Method.RULE:
        return f"its words “{cue}” decide; what the model weighed stands beside that"
    return cue if method == Method.STRUCTURAL else None


@cache
def sureness_group(kind: Kind) -> Deed:
    """The group of kinds whose sureness one model tells."""
    if kind == Kind.QUESTION:
        return Deed.ASK
    return Deed.ATTACK if kind == Kind.DISMISSAL or Kind.OBJECTION in with_wider_kinds(kind) else Deed.SUPPORT


def target_of_point(kind: Kind, reply_point: ReplyPoint, ledger: Ledger) -> Target:
    """What the move is aimed at: a question, an objection or a support itself, the claim, or the whole comment."""
    if kind == Kind.ANSWER and (question_aimed := question_aimed_at(reply_point.choice, ledger)) is not None:
        return question_aimed
    if kind in ANSWER_KINDS and reply_point.objection is not None:
        return reply_point.objection
    if kind == Kind.UNDERCUT and reply_point.support is not None:
        return reply_point.support
    if reply_point.choice.span is not None:
        return ledger.claim(reply_point.choice.span, reply_point.choice.comment.author)
    return whole_comment_ref(reply_point)


def question_aimed_at(choice: Choice, ledger: Ledger) -> MoveRef | None:
    """The question that an answer is about: what is quoted or numbered, else that of a comment that only asks."""
    pointed = ledger.asked.get(choice.span) if choice.span is not None and choice.chosen_by in POINTED_AT else None
    return pointed or ledger.question_of(choice.comment.id)


def whole_comment_ref(reply_point: ReplyPoint) -> CommentRef | ThreadRef:
    """The whole comment that the point is about; the thread stands for one that is not loaded."""
    return ThreadRef() if reply_point.reply.unseen else CommentRef(reply_point.choice.comment.id)
