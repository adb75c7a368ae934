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


def write(thread_map: ThreadMap, options: Options) -> str:
    """Every judgement of the thread on a line, in the order of comments, words and kinds."""
    return "".join(map(judgement_line, sort_judgements(thread_map.discussion.judgements)))


def sort_judgements(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements by thread, comment, words and kind."""
    return sorted(
        judgements,
        key=lambda judgement: (
            judgement.thread,
            judgement.comment,
            judgement.words or "",
            judgement.occurrence or 1,
            judgement.kind,
            judgement.name,
        ),
    )


def judgement_line(judgement: Judgement) -> str:
    """The judgement as a line that loads as it is; what it does not have is left out."""
    fields = {
        "site": judgement.thread.site,
        "thread": judgement.thread.id,
        "comment": judgement.comment,
        "words": judgement.words,
        "occurrence": judgement.occurrence,
        "judgement": judgement.verdict,
        "kind": judgement.kind,
        "target": judgement.target,
        "target_words": judgement.target_words,
        "target_occurrence": judgement.target_occurrence,
        "by": judgement.by,
        "note": judgement.note,
    }
    return json.dumps({name: value for name, value in fields.items() if value is not None}, ensure_ascii=False) + "\n"
