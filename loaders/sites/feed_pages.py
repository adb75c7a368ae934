"""Which page a comment in a feed is on, told by its address and its id."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from rejoinder.loaders.sites.feed_entries import DISCOURSE_ID, FeedEntry
from rejoinder.records import ThreadKey

REDDIT_COMMENT = re.compile(r"(.*/comments/\w+(?:/[^/]+)?)/\w+/?")
POST_NUMBER = re.compile(r"/\d+/?\Z")
DIGITS = re.compile(r"\d+")
COMMENT_PARAMETERS = frozenset({"showComment", "replytocom"})  # parameters that name a comment beside the page


def is_feed_comment(entry: FeedEntry) -> bool:
    """True for what answers something, or stands on a page with other things."""
    if entry.kind:
        return entry.kind == "comment"
    post = DISCOURSE_ID.search(entry.id)
    return bool(entry.answers_to or (post[1] != "1" if post else entry.id.startswith("t1_") or "#" in entry.link))


def entry_page(entry: FeedEntry) -> str:
    """The address of the page that an entry is, or that it is on; "" where that is not told.

    >>> from rejoinder.loaders.bodies import Body
    >>> entry_page(FeedEntry(1, "c7", "", "https://shed.example/?p=4&showComment=9#c7", None, None, Body("")))
    'https://shed.example/?p=4'
    """
    post = REDDIT_COMMENT.fullmatch(entry.link) if entry.id.startswith("t1_") else None
    if post is not None:
        return post[1]
    if DISCOURSE_ID.search(entry.id):
        return POST_NUMBER.sub("", entry.link)
    address, mark, fragment = entry.link.partition("#")
    return without_comment_parameters(address, fragment) if mark else entry.link


def without_comment_parameters(address: str, fragment: str) -> str:
    """The address without the parameters that name the comment; "" where it names nothing else, as phpBB's do."""
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return address
    number = DIGITS.search(fragment)
    kept = [pair for pair in pairs if pair[0] not in COMMENT_PARAMETERS and not (number and pair[1] == number[0])]
    if len(kept) == len(pairs):
        return address
    stripped = parts._replace(query=urlencode(kept)).geturl()
    return "" if not kept and not any(name in COMMENT_PARAMETERS for name, _ in pairs) else stripped


def page_thread_key(address: str, site: str) -> ThreadKey:
    """The thread that is on the page of that address, whichever scheme it is written with.

    >>> page_thread_key("https://shed.example/2026/hedges/", "feed"), page_thread_key("tag:shed,2026:4", "feed")
    (ThreadKey(site='shed.example', id='/2026/hedges'), ThreadKey(site='feed', id='tag:shed,2026:4'))
    """
    try:
        parts = urlsplit(address.partition("#")[0])
        host = parts.hostname
    except ValueError:
        host = None
    if host is None:
        return ThreadKey(site, address)
    path = parts.path.rstrip("/") or "/"
    return ThreadKey(host, f"{path}?{parts.query}" if parts.query else path)
