"""A temporary SQLite database in bounded memory, for what must be known of a whole file before it is read on."""

from __future__ import annotations

import sqlite3
from typing import ClassVar, Self

CACHE_KIB = 32_768


class TemporaryDatabase:
    """Opens a database of its SCHEMA that goes to disk when it grows, and is gone when it is closed."""

    SCHEMA: ClassVar[str]

    def __init__(self) -> None:
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.execute("PRAGMA journal_mode = OFF")
        self.database.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self.database.executescript(self.SCHEMA)
        self.database.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()
