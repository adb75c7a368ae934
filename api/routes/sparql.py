"""`/sparql`: the SPARQL 1.1 Protocol for queries, its Service Description, and a form for people.

Parameters beyond the standard's `query`, `default-graph-uri` and `named-graph-uri`: `limit-rows` and `timeout` (in
seconds) lower the server's own limits, `accept` stands in for the Accept header in a link or a form. All others are
ignored, since clients send `format`, `output` and `results` with many meanings.
An answer that was cut has the header `X-Rejoinder-Truncated: true`, in JSON results also `"truncated": true` in `head`,
and CSV and TSV have a name that says so. Terms of the query that nothing has are named in `X-Rejoinder-Unknown`.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException, NotAcceptable

from rejoinder.api.answering.errors import public_name, with_retry_after
from rejoinder.api.requests import sparql_request
from rejoinder.api.requests.negotiation import HTML, choose, prefers_html
from rejoinder.api.routes import sparql_form
from rejoinder.api.routes.sparql_form import JSON_RESULTS, Outcome
from rejoinder.api.service.budget import client_of
from rejoinder.api.service.snapshots import served_snapshot, service
from rejoinder.api.showing.refusals import refusal
from rejoinder.errors import BadParameter, RejoinderError, StoreError
from rejoinder.graph.sparql.description import MEDIA_TYPES, service_description
from rejoinder.graph.sparql.guard import Form
from rejoinder.graph.sparql.protocol import Answer, Query
from rejoinder.graph.sparql.unknown import unknown_terms

# What a client may ask for, and what the engine then writes.
XML_RESULTS = "application/sparql-results+xml"
ROWS = {mime: mime for mime in (JSON_RESULTS, XML_RESULTS, "text/csv", "text/tab-separated-values")} | {
    "application/json": JSON_RESULTS,
    "application/xml": XML_RESULTS,
    "text/xml": XML_RESULTS,
}
TRIPLES = {
    mime: mime
    for mime in (
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/n-quads",
        "application/trig",
    )
} | {
    "application/turtle": "text/turtle",
    "application/x-turtle": "text/turtle",
    "text/n3": "text/turtle",
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "text/plain": "application/n-triples",
}
UNFLAGGED_FORMATS = {
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}  # in which an answer cannot say that it was cut
LONGEST_HINTED = 20_000  # characters of a query whose terms are looked up for a program; more would take long
HEADER_CHARACTERS = "".join(map(chr, range(32, 127)))  # what a header takes as it is

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def sparql() -> Response:
    """Answer a query; without one, describe the service or show the form."""
    parameters = sparql_request.sent_parameters()
    accept = sparql_request.accept_header(parameters)
    try:
        if request.method != "POST" and not any(name in ("query", "update") for name, _ in parameters):
            return _form_or_description(accept, [name for name, _ in parameters])
        query, form = sparql_request.read_query(parameters, service().settings)
        return _query_response(query, form, accept)
    except (RejoinderError, HTTPException) as error:
        if not any(map(prefers_html, (accept, request.headers.get("Accept", "")))):
            raise
        return _response_to_refusal(sparql_request.parameter_value(parameters, "query") or "", error)


def _form_or_description(accept: str, names: list[str]) -> Response:
    """The form, or what the service can do; raises BadParameter where a query was meant, by a misspelt name."""
    for name in get_close_matches("query", names, 1):
        raise BadParameter(f"{name[:40]}: there is no such parameter here; did you mean query?")
    if prefers_html(accept):
        return sparql_form.page(sparql_form.example())
    try:
        media_type = choose(accept, [*MEDIA_TYPES, *HTML])
    except NotAcceptable as error:
        raise NotAcceptable(f"without a query (query=...) {error.description}") from None
    if media_type in HTML:
        return sparql_form.page(sparql_form.example())
    body = service_description(sparql_request.endpoint(), media_type, _base_iri())
    return Response(body, content_type=_content_type(media_type))


def _base_iri() -> str | None:
    """What the IRIs of the store begin with; None while there is none to answer from."""
    with suppress(StoreError):
        return served_snapshot().base
    return None


def _response_to_refusal(query: str, error: RejoinderError | HTTPException) -> Response:
    """The form with what is wrong below it, so that a query is not lost, whatever it was to be answered as."""
    if isinstance(error, RejoinderError):
        return with_retry_after(_page_of_refusal(query, public_name(error), error.status, str(error), error), error)
    response = _page_of_refusal(query, "", error.code or 500, error.description or error.name)
    if retry := error.get_response().headers.get("Retry-After"):
        response.headers["Retry-After"] = retry
    return response


def _page_of_refusal(query: str, name: str, status: int, detail: str, error: RejoinderError | None = None) -> Response:
    problem = refusal(name, status, detail, error)
    outcome = Outcome(problem.heading, problem.happened if problem.detail else detail, problem.advice)
    return sparql_form.page(query, outcome, status)


def _query_response(query: Query, form: Form, accept: str) -> Response:
    formats = ROWS if form.kind in ("SELECT", "ASK") else TRIPLES
    chosen = _chosen_media_type(accept, formats, form)
    tag = _tag(query, chosen, served_snapshot().id)
    if request.method != "POST" and not form.is_changing and request.if_none_match.contains_weak(tag):
        return _cacheable_response(Response(status=304), tag)
    if chosen in HTML:
        answer = _run(query, JSON_RESULTS if formats is ROWS else "text/turtle")
        outcome = replace(
            sparql_form.outcome_of(answer, form), unknown=unknown_terms(served_snapshot().store, query.text)
        )
        response = sparql_form.page(query.text, outcome)
    else:
        answer = _run(query, formats[chosen])
        response = Response(answer.body, content_type=_content_type(chosen))
        if len(query.text) <= LONGEST_HINTED and (unknown := unknown_terms(served_snapshot().store, query.text)):
            response.headers["X-Rejoinder-Unknown"] = quote(" | ".join(unknown), safe=HEADER_CHARACTERS)
    if answer.truncated:
        response.headers["X-Rejoinder-Truncated"] = "true"
        if chosen in UNFLAGGED_FORMATS:
            response.headers["Content-Disposition"] = f"inline; filename=answer-cut.{UNFLAGGED_FORMATS[chosen]}"
    if form.is_changing:
        response.cache_control.no_store = True
        return response
    return _cacheable_response(response, _tag(query, chosen, answer.snapshot))


def _chosen_media_type(accept: str, formats: dict[str, str], form: Form) -> str:
    """The media type to answer in; raises NotAcceptable with those that an answer to this form of query comes in."""
    try:
        return choose(accept, [*formats, *HTML])
    except NotAcceptable:
        kind = "a table" if formats is ROWS else "a graph"
        written = ", ".join([*dict.fromkeys(formats.values()), HTML[0]])
        raise NotAcceptable(f"{form.kind} gives {kind}, as {written}; not {accept[:80]}") from None


def _run(query: Query, media_type: str) -> Answer:
    client, budget = client_of(request.remote_addr or ""), service().budget
    budget.check(client)
    gone = request.environ.get("waitress.client_disconnected", bool)
    return service().answer(query, media_type, partial(budget.spend, client), lambda: not gone())


def _content_type(media_type: str) -> str:
    """Text formats name their character set; the JSON and XML ones are UTF-8 by definition."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _tag(query: Query, media_type: str, snapshot: str) -> str:
    """Names all that the answer depends on; not the time it may take, since it is whole or none."""
    dataset = [query.default_graphs, query.named_graphs]
    parts = [query.text, dataset, query.rows, media_type, query.base_iri, service().edition]
    return f"{snapshot}-{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]}"


def _cacheable_response(response: Response, tag: str) -> Response:
    """Good for as long as the snapshot is; weak, since rows without an order may come in another."""
    response.set_etag(tag, weak=True)
    response.cache_control.no_cache = True
    return response
