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
    known = {one["@id"]: one for one in objects_within(documents) if isinstance(one.get("@id"), str) and "@type" in one}
    seen: set[int] = set()
    for document in documents:
        yield from entries_within(document, None, "", known, seen)


def scrub_strings(value: list[Any], scrubber: Scrubber) -> None:
    """Scrubs the strings within a value where they stand: escapes bring characters that the page itself has not."""
    waiting: list[Any] = [value]
    while waiting:
        one = waiting.pop()
        for key, held in one.items() if isinstance(one, dict) else enumerate(one):
            if isinstance(held, str):
                one[key] = scrubber.text(held, 1)
            elif isinstance(held, dict | list):
                waiting.append(held)


def objects_within(value: Any) -> Iterator[dict[str, Any]]:
    """All objects within a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        waiting.extend(one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        if isinstance(one, dict):
            yield one


def entries_within(
    value: Any, around: PageEntry | None, role: str, known: Mapping[str, Any], seen: set[int]
) -> Iterator[PageEntry]:
    """The entries within a value, outermost first, in their order; by a stack of its own, for replies nest deep."""
    waiting: list[tuple[Any, PageEntry | None, str, int]] = [(value, around, role, 0)]
    while waiting:
        one, above, name, depth = waiting.pop()
        if isinstance(one, list):
            waiting.extend((each, above, name, depth) for each in reversed(one))
            continue
        if not isinstance(one, dict) or depth > DEEPEST_NESTING:
            continue
        one = known.get(one["@id"], one) if isinstance(one.get("@id"), str) and "@type" not in one else one
        kinds = type_names(one.get("@type"))
        if id(one) in seen or kinds & FAQ_TYPES:
            continue
        seen.add(id(one))
        thing = {local_name(key): plain_value(held) for key, held in one.items()}
        here = (
            PageEntry(thing, above if kinds & REPLY_TYPES else None, None, kinds, name) if kinds & ENTRY_TYPES else None
        )
        if here is not None:
            yield here
        inner = [(held, here or above, local_name(key), depth + 1) for key, held in one.items() if key != "parentItem"]
        waiting.extend(each for each in reversed(inner) if isinstance(each[0], dict | list))


def type_names(value: Any) -> frozenset[str]:
    """The types of an object."""
    several = value if isinstance(value, list) else [value]
    return frozenset(local_name(one) for one in several if isinstance(one, str))


def plain_value(value: Any) -> Any:
    """The value in `{"@value": ...}`; all else as it is."""
    return value["@value"] if isinstance(value, dict) and "@value" in value else value
