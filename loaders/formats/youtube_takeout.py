"""What somebody has written below videos of YouTube, as Google Takeout gives it to that person: comments.csv."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, bare_links, plain_body
from rejoinder.loaders.containers.columns import columns_of, csv_head, csv_rows
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.formats import youtube
from rejoinder.loaders.mapping import FieldMap, comment_of, pick
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.fields import FieldError
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Link, Record, Thread, ThreadKey

NAME = "youtube_takeout"
SUMMARY = "Google Takeout's comments.csv: what one person has written below videos and posts of YouTube"
READS = Reads(
    recognised="columns `Comment ID`, `Comment Text`, and `Video ID` or `Post ID`; in another language those that hold "
    "what these do, in their order",
    id="`Comment ID`; the thread is `Video ID`, else `Post ID`",
    parent="`Parent Comment ID`, else `Top-Level Comment ID`, else the video or post itself, which is not loaded; a "
    "reply that begins with `@` leaves its words to tell",
    author="`Channel ID`, whose names stand elsewhere",
    created="`Comment Create Timestamp`",
    body="`Comment Text`, plain, or the `text` of the JSON in it, in one piece or several, with its links",
    link="made of both ids",
    ignored="`Price`; what others have written, which is in no Takeout; live chats",
)

MAP = FieldMap(
    id="Comment ID", text="Comment Text", parent="above", author="Channel ID", created="Comment Create Timestamp"
)
NO_VIDEO = 'expected "Video ID" or "Post ID" to say what is commented on, but both are blank'
COLUMN_BEGINNINGS = (
    ("Comment ID", "Channel ID", "Comment Create Timestamp", "Price"),
    ("Channel ID", "Comment Create Timestamp", "Price", "Comment ID"),
)
COLUMN_ENDS = (
    ("Parent Comment ID", "Post ID", "Video ID", "Comment Text", "Top-Level Comment ID"),
    ("Parent Comment ID", "Post ID", "Video ID", "Comment Text"),
    ("Parent Comment ID", "Video ID", "Comment Text", "Top-Level Comment ID"),
    ("Parent Comment ID", "Video ID", "Comment Text"),
    ("Video ID", "Comment Text"),
)
ENGLISH_COLUMNS = {name.lower(): name for name in (*COLUMN_BEGINNINGS[0], *COLUMN_ENDS[0])}
# What stands in a column, whatever it is called.
COLUMN_PATTERNS = {
    "Comment ID": re.compile(r"[\w.-]{10,}", re.ASCII),
    "Channel ID": re.compile(r"UC[\w-]{22}", re.ASCII),
    "Comment Create Timestamp": re.compile(r"\d{4}-\d\d-\d\dT.+"),
    "Price": re.compile(r"[\d.,]*"),
    "Parent Comment ID": re.compile(r"(?:[\w.-]{10,})?", re.ASCII),
    "Post ID": re.compile(r"(?:[\w-]{12,})?", re.ASCII),
    "Video ID": re.compile(r"(?:[\w-]{11})?", re.ASCII),
    "Comment Text": re.compile(r".*", re.DOTALL),
    "Top-Level Comment ID": re.compile(r"(?:[\w.-]{10,})?", re.ASCII),
}
MOST_ROWS = 50  # rows
Row = dict[str, str]


def recognises(path: Path, head: str) -> bool:
    """True by the names of the columns, in whatever order, or by what stands in them."""
    return ("comment id" in head.lower() or bool(COLUMN_PATTERNS["Channel ID"].search(head))) and bool(
        column_names(head)
    )


def column_names(head: str) -> dict[str, str]:
    """The English name of each column that is read, by its own; none where this is another table."""
    columns, rows = columns_of(head)
    english = {name: ENGLISH_COLUMNS[name.lower()] for name in columns if name.lower() in ENGLISH_COLUMNS}
    if {"Comment ID", "Comment Text"} <= set(english.values()) and not {"Video ID", "Post ID"}.isdisjoint(
        english.values()
    ):
        return english
    rows = rows[:-1] or rows  # the last one may be cut off
    full_rows = [row for row in rows[:MOST_ROWS] if len(row) == len(columns)]
    orders = (
        begins + ends for begins in COLUMN_BEGINNINGS for ends in COLUMN_ENDS if len(begins + ends) == len(columns)
    )
    fitting = (
        order
        for order in orders
        if full_rows and all(is_takeout_row(dict(zip(order, row, strict=True))) for row in full_rows)
    )
    return dict(zip(columns, next(fitting, ()), strict=False))


def is_takeout_row(row: Row) -> bool:
    """True for a row in which each column holds what it should, and that says what is commented on."""
    fits = all(COLUMN_PATTERNS[name].fullmatch(value.strip()) for name, value in row.items())
    return fits and bool(row["Video ID"].strip() or row.get("Post ID", "").strip())


def load(source: Source) -> Iterator[Found | Problem]:
    """The comments in the order of the file, each in the thread of its video or post."""
    scrubber, thread_keys, names = Scrubber(), set[ThreadKey](), column_names(csv_head(source))

    def read(row: Row, line: int) -> Iterator[Record]:
        comment, address = row_comment({names.get(name, name): row[name] for name in row}, line, scrubber)
        if comment.thread not in thread_keys:
            thread_keys.add(comment.thread)
            yield Thread(comment.thread, url=address)
        yield comment

    yield from read_items(csv_rows(source, scrubber), read, source.name)
    yield from scrubber.problems(source.name)


def row_comment(row: Row, line: int, scrubber: Scrubber) -> tuple[Comment, str]:
    """The comment, and the page of what it is on; raises FieldError."""
    video, post = row.get("Video ID", "").strip(), row.get("Post ID", "").strip()
    if not video and not post:
        raise FieldError(NO_VIDEO)
    home = ThreadKey(youtube.SITE, scrubber.text(video or post, line))
    name, parent = row.get("Comment ID", ""), row.get("Parent Comment ID") or row.get("Top-Level Comment ID")
    record = {**row, "above": None if parent == name else parent}
    body = segment_body(row.get("Comment Text", ""), line, scrubber)
    comment = youtube.with_video_parent(comment_of(record, MAP, line=line, scrubber=scrubber, home=home, body=body))
    address = youtube.page_url(home.id) if video else f"https://www.youtube.com/post/{quote(home.id, safe='')}"
    link = f"{address}{'&' if video else '?'}lc={quote(comment.id, safe='')}"
    return youtube.with_addressing(replace(comment, url=link)), address


def segment_body(text: str, line: int, scrubber: Scrubber) -> Body:
    """The words: as they are, or of the segments that they were cut into, some of which are links."""
    segments = text_segments(text)
    if segments is None:
        return plain_body(scrubber.text(text, line))
    words, links = "", list[Link]()
    for segment in segments:
        piece, url = scrubber.text(str(segment["text"]), line), pick(segment, "link.linkUrl")
        if piece and isinstance(url, str) and url.startswith(("https://", "http://")):
            links.append(Link(len(words), len(words) + len(piece), scrubber.text(url, line)))
        words += piece
    return Body(words, tuple(sorted([*links, *bare_links(words, links)])))


def text_segments(text: str) -> list[dict[str, Any]] | None:
    """The objects with a `text` that words are written in; None for words that are no such JSON.

    >>> text_segments('{"takeoutSegments":[{"text":"No, "}]},{"text":"it leaks."}')
    [{'text': 'No, '}, {'text': 'it leaks.'}]
    >>> text_segments("{No}"), text_segments('{"a": 1}'), text_segments("No.")
    (None, None, None)
    """
    if not text.lstrip().startswith("{"):
        return None
    try:
        pieces = json.loads(f"[{text}]", strict=False)
    except (ValueError, RecursionError):
        return None
    segments = list[Any]()
    for piece in pieces:
        inner = piece.get("takeoutSegments") if isinstance(piece, dict) else None
        segments.extend(inner if isinstance(inner, list) else [piece])
    return (
        segments
        if all(isinstance(segment, dict) and isinstance(segment.get("text"), str) for segment in segments)
        else None
    )
