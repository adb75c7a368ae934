"""What an item of an RSS feed or an entry of an Atom feed says of itself, the two in the same words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from rejoinder.loaders.bodies import Body, Dialect, from_html, plain_body
from rejoinder.loaders.bodies.quick import HAS_HTML
from rejoinder.loaders.containers.xml import child_words, local_tag
from rejoinder.loaders.sites.wordpress import with_line_breaks
from rejoinder.loaders.values.dates import as_iso
from rejoinder.loaders.values.scrub import Scrubber

ATOM = "{http://www.w3.org/2005/Atom}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
RSS_1 = "{http://purl.org/rss/1.0/}"
REFERENCE = "{http://purl.org/rss/1.0/modules/annotate/}reference"  # what an item of RSS 1.0 speaks of
THREADING = "{http://purl.org/syndication/thread/1.0}"  # RFC 4685
BLOGGER = "{http://schemas.google.com/blogger/2018}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
COMMENT_COUNT = "{http://purl.org/rss/1.0/modules/slash/}comments"
COMMENT_FEED = "{http://wellformedweb.org/CommentAPI/}commentRss"
BLOGGER_KIND = re.compile(r"http://schemas\.google\.com/blogger/\d+/kind#(\w+)")
# The comment that another on Blogger answers, as a `related` link.
BLOGGER_REPLY = re.compile(r"/comments/default/(\d+)\Z")
RSS_AUTHOR = re.compile(r"[^\s()@]+@[^\s()@]+\s*\((.+)\)")  # an author in RSS
DISCOURSE_ID = re.compile(r"-post-\d+-(\d+)\Z")
DISCOURSE_QUOTATION = re.compile(
    r"\s*<p>.{0,400}?</p>\s*<blockquote>(.*)</blockquote>\s*<p><a [^<>]*>[^<>]*</a></p>\s*", re.DOTALL
)
WORDPRESS_REPLY = re.compile(  # the first paragraph of a reply in the feeds of WordPress, in whichever language
    r"""\s*(?:<p>)?[^<>]{0,80}<a href=["']([^"'<>]+#comment-\d+)["'][^<>]*>[^<>]*</a>[^<>\n]{0,40}(?:</p>|\n\s*\n)"""
)
REDDIT_FOOTER = re.compile(r"submitted by\s{1,9}(?:&#32;\s{1,9})?<a href=")  # on Reddit, below a post
REDDIT_WORDS_END = "<!-- SC_ON -->"
BODY_TAGS = (ENCODED, f"{ATOM}content", "description", f"{ATOM}summary")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An item or entry: `answers_to` names what it answers, where that is told, and `page` where that stands.

    `kind` is what Blogger says it is (post, page, comment, settings ...), `total` how many comments it is said to have.
    """

    line: int
    id: str
    title: str
    link: str
    author: str | None
    created: str | None
    body: Body
    answers_to: str = ""
    page: str = ""
    kind: str = ""
    total: int | None = None
    shown: bool = True


def feed_entry(element: Element, line: int, scrubber: Scrubber) -> FeedEntry:
    """The entry in an element."""
    link = scrubber.text(element_link(element), line)
    name = scrubber.text(
        first_child_text(element, f"{ATOM}id", "guid") or element.get(f"{RDF}about", "").strip() or link, line
    )
    above, page = answered_by(element)
    body, answered = element_body(element, name, link, line, scrubber)
    total = first_child_text(element, f"{THREADING}total", COMMENT_COUNT)
    return FeedEntry(
        line,
        name,
        scrubber.text(element_title(element), line),
        link,
        scrubber.text(element_author(element, name), line) or None,
        element_created(element, line, scrubber),
        body,
        scrubber.text(above, line) or answered,
        scrubber.text(page, line),
        blogger_kind(element),
        int(total) if total.isascii() and total.isdigit() and len(total) < 10 else None,
        is_published(element),
    )


def as_rss_2(element: Element) -> Element:
    """An element of RSS 1.0 whose children are called as in RSS 2.0."""
    for child in element:
        child.tag = child.tag.removeprefix(RSS_1)
    return element


def children_named(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names, all of the first before those of the second."""
    for name in names:
        yield from (child for child in element if child.tag == name)


def first_child_text(element: Element, *names: str) -> str:
    """The words of the first of these children that has any."""
    texts = ((child.text or "").strip() for child in children_named(element, *names))
    return next((text for text in texts if text), "")


def element_link(element: Element) -> str:
    """The address of the page that an item or entry is."""
    return next(filter(None, map(page_address, children_named(element, "link", f"{ATOM}link"))), "")


def page_address(link: Element) -> str:
    """The address of a page; "" where a link leads to something else, such as the feed itself."""
    address = link.get("href", "") if link.get("rel", "alternate") == "alternate" else ""
    return (link.text or address).strip()


def element_title(element: Element) -> str:
    """The title of an item or entry."""
    return next(filter(None, map(plain_title, children_named(element, f"{ATOM}title", "title"))), "")


def plain_title(element: Element) -> str:
    """A title on one line, without markup."""
    text = inner_markup(element)
    bare = from_html(text).text if element.get("type") in ("html", "xhtml") else html.unescape(text)
    return " ".join(bare.split())


def element_author(element: Element, name: str) -> str:
    """Who wrote it, by the name that others there call them by."""
    author = child_words(next(children_named(element, f"{ATOM}author"), None), "name")
    author = author or first_child_text(element, f"{DUBLIN_CORE}creator", "author")
    mail = RSS_AUTHOR.fullmatch(author)
    if DISCOURSE_ID.search(name) and author.startswith("@"):
        return author[1:].partition(" ")[0]
    return mail[1].strip() if mail else author.removeprefix("/u/")


def element_created(element: Element, line: int, scrubber: Scrubber) -> str | None:
    """When it was written."""
    date = first_child_text(element, f"{ATOM}published", "pubDate", f"{DUBLIN_CORE}date", f"{ATOM}updated")
    return as_iso(date) or scrubber.text(date, line) or None


def element_body(element: Element, name: str, base: str, line: int, scrubber: Scrubber) -> tuple[Body, str]:
    """The first of the bodies that has words, without what the site writes around them; and what it says it answers."""
    body, answered = Body(""), ""
    for child in children_named(element, *BODY_TAGS):
        markup = scrubber.text(inner_markup(child), line)
        if child.tag.startswith(ATOM) and child.get("type", "text") in ("text", "text/plain"):
            body = plain_body(markup.strip())
        else:
            bare = own_markup(markup, name)
            begins = WORDPRESS_REPLY.match(bare)
            bare, answered = (bare[begins.end() :], begins[1]) if begins else (bare, answered)
            body = from_html(bare if HAS_HTML.search(bare) else with_line_breaks(bare), Dialect(base=base or None))
        if body.text.strip():
            break
    return body, answered


def own_markup(markup: str, name: str) -> str:
    """The words of a post without what Reddit writes below them, or the quotation that Discourse puts them into."""
    around = DISCOURSE_QUOTATION.fullmatch(markup) if DISCOURSE_ID.search(name) else None
    if around is not None:
        return around[1]
    head, _, below = markup.rpartition(REDDIT_WORDS_END)
    handed_in = REDDIT_FOOTER.search(below) if name.startswith("t3_") else None
    return markup if handed_in is None else head or below[: handed_in.start()]


def inner_markup(element: Element) -> str:
    """The text of an element, or the markup that stands in it as XML."""
    if not len(element):
        return element.text or ""
    for descendant in element.iter():
        descendant.tag = local_tag(descendant.tag)
    inside = "".join(tostring(child, encoding="unicode", method="html") for child in element)
    return html.escape(element.text or "", quote=False) + inside


def answered_by(element: Element) -> tuple[str, str]:
    """The id of what it answers, a comment before a post, and the address of that; nothing where that is not told."""
    related = (BLOGGER_REPLY.search(link.get("href", "")) for link in element if link.get("rel") == "related")
    number = next((match[1] for match in related if match), "")
    post = next(children_named(element, f"{THREADING}in-reply-to"), None)
    spoken_of = next(children_named(element, REFERENCE), None)
    ref = "" if post is None else (post.get("ref") or post.text or post.get("href") or "").strip()
    if number and ".post-" in ref:
        return f"{ref.rpartition('.post-')[0]}.post-{number}", ""
    page = "" if post is None else post.get("href", "").strip()
    ref = ref or ("" if spoken_of is None else spoken_of.get(f"{RDF}resource", "").strip())
    return ref or first_child_text(element, f"{BLOGGER}inReplyTo", f"{BLOGGER}parent"), page


def blogger_kind(element: Element) -> str:
    """What Blogger says that an entry is."""
    terms = (BLOGGER_KIND.fullmatch(child.get("term", "")) for child in children_named(element, f"{ATOM}category"))
    return next((term[1] for term in terms if term), "") or first_child_text(element, f"{BLOGGER}type").lower()


def is_published(element: Element) -> bool:
    """False for drafts, and for what was thrown away or waits for approval."""
    draft = any((inner.text or "").strip() == "yes" for inner in element.iter() if local_tag(inner.tag) == "draft")
    status = first_child_text(element, f"{BLOGGER}status")
    return not draft and status in ("", "LIVE") and not first_child_text(element, f"{BLOGGER}trashed")
