"""`/sparql`: the SPARQL 1.1 Protocol for queries, its Service Description, and a form for people.

Parameters beyond the standard's `query`, `default-graph-uri` and `named-graph-uri`: `limit-rows` and `timeout` (in
seconds) lower the server's own limits, `accept` stands in for the Accept header in a link or a form. All others are
ignored, since clients send `format`, `output` and `results` with many meanings.
An answer that was cut has the header `X-Rejoinder-Truncated: true`, in JSON results also `"truncated": true` in `head`.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType

from rejoinder.api.negotiation import HTML, choose, prefers_html
from rejoinder.api.snapshots import served, service
from rejoinder.errors import BadParameter, RejoinderError
from rejoinder.graph.description import MEDIA_TYPES, service_description
from rejoinder.graph.guard import Form
from rejoinder.graph.mistakes import checked
from rejoinder.graph.workers import Answer
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
PARAMETERS = 1_000  # more than any client sends; a bound on the work of reading them
EXAMPLE = """PREFIX rj: <https://w3id.org/rejoinder/ns#>
PREFIX sioc: <http://rdfs.org/sioc/ns#>
# The objections that nobody has addressed, the most pressing first
SELECT ?claim ?text ?author ?status ?rank WHERE {
  ?objection rj:unansweredAt rj:U2 ; rj:status ?status ; rj:rank ?rank ; rj:source ?claim .
  ?claim rj:text ?text .
  OPTIONAL { ?objection rj:raisedBy/sioc:name ?author }
}
ORDER BY DESC(?rank)
LIMIT 20
"""

blueprint = Blueprint("sparql", __name__)


@dataclass(frozen=True, slots=True)
class Request:
    """A query as the protocol carries it."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    rows: int
    seconds: float
    accept: str


@blueprint.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def sparql() -> Response:
    """Answer a query; without one, describe the service or show the form."""
    parameters = _parameters()
    if request.method != "POST" and not any(name in ("query", "update") for name, _ in parameters):
        return _about(_accept(parameters))
    try:
        asked = _read(parameters, service().settings)
        return _answered(asked)
    except RejoinderError as error:
        if not prefers_html(_accept(parameters)):
            raise
        return _page(query=_one(parameters, "query") or "", status=error.status, title=error.title, detail=str(error))


# ---------------------------------------------------------------------- parse


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


def _read(parameters: list[tuple[str, str]], settings: Settings) -> Request:
    if any(name == "update" for name, _ in parameters):
        raise (Forbidden if request.method == "POST" else BadRequest)("updates are off on this endpoint")
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1 or not queries[0].strip():
        raise BadRequest(f"expected one query, got {len(queries)}" if len(queries) != 1 else "the query is empty")
    return Request(
        query=queries[0],
        default_graphs=tuple(value for name, value in parameters if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in parameters if name == "named-graph-uri"),
        rows=int(_lowered(parameters, "limit-rows", settings.result_rows)),
        seconds=_lowered(parameters, "timeout", settings.query_seconds),
        accept=_accept(parameters),
    )


def _one(parameters: list[tuple[str, str]], name: str) -> str | None:
    return next((value for key, value in parameters if key == name), None)


def _accept(parameters: list[tuple[str, str]]) -> str:
    return _one(parameters, "accept") or request.headers.get("Accept", "")


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


# ---------------------------------------------------------------------- guard, negotiate, answer


def _answered(asked: Request) -> Response:
    form = checked(asked.query, service().settings)
    formats = ROWS if form.kind in ("SELECT", "ASK") else TRIPLES
    chosen = choose(asked.accept, [*formats, *HTML])
    tag = _tag(asked, chosen, served().id)
    if request.if_none_match.contains_weak(tag):
        return _cacheable(Response(status=304), tag)
    if chosen in HTML:
        return _result_page(asked, form)
    answer = _run(asked, form, formats[chosen])
    response = Response(answer.body, content_type=_content_type(chosen))
    if answer.truncated:
        response.headers["X-Rejoinder-Truncated"] = "true"
    return _cacheable(response, _tag(asked, chosen, answer.snapshot))


def _run(asked: Request, form: Form, media_type: str) -> Answer:
    """Ask the workers. A query that names a dataset, by FROM or by parameters, sees that; others see everything."""
    client, budget = request.remote_addr or "", service().budget
    budget.check(client)
    named = bool(asked.default_graphs or asked.named_graphs)
    return service().answer(
        asked.query,
        media_type,
        default_graphs=list(asked.default_graphs) if named else None,
        named_graphs=list(asked.named_graphs) if named else None,
        union=not (named or form.names_dataset),
        base_iri=_endpoint(),
        rows=asked.rows,
        seconds=asked.seconds,
        charge=partial(budget.spend, client),
    )


def _content_type(media_type: str) -> str:
    """Text formats name their character set; the JSON and XML ones are UTF-8 by definition."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _tag(asked: Request, media_type: str, snapshot: str) -> str:
    dataset = [asked.default_graphs, asked.named_graphs]
    parts = [asked.query, dataset, asked.rows, media_type, _endpoint(), service().edition]
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


def _about(accept: str) -> Response:
    if prefers_html(accept):
        return _page(query=EXAMPLE)
    media_type = choose(accept, [*MEDIA_TYPES, *HTML])
    if media_type in HTML:
        return _page(query=EXAMPLE)
    return Response(service_description(_endpoint(), media_type), content_type=_content_type(media_type))


def _result_page(asked: Request, form: Form) -> Response:
    """The form with the query in it, and the result below: a table, a truth value, or Turtle."""
    rows = form.kind in ("SELECT", "ASK")
    answer = _run(asked, form, JSON_RESULTS if rows else "text/turtle")
    if not rows:
        return _page(query=asked.query, turtle=answer.body.decode(), truncated=answer.truncated)
    found = json.loads(answer.body)
    if form.kind == "ASK":
        return _page(query=asked.query, boolean=found["boolean"])
    names = found["head"]["vars"]
    table = [[row.get(name) for name in names] for row in found["results"]["bindings"]]
    return _page(query=asked.query, names=names, table=table, truncated=answer.truncated)


def _page(
    *,
    query: str,
    status: int = 200,
    title: str = "",
    detail: str = "",
    boolean: bool | None = None,
    turtle: str | None = None,
    names: list[str] | None = None,
    table: list[list[dict[str, str] | None]] | None = None,
    truncated: bool = False,
) -> Response:
    html = render_template(
        "sparql.html",
        query=query,
        title=title,
        detail=detail,
        boolean=boolean,
        turtle=turtle,
        names=names,
        table=table,
        truncated=truncated,
        formats={"HTML": "text/html", "JSON": JSON_RESULTS, "CSV": "text/csv", "Turtle": "text/turtle"},
    )
    return Response(html, status, mimetype="text/html")
