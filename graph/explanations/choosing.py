"""Why a move was chosen that is not the likeliest of all that its words could do, as a sentence."""

from __future__ import annotations

from rejoinder.graph.explanations.extraction_notes import Alternative, Reasons
from rejoinder.records import Kind, with_wider_kinds

BY_RULE_WORDS = "its rule decided, not what the words alone could be"
KEPT_POINT_WORDS = "a point of a reply is kept as a move even where it may well be none, and called less sure"
KEPT_REASON_WORDS = "a sentence that may well be no reason is kept as one, and called less sure"
OBJECTING_QUESTION_WORDS = (
    "a question objects where its form does (“Isn’t it ...?”), or unless it is twice as likely that it only asks"
)
ASKING_WORDS = "its form, or what stands beside it, says that it only asks"
WHOLE_REPLY_WORDS = (
    "whether a point agrees or objects is decided between these two alone, and the rest of its reply weighs, too"
)
UNEXPLAINED_WORDS = "its extractor does not say why"


def choice_words(reasons: Reasons | None, *, ours: bool) -> str:
    """The sentence; nothing where the likeliest was chosen. `ours` is True of moves that the default extractor found.

    >>> likely, chosen = Alternative("Support", 0.5, False), Alternative("Objection", 0.3, True)
    >>> choice_words(Reasons(alternatives=(likely, chosen)), ours=True).startswith("whether a point agrees or objects")
    True
    >>> asked = Alternative("Objection", 0.5, False), Alternative("Question", 0.3, True)
    >>> choice_words(Reasons(alternatives=asked), ours=True) == ASKING_WORDS
    True
    """
    likeliest = reasons.alternatives[0] if reasons and reasons.alternatives else None
    chosen = (
        next((alternative for alternative in reasons.alternatives if alternative.chosen), None) if reasons else None
    )
    if reasons is None or likeliest is None or chosen is None or chosen.probability == likeliest.probability:
        return ""
    if reasons.rule:
        return BY_RULE_WORDS
    return (
        _weighed_words(likeliest, chosen, [alternative.kind for alternative in reasons.alternatives])
        if ours
        else UNEXPLAINED_WORDS
    )


def _weighed_words(likeliest: Alternative, chosen: Alternative, kinds: list[str]) -> str:
    if likeliest.kind == "none":
        return KEPT_REASON_WORDS if set(kinds) == {"none", Kind.SUPPORT} else KEPT_POINT_WORDS
    if chosen.kind == Kind.QUESTION:
        return ASKING_WORDS
    if likeliest.kind == Kind.QUESTION and Kind.OBJECTION in _wider_kinds(chosen.kind):
        return OBJECTING_QUESTION_WORDS
    return WHOLE_REPLY_WORDS


def _wider_kinds(kind: str) -> tuple[Kind, ...]:
    return with_wider_kinds(Kind(kind)) if kind in set(Kind) else ()
