"""`rejoinder query`: SPARQL over all threads."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from rejoinder.cli.group import Command
from rejoinder.cli.options import store_option
from rejoinder.cli.types import QUERY, OneOf
from rejoinder.graph.maps.lines import clean_line
from rejoinder.querying import GRAPH_FORMATS, LOCAL_SETTINGS, RESULT_FORMATS, answer_parts


@click.command(cls=Command)
@store_option
@click.option(
    "--format",
    "to",
    type=OneOf(["table", *RESULT_FORMATS, *GRAPH_FORMATS]),
    help="Rows: table (default), json, csv, tsv, xml. Graphs: turtle (default), ntriples, jsonld.",
)
@click.argument("file", type=QUERY, metavar="FILE.rq")
def query(store: Path, to: str | None, file: Any) -> None:
    """Run a SPARQL query (- is standard input) over all threads, limited only by memory, without a deadline.

    A term that is in neither the ontology nor the store is named on standard error, with similar ones.
    """
    for part in answer_parts(store, file.read(LOCAL_SETTINGS.query_bytes + 1), to):
        if part.note:
            click.echo(f"({clean_line(part.note)})", err=True)
        elif part.text:
            click.echo(part.text, nl=False)
        else:
            sys.stdout.buffer.write(part.body)
