"""The settings of a command: those of the environment, and over them those that are given as options."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from rejoinder.cli.printing import complain
from rejoinder.cli.types import TEXT, OneOf
from rejoinder.errors import BadParameter
from rejoinder.extractors import EXTRACTOR_NAMES
from rejoinder.graph.queries.values import parse_iri
from rejoinder.graph.stores.embedded import base_of_store
from rejoinder.settings import BASE, Settings, from_environment, unknown_variables

GIVEN_KEY = "settings given as options"  # under which a command's context holds them
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def setting_option(flag: str, metavar: str | None, help_: str, type_: click.ParamType[Any] | None = None) -> Decorator:
    """An option for the setting of the same name, which `settings_of` brings in."""

    def keep(context: click.Context, option: click.Parameter, value: object) -> None:
        if value is not None:
            context.meta.setdefault(GIVEN_KEY, {})[option.name] = value

    return click.option(flag, type=type_ or TEXT, metavar=metavar, help=help_, expose_value=False, callback=keep)


READING_OPTIONS = (
    setting_option("--embeddings", "DIR", "Folder of a sentence embedding model (ONNX) to use; '' for none."),
    setting_option("--extractor", None, "What finds claims and moves.  [default: rules]", OneOf(EXTRACTOR_NAMES)),
    setting_option("--llm-url", "URL", "Address of the model's server, like http://localhost:8080/v1 (docs/llm.md)."),
    setting_option("--llm-model", "NAME", "Name of the model there."),
    setting_option("--llm-budget", "TOKENS", "At most so many tokens are spent; 0 for no limit.", click.IntRange(0)),
    setting_option("--llm-parallel", "N", "How many comments to ask about at once.  [default: 1]", click.IntRange(1)),
    setting_option("--llm-cache", "DIR", "Folder in which the model's answers are kept."),
)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what finds claims and moves."""
    for option in reversed(READING_OPTIONS):
        command = option(command)
    return command


def settings_of(store: Path, base: str | None = None) -> Settings:
    """The settings of the environment and of the command's options; the base is the one given, else the store's own."""
    settings = from_environment(os.environ)
    for unknown_variable in unknown_variables(os.environ):
        complain(f"warning: {unknown_variable}")
    base_iri = base or base_of_store(store) or settings.base
    parse_iri("--base", base_iri)
    if not BASE.holds(base_iri):
        raise BadParameter(f"--base: expected {BASE.expected}, got {base_iri!r}")
    return replace(settings, base=base_iri, **click.get_current_context().meta.get(GIVEN_KEY, {}))
