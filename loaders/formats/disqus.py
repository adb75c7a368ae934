"""The XML export of Disqus: threads and the posts in them, whose parents are named."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import from_html
from rejoinder.loaders.containers.peek import xml_root
from rejoinder.loaders.containers.xml import child_words, elements, local_tag
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.values.fields import FieldError, Fields, unexpected_error
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, State, Thread, ThreadKey

NAME = "disqus"
SUMMARY = "Disqus XML export: categories, threads and posts"
READS = Reads(
    recognised="the root element is `disqus`",
    id="`dsq:id` of the `post`",
    parent="`dsq:id` of `parent`; without it the page itself, which is not loaded",
    author="`name` of `author`, else `username`",
    created="`createdAt`",
    body="`message`, HTML",
    link="`link` of the thread and `#comment-` with the id",
    states="`isDeleted`",
    ignored="posts with `isSpam`, threads without posts, addresses, the `message` of a thread",
)

SITE = "disqus"
NAMESPACE = "{http://disqus.com}"
ID_ATTRIBUTE = "{http://disqus.com/disqus-internals}id"
MENTION = re.compile(r"(?<!\w)(@[\w-]{1,80}):disqus\b")
REDIRECT_URL = re.compile(r"https?://disq\.us/url\?", re.IGNORECASE)
REDIRECT_CHECKSUM = re.compile(r":[\w-]{16,64}\Z")  # what Disqus puts behind an address that leads by way of it


@dataclass(slots=True)
class DisqusExport:
    """What the file has said so far: its forum, and the forum and address of each thread."""

    site: str = SITE
    threads: dict[str, tuple[str, str | None]] = field(default_factory=dict)


def recognises(path: Path, head: str) -> bool:
    """True if the root element is that of the export."""
    return xml_root(head) in ("disqus", NAMESPACE + "disqus")


def is_row_element(tag: str, depth: int) -> bool:
    """The threads and posts of the export."""
    return depth == 2 and local_tag(tag) in ("category", "thread", "post")


def load(source: Source) -> Iterator[Found | Problem]:
    """The threads and their posts in the order of the file; spam is left out, and counted."""
    scrubber, skipped, export = Scrubber(), SkipLog(), DisqusExport()
    for row in elements(source, is_row_element, scrubber):
        if isinstance(row, Problem):
            yield row
            continue
        try:
            record = row_record(row.element, export, row.line, scrubber)
        except FieldError as error:
            yield Problem(source.name, row.line, str(error), lost=True)
            continue
        if record is None and is_set(row.element, "isSpam"):
            skipped.note("posts marked as spam", row.line)
        if record is not None:
            yield Found(record, source.name, row.line)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def row_record(element: Element, export: DisqusExport, line: int, scrubber: Scrubber) -> Thread | Comment | None:
    """The thread or post, None for a category and for spam; raises FieldError for a post that says nothing."""
    tag = local_tag(element.tag)
    if tag == "category":
        export.site = forum_site(element, export, line, scrubber)
    if tag == "thread":
        return disqus_thread(element, export, line, scrubber)
    return disqus_comment(element, export, line, scrubber) if tag == "post" and not is_set(element, "isSpam") else None


def disqus_thread(element: Element, export: DisqusExport, line: int, scrubber: Scrubber) -> Thread:
    """The thread; its address is remembered for its posts."""
    name = scrubber.text(required_id(element, "thread"), line)
    site, link = forum_site(element, export, line, scrubber), scrubber.text(child_words(element, "link"), line) or None
    export.threads[name] = (site, link)
    return Thread(
        ThreadKey(site, name), scrubber.text(html.unescape(child_words(element, "title")), line) or None, link
    )


def forum_site(element: Element, export: DisqusExport, line: int, scrubber: Scrubber) -> str:
    """The forum, by its address at Disqus; where it is not said, that of the file."""
    forum = scrubber.text(child_words(element, "forum"), line)
    return f"{forum}.disqus.com" if forum else export.site


def disqus_comment(element: Element, export: DisqusExport, line: int, scrubber: Scrubber) -> Comment:
    """The post as a comment."""
    name = scrubber.text(required_id(element, "post"), line)
    home = scrubber.text(required_id(first_child(element, "thread"), "thread"), line)
    parent = first_child(element, "parent")
    body = from_html(MENTION.sub(r"\1", scrubber.text(child_words(element, "message"), line)))
    states = (State.DELETED,) if is_set(element, "isDeleted") else ()
    if not body.text.strip() and not states:
        raise FieldError('expected "message" with words in it, unless the post is deleted')
    writer = first_child(element, "author")
    author = child_words(writer, "name") or child_words(writer, "username")
    site, link = export.threads.get(home, (export.site, None))
    return Comment(
        ThreadKey(site, home),
        name,
        body.text,
        parent=home if parent is None else parent_post_id(parent, line, scrubber) or home,
        author=scrubber.text(author, line) or None,
        created=scrubber.text(child_words(element, "createdAt"), line) or None,
        url=f"{link}#comment-{name}" if link else None,
        states=states,
        links=tuple(replace(body_link, url=redirect_target(body_link.url)) for body_link in body.links),
    )


def redirect_target(url: str) -> str:
    """The address that a link leads to, where it goes by way of Disqus.

    >>> redirect_target("http://disq.us/url?url=https%3A%2F%2Fpond.example%2Fa%3AhJjQWYFzVrVzXbg1bLmYVC7KgrA&cuid=1")
    'https://pond.example/a'
    """
    try:
        query = parse_qs(urlsplit(url).query, max_num_fields=20) if REDIRECT_URL.match(url) else {}
    except ValueError:
        return url
    target = REDIRECT_CHECKSUM.sub("", query.get("url", [""])[0])
    return target if re.match(r"https?://[^\s/]", target) else url


def parent_post_id(element: Element, line: int, scrubber: Scrubber) -> str | None:
    """The id of the post above, which is told where it is none."""
    fields = Fields({"parent": element.get(ID_ATTRIBUTE)}, line, scrubber)
    return fields.aside(lambda _: scrubber.text(required_id(element, "parent"), line), "parent")


def first_child(element: Element | None, tag: str) -> Element | None:
    """The first child of that name, whatever its namespace."""
    return None if element is None else next((child for child in element if local_tag(child.tag) == tag), None)


def is_set(element: Element, tag: str) -> bool:
    """True if a child says so."""
    return child_words(element, tag).lower() in ("true", "1")


def required_id(element: Element | None, kind: str) -> str:
    """The id of an element; raises FieldError if it has none."""
    name = "" if element is None else (element.get(ID_ATTRIBUTE) or "").strip()
    if not name:
        raise unexpected_error("dsq:id", f"the id of the {kind}", name or None)
    return name
