"""Commands for the user to type, as messages and pages show them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click


def load_command(store: Path) -> list[str]:
    """The command that loads into this store; the folder is named only where the user named it."""
    source = click.get_current_context().get_parameter_source("store")
    is_named = source is click.core.ParameterSource.COMMANDLINE
    return ["rejoinder", "load", *(["--store", str(store)] if is_named else [])]


def judge_command(store: Path) -> list[str]:
    """The command that judges in this store, wherever it is typed on this machine."""
    return [*_program(), "judge", "--store", str(store.resolve())]


def _program() -> list[str]:
    """How to start this program: by its name where the shell finds that, else as it was started itself."""
    if shutil.which("rejoinder"):
        return ["rejoinder"]
    started = Path(sys.argv[0]).resolve()
    return [sys.executable, "-m", "rejoinder"] if started.name == "__main__.py" else [str(started)]
