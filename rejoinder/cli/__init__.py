"""The command line: each command reads its options, calls the stages, prints what comes back."""

from __future__ import annotations

import io
import logging
import sys

import click

from rejoinder import __version__
from rejoinder.cli.group import Commands
from rejoinder.cli.named import CommandTable

COMMANDS = CommandTable(
    ("check", "explain", "export", "formats", "judge", "load", "query", "serve", "show", "stats", "unanswered", "views")
)


@click.group(cls=Commands, commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Argument maps of comment threads, and the objections nobody has answered."""
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # a literal in odd form is kept, and its traceback no news
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # an old terminal must not end a command
