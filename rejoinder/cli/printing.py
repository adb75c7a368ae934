"""What commands print: rows, the SPARQL that would give them, and complaints on standard error."""

from __future__ import annotations

from collections.abc import Mapping

import click

from rejoinder import tables
from rejoinder.graph.maps.lines import clean_line
from rejoinder.graph.queries.views import Rows, Value, View


def complain(text: str) -> None:
    """Print a line on standard error."""
    click.echo(clean_line(text), err=True)


def print_sparql(view: View, values: Mapping[str, Value], limit: int | None) -> None:
    """Print the SPARQL of a view."""
    click.echo(view.sparql(values if limit is None else {**values, "rows": limit}), nl=False)


def print_rows(rows: Rows, to: str, *, beside: Mapping[str, object] | None = None) -> None:
    """Print the rows of a view, in JSON with what stands `beside` them."""
    if to == "table":
        click.echo(tables.as_table(rows.columns, rows.rows) if rows.rows else "nothing\n", nl=False)
        say_cut(len(rows.rows), rows.truncated)
    else:
        text = tables.render_rows(rows.columns, rows.rows, to, truncated=rows.truncated, beside=beside)
        click.echo(text, nl=False)


def say_cut(count: int, truncated: bool) -> None:
    """Say on standard error that there is more than is shown, where there is."""
    if truncated:
        click.echo(f"(only the first {count}; more with a larger --limit)", err=True)
