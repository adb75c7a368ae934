"""XML as a stream of the wanted elements with their lines; a DOCTYPE is refused, depth and size are capped."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.source import Source

CHUNK = 65_536
DEEPEST = 200
LARGEST = 64 * 1024 * 1024  # code points that one wanted element may hold

Wanted = Callable[[str, int], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """A wanted element that is complete, the line where it begins, and the wanted elements around it so far."""

    line: int
    element: Element
    around: tuple[Element, ...]


def local(tag: str) -> str:
    """A tag without its namespace.

    >>> local("{urn:x}comment")
    'comment'
    """
    return tag.rpartition("}")[2]


def elements(source: Source, wanted: Wanted) -> Iterator[Row | Problem]:
    """Each element that is wanted, when it ends; it is then taken out of what is around it.

    `wanted` is asked with the tag ("{namespace}local") and the depth (1 is the root).

    Memory holds the wanted elements that are open. Where the XML is not well-formed the rest is lost: a Problem.
    Raises LoadError for a DOCTYPE (entities can expand without end) and for what is too deep or too large.
    """
    collector = Collector(source.name, wanted)
    parser = DefusedXMLParser(target=collector, forbid_dtd=True)
    collector.line_of = lambda: int(parser.parser.CurrentLineNumber)
    try:
        with source.open() as file:
            while chunk := file.read(CHUNK):
                source.progress(len(chunk))
                parser.feed(chunk)
                yield from collector.taken()
        parser.close()
        yield from collector.taken()
    except DefusedXmlException:
        raise LoadError(source.name, collector.line_of(), "expected XML without a DOCTYPE or entities") from None
    except ParseError as error:
        yield from collector.taken()
        yield Problem(source.name, error.position[0], f"expected well-formed XML, the rest is lost: {error}", lost=True)


class Collector:
    """The target of the parser: keeps what lies within wanted elements and nothing else."""

    def __init__(self, name: str, wanted: Wanted) -> None:
        self.name, self.wanted = name, wanted
        self.line_of: Callable[[], int] = lambda: 0
        self.depth = self.size = 0
        self.open: list[tuple[Element, int, bool]] = []  # element, line, whether it is wanted
        self.parts: list[str] = []
        self.done: deque[Row] = deque()

    def taken(self) -> Iterator[Row]:
        """The elements that have ended since the last call."""
        while self.done:
            yield self.done.popleft()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise LoadError(self.name, self.line_of(), f"expected XML nested at most {DEEPEST} deep")
        self.flush()
        wanted = self.wanted(tag, self.depth)
        if wanted or self.open:
            element = Element(tag, attributes)
            if self.open and not wanted:
                self.open[-1][0].append(element)
            self.open.append((element, self.line_of(), wanted))

    def end(self, tag: str) -> None:
        """An element ends."""
        self.depth -= 1
        if not self.open:
            return
        self.flush()
        element, line, wanted = self.open.pop()
        if wanted:
            around = tuple(one for one, _, outer in self.open if outer)
            self.done.append(Row(line, element, around))
        if not any(outer for _, _, outer in self.open):
            self.size = 0

    def data(self, text: str) -> None:
        """Characters."""
        if not self.open:
            return
        self.size += len(text)
        if self.size > LARGEST:
            raise LoadError(self.name, self.line_of(), f"expected an element of at most {LARGEST} characters")
        self.parts.append(text)

    def flush(self) -> None:
        """Puts the characters since the last tag where they belong."""
        if self.parts and self.open:
            element, text = self.open[-1][0], "".join(self.parts)
            if len(element):
                element[-1].tail = (element[-1].tail or "") + text
            else:
                element.text = (element.text or "") + text
        self.parts.clear()

    def comment(self, text: str) -> None:
        """A comment, which says nothing."""

    def pi(self, target: str, text: str | None = None) -> None:
        """A processing instruction, which says nothing."""

    def close(self) -> None:
        """The end of the document."""
