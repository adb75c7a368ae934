"""Saved web pages: the tree of one, within bounds of size and depth, where it was saved from, and lines for errors."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rejoinder.errors import LoadError
from rejoinder.loaders.containers.encoded import decode_text
from rejoinder.loaders.containers.mail import Message
from rejoinder.loaders.opening.source import BOM, Source
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.scrub import Scrubber

PAGE_BYTES = 64 * 1024 * 1024  # pages with all their pictures inside are large
SEARCHED_BYTES = 4 * 1024 * 1024
SNAPSHOT_BYTES = 8_192
SHOWN_BYTES = 1024 * 1024
CHARACTERS_AHEAD = 4 * 1024 * 1024  # characters in which something is looked for, so that looking for many stays linear
MOST_MISSES = 1_000  # things that may not be found before the search is given up
DEEPEST = 1_000  # open tags that may stand in each other; the parser is quadratic in this
COMMENT = r"<!--(?:[^-]|-(?!->))*+-->"
HTML = re.compile(
    rf"\s*(?:<\?xml[^<>]*>\s*)?(?:{COMMENT}\s*)*+<(?:!DOCTYPE\s++html|(?:html|head|body|div)(?=[\s>]))",
    re.IGNORECASE,
)
SNAPSHOT = re.compile(
    r"(?:[A-Za-z][\w-]*+:[^\n]*+\n(?:[ \t]++[^\n]*+\n)*+){0,20}?Snapshot-Content-Location:", re.IGNORECASE
)
SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]{1,2000})"
)
ADDRESS_ELEMENTS = (  # what stands on the same host as the page, and is not its address
    ("base[href]", "href"),
    ('meta[name="twitter:url"], meta[property="al:web:url"]', "content"),
    ('link[rel="shortlink"], link[rel="prev"], link[rel="next"], link[rel="start"], link[rel="index"]', "href"),
)
ARCHIVED_ADDRESS = re.compile(  # by web.archive.org or archive.today, below the moment
    r"https?://(?:web\.archive\.org/web|archive\.(?:today|ph|is|li|vn|fo|md))/\d{4,14}(?:[a-z]{2}_)?/(?=https?://[^/\s])"
)
CHARSET = re.compile(rb"""<meta[^<>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)(?=[\s/>])[^<>]*>")
# What holds no tags of the page, though it may look as if; where it does not end, all that follows is in it.
OPAQUE_ELEMENT = re.compile(
    r"<(script|style)(?=[\s>])(?:[^<]|<(?!/\1[\s>]))*+(?:</\1\s*>|\Z)|<!--(?:[^-]|-(?!->))*+(?:-->|\Z)", re.IGNORECASE
)
UTC = re.compile(r"(?<=:\d\d)(\.\d+)?[+-]00:?00\Z")
SHORT_ZONE = re.compile(r"(:\d\d)([+-]\d\d)(\d\d)\Z")
VOID_ELEMENTS = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905


@dataclass
class Page:
    """A page as a tree, with the text it was made from."""

    name: str
    text: str
    tree: LexborHTMLParser
    _at: int = field(default=0, init=False)
    _line: int = field(default=1, init=False)
    _misses: int = field(default=0, init=False)

    @cached_property
    def address(self) -> str | None:
        """Where the page was saved from, by the note of the browser or by what it says of itself."""
        saved = SAVED_FROM.search(self.text[:20_000])
        links = [saved[1]] if saved else []
        for selector, name in (('link[rel~="canonical" i]', "href"), ('meta[property="og:url"]', "content")):
            links.extend(node.attributes.get(name) or "" for node in self.tree.css(selector)[:1])
        return next((original_address(link) for link in links if host_of(link)), None)

    @cached_property
    def host(self) -> str | None:
        """The host of that address; where there is none, the one by which the page names its pages or its own parts."""
        links = (attribute(self.tree.css_first(selector), name) for selector, name in ADDRESS_ELEMENTS)
        return (
            host_of(self.address)
            or next((host for link in links if (host := host_of(link))), None)
            or self._most_linked_host
        )

    @property
    def _most_linked_host(self) -> str | None:
        """The host of most links to parts of the page itself, if there are two: some browsers save them in full."""
        parts = {node.attributes.get("id") for node in self.tree.css("[id]")}
        links = {node.attributes.get("href") or "" for node in self.tree.css('a[href^="http"][href*="#"]')}
        hosts = Counter(host_of(link) for link in links if link.partition("#")[2] in parts)
        return next((host for host, count in hosts.most_common(1) if count > 1), None)

    @cached_property
    def title(self) -> str | None:
        """The title of the page on one line."""
        return element_words(self.tree.css_first("title"))

    def absolute(self, link: str | None) -> str | None:
        """The address that a link of the page leads to; None where it leads to none of the web."""
        if not link or not link.strip():
            return None
        try:
            address = original_address(urljoin(self.address or "", link.strip()))
        except ValueError:
            return None
        return address if host_of(address) and address.startswith("http") else None

    def line(self, needle: str) -> int:
        """The line where this stands, such as an id; ask in the order of the page."""
        place = (
            self.text.find(needle, self._at, self._at + CHARACTERS_AHEAD)
            if needle and self._misses < MOST_MISSES
            else -1
        )
        if place >= 0:
            self._line += self.text.count("\n", self._at, place)
            self._at = place
        self._misses += place < 0
        return self._line


def original_address(address: str) -> str:
    """The address of a page that an archive of the web keeps, any other as it is.

    >>> original_address("https://web.archive.org/web/20260504090000if_/https://bees.example/t/7")
    'https://bees.example/t/7'
    """
    match = ARCHIVED_ADDRESS.match(address)
    return address[match.end() :] if match else address


def is_html(head: str) -> bool:
    """True for a page of the web, whole or a part of it.

    >>> is_html("<!DOCTYPE html>"), is_html("<?xml version='1.0'?><html>"), is_html("<disqus>"), is_html("Well.")
    (True, True, False, False)
    """
    return HTML.match(head) is not None


def is_page(head: str) -> bool:
    """True for a page, also for one that a browser has saved with all that belongs to it as a mail (.mhtml)."""
    return is_html(head) or SNAPSHOT.match(head) is not None


def body_head(source: Source) -> str:
    """The first megabyte of a page without its scripts and styles, as far as it stands in its first four."""
    with Source(source.path).open() as file:
        text = page_text(file.read(SEARCHED_BYTES).removeprefix(BOM))
    return OPAQUE_ELEMENT.sub("", text)[:SHOWN_BYTES]


def read_page(source: Source, scrubber: Scrubber) -> Page:
    """The page that a file is; raises LoadError if it is too large to hold."""
    with source.open() as file:
        raw = file.read(PAGE_BYTES + 1)
    if len(raw) > PAGE_BYTES:
        raise LoadError(source.name, 0, f"expected a page of at most {PAGE_BYTES} bytes; save it without its pictures")
    text = scrubber.text(page_text(raw.removeprefix(BOM)), 1)
    return Page(source.name, text, LexborHTMLParser(without_deep_tags(text)))


def page_text(raw: bytes) -> str:
    """The page in its own charset, or the one in a mail, below a note of where it was saved from."""
    if SNAPSHOT.match(raw[:SNAPSHOT_BYTES].decode("ascii", "replace")):
        message = Message()
        for line in raw.split(b"\n"):
            message.add(line.removesuffix(b"\r"))
        page = next((part.text() for part in message.parts if part.kind == "text/html"), "")
        return f"<!-- saved from url=(0){message.header.raw_field('snapshot-content-location')} -->\n{page}"
    charset = CHARSET.search(raw[:20_000])
    return decode_text(raw, charset[1].decode("ascii", "replace") if charset else "").replace("\r\n", "\n")


def without_deep_tags(markup: str) -> str:
    """The markup without the tags that would nest too deep; their words stay."""
    if markup.count("<") <= DEEPEST:
        return markup
    path: list[str] = []
    names: Counter[str] = Counter()

    def kept(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in VOID_ELEMENTS or tag[0].endswith("/>"):
            return tag[0]
        if not tag[1]:
            path.append(name)
            names[name] += 1
            return tag[0] if len(path) <= DEEPEST else " "
        too_deep = len(path) > DEEPEST
        while names[name] and path:
            last = path.pop()
            names[last] -= 1
            if last == name:
                break
        return " " if too_deep else tag[0]

    at, parts = 0, list[str]()
    for opaque in OPAQUE_ELEMENT.finditer(markup):
        parts += [TAG.sub(kept, markup[at : opaque.start()]), opaque[0]]
        at = opaque.end()
    return "".join([*parts, TAG.sub(kept, markup[at:])])


def inner_markup(node: LexborNode | None) -> str:
    """The markup within an element; nothing where there is none."""
    return (node.inner_html or "") if node is not None else ""


def element_words(node: LexborNode | None) -> str | None:
    """The words in an element on one line, None where there are none."""
    return " ".join(node.text(deep=True).split()) or None if node is not None else None


def attribute(node: LexborNode | None, name: str) -> str | None:
    """An attribute that is not blank."""
    value = node.attributes.get(name) if node is not None else None
    return value.strip() or None if value else None


def take_out(around: LexborNode, selector: str) -> None:
    """Removes such elements within one, each once and the inner ones first: what stands in a removed one is gone."""
    elements = {node.mem_id: node for node in around.css(selector)}  # which may hold some twice, and the element itself
    elements.pop(around.mem_id, None)
    for element in reversed(elements.values()):
        element.decompose()


def element_date(node: LexborNode | None, name: str = "datetime") -> str | None:
    """A date in an attribute, its zone as ISO 8601 has it.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> element_date(LexborHTMLParser("<time datetime='2026-03-02T18:00:00+0000'>").css_first("time"))
    '2026-03-02T18:00:00Z'
    """
    value = attribute(node, name)
    return SHORT_ZONE.sub(r"\1\2:\3", UTC.sub(r"\1Z", value)) if value else None
