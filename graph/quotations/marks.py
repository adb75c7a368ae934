"""Which comments hold which marks, and which passages ask for them: an index in a file beside the store.

All of it can be made anew from the store. The file is named by the content that it was made for, so whatever stops a
load half-way leaves none that fits.
"""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rejoinder.graph.stores.content import content_name
from rejoinder.graph.stores.damage import remove_path

MOST_HOLDERS = 20  # comments; a mark that more of them hold is everybody's
LEAST_SHARED = 0.2  # of the marks of a passage, by a comment that may hold most of its words
MOST_TRIED = 8  # such comments
CACHE_KIB = 65_536
FOUR_BYTES = "I"
BATCH = 200_000  # marks that are written together, in their order
SCHEMA = """
CREATE TABLE thread (id INTEGER PRIMARY KEY, iri TEXT UNIQUE);
CREATE TABLE comment (id INTEGER PRIMARY KEY, thread INTEGER, iri TEXT UNIQUE, digest BLOB, note TEXT, marks BLOB);
CREATE INDEX comment_thread ON comment (thread);
CREATE TABLE held (mark INTEGER, comment INTEGER, PRIMARY KEY (mark, comment)) WITHOUT ROWID;
CREATE TABLE passage (id INTEGER PRIMARY KEY, thread INTEGER, iri TEXT UNIQUE, marks BLOB, origin INTEGER);
CREATE INDEX passage_thread ON passage (thread);
CREATE INDEX passage_origin ON passage (origin);
CREATE TABLE sought (mark INTEGER, passage INTEGER, PRIMARY KEY (mark, passage)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A comment, or a passage that looks for its origin, with its marks.

    Of a comment, `digest` tells whether it has changed, and `note` is what else is to be known of it.
    """

    iri: str
    marks: frozenset[int]
    digest: bytes = b""
    note: str = ""


class MarkIndex:
    """The index while it is written; `is_new` where there was none for the store as it is."""

    def __init__(self, file: Path) -> None:
        self.is_new = not file.exists()
        self.file = file
        self.database = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE_KIB}"):
            self.database.execute(f"PRAGMA {pragma}")
        if self.is_new:
            self.database.executescript(SCHEMA)
        self.database.execute("BEGIN")
        self.database.execute("CREATE TEMP TABLE touched (mark INTEGER)")
        self.rows: list[tuple[int, int]] = []
        # Without passages from before, all that there are come now, and none need be found by what has changed.
        self.has_sought_marks = self._one_number("SELECT EXISTS (SELECT 1 FROM sought)") == 1

    def digests(self, thread: str) -> dict[str, bytes]:
        """The digest of each comment of a thread as it was indexed."""
        return dict(
            self.database.execute(
                "SELECT comment.iri, digest FROM comment JOIN thread ON thread.id = thread WHERE thread.iri = ?",
                (thread,),
            )
        )

    def put_thread(
        self, thread: str, gone: Iterable[str], comments: Iterable[MarkedText], passages: Sequence[MarkedText]
    ) -> set[str]:
        """Leave out comments of a thread that are gone, add the new ones, and let its passages be these.

        Returns the passages that have to be looked for again whatever else changes: these, those that are no more, and
        those whose origin was found in this thread.
        """
        self.database.execute("INSERT OR IGNORE INTO thread (iri) VALUES (?)", (thread,))
        home = self._one_number("SELECT id FROM thread WHERE iri = ?", thread)
        for iri in gone:
            self._drop(iri)
        for comment in comments:
            self._add(home, comment)
        rows = self.database.execute("SELECT iri FROM passage WHERE thread = ? OR origin = ?", (home, home))
        stale = {iri for (iri,) in rows}
        self._put_passages(home, passages)
        return stale | {passage.iri for passage in passages}

    def affected_passages(self) -> set[str]:
        """The passages that share a mark with a comment that was added or left out, if the mark tells anything."""
        self._flush()
        affected: set[str] = set()
        changes = self.database.execute(
            "SELECT mark, count(*) FROM touched"
            " WHERE EXISTS (SELECT 1 FROM sought WHERE sought.mark = touched.mark) GROUP BY mark"
        )
        for mark, number in changes.fetchall():
            if (
                len(self._holders(mark, MOST_HOLDERS + number + 1)) <= MOST_HOLDERS + number
            ):  # else it told nothing before, too
                query = "SELECT iri FROM sought JOIN passage ON passage.id = passage WHERE mark = ?"
                affected.update(iri for (iri,) in self.database.execute(query, (mark,)))
        return affected

    def likely_comments(self, passage: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The comments of other threads that hold all marks of a passage, and a few others with most of them.

        Marks that are everybody's do not count. Both are sorted: the more marks, the earlier; then by IRI.
        """
        self._flush()
        row = self.database.execute("SELECT thread, marks FROM passage WHERE iri = ?", (passage,)).fetchone()
        if row is None:
            return (), ()
        holder_lists = [self._holders(mark, MOST_HOLDERS + 1) for mark in _unpacked_marks(row[1])]
        telling = [holders for holders in holder_lists if len(holders) <= MOST_HOLDERS]
        shared = Counter(comment for holders in telling for comment in holders)
        enough = [(key, number) for key, number in shared.items() if number >= LEAST_SHARED * len(telling)]
        where = "SELECT iri FROM comment WHERE id = ? AND thread <> ?"
        ranked = sorted(
            (-number, iri) for key, number in enough for (iri,) in self.database.execute(where, (key, row[0]))
        )
        complete = tuple(iri for number, iri in ranked if -number == len(telling))
        return complete, tuple(iri for _, iri in ranked[len(complete) : len(complete) + MOST_TRIED])

    def note_of(self, comment: str) -> str:
        """What is to be known of a comment."""
        (note,) = self.database.execute("SELECT note FROM comment WHERE iri = ?", (comment,)).fetchone()
        return str(note)

    def remember_origin(self, passage: str, thread: str | None) -> None:
        """Remember in which thread the origin of a passage was found: it is looked for again if that changes."""
        origin = "(SELECT id FROM thread WHERE iri = ?)"
        self.database.execute(f"UPDATE passage SET origin = {origin} WHERE iri = ?", (thread, passage))

    def close(self, total: int) -> None:
        """Write what is still held, and give the file to the store as it is now, by its content's sum."""
        self._flush()
        self.database.execute("COMMIT")
        self.database.close()
        with self.file.open("rb+") as written:
            os.fsync(written.fileno())
        for old in self.file.parent.glob("marks-*"):
            remove_path(old)
        self.file.rename(self.file.with_name(f"marks-{content_name(total)}"))

    def _add(self, home: int, marked_text: MarkedText) -> None:
        row = (home, marked_text.iri, marked_text.digest, marked_text.note, _packed_marks(marked_text.marks))
        place = self.database.execute(
            "INSERT INTO comment (thread, iri, digest, note, marks) VALUES (?, ?, ?, ?, ?)", row
        )
        self.rows.extend((mark, place.lastrowid or 0) for mark in marked_text.marks)
        if len(self.rows) >= BATCH:
            self._flush()

    def _drop(self, iri: str) -> None:
        self._flush()
        place, packed = self.database.execute("SELECT id, marks FROM comment WHERE iri = ?", (iri,)).fetchone()
        rows = [(mark, place) for mark in _unpacked_marks(packed)]
        self.database.executemany("DELETE FROM held WHERE mark = ? AND comment = ?", rows)
        self.database.execute("DELETE FROM comment WHERE id = ?", (place,))
        self._note_touched(rows)

    def _put_passages(self, home: int, passages: Iterable[MarkedText]) -> None:
        old = self.database.execute("SELECT id, marks FROM passage WHERE thread = ?", (home,)).fetchall()
        rows = [(mark, place) for place, packed in old for mark in _unpacked_marks(packed)]
        self.database.executemany("DELETE FROM sought WHERE mark = ? AND passage = ?", rows)
        self.database.execute("DELETE FROM passage WHERE thread = ?", (home,))
        for passage in passages:
            row = (home, passage.iri, _packed_marks(passage.marks))
            place = self.database.execute("INSERT INTO passage (thread, iri, marks) VALUES (?, ?, ?)", row).lastrowid
            self.database.executemany(
                "INSERT INTO sought VALUES (?, ?)", [(mark, place) for mark in sorted(passage.marks)]
            )

    def _flush(self) -> None:
        if self.rows:
            self.rows.sort()
            self.database.executemany("INSERT INTO held VALUES (?, ?)", self.rows)
            self._note_touched(self.rows)
            self.rows = []

    def _note_touched(self, rows: Iterable[tuple[int, int]]) -> None:
        if self.has_sought_marks:
            self.database.executemany("INSERT INTO touched VALUES (?)", ((mark,) for mark, _ in rows))

    def _holders(self, mark: int, most: int) -> list[int]:
        rows = self.database.execute("SELECT comment FROM held WHERE mark = ? LIMIT ?", (mark, most))
        return [comment for (comment,) in rows]

    def _one_number(self, query: str, *values: str) -> int:
        (number,) = self.database.execute(query, values).fetchone()
        return int(number)


def open_index(folder: Path, total: int) -> MarkIndex:
    """The index of the store in `folder` with this content, to change; an empty one where none fits and is sound."""
    draft = folder / "marks.draft"
    remove_path(draft)
    with suppress(FileNotFoundError):
        (folder / f"marks-{content_name(total)}").rename(draft)
    with suppress(sqlite3.Error):
        return MarkIndex(draft)
    remove_path(draft)
    return MarkIndex(draft)


def _packed_marks(marks: Iterable[int]) -> bytes:
    return array(FOUR_BYTES, sorted(marks)).tobytes()


def _unpacked_marks(packed: bytes) -> array[int]:
    marks = array(FOUR_BYTES)
    marks.frombytes(packed)
    return marks
