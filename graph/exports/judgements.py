"""What people judged, as lines of our own JSONL: to be kept, sent, and loaded again."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.records import Judgement

NAME = "judgements"
SUMMARY = "our own JSONL: what people judged of the thread's moves, a line a judgement"
MEDIA_TYPE = "application/x-ndjson"
EXTENSION = "jsonl"


def write(one: ThreadMap, options: Options) -> str:
    """Every judgement of the thread on a line, in the order of comments, words and kinds."""
    return "".join(map(judgement_line, sort_judgements(one.discussion.judgements)))


def sort_judgements(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements by thread, comment, words and kind."""
    return sorted(
        judgements, key=lambda one: (one.thread, one.comment, one.words or "", one.occurrence or 1, one.kind, one.name)
    )


def judgement_line(one: Judgement) -> str:
    """The judgement as a line that loads as it is; what it does not have is left out."""
    fields = {
        "site": one.thread.site,
        "thread": one.thread.id,
        "comment": one.comment,
        "words": one.words,
        "occurrence": one.occurrence,
        "judgement": one.verdict,
        "kind": one.kind,
        "target": one.target,
        "target_words": one.target_words,
        "target_occurrence": one.target_occurrence,
        "by": one.by,
        "note": one.note,
    }
    return json.dumps({name: value for name, value in fields.items() if value is not None}, ensure_ascii=False) + "\n"
