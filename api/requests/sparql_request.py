"""A query as the SPARQL 1.1 Protocol sends it: read out of a request, within the limits of the server."""

from __future__ import annotations

import math
from typing import TypeAlias
from urllib.parse import parse_qsl

import pyoxigraph as ox
from flask import request
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType

from rejoinder.api.service.snapshots import service
from rejoinder.errors import BadParameter, Misfit
from rejoinder.graph.sparql.guard import Form
from rejoinder.graph.sparql.mistakes import check_and_explain
from rejoinder.graph.sparql.protocol import Query
from rejoinder.settings import Settings

FORM_TYPE, QUERY_TYPE, UPDATE_TYPE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
MOST_PARAMETERS = 1_000  # more than any client sends; a bound on the work of reading them

Parameters: TypeAlias = list[tuple[str, str]]  # name and value of each, in order


def sent_parameters() -> Parameters:
    """Name and value of each parameter in the URL and in a form, in order; the query of a direct POST counts as one."""
    pairs = _pairs(request.query_string)
    if request.method != "POST":
        return pairs
    _check_charset()
    if request.mimetype == FORM_TYPE:
        return pairs + _pairs(request.get_data())
    if request.mimetype == QUERY_TYPE:
        return [*pairs, ("query", _text(request.get_data()))]
    if request.mimetype == UPDATE_TYPE:
        raise Forbidden("updates are off on this endpoint")
    raise UnsupportedMediaType(f"POST a query as {QUERY_TYPE}, or in a form as {FORM_TYPE}")


def accept_header(parameters: Parameters) -> str:
    """What `accept` asks for, or else the header; raises BadParameter for what names no media type, such as `csv`."""
    accept = parameter_value(parameters, "accept")
    if accept and "/" not in accept:
        raise BadParameter(Misfit("accept", "a media type, such as text/csv", accept[:80]))
    return accept or request.headers.get("Accept", "")


def read_query(parameters: Parameters, settings: Settings) -> tuple[Query, Form]:
    """The query and its form. One that names a dataset, by FROM or by parameters, sees that; others see everything."""
    text = _query_text(parameters)
    default, named = _graphs(parameters, "default-graph-uri"), _graphs(parameters, "named-graph-uri")
    rows = int(_lowered_limit(parameters, "limit-rows", settings.result_rows))
    seconds = _lowered_limit(parameters, "timeout", settings.query_seconds)
    form = check_and_explain(text, settings)
    if default or named:
        return Query(text, rows, seconds, default, named, base_iri=endpoint()), form
    return Query(text, rows, seconds, union=not form.names_dataset, base_iri=endpoint()), form


def parameter_value(parameters: Parameters, name: str) -> str | None:
    """The first value of a parameter, None where it is not given."""
    return next(iter(_all_values(parameters, name)), None)


def endpoint() -> str:
    """The address of the endpoint, as clients know it."""
    public = service().settings.public_url
    return public.rstrip("/") + "/sparql" if public else request.base_url.rstrip("/")


def _check_charset() -> None:
    charset = request.mimetype_params.get("charset", "utf-8").strip().lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType("a query is UTF-8 text")


def _pairs(encoded: bytes) -> Parameters:
    try:
        return parse_qsl(_text(encoded), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise BadRequest("parameters are percent-encoded UTF-8; these bytes are not") from None
    except ValueError:
        raise BadRequest(f"more than {MOST_PARAMETERS} parameters") from None


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise BadRequest(f"a query is UTF-8 text; byte {error.start + 1} is not") from None


def _query_text(parameters: Parameters) -> str:
    if any(name == "update" for name, _ in parameters):
        raise (Forbidden if request.method == "POST" else BadRequest)("updates are off on this endpoint")
    queries = _all_values(parameters, "query")
    if len(queries) != 1:
        where = f"; one that is no form is sent as {QUERY_TYPE}" if request.method == "POST" and not queries else ""
        raise BadRequest(f"expected one query, got {len(queries)}{where}")
    if not queries[0].strip():
        raise BadRequest("the query is empty")
    return queries[0]


def _all_values(parameters: Parameters, name: str) -> tuple[str, ...]:
    return tuple(value for key, value in parameters if key == name)


def _graphs(parameters: Parameters, name: str) -> tuple[str, ...]:
    """The graphs of the dataset that a parameter names; raises BadParameter for what is no IRI."""
    graphs = _all_values(parameters, name)
    for iri in graphs:
        try:
            ox.NamedNode(iri)
        except ValueError:
            raise BadParameter(Misfit(name, "a whole IRI, such as https://example.org/graph", iri[:80])) from None
    return graphs


def _lowered_limit(parameters: Parameters, name: str, most: float) -> float:
    """The server's limit, or the client's where that is lower; raises BadParameter."""
    text = parameter_value(parameters, name)
    if text is None:
        return most
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf or (name == "limit-rows" and number < 1):
        raise BadParameter(Misfit(name, "a number above 0", text[:40]))
    return min(number, most)
