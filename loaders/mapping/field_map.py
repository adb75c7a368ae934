"""A field map: the path to each thing that is kept of a comment."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

NO_PATHS = ("markup", "dates", "top")  # fields of a map that are no paths


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMap:
    """The path to each thing in a record; "" is what the source does not have.

    `markup` says what the text is written in (plain, html or markdown), `dates` whether dates such as 3/4/26 begin with
    the day, the month or the year (dmy, mdy or ymd, "" where the other dates tell), `top` which parent means that there
    is none (besides null and blank). `deleted`, `retracted` and `resolved` hold where the value is there and is no word
    for no, or, written `path=value`, where it is that value. `replies` and `thread_comments` are the counts that the
    source declares. `records` leads from a document to its records, `children` from a record to those that answer it:
    their parent is the record around them. Without `id` and `text` it is laid over the names of a table's columns.
    """

    id: str
    text: str
    thread: str = ""
    parent: str = ""
    author: str = ""
    created: str = ""
    link: str = ""
    replies: str = ""
    deleted: str = ""
    retracted: str = ""
    resolved: str = ""
    site: str = ""
    thread_title: str = ""
    thread_url: str = ""
    thread_comments: str = ""
    records: str = ""
    children: str = ""
    markup: str = "plain"
    top: str = ""
    dates: str = ""

    def paths(self) -> dict[str, str]:
        """The paths into a record by the name of their field, without those left out."""
        return paths_of(self)

    @property
    def is_partial(self) -> bool:
        """True if it leaves to the names of the columns which comment a record is, and what it says."""
        return not self.id and not self.text

    @property
    def describes_thread(self) -> bool:
        """True if something is said of the thread, not only which it is."""
        return bool(self.thread_title or self.thread_url or self.thread_comments)


@lru_cache(maxsize=64)
def paths_of(by: FieldMap) -> dict[str, str]:
    """The map's paths, found once and not for each record."""
    names = [field.name for field in fields(FieldMap) if field.name not in ("records", "children", *NO_PATHS)]
    return {name: path for name in names if (path := getattr(by, name))}
