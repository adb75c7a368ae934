"""What the browser extension Comment Scraper exports of Hacker News and Reddit: threads with their records as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import Body, plain_body
from rejoinder.loaders.bodies.reddit import from_reddit
from rejoinder.loaders.containers.documents import Document, json_document
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import json_paths
from rejoinder.loaders.mapping import as_moment, as_scalar
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites import hackernews, reddit
from rejoinder.loaders.values.fields import FieldError, Fields, unexpected_error
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, State, Thread, ThreadKey

NAME = "comment_scraper"
SUMMARY = "Comment Scraper's JSON export of Hacker News and Reddit threads"
READS = Reads(
    recognised="`threads` that each have a `meta` and `records`",
    id="`comment_id`, of a post `thread_id`, which is the thread, too; the site is that of `source`",
    parent="`parent_id`, else the post",
    author="`author`, where it is exported",
    created="`created_utc`",
    body="`body`; of a post without text its title",
    link="`permalink`",
    counts="`reported_by_source`, or `fetched` and `known_unfetched_at_least`; one more where `stop_reason` says so",
    states="deleted where `comment_state` is not `normal`, or there is no text",
    ignored="`score`, `depth`, `is_op`, `fetched_at`, `edited_utc`",
)

SITES = {"hn": hackernews.SITE, "hackernews": hackernews.SITE, "reddit": reddit.SITE}
STANDING_STATES = frozenset({"normal", "edited", "collapsed", "live"})
ID_KEYS = ("thread_id", "comment_id", "parent_id")


def recognises(path: Path, head: str) -> bool:
    """True if the document has threads with a meta that names them, or with records of the export."""
    paths = json_paths(head)
    return "threads[].meta.thread_id" in paths or "threads[].records[].record_type" in paths


def load(source: Source) -> Iterator[Found | Problem]:
    """The threads and their comments; raises LoadError if the file is no such export."""
    document, scrubber = json_document(source), Scrubber()
    threads = document.value.get("threads") if isinstance(document.value, dict) else None
    if not isinstance(threads, list):
        raise LoadError(source.name, 1, 'expected an object with "threads"')
    for thread in threads:
        yield from thread_and_comments(thread, document, scrubber)
    yield from scrubber.problems(source.name)


def thread_and_comments(thread: object, document: Document, scrubber: Scrubber) -> Iterator[Found | Problem]:
    """One thread and its comments, and what of it is not as expected."""
    meta, records = meta_and_records(thread)
    line = document.line(meta.get("thread_id"))
    try:
        fields = scraped_fields(meta, line, scrubber)
        key = scraped_thread_key(fields)
        yield Found(scraped_thread(fields, key, records), document.name, line)
    except FieldError as error:
        yield Problem(document.name, line, str(error), lost=True)
        return
    placed = ((document.line(record.get("comment_id") or record.get("body")), record) for record in records)
    yield from read_items(
        placed, lambda values, at: [scraped_comment(scraped_fields(values, at, scrubber), key)], document.name
    )


def meta_and_records(thread: object) -> tuple[Mapping[str, object], list[Mapping[str, object]]]:
    """What is said of a thread, and its records; of what is no thread, nothing."""
    values = thread if isinstance(thread, dict) else {}
    meta, records = values.get("meta"), values.get("records")
    several: list[Mapping[str, object]] = []
    if isinstance(records, list):
        several.extend(record for record in records if isinstance(record, dict))
    return (meta if isinstance(meta, dict) else next(iter(several), {})), several


def scraped_fields(values: Mapping[str, object], line: int, scrubber: Scrubber) -> Fields:
    """The fields of a thread or record; ids are strings."""
    cleaned = dict(values)
    for name in ID_KEYS:
        cleaned[name] = as_scalar(cleaned.get(name))
    cleaned["created_utc"] = as_moment(cleaned.get("created_utc"))
    return Fields(cleaned, line, scrubber)


def scraped_thread_key(fields: Fields) -> ThreadKey:
    """Site and thread."""
    source = fields.required("source")
    return ThreadKey(SITES.get(source, source), bare_field_id(fields, "thread_id") or fields.required("thread_id"))


def bare_field_id(fields: Fields, name: str) -> str | None:
    """An id without the kind that Reddit puts before it."""
    return reddit.bare_id(fields.optional(name))


def scraped_thread(fields: Fields, key: ThreadKey, records: list[Mapping[str, object]]) -> Thread:
    """The thread with as many comments as are known of; the export counts them without the post."""
    posts = sum(is_post_record(record) for record in records)
    counted = declared_comments(fields)
    title = " ".join((fields.side_text("thread_title") or "").split()) or None
    return Thread(key, title, fields.side_text("permalink"), None if counted is None else counted + posts)


def declared_comments(fields: Fields) -> int | None:
    """How many comments there are at least, None where nothing says so."""
    reported, fetched = fields.declared_count("reported_by_source"), fields.declared_count("fetched")
    if fetched is None:
        return reported
    unfetched = fields.declared_count("known_unfetched_at_least") or 0
    if fields.side_text("stop_reason") is not None:
        unfetched = max(1, unfetched)
    return max(reported or 0, fetched + unfetched)


def is_post_record(record: Mapping[str, object]) -> bool:
    """True for the post that opens the thread."""
    return record.get("record_type") == "post" or record.get("comment_id") is None


def scraped_comment(fields: Fields, key: ThreadKey) -> Comment:
    """The comment or post in a record; raises FieldError."""
    post = is_post_record(fields.values)
    name = key.id if post else bare_field_id(fields, "comment_id")
    if name is None:
        raise unexpected_error("comment_id", "a string that is not blank", fields.values.get("comment_id"))
    gone = (fields.side_text("comment_state") or "normal") not in STANDING_STATES
    body = scraped_body(fields, key.site)
    if post and not body.text.strip() and not gone:
        body = Body(" ".join((fields.side_text("thread_title") or "").split()))
    return Comment(
        key,
        name,
        body.text,
        parent=None if post else reddit.bare_id(fields.parent_id("parent_id")) or key.id,
        author=fields.side_text("author"),
        created=fields.iso_moment("created_utc"),
        url=fields.side_text("permalink"),
        states=(State.DELETED,) if gone or not body.text.strip() else (),
        links=body.links,
    )


def scraped_body(fields: Fields, site: str) -> Body:
    """The body: Reddit's is Markdown, that of Hacker News is HTML or was made plain text."""
    text = fields.optional("body") or ""
    if site == reddit.SITE:
        return Body("") if reddit.is_gone_text(text) else from_reddit(text)
    if text.strip() in hackernews.GONE_TEXTS:
        return Body("")
    return hackernews.from_hackernews(text) if hackernews.HTML_MARK.search(text) else plain_body(text)
