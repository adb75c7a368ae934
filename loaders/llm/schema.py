"""The form of a model's answer: a JSON schema for the server, and strict reading of what comes back."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from rejoinder.loaders.llm.evidence import Fault, Rejected
from rejoinder.records import Kind

# What an extractor may say; the rest are superclasses, or are found without a model.
KINDS: dict[Kind, str] = {
    Kind.SUPPORT: "gives a reason for the target, or agrees with it",
    Kind.REBUTTAL: "says that a claim is false, wrong or outweighed",
    Kind.UNDERMINE: "attacks the source, the example, the figure or any other ground that a claim rests on",
    Kind.UNDERCUT: "grants a reason but denies that what it is given for follows",
    Kind.OBJECTION: "objects in some other way: a risk, a cost, a gap, a case to the contrary, another way to do it",
    Kind.QUESTION: "asks what its author wants to know, or asks somebody to do something",
    Kind.ANSWER: "gives what a question or request asks for",
    Kind.COUNTER: "argues against a claim that objects",
    Kind.CONCESSION: "admits that an objection is right, if only in part, or does what it asks for",
    Kind.CLARIFICATION: "explains what was meant, or adds what the other lacked, without arguing",
    Kind.DISMISSAL: "waves an objection aside without arguing",
}
KIND_BY_NAME = {str(kind).casefold(): kind for kind in KINDS}
MOST_ITEMS = 1_000  # claims, or moves, of one answer
# What an answer stands after, in models that think aloud before it, or that fence it in.
ANSWER_BEGINNINGS = ("</think>", "[/THINK]", "<|message|>", "```json")
OWN_CLAIM_NAME = re.compile(r"own ([1-9][0-9]{0,3})")

_TEXT = {"type": "string"}


def _object(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(item: object) -> dict[str, object]:
    return {"type": "array", "items": item}


_CLAIM = _object(words=_TEXT, quoted={"type": "boolean"})
_KIND = {"type": "string", "enum": [str(kind) for kind in KINDS]}
_MOVE = _object(kind=_KIND, words=_TEXT, target=_TEXT, cue=_TEXT, confidence={"type": "number"})
SCHEMA = _object(claims=_list(_CLAIM), moves=_list(_MOVE))


class Malformed(Exception):
    """An answer that is not in the form asked for; says what was expected."""


@dataclass(frozen=True, slots=True)
class AnswerClaim:
    """A claim as the model gives it: words, and whether they are somebody else's."""

    words: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class AnswerMove:
    """A move as the model gives it, of a kind that is offered, with a confidence from 0.05 to 0.95; no more is sure."""

    kind: Kind
    words: str
    target: str
    cue: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model says of one passage; items that are not even well-formed are only counted, by what is wrong."""

    claims: tuple[AnswerClaim | Fault, ...]
    moves: tuple[AnswerMove | Fault, ...]

    @property
    def is_empty(self) -> bool:
        """True for an answer in the right form that says nothing."""
        return not self.claims and not self.moves


def parse_answer(content: str) -> Answer:
    """The answer in the text of a message; raises Malformed where it is no object with claims and moves.

    >>> parse_answer('{"claims": [{"words": "Rye keeps.", "quoted": false}], "moves": []}').claims[0].words
    'Rye keeps.'
    """
    answer = _json(content)
    if not all(isinstance(answer.get(part), list) for part in ("claims", "moves")):
        raise Malformed('expected "claims" and "moves" to be lists')
    return Answer(
        tuple(_claim(item) for item in answer["claims"][:MOST_ITEMS]),
        tuple(_move(item) for item in answer["moves"][:MOST_ITEMS]),
    )


def is_empty_answer(content: str) -> bool:
    """True for an answer in the right form that is empty.

    >>> is_empty_answer('{"claims": [], "moves": []}'), is_empty_answer("[]")
    (True, False)
    """
    try:
        return parse_answer(content).is_empty
    except Malformed:
        return False


def _json(content: str) -> dict[str, Any]:
    """The JSON object of a message, also where a model thinks aloud before it, fences it in, or goes on after it."""
    ends = [content.rpartition(beginning)[2] for beginning in ANSWER_BEGINNINGS if beginning in content]
    for text in (*ends, content):
        try:
            answer = DECODER.raw_decode(text, max(0, text.find("{")))[0]
        except (ValueError, RecursionError):
            continue
        if isinstance(answer, dict) and "claims" in answer:
            return answer
    raise Malformed('expected one JSON object with the lists "claims" and "moves", and nothing else')


def _lower_case_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, its names in lower case: without a schema models choose their case freely."""
    return {name.casefold(): value for name, value in pairs}


DECODER = json.JSONDecoder(object_pairs_hook=_lower_case_names)


def _claim(item: Any) -> AnswerClaim | Fault:
    if not isinstance(item, dict) or not isinstance(item.get("words"), str):
        return Fault.LENGTH
    return AnswerClaim(item["words"], item.get("quoted") is True)


def _move(item: Any) -> AnswerMove | Fault:
    if not isinstance(item, dict) or not isinstance(item.get("words"), str):
        return Fault.LENGTH
    kind = KIND_BY_NAME.get(str(item.get("kind")).casefold())
    if kind is None:
        return Fault.KIND
    try:
        sure = bounded_confidence(item.get("confidence"))
    except Rejected as wrong:
        return wrong.fault
    cue = item.get("cue")
    return AnswerMove(kind, item["words"], target_name(item.get("target")), cue if isinstance(cue, str) else "", sure)


def bounded_confidence(value: object) -> float:
    """Between 0.05 and 0.95, whatever a model claims; raises Rejected for what is no number.

    >>> bounded_confidence(7), bounded_confidence(0)
    (0.95, 0.05)
    """
    nothing = isinstance(value, bool) or (isinstance(value, float) and math.isnan(value))
    if nothing or not isinstance(value, int | float):
        raise Rejected(Fault.CONFIDENCE)
    return float(min(0.95, max(0.05, value)))


def target_name(value: object) -> str:
    """The target's name, by which it may have been offered; numbers may come as numbers."""
    return " ".join(str(value).casefold().removeprefix("claim ").split()) if isinstance(value, str | int) else ""
