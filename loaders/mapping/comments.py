"""Records as comments, and what they say of their thread, by a field map."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from rejoinder.loaders.bodies import Body, from_html, from_markdown, plain_body
from rejoinder.loaders.mapping.field_map import FieldMap
from rejoinder.loaders.mapping.paths import every_value, pick
from rejoinder.loaders.mapping.values import as_moment, as_number, as_scalar, says_yes
from rejoinder.loaders.values.fields import FieldError, Fields
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, State, Thread, ThreadKey

MARKUPS: dict[str, Callable[[str], Body]] = {"plain": plain_body, "html": from_html, "markdown": from_markdown}
STATES = {"deleted": State.DELETED, "retracted": State.RETRACTED, "resolved": State.RESOLVED}
FIELD_READERS = {"created": as_moment, "replies": as_number, "thread_comments": as_number}
NOBODY = frozenset({"NULL", "null", "\\N", "None", "NaN", "nan"})  # how tables write that there is no parent
WHOLE_FLOAT = re.compile(r"\d+\.0")
FULL_NAME = re.compile(r"t[13]_[0-9a-z]")


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
    as_written: bool = False,
) -> Comment:
    """The comment in a record.

    `home` is its thread and `parent` its parent where the map or the record has none; a `body` that is given stands
    instead of the text; a date in a string stays `as_written` where that is asked for. Raises FieldError naming the
    field, what was expected and what stood there; that record alone is lost. Of a parent, an author, a date, a link or
    a count that is wrong only that is, as `Fields.aside` says.
    """
    fields = pick_fields(record, by, line=line, scrubber=scrubber, document=document)
    states = tuple(sorted(state for name, state in STATES.items() if fields.values[name]))
    body = body_of(fields, by.markup) if body is None else body
    if not body.text.strip() and State.DELETED not in states:
        raise FieldError(f'expected "text={by.text}" that is not empty, or a comment that is deleted')
    return Comment(
        thread_key(fields, home),
        fields.required("id"),
        body.text,
        parent=parent_of(fields, by.top) or parent,
        author=fields.side_text("author"),
        created=fields.written_moment("created") if as_written else fields.iso_moment("created"),
        url=fields.side_text("link"),
        declared_replies=fields.declared_count("replies"),
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
    fields = pick_fields(record, by, line=line, scrubber=scrubber, document=document)
    return Thread(
        thread_key(fields, home),
        fields.side_text("thread_title"),
        fields.side_text("thread_url"),
        fields.declared_count("thread_comments"),
    )


def descendants(record: Mapping[str, object], by: FieldMap) -> Iterator[tuple[Mapping[str, object], str | None]]:
    """A record and all records below it along `children`, each with the id of the one around it, in document order.

    By a stack of its own: replies may nest deeper than Python calls.
    """
    waiting: list[tuple[Mapping[str, object], str | None]] = [(record, None)]
    while waiting:
        item, parent = waiting.pop()
        yield item, parent
        if by.children:
            name = as_scalar(pick(item, by.id))
            below = [child for child in every_value(item, by.children) if isinstance(child, dict)]
            waiting.extend((child, name if isinstance(name, str) else None) for child in reversed(below))


def pick_fields(
    record: Mapping[str, object], by: FieldMap, *, line: int, scrubber: Scrubber, document: object = None
) -> Fields:
    """The record's values by the map's names; numbers become what the field wants, as far as they can."""
    values: dict[str, object] = dict.fromkeys(STATES, False)
    for name, path in by.paths().items():
        if name in STATES:
            values[name] = says_yes(record, path, document)
        else:
            values[name] = FIELD_READERS.get(name, as_scalar)(pick(record, path, document))
    return Fields(values, line, scrubber)


def body_of(fields: Fields, markup: str) -> Body:
    """The words of the comment, with the links and quotations that their markup shows; no words are an empty body."""
    return MARKUPS[markup](fields.text("text") if "text" in fields else "")


def parent_of(fields: Fields, top: str) -> str | None:
    """The comment replied to, None where the record says that there is none."""
    parent = fields.parent_id("parent")
    if (
        parent is not None
        and parent.endswith(".0")
        and WHOLE_FLOAT.fullmatch(parent)
        and fields.required("id").isdecimal()
    ):
        parent = parent.partition(".")[0]  # a column of numbers with gaps, as tables in memory keep it
    if parent is not None and FULL_NAME.match(parent) and not FULL_NAME.match(fields.required("id")):
        parent = parent[len("t1_") :]  # what replies to a comment or a post of Reddit names its type, too
    return None if parent == top or (parent is not None and parent.strip() in NOBODY) else parent


def thread_key(fields: Fields, home: ThreadKey) -> ThreadKey:
    """Site and thread of the record, each from `home` where the map or the record has none."""
    return ThreadKey(fields.optional("site") or home.site, fields.optional("thread") or home.id)
