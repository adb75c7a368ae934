"""A thread's graph back as the Discussion it was built from, so that a later load can add to it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from urllib.parse import unquote

import pyoxigraph as ox

from rejoinder.graph import build
from rejoinder.graph.terms import RJ, TYPE, Names, rj
from rejoinder.records import (
    Comment,
    Discussion,
    Kind,
    Link,
    PlatformMove,
    State,
    StatedClaim,
    StatedMove,
    Thread,
    ThreadKey,
)

Node = dict[str, list[ox.NamedNode | ox.Literal]]
Quads = Callable[[ox.NamedNode], "set[ox.Quad]"]


def discussion(quads: Quads, key: ThreadKey, names: Names) -> Discussion | None:
    """What is stored of a thread, without what an extractor found; None where it was never loaded.

    `quads` gives the quads of a named graph. build(read(x)) is x: a property test holds it so.
    """
    nodes = _nodes(quads(names.graph(key)))
    thread = nodes.get(names.thread(key).value)
    if thread is None:
        return None
    links = _links(nodes.values())
    comments = [_comment(key, node, links[iri]) for iri, node in list(nodes.items()) if _is(node, "Comment")]
    stated = [_stated(key, one.value) for one in thread.get(RJ + "stated", ())]
    claims = [one for one in stated if isinstance(one, StatedClaim)]
    moves = [one for one in stated if isinstance(one, StatedMove)]
    recorded = [one for one in stated if isinstance(one, PlatformMove)]
    return Discussion(
        thread=Thread(
            key=key,
            title=_text(thread, build.TITLE),
            url=_text(thread, build.LINK),
            declared_comments=_number(thread, rj("declaredComments")),
        ),
        comments=tuple(sorted(comments, key=lambda one: (one.position or 0, one.id))),
        stated_claims=tuple(sorted(claims, key=lambda one: one.name)),
        stated_moves=tuple(sorted(moves, key=lambda one: one.name)),
        platform_moves=tuple(sorted(recorded, key=lambda one: one.name)),
    )


def _nodes(quads: set[ox.Quad]) -> dict[str, Node]:
    nodes: dict[str, Node] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        nodes[quad.subject.value][quad.predicate.value].append(quad.object)  # type: ignore[union-attr, arg-type]
    return nodes


def _is(node: Node, name: str) -> bool:
    return any(one.value == RJ + name for one in node.get(TYPE.value, ()))


def _links(nodes: Iterable[Node]) -> dict[str, tuple[Link, ...]]:
    """The links of each comment, by its IRI, in order."""
    found: dict[str, list[Link]] = defaultdict(list)
    for node in nodes:
        for url in node.get(build.LINKS_TO.value, ()):
            start, end = _number(node, rj("start")) or 0, _number(node, rj("end")) or 0
            found[_one(node, rj("inComment")) or ""].append(Link(start, end, url.value))
    return defaultdict(tuple, {iri: tuple(sorted(links)) for iri, links in found.items()})


def _comment(key: ThreadKey, node: Node, links: tuple[Link, ...]) -> Comment:
    parent = _one(node, build.REPLY_OF)
    author = _one(node, build.CREATOR)
    return Comment(
        thread=key,
        id=_text(node, build.SIOC_ID) or "",
        text=_text(node, build.CONTENT) or "",
        parent=_last(parent) if parent else _text(node, rj("missingParent")),
        author=_last(author) if author else None,
        created=_text(node, build.CREATED) or _text(node, rj("createdText")),
        url=_text(node, build.LINK),
        declared_replies=_number(node, rj("declaredReplies")),
        states=tuple(sorted(State(one.value.removeprefix(RJ)) for one in node.get(RJ + "state", ()))),
        position=_number(node, build.POSITION),
        links=links,
    )


def _stated(key: ThreadKey, text: str) -> StatedClaim | StatedMove | PlatformMove:
    """What build.line or build.platform_line made a line of."""
    fields = json.loads(text)
    if "platform" in fields:
        name, kind = fields.pop("platform"), Kind(fields.pop("kind"))
        return PlatformMove(key, name, kind, **fields)
    if "claim" in fields:
        return StatedClaim(key, fields["claim"], fields["comment"], fields["start"], fields["end"])
    return StatedMove(
        thread=key,
        name=fields["move"],
        kind=Kind(fields["kind"]),
        sources=tuple(fields["source"]),
        target=fields["target"],
        comment=fields["comment"],
        confidence=fields["confidence"],
    )


def _one(node: Node, predicate: ox.NamedNode) -> str | None:
    values = node.get(predicate.value)
    return values[0].value if values else None


_text = _one


def _number(node: Node, predicate: ox.NamedNode) -> int | None:
    value = _one(node, predicate)
    return None if value is None else int(value)


def _last(iri: str) -> str:
    """The id at the end of a comment's or author's IRI."""
    return unquote(iri.rsplit("/", 1)[-1])
