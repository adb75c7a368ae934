"""Reads files of one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def objects(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of the file in their order; ValueError for a line that is not JSON."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
