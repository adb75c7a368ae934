"""The commands by name, each imported only when it is asked for: what loads files takes most of a second to import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

import click


class Named(Mapping[str, click.Command]):
    """Commands that stand each in a module of their own name, in `rejoinder.cli.commands`."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._names:
            raise KeyError(name)
        command: click.Command = getattr(import_module(f"rejoinder.cli.commands.{name}"), name)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
