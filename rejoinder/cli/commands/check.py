"""`rejoinder check`: the whole store against the shapes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rejoinder import tables
from rejoinder.cli.group import Command
from rejoinder.cli.options import ROW_FORMATS, store_option
from rejoinder.cli.types import OneOf
from rejoinder.graph.shapes import check as checking
from rejoinder.graph.stores.publish import open_current


@click.command(cls=Command)
@store_option
@click.option("--engine", type=OneOf(["compiled", "pyshacl"]), default="compiled", show_default=True)
@click.option("--format", "to", type=ROW_FORMATS, default="table", show_default=True)
def check(store: Path, engine: str, to: str) -> None:
    """Check the whole store against the shapes; exit status 1 if one is violated."""
    results = checking.check_store(open_current(store).store, engine=engine)
    columns = ["severity", "shape", "focus", "value", "message"]
    listed = [{name: getattr(result, name) for name in columns} for result in results]
    if to != "table" or listed:
        click.echo(tables.render_rows(columns, listed, to), nl=False)
    conforms = checking.conforms(results)
    click.echo("conforms" if conforms else "does not conform", err=to != "table")
    sys.exit(0 if conforms else 1)
