"""Makes the move of a point: its source, its target, its confidence and the reasons for it."""

from __future__ import annotations

from rejoinder.loaders.extract.explanations import explanation
from rejoinder.loaders.extract.moves import Ledger
from rejoinder.loaders.extract.said import Said
from rejoinder.loaders.extract.showing import showing, sureness
from rejoinder.loaders.extract.verdicts import Deed
from rejoinder.records import CommentRef, Kind, Method, Target, kinds

UNSURE = 0.49  # confidence at most of what neither words nor the model clearly say
ANSWERS = (Kind.COUNTER, Kind.CONCESSION, Kind.CLARIFICATION, Kind.DISMISSAL)


def add(
    kind: Kind,
    one: Said,
    method: Method,
    cue: str,
    ledger: Ledger,
    *,
    whole: bool = False,
    least: float = 0.0,
    most: float = 1.0,
    sure: float | None = None,
) -> bool:
    """Adds the move; an answer aims at the objection itself, `whole` at the whole comment.

    How sure it is says a model, within `least` and `most`, unless it is given.
    """
    side = group(kind)
    shown = {} if sure is not None else showing(side, one)
    weighed = min(most, max(least, sureness(side, shown, one) if sure is None else sure))
    source, addressee = ledger.claim(one.point.span, one.author), one.reply.addressee
    made = ledger.move(
        kind,
        source,
        CommentRef(one.choice.comment.id) if whole else target(kind, one, ledger),
        one.choice.comment.id,
        evidence=one.point.span,
        author=one.author,
        confidence=addressee.of(weighed) if addressee else weighed,
        method=method,
        cue=f"{cue}; {addressee.cue}" if addressee else cue,
        explanation=explanation(one.verdict, one.choice, rule_of(method, cue)),
    )
    if made is not None and shown:
        ledger.shown[made.id] = shown
    return True


def rule_of(method: Method, cue: str) -> str | None:
    """What decided in place of the model, None where the model did."""
    if method == Method.RULE:
        return f"its words “{cue}” decide; what the model weighed stands beside that"
    return cue if method == Method.STRUCTURAL else None


def group(kind: Kind) -> Deed:
    """The group of kinds whose sureness one model tells."""
    if kind == Kind.QUESTION:
        return Deed.ASK
    return Deed.ATTACK if kind == Kind.DISMISSAL or Kind.OBJECTION in kinds(kind) else Deed.SUPPORT


def target(kind: Kind, one: Said, ledger: Ledger) -> Target:
    """What the move is aimed at: a question, an objection or a support itself, the claim, or the whole comment."""
    asked = ledger.question_of(one.choice.comment.id)
    if kind == Kind.ANSWER and asked is not None:
        return asked
    if kind in ANSWERS and one.objection is not None:
        return one.objection
    if kind == Kind.UNDERCUT and one.support is not None:
        return one.support
    if one.choice.span is not None:
        return ledger.claim(one.choice.span, one.choice.comment.author)
    return CommentRef(one.choice.comment.id)
