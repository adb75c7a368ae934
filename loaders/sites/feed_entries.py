"""What an item of an RSS feed or an entry of an Atom feed says of itself, the two in the same words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from rejoinder.loaders.bodies import Body, Dialect, from_html, plain
from rejoinder.loaders.bodies.quick import TAGGED
from rejoinder.loaders.containers.xml import local, words
from rejoinder.loaders.sites.wordpress import paragraphs
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
COUNTED = "{http://purl.org/rss/1.0/modules/slash/}comments"
COMMENT_FEED = "{http://wellformedweb.org/CommentAPI/}commentRss"
KIND = re.compile(r"http://schemas\.google\.com/blogger/\d+/kind#(\w+)")
REPLY = re.compile(r"/comments/default/(\d+)\Z")  # the comment that another on Blogger answers, as a `related` link
MAIL = re.compile(r"[^\s()@]+@[^\s()@]+\s*\((.+)\)")  # an author in RSS
DISCOURSE = re.compile(r"-post-\d+-(\d+)\Z")
QUOTED = re.compile(r"\s*<p>.{0,400}?</p>\s*<blockquote>(.*)</blockquote>\s*<p><a [^<>]*>[^<>]*</a></p>\s*", re.DOTALL)
ANSWERS = re.compile(  # the first paragraph of a reply in the feeds of WordPress, in whichever language
    r"""\s*(?:<p>)?[^<>]{0,80}<a href=["']([^"'<>]+#comment-\d+)["'][^<>]*>[^<>]*</a>[^<>\n]{0,40}(?:</p>|\n\s*\n)"""
)
HANDED_IN = re.compile(r"submitted by\s{1,9}(?:&#32;\s{1,9})?<a href=")  # on Reddit, below a post
WORDS_END = "<!-- SC_ON -->"
BODIES = (ENCODED, f"{ATOM}content", "description", f"{ATOM}summary")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item or entry: `above` names what it answers, where that is told, and `page` where that stands.

    `kind` is what Blogger says it is (post, page, comment, settings ...), `total` how many comments it is said to have.
    """

    line: int
    id: str
    title: str
    link: str
    author: str | None
    created: str | None
    body: Body
    above: str = ""
    page: str = ""
    kind: str = ""
    total: int | None = None
    shown: bool = True


def entry_of(element: Element, line: int, scrubber: Scrubber) -> Entry:
    """The entry in an element."""
    link = scrubber.text(link_of(element), line)
    name = scrubber.text(said(element, f"{ATOM}id", "guid") or element.get(f"{RDF}about", "").strip() or link, line)
    above, page = above_of(element)
    body, answered = body_of(element, name, link, line, scrubber)
    total = said(element, f"{THREADING}total", COUNTED)
    return Entry(
        line,
        name,
        scrubber.text(title_of(element), line),
        link,
        scrubber.text(author_of(element, name), line) or None,
        created_of(element, line, scrubber),
        body,
        scrubber.text(above, line) or answered,
        scrubber.text(page, line),
        kind_of(element),
        int(total) if total.isascii() and total.isdigit() and len(total) < 10 else None,
        is_shown(element),
    )


def as_rss(element: Element) -> Element:
    """An element of RSS 1.0 whose children are called as in RSS 2.0."""
    for one in element:
        one.tag = one.tag.removeprefix(RSS_1)
    return element


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names, all of the first before those of the second."""
    for name in names:
        yield from (one for one in element if one.tag == name)


def said(element: Element, *names: str) -> str:
    """The words of the first of these children that has any."""
    texts = ((one.text or "").strip() for one in children(element, *names))
    return next((text for text in texts if text), "")


def link_of(element: Element) -> str:
    """The address of the page that an item or entry is."""
    return next(filter(None, map(address_in, children(element, "link", f"{ATOM}link"))), "")


def address_in(link: Element) -> str:
    """The address of a page; "" where a link leads to something else, such as the feed itself."""
    address = link.get("href", "") if link.get("rel", "alternate") == "alternate" else ""
    return (link.text or address).strip()


def title_of(element: Element) -> str:
    """The title of an item or entry."""
    return next(filter(None, map(title_in, children(element, f"{ATOM}title", "title"))), "")


def title_in(element: Element) -> str:
    """A title on one line, without markup."""
    text = markup_of(element)
    bare = from_html(text).text if element.get("type") in ("html", "xhtml") else html.unescape(text)
    return " ".join(bare.split())


def author_of(element: Element, name: str) -> str:
    """Who wrote it, by the name that others there call them by."""
    told = words(next(children(element, f"{ATOM}author"), None), "name")
    told = told or said(element, f"{DUBLIN_CORE}creator", "author")
    mail = MAIL.fullmatch(told)
    if DISCOURSE.search(name) and told.startswith("@"):
        return told[1:].partition(" ")[0]
    return mail[1].strip() if mail else told.removeprefix("/u/")


def created_of(element: Element, line: int, scrubber: Scrubber) -> str | None:
    """When it was written."""
    told = said(element, f"{ATOM}published", "pubDate", f"{DUBLIN_CORE}date", f"{ATOM}updated")
    return as_iso(told) or scrubber.text(told, line) or None


def body_of(element: Element, name: str, base: str, line: int, scrubber: Scrubber) -> tuple[Body, str]:
    """The first of the bodies that has words, without what the site writes around them; and what it says it answers."""
    body, answered = Body(""), ""
    for one in children(element, *BODIES):
        markup = scrubber.text(markup_of(one), line)
        if one.tag.startswith(ATOM) and one.get("type", "text") in ("text", "text/plain"):
            body = plain(markup.strip())
        else:
            bare = unwrapped(markup, name)
            begins = ANSWERS.match(bare)
            bare, answered = (bare[begins.end() :], begins[1]) if begins else (bare, answered)
            body = from_html(bare if TAGGED.search(bare) else paragraphs(bare), Dialect(base=base or None))
        if body.text.strip():
            break
    return body, answered


def unwrapped(markup: str, name: str) -> str:
    """The words of a post without what Reddit writes below them, or the quotation that Discourse puts them into."""
    around = QUOTED.fullmatch(markup) if DISCOURSE.search(name) else None
    if around is not None:
        return around[1]
    head, _, below = markup.rpartition(WORDS_END)
    handed_in = HANDED_IN.search(below) if name.startswith("t3_") else None
    return markup if handed_in is None else head or below[: handed_in.start()]


def markup_of(element: Element) -> str:
    """The text of an element, or the markup that stands in it as XML."""
    if not len(element):
        return element.text or ""
    for one in element.iter():
        one.tag = local(one.tag)
    inside = "".join(tostring(one, encoding="unicode", method="html") for one in element)
    return html.escape(element.text or "", quote=False) + inside


def above_of(element: Element) -> tuple[str, str]:
    """The id of what it answers, a comment before a post, and the address of that; nothing where that is not told."""
    related = (REPLY.search(one.get("href", "")) for one in element if one.get("rel") == "related")
    number = next((one[1] for one in related if one), "")
    post = next(children(element, f"{THREADING}in-reply-to"), None)
    spoken_of = next(children(element, REFERENCE), None)
    ref = "" if post is None else (post.get("ref") or post.text or post.get("href") or "").strip()
    if number and ".post-" in ref:
        return f"{ref.rpartition('.post-')[0]}.post-{number}", ""
    page = "" if post is None else post.get("href", "").strip()
    ref = ref or ("" if spoken_of is None else spoken_of.get(f"{RDF}resource", "").strip())
    return ref or said(element, f"{BLOGGER}inReplyTo", f"{BLOGGER}parent"), page


def kind_of(element: Element) -> str:
    """What Blogger says that an entry is."""
    terms = (KIND.fullmatch(one.get("term", "")) for one in children(element, f"{ATOM}category"))
    return next((one[1] for one in terms if one), "") or said(element, f"{BLOGGER}type").lower()


def is_shown(element: Element) -> bool:
    """False for drafts, and for what was thrown away or waits for approval."""
    draft = any((one.text or "").strip() == "yes" for one in element.iter() if local(one.tag) == "draft")
    status = said(element, f"{BLOGGER}status")
    return not draft and status in ("", "LIVE") and not said(element, f"{BLOGGER}trashed")
