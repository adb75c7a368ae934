"""The worklist to be posted or sent: Markdown, with a box to tick before each open objection."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from rejoinder.graph.maps.lines import author_line, clean_line, short_line
from rejoinder.graph.maps.links import web_link
from rejoinder.graph.maps.wording import (
    LESS_SURE_NOTE,
    STATUS_WORDS,
    aim_of_kind,
    judged_words,
    percent,
    reason_found_words,
    wordless_noun,
)
from rejoinder.graph.queries.unanswered import Entry
from rejoinder.graph.queries.views import Cell, Row

_MARKS = re.compile(r"([\\`*_\[\]<>~|&#])")  # what Markdown takes for more than a character
_ENDING = {ord(char): f"%{ord(char):02X}" for char in " <>\\"}  # what would end an address in angle brackets


def checklist(entries: Sequence[Entry]) -> str:
    """Comments with their unanswered objections: who wrote it, where, and a box an objection."""
    parts = [
        f"{head}\n\n" + "".join(_objection(row, entry) for entry in group for row in entry.objections)
        for head, group in groupby(entries, _head)
    ]
    return "\n".join(parts) + _coverage_note(entries)


def doubtful_checklist(entries: Sequence[Entry]) -> str:
    """The same of comments whose objections are too unsure to be listed, set apart."""
    return f"**Less sure.** {LESS_SURE_NOTE}\n\n" + checklist(entries)


def _head(entry: Entry) -> str:
    """Who wrote a comment, when and where; paragraphs of a dump that follow each other share it."""
    comment = entry.comment
    when = f", {clean_line(comment['created'])}" if comment["created"] else ""
    where = markdown_link(comment["threadTitle"] or "the comment", comment["link"])
    return f"**{markdown_text(author_line(comment['author']))}**{when}, in {where}:"


def _objection(row: Row, entry: Entry) -> str:
    reason = entry.reason(row)
    by = f", by {markdown_text(author_line(row['author']))}" if row["author"] != entry.comment["author"] else ""
    lines = [
        f"- [ ] “{markdown_text(row['text'])}”",
        *([markdown_text(reason_found_words(reason, row["reasonFrom"]))] if reason else []),
        _aim_words(row),
        *(f"also {_aim_words(other)}" for other in entry.others(row)),
        f"{_status_words(str(row['status']))}; {_sureness_words(row)}{by}",
    ]
    return "  \n  ".join(lines) + "\n"


def _status_words(status: str) -> str:
    """A status with what it means, for whoever is sent the list."""
    return status if (means := STATUS_WORDS.get(status, status)) == status else f"{status}: {means}"


def _sureness_words(row: Row) -> str:
    if row["judgement"]:
        return markdown_text(judged_words(str(row["cue"]), str(row["because"] or "")))
    return f"{percent(float(row['confidence'] or 0))} sure it objects"


def _aim_words(row: Row) -> str:
    if not row["targetText"]:
        nothing = wordless_noun("Thread" if row["targetText"] is None else "Comment", row["targetAuthor"])
        return f"{aim_of_kind(row['kind'])} {markdown_text(nothing)}"
    author, words = author_line(row["targetAuthor"]), short_line(str(row["targetText"]))
    return f"{aim_of_kind(row['kind'])} **{markdown_text(author)}**: “{markdown_text(words)}”"


def _coverage_note(entries: Sequence[Entry]) -> str:
    if all(row["coverage"] == "complete" for entry in entries for row in entry.objections):
        return ""
    return "\nSome of these threads may not be loaded completely: an answer may exist that is not known here.\n"


def markdown_link(words: Cell, address: Cell) -> str:
    """Words that lead to a page of the web, or the words alone."""
    leads = web_link(clean_line(address)).translate(_ENDING)
    return f"[{markdown_text(words)}](<{leads}>)" if leads else markdown_text(words)


def markdown_text(text: Cell) -> str:
    r"""Text on one line that Markdown shows as it is.

    >>> markdown_text("*no*, see\n<b> #3")
    '\\*no\\*, see \\<b\\> \\#3'
    """
    return _MARKS.sub(r"\\\1", clean_line(text))
