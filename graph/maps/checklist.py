"""The worklist to be posted or sent: Markdown, with a box to tick before each open objection."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from rejoinder.graph.maps.lines import clean, short, who
from rejoinder.graph.maps.links import web
from rejoinder.graph.maps.wording import LESS_SURE, STATUSES, against, judged, percent, reasoned, wordless
from rejoinder.graph.queries.unanswered import Entry
from rejoinder.graph.queries.views import Cell, Row

_MARKS = re.compile(r"([\\`*_\[\]<>~|&#])")  # what Markdown takes for more than a character
_ENDING = {ord(one): f"%{ord(one):02X}" for one in " <>\\"}  # what would end an address in angle brackets


def checklist(entries: Sequence[Entry]) -> str:
    """Comments with their unanswered objections: who wrote it, where, and a box an objection."""
    parts = [
        f"{head}\n\n" + "".join(_objection(row, entry) for entry in some for row in entry.objections)
        for head, some in groupby(entries, _head)
    ]
    return "\n".join(parts) + _honesty(entries)


def doubtful(entries: Sequence[Entry]) -> str:
    """The same of comments whose objections are too unsure to be listed, set apart."""
    return f"**Less sure.** {LESS_SURE}\n\n" + checklist(entries)


def _head(entry: Entry) -> str:
    """Who wrote a comment, when and where; paragraphs of a dump that follow each other share it."""
    said = entry.comment
    when = f", {clean(said['created'])}" if said["created"] else ""
    where = linked(said["threadTitle"] or "the comment", said["link"])
    return f"**{plain(who(said['author']))}**{when}, in {where}:"


def _objection(row: Row, entry: Entry) -> str:
    reason = entry.reason(row)
    by = f", by {plain(who(row['author']))}" if row["author"] != entry.comment["author"] else ""
    lines = [
        f"- [ ] “{plain(row['text'])}”",
        *([plain(reasoned(reason, row["reasonFrom"]))] if reason else []),
        _aim(row),
        *(f"also {_aim(one)}" for one in entry.others(row)),
        f"{_stands(str(row['status']))}; {_sure(row)}{by}",
    ]
    return "  \n  ".join(lines) + "\n"


def _stands(status: str) -> str:
    """A status with what it means, for whoever is sent the list."""
    return status if (means := STATUSES.get(status, status)) == status else f"{status}: {means}"


def _sure(row: Row) -> str:
    if row["judgement"]:
        return plain(judged(str(row["cue"]), str(row["because"] or "")))
    return f"{percent(float(row['confidence'] or 0))} sure it objects"


def _aim(row: Row) -> str:
    if not row["targetText"]:
        nothing = wordless("Thread" if row["targetText"] is None else "Comment", row["targetAuthor"])
        return f"{against(row['kind'])} {plain(nothing)}"
    return f"{against(row['kind'])} **{plain(who(row['targetAuthor']))}**: “{plain(short(str(row['targetText'])))}”"


def _honesty(entries: Sequence[Entry]) -> str:
    if all(row["coverage"] == "complete" for entry in entries for row in entry.objections):
        return ""
    return "\nSome of these threads may not be loaded completely: an answer may exist that is not known here.\n"


def linked(words: Cell, address: Cell) -> str:
    """Words that lead to a page of the web, or the words alone."""
    leads = web(clean(address)).translate(_ENDING)
    return f"[{plain(words)}](<{leads}>)" if leads else plain(words)


def plain(text: Cell) -> str:
    r"""Text on one line that Markdown shows as it is.

    >>> plain("*no*, see\n<b> #3")
    '\\*no\\*, see \\<b\\> \\#3'
    """
    return _MARKS.sub(r"\\\1", clean(text))
