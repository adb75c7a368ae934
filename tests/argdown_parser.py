"""Argdown's own parser, kept running while tests ask it; where Node or the parser is missing, they skip."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "argdown"


class Parser:
    """Answers what the parser sees in a text."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def read(self, text: str) -> dict[str, Any]:
        """Its statements and arguments with their wordings and data, the steps of arguments, relations, errors."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(text) + "\n")
        self.process.stdin.flush()
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found


@contextmanager
def running() -> Iterator[Parser]:
    """The parser, for as long as the block lasts."""
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules").is_dir():
        pytest.skip("needs Argdown's own parser: install Node, then run `npm ci` in tests/argdown")
    with subprocess.Popen(
        [node, str(FOLDER / "check.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield Parser(process)
        assert process.stdin is not None
        process.stdin.close()
