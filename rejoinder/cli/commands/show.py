"""`rejoinder show`: a claim or move and everything around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from rejoinder.cli.group import Command
from rejoinder.cli.options import store_option
from rejoinder.cli.types import TEXT, OneOf
from rejoinder.graph.maps import documents
from rejoinder.graph.maps.neighbourhood import neighbourhood
from rejoinder.graph.queries.written import as_json
from rejoinder.graph.stores.publish import open_current
from rejoinder.name_lookup import iri_of_name
from rejoinder.outline import outline


@click.command(cls=Command)
@store_option
@click.option("--depth", type=click.IntRange(0, 6), default=2, show_default=True, help="How many moves away.")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, show_default=True, help="At most so many nodes.")
@click.option("--format", "to", type=OneOf(["text", "json", "jsonld", "turtle"]), default="text", show_default=True)
@click.argument("claim", type=TEXT, nargs=-1, required=True)
def show(store: Path, depth: int, limit: int, to: str, claim: tuple[str, ...]) -> None:
    """Show a CLAIM or move (IRI, id, the beginning of one, or words that only it holds) and everything around it."""
    snapshot = open_current(store)
    around = neighbourhood(snapshot, iri_of_name(snapshot, claim), depth=depth, limit=limit)
    faces: dict[str, Callable[[], str]] = {
        "text": lambda: outline(around),
        "json": lambda: as_json(documents.as_document(around)),
        "jsonld": lambda: as_json(documents.as_json_ld(snapshot.store, around)),
        "turtle": lambda: documents.as_turtle(snapshot.store, around).decode(),
    }
    click.echo(faces[to](), nl=False)
