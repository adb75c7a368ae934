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
        self.threads = [record for record in self.records if isinstance(record, Thread)]
        self.comments = [record for record in self.records if isinstance(record, Comment)]
        self.moves = [record for record in self.records if isinstance(record, PlatformMove)]
        self.lines = [one.line for one in self.found if isinstance(one.record, Comment)]
        for comment in self.comments:
            assert all(0 <= link.start < link.end <= len(comment.text) for link in comment.links)

    @property
    def by_id(self) -> dict[str, Comment]:
        """The comments by their ids."""
        return {comment.id: comment for comment in self.comments}

    @property
    def parents(self) -> dict[str, str | None]:
        """The parent of each comment."""
        return {comment.id: comment.parent for comment in self.comments}

    @property
    def quoted(self) -> list[tuple[str | None, str, str]]:
        """Each quotation: where, from where, and the words."""
        return [
            (
                platform_move.comment,
                platform_move.target,
                self.by_id[platform_move.comment].text[platform_move.start : platform_move.end],
            )
            for platform_move in self.moves
            if platform_move.comment is not None and platform_move.start is not None
        ]

    @property
    def messages(self) -> list[str]:
        """What was said of the files."""
        return [problem.message for problem in self.problems]

    def only(self) -> Comment:
        """The one comment there is, where nothing was said."""
        (comment,) = self.comments
        assert self.problems == []
        return comment


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
