"""Word documents with comments (.docx, or the XML that Word saves one as): the document, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.finding import read_items
from rejoinder.loaders.containers.peek import xml_root
from rejoinder.loaders.containers.xml import FoundElement, child_words, elements, local_tag
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.recognising.refusal import NoText
from rejoinder.loaders.sites.document_comments import (
    DOCUMENT_ID,
    SAVE_AS_TEXT,
    anchored_comment_records,
    document_records,
)
from rejoinder.loaders.sites.manuscript import Manuscript, xml_attribute
from rejoinder.loaders.sites.skip_log import SkipLog
from rejoinder.loaders.unpacking.word import PACKAGE, PARTS
from rejoinder.loaders.values.fields import FieldError
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Record, State, ThreadKey

NAME = "docx"
SUMMARY = "comments in a Word document (.docx, also as Google Docs and LibreOffice write it), and the document itself"
READS = Reads(
    recognised="a `.docx` with `word/comments.xml`, or the XML that Word saves a document as (`pkg:package`)",
    id="`w:id` of the comment, `document` of the document; the thread is named by the file",
    parent="`w15:paraIdParent` in `commentsExtended.xml`; without it the document",
    author="`w:author`; of the document `dc:creator`",
    created="`w:date`; of the document `dcterms:created`",
    body="the paragraphs of the comment, below the words that it is anchored to, as a quotation; of the document all "
    "paragraphs, with what was inserted and without what was deleted",
    states="resolved where `w15:done` says so",
    moves="the anchored words as a quotation of the document",
    ignored="documents without comments; comments without words; footnotes, headers, pictures, addresses of links; "
    "changes as such; anchored words past the first 2,000 characters",
)

SITE = "docx"
PACKAGE_PART = f"{{{PACKAGE}}}part"


def recognises(path: Path, head: str) -> bool:
    """True for a document as one XML."""
    return xml_root(head) == f"{{{PACKAGE}}}package" and "/word/" in head


def is_row_element(tag: str, depth: int) -> bool:
    """The parts of the package, and the comments in one of them."""
    return (depth == 2 and tag == PACKAGE_PART) or (depth == 5 and local_tag(tag) == "comment")


def load(source: Source) -> Iterator[Found | Problem]:
    """The document and the comments in the order of the file; raises LoadError where there are none."""
    review, scrubber = DocumentReview(ThreadKey(SITE, source.thread_name())), Scrubber()
    end: LoadError | None = None
    try:
        for row in elements(source, is_row_element, scrubber):
            if isinstance(row, Problem):
                yield row
            else:
                review.take(row)
    except LoadError as error:
        end = error
    if review.comments:
        yield from review.records(source.name)
    yield from scrubber.problems(source.name)
    if end is not None:
        raise end
    if not review.comments:
        raise NoText(source.name, 1, f"expected a document with comments, got one without; {SAVE_AS_TEXT}")


@dataclass(slots=True)
class DocumentReview:
    """What a package holds: the document, the comments, and which of them answer others or are done with."""

    key: ThreadKey
    parts: dict[str, FoundElement] = field(default_factory=dict)
    comments: list[FoundElement] = field(default_factory=list)
    skipped: SkipLog = field(default_factory=SkipLog)

    def take(self, row: FoundElement) -> None:
        """Notes a part or a comment."""
        if row.elements_around:
            self.comments.append(row)
        else:
            name = xml_attribute(row.element, "name").lstrip("/")
            kind = next((kind for kind, pattern in PARTS.items() if pattern.fullmatch(name)), None)
            if kind is not None:
                self.parts.setdefault(kind, row)

    def records(self, file: str) -> Iterator[Found | Problem]:
        """The thread, the document, and the comments on it."""
        part = self.parts.get(DOCUMENT_ID)
        document = Manuscript(Element("none") if part is None else part.element)
        line = self.comments[0].line if part is None else part.line
        yield from (Found(record, file, line) for record in self.opening(document))
        above, done = self.relations()
        rows = ((row.line, row) for row in self.comments)
        yield from read_items(rows, lambda row, _: self.comment(row, document, above, done), file)
        yield from self.skipped.problems(file)

    def opening(self, document: Manuscript) -> Iterator[Record]:
        """The thread, and the document if it has words."""
        part = self.parts.get("core")
        several = [] if part is None else part.element.iter()
        facts = next((element for element in several if local_tag(element.tag) == "coreProperties"), None)
        title, author, created = (child_words(facts, name) for name in ("title", "creator", "created"))
        return document_records(document, self.key, title, author, created)

    def relations(self) -> tuple[dict[str, str], set[str]]:
        """The comment that each answers, by its id, and those that are resolved."""
        paragraphs = {
            xml_attribute(element, "paraId"): xml_attribute(row.element, "id")
            for row in self.comments
            for element in row.element.iter()
            if xml_attribute(element, "paraId")
        }
        part = self.parts.get("commentsExtended")
        several = (
            []
            if part is None
            else [element for element in part.element.iter() if local_tag(element.tag) == "commentEx"]
        )
        names = [(paragraphs.get(xml_attribute(element, "paraId"), ""), element) for element in several]
        above = {name: paragraphs.get(xml_attribute(element, "paraIdParent"), "") for name, element in names}
        return above, {name for name, element in names if xml_attribute(element, "done") in ("1", "true", "on")}

    def comment(
        self, row: FoundElement, document: Manuscript, above: dict[str, str], done: set[str]
    ) -> Iterator[Record]:
        """The comment and what it quotes; nothing for one without words; raises FieldError for one without an id."""
        element = row.element
        name, words = xml_attribute(element, "id"), Manuscript(element).text.strip()
        if not name:
            raise FieldError('expected "w:id" of the comment, but there is none')
        if not words:
            self.skipped.note("comments without words", row.line)
            return
        states = (State.RESOLVED,) if name in done else ()
        author, created = xml_attribute(element, "author"), xml_attribute(element, "date")
        comment = Comment(self.key, name, words, above.get(name), author, created, states=states)
        yield from anchored_comment_records(document, comment)
