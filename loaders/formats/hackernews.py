"""Hacker News as its own API (Firebase) gives it: flat items, one, a list, an object of them by id, or one a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rejoinder.errors import Problem
from rejoinder.loaders.containers.documents import json_documents, json_lines
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import as_moment, as_number, as_scalar
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.hackernews import ITEM_URL, SITE, from_hackernews, one_line_title, story_title_body
from rejoinder.loaders.sites.roots import Roots
from rejoinder.loaders.values.fields import Fields, value_as_shown
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, State, Thread, ThreadKey

NAME = "hackernews"
SUMMARY = "Hacker News items of the Firebase API: one JSON, a list, an object by id, or one a line"
READS = Reads(
    recognised="objects with `id`, `time` and a `type` such as `story` or `comment`, alone, in a list, "
    "by their ids in an object, or one a line",
    id="`id`; the thread is the topmost item that the file leads to along `parent`, the site `news.ycombinator.com`",
    parent="`parent`; of an option of a poll, `poll`; of an item that stands whole in another's `kids`, that one",
    author="`by`",
    created="`time`",
    body="`text` (HTML); of a story or job without text its `title`, with its `url`",
    link="the item's page, made of `id`",
    counts="`descendants`, the story itself and the options of a poll; `kids`",
    states="deleted where `deleted` or `dead`, or the text is `[flagged]` or none",
    ignored="`score`",
)

ITEM_TYPE = re.compile(r'"type"\s*:\s*"(?:story|comment|job|poll|pollopt)"')
ITEM_BY_ID = re.compile(r"((?:(?:v0\.)?items?\.)?\d+\.)id")
MOST_AROUND = 3  # objects at most around an item that stands by its id: v0, item
ITEM_KEYS = ("by", "kids", "parent", "descendants", "deleted", "dead")
Item = Mapping[str, object]


def recognises(path: Path, head: str) -> bool:
    """True if there are items with id and time, and one says that it is a story, a comment and so on."""
    if ITEM_TYPE.search(head) is None:
        return False
    paths = json_paths(head)
    return any(
        {f"{at}id", f"{at}time", f"{at}type"} <= paths and any(f"{at}{item_key}" in paths for item_key in ITEM_KEYS)
        for at in ("", "[].", *prefixes_by_id(paths))
    )


def prefixes_by_id(paths: Iterable[str]) -> Iterator[str]:
    """Where items stand that are the values of their ids, in the whole or below `item`, as the site keeps them."""
    matches = (ITEM_BY_ID.fullmatch(path) for path in paths)
    return (match[1] for match in matches if match)


def load(source: Source) -> Iterator[Found | Problem]:
    """The file's threads and comments, in two passes: the first finds which thread an item belongs to.

    Memory holds an id and its parent an item; of a file that is not one item a line, the whole file.
    """
    quiet = Source(source.path)
    roots = item_roots(items_in(quiet, Scrubber()))
    scrubber = Scrubber()
    yield from read_items(
        items_in(source, scrubber),
        lambda item, line: item_records(item_fields(item, line, scrubber), roots),
        source.name,
    )
    yield from scrubber.problems(source.name)


def items_in(source: Source, scrubber: Scrubber) -> Iterator[tuple[int, Item] | Problem]:
    """Each item with its line, and those that it holds; an item that is null was never there."""
    if is_one_a_line(source):
        for json_line in json_lines(source, scrubber):
            yield from (
                [json_line]
                if isinstance(json_line, Problem)
                else [(json_line[0], item) for item in line_items(json_line[1])]
            )
        return
    for document in json_documents(source):
        several = document.value if isinstance(document.value, list) else items_by_id(document.value)
        for item in several:
            if isinstance(item, dict):
                yield from (
                    (document.line(item_and_kid.get("id")), item_and_kid) for item_and_kid in item_and_kids(item)
                )
            elif item is not None:
                yield Problem(
                    source.name, document.line(item), f"expected an item, got {value_as_shown(item):.40}", lost=True
                )


def line_items(value: Item) -> Iterator[Item]:
    """The items of a line."""
    return (
        item_and_kid for item in items_by_id(value) if isinstance(item, dict) for item_and_kid in item_and_kids(item)
    )


def items_by_id(value: object, depth: int = MOST_AROUND) -> list[object]:
    """The values of an object whose keys are their ids, each with its id; the value itself, if it is anything else.

    >>> items_by_id({"7": {"type": "story"}, "8": None}), items_by_id({"id": 7, "type": "story"})
    ([{'id': '7', 'type': 'story'}, None], [{'id': 7, 'type': 'story'}])
    """
    if not isinstance(value, dict) or not value or not depth or "id" in value:
        return [value]
    if all(key.isdecimal() for key in value):
        return [{"id": key, **item} if isinstance(item, dict) else item for key, item in value.items()]
    inner = next((value[key] for key in ("v0", "item", "items") if isinstance(value.get(key), dict)), None)
    return [value] if inner is None else items_by_id(inner, depth - 1)


def item_and_kids(item: Item) -> Iterator[Item]:
    """An item, and below it those that scrapers put into its `kids` in place of their ids."""
    waiting = [item]
    while waiting:
        current = waiting.pop()
        yield current
        kids = current.get("kids")
        within = [kid for kid in kids if isinstance(kid, dict)] if isinstance(kids, list) else []
        waiting.extend({"parent": current.get("id"), **kid} for kid in reversed(within))


def is_one_a_line(source: Source) -> bool:
    """True if the first line of several is an object by itself."""
    first, end, _ = source.head().lstrip().partition(b"\n")
    try:
        return bool(end) and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def item_roots(several: Iterator[tuple[int, Item] | Problem]) -> Roots:
    """Which item each item leads up to."""
    items = (entry[1] for entry in several if not isinstance(entry, Problem))
    return Roots({name: parent_item(item) for item in items if (name := id_field(item, "id"))})


def id_field(item: Item, field: str) -> str | None:
    """An id as a string."""
    value = as_scalar(item.get(field))
    return value.strip() or None if isinstance(value, str) else None


def parent_item(item: Item) -> str | None:
    """The item that this one answers, or is an option of."""
    return id_field(item, "parent") or id_field(item, "poll")


def item_fields(item: Item, line: int, scrubber: Scrubber) -> Fields:
    """The item's fields; ids are strings, dates and counts numbers."""
    values = dict(item)
    for name in ("id", "parent", "poll"):
        values[name] = as_scalar(values.get(name))
    values["time"], values["descendants"] = as_moment(values.get("time")), as_number(values.get("descendants"))
    return Fields(values, line, scrubber)


def item_records(fields: Fields, roots: Roots) -> tuple[Record, ...]:
    """The comment, after the thread that it opens, if it does; raises FieldError."""
    name = fields.required("id").strip()
    parent = fields.parent_id("parent") or fields.parent_id("poll")
    key = ThreadKey(SITE, fields.scrubber.text(roots.root_of(id_field(fields.values, "id") or name), fields.line))
    comment = item_comment(fields, key, name, parent)
    if parent is not None:
        return (comment,)
    counted = fields.declared_count("descendants")
    declared = None if counted is None else counted + 1 + list_length(fields, "parts")
    return (Thread(key, one_line_title(fields.side_text("title")), ITEM_URL + name, declared), comment)


def item_comment(fields: Fields, key: ThreadKey, name: str, parent: str | None) -> Comment:
    """The item as a comment; the words of a story that has none are its title."""
    body = from_hackernews(fields.optional("text") or "")
    gone = fields.values.get("deleted") is True or fields.values.get("dead") is True
    if not body.text.strip():
        body = story_title_body(one_line_title(fields.side_text("title")), fields.side_text("url"))
    return Comment(
        key,
        name,
        body.text,
        parent=parent,
        author=fields.side_text("by"),
        created=fields.iso_moment("time"),
        url=ITEM_URL + name,
        declared_replies=list_length(fields, "kids") + list_length(fields, "parts"),
        states=(State.DELETED,) if gone or not body.text.strip() else (),
        links=body.links,
    )


def list_length(fields: Fields, name: str) -> int:
    """How many entries a list has; the API leaves empty lists out."""
    value = fields.values.get(name)
    return len(value) if isinstance(value, list) else 0
