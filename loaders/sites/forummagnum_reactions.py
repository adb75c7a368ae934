"""What the reactions of LessWrong and its sister forums do in an argument, by the platform's own names for them.

The names and what they are offered for are those of the palette in ForumMagnum, lib/voting/reactions.tsx. A reaction
that is not here (thanks, laughter, remarks on tone or style) says nothing of the argument and is not a move.
"""

from __future__ import annotations

from rejoinder.records import Kind

CREATED, SECONDED, DISAGREED = "created", "seconded", "disagreed"

REACTION_KINDS: dict[str, Kind] = {
    # The comment, or the words marked in it, are true or sound.
    "agree": Kind.SUPPORT,
    "verified": Kind.SUPPORT,
    "betTrue": Kind.SUPPORT,
    "locallyValid": Kind.SUPPORT,
    "hitsTheMark": Kind.SUPPORT,
    "75percent": Kind.SUPPORT,
    "90percent": Kind.SUPPORT,
    "99percent": Kind.SUPPORT,
    "yeswhatimean": Kind.SUPPORT,  # said by whoever is paraphrased: the paraphrase is right
    # They are false.
    "disagree": Kind.REBUTTAL,
    "verifiedFalse": Kind.REBUTTAL,
    "betFalse": Kind.REBUTTAL,
    "1percent": Kind.REBUTTAL,
    "10percent": Kind.REBUTTAL,
    "25percent": Kind.REBUTTAL,
    # What they rest on is false, or they do not follow from it.
    "shakyPremise": Kind.UNDERMINE,
    "locallyInvalid": Kind.UNDERCUT,
    "nonSequitur": Kind.UNDERCUT,
    "tooManyAssumptions": Kind.UNDERCUT,
    # They need no answer on the merits.
    "strawman": Kind.DISMISSAL,
    "miss": Kind.DISMISSAL,
    "obtuse": Kind.DISMISSAL,
    "offtopic": Kind.DISMISSAL,
    "coveredAlready": Kind.DISMISSAL,
    "discussedAlready": Kind.DISMISSAL,
    "notPlanningToRespond": Kind.DISMISSAL,
    "timecost": Kind.DISMISSAL,
    # They convinced somebody.
    "changemind": Kind.CONCESSION,
    # They leave something open.
    "elaborate": Kind.QUESTION,
    "examples": Kind.QUESTION,
    "prediction": Kind.QUESTION,
    "taboo": Kind.QUESTION,
    "additionalQuestions": Kind.QUESTION,
    "dontUnderstand": Kind.QUESTION,
    "why": Kind.QUESTION,
    "roll": Kind.QUESTION,  # "Skeptical": doubts, and denies nothing
    # They were read, or weigh much or little: neither for nor against, and no answer.
    "seen": Kind.MOVE,
    "crux": Kind.MOVE,
    "notacrux": Kind.MOVE,
    "40percent": Kind.MOVE,
    "50percent": Kind.MOVE,
    "60percent": Kind.MOVE,
}
# What it comes to when somebody marks such a reaction as wrong.
OPPOSITE_KINDS = {
    Kind.SUPPORT: Kind.REBUTTAL,
    Kind.REBUTTAL: Kind.SUPPORT,
    Kind.UNDERMINE: Kind.SUPPORT,
    Kind.UNDERCUT: Kind.SUPPORT,
}
NOT_PREFIX = "not "  # before the name of a reaction that somebody marks as wrong


def reaction_kind(name: str, how: str) -> tuple[Kind, str] | None:
    """The kind of move that a reaction is, and its cue; None where it is none.

    `how` is the platform's `reactType`: who seconds a reaction makes the same move as who created it, who disagrees
    with one makes the opposite move, if there is one.

    >>> reaction_kind("shakyPremise", "seconded"), reaction_kind("agree", "disagreed")
    ((<Kind.UNDERMINE: 'Undermine'>, 'shakyPremise'), (<Kind.REBUTTAL: 'Rebuttal'>, 'not agree'))
    >>> reaction_kind("laugh", "created") is None
    True
    """
    kind = REACTION_KINDS.get(name)
    if kind is None or how not in (CREATED, SECONDED, DISAGREED):
        return None
    if how != DISAGREED:
        return kind, name
    return (OPPOSITE_KINDS[kind], NOT_PREFIX + name) if kind in OPPOSITE_KINDS else None
