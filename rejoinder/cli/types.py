"""The types of the command line: text, choices, numbers within bounds, the store's folder, files, queries."""

from __future__ import annotations

import math
import os
import re
from pathlib import Path
from typing import Any

import click

from rejoinder.graph.queries.near import did_you_mean

MOST_ROWS = 1_000_000_000
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)  # of a server (RFC 3986, section 3)


class _Text(click.types.StringParamType):
    """Text of Unicode characters; bytes that the locale cannot read are none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text; fails with what was expected."""
        text = str(super().convert(value, param, ctx))
        try:
            text.encode()
        except UnicodeEncodeError:
            self.fail(f"expected UTF-8 text, got {text[:40]!r}", param, ctx)
        return text


class _Named(_Text):
    """Text that is not empty, as the name of a host or a folder is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name; fails with what was expected."""
        return super().convert(value, param, ctx) or self.fail("expected a name, got ''", param, ctx)


class _Folder(click.Path):
    """A folder that is or will be there; its name is UTF-8, as the store's engine wants it, and no address."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The folder's path; fails with what was expected."""
        if ADDRESS.match(str(value)):
            self.fail(
                f"expected a folder, got the address {str(value)[:60]!r}: load into a folder, and take from there to a "
                "SPARQL server what `rejoinder export` writes (docs/exports.md)",
                param,
                ctx,
            )
        return Path(str(super().convert(NAME.convert(str(value), param, ctx), param, ctx)))


class _File(click.types.StringParamType):
    """The name of a file, whatever bytes it has."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name; fails with what was expected."""
        return str(value) or self.fail("expected the name of a file, got ''", param, ctx)


class OneOf(click.Choice[str]):
    """One of some names; of another it is said which it is spelt like."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What to say of a value that is none of them."""
        near = did_you_mean(str(value), self.choices).replace("; d", "D", 1)
        return f"{super().get_invalid_choice_message(value, ctx)} {near}".rstrip()


class _Query(click.File):
    """The file that holds a query; what is itself one says how to ask it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The file, open for reading; fails with what was expected."""
        if isinstance(value, str) and "{" in value and not os.path.exists(value):
            self.fail(
                "expected the name of a file that holds the query, or - and the query on standard input", param, ctx
            )
        return super().convert(value, param, ctx)


class _Fraction(click.FloatRange):
    """A number from 0 to 1; `nan` is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; fails with what was expected."""
        number = float(super().convert(value, param, ctx))
        return self.fail("expected a number from 0 to 1, got nan", param, ctx) if math.isnan(number) else number


TEXT, NAME, FILE = _Text(), _Named(), _File()
QUERY = _Query("rb")
FOLDER = _Folder(file_okay=False)
FRACTION = _Fraction(0, 1)
ROWS = click.IntRange(1, MOST_ROWS)
