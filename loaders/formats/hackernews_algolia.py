"""Hacker News as its search API (Algolia) gives it: an item with all its replies inside, or hits of a search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.documents import Document, json_documents
from rejoinder.loaders.containers.finding import read_item
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import as_moment, as_number, as_scalar
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.hackernews import ITEM_URL, SITE, from_hackernews, one_line_title, story_title_body
from rejoinder.loaders.sites.roots import Roots
from rejoinder.loaders.values.fields import Fields
from rejoinder.loaders.values.lenient import lenient_string
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, State, Thread, ThreadKey

NAME = "hackernews_algolia"
SUMMARY = "Hacker News items and search hits of the Algolia API"
READS = Reads(
    recognised="an item with `author`, `created_at` and `children`, or `hits` with `objectID` and tags or a story",
    id="`id` or `objectID`; the thread is `story_id`, else the topmost item, the site `news.ycombinator.com`",
    parent="`parent_id`, or the item around it",
    author="`author`",
    created="`created_at_i`, else `created_at`",
    body="`text`, `comment_text` or `story_text` (HTML); of a story without text its `title`, with its `url`",
    link="the item's page, made of its id",
    counts="`num_comments` of a story and the story itself, or all items in it; `children`",
    states="deleted where the text is `[flagged]` or none",
    ignored="`points`, highlighting, the words of the search",
)

CHILD_PATH = "children[]."
ThreadAndParent = tuple[str | None, str | None]  # the ids of the thread and of the item around this one


def recognises(path: Path, head: str) -> bool:
    """True for an item or a list of them, at whatever depth the head ends, and for hits of a search."""
    paths = json_paths(head)
    own = {place.removeprefix("[].").replace(CHILD_PATH, "") for place in paths if not place.startswith("hits")}
    item = {"children", "author", "created_at"} <= own and bool({"created_at_i", "parent_id", "story_id"} & own)
    hit = "hits[].objectID" in paths and any(f"hits[].{key}" in paths for key in ("_tags", "story_id", "story_title"))
    return item or hit


def load(source: Source) -> Iterator[Found | Problem]:
    """The threads and comments in the file; raises LoadError if it holds none."""
    scrubber, nothing = Scrubber(), True
    for document in json_documents(source):
        for item, above, line in items_in_order(document):
            nothing = False
            yield from read_item(algolia_records(algolia_fields(item, line, scrubber), above), line, document.name)
    if nothing:
        raise LoadError(source.name, 1, "expected an item with children, or hits")
    yield from scrubber.problems(source.name)


def items_in_order(document: Document) -> Iterator[tuple[Mapping[str, object], ThreadAndParent, int]]:
    """Each item, the thread and item above it, and its line; by a stack of its own, for replies nest deep."""
    value = document.value
    top = value.get("hits", [value]) if isinstance(value, dict) else value
    several = [entry for entry in top if isinstance(entry, dict)] if isinstance(top, list) else []
    line = 1
    waiting: list[tuple[Mapping[str, object], ThreadAndParent]] = list(
        zip(reversed(several), reversed(hit_roots(several)), strict=True)
    )
    while waiting:
        item, above = waiting.pop()
        line = document.line(written_id(item)) if id_before_children(item) else line
        yield item, above, line
        children = item.get("children")
        if isinstance(children, list):
            thread_and_parent = (algolia_thread_id(item, above), algolia_id(item))
            waiting.extend((child, thread_and_parent) for child in reversed(children) if isinstance(child, dict))


def hit_roots(several: list[dict[str, object]]) -> list[ThreadAndParent]:
    """The thread of each item as far as the others tell it: where replies lead that do not name their story."""
    roots = Roots({name: id_string(item.get("parent_id")) for item in several if (name := algolia_id(item))})
    return [(roots.root_of(name) if (name := algolia_id(item)) else None, None) for item in several]


def id_before_children(item: Mapping[str, object]) -> bool:
    """True if the item's id stands before its replies, where it can be looked for in the order of the document."""
    return next((name != "children" for name in item if name in {"id", "objectID", "children"}), False)


def written_id(item: Mapping[str, object]) -> object:
    """The id of an item or hit as the document has it."""
    return item["id"] if item.get("id") is not None else item.get("objectID")


def id_string(value: object) -> str | None:
    """An id as a string, None where it is none."""
    return lenient_string(as_scalar(value))


def algolia_id(item: Mapping[str, object]) -> str | None:
    """The id of an item or hit."""
    return id_string(written_id(item))


def algolia_thread_id(item: Mapping[str, object], above: ThreadAndParent) -> str | None:
    """The thread: the story if it is named, else the topmost item that is known."""
    return id_string(item.get("story_id")) or above[0] or id_string(item.get("parent_id")) or algolia_id(item)


def algolia_fields(item: Mapping[str, object], line: int, scrubber: Scrubber) -> Fields:
    """The item's fields; ids are strings, dates and counts numbers."""
    values = dict(item)
    for name in ("id", "objectID", "parent_id", "story_id"):
        values[name] = as_scalar(values.get(name))
    values["created_at_i"] = as_moment(values.get("created_at_i"))
    values["num_comments"] = as_number(values.get("num_comments"))
    return Fields(values, line, scrubber)


def algolia_records(fields: Fields, above: ThreadAndParent) -> Iterator[Record]:
    """The comment, and before it its thread: the one that it opens, or what a hit says of its story.

    Raises FieldError.
    """
    name = fields.required("id" if "id" in fields else "objectID")
    thread = fields.scrubber.text(algolia_thread_id(fields.values, above) or name, fields.line)
    parent = fields.parent_id("parent_id") or above[1]
    key = ThreadKey(SITE, thread)
    comment = algolia_comment(fields, key, name, parent)
    if parent is None:
        yield Thread(key, one_line_title(fields.side_text("title")), ITEM_URL + thread, declared_comments(fields))
    elif (title := one_line_title(fields.side_text("story_title"))) is not None:
        yield Thread(key, title, ITEM_URL + thread)
    yield comment


def declared_comments(fields: Fields) -> int | None:
    """How many comments a story has, itself among them: as it is counted, or as an item that holds them all shows."""
    counted = fields.declared_count("num_comments")
    if counted is not None:
        return counted + 1
    if "objectID" in fields or not isinstance(fields.values.get("children"), list):
        return None
    size, waiting = 0, [fields.values]
    while waiting:
        size += 1
        children = waiting.pop().get("children")
        if isinstance(children, list):
            waiting.extend(child for child in children if isinstance(child, dict))
    return size


def algolia_comment(fields: Fields, key: ThreadKey, name: str, parent: str | None) -> Comment:
    """The item or hit as a comment; the words of a story that has none are its title."""
    markup = next((value for field in ("text", "comment_text", "story_text") if (value := fields.optional(field))), "")
    body = from_hackernews(markup)
    if not body.text.strip() and parent is None:
        body = story_title_body(one_line_title(fields.side_text("title")), fields.side_text("url"))
    children = fields.values.get("children")
    return Comment(
        key,
        name,
        body.text,
        parent=parent,
        author=fields.side_text("author"),
        created=fields.iso_moment("created_at_i") or fields.side_text("created_at"),
        url=ITEM_URL + name,
        declared_replies=len(children) if isinstance(children, list) else None,
        states=() if body.text.strip() else (State.DELETED,),
        links=body.links,
    )
