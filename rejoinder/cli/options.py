"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click
import platformdirs

from rejoinder.cli.types import FOLDER, ROWS, TEXT, OneOf

ROW_FORMATS = OneOf(["table", "json", "csv"])

store_option = click.option(
    "--store",
    type=FOLDER,
    default=lambda: platformdirs.user_data_path("rejoinder") / "store",
    show_default="the user's data folder",
    envvar="REJOINDER_STORE",
    help="Folder of the store.",
)
thread_option = click.option(
    "--thread",
    type=TEXT,
    help="Only this thread: its id, the beginning of it, SITE/ID, IRI, or words of its title.",
)
author_option = click.option("--author", type=TEXT, help="Only objections raised by this author: a name or an IRI.")
owed_option = click.option("--owed", type=TEXT, help="Only objections that this author owes an answer to.")
since_option = click.option(
    "--since", type=TEXT, metavar="DAY", help="Only objections of comments written on this day or later: 2025-03-01."
)
earlier_option = click.option(
    "--earlier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="LIST",
    help="Show only what is new since this list (CSV or JSON), and what became of objections no longer on it.",
)
rows_option = click.option(
    "--format", "to", type=ROW_FORMATS, default="table", show_default=True, help="Format of the rows."
)
list_option = click.option(
    "--format",
    "to",
    type=click.Choice(["table", "markdown", "json", "csv"]),
    default="table",
    show_default=True,
    help="Format of the list; Markdown has a box to tick before each objection.",
)
rows_limit = click.option("--limit", type=ROWS, help="At most so many rows; the default is all.")
show_option = click.option("--show", is_flag=True, help="Print the SPARQL that would run, and run nothing.")
