"""`rejoinder formats`: what can be loaded."""

from __future__ import annotations

import click

from rejoinder import loaders, tables
from rejoinder.cli.group import Command
from rejoinder.cli.options import rows_option


@click.command(cls=Command)
@rows_option
def formats(to: str) -> None:
    """List the formats that can be loaded."""
    rows = [
        {"format": loader.NAME, "summary": loader.SUMMARY, "recognised": loader.READS.recognised}
        for loader in loaders.LOADERS.values()
    ]
    click.echo(tables.render_rows(["format", "summary", "recognised"], rows, to), nl=False)
