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
    known = [
        {"format": one.NAME, "summary": one.SUMMARY, "recognised": one.READS.recognised}
        for one in loaders.LOADERS.values()
    ]
    click.echo(tables.render_rows(["format", "summary", "recognised"], known, to), nl=False)
