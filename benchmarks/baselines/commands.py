"""A command line with the two commands that a scorer calls, whose claims and moves a given extractor finds."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rejoinder.cli.commands.query import query
from rejoinder.errors import Problem
from rejoinder.load import load as load_files
from rejoinder.loaders.extract import Extractor
from rejoinder.settings import Settings


def command_line(extractor: Extractor) -> click.Group:
    """`load --store DIR FILE...`, which finds moves by this extractor, and `query` as Rejoinder has it."""
    group = click.Group(extractor.extraction.name, commands=[query])

    @group.command()
    @click.option("--store", type=click.Path(path_type=Path, file_okay=False), required=True)
    @click.argument("files", nargs=-1, required=True)
    def load(store: Path, files: tuple[str, ...]) -> None:
        """Load files into a store; exit 1 where something was not loaded."""
        tally = load_files(store, files, Settings(), report=say, extractor=extractor)
        sys.exit(tally.lost > 0)

    return group


def say(problem: Problem) -> None:
    """Prints a problem where it does not mix with answers."""
    click.echo(str(problem), err=True)
