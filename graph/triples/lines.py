"""What a source states, as the lines in which it is kept for later loads of its thread."""

from __future__ import annotations

import json

from rejoinder.records import PlatformMove, StatedClaim, StatedMove


def stated_line(stated: StatedClaim | StatedMove) -> str:
    """A stated claim or move as a line of our JSONL, the form in which it is kept for later loads of its thread."""
    fields: dict[str, object] = {"comment": stated.comment}
    if isinstance(stated, StatedClaim):
        fields |= {"claim": stated.name, "start": stated.start, "end": stated.end}
    else:
        fields |= {"move": stated.name, "kind": stated.kind, "source": stated.sources, "target": stated.target}
        fields |= {"confidence": stated.confidence}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def platform_line(move: PlatformMove) -> str:
    """A platform move as a line of our JSONL; what it does not have is left out."""
    fields = {
        "platform": move.name,
        "kind": move.kind,
        "target": move.target,
        "cue": move.cue,
        "comment": move.comment,
    }
    fields |= {"author": move.author, "exact": move.exact}
    offsets = {"start": move.start, "end": move.end}
    record = {name: value for name, value in (*fields.items(), *offsets.items()) if value is not None}
    return json.dumps(record, ensure_ascii=False, sort_keys=True)
