"""A discussion and its argument map as triples: what was written and what was found, one named graph a thread."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import pyoxigraph as ox

from rejoinder.graph.triples import aif_layer
from rejoinder.graph.triples.ntriples import Pairs, Term, Triple, boolean, date_time, decimal, integer, iri, rj, string
from rejoinder.graph.triples.terms import DCT, IS_A, PROV, RJ, SCHEMA, SIOC, Names
from rejoinder.records import (
    ArgumentMap,
    AuthorRef,
    Claim,
    Comment,
    Coverage,
    Discussion,
    Extraction,
    Judgement,
    Kind,
    Link,
    Move,
    PlatformMove,
    Span,
    StatedClaim,
    StatedMove,
    ThreadKey,
    kinds,
)

TITLE = DCT + "title"
IDENTIFIER = DCT + "identifier"
CREATED = DCT + "created"
LINK = SIOC + "link"
SIOC_ID = SIOC + "id"
CONTENT = SIOC + "content"
CREATOR = SIOC + "has_creator"
CONTAINER = SIOC + "has_container"
LINKS_TO = SIOC + "links_to"
REPLY_OF = SIOC + "reply_of"
ADDRESSED_TO = SIOC + "addressed_to"
SIOC_NAME = SIOC + "name"
POSITION = SCHEMA + "position"
NAME = SCHEMA + "name"
VERSION = SCHEMA + "softwareVersion"
ATTRIBUTED = PROV + "wasAttributedTo"
GENERATED = PROV + "wasGeneratedBy"

# The profile of ISO 8601 that is also an xsd:dateTime; dates alone are xsd:date and stay text.
# Oxigraph holds 18 digits of a second's fraction, the standard offsets up to 14 hours.
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?")


@dataclass(frozen=True, slots=True)
class Built:
    """The triples of one thread's graph, those of the shared graph that it needs, and those of its judgements.

    `follows` are those that follow from its graph, where they are known.
    """

    key: ThreadKey
    thread: tuple[Triple, ...]
    shared: tuple[Triple, ...]
    curation: tuple[Triple, ...] = ()
    follows: tuple[Triple, ...] | None = None


def build(discussion: Discussion, argument: ArgumentMap, names: Names) -> Built:
    """All triples of a discussion and its map; equal records give equal triples."""
    thread = _triples(_nodes(discussion, argument, names))
    return Built(
        discussion.thread.key,
        thread if discussion.aif is None else tuple(dict.fromkeys(thread)),  # its edges may say one thing several times
        tuple(_shared(discussion, argument, names)),
        _triples((iri(names.judgement(one.name)), _judgement(one, names)) for one in discussion.judgements),
    )


def _triples(nodes: Iterable[tuple[Term, Pairs]]) -> tuple[Triple, ...]:
    """The triples of nodes, each once, as long as no two nodes of one name say the same."""
    return tuple([(subject, *pair) for subject, pairs in nodes for pair in dict.fromkeys(pairs)])


def coverage(discussion: Discussion) -> Coverage:
    """How much of the thread is loaded: complete only where the source declares counts and all of it is here.

    A parent that is missing, or fewer comments or replies than declared, makes it partial; without any count, and
    nothing missing, it is unknown.
    """
    present = {one.id for one in discussion.comments}
    replies: dict[str, int] = {}
    for one in discussion.comments:
        if one.parent is not None:
            replies[one.parent] = replies.get(one.parent, 0) + 1
    declared = discussion.thread.declared_comments
    if any(one.parent is not None and one.parent not in present for one in discussion.comments):
        return Coverage.PARTIAL
    if any((one.declared_replies or 0) > replies.get(one.id, 0) for one in discussion.comments):
        return Coverage.PARTIAL
    if declared is None:
        return Coverage.UNKNOWN
    return Coverage.COMPLETE if len(discussion.comments) >= declared else Coverage.PARTIAL


def iso(text: str) -> str | None:
    """The string as an xsd:dateTime, or None where it is not one.

    >>> iso("2024-02-30T10:00:00Z"), iso("2024-02-29T10:00:00Z"), iso("yesterday")
    (None, '2024-02-29T10:00:00Z', None)
    """
    if not _DATE_TIME.fullmatch(text):
        return None
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text


def _nodes(discussion: Discussion, argument: ArgumentMap, names: Names) -> Iterator[tuple[Term, Pairs]]:
    key = discussion.thread.key
    yield iri(names.thread(key)), _thread(discussion)
    present = {one.id for one in discussion.comments}
    for comment in discussion.comments:
        yield iri(names.comment(key, comment.id)), _comment(comment, present, names)
    links = [(_link_span(one, link), link) for one in discussion.comments for link in one.links]
    for span in sorted(_spans(argument) | {span for span, _ in links}):
        yield iri(names.span(key, span)), _span(key, span, names)
    for span, link in dict.fromkeys(links):
        yield iri(names.span(key, span)), [(LINKS_TO, _link(link.url))]
    for claim in argument.claims:
        yield iri(names.claim(claim.id)), _claim(key, claim, names)
    extraction = iri(names.extraction(argument.extraction))
    for move in argument.moves:
        yield iri(names.move(move.id)), _move(key, move, extraction, names)
    if discussion.aif is not None:
        yield from aif_layer.described(discussion.aif, names)
        yield from aif_layer.derivations(discussion, argument, names)


def _judgement(one: Judgement, names: Names) -> Pairs:
    yield IS_A, rj("Judgement")
    yield RJ + "judgedComment", iri(names.comment(one.thread, one.comment))
    yield RJ + "judgedKind", rj(one.kind)
    yield RJ + "verdict", rj(one.verdict)
    if one.target is not None:
        yield RJ + "judgedTarget", iri(names.comment(one.thread, one.target))
    numbers = {"judgedOccurrence": one.occurrence, "judgedTargetOccurrence": one.target_occurrence}
    yield from ((RJ + name, integer(value)) for name, value in numbers.items() if value is not None)
    texts = {"judgedWords": one.words, "judgedTargetWords": one.target_words, "judge": one.by, "because": one.note}
    yield from ((RJ + name, string(value)) for name, value in texts.items() if value is not None)


def _shared(discussion: Discussion, argument: ArgumentMap, names: Names) -> Iterator[Triple]:
    site = discussion.thread.key.site
    authors = {one.author for part in (discussion.comments, argument.claims, argument.moves) for one in part}
    authors |= {one.to for one in discussion.comments}
    authors |= {end.name for move in argument.moves for end in move.sources if isinstance(end, AuthorRef)}
    for author in sorted(one for one in authors if one is not None):
        node = iri(names.author(site, author))
        yield node, IS_A, rj("Author")
        yield node, SIOC_NAME, string(author)
    if argument.moves:
        node = iri(names.extraction(argument.extraction))
        yield from ((node, predicate, value) for predicate, value in _extraction(argument.extraction))


def _extraction(one: Extraction) -> Pairs:
    yield IS_A, rj("Extraction")
    yield NAME, string(one.name)
    yield VERSION, string(one.version)
    yield RJ + "parameters", string(one.parameters)


def _thread(discussion: Discussion) -> Pairs:
    thread = discussion.thread
    yield IS_A, rj("Thread")
    yield SIOC_ID, string(thread.key.id)
    yield RJ + "coverage", rj(coverage(discussion))
    if thread.title is not None:
        yield TITLE, string(thread.title)
    if thread.url is not None:
        yield LINK, _link(thread.url)
    if thread.declared_comments is not None:
        yield RJ + "declaredComments", integer(thread.declared_comments)
    yield from ((RJ + "stated", string(line(one))) for one in discussion.stated_claims)
    yield from ((RJ + "stated", string(line(one))) for one in discussion.stated_moves)
    yield from ((RJ + "stated", string(platform_line(one))) for one in discussion.platform_moves)


def line(stated: StatedClaim | StatedMove) -> str:
    """A stated claim or move as a line of our JSONL, the form in which it is kept for later loads of its thread."""
    fields: dict[str, object] = {"comment": stated.comment}
    if isinstance(stated, StatedClaim):
        fields |= {"claim": stated.name, "start": stated.start, "end": stated.end}
    else:
        fields |= {"move": stated.name, "kind": stated.kind, "source": stated.sources, "target": stated.target}
        fields |= {"confidence": stated.confidence}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def platform_line(one: PlatformMove) -> str:
    """A platform move as a line of our JSONL; what it does not have is left out."""
    fields = {"platform": one.name, "kind": one.kind, "target": one.target, "cue": one.cue, "comment": one.comment}
    fields |= {"author": one.author, "exact": one.exact}
    offsets = {"start": one.start, "end": one.end}
    known = {name: value for name, value in (*fields.items(), *offsets.items()) if value is not None}
    return json.dumps(known, ensure_ascii=False, sort_keys=True)


def _link_span(comment: Comment, link: Link) -> Span:
    return Span(comment.id, link.start, link.end, comment.text[link.start : link.end])


def _comment(one: Comment, present: set[str], names: Names) -> Pairs:
    yield IS_A, rj("Comment")
    yield SIOC_ID, string(one.id)
    yield CONTENT, string(one.text)
    yield CONTAINER, iri(names.thread(one.thread))
    if one.author is not None:
        yield CREATOR, iri(names.author(one.thread.site, one.author))
    if one.parent is not None:
        if one.parent in present:
            yield REPLY_OF, iri(names.comment(one.thread, one.parent))
        else:
            yield RJ + "missingParent", string(one.parent)
    if one.created is not None:
        when = iso(one.created)
        yield (CREATED, date_time(when)) if when else (RJ + "createdText", string(one.created))
    if one.url is not None:
        yield LINK, _link(one.url)
    yield from ((RJ + "state", rj(state)) for state in one.states)
    if not one.addressed:
        yield RJ + "addressed", boolean(False)
    if one.to is not None:
        yield ADDRESSED_TO, iri(names.author(one.thread.site, one.to))
    yield from _counts(one)


def _counts(one: Comment) -> Pairs:
    if one.declared_replies is not None:
        yield RJ + "declaredReplies", integer(one.declared_replies)
    if one.position is not None:
        yield POSITION, integer(one.position)


def _span(key: ThreadKey, span: Span, names: Names) -> Pairs:
    yield IS_A, rj("Span")
    yield RJ + "inComment", iri(names.comment(key, span.comment))
    yield RJ + "start", integer(span.start)
    yield RJ + "end", integer(span.end)
    yield RJ + "exact", string(span.exact)


def _claim(key: ThreadKey, claim: Claim, names: Names) -> Pairs:
    yield IS_A, rj("Claim")
    yield RJ + "text", string(claim.text)
    yield from ((RJ + "statedIn", iri(names.span(key, span))) for span in claim.spans)
    if claim.author is not None:
        yield ATTRIBUTED, iri(names.author(key.site, claim.author))
    if claim.name is not None:
        yield IDENTIFIER, string(claim.name)


def _move(key: ThreadKey, move: Move, extraction: Term, names: Names) -> Pairs:
    yield from ((IS_A, node) for node in _types(move.kind))
    yield from ((RJ + "source", iri(names.end(key, end))) for end in move.sources)
    yield RJ + "target", iri(names.end(key, move.target))
    yield RJ + "confidence", decimal(move.confidence)
    yield RJ + "method", rj(move.method)
    yield RJ + "cue", string(move.cue)
    yield GENERATED, extraction
    yield from ((RJ + "evidence", iri(names.span(key, span))) for span in move.evidence)
    if move.comment is not None:
        yield RJ + "inComment", iri(names.comment(key, move.comment))
    if move.target_comment is not None:
        yield RJ + "targetComment", iri(names.comment(key, move.target_comment))
    if move.author is not None:
        yield ATTRIBUTED, iri(names.author(key.site, move.author))
    if move.explanation is not None:
        yield RJ + "explanation", string(move.explanation)
    if move.name is not None:
        yield IDENTIFIER, string(move.name)
    if move.judgement is not None:
        yield RJ + "judgement", iri(names.judgement(move.judgement))


@cache
def _types(kind: Kind) -> tuple[Term, ...]:
    return tuple(rj(one) for one in kinds(kind))


def _spans(argument: ArgumentMap) -> set[Span]:
    """Every span that a claim or move points at, once."""
    found = {span for claim in argument.claims for span in claim.spans}
    for move in argument.moves:
        found.update(move.evidence)
        found.update(end for end in (*move.sources, move.target) if isinstance(end, Span))
    return found


def _link(url: str) -> Term:
    """A URL as an IRI, or as the string it was where it is none."""
    if url.startswith(("http://", "https://")) and not re.search(r'[\x00-\x20<>"{}|\\^`]', url):
        try:
            return str(ox.NamedNode(url))
        except ValueError:
            pass
    return string(url)
