"""`rejoinder views`: the named views, as a list, as rows, or as SPARQL."""

from __future__ import annotations

from pathlib import Path

import click

from rejoinder import tables
from rejoinder.cli.group import Command
from rejoinder.cli.options import rows_limit, rows_option, show_option, store_option
from rejoinder.cli.printing import print_rows, print_sparql
from rejoinder.cli.types import TEXT, OneOf
from rejoinder.errors import BadParameter
from rejoinder.graph.queries.values import parameter_value
from rejoinder.graph.queries.views import VIEWS, Value, View, find_view, no_parameter_message, view_rows
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.threads import thread_named


@click.command(cls=Command)
@store_option
@click.argument("name", required=False, type=OneOf(VIEWS), metavar="[NAME]")
@click.option(
    "--set", "given", type=TEXT, multiple=True, metavar="PARAMETER=VALUE", help="Give a parameter of the view a value."
)
@rows_limit
@rows_option
@show_option
def views(store: Path, name: str | None, given: tuple[str, ...], limit: int | None, to: str, show: bool) -> None:
    """List the named views, or run the one of that NAME."""
    if name is None:
        rows = [{"view": view, "summary": find_view(view).summary} for view in VIEWS]
        click.echo(tables.render_rows(["view", "summary"], rows, to), nl=False)
    elif show and not given:
        print_sparql(find_view(name), {}, limit)
    else:
        snapshot, chosen_view = open_current(store), find_view(name)
        values = _parameter_values(snapshot, chosen_view, given)
        if show:
            print_sparql(chosen_view, values, limit)
        else:
            print_rows(view_rows(snapshot.store, chosen_view, values, most=limit), to)


def _parameter_values(snapshot: Snapshot, view: View, pairs: tuple[str, ...]) -> dict[str, Value]:
    """The values that `--set` gives the parameters of a view."""
    values: dict[str, Value] = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign:
            raise BadParameter(f"--set: expected PARAMETER=VALUE, got {pair!r}")
        by_name = {parameter.name: parameter for parameter in view.parameters}
        if name not in by_name:
            raise BadParameter(no_parameter_message(view.name, name, by_name))
        values[name] = (
            thread_named(snapshot, text) if by_name[name].type == "thread" else parameter_value(by_name[name], text)
        )
    return values
