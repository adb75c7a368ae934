"""What an explanation of a move holds: features for and against, the alternatives, and how its target was chosen."""

from __future__ import annotations

import json
from collections.abc import Mapping

from rejoinder.loaders.extract.linear import NO, YES, Model
from rejoinder.loaders.extract.targets import Choice
from rejoinder.loaders.extract.verdicts import Verdict

FEATURES = 6
SHOWN = 80  # characters of a claim that was not chosen
NAMES = {"attack": "Objection", "support": "Support", "answer": "Answer", "ask": "Question", "none": "none"}


def explanation(verdict: Verdict, choice: Choice) -> str:
    """A JSON object as rj:explanation holds it; see docs/explain.md."""
    target: dict[str, object] = {"by": choice.how, "share": round(choice.share, 2)}
    if choice.rivals:
        target["others"] = [{"share": round(share, 2), "text": text[:SHOWN]} for text, share in choice.rivals]
    alternatives = {NAMES[name]: round(chance, 2) for name, chance in verdict.chances.items()}
    return written({"alternatives": alternatives, "features": largest(verdict.reasons()), "target": target})


def of_reason(premise: Model, features: Mapping[str, float], sure: float) -> str:
    """The same for a Support within a comment, which the model of premises found."""
    alternatives = {"Support": round(sure, 2), "none": round(1 - sure, 2)}
    return written({"alternatives": alternatives, "features": largest(premise.reasons(features, YES, NO))})


def largest(reasons: Mapping[str, float]) -> dict[str, float]:
    """The reasons that count most."""
    rounded = {name: round(value, 2) for name, value in list(reasons.items())[:FEATURES]}
    return {name: value for name, value in rounded.items() if value}


def written(found: Mapping[str, object]) -> str:
    """As JSON, compact and in a fixed order."""
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
