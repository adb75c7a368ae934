"""The moves of a thread as rows for a spreadsheet: what is said against, for or in answer to what."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from rejoinder.graph.exports.ends import End, Ends
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.records import ClaimRef, Move

NAME = "csv"
SUMMARY = "a row a move: its kind, words, author and status, and what it is aimed at (RFC 4180)"
MEDIA_TYPE = "text/csv"
EXTENSION = "csv"

COLUMNS = (
    "kind",
    "source",
    "target",
    "author",
    "targetAuthor",
    "confidence",
    "method",
    "cue",
    "status",
    "label",
    "created",
    "comment",
    "link",
    "targetComment",
    "targetLink",
    "targetKind",
    "id",
    "targetId",
)


def write(thread_map: ThreadMap, options: Options) -> str:
    """A row a move in the order of reading, then one a claim that no move touches; texts stand as they were written.

    Several sources of one move are joined by " | ".
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_rows(thread_map))
    return out.getvalue()


def _rows(thread_map: ThreadMap) -> Iterator[dict[str, object]]:
    ends = Ends(thread_map)
    touched = {end for move in thread_map.argument.moves for end in (*move.sources, move.target)}
    yield from (_move(move, ends) for move in ends.moves())
    yield from (
        _claim(ends.claim_end(claim), thread_map) for claim in ends.claims() if ClaimRef(claim.id) not in touched
    )


def _move(move: Move, ends: Ends) -> dict[str, object]:
    move_end, target = ends.move_end(move), ends.end_of(move.target)
    return {
        "kind": move_end.kind,
        "source": " | ".join(ends.end_of(end).text for end in move.sources),
        "target": target.text,
        "author": move_end.author,
        "targetAuthor": target.author,
        "confidence": move.confidence,
        "method": move.method,
        "cue": move.cue,
        "status": ends.map.statuses.get(move.id, ""),
        "label": ends.map.labels.get(move.id, ""),
        "created": move_end.created,
        "comment": move.comment or "",
        "link": move_end.url,
        "targetComment": move.target_comment or "",
        "targetLink": target.url,
        "targetKind": target.kind,
        "id": move.id,
        "targetId": target.id,
    }


def _claim(claim: End, thread_map: ThreadMap) -> dict[str, object]:
    return {
        "kind": claim.kind,
        "source": claim.text,
        "author": claim.author,
        "label": thread_map.labels.get(claim.id, ""),
        "created": claim.created,
        "comment": claim.comment.id if claim.comment else "",
        "link": claim.url,
        "id": claim.id,
    }
