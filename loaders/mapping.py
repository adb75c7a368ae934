"""Field maps: which part of a source's record is the id, the parent, the author, the words, and so on.

A record is what JSON, CSV or XML gives: keys with values that may hold further keys. A FieldMap names, for each thing
that Rejoinder keeps of a comment, the path to it; `comment_of` follows the paths. A loader whose format is such records
needs little more than a map:

    MAP = FieldMap(id="id", parent="reply_to", author="user.name", created="date", text="body", markup="html")

    def load(source: Source) -> Iterator[Found | Problem]:
        scrubber = Scrubber()

        def read(record: Mapping[str, object], line: int) -> list[Comment]:
            return [comment_of(record, MAP, line=line, scrubber=scrubber, home=HOME)]

        yield from found_in(json_lines(source, scrubber), read, source.name)

A path is keys joined by dots: `user.name`. `[0]` and `[-1]` take an element of a list (`references[-1]`), `[]` goes
through all of them (only in `records` and `children`), `@name` is an XML attribute, `a|b` is the first of both that is
there, and a value in quotes, `"club"`, is the same for every record. A path that a record has as a key, letter by
letter, is that key, dots and all. A backslash takes the meaning off the character after it. `$.title` starts at the
whole document, where there is one (`document` of `comment_of`), not at the record.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

from rejoinder.loaders.bodies import Body, from_html, from_markdown, plain
from rejoinder.loaders.fields import FieldError, Fields, seconds
from rejoinder.loaders.scrub import Scrubber
from rejoinder.records import Comment, State, Thread, ThreadKey

MARKUPS: dict[str, Callable[[str], Body]] = {"plain": plain, "html": from_html, "markdown": from_markdown}
STATES = {"deleted": State.DELETED, "retracted": State.RETRACTED, "resolved": State.RESOLVED}
CONSTANT = re.compile(r"""("|')(.*)\1""", re.DOTALL)
STEP = re.compile(r"((?:[^\\.\[]|\\.)*+)((?:\[(?:-?\d+)?\])*+)(?:\.|$)", re.DOTALL)
INDEX = re.compile(r"\[(-?\d+)?\]")
ALTERNATIVE = re.compile(r"((?:[^\\|]|\\.)*+)(?:\||$)", re.DOTALL)
CONDITION = re.compile(r"((?:[^\\=]|\\.)++)=(.*)", re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
MOMENT = re.compile(r"\d{9,14}(?:\.\d+)?")  # seconds or milliseconds since 1970; 20240301 is a date
NOBODY = frozenset({"NULL", "null", "\\N", "None", "NaN", "nan"})  # how tables write that there is no parent
WHOLE = re.compile(r"\d+\.0")
FULL_NAME = re.compile(r"t[13]_[0-9a-z]")
NO = frozenset({"", "0", "f", "false", "n", "no", "none", "null", "off"})
SAID = ("markup", "dates", "top")  # fields of a map that are no paths
ALL = None  # the step `[]`

Step = str | int | None


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
    names = [one.name for one in fields(FieldMap) if one.name not in ("records", "children", *SAID)]
    return {name: path for name in names if (path := getattr(by, name))}


def comment_of(
    record: Mapping[str, object],
    by: FieldMap,
    *,
    line: int,
    scrubber: Scrubber,
    home: ThreadKey,
    parent: str | None = None,
    body: Body | None = None,
    document: object = None,
) -> Comment:
    """The comment in a record.

    `home` is its thread and `parent` its parent where the map or the record has none; a `body` that is given stands
    instead of the text. Raises FieldError naming the field, what was expected and what stood there; that record alone
    is lost. Of a parent, an author, a date, a link or a count that is wrong only that is, as `Fields.aside` says.
    """
    found = picked(record, by, line=line, scrubber=scrubber, document=document)
    states = tuple(sorted(state for name, state in STATES.items() if found.values[name]))
    body = body_of(found, by.markup) if body is None else body
    if not body.text.strip() and State.DELETED not in states:
        raise FieldError(f'expected "text={by.text}" that is not empty, or a comment that is deleted')
    return Comment(
        thread_key(found, home),
        found.required("id"),
        body.text,
        parent=parent_of(found, by.top) or parent,
        author=found.side_text("author"),
        created=found.moment("created"),
        url=found.side_text("link"),
        declared_replies=found.declared("replies"),
        states=states,
        links=body.links,
        addressed=bool(by.parent or by.children),
    )


def thread_of(
    record: Mapping[str, object],
    by: FieldMap,
    *,
    line: int,
    scrubber: Scrubber,
    home: ThreadKey,
    document: object = None,
) -> Thread:
    """What a record says of its thread; the counts must count what is loaded as comments. Raises FieldError."""
    found = picked(record, by, line=line, scrubber=scrubber, document=document)
    return Thread(
        thread_key(found, home),
        found.side_text("thread_title"),
        found.side_text("thread_url"),
        found.declared("thread_comments"),
    )


def descendants(record: Mapping[str, object], by: FieldMap) -> Iterator[tuple[Mapping[str, object], str | None]]:
    """A record and all records below it along `children`, each with the id of the one around it, in document order.

    By a stack of its own: replies may nest deeper than Python calls.
    """
    waiting: list[tuple[Mapping[str, object], str | None]] = [(record, None)]
    while waiting:
        one, parent = waiting.pop()
        yield one, parent
        if by.children:
            name = scalar(pick(one, by.id))
            below = [child for child in every(one, by.children) if isinstance(child, dict)]
            waiting.extend((child, name if isinstance(name, str) else None) for child in reversed(below))


# ------------------------------------------------------------------ paths


def pick(record: Mapping[str, object], path: str, document: object = None) -> object:
    """The value at a path, None where there is none.

    >>> pick({"user": {"names": ["Ana", "Bo"]}}, "user.names[-1]"), pick({"a.b": 1}, "a.b"), pick({}, "'club'")
    ('Bo', 1, 'club')
    >>> pick({"by": "Ana"}, "author|by"), pick({"user": None}, "user.name")
    ('Ana', None)
    """
    if path in record:
        return record[path]
    constant = CONSTANT.fullmatch(path)
    if constant is not None:
        return constant[2]
    for one in alternatives(path):
        value = record[one] if one in record else followed(record, one, document)
        if value is not None:
            return value
    return None


def followed(record: Mapping[str, object], path: str, document: object) -> object:
    """The first value along a path without alternatives."""
    start = document if path.startswith("$.") else record
    return next(walk(start, steps(path.removeprefix("$."))), None)


def every(value: object, path: str) -> Iterator[object]:
    """The values at a path with `[]`, in order; a list at the end of a path without `[]` counts as its elements.

    >>> list(every({"items": [{"replies": [1, 2]}, {}, {"replies": [3]}]}, "items[].replies"))
    [1, 2, 3]
    """
    for one in walk(value, steps(path)) if path else iter((value,)):
        if isinstance(one, list):
            yield from one
        elif one is not None:
            yield one


def walk(value: object, path: tuple[Step, ...]) -> Iterator[object]:
    """All values that the steps lead to."""
    if not path:
        yield value
        return
    step, rest = path[0], path[1:]
    if step is ALL:
        for one in value if isinstance(value, list) else ():
            yield from walk(one, rest)
    elif isinstance(step, int):
        if isinstance(value, list) and -len(value) <= step < len(value):
            yield from walk(value[step], rest)
    elif isinstance(value, Mapping) and step in value:
        yield from walk(value[step], rest)


@lru_cache(maxsize=1024)
def steps(path: str) -> tuple[Step, ...]:
    """The steps of a path; what cannot be one is a key, letter by letter.

    >>> steps("data.items[].user[0]"), steps("Sent [local time]")
    (('data', 'items', None, 'user', 0), ('Sent [local time]',))
    """
    found: list[Step] = []
    place = 0
    while place < len(path):
        match = STEP.match(path, place)
        if match is None or not match[0].rstrip("."):
            return (path,)
        if match[1]:
            found.append(ESCAPED.sub(r"\1", match[1]))
        found.extend(int(one) if one else ALL for one in INDEX.findall(match[2]))
        place = match.end()
    return tuple(found)


@lru_cache(maxsize=1024)
def alternatives(path: str) -> tuple[str, ...]:
    """The paths between bars.

    >>> alternatives("user.name|author")
    ('user.name', 'author')
    """
    return tuple(one for one in ALTERNATIVE.findall(path) if one)


# ------------------------------------------------------------------ values


def picked(
    record: Mapping[str, object], by: FieldMap, *, line: int, scrubber: Scrubber, document: object = None
) -> Fields:
    """The record's values by the map's names; numbers become what the field wants, as far as they can."""
    values: dict[str, object] = dict.fromkeys(STATES, False)
    for name, path in by.paths().items():
        if name in STATES:
            values[name] = holds(record, path, document)
        else:
            values[name] = AS.get(name, scalar)(pick(record, path, document))
    return Fields(values, line, scrubber)


def scalar(value: object) -> object:
    """A whole number as the string that names it, an XML element as its words, NaN as nothing; all else as it is.

    >>> scalar(7), scalar(7.0), scalar(7.5), scalar(float("nan"))
    ('7', '7', 7.5, None)
    """
    if isinstance(value, dict):
        return value.get("#text", value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else None if math.isnan(value) else value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def number(value: object) -> object:
    """A whole number in a string as that number, blank as nothing; everything else as it is."""
    value = value if isinstance(value, int) else scalar(value)
    if not isinstance(value, str):
        return value
    short = value.strip()
    return int(short) if short.isdecimal() and len(short) < 20 else short or None


def moment(value: object) -> object:
    """Seconds since 1970 where they stand in a string or are milliseconds; everything else as it is.

    >>> moment("1709287200"), moment(1709287200000), moment("20240301")
    (1709287200, 1709287200.0, '20240301')
    >>> moment(10**400) == 10**400
    True
    """
    value = value if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)) else scalar(value)
    if isinstance(value, str) and MOMENT.fullmatch(value.strip()):
        value = float(value) if "." in value else int(value)
    return seconds(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


AS = {"created": moment, "replies": number, "thread_comments": number}


def holds(record: Mapping[str, object], path: str, document: object = None) -> bool:
    """True where the value at the path says yes, or, of `path=value`, where it is that value.

    >>> [holds({"gone": one}, "gone") for one in (True, 1, "yes", "2024-03-01", False, 0, "no", None, [])]
    [True, True, True, True, False, False, False, False, False]
    >>> holds({"status": "trash"}, "status=trash")
    True
    """
    place, wanted = (path, None) if path in record else told(path)
    value = pick(record, place, document)
    if wanted is not None:
        return (str(value).lower() if isinstance(value, bool) else scalar(value)) == wanted
    value = value if isinstance(value, int) else scalar(value)
    return value.strip().casefold() not in NO if isinstance(value, str) else bool(value)


def told(path: str) -> tuple[str, str | None]:
    """The path and, of `path=value`, the value.

    >>> told("status='in the bin'"), told("gone")
    (('status', 'in the bin'), ('gone', None))
    """
    condition = CONDITION.fullmatch(path)
    return (path, None) if condition is None else (condition[1], condition[2].strip("\"'"))


def body_of(found: Fields, markup: str) -> Body:
    """The words of the comment, with the links and quotations that their markup shows; no words are an empty body."""
    return MARKUPS[markup](found.text("text") if "text" in found else "")


def parent_of(found: Fields, top: str) -> str | None:
    """The comment replied to, None where the record says that there is none."""
    parent = found.above("parent")
    if parent is not None and parent.endswith(".0") and WHOLE.fullmatch(parent) and found.required("id").isdecimal():
        parent = parent.partition(".")[0]  # a column of numbers with gaps, as tables in memory keep it
    if parent is not None and FULL_NAME.match(parent) and not FULL_NAME.match(found.required("id")):
        parent = parent[len("t1_") :]  # what replies to a comment or a post of Reddit names its type, too
    return None if parent == top or (parent is not None and parent.strip() in NOBODY) else parent


def thread_key(found: Fields, home: ThreadKey) -> ThreadKey:
    """Site and thread of the record, each from `home` where the map or the record has none."""
    return ThreadKey(found.optional("site") or home.site, found.optional("thread") or home.id)
