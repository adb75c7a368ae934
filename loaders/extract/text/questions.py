"""What makes a sentence a question, with a mark or without one, and of which form: how, who, yes or no ..."""

from __future__ import annotations

from rejoinder.loaders.extract.text.cues import Cue, opening_reach

INVERTED_WORDS = """
is are was were do does did can could would should will has have isn't aren't wasn't don't doesn't didn't can't
couldn't wouldn't shouldn't won't hasn't haven't am may
"""
INVERTED = frozenset(INVERTED_WORDS.split())
FORMS = {
    "why": "how", "how": "how", "who": "who", "whose": "who", "what": "what",
    "where": "where", "when": "where", "which": "where",
} | dict.fromkeys(INVERTED, "yes or no")  # fmt: skip
# What a question without a mark opens with: "do you", "is there", "what are", "how's"; "do it" and "should you need it"
# ask nothing.
SUBJECT_WORDS = "you we they i it he she that this there anyone anybody someone somebody"
SUBJECTS = frozenset(SUBJECT_WORDS.split())
AUXILIARIES = INVERTED - {"should", "shouldn't", "were", "weren't", "am", "may"}
INQUIRING = frozenset(["what", "how", "who", "where", "when", "why"])
CONTRACTED = frozenset(f"{word}'s" for word in INQUIRING)
UNMARKED = 15  # words at most of a question without a mark
MARKS = "\"'“‘«"
CLOSING = "\"'”’)*_ "


def question_form(tokens: tuple[str, ...]) -> str:
    """The form of a sentence that asks; "Any news?" and "That many processes?" are statements."""
    words = tokens[opening_reach(tokens) :] or tokens
    return FORMS.get(words[0], "statement") if words else "statement"


def asks_by_form(exact: str, tokens: tuple[str, ...]) -> bool:
    """True for a sentence that ends as a question does, "?" or "?!", or without any mark and opens as one."""
    end = exact.rstrip(CLOSING)
    if end.rstrip("!").endswith("?"):
        return True
    return (
        end[-1:] not in ".!…:;"
        and exact[0] not in MARKS
        and len(tokens) <= UNMARKED
        and opens_asking(tokens[opening_reach(tokens) :])
    )


def cues_as_asked(cues: tuple[Cue, ...], exact: str, tokens: tuple[str, ...]) -> tuple[Cue, ...]:
    """The cues of a sentence, without a verb that objects by asking where it asks nothing: "Don't wait for us"."""
    if not any(is_verb(cue) for cue in cues) or asks_by_form(exact, tokens):
        return cues
    return tuple(cue for cue in cues if not is_verb(cue))


def is_verb(cue: Cue) -> bool:
    """True for a single verb that objects where a question opens with it: "don't", "isn't"."""
    return cue.act == "rhetorical" and cue.phrase in INVERTED


def opens_asking(words: tuple[str, ...]) -> bool:
    """True for "do you have", "how's the shed", "what on earth are you building"; not for "what's more"."""
    first, second = (*words, "", "")[:2]
    if first in CONTRACTED:
        return second not in {"", "more", "worse"}
    if first in INQUIRING:
        return second in AUXILIARIES or words[1:3] == ("on", "earth")
    return first in AUXILIARIES and second in SUBJECTS and len(words) > 2
