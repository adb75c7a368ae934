"""Pages of Hacker News as a browser saves them: an item with its comments, or the comments of one person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborNode

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.page import Page, attribute, element_words, inner_markup, is_html, read_page
from rejoinder.loaders.formats.hackernews_algolia import algolia_fields, algolia_records
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found

NAME = "hackernews_page"
SUMMARY = "Hacker News: a saved page of an item with its comments"
READS = Reads(
    recognised="HTML with the table `hnmain`",
    id="`id` of the row; the thread is the story's, the site `news.ycombinator.com`",
    parent="the last row above that is indented less, else the item of the page, else what `parent` links to",
    author="`hnuser`",
    created="`title` of `age`",
    body="`commtext` or `toptext` (HTML); of a story without text its title, with its URL",
    link="the item's page, made of its id",
    counts="the number of comments below the title, and the story itself",
    states="deleted where there is no text",
    ignored="points, options of a poll; comments on the next page",
)

ITEM_LINK = re.compile(r"\bitem\?id=(\d{1,15})")
COMMENT_COUNT = re.compile(r"(\d+)\s+comments?")
INDENT_STEP = 40  # pixels of an indentation, on pages that do not count it
NO_ITEM = "expected a page of an item with its comments, got another page of Hacker News"
MORE_PAGES = "there are more comments on the next page; load that, too, or https://hn.algolia.com/api/v1/items/{}"
Json = dict[str, object]


def recognises(path: Path, head: str) -> bool:
    """True for pages that are laid out as those of Hacker News."""
    return is_html(head) and re.search(r"""\bid=["']?hnmain\b""", head) is not None


def load(source: Source) -> Iterator[Found | Problem]:
    """The item and its comments in the order of the page; raises LoadError where there are none."""
    scrubber = Scrubber()
    page = read_page(source, scrubber)
    story, items = story_and_items(page)
    if not items:
        raise LoadError(source.name, 1, NO_ITEM)
    placed = ((page.line(f'id="{item["id"]}"'), item) for item in items)
    yield from read_items(
        placed, lambda item, line: algolia_records(algolia_fields(item, line, scrubber), (story, None)), source.name
    )
    if page.tree.css_first("a.morelink") is not None:
        yield Problem(source.name, 0, MORE_PAGES.format(story or "NUMBER"), lost=False)
    yield from scrubber.problems(source.name)


def story_and_items(page: Page) -> tuple[str | None, list[Json]]:
    """The story of the page, and the items in the names that the API has for them."""
    top = page.tree.css_first("table.fatitem tr.athing")
    items = [opening_item(page, top)] if top is not None and attribute(top, "id") else []
    story = str(items[0].get("story_id") or items[0]["id"]) if items else None
    above: list[tuple[int, str]] = []  # the comments that may be answered, each indented more than the last
    for row in page.tree.css("tr.comtr"):
        name, depth = attribute(row, "id"), indent_depth(row)
        while above and above[-1][0] >= depth:
            above.pop()
        parent = above[-1][1] if above else items[0]["id"] if top is not None and items else linked_item(row, "parent")
        items.append({"story_id": story, **row_item(row), "parent_id": parent})
        above.append((depth, name or ""))
    return story, items


def opening_item(page: Page, row: LexborNode) -> Json:
    """What a page is about: a story with its title, or a comment."""
    link = row.css_first(".titleline a, a.storylink, td.title > a")
    if link is None:
        return {**row_item(row), "parent_id": linked_item(row, "parent")}
    table = page.tree.css_first("table.fatitem")
    below = table.css_first("td.subtext") if table is not None else None
    counts = (
        [COMMENT_COUNT.fullmatch(element_words(node) or "") for node in below.css("a")] if below is not None else []
    )
    address = attribute(link, "href") or ""
    return {
        "id": attribute(row, "id"),
        "title": element_words(link),
        "url": None if ITEM_LINK.search(address) else address,
        "text": inner_markup(table.css_first(".toptext")) if table is not None else "",
        "num_comments": next((int(count[1]) for count in counts if count), 0 if below is not None else None),
        **author_and_date(row if table is None else table),
    }


def row_item(row: LexborNode) -> Json:
    """A comment without its parent; `story_id` only where the row names it."""
    text = row.css_first(".commtext")
    for reply in text.css(".reply") if text is not None else ():
        reply.decompose()
    story = row.css_first(".onstory a, .storyon a")
    match = ITEM_LINK.search(attribute(story, "href") or "")
    about = {"story_id": match[1], "story_title": element_words(story)} if match else {}
    return {"id": attribute(row, "id"), "text": inner_markup(text), **about, **author_and_date(row)}


def author_and_date(around: LexborNode) -> Json:
    """Who wrote it, and when: in UTC, and on newer pages in seconds, too."""
    when, _, seconds = (attribute(around.css_first(".age"), "title") or "").partition(" ")
    moment = {"created_at_i": seconds} if seconds.isdecimal() else {"created_at": f"{when}Z" if "T" in when else None}
    return {"author": element_words(around.css_first("a.hnuser")), **moment}


def indent_depth(row: LexborNode) -> int:
    """How deep a comment is indented."""
    cell = row.css_first("td.ind")
    indent = attribute(cell, "indent")
    width = attribute(cell.css_first("img"), "width") if cell is not None else None
    number, step = (indent, 1) if indent else (width or "", INDENT_STEP)
    return int(number) // step if number.isdecimal() and len(number) < 9 else 0


def linked_item(row: LexborNode, name: str) -> str | None:
    """The item that a link of this name leads to."""
    links = [ITEM_LINK.search(attribute(node, "href") or "") for node in row.css("a") if element_words(node) == name]
    return next((link[1] for link in links if link), None)
