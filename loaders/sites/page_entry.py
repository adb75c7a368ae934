"""An entry of a marked-up page, a posting or a comment: what it says of itself."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from rejoinder.loaders.bodies import Body, Dialect, from_html, plain_body
from rejoinder.loaders.containers.page import Page
from rejoinder.loaders.values.lenient import first_string

POSTING_TYPES = frozenset({"DiscussionForumPosting", "SocialMediaPosting", "Question", "Conversation"})
ARTICLE_TYPES = frozenset({"Article", "BlogPosting", "NewsArticle", "Report", "TechArticle"})
WORK_TYPES = ARTICLE_TYPES | {"CreativeWork", "VideoObject", "WebPage"}
REPLY_TYPES = frozenset({"Answer", "Comment", "CorrectionComment", "UserComments"})
ENTRY_TYPES = POSTING_TYPES | WORK_TYPES | REPLY_TYPES
FAQ_TYPES = frozenset({"FAQPage"})  # whose questions and answers are all by the owner of the site
BODY_PROPERTIES = ("text", "articleBody", "commentText")  # the first that has words is taken
SCHEMA_PREFIXES = ("https://schema.org/", "http://schema.org/", "schema:")
HTML_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
COMMENT_ACTION = re.compile(r"(?:Comment|Reply)Action\Z")
Thing = dict[str, Any]


class HtmlText(str):
    """Words that are HTML."""

    __slots__ = ()


@dataclass(slots=True)
class PageEntry:
    """A posting or comment: what it says of itself, the one it stands in, and the name of its element on the page."""

    thing: Thing
    enclosing_entry: PageEntry | None = None
    element: str | None = None
    kinds: frozenset[str] = field(default_factory=frozenset)
    role: str = ""  # the property under which it stands in the other

    @property
    def is_reply(self) -> bool:
        """True for a comment or answer."""
        return bool(self.kinds & REPLY_TYPES)


def local_name(name: str) -> str:
    """The name of a type or property without the vocabulary before it.

    >>> local_name("http://schema.org/Comment"), local_name("schema:text"), local_name("text")
    ('Comment', 'text', 'text')
    """
    return next(
        (name[len(schema_prefix) :] for schema_prefix in SCHEMA_PREFIXES if name.startswith(schema_prefix)), name
    )


def first_text(value: Any) -> str | None:
    """The first string, name or number of a value, on one line; None where there is none."""
    value = next(iter(value), None) if isinstance(value, list) else value
    value = value.get("name") if isinstance(value, dict) else value
    value = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None


def entry_author(entry: PageEntry) -> str | None:
    """Who wrote it."""
    return first_text(entry.thing.get("author")) or first_text(entry.thing.get("creator"))


def entry_created(entry: PageEntry) -> str | None:
    """When it was written."""
    dates = (first_text(entry.thing.get(name)) for name in ("datePublished", "dateCreated", "commentTime"))
    return next((date for date in dates if date), None)


def entry_headline(entry: PageEntry) -> str | None:
    """The title of a posting."""
    return first_text(entry.thing.get("headline")) or first_text(entry.thing.get("name"))


def entry_body(entry: PageEntry, page: Page) -> Body:
    """The words of an entry, plain or in HTML."""
    values = (entry.thing.get(name) for name in BODY_PROPERTIES)
    words = first_string(values) or ""
    if isinstance(words, HtmlText) or HTML_TAG.search(words):
        return from_html(words, Dialect(base=page.address))
    return plain_body(html.unescape(words).strip())


def declared_comments(entry: PageEntry) -> int | None:
    """How many comments a posting says there are, itself among them; of a question only its answers are counted."""
    if "Question" in entry.kinds:
        return None
    statistics = entry.thing.get("interactionStatistic")
    several = statistics if isinstance(statistics, list) else [statistics]
    counts = [first_text(entry.thing.get("commentCount"))]
    for statistic in (item for item in several if isinstance(item, dict)):
        kind = statistic.get("interactionType")
        kind = kind.get("@type") if isinstance(kind, dict) else kind
        if isinstance(kind, str) and COMMENT_ACTION.search(kind):
            counts.append(first_text(statistic.get("userInteractionCount")))
    return next(
        (int(count) + 1 for count in counts if count and count.isascii() and count.isdigit() and len(count) < 10), None
    )


def entry_address(entry: PageEntry) -> str | None:
    """The address of an entry."""
    return object_address(entry.thing)


def object_address(value: Any) -> str | None:
    """The address in an object, or that a string is."""
    values = [value.get(name) for name in ("@id", "url", "mainEntityOfPage")] if isinstance(value, dict) else [value]
    values = [item.get("@id") if isinstance(item, dict) else item for item in values]
    address = first_string(values)
    return address.strip() if address else None


def address_path(address: str | None, page: Page) -> str | None:
    """The address without its host and fragment."""
    try:
        parts = urlsplit(page.absolute(address) or address or "")
    except ValueError:
        return None
    return (parts.path.strip("/") + (f"?{parts.query}" if parts.query else "")) or None


def comment_anchor(address: str | None, page: Page) -> str | None:
    """What an address ends in that names a comment: its fragment, else its path, if that is not the page's own."""
    fragment = (address or "").partition("#")[2]
    path = address_path(address, page)
    return fragment or (path if path != address_path(page.address, page) else None)
