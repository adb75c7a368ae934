"""`rejoinder serve`: the pages, the JSON views and the SPARQL endpoint."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from rejoinder.cli.group import Command
from rejoinder.cli.options import store_option
from rejoinder.cli.settings import settings_of
from rejoinder.cli.typed import judge_command
from rejoinder.cli.types import NAME


@click.command(cls=Command)
@store_option
@click.option("--host", type=NAME, default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port.")
def serve(store: Path, host: str, port: int) -> None:
    """Serve the pages, the JSON views and the SPARQL endpoint."""
    from rejoinder.serve import serve as run  # the server's libraries are not worth loading for any other command

    run(store, settings_of(store), host, port, shlex.join(judge_command(store)))
