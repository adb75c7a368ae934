"""The worklist for reading in a terminal: comments, the most pressing first, with their open objections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from rejoinder.graph.maps.lines import author_line, clean_line, short_line
from rejoinder.graph.maps.wording import (
    LESS_SURE_NOTE,
    aim_of_kind,
    answered_beside_note,
    judged_words,
    percent,
    reason_found_words,
    wordless_noun,
)
from rejoinder.graph.queries.unanswered import Entry
from rejoinder.graph.queries.views import Row
from rejoinder.records import Kind
from rejoinder.tables import count_words, wrap_text

Writer: TypeAlias = Callable[[Sequence[Entry]], str]  # of the worklist, in one form or another


def cards(entries: Sequence[Entry]) -> str:
    """Comments with their unanswered objections: a head each, and a paragraph an objection."""
    objections = [row for entry in entries for row in entry.objections]
    return "\n".join(_card(f"{number}.", entry) for number, entry in enumerate(entries, 1)) + _honesty(objections)


def unsure_cards(entries: Sequence[Entry]) -> str:
    """Comments with objections that are too unsure to be listed, set apart from a list: without numbers."""
    objections = [row for entry in entries for row in entry.objections]
    head = wrap_text(f"Less sure. {LESS_SURE_NOTE}") + "\n\n"
    return head + "\n".join(_card("?", entry) for entry in entries) + _honesty(objections)


def _card(mark: str, entry: Entry) -> str:
    return f"{mark} {_head(entry)}\n" + "\n".join(_objection_lines(row, entry) for row in entry.objections)


def _head(entry: Entry) -> str:
    """Who wrote the comment, where and when; how many objections it holds, and whether others of it were answered."""
    comment, many = entry.comment, len(entry.objections)
    parts = [
        author_line(comment["author"]),
        *(clean_line(comment[name]) for name in ("threadTitle", "created", "link") if comment[name]),
    ]
    parts += [count_words(many, "objection")] if many > 1 else []
    note = answered_beside_note(comment["answeredBeside"])
    return " · ".join(parts) + (f"\n   ({note})" if note else "")


def _objection_lines(row: Row, entry: Entry) -> str:
    comment, reason = entry.comment, entry.reason(row)
    by = f" · {author_line(row['author'])}" if row["author"] != comment["author"] else ""
    repeats = f" · said again {row['saidAgain']}×" if row["saidAgain"] else ""
    lines = [
        f"   {row['level']} {row['status']} · rank {clean_line(row['rank'])}{repeats}{by}",
        wrap_text(f"“{clean_line(row['text'])}”", first="   ", rest="   "),
        *([wrap_text(reason_found_words(reason, row["reasonFrom"]), first="   ", rest="     ")] if reason else []),
        wrap_text(_target_line(row), first="   → ", rest="     "),
        *(wrap_text(f"also {_target_line(other)}", first="   → ", rest="     ") for other in entry.others(row)),
        wrap_text(
            f"{_explanation_line(row)}; claim {str(row['claim']).rsplit('/', 1)[-1][:12]}",
            first="   ",
            rest="   ",
        ),
    ]
    return "\n".join(lines) + "\n"


def _explanation_line(row: Row) -> str:
    if row["judgement"]:
        return clean_line(judged_words(str(row["cue"]), str(row["because"] or "")))
    return (
        f"{clean_line(row['method'])}, {percent(float(row['confidence'] or 0))} sure, because: {clean_line(row['cue'])}"
    )


def _target_line(row: Row) -> str:
    if not row["targetText"]:
        return clean_line(wordless_noun("Thread" if row["targetText"] is None else "Comment", row["targetAuthor"]))
    answering = f"{aim_of_kind(row['kind'])} " if row["kind"] == Kind.COUNTER else ""
    return f"{answering}{author_line(row['targetAuthor'])}: “{short_line(str(row['targetText']))}”"


def _honesty(rows: Sequence[Row]) -> str:
    """What the list cannot know, where a thread is not known to be complete."""
    loose = sum(row["coverage"] != "complete" for row in rows)
    if not loose:
        return ""
    where = f"{loose} of {len(rows)} stand in threads of unknown or partial coverage"
    return f"\n{where}: an answer may exist that was not loaded.\n"
