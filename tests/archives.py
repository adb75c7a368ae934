"""Loading of a file that a test writes, for the tests of archives and exports."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rejoinder.errors import Problem
from rejoinder.loaders import read
from rejoinder.records import Comment, Found, PlatformMove, Record, Thread


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load gave."""

    found: tuple[Found, ...]
    problems: tuple[Problem, ...]

    def records(self) -> list[Record]:
        return [one.record for one in self.found]

    def comments(self) -> list[Comment]:
        return [one for one in self.records() if isinstance(one, Comment)]

    def threads(self) -> list[Thread]:
        return [one for one in self.records() if isinstance(one, Thread)]

    def moves(self) -> list[PlatformMove]:
        return [one for one in self.records() if isinstance(one, PlatformMove)]

    def only(self) -> Comment:
        (one,) = self.comments()
        assert self.problems == ()
        return one

    def messages(self) -> list[str]:
        return [one.message for one in self.problems]


def loaded(*paths: Path) -> Loaded:
    everything = list(read(paths))
    found = tuple(one for one in everything if isinstance(one, Found))
    for one in found:
        if isinstance(one.record, Comment):
            assert all(0 <= link.start < link.end <= len(one.record.text) for link in one.record.links)
    return Loaded(found, tuple(one for one in everything if isinstance(one, Problem)))


def written(folder: Path, content: object, name: str) -> Path:
    """A file of text, bytes or, for anything else, JSON."""
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
    return path
