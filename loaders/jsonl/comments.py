"""The comment on a line of Rejoinder's own JSONL, and what the line says of its thread."""

from __future__ import annotations

from functools import partial

from rejoinder.loaders.bodies import plain_body
from rejoinder.loaders.values.fields import FieldError, Fields
from rejoinder.records import Comment, Link, State, Thread, ThreadKey

LOCAL_SITE = "local"  # the site of a thread that names none


def comment_of(fields: Fields) -> Comment:
    """The comment on the line."""
    read_states = partial(fields.choices, allowed=[str(state) for state in State])
    states = tuple(sorted({State(name) for name in fields.aside(read_states, "state") or ()}))
    text = fields.text("text")
    if not text.strip() and State.DELETED not in states:
        raise FieldError('expected "text" that is not empty, unless "state" is "deleted"')
    return Comment(
        thread_key(fields),
        fields.required("id"),
        text,
        parent=fields.parent_id("parent"),
        author=fields.side_text("author"),
        created=fields.iso_moment("created"),
        url=fields.side_text("url"),
        declared_replies=fields.declared_count("replies"),
        states=states,
        links=links_of(fields, text),
        addressed=fields.aside(partial(fields.flag, default=True), "addressed") is not False,
        to=fields.side_text("to"),
    )


def thread_key(fields: Fields) -> ThreadKey:
    """Site and thread of the line."""
    return ThreadKey(fields.optional("site") or LOCAL_SITE, fields.required("thread"))


def described_thread(fields: Fields, key: ThreadKey) -> Thread | None:
    """What the line says of its thread, None if nothing."""
    thread = Thread(
        key,
        fields.side_text("thread_title"),
        fields.side_text("thread_url"),
        fields.declared_count("thread_comments"),
    )
    return thread if thread != Thread(key) else None


def links_of(fields: Fields, text: str) -> tuple[Link, ...]:
    """The links that the comment states, a side value; else the URLs in it."""
    stated = fields.aside(partial(stated_links, fields, len(text)), "links") if "links" in fields else None
    return plain_body(text).links if stated is None else stated


def stated_links(fields: Fields, size: int, name: str) -> tuple[Link, ...]:
    """Objects with "start", "end" and "url" within a text of that size; raises FieldError."""
    links = set()
    for values in fields.objects(name):
        link_fields = Fields(values, fields.line, fields.scrubber)
        start, end, url = link_fields.count("start"), link_fields.count("end"), link_fields.required("url")
        if start is None or end is None or not start < end <= size:
            kind = 'expected a link\'s "start" and "end" within the text'
            raise FieldError(f"{kind}, got {start} and {end}", kind=kind)
        links.add(Link(start, end, url))
    return tuple(sorted(links))
