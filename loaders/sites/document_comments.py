"""What a document with comments gives, whatever its format: its thread, itself, and the comments on its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rejoinder.loaders.bodies import Body, as_quotation, join_bodies, plain_body
from rejoinder.loaders.sites.manuscript import Manuscript
from rejoinder.records import Comment, Kind, PlatformMove, Record, Thread, ThreadKey

DOCUMENT_ID = "document"  # the id of the document itself
MOST_QUOTED = 2_000  # characters of anchored words that are quoted
SAVE_AS_TEXT = "save it as plain text (UTF-8) to load its words"


def document_records(document: Manuscript, key: ThreadKey, title: str, author: str, created: str) -> Iterator[Record]:
    """The thread of a document, and the document if it has words."""
    yield Thread(key, title or None)
    if document.text.strip():
        body = plain_body(document.text)
        yield Comment(key, DOCUMENT_ID, body.text, author=author or None, created=created or None, links=body.links)


def anchored_comment_records(document: Manuscript, comment: Comment) -> Iterator[Record]:
    """A comment below the words that it is anchored to, unless it answers another, and what it quotes so."""
    quoted = [] if comment.parent else document.anchored_paragraphs(comment.id, MOST_QUOTED)
    quotation = as_quotation("\n\n".join(quoted).split("\n") if quoted else ())
    body = join_bodies([Body(quotation), plain_body(comment.text)])
    parent, author, created = comment.parent or DOCUMENT_ID, comment.author or None, comment.created or None
    yield replace(comment, text=body.text, parent=parent, author=author, created=created, links=body.links)
    yield from paragraph_quotations(comment.thread, comment.id, quoted)


def paragraph_quotations(key: ThreadKey, name: str, quoted: Iterable[str]) -> Iterator[PlatformMove]:
    """The paragraphs that a comment begins with as what it quotes of the document."""
    at = 0
    for number, paragraph in enumerate(quoted, 1):
        start = at + len("> ")
        end, at = start + len(paragraph), start + len(paragraph) + len("\n>\n")
        yield PlatformMove(key, f"{name}:quote:{number}", Kind.QUOTATION, DOCUMENT_ID, "quote", name, start, end)
