"""What a page of the web marks up with schema.org: postings and the comments on them, in JSON-LD and in microdata."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborNode

from rejoinder.loaders.containers.page import Page, attribute, moment, words
from rejoinder.loaders.scrub import Scrubber

POSTINGS = frozenset({"DiscussionForumPosting", "SocialMediaPosting", "Question", "Conversation"})
WORKS = frozenset(
    {"Article", "BlogPosting", "CreativeWork", "NewsArticle", "Report", "TechArticle", "VideoObject", "WebPage"}
)
REPLIES = frozenset({"Answer", "Comment", "CorrectionComment", "UserComments"})
TELLING = POSTINGS | WORKS | REPLIES
NO_TALK = frozenset({"FAQPage"})  # whose questions and answers are all by the owner of the site
BODIES = ("text", "articleBody", "commentText")  # the first that has words is taken
PEOPLE = frozenset({"author", "creator", "name"})
SCHEMA = ("https://schema.org/", "http://schema.org/", "schema:")
IN_ATTRIBUTES = {"a": "href", "area": "href", "link": "href", "img": "src", "data": "value", "meta": "content"}
DEEPEST = 200  # objects within each other that are looked into
Thing = dict[str, Any]


class Markup(str):
    """Words that are HTML."""

    __slots__ = ()


@dataclass(slots=True)
class Entry:
    """A posting or comment: what it says of itself, the one it stands in, and the name of its element on the page."""

    thing: Thing
    around: Entry | None = None
    element: str | None = None
    kinds: frozenset[str] = field(default_factory=frozenset)
    role: str = ""  # the property under which it stands in the other

    @property
    def is_reply(self) -> bool:
        """True for a comment or answer."""
        return bool(self.kinds & REPLIES)


def entries(page: Page, scrubber: Scrubber) -> list[Entry]:
    """The postings and comments of a page in their order: of the two notations the one that holds more comments.

    Where it does not say what they are on, the posting is that of the other.
    """
    by_element, by_script = list(microdata(page)), list(json_ld(page, scrubber))
    best, other = sorted((by_element, by_script), key=lambda one: -sum(each.is_reply for each in one))
    if not any(one.kinds & POSTINGS for one in best):
        openings = [one for one in other if one.kinds & POSTINGS and one.around is None]
        best = [*openings, *best] if len(openings) == 1 else best
    return best


def bare(name: str) -> str:
    """The name of a type or property without the vocabulary before it.

    >>> bare("http://schema.org/Comment"), bare("schema:text"), bare("text")
    ('Comment', 'text', 'text')
    """
    return next((name[len(one) :] for one in SCHEMA if name.startswith(one)), name)


def json_ld(page: Page, scrubber: Scrubber) -> Iterator[Entry]:
    """What the scripts of a page say, each object with what stands in it."""
    documents: list[Any] = []
    for script in page.tree.css('script[type="application/ld+json"]'):
        try:
            documents.append(json.loads(script.text(deep=True), strict=False))
        except (ValueError, RecursionError):
            continue  # a script that is broken says nothing; browsers pass over it, too
    clean(documents, scrubber)
    known = {one["@id"]: one for one in objects(documents) if isinstance(one.get("@id"), str) and "@type" in one}
    seen: set[int] = set()
    for document in documents:
        yield from below(document, None, "", known, seen)


def clean(value: list[Any], scrubber: Scrubber) -> None:
    """Scrubs the strings within a value where they stand: escapes bring characters that the page itself has not."""
    waiting: list[Any] = [value]
    while waiting:
        one = waiting.pop()
        for key, held in one.items() if isinstance(one, dict) else enumerate(one):
            if isinstance(held, str):
                one[key] = scrubber.text(held, 1)
            elif isinstance(held, dict | list):
                waiting.append(held)


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """All objects within a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        waiting.extend(one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        if isinstance(one, dict):
            yield one


def below(value: Any, around: Entry | None, role: str, known: Mapping[str, Any], seen: set[int]) -> Iterator[Entry]:
    """The entries within a value, outermost first, in their order; by a stack of its own, for replies nest deep."""
    waiting: list[tuple[Any, Entry | None, str, int]] = [(value, around, role, 0)]
    while waiting:
        one, above, name, depth = waiting.pop()
        if isinstance(one, list):
            waiting.extend((each, above, name, depth) for each in reversed(one))
            continue
        if not isinstance(one, dict) or depth > DEEPEST:
            continue
        one = known.get(one["@id"], one) if isinstance(one.get("@id"), str) and "@type" not in one else one
        kinds = kinds_of(one.get("@type"))
        if id(one) in seen or kinds & NO_TALK:
            continue
        seen.add(id(one))
        thing = {bare(key): plain_value(held) for key, held in one.items()}
        here = Entry(thing, above if kinds & REPLIES else None, None, kinds, name) if kinds & TELLING else None
        if here is not None:
            yield here
        inner = [(held, here or above, bare(key), depth + 1) for key, held in one.items() if key != "parentItem"]
        waiting.extend(each for each in reversed(inner) if isinstance(each[0], dict | list))


def kinds_of(value: Any) -> frozenset[str]:
    """The types of an object."""
    several = value if isinstance(value, list) else [value]
    return frozenset(bare(one) for one in several if isinstance(one, str))


def plain_value(value: Any) -> Any:
    """The value in `{"@value": ...}`; all else as it is."""
    return value["@value"] if isinstance(value, dict) and "@value" in value else value


def microdata(page: Page) -> Iterator[Entry]:
    """The items of a page that are postings or comments, each in what stands around it."""
    items = items_of(page)
    lists: dict[int, Entry] = {}
    for node in page.tree.css("[itemscope]"):
        entry = items[node.mem_id]
        around = [items[one.mem_id] for one in above(node) if one.mem_id in items]
        entry.role = bare(node.attributes.get("itemprop") or "")
        if not entry.kinds & TELLING or entry.role == "parentItem" or any(one.kinds & NO_TALK for one in around):
            continue
        if entry.is_reply:
            entry.around = next((one for one in around if one.kinds & TELLING), None)
            listed = in_list(node, entry, lists)
            entry.around = listed if entry.around is None or not entry.around.is_reply else entry.around
        yield entry


def items_of(page: Page) -> dict[int, Entry]:
    """All items of a page with what they say of themselves, by the identity of their elements."""
    items: dict[int, Entry] = {}
    for node in page.tree.css("[itemscope]"):
        kinds = frozenset(bare(one) for one in (node.attributes.get("itemtype") or "").split())
        name = attribute(node, "itemid")
        items[node.mem_id] = Entry({"@id": name} if name else {}, None, attribute(node, "id"), kinds)
    for node in page.tree.css("[itemprop]"):
        owner = next((items[one.mem_id] for one in above(node) if one.mem_id in items), None)
        if owner is None:
            continue
        for name in (node.attributes.get("itemprop") or "").split():
            value = items[node.mem_id].thing if node.mem_id in items else value_of(node, bare(name))
            owner.thing.setdefault(bare(name), value)
    return items


def in_list(node: LexborNode, entry: Entry, lists: dict[int, Entry]) -> Entry | None:
    """What a comment stands in: the first comment of the item of a list around it, else what it stood in before."""
    for around in above(node):
        if around.tag == "li" and "comment" in (around.attributes.get("class") or ""):
            first = lists.setdefault(around.mem_id, entry)
            if first is not entry:
                return first
    return entry.around


def above(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around an element, from the inside out."""
    around = node.parent
    while around is not None:
        yield around
        around = around.parent


def value_of(node: LexborNode, name: str) -> str | None:
    """The value of a property that is no item: words keep their markup."""
    if name in BODIES and node.tag != "meta":
        return Markup(node.inner_html or "")
    if node.tag == "time":
        return moment(node) or words(node)
    if name in PEOPLE and node.tag == "a":
        return words(node)
    return attribute(node, "content") or attribute(node, IN_ATTRIBUTES.get(node.tag or "", "datetime")) or words(node)
