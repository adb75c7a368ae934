"""OpenDocument texts with comments (.odt, or the flat XML of one, .fodt): the document, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from rejoinder.errors import Problem
from rejoinder.loaders.containers.peek import xml_root
from rejoinder.loaders.containers.xml import FoundElement, child_words, elements
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.recognising.refusal import NoText
from rejoinder.loaders.sites.document_comments import SAVE_AS_TEXT, anchored_comment_records, document_records
from rejoinder.loaders.sites.manuscript import xml_attribute
from rejoinder.loaders.sites.opentext import OpenText
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.unpacking.opendocument import OFFICE, TEXT
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, State, ThreadKey

NAME = "odt"
SUMMARY = "comments in an OpenDocument text (.odt or .fodt, as LibreOffice writes it), and the document itself"
READS = Reads(
    recognised="an `.odt`, or `office:document` that is a text",
    id="`office:name` of the comment, else its number, `document` of the document; the thread is named by the file",
    parent="`loext:parent-name`; without it the document",
    author="`dc:creator`; of the document `meta:initial-creator`",
    created="`dc:date`; of the document `meta:creation-date`",
    body="the paragraphs of the comment, below the words that it is anchored to, as a quotation; of the document all "
    "paragraphs, with what was inserted and without what was deleted",
    states="resolved where `loext:resolved` says so",
    moves="the anchored words as a quotation of the document",
    ignored="documents without comments; comments without words; footnotes, headers, pictures, addresses of links; "
    "changes as such; anchored words past the first 2,000 characters",
)

SITE = "odt"
META_TAG, BODY_TAG = f"{{{OFFICE}}}meta", f"{{{OFFICE}}}text"
NANOSECONDS = re.compile(r"(\.\d{6})\d+")  # parts of a second, of which LibreOffice writes nine digits


def recognises(path: Path, head: str) -> bool:
    """True for a text as one XML."""
    return xml_root(head) == f"{{{OFFICE}}}document" and f'mimetype="{TEXT}' in head


def is_row_element(tag: str, depth: int) -> bool:
    """What is said of the document, and the document."""
    return depth <= 4 and tag in (META_TAG, BODY_TAG)


def load(source: Source) -> Iterator[Found | Problem]:
    """The document and the comments in the order of the file; raises LoadError where there are none."""
    scrubber, parts, skipped, broken = Scrubber(), dict[str, FoundElement](), SkipLog(), False
    for row in elements(source, is_row_element, scrubber, unfinished=True):
        if isinstance(row, Problem):
            broken = True
            yield row
        else:
            parts.setdefault(row.element.tag, row)
    body = parts.get(BODY_TAG)
    document = OpenText(Element("none") if body is None else body.element)
    if broken and not document.comments:
        return
    if body is None or not document.comments:
        raise NoText(source.name, 1, f"expected a document with comments, got one without; {SAVE_AS_TEXT}")
    key = ThreadKey(SITE, source.thread_name())
    meta = parts[META_TAG].element if META_TAG in parts else None
    author = child_words(meta, "initial-creator") or child_words(meta, "creator")
    written = with_microseconds(child_words(meta, "creation-date"))
    records = [*document_records(document, key, child_words(meta, "title"), author, written)]
    for name, element in document.comments:
        if element in body.open:  # half a comment says something else, or nothing
            skipped.note("comments within which the document breaks off", body.line)
            continue
        records += comment_records(key, document, name, element, body.line, skipped)
    yield from (Found(record, source.name, body.line) for record in records)
    yield from skipped.problems(source.name)
    yield from scrubber.problems(source.name)


def comment_records(
    key: ThreadKey, document: OpenText, name: str, element: Element, line: int, skipped: SkipLog
) -> Iterator[Record]:
    """The comment and what it quotes; nothing for one without words."""
    words, parent = OpenText(element).text.strip(), xml_attribute(element, "parent-name")
    if not words:
        skipped.note("comments without words", line)
        return
    states = (State.RESOLVED,) if xml_attribute(element, "resolved") in ("true", "1") else ()
    comment = Comment(
        key,
        name,
        words,
        parent,
        child_words(element, "creator"),
        with_microseconds(child_words(element, "date")),
        states=states,
    )
    yield from anchored_comment_records(document, comment)


def with_microseconds(text: str) -> str:
    """A date to the millionth of a second.

    >>> with_microseconds("2026-05-01T09:00:00.123456789")
    '2026-05-01T09:00:00.123456'
    """
    return NANOSECONDS.sub(r"\1", text)
