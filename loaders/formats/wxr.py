"""The export of WordPress (WXR, an extended RSS): posts with the comments on them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

from rejoinder.errors import Problem
from rejoinder.loaders.bodies import Body, Dialect, from_html
from rejoinder.loaders.containers.peek import xml_root
from rejoinder.loaders.containers.xml import FoundElement, child_words, elements, local_tag
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.sites.wordpress import with_line_breaks
from rejoinder.loaders.values.fields import FieldError
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Thread, ThreadKey

NAME = "wxr"
SUMMARY = "WordPress export (WXR 1.0 to 1.2): posts and their comments"
READS = Reads(
    recognised="RSS that names the namespace of WordPress exports",
    id="`wp:comment_id`; of the post `post-` and `wp:post_id`",
    parent="`wp:comment_parent`; where that is 0, it stands below the post, loaded or not",
    author="`wp:comment_author`; of the post `dc:creator` by its display name",
    created="`wp:comment_date_gmt`, else `wp:comment_date` without a zone",
    body="`wp:comment_content` and the post's `content:encoded`, HTML in which line breaks count",
    link="`link` of the item and `#comment-` with the id",
    ignored="comments that are not approved, spam or in the bin; pingbacks and trackbacks; posts without comments",
)

SITE = "wordpress"
EXPORT_NAMESPACE = re.compile(r"""=\s*["']https?://wordpress\.org/export/1\.\d/["']""")
DATABASE_DATE = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)")
REFUSED_STATUSES = {
    "0": "comments that wait for approval",
    "hold": "comments that wait for approval",
    "spam": "comments marked as spam",
    "trash": "comments in the bin",
    "post-trashed": "comments in the bin",
}
PING_TYPES = frozenset({"pingback", "trackback"})


@dataclass(slots=True)
class Blog:
    """What the file has said so far: the names of its writers, and the item whose comments are being read."""

    names: dict[str, str] = field(default_factory=dict)
    item: Element | None = None
    home: ThreadKey = field(default_factory=lambda: ThreadKey(SITE, ""))
    link: str | None = None

    @property
    def opening(self) -> str:
        """The name of the post that the comments are on, among which it may not be, for it may have no words."""
        return f"post-{self.home.id}"


def recognises(path: Path, head: str) -> bool:
    """True for RSS that names the namespace of the export."""
    return xml_root(head) == "rss" and EXPORT_NAMESPACE.search(head) is not None


def is_row_element(tag: str, depth: int) -> bool:
    """The items, the comments in them, and the writers of the blog."""
    return (depth == 3 and local_tag(tag) in ("item", "author")) or (depth == 4 and local_tag(tag) == "comment")


def load(source: Source) -> Iterator[Found | Problem]:
    """Each item that somebody commented on: its thread, the post, the comments."""
    scrubber, skipped, blog = Scrubber(), SkipLog(), Blog()
    for row in elements(source, is_row_element, scrubber):
        if isinstance(row, Problem):
            yield row
        elif local_tag(row.element.tag) == "author":
            blog.names[child_words(row.element, "author_login")] = unescaped_text(row.element, "author_display_name")
        elif local_tag(row.element.tag) == "comment" and row.elements_around and not note_if_left_out(row, skipped):
            yield from comment_records(row, blog, source.name, scrubber)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def note_if_left_out(row: FoundElement, skipped: SkipLog) -> bool:
    """True, and counted, for what readers of the blog do not see as a comment."""
    reason = REFUSED_STATUSES.get(child_words(row.element, "comment_approved").lower())
    if reason is None and child_words(row.element, "comment_type").lower() in PING_TYPES:
        reason = "pingbacks and trackbacks"
    if reason is not None:
        skipped.note(reason, row.line)
    return reason is not None


def comment_records(row: FoundElement, blog: Blog, file: str, scrubber: Scrubber) -> Iterator[Found | Problem]:
    """The comment, and before the first of an item its thread and post."""
    item = row.elements_around[-1]
    if item is not blog.item:
        yield Found(item_thread(item, blog, row.line, scrubber), file, row.line)
        post = item_post(item, blog, row.line, scrubber)
        if post is not None:
            yield Found(post, file, row.line)
    try:
        yield Found(blog_comment(row, blog, scrubber), file, row.line)
    except FieldError as error:
        yield Problem(file, row.line, str(error), lost=True)


def item_thread(item: Element, blog: Blog, line: int, scrubber: Scrubber) -> Thread:
    """The item as a thread; the blog remembers it."""
    link = scrubber.text(child_words(item, "link"), line)
    blog.item, blog.link = item, link or None
    number = scrubber.text(child_words(item, "post_id"), line) or post_in_query(link) or link or "post"
    blog.home = ThreadKey(host_of(link) or SITE, number)
    return Thread(blog.home, scrubber.text(unescaped_text(item, "title"), line) or None, blog.link)


def item_post(item: Element, blog: Blog, line: int, scrubber: Scrubber) -> Comment | None:
    """The post that the comments are on, None where it is not in the file."""
    body = blog_body(child_words(item, "encoded"), blog, line, scrubber)
    if not body.text.strip():
        return None
    creator = child_words(item, "creator")
    author = blog.names.get(creator) or creator
    return Comment(
        blog.home,
        blog.opening,
        body.text,
        author=scrubber.text(author, line) or None,
        created=blog_date(child_words(item, "post_date_gmt"), child_words(item, "post_date")),
        url=blog.link,
        links=body.links,
    )


def blog_comment(row: FoundElement, blog: Blog, scrubber: Scrubber) -> Comment:
    """The comment; raises FieldError if it has no id or no words."""
    element, line = row.element, row.line
    name = scrubber.text(child_words(element, "comment_id"), line)
    if not name:
        raise FieldError('expected "wp:comment_id", but there is none')
    body = blog_body(child_words(element, "comment_content"), blog, line, scrubber)
    if not body.text.strip():
        raise FieldError(f'expected "wp:comment_content" with words in it, got none in comment {name!r}')
    parent = scrubber.text(child_words(element, "comment_parent"), line)
    return Comment(
        blog.home,
        name,
        body.text,
        parent=parent if parent not in ("", "0") else blog.opening,
        author=scrubber.text(unescaped_text(element, "comment_author"), line) or None,
        created=blog_date(child_words(element, "comment_date_gmt"), child_words(element, "comment_date")),
        url=f"{blog.link}#comment-{name}" if blog.link else None,
        links=body.links,
        addressed=parent not in ("", "0"),
    )


def blog_body(markup: str, blog: Blog, line: int, scrubber: Scrubber) -> Body:
    """What the post or comment says."""
    return from_html(with_line_breaks(scrubber.text(markup, line)), Dialect(base=blog.link))


def unescaped_text(element: Element, tag: str) -> str:
    """A name or title, in which WordPress keeps `&` and its like as HTML does."""
    return html.unescape(child_words(element, tag))


def blog_date(gmt: str, local: str) -> str | None:
    """ISO 8601: in UTC where it is known, else the blog's own time, without a zone.

    >>> blog_date("0000-00-00 00:00:00", "2021-05-01 08:30:00"), blog_date("2021-05-01 06:30:00", "")
    ('2021-05-01T08:30:00', '2021-05-01T06:30:00Z')
    """
    for text, zone in ((gmt, "Z"), (local, "")):
        match = DATABASE_DATE.fullmatch(text)
        if match and not text.startswith("0000"):
            return f"{match[1]}T{match[2]}{zone}"
    return local or None


def post_in_query(link: str) -> str | None:
    """The number of the post in an address such as `/?p=4`."""
    try:
        return parse_qs(urlsplit(link).query, max_num_fields=100).get("p", [None])[0]
    except ValueError:
        return None
