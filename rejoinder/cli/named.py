"""The commands by name, each imported only when it is asked for: what loads files takes most of a second to import."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.resources import files

import click


class CommandTable(Mapping[str, click.Command]):
    """Commands that stand each in a module of their own name, in `rejoinder.cli.commands`."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._names:
            raise KeyError(name)
        command: click.Command = getattr(import_module(f"rejoinder.cli.commands.{name}"), name)
        return command

    def help_of(self, name: str) -> str:
        """What a command says of itself, read from its module without importing it."""
        source = files("rejoinder.cli.commands").joinpath(f"{name}.py").read_text(encoding="utf-8")
        functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == name)
        return ast.get_docstring(next(functions)) or ""

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
