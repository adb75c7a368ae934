"""Runs commands for the benchmarks: at the top of the repository, with what they print as the answer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOLD = 400  # characters of an error that are passed on


class RunFailed(Exception):
    """A command ended with another status than 0; the message is the end of what it said."""


def answer(words: Sequence[str]) -> str:
    """What the command prints; RunFailed where it fails."""
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RunFailed((done.stderr or done.stdout).strip()[-TOLD:] or f"exit status {done.returncode}")
    return done.stdout


def installed() -> list[str]:
    """The installed `rejoinder` of this Python."""
    script = Path(sys.executable).with_name("rejoinder")
    return [str(script)] if script.exists() else [sys.executable, "-m", "rejoinder"]
