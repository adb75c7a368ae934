"""What files of a test give when they are read, summed up."""

from __future__ import annotations

import json
from pathlib import Path

from rejoinder import loaders
from rejoinder.errors import Problem
from rejoinder.loaders.mapping import FieldMap
from rejoinder.records import Comment, Found, PlatformMove, Record, Thread


class Reading:
    """The records and problems of files that are read in one load; links of comments are within their texts."""

    def __init__(
        self,
        *files: Path | str,
        format: str | None = None,  # noqa: A002
        by: FieldMap | None = None,
    ) -> None:
        everything = list(loaders.read(files, format=format, by=by))
        self.found = [one for one in everything if isinstance(one, Found)]
        self.problems = [one for one in everything if isinstance(one, Problem)]
        self.records: list[Record] = [one.record for one in self.found]
        self.threads = [one for one in self.records if isinstance(one, Thread)]
        self.comments = [one for one in self.records if isinstance(one, Comment)]
        self.moves = [one for one in self.records if isinstance(one, PlatformMove)]
        self.lines = [one.line for one in self.found if isinstance(one.record, Comment)]
        for comment in self.comments:
            assert all(0 <= link.start < link.end <= len(comment.text) for link in comment.links)

    @property
    def by_id(self) -> dict[str, Comment]:
        """The comments by their ids."""
        return {one.id: one for one in self.comments}

    @property
    def parents(self) -> dict[str, str | None]:
        """The parent of each comment."""
        return {one.id: one.parent for one in self.comments}

    @property
    def quoted(self) -> list[tuple[str | None, str, str]]:
        """Each quotation: where, from where, and the words."""
        return [
            (one.comment, one.target, self.by_id[one.comment].text[one.start : one.end])
            for one in self.moves
            if one.comment is not None and one.start is not None
        ]

    @property
    def messages(self) -> list[str]:
        """What was said of the files."""
        return [one.message for one in self.problems]

    def only(self) -> Comment:
        """The one comment there is, where nothing was said."""
        (one,) = self.comments
        assert self.problems == []
        return one


def written(folder: Path, content: object, name: str) -> Path:
    """A file of text, bytes or, for anything else, JSON."""
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
    return path


def reading_of(folder: Path, content: object, name: str = "export.json") -> Reading:
    """What a file of this content gives."""
    return Reading(written(folder, content, name))


def known_as(path: Path) -> str:
    """The format that a file is recognised as by how it begins."""
    return loaders.choose(path, path.read_bytes()[:65_536].decode("utf-8", errors="replace")).NAME
