"""The IRIs of a store, which lead here where its base is this server: to a page, or to RDF about the thing."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, redirect, request
from werkzeug.exceptions import NotAcceptable
from werkzeug.wrappers import Response as AnyResponse

from rejoinder.api.requests.formats import FORMATS, FORMATS_BY_NAME, OFFERED
from rejoinder.api.requests.negotiation import choose
from rejoinder.api.routes.threads import existing_iri, place_of
from rejoinder.api.service.snapshots import served_snapshot
from rejoinder.api.showing import templating
from rejoinder.errors import NotFound
from rejoinder.graph.sparql.answers import TRIPLES
from rejoinder.graph.stores.publish import Snapshot

AIF_PARTS = (3, 4, 6, 5)  # of the IRI of a node of an AIF graph, a participant, an edge and a locution

blueprint = Blueprint("names", __name__)


@blueprint.get("/comment/<path:name>")
def comment(name: str) -> AnyResponse:
    """From the IRI of a comment to its place on the page of its thread; with `highlight=START-END` to these words."""
    snapshot = served_snapshot()
    iri = existing_iri(snapshot, "comment", name, 3)
    if _wants_other_rdf("/threads/<>"):
        return _to_description(iri)
    return redirect(place_of(snapshot, iri.value, request.args.get("highlight", "")), 303)


@blueprint.get("/thread/<path:name>")
def thread_iri(name: str) -> AnyResponse:
    """From the IRI of a thread to its page."""
    iri = existing_iri(served_snapshot(), "thread", name, 2)
    return _to_description(iri) if _wants_other_rdf("/threads/<>") else _to_address(templating.page_of(iri.value))


@blueprint.get("/author/<path:name>")
def author_iri(name: str) -> AnyResponse:
    """From the IRI of an author to the list of what they claim."""
    iri = existing_iri(served_snapshot(), "author", name, 2)
    page = f"{request.script_root}/claims?author={quote(iri.value, safe='')}"
    return _to_description(iri) if _wants_other_rdf("/claims") else redirect(page, 303)


@blueprint.get("/claim/<name>", defaults={"kind": "claim"})
@blueprint.get("/move/<name>", defaults={"kind": "move"})
def claim_iri(name: str, kind: str) -> AnyResponse:
    """From the IRI of a claim or a move to its page."""
    iri = existing_iri(served_snapshot(), kind, name, 1)
    page = f"{request.script_root}/claims/{iri.value.rsplit('/', 1)[-1]}"
    return _to_description(iri) if _wants_other_rdf("/claims/<>") else _to_address(page)


@blueprint.get("/extraction/<name>", defaults={"kind": "extraction"})
@blueprint.get("/judgement/<name>", defaults={"kind": "judgement"})
def made(name: str, kind: str) -> AnyResponse:
    """From the IRI of an extraction or a judgement to what is said of it."""
    return _to_description(existing_iri(served_snapshot(), kind, name, 1))


@blueprint.get("/aif/<path:name>")
def aif(name: str) -> AnyResponse:
    """From the IRI of a part of a kept AIF graph to what is said of it."""
    return _to_description(_aif_iri(served_snapshot(), name))


@blueprint.get("/graph/<path:name>", defaults={"kind": "graph"})
@blueprint.get("/derived/<path:name>", defaults={"kind": "derived"})
@blueprint.get("/curation/<path:name>", defaults={"kind": "curation"})
def graph(name: str, kind: str) -> AnyResponse:
    """From the name of a graph of a thread to the page of the thread."""
    iri = existing_iri(served_snapshot(), "thread", name, 2).value
    path = iri.removeprefix(f"{served_snapshot().base}thread/")
    return _to_triples(f"{kind}/{path}") if _wants_other_rdf("/threads/<>") else _to_address(templating.page_of(iri))


@blueprint.get("/shared", defaults={"kind": "shared"})
@blueprint.get("/origins", defaults={"kind": "origins"})
def graph_of_all(kind: str) -> AnyResponse:
    """From the name of a graph of all threads to its triples."""
    return _to_triples(kind)


@blueprint.get("/.well-known/void")
def void() -> AnyResponse:
    """From where descriptions of data sets are looked for to that of this one."""
    return redirect(f"{request.script_root}/sparql", 303)


def _aif_iri(snapshot: Snapshot, name: str) -> ox.NamedNode:
    for parts in AIF_PARTS:
        try:
            return existing_iri(snapshot, "aif", name, parts)
        except NotFound as error:
            not_found = error
    raise not_found


def _wants_other_rdf(route: str) -> bool:
    """Whether the client likes RDF better than all that this route comes in, and of a kind that it has not."""
    if request.args.get("format"):
        return False
    offered = [FORMATS[name] for name in OFFERED[route] if name not in FORMATS_BY_NAME.get(route, ())]
    others = [triple for triple in TRIPLES if triple not in offered]
    try:
        return choose(request.headers.get("Accept", ""), [*offered, *others]) in others
    except NotAcceptable:
        return False


def _to_description(iri: ox.NamedNode) -> AnyResponse:
    """To all triples that have it as their subject."""
    return _to_query(f"DESCRIBE {iri}")


def _to_triples(graph: str) -> AnyResponse:
    """To all triples of a named graph, whose name below the base this is."""
    return _to_query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{served_snapshot().base}{graph}> {{ ?s ?p ?o }} }}")


def _to_query(query: str) -> AnyResponse:
    return redirect(f"{request.script_root}/sparql?query={quote(query, safe='')}", 303)


def _to_address(address: str) -> AnyResponse:
    """To the address with the query of this request, such as a format."""
    query = request.query_string.decode("latin-1")
    return redirect(f"{address}?{query}" if query else address, 303)
