"""What a page of the web marks up with schema.org on its elements, as microdata."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from rejoinder.loaders.containers.page import Page, attribute, element_date, element_words
from rejoinder.loaders.sites.page_entry import BODY_PROPERTIES, ENTRY_TYPES, FAQ_TYPES, HtmlText, PageEntry, local_name

NAME_PROPERTIES = frozenset({"author", "creator", "name"})
VALUE_ATTRIBUTES = {"a": "href", "area": "href", "link": "href", "img": "src", "data": "value", "meta": "content"}


def microdata_entries(page: Page) -> Iterator[PageEntry]:
    """The items of a page that are postings or comments, each in what stands around it."""
    items = items_by_element(page)
    lists: dict[int, PageEntry] = {}
    for node in page.tree.css("[itemscope]"):
        entry = items[node.mem_id]
        around = [
            items[ancestor_element.mem_id]
            for ancestor_element in ancestor_elements(node)
            if ancestor_element.mem_id in items
        ]
        entry.role = local_name(node.attributes.get("itemprop") or "")
        if not entry.kinds & ENTRY_TYPES or entry.role == "parentItem" or any(obj.kinds & FAQ_TYPES for obj in around):
            continue
        if entry.is_reply:
            entry.enclosing_entry = next((ancestor for ancestor in around if ancestor.kinds & ENTRY_TYPES), None)
            listed = enclosing_list_comment(node, entry, lists)
            entry.enclosing_entry = (
                listed if entry.enclosing_entry is None or not entry.enclosing_entry.is_reply else entry.enclosing_entry
            )
        yield entry


def items_by_element(page: Page) -> dict[int, PageEntry]:
    """All items of a page with what they say of themselves, by the identity of their elements."""
    items: dict[int, PageEntry] = {}
    for node in page.tree.css("[itemscope]"):
        kinds = frozenset(local_name(iri) for iri in (node.attributes.get("itemtype") or "").split())
        name = attribute(node, "itemid")
        items[node.mem_id] = PageEntry({"@id": name} if name else {}, None, attribute(node, "id"), kinds)
    for node in page.tree.css("[itemprop]"):
        owner = next(
            (
                items[ancestor_element.mem_id]
                for ancestor_element in ancestor_elements(node)
                if ancestor_element.mem_id in items
            ),
            None,
        )
        if owner is None:
            continue
        for name in (node.attributes.get("itemprop") or "").split():
            value = items[node.mem_id].thing if node.mem_id in items else property_value(node, local_name(name))
            owner.thing.setdefault(local_name(name), value)
    return items


def enclosing_list_comment(node: LexborNode, entry: PageEntry, lists: dict[int, PageEntry]) -> PageEntry | None:
    """What a comment stands in: the first comment of the item of a list around it, else what it stood in before."""
    for around in ancestor_elements(node):
        if around.tag == "li" and "comment" in (around.attributes.get("class") or ""):
            first = lists.setdefault(around.mem_id, entry)
            if first is not entry:
                return first
    return entry.enclosing_entry


def ancestor_elements(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around an element, from the inside out."""
    around = node.parent
    while around is not None:
        yield around
        around = around.parent


def property_value(node: LexborNode, name: str) -> str | None:
    """The value of a property that is no item: words keep their markup."""
    if name in BODY_PROPERTIES and node.tag != "meta":
        return HtmlText(node.inner_html or "")
    if node.tag == "time":
        return element_date(node) or element_words(node)
    if name in NAME_PROPERTIES and node.tag == "a":
        return element_words(node)
    return (
        attribute(node, "content")
        or attribute(node, VALUE_ATTRIBUTES.get(node.tag or "", "datetime"))
        or element_words(node)
    )
