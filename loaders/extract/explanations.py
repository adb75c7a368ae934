"""What an explanation of a move holds: the features for and against, the alternatives, and how its target was chosen."""

from __future__ import annotations

import json

from rejoinder.loaders.extract.targets import Choice
from rejoinder.loaders.extract.verdicts import Verdict

FEATURES = 6
SHOWN = 80  # characters of a claim that was not chosen
NAMES = {"attack": "Objection", "support": "Support", "answer": "Answer", "ask": "Question", "none": "none"}


def explanation(verdict: Verdict, choice: Choice) -> str:
    """A JSON object as rj:explanation holds it; see docs/explain.md."""
    features = {name: round(value, 2) for name, value in list(verdict.reasons.items())[:FEATURES]}
    target: dict[str, object] = {"by": choice.how, "share": round(choice.share, 2)}
    if choice.rivals:
        target["others"] = [{"share": round(share, 2), "text": text[:SHOWN]} for text, share in choice.rivals]
    found = {
        "alternatives": {NAMES[name]: round(chance, 2) for name, chance in verdict.chances.items()},
        "features": {name: value for name, value in features.items() if value},
        "target": target,
    }
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
