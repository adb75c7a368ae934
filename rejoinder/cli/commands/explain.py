"""`rejoinder explain`: why a claim or move is in the map."""

from __future__ import annotations

from pathlib import Path

import click

from rejoinder.cli.group import Command
from rejoinder.cli.options import store_option
from rejoinder.cli.types import TEXT, OneOf
from rejoinder.graph.explanations import explain as explaining
from rejoinder.graph.queries.written import as_json
from rejoinder.graph.stores.publish import open_current
from rejoinder.name_lookup import iri_of_name
from rejoinder.why import explanation_text


@click.command(cls=Command)
@store_option
@click.option("--format", "to", type=OneOf(["text", "json"]), default="text", show_default=True)
@click.argument("name", metavar="CLAIM|MOVE", type=TEXT, nargs=-1, required=True)
def explain(store: Path, to: str, name: tuple[str, ...]) -> None:
    """Say why a CLAIM or MOVE (IRI, id, the beginning of one, or words that only it holds) is in the map."""
    snapshot = open_current(store)
    why = explaining.explain(snapshot, iri_of_name(snapshot, name))
    click.echo(
        explanation_text(why) if to == "text" else as_json(explaining.explanation_document(why, snapshot)), nl=False
    )
