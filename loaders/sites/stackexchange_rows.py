"""The rows of a Stack Exchange dump, and what is known of its other rows, in temporary databases of bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.xml import elements
from rejoinder.loaders.gathering.temporary import TemporaryDatabase
from rejoinder.loaders.opening.source import STDIN, Source
from rejoinder.loaders.values.scrub import Scrubber

PACKED_ENDINGS = ("", ".gz", ".zst", ".bz2", ".xz")
POSTS_SCHEMA = """
CREATE TABLE posts (id TEXT PRIMARY KEY, question TEXT, line INTEGER, declared INTEGER, answers INTEGER) WITHOUT ROWID;
CREATE TABLE chosen (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""


def dump_rows(source: Source, scrubber: Scrubber) -> Iterator[tuple[int, Mapping[str, str]] | Problem]:
    """Line and attributes of each row."""
    for element in elements(source, lambda tag, depth: depth == 2 and tag == "row", scrubber):
        yield element if isinstance(element, Problem) else (element.line, element.element.attrib)


def file_beside(source: Source, name: str) -> Source | None:
    """The file of that name, packed or not, in the folder of the source, None if it is not there."""
    if source.name == STDIN:
        return None
    folder = source.path.resolve().parent
    path_by_name = {path.name.lower(): path for path in folder.iterdir() if path.is_file()}
    paths = (path_by_name.get(f"{name}{ending}".lower()) for ending in PACKED_ENDINGS)
    return next((Source(path) for path in paths if path is not None), None)


class Posts(TemporaryDatabase):
    """Which question each post stands below, and how many posts and comments are declared there."""

    SCHEMA = POSTS_SCHEMA

    def note(self, post: str, question: str, line: int, declared: int, answers: int | None) -> None:
        """A post; `declared` counts itself, if it is a question, and its comments."""
        row = (post, question, line, declared, answers)
        self.database.execute("INSERT OR REPLACE INTO posts VALUES (?, ?, ?, ?, ?)", row)

    def question(self, post: str) -> str | None:
        """The question that the post stands below, or is."""
        row = self.database.execute("SELECT question FROM posts WHERE id = ?", (post,)).fetchone()
        return None if row is None else str(row[0])

    def choose(self, answer: str) -> None:
        """An answer that was accepted."""
        self.database.execute("INSERT OR IGNORE INTO chosen VALUES (?)", (answer,))

    def accepted_answer(self, answer: str) -> Iterator[str]:
        """The answer, if it was accepted and has been met."""
        query = "SELECT id FROM chosen JOIN posts USING (id) WHERE id = ? AND id <> question"
        yield from (str(row[0]) for row in self.database.execute(query, (answer,)))

    def totals(self) -> Iterator[tuple[str, int, int]]:
        """Each question that was met, its line, and how many posts and comments are declared there."""
        query = (
            "SELECT q.id, q.line, sum(p.declared) + q.answers FROM posts q JOIN posts p ON p.question = q.id "
            "WHERE q.id = q.question AND q.answers IS NOT NULL GROUP BY q.id ORDER BY q.line, q.id"
        )
        self.database.execute("CREATE INDEX IF NOT EXISTS by_question ON posts (question)")
        yield from self.database.execute(query)


class Users(TemporaryDatabase):
    """The display names in Users.xml beside a file, where it is; names that cannot be read are unknown."""

    SCHEMA = "CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID"

    def __init__(self, source: Source) -> None:
        super().__init__()
        file = file_beside(source, "Users.xml")
        for line in () if file is None else readable_rows(file):
            if line.get("DisplayName"):
                row = (line.get("Id", ""), line["DisplayName"])
                self.database.execute("INSERT OR REPLACE INTO users VALUES (?, ?)", row)

    def name(self, number: str) -> str | None:
        """The display name of an account."""
        row = self.database.execute("SELECT name FROM users WHERE id = ?", (number,)).fetchone()
        return None if row is None else str(row[0])


def readable_rows(source: Source) -> Iterator[Mapping[str, str]]:
    """The attributes of the rows that can be read."""
    try:
        for dump_row in dump_rows(source, Scrubber()):
            if not isinstance(dump_row, Problem):
                yield dump_row[1]
    except LoadError:
        return
