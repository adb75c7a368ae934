"""`/openapi.json`: every route with its parameters and answers, for programs (OpenAPI 3.1.1, spec.openapis.org)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask import Blueprint, Response, current_app, request
from werkzeug.routing import Rule

from rejoinder import __version__
from rejoinder.api.describing.bodies import bodies, problem
from rejoinder.api.describing.schemas import TEXT, Schema, array, component_reference, components, record
from rejoinder.api.requests.formats import FORMATS, OFFERED
from rejoinder.api.requests.parameters import ROUTES, Parameter, route_of
from rejoinder.api.requests.sparql_request import FORM_TYPE, QUERY_TYPE
from rejoinder.api.routes.sparql import ROWS
from rejoinder.api.service.snapshots import service
from rejoinder.api.showing.templating import public_root
from rejoinder.graph.queries.written import as_json
from rejoinder.graph.sparql.description import MEDIA_TYPES

PROBLEM = "application/problem+json"
LEFT_OUT_ENDPOINTS = ("static", "home.favicon")  # what pages are made with
REDIRECTS = (
    *("/claim/", "/move/", "/thread/", "/comment/", "/author/", "/extraction/", "/judgement/", "/aif/"),
    *("/graph/", "/derived/", "/curation/", "/shared", "/origins", "/.well-known/void"),
)
NAME_MEANINGS = {  # of what a part of a path is the name
    "/claims/": "the id of a claim or move, or the beginning of one, of 8 digits or more",
    "/embed/": "the id of a claim or move, or the beginning of one, of 8 digits or more",
    "/claim/": "the id of a claim",
    "/move/": "the id of a move",
    "/threads/": "site and id of a thread, each percent-encoded, with %2F between them",
    "/thread/": "site and id of a thread, each percent-encoded, with %2F between them",
    "/comment/": "site and id of a thread and the id of a comment, each percent-encoded, with %2F between them",
    "/author/": "site and name of an author, each percent-encoded, with %2F between them",
    "/extraction/": "the id of an extraction",
    "/judgement/": "the id of a judgement",
    "/aif/": "site and id of a thread and what names a part of its AIF graph, each percent-encoded",
    **dict.fromkeys(("/graph/", "/derived/", "/curation/"), "site and id of a thread, each percent-encoded"),
    "/views/": "the name of a view",
}

LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")  # in Markdown; it leads nowhere from here

blueprint = Blueprint("openapi", __name__)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """This description of all routes."""
    response = Response(as_json(openapi_document(current_app.url_map.iter_rules())), mimetype=FORMATS["json"])
    response.add_etag()
    response.make_conditional(request)
    return response


def openapi_document(rules: Iterable[Rule]) -> Schema:
    """The document for these routes."""
    url_rules = sorted(
        (rule for rule in rules if rule.endpoint not in LEFT_OUT_ENDPOINTS), key=lambda url_rule: url_rule.rule
    )
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Rejoinder",
            "summary": "Argument maps of comment threads, and the objections nobody has answered.",
            "version": __version__,
            "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": public_root().rstrip("/")}],
        "paths": {
            _path(url_rule): _sparql(url_rule) if url_rule.rule == "/sparql" else {"get": _operation(url_rule)}
            for url_rule in url_rules
        },
        "components": {"schemas": {**components(), "Problem": problem()}},
    }


def _operation(rule: Rule) -> Schema:
    route = route_of(rule.rule)
    if rule.rule.startswith(REDIRECTS):
        answers: Schema = {"303": {"description": "to its page", "headers": {"Location": {"schema": TEXT}}}}
    else:
        answers = {"200": {"description": "as asked", "content": _content(route)}, "304": {"description": "unchanged"}}
    if route == "/healthz":
        answers = {**answers, "503": {"description": "nothing to answer from", "content": _content(route)}}
    parameters = ROUTES.get(route, ())
    return {
        "operationId": _name(rule),
        "summary": _summary(rule),
        "parameters": [*_path_parameters(rule), *map(_query_parameter, parameters), *_format_parameter(route)],
        "responses": {**answers, "default": _problem_response()},
    }


def _content(route: str) -> Schema:
    """What the route answers in, by media type; formats that share one are told apart by `format=` alone.

    What has a shape comes first, for makers of clients take the first for the type of an answer.
    """
    types = [FORMATS[name] for name in OFFERED[route]]
    media: Schema = {}
    if (body := bodies().get(route)) is not None:
        shared = types.count(FORMATS["json"]) > 1
        media[FORMATS["json"]] = {"schema": {"anyOf": [body, {"description": "of other formats"}]} if shared else body}
    return {**media, **{media_type: {} for media_type in types if media_type not in media}}


def _path_parameters(rule: Rule) -> list[Schema]:
    meaning = next((text for start, text in NAME_MEANINGS.items() if rule.rule.startswith(start)), "")
    return [
        {"name": argument, "in": "path", "required": True, "description": meaning, "schema": TEXT}
        for argument in sorted(rule.arguments - set(rule.defaults or {}))
    ]


def _query_parameter(parameter: Parameter) -> Schema:
    meaning = LINK.sub(r"\1", parameter.meaning)
    description = f"{meaning}; by default {parameter.default}" if parameter.default else meaning
    required = {"required": True} if parameter.required else {}
    bounds = {"maximum": service().settings.result_rows} if parameter.name == "rows" else {}
    return {
        "name": parameter.name,
        "in": "query",
        "description": description,
        **required,
        "schema": {**parameter.schema, **bounds},
    }


def _format_parameter(route: str) -> list[Schema]:
    if len(OFFERED.get(route, ())) < 2:
        return []
    description = "which format, instead of what the Accept header likes best"
    schema = {"type": "string", "enum": list(OFFERED[route])}
    return [{"name": "format", "in": "query", "description": description, "schema": schema}]


def _sparql(rule: Rule) -> Schema:
    """The endpoint, by both of its methods (SPARQL 1.1 Protocol, section 2.1)."""
    fields = {
        "query": {**TEXT, "minLength": 1},
        "default-graph-uri": array(TEXT),
        "named-graph-uri": array(TEXT),
        "limit-rows": {"type": "integer", "minimum": 1},
        "timeout": {"type": "number", "exclusiveMinimum": 0},
        "accept": TEXT,
    }
    types: Schema = {key: {} for key in [*dict.fromkeys(ROWS.values()), *MEDIA_TYPES, FORMATS["html"]]}
    responses = {"200": {"description": "the answer", "content": types}, "default": _problem_response()}
    form = {FORM_TYPE: {"schema": record(fields, optional=[*fields][1:])}, QUERY_TYPE: {"schema": TEXT}}
    url = [{"name": name, "in": "query", "schema": schema} for name, schema in fields.items()]
    common = {"summary": _summary(rule), "responses": responses}
    return {
        "get": {"operationId": "sparql", **common, "parameters": url},
        "post": {"operationId": "sparql_post", **common, "parameters": url[1:], "requestBody": {"content": form}},
    }


def _problem_response() -> Schema:
    return {"description": "what is wrong", "content": {PROBLEM: {"schema": component_reference("Problem")}}}


def _name(rule: Rule) -> str:
    """The name of the route's function; one that leads from names of several kinds is called by the kind."""
    kind = (rule.defaults or {}).get("kind")
    return f"{kind}_iri" if kind else rule.endpoint.rpartition(".")[2]


def _summary(rule: Rule) -> str:
    """The first line of what the route's function says of itself."""
    return (current_app.view_functions[rule.endpoint].__doc__ or "").partition("\n")[0]


def _path(rule: Rule) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
