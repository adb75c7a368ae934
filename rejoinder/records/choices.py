"""What a field of a record can say where only some words will do, but for the kinds of move (`kind.py`)."""

from __future__ import annotations

from enum import StrEnum


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
