"""What a list of open objections has that an earlier one had not, and what became of those that it has no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rejoinder.cards import cards
from rejoinder.graph.explanations.outcomes import LEFT_OUT, Outcome, OutcomeFinder
from rejoinder.graph.explanations.whys import AnswerGiven
from rejoinder.graph.maps.checklist import checklist, markdown_link, markdown_text
from rejoinder.graph.maps.lines import author_line, clean_line, short_line
from rejoinder.graph.queries.unanswered import Entry
from rejoinder.graph.queries.views import Cell, Row
from rejoinder.tables import wrap_text

NEW = "new"
MOST_ANSWERS = 3  # most that stand beside one objection
# Columns that stand before those of the list.
ADDED_COLUMNS = (
    "change",
    "became",
    "answer",
    "answerAuthor",
    "answerLink",
)
KEPT_COLUMNS = (
    "objection",
    "claim",
    "text",
    "comment",
    "author",
    "created",
    "link",
    "target",
    "targetText",
    "targetAuthor",
)
KEPT_THREAD_COLUMNS = ("thread", "threadTitle")


@dataclass(frozen=True, slots=True)
class ListChanges:
    """A list against an earlier one: which of its rows are new, what became of which, and how many are as before.

    `left_out` are those that are open as before, but that the filters of the list leave out.
    """

    new: tuple[Row, ...]
    settled: tuple[tuple[Row, Outcome], ...]
    as_before: int
    left_out: int


def compare_lists(rows: Sequence[Row], before: Mapping[str, Row], becoming: OutcomeFinder) -> ListChanges:
    """The rows of a list against those of an earlier one, by claim, whose IRI stays for longer."""
    claims = {str(row["claim"]) for row in rows}
    new = tuple(row for row in rows if str(row["claim"]) not in before)
    others = [(row, becoming.outcome_of(row)) for claim, row in before.items() if claim not in claims]
    settled = tuple((row, became) for row, became in others if became.change != LEFT_OUT)
    return ListChanges(new, settled, len(rows) - len(new), len(others) - len(settled))


def as_rows(diff: ListChanges, columns: Sequence[str]) -> tuple[tuple[str, ...], list[dict[str, Cell]]]:
    """What is new and what was settled as rows, with their columns: BEFORE those of the list."""
    nothing = dict[str, Cell].fromkeys((*ADDED_COLUMNS, *columns))
    new = [nothing | {"change": NEW} | dict(row) for row in diff.new]
    return (*ADDED_COLUMNS, *columns), new + [nothing | _settled_cells(*pair, columns) for pair in diff.settled]


def _settled_cells(row: Row, became: Outcome, columns: Sequence[str]) -> dict[str, Cell]:
    cells = {name: row.get(name) for name in (*KEPT_COLUMNS, *KEPT_THREAD_COLUMNS) if name in columns}
    reply = next(iter(became.answers), None)
    answer: tuple[Cell, ...] = (reply.text, reply.author, _link(reply)) if reply else (None, None, None)
    return dict(zip(ADDED_COLUMNS, (became.change, became.words, *answer), strict=True)) | cells


def as_cards(diff: ListChanges, entries: Sequence[Entry], name: str) -> str:
    """For a terminal: what is new by comment, then a paragraph for each that was settled."""
    return _changes_text(diff, entries, name, cards, _card, "{}\n")


def as_checklist(diff: ListChanges, entries: Sequence[Entry], name: str) -> str:
    """The same as Markdown."""
    return _changes_text(diff, entries, markdown_text(name), checklist, _item, "**{}**\n")


def _changes_text(
    diff: ListChanges,
    entries: Sequence[Entry],
    name: str,
    listed: Callable[[Sequence[Entry]], str],
    item: Callable[[Row, Outcome], str],
    head: str,
) -> str:
    fresh = [trimmed for entry in entries if (trimmed := _with_new_objections(entry, diff)).objections]
    counts = [(len(diff.new), "new"), (len(diff.settled), "no longer listed"), (diff.as_before, "as before")]
    counts += [(diff.left_out, "left out by the filters of this list")] if diff.left_out else []
    parts = [f"Since {name}: {', '.join(f'{many:,} {label}' for many, label in counts)}.\n"]
    parts += [head.format("New"), listed(fresh)] if fresh else []
    parts += [head.format("No longer listed"), "\n".join(item(*pair) for pair in diff.settled)] if diff.settled else []
    return "\n".join(parts)


def _with_new_objections(entry: Entry, diff: ListChanges) -> Entry:
    """A comment with those of its objections that are new."""
    new = {row["claim"] for row in diff.new}
    return replace(entry, objections=tuple(row for row in entry.objections if row["claim"] in new))


def _card(row: Row, became: Outcome) -> str:
    parts = [
        author_line(row.get("author")),
        *(clean_line(row.get(name)) for name in ("threadTitle", "link") if row.get(name)),
    ]
    lines = [
        f"- {' · '.join(parts)}",
        wrap_text(f"“{clean_line(row.get('text'))}”", first="  ", rest="  "),
        wrap_text(became.as_line, first="  ", rest="  "),
        *(
            wrap_text(" · ".join(filter(None, (_answer_text(answer), _link(answer)))), first="  ← ", rest="    ")
            for answer in _answers_shown(became)
        ),
    ]
    return "\n".join(lines) + "\n"


def _item(row: Row, became: Outcome) -> str:
    where = markdown_link(row.get("threadTitle") or "the comment", row.get("link"))
    lines = [
        f"- “{markdown_text(row.get('text'))}”",
        f"by **{markdown_text(author_line(row.get('author')))}**, in {where}",
        markdown_text(became.as_line),
        *(f"by {markdown_link(_answer_text(answer), _link(answer))}" for answer in _answers_shown(became)),
    ]
    return "  \n  ".join(lines) + "\n"


def _answers_shown(became: Outcome) -> tuple[AnswerGiven, ...]:
    """The answers that stand beside an objection; a reaction has no words to show."""
    return tuple(answer for answer in became.answers if answer.made_in)[:MOST_ANSWERS]


def _answer_text(answer: AnswerGiven) -> str:
    return f"{author_line(answer.author)}: “{short_line(answer.text)}”"


def _link(answer: AnswerGiven) -> str | None:
    return answer.made_in.link if answer.made_in else None
