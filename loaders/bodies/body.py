"""The body of a comment: plain text, with its links and what its markup says is quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rejoinder.records import Link

URL = re.compile(r"https?://[^\s<>\"\]\[{}|\\^`]{1,2000}")

Attributes: TypeAlias = Mapping[str, str | None]


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
    nothing of their own (the head of a quotation box), against which URL relative links are resolved, and whether
    `pre` is code."""

    origin: Callable[[str, Attributes], str | None] = lambda tag, attributes: None
    silent: Callable[[str, Attributes], bool] = lambda tag, attributes: False
    base: str | None = None
    code: bool = True


STANDARD = Dialect()


def as_quotation(lines: Iterable[str]) -> str:
    """Lines of plain text as those of a quotation.

    >>> as_quotation(["It leaks.", "", "A lot."])
    '> It leaks.\\n>\\n> A lot.'
    """
    return "\n".join(f"> {line}".rstrip() for line in lines)


def plain_body(text: str) -> Body:
    """A body that is plain text already; the URLs in it are its links."""
    return Body(text, tuple(bare_links(text, ())))


def join_bodies(bodies: Iterable[Body]) -> Body:
    """Bodies one after the other, as paragraphs of one."""
    text, links, quotes = "", list[Link](), list[Quoted]()
    for body in bodies:
        if body.text:
            text += "\n\n" if text else ""
            links.extend(Link(link.start + len(text), link.end + len(text), link.url) for link in body.links)
            quotes.extend(Quoted(quote.start + len(text), quote.end + len(text), quote.origin) for quote in body.quotes)
            text += body.text
    return Body(text, tuple(links), tuple(quotes))


def bare_links(text: str, links: tuple[Link, ...] | list[Link]) -> Iterator[Link]:
    """The URLs that stand in the text itself, outside the links that are known; closing punctuation is no part."""
    known_links = sorted(links)
    at = 0
    for match in URL.finditer(text):
        url = match[0].rstrip(".,;:!?'*_")
        url = url.rstrip(")") if "(" not in url else url
        while at < len(known_links) and known_links[at].end <= match.start():
            at += 1
        if at == len(known_links) or known_links[at].start >= match.start() + len(url):
            yield Link(match.start(), match.start() + len(url), url)
