"""What was written, as predicates and values: a thread, its comments, and judgements of its moves."""

from __future__ import annotations

import re

import pyoxigraph as ox

from rejoinder.graph.triples.coverage import coverage_of
from rejoinder.graph.triples.date_times import iso_date_time
from rejoinder.graph.triples.lines import platform_line, stated_line
from rejoinder.graph.triples.ntriples import Pairs, Term, boolean, date_time, integer, iri, rj, string
from rejoinder.graph.triples.predicates import (
    ADDRESSED_TO,
    CONTAINER,
    CONTENT,
    CREATED,
    CREATOR,
    LINK,
    POSITION,
    REPLY_OF,
    SIOC_ID,
    TITLE,
)
from rejoinder.graph.triples.terms import IS_A, RJ, Names
from rejoinder.records import Comment, Discussion, Judgement


def thread_pairs(discussion: Discussion) -> Pairs:
    """A thread, how much of it is loaded, and what its source states."""
    thread = discussion.thread
    yield IS_A, rj("Thread")
    yield SIOC_ID, string(thread.key.id)
    yield RJ + "coverage", rj(coverage_of(discussion))
    if thread.title is not None:
        yield TITLE, string(thread.title)
    if thread.url is not None:
        yield LINK, link_term(thread.url)
    if thread.declared_comments is not None:
        yield RJ + "declaredComments", integer(thread.declared_comments)
    yield from ((RJ + "stated", string(stated_line(stated_claim))) for stated_claim in discussion.stated_claims)
    yield from ((RJ + "stated", string(stated_line(stated_move))) for stated_move in discussion.stated_moves)
    yield from ((RJ + "stated", string(platform_line(move))) for move in discussion.platform_moves)


def comment_pairs(comment: Comment, present: set[str], names: Names) -> Pairs:
    """A comment; `present` are the ids of those that are loaded with it."""
    yield IS_A, rj("Comment")
    yield SIOC_ID, string(comment.id)
    yield CONTENT, string(comment.text)
    yield CONTAINER, iri(names.thread(comment.thread))
    if comment.author is not None:
        yield CREATOR, iri(names.author(comment.thread.site, comment.author))
    if comment.parent is not None:
        if comment.parent in present:
            yield REPLY_OF, iri(names.comment(comment.thread, comment.parent))
        else:
            yield RJ + "missingParent", string(comment.parent)
    if comment.created is not None:
        when = iso_date_time(comment.created)
        yield (CREATED, date_time(when)) if when else (RJ + "createdText", string(comment.created))
    if comment.url is not None:
        yield LINK, link_term(comment.url)
    yield from ((RJ + "state", rj(state)) for state in comment.states)
    if not comment.addressed:
        yield RJ + "addressed", boolean(False)
    if comment.to is not None:
        yield ADDRESSED_TO, iri(names.author(comment.thread.site, comment.to))
    yield from _counts(comment)


def _counts(comment: Comment) -> Pairs:
    if comment.declared_replies is not None:
        yield RJ + "declaredReplies", integer(comment.declared_replies)
    if comment.position is not None:
        yield POSITION, integer(comment.position)


def judgement_pairs(judgement: Judgement, names: Names) -> Pairs:
    """What a person says of a move."""
    yield IS_A, rj("Judgement")
    yield RJ + "judgedComment", iri(names.comment(judgement.thread, judgement.comment))
    yield RJ + "judgedKind", rj(judgement.kind)
    yield RJ + "verdict", rj(judgement.verdict)
    if judgement.target is not None:
        yield RJ + "judgedTarget", iri(names.comment(judgement.thread, judgement.target))
    numbers = {"judgedOccurrence": judgement.occurrence, "judgedTargetOccurrence": judgement.target_occurrence}
    yield from ((RJ + name, integer(value)) for name, value in numbers.items() if value is not None)
    texts = {
        "judgedWords": judgement.words,
        "judgedTargetWords": judgement.target_words,
        "judge": judgement.by,
        "because": judgement.note,
    }
    yield from ((RJ + name, string(value)) for name, value in texts.items() if value is not None)


def link_term(url: str) -> Term:
    """A URL as an IRI, or as the string it was where it is none."""
    if url.startswith(("http://", "https://")) and not re.search(r'[\x00-\x20<>"{}|\\^`]', url):
        try:
            return str(ox.NamedNode(url))
        except ValueError:
            pass
    return string(url)
