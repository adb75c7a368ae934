"""Which page a comment in a feed is on, told by its address and its id."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from rejoinder.loaders.sites.feed_entries import DISCOURSE, Entry
from rejoinder.records import ThreadKey

REDDIT = re.compile(r"(.*/comments/\w+(?:/[^/]+)?)/\w+/?")
NUMBER = re.compile(r"/\d+/?\Z")
DIGITS = re.compile(r"\d+")
POINTING = frozenset({"showComment", "replytocom"})  # parameters that name a comment beside the page


def is_comment(entry: Entry) -> bool:
    """True for what answers something, or stands on a page with other things."""
    if entry.kind:
        return entry.kind == "comment"
    post = DISCOURSE.search(entry.id)
    return bool(entry.above or (post[1] != "1" if post else entry.id.startswith("t1_") or "#" in entry.link))


def page_of(entry: Entry) -> str:
    """The address of the page that an entry is, or that it is on; "" where that is not told.

    >>> from rejoinder.loaders.bodies import Body
    >>> page_of(Entry(1, "c7", "", "https://shed.example/?p=4&showComment=9#c7", None, None, Body("")))
    'https://shed.example/?p=4'
    """
    post = REDDIT.fullmatch(entry.link) if entry.id.startswith("t1_") else None
    if post is not None:
        return post[1]
    if DISCOURSE.search(entry.id):
        return NUMBER.sub("", entry.link)
    address, mark, fragment = entry.link.partition("#")
    return without_comment(address, fragment) if mark else entry.link


def without_comment(address: str, fragment: str) -> str:
    """The address without the parameters that name the comment; "" where it names nothing else, as phpBB's do."""
    try:
        parts = urlsplit(address)
        asked = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return address
    number = DIGITS.search(fragment)
    kept = [one for one in asked if one[0] not in POINTING and not (number and one[1] == number[0])]
    if len(kept) == len(asked):
        return address
    left = parts._replace(query=urlencode(kept)).geturl()
    return "" if not kept and not any(name in POINTING for name, _ in asked) else left


def key_of(address: str, site: str) -> ThreadKey:
    """The thread that is on the page of that address, whichever scheme it is written with.

    >>> key_of("https://shed.example/2026/hedges/", "feed"), key_of("tag:shed,2026:4", "feed")
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
