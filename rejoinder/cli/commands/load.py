"""`rejoinder load`: comment threads out of files into the store."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rejoinder.cli.extractor import make_extractor
from rejoinder.cli.group import Command
from rejoinder.cli.options import store_option
from rejoinder.cli.printing import complain
from rejoinder.cli.settings import reading_options, setting_option, settings_of
from rejoinder.cli.typed import load_command
from rejoinder.cli.types import FILE, TEXT
from rejoinder.complaints import Complaints
from rejoinder.errors import BadParameter
from rejoinder.load import Tally
from rejoinder.load import load as load_files
from rejoinder.load_workers import fitting_workers
from rejoinder.loaders.formats import mapped
from rejoinder.loaders.mapping import FieldMap
from rejoinder.loaders.mapping.maps import field_map
from rejoinder.progress import make_bars
from rejoinder.stopping import ending_in_order
from rejoinder.tables import count_words

JOBS = click.IntRange(0, 256)


@click.command(cls=Command)
@store_option
@click.option(
    "--format", "format_", type=TEXT, metavar="NAME", help="Read every file in this format (see `rejoinder formats`)."
)
@click.option(
    "--map",
    "map_",
    type=TEXT,
    metavar="MAP",
    help="Read every file with this field map: fields, or a .toml file of them.",
)
@click.option("--base", type=TEXT, help="Base IRI of everything in this store; fixed by its first load.")
@click.option("--replace", is_flag=True, help="Drop from each thread what these files no longer hold.")
@setting_option("--jobs", "N", "Processes for a large load.  [default: one per processor, 4 at most]", JOBS)
@reading_options
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE|FOLDER...")
def load(
    store: Path, format_: str | None, map_: str | None, base: str | None, replace: bool, files: tuple[str, ...]
) -> None:
    """Load comment threads from files, folders, zip and tar archives (- is standard input) and publish them."""
    settings = settings_of(store, base)
    by, complaints, steps = _field_map(map_, format_), Complaints(complain, load_command(store)), make_bars(files)
    with ending_in_order():
        tally = load_files(
            store,
            files,
            settings,
            report=complaints,
            steps=steps,
            format=format_,
            by=by,
            replace=replace,
            extractor=make_extractor(settings, complaints, steps),
            jobs=settings.jobs or fitting_workers(),
        )
    complaints.summed_up()
    click.echo(_load_summary(tally))
    if complaints.lost:
        click.echo(f"Not everything was loaded: {count_words(complaints.lost, 'error')}, see above.", err=True)
        sys.exit(1)


def _field_map(written: str | None, format_: str | None) -> FieldMap | None:
    """The map that the load reads by; it goes with no other format."""
    if written is None:
        if format_ == mapped.NAME:
            raise BadParameter(f"--format {format_}: {mapped.MAP_NEEDED}")
        return None
    if format_ not in (None, mapped.NAME):
        raise BadParameter(f"--map: expected no --format beside it, got {format_!r}")
    return field_map(written)


def _load_summary(tally: Tally) -> str:
    """What a load has read, and what came of it."""
    return (
        f"{count_words(tally.threads, 'thread')}, {count_words(tally.comments, 'comment')}: "
        f"{count_words(tally.claims, 'claim')}, "
        f"{count_words(tally.moves, 'move')}; {count_words(tally.changed, 'quad')} changed; snapshot {tally.snapshot}"
    )
