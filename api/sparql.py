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
import math
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from string import Template
from urllib.parse import parse_qsl, quote

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, NotAcceptable, UnsupportedMediaType

from rejoinder.api.budget import client_of
from rejoinder.api.errors import retrying
from rejoinder.api.negotiation import HTML, choose, prefers_html
from rejoinder.api.snapshots import served, service
from rejoinder.errors import BadParameter, RejoinderError
from rejoinder.graph.sparql.description import MEDIA_TYPES, service_description
from rejoinder.graph.sparql.guard import Form
from rejoinder.graph.sparql.mistakes import checked
from rejoinder.graph.sparql.protocol import Answer, Query
from rejoinder.graph.sparql.unknown import unknown
from rejoinder.settings import Settings

# What a client may ask for, and what the engine then writes.
JSON_RESULTS = "application/sparql-results+json"
XML_RESULTS = "application/sparql-results+xml"
ROWS = {one: one for one in (JSON_RESULTS, XML_RESULTS, "text/csv", "text/tab-separated-values")} | {
    "application/json": JSON_RESULTS,
    "application/xml": XML_RESULTS,
    "text/xml": XML_RESULTS,
}
TRIPLES = {
    one: one
    for one in (
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
FORM_TYPE, QUERY_TYPE, UPDATE_TYPE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
SILENT = {"text/csv": "csv", "text/tab-separated-values": "tsv"}  # in which an answer cannot say that it was cut
HINTED = 20_000  # characters of a query whose terms are looked up for a program; more would take long
PRINTED = "".join(map(chr, range(32, 127)))  # what a header takes as it is
PARAMETERS = 1_000  # more than any client sends; a bound on the work of reading them
EXAMPLE = Template("""PREFIX rj: <https://w3id.org/rejoinder/ns#>
PREFIX sioc: <http://rdfs.org/sioc/ns#>
# The objections that nobody has addressed and that are sure enough to count, the most pressing first
SELECT ?claim ?text ?author ?status ?rank WHERE {
  ?objection rj:unansweredAt rj:U2 ; rj:status ?status ; rj:rank ?rank ; rj:source ?claim ; rj:confidence ?sure .
  FILTER(?sure >= $least)
  ?claim rj:text ?text .
  OPTIONAL { ?objection rj:raisedBy/sioc:name ?author }
}
ORDER BY DESC(?rank)
LIMIT 20
""")

blueprint = Blueprint("sparql", __name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands below the form: nothing, a refusal, a truth value, a graph as Turtle, or a table of terms.

    Above it stands what the query asks for and is `unknown`.
    """

    title: str = ""
    detail: str = ""
    boolean: bool | None = None
    turtle: str | None = None
    names: tuple[str, ...] | None = None
    table: tuple[tuple[dict[str, str] | None, ...], ...] = ()
    truncated: bool = False
    unknown: tuple[str, ...] = ()


NOTHING = Outcome()


@blueprint.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def sparql() -> Response:
    """Answer a query; without one, describe the service or show the form."""
    parameters = _parameters()
    accept = _accept(parameters)
    try:
        if request.method != "POST" and not any(name in ("query", "update") for name, _ in parameters):
            return _about(accept, [name for name, _ in parameters])
        query, form = _read(parameters, service().settings)
        return _answered(query, form, accept)
    except (RejoinderError, HTTPException) as error:
        if not any(map(prefers_html, (accept, request.headers.get("Accept", "")))):
            raise
        return _refused(_one(parameters, "query") or "", error)


def _refused(query: str, error: RejoinderError | HTTPException) -> Response:
    """The form with what is wrong below it, so that a query is not lost, whatever it was to be answered as."""
    if isinstance(error, RejoinderError):
        return retrying(_page(query, Outcome(error.title, str(error)), error.status), error)
    response = _page(query, Outcome(error.name, error.description or ""), error.code or 500)
    if retry := error.get_response().headers.get("Retry-After"):
        response.headers["Retry-After"] = retry
    return response


# ---------------------------------------------------------------------- parse, guard


def _accept(parameters: list[tuple[str, str]]) -> str:
    """What `accept` asks for, or else the header; raises BadParameter for what names no media type, such as `csv`."""
    asked = _one(parameters, "accept")
    if asked and "/" not in asked:
        raise BadParameter(f"accept: expected a media type, such as text/csv, got {asked[:80]!r}")
    return asked or request.headers.get("Accept", "")


def _parameters() -> list[tuple[str, str]]:
    """Name and value of each parameter in the URL and in a form, in order; the query of a direct POST counts as one."""
    found = _pairs(request.query_string)
    if request.method != "POST":
        return found
    _check_charset()
    if request.mimetype == FORM_TYPE:
        return found + _pairs(request.get_data())
    if request.mimetype == QUERY_TYPE:
        return [*found, ("query", _text(request.get_data()))]
    if request.mimetype == UPDATE_TYPE:
        raise Forbidden("updates are off on this endpoint")
    raise UnsupportedMediaType(f"POST a query as {QUERY_TYPE}, or in a form as {FORM_TYPE}")


def _check_charset() -> None:
    charset = request.mimetype_params.get("charset", "utf-8").strip().lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType("a query is UTF-8 text")


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(encoded), keep_blank_values=True, errors="strict", max_num_fields=PARAMETERS)
    except UnicodeDecodeError:
        raise BadRequest("parameters are percent-encoded UTF-8; these bytes are not") from None
    except ValueError:
        raise BadRequest(f"more than {PARAMETERS} parameters") from None


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise BadRequest(f"a query is UTF-8 text; byte {error.start + 1} is not") from None


def _read(parameters: list[tuple[str, str]], settings: Settings) -> tuple[Query, Form]:
    """The query and its form. One that names a dataset, by FROM or by parameters, sees that; others see everything."""
    text = _query_text(parameters)
    default, named = _graphs(parameters, "default-graph-uri"), _graphs(parameters, "named-graph-uri")
    rows = int(_lowered(parameters, "limit-rows", settings.result_rows))
    seconds = _lowered(parameters, "timeout", settings.query_seconds)
    form = checked(text, settings)
    if default or named:
        return Query(text, rows, seconds, default, named, base_iri=_endpoint()), form
    return Query(text, rows, seconds, union=not form.names_dataset, base_iri=_endpoint()), form


def _query_text(parameters: list[tuple[str, str]]) -> str:
    if any(name == "update" for name, _ in parameters):
        raise (Forbidden if request.method == "POST" else BadRequest)("updates are off on this endpoint")
    queries = _all(parameters, "query")
    if len(queries) != 1:
        raise BadRequest(f"expected one query, got {len(queries)}")
    if not queries[0].strip():
        raise BadRequest("the query is empty")
    return queries[0]


def _all(parameters: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in parameters if key == name)


def _graphs(parameters: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    """The graphs of the dataset that a parameter names; raises BadParameter for what is no IRI."""
    found = _all(parameters, name)
    for one in found:
        try:
            ox.NamedNode(one)
        except ValueError:
            example = "https://example.org/graph"
            raise BadParameter(f"{name}: expected a whole IRI, such as {example}, got {one[:80]!r}") from None
    return found


def _one(parameters: list[tuple[str, str]], name: str) -> str | None:
    return next(iter(_all(parameters, name)), None)


def _lowered(parameters: list[tuple[str, str]], name: str, most: float) -> float:
    """The server's limit, or the client's where that is lower; raises BadParameter."""
    text = _one(parameters, name)
    if text is None:
        return most
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf or (name == "limit-rows" and value < 1):
        raise BadParameter(f"{name}: expected a number above 0, got {text[:40]!r}")
    return min(value, most)


# ---------------------------------------------------------------------- negotiate, answer


def _answered(query: Query, form: Form, accept: str) -> Response:
    formats = ROWS if form.kind in ("SELECT", "ASK") else TRIPLES
    chosen = _chosen(accept, formats, form)
    tag = _tag(query, chosen, served().id)
    if request.method != "POST" and request.if_none_match.contains_weak(tag):
        return _cacheable(Response(status=304), tag)
    if chosen in HTML:
        answer = _run(query, JSON_RESULTS if formats is ROWS else "text/turtle")
        response = _page(query.text, replace(_shown(answer, form), unknown=unknown(served().store, query.text)))
    else:
        answer = _run(query, formats[chosen])
        response = Response(answer.body, content_type=_content_type(chosen))
        if len(query.text) <= HINTED and (said := unknown(served().store, query.text)):
            response.headers["X-Rejoinder-Unknown"] = quote(" | ".join(said), safe=PRINTED)
    if answer.truncated:
        response.headers["X-Rejoinder-Truncated"] = "true"
        if chosen in SILENT:
            response.headers["Content-Disposition"] = f"inline; filename=answer-cut.{SILENT[chosen]}"
    return _cacheable(response, _tag(query, chosen, answer.snapshot))


def _chosen(accept: str, formats: dict[str, str], form: Form) -> str:
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


def _cacheable(response: Response, tag: str) -> Response:
    """Good for as long as the snapshot is; weak, since NOW() and RAND() may give other bytes."""
    response.set_etag(tag, weak=True)
    response.cache_control.no_cache = True
    return response


def _endpoint() -> str:
    public = service().settings.public_url
    return public.rstrip("/") + "/sparql" if public else request.base_url.rstrip("/")


# ---------------------------------------------------------------------- pages


def _about(accept: str, names: list[str]) -> Response:
    """The form, or what the service can do; raises BadParameter where a query was meant, by a misspelt name."""
    for name in get_close_matches("query", names, 1):
        raise BadParameter(f"{name[:40]}: there is no such parameter here; did you mean query?")
    if prefers_html(accept):
        return _page(_example())
    media_type = choose(accept, [*MEDIA_TYPES, *HTML])
    if media_type in HTML:
        return _page(_example())
    return Response(service_description(_endpoint(), media_type), content_type=_content_type(media_type))


def _shown(answer: Answer, form: Form) -> Outcome:
    if form.kind not in ("SELECT", "ASK"):
        return Outcome(turtle=answer.body.decode(), truncated=answer.truncated)
    found = json.loads(answer.body)
    if form.kind == "ASK":
        return Outcome(boolean=found["boolean"])
    names = tuple(found["head"]["vars"])
    table = tuple(tuple(row.get(name) for name in names) for row in found["results"]["bindings"])
    return Outcome(names=names, table=table, truncated=answer.truncated)


def _example() -> str:
    """The query to begin with, which finds what the worklist shows."""
    return EXAMPLE.substitute(least=service().settings.objection_threshold)


def _page(query: str, outcome: Outcome = NOTHING, status: int = 200) -> Response:
    """The form with the query in it, and the outcome below."""
    html = render_template(
        "sparql.html",
        query=query,
        outcome=outcome,
        rows=service().settings.result_rows,
        seconds=service().settings.query_seconds,
        formats={"HTML": "text/html", "JSON": JSON_RESULTS, "CSV": "text/csv", "Turtle": "text/turtle"},
    )
    return Response(html, status, mimetype="text/html")
