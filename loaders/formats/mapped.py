"""Any JSON, CSV or XML whose records hold a comment each, read by a field map that the user gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.columns import csv_head
from rejoinder.loaders.formats import text
from rejoinder.loaders.mapping import FieldMap, as_scalar, comment_of, pick, thread_of
from rejoinder.loaders.mapping.guess import guess
from rejoinder.loaders.mapping.records import path_words, records
from rejoinder.loaders.mapping.watch import MapWatch, Record
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.recognising.refusal import empty_csv
from rejoinder.loaders.values.dates import FULL, as_iso, is_ordered, order_of_dates
from rejoinder.loaders.values.fields import FieldError
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Thread, ThreadKey

NAME = "mapped"
SUMMARY = "any JSON, JSONL, CSV, TSV or XML of one record a comment, by a field map (--map)"
READS = Reads(
    recognised="never: --map says so",
    id="`id`",
    parent="`parent`, or the record around it (`children`)",
    author="`author`",
    created="`created`",
    body="`text`, written in `markup`: plain, html or markdown",
    link="`link`",
    counts="`replies`, `thread_comments`",
    states="`deleted`, `retracted`, `resolved`",
    ignored="what the map does not name",
)

SITE = "local"
PATIENCE = 100  # records that may lack what the map names before it is the map that is wrong
NEEDED_FIELDS = frozenset({"id", "text"})
MAP_NEEDED = "expected a field map: --map id=key,text=body (and parent, author, created ...), or --map fields.toml"


def recognises(path: Path, head: str) -> bool:
    """Never: only the user knows."""
    return False


def load(source: Source) -> Iterator[Found | Problem]:
    """Raises LoadError: without a map nothing can be read."""
    raise LoadError(source.name, 0, MAP_NEEDED)


@dataclass(frozen=True, slots=True)
class MappedFormat:
    """This format with a field map; `has_told_unread` once it is said which parts of records are not read."""

    field_map: FieldMap
    has_told_unread: bool = False

    def load(self, source: Source) -> Iterator[Found | Problem]:
        """The file's comments, and their threads where the map says something of them.

        A record that is not as expected is a Problem, and only that record is lost. Raises LoadError if the map fits
        none of the first 100 records; it names the field, and the keys that the first record has.
        """
        scrubber, watch = Scrubber(), MapWatch(self.field_map, source.name)
        dates = MappedDates(source, self.field_map)
        home = ThreadKey(SITE, text.file_thread(source, scrubber).key.id)
        yield from checked_records(self.mapped_records(source, scrubber, home, dates), watch, source)
        yield from () if self.has_told_unread else watch.unread_problems()
        yield from scrubber.problems(source.name)

    def mapped_records(
        self, source: Source, scrubber: Scrubber, home: ThreadKey, dates: MappedDates
    ) -> Iterator[Record | Found | Problem]:
        """Each record, and after it what it gives."""
        described: Thread | None = None
        for record in records(source, self.field_map, scrubber):
            yield record
            if isinstance(record, Problem):
                continue
            try:
                thread, comment = self.read(record, scrubber, home)
            except FieldError as error:
                yield Problem(source.name, record.line, str(error), lost=True)
                continue
            if thread is not None and thread not in (described, Thread(comment.thread)):
                described = thread
                yield Found(thread, source.name, record.line)
            yield Found(dates.with_iso_date(comment), source.name, record.line)

    def read(self, record: Record, scrubber: Scrubber, home: ThreadKey) -> tuple[Thread | None, Comment]:
        """What a record says of its thread, if the map looks for that, and its comment; raises FieldError."""
        by, line, document = self.field_map, record.line, record.document
        thread = None
        if by.describes_thread:
            thread = thread_of(record.values, by, line=line, scrubber=scrubber, home=home, document=document)
        return thread, comment_of(
            record.values,
            by,
            line=line,
            scrubber=scrubber,
            home=home,
            parent=record.parent,
            document=document,
            as_written=True,
        )


class MappedDates:
    """The dates of a file, read in the order that its map says, or that all of them together show."""

    def __init__(self, source: Source, by: FieldMap) -> None:
        self.source, self.by = Source(source.path, source.name), by

    def with_iso_date(self, comment: Comment) -> Comment:
        """The comment with its date in ISO 8601, if that can be read."""
        if comment.created is None or FULL.fullmatch(comment.created):
            return comment
        when = as_iso(comment.created, self.order if is_ordered(comment.created) else None)
        return comment if when is None else replace(comment, created=when)

    @cached_property
    def order(self) -> str | None:
        """What dates of three numbers begin with; the file is read once more for it, where it has such dates."""
        return self.by.dates or order_of_dates(self.texts())

    def texts(self) -> Iterator[str]:
        """The dates of the file as they stand there, as far as it can be read."""
        with suppress(LoadError):
            for record in records(self.source, self.by, Scrubber()):
                if not isinstance(record, Problem):
                    value = as_scalar(pick(record.values, self.by.created, record.document))
                    yield value if isinstance(value, str) else ""


def checked_records(
    results: Iterable[Record | Found | Problem], watch: MapWatch, source: Source
) -> Iterator[Found | Problem]:
    """What is found, without the records; raises LoadError if all begins with records that the map does not fit.

    What is in no record, and dates that are none, are warnings.
    """
    problems: list[Problem] | None = []
    for result in results:
        if isinstance(result, Record):
            watch.see(result)
            if problems and watch.count > PATIENCE and NEEDED_FIELDS & set(watch.unseen):
                break
        elif problems is not None and isinstance(result, Problem):
            problems.append(result)
        else:
            yield from problems or ()
            problems = None
            yield result
            if isinstance(result, Found) and isinstance(result.record, Comment):
                watch.hear(result.record, result.line)
    if watch.first is None:
        yield from problems or (
            Problem(
                source.name, 0, f"expected records{path_words(watch.by)}, got {no_records_phrase(source)}", lost=True
            ),
        )
        return
    if problems and NEEDED_FIELDS & set(watch.unseen):
        proposal = guess(csv_head(source)) or ""
        raise LoadError(source.name, watch.first.line, watch.misfit(*NEEDED_FIELDS), proposal=proposal)
    yield from problems or ()
    yield from watch.unmatched_field_problems()


def no_records_phrase(source: Source) -> str:
    """How there are none."""
    head = csv_head(source)
    return "none" if head.lstrip().startswith(("{", "[", "<")) else empty_csv(head) or "none"
