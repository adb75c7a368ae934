"""What an explanation of a move holds: features for and against, the alternatives, and how its target was chosen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from rejoinder.loaders.extract.linear import NO, YES, Model, Weighing
from rejoinder.loaders.extract.targets import Choice
from rejoinder.loaders.extract.verdicts import Verdict

FEATURES = 6
SHOWN = 80  # characters of a claim that was not chosen
PREFIXES = {
    "below, beside this: ": "in the paragraph below, beside this one: ",
    "below: ": "in the paragraph below: ",
    "above: ": "in the paragraph above: ",
    "beside the quotation: ": "beside the quotation: ",
    "first: ": "in its first sentence: ",
    "words shared ": "words shared with the paragraph ",
    "looks like: ": "looks like: ",
    "words ": "words of the kind ",
    "cue ": "a phrase of the kind ",
    "opens ": "opens with a word like ",
    "other cue ": "in what it reacts to: a phrase of the kind ",
    "other ": "in what it reacts to: words of the kind ",
    "before ": "in the point before: ",
    "after ": "after a phrase of the kind ",
}
PLAIN = {
    "leans": "its phrases, weighed by hand",
    "whole leans": "the phrases of the whole reply, weighed by hand",
    "density not": "share of negations",
    "share": "words shared with what it reacts to",
    "repeats": "wording repeated from what it reacts to",
    "negation differs": "one is negated, the other is not",
    "negation differs, shared": "one is negated, the other is not, in the same words",
    "other asks": "what it reacts to asks",
    "other wishes": "what it reacts to asks for something",
    "before contrast": "before a phrase that turns",
    "before length": "length of the point before",
    "before asks": "the point before asks",
    "asks": "it asks",
    "asks negated": "it asks with a negation",
    "bare": "a bare proposition",
    "by the starter": "said by who opened the thread",
    "exclaims": "it ends with an exclamation mark",
    "few words": "only a few words",
    "item": "an item of a list",
    "last": "the last point of its comment",
    "late": "late in its comment",
    "second": "the second point of its comment",
    "length": "its length",
    "negates early": "a negation among its first words",
    "no person": "nobody says I, you or we",
    "nothing shared": "no word shared with what it reacts to",
    "opens asking": "opens with a question word",
    "opens inverted": "opens with a verb, as questions do",
    "opens pointing": "opens with a word like 'this'",
    "opposed words": "a word and its opposite",
    "tone alike": "both judge alike, good or bad",
    "tone differs": "one judges good, the other bad",
    "no end mark": "it ends without a full stop",
    "starts small": "it begins in lower case",
    "in brackets": "it begins with a bracket",
    "one sentence": "a single sentence",
    "ends asking": "it ends with a question",
    "reacts": "it opens as a reaction does",
    "answers": "it opens as an answer does",
    "points back": "its first words point back",
    "opens as others": "it opens with a word like 'we' or 'our'",
    "introduces": "it introduces somebody's words",
    "of its writer": "its writer speaks of themselves",
    "to somebody": "it speaks to somebody",
    "clarifies": "it explains its writer's words",
    "title case": "it is written as a title",
    "rather below": "words shared with the paragraph below, less those shared with the one above",
    "capital in a dump without": "it begins with a capital, in a dump whose owner uses none",
    "taken up below": "a few of its words stand between quotation marks below",
    "a fragment": "it begins or ends within a sentence",
    "no quotation near": "no quotation stands near above it",
    "after a question": "after a question",
    "after a quotation": "after a quotation",
}
ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
NAMES = {
    "attack": "Objection",
    "support": "Support",
    "answer": "Answer",
    "ask": "Question",
    "none": "none",
    "aside": "aside",
    "objection": "Objection",
    "question": "Question",
    "concession": "Concession",
    "reply": "Clarification",
}


def explanation(verdict: Verdict, choice: Choice, rule: str | None = None) -> str:
    """A JSON object as rj:explanation holds it, with the rule if one decided; see docs/explain.md."""
    target: dict[str, object] = {"by": choice.how, "share": round(choice.share, 2)}
    if choice.rivals:
        target["others"] = [{"share": round(share, 2), "text": text[:SHOWN]} for text, share in choice.rivals]
    alternatives = {NAMES[name]: round(chance, 2) for name, chance in verdict.chances.items()}
    found = {"alternatives": alternatives, "features": largest(verdict.reasons()), "target": target}
    return written(found | ({"rule": rule} if rule else {}))


def of_reason(premise: Model, features: Mapping[str, float], sure: float) -> str:
    """The same for a Support within a comment, which the model of premises found."""
    alternatives = {"Support": round(sure, 2), "none": round(1 - sure, 2)}
    return written({"alternatives": alternatives, "features": largest(premise.reasons(features, YES, NO))})


def of_weighing(weighing: Weighing, label: str, names: Mapping[str, str] = NAMES) -> dict[str, object]:
    """The alternatives and features of what a model of dumps weighed; `names` are those of its labels to readers."""
    alternatives = {names[name]: round(chance, 2) for name, chance in weighing.chances.items()}
    return {"alternatives": alternatives, "features": largest(weighing.reasons(label))}


def largest(reasons: Mapping[str, float]) -> dict[str, float]:
    """The reasons that count most, by names that a reader understands."""
    rounded = {readable(name): round(value, 2) for name, value in list(reasons.items())[:FEATURES]}
    return {name: value for name, value in rounded.items() if value}


@lru_cache(maxsize=1_000)
def readable(name: str) -> str:
    """What a feature is called to a reader.

    >>> readable("other you"), readable("opens but")
    ("in what it reacts to: words of the kind 'you'", "opens with a word like 'but'")
    """
    if name in PLAIN:
        return PLAIN[name]
    for start, said in PREFIXES.items():
        if name.startswith(start):
            rest = name.removeprefix(start)
            return said + (f"'{rest}'" if said.endswith(("kind ", "like ")) else readable(rest))
    return name


def written(found: Mapping[str, object]) -> str:
    """As JSON, compact and in a fixed order."""
    return ENCODER.encode(found)
