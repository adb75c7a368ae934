"""Pages of Reddit as a browser saves them: a post with its comments, in the new layout or that of old.reddit.com."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from selectolax.lexbor import LexborNode

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.page import (
    Page,
    attribute,
    element_date,
    element_words,
    inner_markup,
    is_html,
    read_page,
)
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.reddit import LINK_IN_URL, is_gone_text, post_and_thread, reddit_comment, reddit_fields
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Found, Record

NAME = "reddit_page"
SUMMARY = "Reddit: a saved page of a post with its comments, also of old.reddit.com"
READS = Reads(
    recognised="HTML with elements such as `shreddit-post`, or with things whose `data-fullname` begins with `t3_`",
    id="`thingid`, `data-fullname`, without `t1_`; the thread is the post's id, the site `reddit`",
    parent="`parentid`, else the comment around it, else the post, which is loaded as the first comment",
    author="`author`, `data-author`",
    created="`created-timestamp`, `datetime`, `data-timestamp`",
    body="the rendered words; of a post without text its title, with its address as a link",
    link="`permalink`, `data-permalink`",
    counts="`comment-count`, `data-comments-count`, and the post itself",
    states="deleted where the page says so; a notice where moderators pinned a comment",
    ignored="votes, awards, flairs; comments that the page does not show",
)

NEW_LAYOUT = re.compile(r"<shreddit-(?:app|post|comment)\b")
OLD_LAYOUT = re.compile(r"""data-fullname=["']?t[13]_""")
REDDIT_ORIGIN = re.compile(r"^https?://(?:[\w-]+\.)*reddit\.com(?=/)")
NO_POST = "expected a post or comments of Reddit, got a page without any; open a post, and save that"
UNLOADED_COMMENTS = '.thing.morechildren, .thing.morerecursion, faceplate-partial[src*="/more-comments/"]'
STUB_CLASSES = frozenset({"morechildren", "morerecursion"})  # what stands for comments that are not shown
UNOPENED_COMMENTS = (
    "some comments were not open when the page was saved; to have them all, save its address with .json at the end"
)
Json = dict[str, object]


def recognises(path: Path, head: str) -> bool:
    """True for elements and attributes that only Reddit has."""
    return is_html(head) and (NEW_LAYOUT.search(head) is not None or OLD_LAYOUT.search(head) is not None)


def load(source: Source) -> Iterator[Found | Problem]:
    """The post and its comments in the order of the page; raises LoadError where there are none."""
    scrubber = Scrubber()
    page = read_page(source, scrubber)
    things = [*new_things(page), *old_things(page)]
    if not things:
        raise LoadError(source.name, 1, NO_POST)
    placed = ((page.line(str(thing["name"])), thing) for thing in things)
    yield from read_items(placed, partial(page_thing_records, scrubber=scrubber), source.name)
    if page.tree.css_first(UNLOADED_COMMENTS) is not None:
        yield Problem(source.name, 0, UNOPENED_COMMENTS, lost=False)
    yield from scrubber.problems(source.name)


def page_thing_records(thing: Json, line: int, scrubber: Scrubber) -> tuple[Record, ...]:
    """The post with its thread, or the comment; raises FieldError."""
    fields = reddit_fields(thing, line, scrubber)
    return post_and_thread(fields) if str(thing["name"]).startswith("t3_") else (reddit_comment(fields),)


def words_or_gone(node: LexborNode | None, name: str, *, gone: bool = False) -> Json:
    """The words of an element under the name that the API has for them, or that they are gone."""
    gone = gone or is_gone_text(element_words(node))
    return (
        {name: "[removed]"}
        if gone
        else {f"{name}_html": f"<div>{inner_markup(node)}</div>"}
        if node is not None
        else {}
    )


def permalink_path(link: str | None) -> str | None:
    """A permalink as the path that the API gives."""
    return REDDIT_ORIGIN.sub("", link) if link else None


def new_things(page: Page) -> Iterator[Json]:
    """The post and the comments, in the names of the API."""
    post = page.tree.css_first('shreddit-post[id^="t3_"]')
    if post is not None:
        yield {
            "name": attribute(post, "id"),
            "title": attribute(post, "post-title") or element_words(page.tree.css_first("h1")),
            "author": attribute(post, "author"),
            "created_utc": element_date(post, "created-timestamp"),
            "permalink": permalink_path(attribute(post, "permalink")),
            "url": attribute(post, "content-href"),
            "is_self": attribute(post, "post-type") == "text",
            "num_comments": attribute(post, "comment-count"),
            **words_or_gone(post.css_first('[slot="text-body"]'), "selftext"),
        }
    for node in page.tree.css("shreddit-comment[thingid]"):
        yield new_comment(node, attribute(post, "id"))


def new_comment(node: LexborNode, post: str | None) -> Json:
    """A comment of the new layout; `post` is that of the page."""
    link, body = permalink_path(attribute(node, "permalink")), own_element(node, '[slot="comment"]')
    return {
        "name": attribute(node, "thingid"),
        "author": attribute(node, "author"),
        "created_utc": element_date(node, "created") or element_date(own_element(node, "time[datetime]")),
        "permalink": link,
        "link_id": attribute(node, "postid") or linked_post_id(link) or post,
        "parent_id": attribute(node, "parentid"),
        **pinned_keys("is-mod-distinguished" in node.attributes and "stickied" in node.attributes),
        **words_or_gone(body, "body", gone=body is None or "is-comment-deleted" in node.attributes),
    }


def own_element(comment: LexborNode, selector: str) -> LexborNode | None:
    """The first such element in a comment that is not in one of its replies."""
    element = comment.css_first(selector)
    around = element.parent if element is not None else None
    while around is not None and around.tag != "shreddit-comment":
        around = around.parent
    return element if attribute(around, "thingid") == attribute(comment, "thingid") else None


def linked_post_id(link: str | None) -> str | None:
    """The post that a permalink leads to."""
    match = LINK_IN_URL.search(link or "")
    return match[1] if match else None


def pinned_keys(official: bool) -> Json:
    """What the API says of comments that moderators wrote as such and put above all others."""
    return {"distinguished": "moderator", "stickied": True} if official else {}


def old_things(page: Page) -> Iterator[Json]:
    """The post and the comments, in the names of the API."""
    first = attribute(page.tree.css_first('div.thing[data-fullname^="t3_"]'), "data-fullname")
    for node in page.tree.css('div.thing[data-fullname^="t3_"], div.thing[data-fullname^="t1_"]'):
        if not STUB_CLASSES.isdisjoint(class_list(node)):
            continue
        entry = node.css_first(".entry")
        common: Json = {
            "name": attribute(node, "data-fullname") or "",
            "author": attribute(node, "data-author"),
            "permalink": permalink_path(attribute(node, "data-permalink")),
            "created_utc": attribute(node, "data-timestamp") or entry_time(entry),
        }
        is_post = str(common["name"]).startswith("t3_")
        yield {**common, **(old_post(node, entry) if is_post else old_comment(node, entry, first))}


def old_post(node: LexborNode, entry: LexborNode | None) -> Json:
    """What a post of the old layout has and a comment has not."""
    return {
        "title": element_words(node.css_first("a.title")),
        "url": attribute(node, "data-url"),
        "is_self": "self" in class_list(node),
        "num_comments": attribute(node, "data-comments-count"),
        **words_or_gone(body_element(entry), "selftext"),
    }


def old_comment(node: LexborNode, entry: LexborNode | None, first: str | None) -> Json:
    """What a comment of the old layout has and a post has not; `first` is the post of the page."""
    official = entry is not None and entry.css_first("a.author.moderator") is not None
    post, body = linked_post_id(permalink_path(attribute(node, "data-permalink"))) or first, body_element(entry)
    return {
        "link_id": post,
        "parent_id": enclosing_comment_id(node) or post,
        **pinned_keys("stickied" in class_list(node) and official),
        **words_or_gone(body, "body", gone=body is None or "deleted" in class_list(node)),
    }


def body_element(entry: LexborNode | None) -> LexborNode | None:
    """The words of an entry."""
    return entry.css_first(".usertext-body .md, .usertext-body") if entry is not None else None


def class_list(node: LexborNode) -> list[str]:
    """The classes of an element."""
    return (attribute(node, "class") or "").split()


def entry_time(entry: LexborNode | None) -> str | None:
    """When it was written."""
    return element_date(entry.css_first("time[datetime]")) if entry is not None else None


def enclosing_comment_id(thing: LexborNode) -> str | None:
    """The comment that a comment stands in."""
    node = thing.parent
    while node is not None:
        name = node.attributes.get("data-fullname") if node.tag == "div" else None
        if name and name.startswith("t1_"):
            return name
        node = node.parent
    return None
