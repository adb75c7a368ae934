"""`rejoinder unanswered`: the open objections, the most pressing first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from rejoinder.authors import author_named
from rejoinder.cards import Writer, cards, unsure_cards
from rejoinder.cli.group import Command
from rejoinder.cli.options import (
    author_option,
    earlier_option,
    list_option,
    owed_option,
    show_option,
    since_option,
    store_option,
    thread_option,
)
from rejoinder.cli.printing import print_rows, print_sparql, say_cut
from rejoinder.cli.settings import settings_of
from rejoinder.cli.types import FRACTION, ROWS, OneOf
from rejoinder.comparison import as_cards, as_checklist, as_rows, compare_lists
from rejoinder.earlier import read_earlier as list_in
from rejoinder.graph.explanations.outcomes import OutcomeFinder
from rejoinder.graph.maps.checklist import checklist, doubtful_checklist
from rejoinder.graph.maps.wording import NONE_OPEN, NONE_SURE
from rejoinder.graph.queries.unanswered import (
    LEVELS,
    SOURCES,
    count_unanswered,
    likeliest_entries,
    source_values,
    unanswered_entries,
    unanswered_rows,
    unanswered_values,
)
from rejoinder.graph.queries.values import parse_time
from rejoinder.graph.queries.views import Rows, Value, find_view
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.threads import thread_named

LEVEL_HELP = "What counts as unanswered. " + " ".join(f"{name} {meaning}." for name, meaning in LEVELS.items())
WRITERS: Mapping[str, tuple[Writer, Writer]] = {
    "table": (cards, unsure_cards),
    "markdown": (checklist, doubtful_checklist),
}
EMPTY_NOTE = "nothing is loaded: this store holds no comment\n"


@click.command(cls=Command)
@store_option
@click.option("--level", type=OneOf(list(LEVELS)), default="U2", show_default=True, help=LEVEL_HELP)
@thread_option
@author_option
@owed_option
@click.option(
    "--source",
    type=OneOf(list(SOURCES)),
    default="any",
    show_default=True,
    help="Only objections that were found in comments, or only those that argument maps state.",
)
@since_option
@click.option("--confidence", type=FRACTION, help="Lowest confidence of an objection; 0.5 if none is given.")
@click.option(
    "--limit",
    type=ROWS,
    help="At most so many objections; in a table or Markdown, at most so many comments. The default is all.",
)
@earlier_option
@list_option
@show_option
def unanswered(
    store: Path,
    level: str,
    thread: str | None,
    author: str | None,
    owed: str | None,
    source: str,
    since: str | None,
    confidence: float | None,
    limit: int | None,
    earlier: Path | None,
    to: str,
    show: bool,
) -> None:
    """List the objections that nobody has answered, the most pressing first; a table groups them by comment."""
    if earlier is not None and limit is not None:
        raise click.UsageError("--limit: a list that is cut short cannot be compared with --earlier")
    snapshot = open_current(store)
    values = unanswered_values(snapshot.store, level, settings_of(store))
    values |= {} if confidence is None else {"confidence": confidence}
    values |= _filter_values(snapshot, thread, author, owed) | source_values(source)
    values |= {} if since is None else {"since": parse_time("--since", since)}
    if show:
        print_sparql(find_view("unanswered"), values, limit)
    elif earlier is not None:
        _print_since(snapshot, values, earlier, to)
    elif to in WRITERS:
        _print_comments(snapshot, values, limit, *WRITERS[to])
    else:
        _print_rows(snapshot, values, limit, to)


def _filter_values(snapshot: Snapshot, thread: str | None, author: str | None, owed: str | None) -> dict[str, Value]:
    """The thread and the authors that the list is of."""
    within = None if thread is None else thread_named(snapshot, thread)
    filters = {
        "thread": within,
        "author": None if author is None else author_named(snapshot, "--author", author, thread=within),
        "owed": None if owed is None else author_named(snapshot, "--owed", owed, thread=within),
    }
    return {name: value for name, value in filters.items() if value is not None}


def _print_comments(
    snapshot: Snapshot, values: Mapping[str, Value], limit: int | None, sure: Writer, unsure: Writer
) -> None:
    """Print the objections by comment, and after them those likeliest to be some though they are less sure."""
    counted = count_unanswered(snapshot.store, values)
    less_sure = likeliest_entries(snapshot.store, values, counted)
    entry_page = unanswered_entries(snapshot.store, values, most=limit)
    none = EMPTY_NOTE if snapshot.is_empty else f"{NONE_SURE if counted.less_sure else NONE_OPEN}\n"
    click.echo(sure(entry_page.entries) if entry_page.entries else none, nl=False)
    click.echo("\n" + unsure(less_sure) if less_sure else "", nl=False)
    say_cut(len(entry_page.entries), entry_page.truncated)
    shown_count = sum(len(entry.objections) for entry in less_sure)
    _say_less_sure(counted.less_sure - shown_count, "even " if shown_count else "")


def _print_rows(snapshot: Snapshot, values: Mapping[str, Value], limit: int | None, to: str) -> None:
    """Print an objection a row."""
    counted = count_unanswered(snapshot.store, values)
    likely_rows = [row for entry in likeliest_entries(snapshot.store, values, counted) for row in entry.objections]
    extra = {"lessSure": counted.less_sure, "likeliest": likely_rows}
    # With a bound the engine looks up these rows and no others; without one it goes through the whole store.
    bound: dict[str, Value] = {"rows": max(counted.listed, 1)} if limit is None else {}
    print_rows(unanswered_rows(snapshot.store, {**values, **bound}, most=limit), to, beside=extra)
    _say_less_sure(counted.less_sure, "")


def _print_since(snapshot: Snapshot, values: Mapping[str, Value], file: Path, to: str) -> None:
    """Print what an earlier list had not, and what became of what it has besides."""
    before, counted = list_in(file), count_unanswered(snapshot.store, values)
    now = unanswered_rows(snapshot.store, {**values, "rows": max(counted.listed, 1)})
    diff = compare_lists(now.rows, before, OutcomeFinder(snapshot, values))
    if to in WRITERS:
        written = as_checklist if to == "markdown" else as_cards
        click.echo(written(diff, unanswered_entries(snapshot.store, values).entries, file.name), nl=False)
    else:
        columns, changes = as_rows(diff, now.columns)
        print_rows(
            Rows(columns, tuple(changes), False), to, beside={"asBefore": diff.as_before, "leftOut": diff.left_out}
        )
    _say_less_sure(counted.less_sure, "")


def _say_less_sure(many: int, even: str) -> None:
    if many:
        others, noun, them = ("other is", "an objection", "it") if many == 1 else ("others are", "objections", "them")
        click.echo(f"({many:,} {others} {even}less likely to be {noun}; --confidence 0 lists {them} too)", err=True)
