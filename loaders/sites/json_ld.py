"""What a page of the web marks up with schema.org in scripts, as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rejoinder.loaders.containers.page import Page
from rejoinder.loaders.sites.page_entry import ENTRY_TYPES, FAQ_TYPES, REPLY_TYPES, PageEntry, local_name
from rejoinder.loaders.values.scrub import Scrubber

DEEPEST_NESTING = 200  # objects within each other that are looked into


def json_ld_entries(page: Page, scrubber: Scrubber) -> Iterator[PageEntry]:
    """What the scripts of a page say, each object with what stands in it."""
    documents: list[Any] = []
    for script in page.tree.css('script[type="application/ld+json"]'):
        try:
            documents.append(json.loads(script.text(deep=True), strict=False))
        except (ValueError, RecursionError):
            continue  # a script that is broken says nothing; browsers pass over it, too
    scrub_strings(documents, scrubber)
    by_id = {obj["@id"]: obj for obj in objects_within(documents) if isinstance(obj.get("@id"), str) and "@type" in obj}
    seen: set[int] = set()
    for document in documents:
        yield from entries_within(document, None, "", by_id, seen)


def scrub_strings(value: list[Any], scrubber: Scrubber) -> None:
    """Scrubs the strings within a value where they stand: escapes bring characters that the page itself has not."""
    waiting: list[Any] = [value]
    while waiting:
        container = waiting.pop()
        for key, member in container.items() if isinstance(container, dict) else enumerate(container):
            if isinstance(member, str):
                container[key] = scrubber.text(member, 1)
            elif isinstance(member, dict | list):
                waiting.append(member)


def objects_within(value: Any) -> Iterator[dict[str, Any]]:
    """All objects within a value."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        waiting.extend(item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
        if isinstance(item, dict):
            yield item


def entries_within(
    value: Any, around: PageEntry | None, role: str, by_id: Mapping[str, Any], seen: set[int]
) -> Iterator[PageEntry]:
    """The entries within a value, outermost first, in their order; by a stack of its own, for replies nest deep."""
    waiting: list[tuple[Any, PageEntry | None, str, int]] = [(value, around, role, 0)]
    while waiting:
        obj, above, name, depth = waiting.pop()
        if isinstance(obj, list):
            waiting.extend((child, above, name, depth) for child in reversed(obj))
            continue
        if not isinstance(obj, dict) or depth > DEEPEST_NESTING:
            continue
        obj = by_id.get(obj["@id"], obj) if isinstance(obj.get("@id"), str) and "@type" not in obj else obj
        kinds = type_names(obj.get("@type"))
        if id(obj) in seen or kinds & FAQ_TYPES:
            continue
        seen.add(id(obj))
        thing = {local_name(key): plain_value(part) for key, part in obj.items()}
        entry = (
            PageEntry(thing, above if kinds & REPLY_TYPES else None, None, kinds, name) if kinds & ENTRY_TYPES else None
        )
        if entry is not None:
            yield entry
        inner = [(part, entry or above, local_name(key), depth + 1) for key, part in obj.items() if key != "parentItem"]
        waiting.extend(task for task in reversed(inner) if isinstance(task[0], dict | list))


def type_names(value: Any) -> frozenset[str]:
    """The types of an object."""
    several = value if isinstance(value, list) else [value]
    return frozenset(local_name(name) for name in several if isinstance(name, str))


def plain_value(value: Any) -> Any:
    """The value in `{"@value": ...}`; all else as it is."""
    return value["@value"] if isinstance(value, dict) and "@value" in value else value
