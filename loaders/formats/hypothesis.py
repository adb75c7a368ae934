"""Annotations of web pages from Hypothes.is: answers of its search, and what its client exports, in JSON."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.bodies import Body, Dialect, from_markdown, join_bodies
from rejoinder.loaders.containers.documents import Document, json_documents
from rejoinder.loaders.containers.objects import all_objects
from rejoinder.loaders.containers.peek import json_objects
from rejoinder.loaders.mapping import as_scalar
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Reads
from rejoinder.loaders.values.fields import FieldError, Fields
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Comment, Found, Kind, PlatformMove, Record, State, Thread, ThreadKey

NAME = "hypothesis"
SUMMARY = "Hypothes.is: annotations of web pages, as its search answers (rows) or its client exports them"
READS = Reads(
    recognised="objects with `uri` and `target`, and `user` or `references`",
    id="`id`; the thread is the page, by its `uri` without a fragment",
    parent="the last of `references`; without it the page itself, which is not loaded",
    author="`user`, without `acct:` and `@hypothes.is`",
    created="`created`",
    body="the quoted words (`exact` of the TextQuoteSelector) as a quotation, then `text` (Markdown)",
    link="`links.html`, else `links.incontext`",
    states="`hidden`, and a `moderation_status` of DENIED or SPAM, are deleted",
    moves="the quoted words as a quotation of the page",
    ignored="highlights without words that nobody replies to; `updated`, `tags`, `group`, positions on the page",
)

SITE = "hypothes.is"
OWN_AUTHORITY = "@hypothes.is"
QUOTE_MARK = "> "
PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
REFUSED_STATUSES = ("DENIED", "SPAM")
Values = dict[str, object]


def recognises(path: Path, head: str) -> bool:
    """True if there is an object with the fields of an annotation."""
    return any(map(is_annotation, json_objects(head)))


def is_annotation(keys: Collection[str]) -> bool:
    """True if an object with these keys is an annotation."""
    names = set(keys)
    return {"uri", "target"} <= names and bool(names & {"user", "references", "user_info"}) and "id" in names


def load(source: Source) -> Iterator[Found | Problem]:
    """The pages and what is written on them; raises LoadError where the file holds no annotation."""
    scrubber, annotations = Scrubber(), list(annotations_in(source))
    rows = {name: (values, document) for name, values, document in reversed(annotations)}
    if not rows:
        raise LoadError(source.name, 1, "expected annotations with `id`, `uri` and `target`, got none")
    answered = {name for values, _ in rows.values() for name in id_list(values.get("references"))}
    described: set[ThreadKey] = set()
    for name, values, document in annotations:
        fields = Fields({**values, "id": name}, document.line(values["id"]), scrubber)
        try:
            key = ThreadKey(SITE, annotated_page(fields, rows))
            records = annotation_records(fields, key, name in answered)
            if records and key not in described:
                described.add(key)
                records.insert(0, Thread(key, page_title(fields), key.id if key.id.startswith("http") else None))
        except FieldError as error:
            yield Problem(source.name, fields.line, str(error), lost=True)
            continue
        yield from (Found(record, source.name, fields.line) for record in records)
    yield from scrubber.problems(source.name)


def annotations_in(source: Source) -> Iterator[tuple[str, Values, Document]]:
    """The annotations of the file with their ids, in order; one that stands there again only with other words."""
    met = set[tuple[str, str]]()
    for document in json_documents(source):
        for values in all_objects(document.value):
            name = as_scalar(values.get("id"))
            if not is_annotation(values) or not isinstance(name, str) or not name.strip():
                continue
            words = values.get("text")
            if (identity := (name, words if isinstance(words, str) else "")) not in met:
                met.add(identity)
                yield name, values, document


def id_list(value: object) -> list[str]:
    """The ids in a list, which are numbers where a program wrote them so."""
    names = map(as_scalar, value) if isinstance(value, list) else ()
    return [name for name in names if isinstance(name, str)]


def annotated_page(fields: Fields, rows: dict[str, tuple[Values, Document]]) -> str:
    """The address of the page without its fragment; of a reply, that of the annotation at the beginning."""
    first = next(iter(id_list(fields.values.get("references"))), None)
    root = Fields(rows[first][0], fields.line, fields.scrubber) if first in rows else fields
    uri = root.required("uri")
    return uri.partition("#")[0] or uri


def page_title(fields: Fields) -> str | None:
    """The title of the page."""
    document = fields.values.get("document")
    if not isinstance(document, dict):
        return None
    about = Fields(document, fields.line, fields.scrubber)
    titles = about.aside(about.names, "title")
    return titles[0] if titles else None


def annotation_records(fields: Fields, key: ThreadKey, answered: bool) -> list[Record]:
    """The comment that an annotation is, and its quotation of the page; nothing for a mere highlight."""
    name, above = fields.required("id"), references_above(fields)
    written = from_markdown(fields.optional("text") or "", Dialect(base=key.id if key.id.startswith("http") else None))
    quote = "" if above else quoted_words(fields)
    gone = fields.values.get("hidden") is True or fields.values.get("moderation_status") in REFUSED_STATUSES
    if not written.text.strip() and not gone and not (quote and answered):
        return []
    body = join_bodies([Body(quote), written])
    comment = Comment(
        key,
        name,
        body.text,
        parent=above[-1] if above else key.id,
        author=account_name(fields),
        created=fields.iso_moment("created"),
        url=annotation_url(fields),
        states=(State.DELETED,) if gone else (),
        links=body.links,
    )
    if not quote:
        return [comment]
    start = len(QUOTE_MARK)
    return [comment, PlatformMove(key, f"{name}:quote", Kind.QUOTATION, key.id, "quote", name, start, len(quote))]


def references_above(fields: Fields) -> list[str]:
    """The annotations above, from the first on; what is no list of them is told."""
    references = fields.values.get("references")
    reference_fields = Fields(
        {"references": list(map(as_scalar, references)) if isinstance(references, list) else references},
        fields.line,
        fields.scrubber,
    )
    return list(reference_fields.aside(reference_fields.names, "references") or ())


def quoted_words(fields: Fields) -> str:
    """The words of the page that are annotated, as lines of a quotation."""
    for target in fields.objects("target"):
        for selector in Fields(target, fields.line, fields.scrubber).objects("selector"):
            if selector.get("type") == "TextQuoteSelector":
                exact = Fields(selector, fields.line, fields.scrubber).optional("exact") or ""
                lines = [" ".join(line.split()) for line in PARAGRAPH_BREAK.split(exact)]
                return "\n".join(QUOTE_MARK + line for line in lines if line)
    return ""


def account_name(fields: Fields) -> str | None:
    """The name of the account; with its authority where that is another than Hypothes.is itself."""
    account = fields.side_text("user")
    return None if account is None else account.removeprefix("acct:").removesuffix(OWN_AUTHORITY) or None


def annotation_url(fields: Fields) -> str | None:
    """The address of the annotation."""
    links = fields.values.get("links")
    if not isinstance(links, dict):
        return None
    link_fields = Fields(links, fields.line, fields.scrubber)
    return link_fields.side_text("html") or link_fields.side_text("incontext")
