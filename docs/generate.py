"""Writes the tables of commands, formats, parameters, settings and views into their pages; run after a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from rejoinder import settings
from rejoinder.api.requests import parameters
from rejoinder.cli import main
from rejoinder.graph.explanations.steps import ONLY_STEP_WORDS, STEP_KINDS
from rejoinder.graph.exports import EXPORTS
from rejoinder.graph.queries.views import VIEWS, find_view
from rejoinder.loaders import LOADERS

FOLDER = Path(__file__).parent


def commands() -> Iterator[str]:
    """A section a command: usage, what it does, its options."""
    context = click.Context(main, info_name="rejoinder", help_option_names=["-h", "--help"])
    for name in sorted(main.commands):
        command = main.commands[name]
        inner = click.Context(command, info_name=name, parent=context)
        yield f"## rejoinder {name}\n"
        yield f"`{' '.join(['rejoinder', name, *command.collect_usage_pieces(inner)])}`\n"
        yield f"{command.help}\n"
        yield "| option | meaning |\n|---|---|"
        for parameter in command.get_params(inner):
            if row := parameter.get_help_record(inner):
                yield f"| `{row[0]}` | {_cell(row[1])} |"
        yield ""


def setting_rows() -> Iterator[str]:
    """A row a setting."""
    yield "| setting | default | meaning | what it may be |\n|---|---|---|---|"
    for one in settings.settings_table():
        name = f"{settings.PREFIX}{one.name.upper()}"
        yield f"| `{name}` | `{one.default!r}` | {_cell(one.help)} | {_cell(one.allowed.expected)} |"


def view_sections() -> Iterator[str]:
    """A section a view: what it answers, its parameters."""
    for name in VIEWS:
        one = find_view(name)
        yield f"## {name}\n\n{one.summary}\n\n| parameter | type | default | meaning |\n|---|---|---|---|"
        for parameter in one.parameters:
            default = f"`{parameter.default}`" if parameter.default else ""
            yield f"| `{parameter.name}` | {parameter.type} | {default} | {_cell(parameter.help)} |"
        yield ""


def export_rows() -> Iterator[str]:
    """A row a format out."""
    yield "| format | file | media type | what it is |\n|---|---|---|---|"
    for name, one in EXPORTS.items():
        yield f"| [`{name}`](#{name}) | `.{one.EXTENSION}` | `{one.MEDIA_TYPE}` | {_cell(one.SUMMARY)} |"


def step_rows() -> Iterator[str]:
    """A row a step to a confidence."""
    told = {
        "before": "the number before",
        "value": "`value`",
        "sign": "+",
        "size": "`value`",
        "sure": "the number",
    }
    yield "| step | what it says | how its number follows |\n|---|---|---|"
    for name, (how, words) in STEP_KINDS.items():
        yield f"| `{name}` | {_cell(words)} | {_cell(how.format(**told))} |"
    for name, words in ONLY_STEP_WORDS.items():
        if name not in STEP_KINDS:
            yield f"| `{name}` | {_cell(words)} | |"


COLUMNS = ("id", "parent", "author", "created", "body", "link", "counts", "states", "moves", "ignored")


def format_rows() -> Iterator[str]:
    """What each format is and how it is recognised; then, field by field, what is read of it."""
    yield "| format | what it is | recognised by |\n|---|---|---|"
    for name, one in LOADERS.items():
        yield f"| `{name}` | {_cell(one.SUMMARY)} | {_cell(one.READS.recognised)} |"
    yield "\nOf these, this is read (an empty cell: the format has no such thing, or none that is read):\n"
    yield f"| format | {' | '.join(COLUMNS[:-1])} | not read |\n|---{'|---' * len(COLUMNS)}|"
    for name, one in LOADERS.items():
        yield f"| `{name}` | {' | '.join(_cell(getattr(one.READS, column)) for column in COLUMNS)} |"


PAGES: dict[str, dict[str, Callable[[], Iterator[str]]]] = {
    "cli.md": {"commands": commands},
    "explain.md": {"steps": step_rows},
    "exports.md": {"exports": export_rows},
    "formats.md": {"formats": format_rows},
    "http.md": {
        f"parameters of {path}": partial(parameters.parameter_table, path)
        for path, some in parameters.ROUTES.items()
        if some
    },
    "settings.md": {"settings": setting_rows},
    "views.md": {"views": view_sections},
}


def page(name: str) -> str:
    """A page with its tables made anew."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    for marker, rows in PAGES[name].items():
        made = "\n".join(rows()).strip("\n")
        fresh = f"<!-- {marker} -->\n{made}\n<!-- end -->"
        before, _, rest = text.partition(f"<!-- {marker} -->\n")
        assert rest, f"{name}: expected a place <!-- {marker} -->"
        text = before + fresh + rest.partition("<!-- end -->")[2]
    return text


def _cell(text: str) -> str:
    """Text that does not end its table cell."""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    for name in PAGES:
        (FOLDER / name).write_text(page(name), encoding="utf-8")
