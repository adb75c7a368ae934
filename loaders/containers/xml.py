"""XML as a stream of the wanted elements with their lines; a DOCTYPE is refused, depth and size are capped."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.values.scrub import REPLACEMENT, Scrubber, WrittenReplacements

CHUNK = 65_536
DEEPEST = 200
REASONS = {  # in words, what the parser says
    "no element found": "the file ends before its elements do; is it complete?",
    "mismatched tag": "this tag closes another element than the one that is open",
    "not well-formed (invalid token)": "a tag is broken here, or a < or & stands where &lt; or &amp; should",
    "unclosed token": "a tag, a comment or a CDATA section that begins here is not closed",
    "junk after document element": "something stands behind the end of the outermost element",
    "undefined entity": "XML knows &lt; &gt; &amp; &quot; &apos; and numbers such as &#160;, and no other names",
    "duplicate attribute": "an attribute occurs twice in this tag",
    "syntax error": "this is no element; text may not stand outside the outermost one",
}
LARGEST = 64 * 1024 * 1024  # code points that one wanted element may hold
LONGEST_TAG = 16 * 1024 * 1024  # bytes that a tag with its attributes, or a comment, may be long
ELEMENT_SIZE = 100  # what an element counts besides its characters, so that many empty ones are bounded, too
ENCODING = re.compile(rb"""\s*(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]+)""")
# Characters that XML has no place for, and references to them: exports hold them all the same.
MISPLACED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:0{0,6}(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0{0,6}(?:[0-8bcefBCEF]|1[\da-fA-F]|[dD][89a-fA-F][\da-fA-F]{2}"
    r"|[fF]{3}[eEfF]));"
)
CUT_OFF = re.compile(r"&(?:#\w{0,10})?\Z")

ElementTest = Callable[[str, int], bool]


@dataclass(frozen=True, slots=True)
class FoundElement:
    """A wanted element that is complete, the line where it begins, and the wanted elements around it so far.

    Of one in which the XML breaks off, `open` holds the elements in it that have no end, the outermost first.
    """

    line: int
    element: Element
    elements_around: tuple[Element, ...]
    open: tuple[Element, ...] = ()


def local_tag(tag: str) -> str:
    """A tag without its namespace.

    >>> local_tag("{urn:x}comment")
    'comment'
    """
    return tag.rpartition("}")[2]


def is_broken(part: bytes) -> bool:
    """True for XML that cannot be parsed to its end as it is.

    >>> is_broken(b"<a><b/></a>"), is_broken(b"<a><b></a>")
    (False, True)
    """
    parser = DefusedXMLParser(target=object(), forbid_dtd=True)
    try:
        parser.feed(part)
        parser.close()
    except (ParseError, ValueError, LookupError):  # a DOCTYPE is a ValueError, an unknown encoding a LookupError
        return True
    return False


def child_words(element: Element | None, tag: str) -> str:
    """The text of the first child of that local name that has any, without white space around it; else empty."""
    texts = ((node.text or "").strip() for node in ([] if element is None else element) if local_tag(node.tag) == tag)
    return next((text for text in texts if text), "")


def elements(
    source: Source, is_wanted: ElementTest, scrubber: Scrubber | None = None, *, unfinished: bool = False
) -> Iterator[FoundElement | Problem]:
    """Each element that is wanted, when it ends; it is then taken out of what is around it.

    `is_wanted` is asked with the tag ("{namespace}local") and the depth (1 is the root). What is no UTF-8 where that is
    the encoding, and what is no character in XML, becomes U+FFFD, and the scrubber, if there is one, counts it.

    Memory holds the wanted elements that are open. Where the XML is not well-formed the rest is lost: a Problem; before
    it comes the outermost wanted element that is `unfinished`, if that is asked for.
    Raises LoadError for a DOCTYPE (entities can expand without end) and for what is too deep or too large.
    """
    collector = Collector(source.name, is_wanted)
    parser = DefusedXMLParser(target=collector, forbid_dtd=True)
    collector.line_of = lambda: int(parser.parser.CurrentLineNumber)
    try:
        for chunk in clean_chunks(source, collector, scrubber or Scrubber()):
            feed_parser(parser, chunk, source.name)
            yield from collector.take_elements()
        parser.close()
        yield from collector.take_elements()
    except LoadError:
        yield from collector.take_elements()
        raise
    except DefusedXmlException:
        raise LoadError(source.name, collector.line_of(), "expected XML without a DOCTYPE or entities") from None
    except ParseError as error:
        if unfinished:
            parser.parser.buffer_text = False  # which gives the words that it still holds
            collector.finish_unclosed()
        yield from collector.take_elements()
        line, column = error.position
        reason = str(error).partition(":")[0]
        message = f"expected well-formed XML, the rest is lost: {REASONS.get(reason, reason)}"
        yield Problem(source.name, line, message, lost=True, column=column + 1)


def feed_parser(parser: DefusedXMLParser, chunk: bytes, name: str) -> None:
    """Gives the parser the next piece; raises LoadError where it knows nothing of the encoding, else as it does."""
    try:
        parser.feed(chunk)
    except (LookupError, ValueError) as error:
        if isinstance(error, LoadError | DefusedXmlException):
            raise
        raise LoadError(name, 1, f"expected XML in UTF-8 or another encoding that is known: {error}") from None


def clean_chunks(source: Source, collector: Collector, scrubber: Scrubber) -> Iterator[bytes]:
    """The file piece by piece, fit for the parser.

    While the parser waits for the end of one tag the pieces double: it begins anew with each, and a long tag in
    small pieces would cost the square of its length. Raises LoadError for one that is too long.
    """
    size, clean = CHUNK, None
    with source.open() as file:
        while chunk := file.read(size):
            clean = clean or Cleaner(chunk, collector, scrubber)
            heard = collector.event_count
            yield clean(chunk)
            size = CHUNK if collector.event_count > heard else 2 * size
            if size > LONGEST_TAG:
                raise LoadError(source.name, collector.line_of(), f"expected tags of at most {LONGEST_TAG} bytes")
    if clean is not None:
        yield clean(b"", last=True)


class Cleaner:
    """Replaces what a parser of XML would stop at; in encodings other than UTF-8 it leaves the bytes alone."""

    def __init__(self, head: bytes, collector: Collector, scrubber: Scrubber) -> None:
        match = ENCODING.match(head)
        encoding = match[1].decode("ascii", "replace").lower() if match else "utf-8"
        is_utf8 = encoding in {"utf-8", "utf8", "us-ascii", "ascii"} and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace") if is_utf8 else None
        self.collector, self.scrubber = collector, scrubber
        self.held, self.written = "", WrittenReplacements()

    def __call__(self, chunk: bytes, *, last: bool = False) -> bytes:
        """The next piece, but for a reference that may go on in the one after it."""
        if self.decoder is None:
            return chunk
        decoded = self.decoder.decode(chunk, final=last)
        text = self.held + decoded
        cut = None if last else CUT_OFF.search(text, max(0, len(text) - 12))
        text, self.held = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
        clean, count = MISPLACED.subn(REPLACEMENT, text)
        count += max(0, decoded.count(REPLACEMENT) - self.written.count(chunk))
        if count:
            self.scrubber.count_replaced(count, self.collector.line_of())
        return clean.encode("utf-8")


class Collector:
    """The target of the parser: keeps what lies within wanted elements and nothing else."""

    def __init__(self, name: str, is_wanted: ElementTest) -> None:
        self.name, self.wanted = name, is_wanted
        self.line_of: Callable[[], int] = lambda: 0
        self.depth = self.size = self.event_count = 0
        self.open: list[tuple[Element, int, int | None]] = []  # element, line, the size before it if it is wanted
        self.parts: list[str] = []
        self.done: deque[FoundElement] = deque()

    def take_elements(self) -> Iterator[FoundElement]:
        """The elements that have ended since the last call."""
        while self.done:
            yield self.done.popleft()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        self.event_count += 1
        if self.depth > DEEPEST:
            raise LoadError(self.name, self.line_of(), f"expected XML nested at most {DEEPEST} deep")
        self.flush()
        is_wanted = self.wanted(tag, self.depth)
        if is_wanted or self.open:
            element = Element(tag, attributes)
            if self.open and not is_wanted:
                self.open[-1][0].append(element)
            self.open.append((element, self.line_of(), self.size if is_wanted else None))
            self.count_size(ELEMENT_SIZE + sum(len(name) + len(value) for name, value in attributes.items()))

    def end(self, tag: str) -> None:
        """An element ends."""
        self.depth -= 1
        self.event_count += 1
        if not self.open:
            return
        self.flush()
        element, line, before = self.open.pop()
        if before is not None:
            around = tuple(ancestor for ancestor, _, outer in self.open if outer is not None)
            self.done.append(FoundElement(line, element, around))
            self.size = before

    def finish_unclosed(self) -> None:
        """The XML goes no further: the outermost wanted element that is open is done, as far as it goes."""
        self.flush()
        if self.open:
            (element, line, _), *inner_open = self.open
            self.done.append(FoundElement(line, element, (), tuple(inner for inner, _, _ in inner_open)))

    def data(self, text: str) -> None:
        """Characters."""
        self.event_count += 1
        if self.open:
            self.count_size(len(text))
            self.parts.append(text)

    def count_size(self, size: int) -> None:
        """Counts what a wanted element holds; raises LoadError if it is too much."""
        self.size += size
        if self.size > LARGEST:
            raise LoadError(self.name, self.line_of(), f"expected an element of at most {LARGEST} characters")

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
