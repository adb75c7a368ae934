"""`rejoinder stats`: how much of what the store holds."""

from __future__ import annotations

from pathlib import Path

import click

from rejoinder.cli.group import Command
from rejoinder.cli.options import rows_option, store_option
from rejoinder.cli.printing import print_rows
from rejoinder.cli.settings import settings_of
from rejoinder.graph.queries.views import Value, find_view, view_rows
from rejoinder.graph.stores.publish import open_current


@click.command(cls=Command)
@store_option
@rows_option
def stats(store: Path, to: str) -> None:
    """Count what the store holds, by class of the ontology, and how many moves are sure enough to count."""
    values: dict[str, Value] = {"confidence": settings_of(store).objection_threshold}
    print_rows(view_rows(open_current(store).store, find_view("stats"), values), to)
