"""Bodies in HTML or Markdown as plain text, with the links and attributed quotations at exact offsets of that text.

What plain text can show of the form stays, in the way people write it: a quoted line begins with `> ` (as often as it
is quoted), an item of a list with `- ` or its number, code stands between lines of three backticks, code within a line
between single ones, or double ones where it holds single ones, and words that are struck out between `~~`. Everything
else (emphasis, headings, colours) goes, and only the words stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from rejoinder.loaders.bodies.brackets import closing
from rejoinder.loaders.bodies.quick import ACROSS, MARKED, TAGGED, blocks, unmarked, untagged
from rejoinder.loaders.bodies.writing import Writing
from rejoinder.records import Link

READ = 131_072  # characters of markup whose form is read; of the rest only the words are kept
MARKS = 8  # of quotation and of items that a line may begin with; each is a further way through the lines below it
LEVELS = 40  # that the parser follows; it forgets the words of what nests deeper
NESTED = 256  # open tags that may stand in each other; the parser is quadratic in this
URL = re.compile(r"https?://[^\s<>\"\]\[{}|\\^`]{1,2000}")
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>")

MARK = r"[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))"
DEEP = re.compile(rf"^((?:{MARK}){{{MARKS}}})(?:{MARK})+", re.MULTILINE)


def tags(names: str) -> frozenset[str]:
    """A set of tags."""
    return frozenset(re.findall(r"\w+", names))


# Tags that end by themselves when the next begins, or that hold nothing.
UNPAIRED = tags("area base br col dd dt embed hr img input li link meta option p source td th tr track wbr")
SILENT = tags("script style template noscript svg math head title iframe object video audio button select")
PARAGRAPHS = tags(
    "p div section article header footer main aside blockquote pre ul ol dl table figure details form address "
    "h1 h2 h3 h4 h5 h6 hr center"
)
LINES = tags("li tr dt dd summary figcaption caption thead tbody")

Attributes = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Characters start..end of a body that its markup says are quoted; `origin` is what it says of where from."""

    start: int
    end: int
    origin: str


@dataclass(frozen=True, slots=True)
class Body:
    """The plain text of a comment; links and attributed quotations are in order, with offsets in code points."""

    text: str
    links: tuple[Link, ...] = ()
    quotes: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a platform's HTML means beyond the standard: which elements name the origin of what they quote, which say
    nothing of their own (the head of a quotation box), and against which URL relative links are resolved."""

    origin: Callable[[str, Attributes], str | None] = lambda tag, attributes: None
    silent: Callable[[str, Attributes], bool] = lambda tag, attributes: False
    base: str | None = None


STANDARD = Dialect()


def as_quotation(lines: Iterable[str]) -> str:
    """Lines of plain text as those of a quotation.

    >>> as_quotation(["It leaks.", "", "A lot."])
    '> It leaks.\\n>\\n> A lot.'
    """
    return "\n".join(f"> {line}".rstrip() for line in lines)


def plain(text: str) -> Body:
    """A body that is plain text already; the URLs in it are its links."""
    return Body(text, tuple(bare_links(text, ())))


def from_markdown(markup: str, dialect: Dialect = STANDARD, *, literal: bool = False) -> Body:
    """A body in CommonMark with tables; a line break in the source stays one, and `~~` stays where words are struck.

    Where it is `literal`, a tag is no tag but what somebody wrote.
    """
    if len(markup) <= READ:
        lines = markup.replace("\r\n", "\n")
        if MARKED.search(lines) is None:
            return plain(unmarked(lines))
        if ACROSS.search(lines) is None:
            return joined(block_bodies(lines, dialect, literal))
    return parsed_markdown(markup, dialect, literal)


def from_html(markup: str, dialect: Dialect = STANDARD) -> Body:
    """A body in HTML, however broken; of markup past 128 kB the tags are dropped unread."""
    if len(markup) <= READ and TAGGED.search(markup) is None:
        return plain(untagged(markup))
    return parsed_html(markup, dialect, "")


def block_bodies(markup: str, dialect: Dialect, literal: bool) -> Iterator[Body]:
    """The bodies of blocks that stand alone; those that have to be parsed are parsed together where they touch."""
    for parsed, several in groupby(blocks(markup), key=lambda one: one[1] is None):
        pairs = list(several)
        if parsed:
            yield parsed_markdown("\n\n".join(block for block, _ in pairs), dialect, literal)
        else:
            yield plain("\n\n".join(words for _, words in pairs if words))


def joined(bodies: Iterable[Body]) -> Body:
    """Bodies one after the other, as paragraphs of one."""
    text, links, quotes = "", list[Link](), list[Quoted]()
    for one in bodies:
        if one.text:
            text += "\n\n" if text else ""
            links.extend(Link(link.start + len(text), link.end + len(text), link.url) for link in one.links)
            quotes.extend(Quoted(each.start + len(text), each.end + len(text), each.origin) for each in one.quotes)
            text += one.text
    return Body(text, tuple(links), tuple(quotes))


def parsed_markdown(markup: str, dialect: Dialect, literal: bool) -> Body:
    """The body of any Markdown."""
    head, rest = divided(markup)
    return parsed_html(markdown(literal).render(DEEP.sub(r"\1", head)), dialect, rest)


def parsed_html(markup: str, dialect: Dialect, rest: str) -> Body:
    """The body of any HTML, and plain text after it."""
    head, tail = divided(markup)
    writing = Writing(dialect.base)
    for node, entering in walk(LexborHTMLParser(flattened(head)), dialect):
        (enter if entering else leave)(node, writing, dialect)
    writing.paragraph()
    writing.verbatim(html.unescape(TAG.sub(" ", tail)) + rest)
    text = writing.finished()
    links = sorted(writing.links)
    quotes = tuple(Quoted(start, end, origin) for start, end, origin in sorted(writing.quotes))
    return Body(text, tuple(sorted([*links, *bare_links(text, links)])), quotes)


@cache
def markdown(literal: bool) -> MarkdownIt:
    """The parser, made once; its rule for words that are struck out is quadratic, and left out."""
    options = {"breaks": True, "html": not literal, "maxNesting": LEVELS}
    return closing(MarkdownIt("commonmark", options).enable("table"))


def divided(markup: str) -> tuple[str, str]:
    """The part whose form is read, up to a line's end where there is one, and the rest."""
    if len(markup) <= READ:
        return markup, ""
    at = markup.rfind("\n", 0, READ) + 1 or READ
    return markup[:at], markup[at:]


def flattened(markup: str) -> str:
    """The markup without the tags that would nest too deep; their words stay."""
    if markup.count("<") <= NESTED:
        return markup
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in UNPAIRED:
            return tag[0]
        depth = max(0, depth + (-1 if tag[1] else 1))
        return tag[0] if depth <= NESTED else " "

    return TAG.sub(kept, markup)


def walk(tree: LexborHTMLParser, dialect: Dialect) -> Iterator[tuple[LexborNode, bool]]:
    """Each node on the way in (True) and on the way out, in document order, but for those that say nothing."""
    node, depth = tree.body, 0  # counted, for to compare two nodes is to compare all that is in them
    while node is not None:
        yield node, True
        child = None if closed(node, dialect) else node.child
        if child is not None:
            node, depth = child, depth + 1
            continue
        yield node, False
        while node is not None and depth and node.next is None:
            node, depth = node.parent, depth - 1
            if node is not None:
                yield node, False
        node = node.next if node is not None and depth else None


def closed(node: LexborNode, dialect: Dialect) -> bool:
    """True for an element whose inside is not walked: it says nothing, or is code."""
    tag = node.tag or ""
    return tag == "pre" or tag in SILENT or dialect.silent(tag, node.attributes)


def enter(node: LexborNode, writing: Writing, dialect: Dialect) -> None:
    """A node begins."""
    tag = node.tag or ""
    if tag == "-text":
        writing.words(node.text_content or "")
    elif tag == "pre":
        writing.code_block(code_in(node))
    elif tag == "br":
        writing.line_break()
    elif tag == "img":
        writing.words(node.attributes.get("alt") or "")
    elif not closed(node, dialect):
        opened(node, tag, writing, dialect)


def code_in(node: LexborNode) -> str:
    """The code in an element, whose lines may end in tags."""
    for end in node.css("br"):
        end.replace_with("\n")
    return node.text(deep=True)


def opened(node: LexborNode, tag: str, writing: Writing, dialect: Dialect) -> None:
    """An element that has something inside begins."""
    attributes = node.attributes
    if tag in PARAGRAPHS and not (tag in {"ul", "ol"} and writing.in_item):
        writing.paragraph()
    elif tag in LINES or tag in {"ul", "ol"}:
        writing.line()
    writing.quotation_begins(dialect.origin(tag, attributes))
    if tag == "code":
        writing.code_begins(node.text(deep=True))
    elif tag in BEGINNINGS:
        BEGINNINGS[tag](writing, attributes)


BEGINNINGS: dict[str, Callable[[Writing, Attributes], None]] = {
    "blockquote": lambda writing, _: writing.quote(+1),
    "ul": lambda writing, _: writing.list_begins(None),
    "ol": lambda writing, attributes: writing.list_begins(number(attributes.get("start"))),
    "li": lambda writing, _: writing.item(),
    "a": lambda writing, attributes: writing.link_begins(attributes.get("href")),
    "del": lambda writing, _: writing.struck_begins(),
    "s": lambda writing, _: writing.struck_begins(),
    "strike": lambda writing, _: writing.struck_begins(),
    "td": lambda writing, _: writing.cell(),
    "th": lambda writing, _: writing.cell(),
}


ENDINGS: dict[str, Callable[[Writing], None]] = {
    "blockquote": lambda writing: writing.quote(-1),
    "ul": Writing.list_ends,
    "ol": Writing.list_ends,
    "a": Writing.link_ends,
    "code": Writing.code_ends,
    "del": Writing.struck_ends,
    "s": Writing.struck_ends,
    "strike": Writing.struck_ends,
}


def leave(node: LexborNode, writing: Writing, dialect: Dialect) -> None:
    """A node ends."""
    tag = node.tag or ""
    if tag.startswith("-") or closed(node, dialect) or tag in {"br", "img"}:
        return
    if tag in ENDINGS:
        ENDINGS[tag](writing)
    writing.quotation_ends(dialect.origin(tag, node.attributes))
    if tag in PARAGRAPHS and not (tag in {"ul", "ol"} and writing.in_item):
        writing.paragraph()
    elif tag in LINES:
        writing.line()


def number(start: str | None) -> int:
    """The number with which an ordered list begins."""
    return int(start) if start and start.isascii() and start.isdigit() and len(start) < 7 else 1


def bare_links(text: str, links: tuple[Link, ...] | list[Link]) -> Iterator[Link]:
    """The URLs that stand in the text itself, outside the links that are known; closing punctuation is no part."""
    taken = sorted(links)
    at = 0
    for match in URL.finditer(text):
        url = match[0].rstrip(".,;:!?'*_")
        url = url.rstrip(")") if "(" not in url else url
        while at < len(taken) and taken[at].end <= match.start():
            at += 1
        if at == len(taken) or taken[at].start >= match.start() + len(url):
            yield Link(match.start(), match.start() + len(url), url)
