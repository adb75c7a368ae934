"""How commands end: an error is one line on standard error, and one that comes of a damaged store says so."""

from __future__ import annotations

import os
import shlex
import signal
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from rejoinder import streams
from rejoinder.cli.named import CommandTable
from rejoinder.errors import SHORT_OF_MEMORY, RejoinderError, StoreError
from rejoinder.graph.stores.damage import comes_from_store, damage_error
from rejoinder.graph.stores.publish import current_id

MADE_BY_RUN = (".rejoinder/own", ".rejoinder/example")  # the stores of the Makefile


class Command(click.Command):
    """A command that tells damage of its store from other errors."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; raises StoreError where files of the store cannot be read or written."""
        try:
            return super().invoke(ctx)
        except (OSError, RuntimeError) as error:
            store = ctx.params.get("store")
            if store is None or not comes_from_store(store, error):
                raise
            raise damage_error(store, error) from error
        except StoreError as error:
            if hint := _local_stores_hint(ctx):
                raise StoreError(f"{error}; {hint}") from error
            raise


def _local_stores_hint(ctx: click.Context) -> str:
    """Where no store was named and the user's own holds nothing: those that `make run` has filled in this folder."""
    if ctx.get_parameter_source("store") is not ParameterSource.DEFAULT or current_id(ctx.params["store"]):
        return ""
    stores = [f"`--store {folder}`" for folder in MADE_BY_RUN if current_id(Path(folder))]
    return f"or name what `make run` has loaded here: {' or '.join(stores)}" if stores else ""


class Commands(click.Group):
    """A group whose errors of ours are one line on standard error and exit status 1, whatever the streams are."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command line."""
        with streams.guarded_streams():
            return super().main(*args, **options)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their summaries, importing none of them."""
        assert isinstance(self.commands, CommandTable)
        listed = self.list_commands(ctx)
        width = formatter.width - 6 - max(map(len, listed))
        commands = [click.Command(name, help=self.commands.help_of(name)) for name in listed]
        with formatter.section("Commands"):
            formatter.write_dl([(str(command.name), command.get_short_help_str(width)) for command in commands])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that is named first; of a file in its place it is said what loads it."""
        if self.get_command(ctx, args[0]) is None and os.path.exists(args[0]):
            ctx.fail(f"No such command {args[0]!r}. To load it: rejoinder load {shlex.join(args)}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; one that is interrupted ends with the status that shells give it, 128 and the signal."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nAborted!", err=True)
            ctx.exit(128 + signal.SIGINT)
        except RejoinderError as error:
            raise click.ClickException(str(error)) from error
        except SHORT_OF_MEMORY:
            raise click.ClickException("there is not enough memory; what the store holds is unharmed") from None
