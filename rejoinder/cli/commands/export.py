"""`rejoinder export`: the whole store, or one thread, in one of the formats out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rejoinder.cli.group import Command
from rejoinder.cli.options import store_option, thread_option
from rejoinder.cli.settings import settings_of
from rejoinder.cli.types import OneOf
from rejoinder.graph.exports import EXPORTS, judgements, whole_store
from rejoinder.graph.exports.thread_map import thread_map
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.graph.triples.terms import Names
from rejoinder.threads import thread_named

OF_ALL = (*whole_store.STORE_FORMATS, judgements.NAME)  # what the whole store can be written as
OF_THREADS = [name for name in EXPORTS if name not in OF_ALL]  # what holds one thread, and no more


@click.command(cls=Command)
@store_option
@click.option(
    "--to",
    "--format",
    "to",
    type=OneOf(list(dict.fromkeys([*OF_ALL, *EXPORTS]))),
    default="nquads",
    show_default=True,
    metavar="FORMAT",
    help=f"{', '.join(OF_ALL)}; with --thread also {', '.join(OF_THREADS)}.",
)
@thread_option
@click.option(
    "--premises",
    type=OneOf(["outward", "inward"]),
    default="outward",
    show_default=True,
    help="AIF: the direction of the edges between premises and their schemes; outward leads from the premise.",
)
def export(store: Path, to: str, thread: str | None, premises: str) -> None:
    """Write the whole store, or one thread, to standard output, always in the same order."""
    snapshot = open_current(store)
    settings = settings_of(store)
    options = Options(premises == "outward", settings.answer_threshold, settings.objection_threshold)
    parts = (
        whole_store.dump_store(snapshot.store, to)
        if thread is None
        else [_export_thread(snapshot, thread, to, options)]
    )
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def _export_thread(snapshot: Snapshot, thread: str, to: str, options: Options) -> bytes:
    """A thread in one of EXPORTS; raises BadParameter and NotFound as `thread_named` does."""
    iri, names = thread_named(snapshot, thread).value, Names(snapshot.base)
    return EXPORTS[to].write(thread_map(snapshot.store, names.key_of(iri), names), options).encode()
