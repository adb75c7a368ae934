"""`/openapi.json`: it is valid, describes every route, and what the server answers is what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from rejoinder.api.app import create_app
from rejoinder.api.requests.formats import FORMATS, OFFERED
from rejoinder.api.requests.parameters import ROUTES
from rejoinder.settings import Settings
from tests import garden
from tests.api.test_pages import ROUTES as SHOWN
from tests.api.test_pages import THREAD, claim_id, client_of, get

WITHOUT = {"/static/{filename}", "/favicon.ico"}
JSON = [path for path, offered in OFFERED.items() if "json" in offered]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    store = garden.store(tmp_path_factory.mktemp("openapi") / "s", garden.garden(), garden.hostile())
    yield from client_of(store)


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found = answer.get_json()
    assert isinstance(found, dict)
    return found


def templates(app: Flask) -> set[str]:
    return {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}


def route_of(template: str) -> str:
    return re.sub(r"\{\w+\}", "<>", template)


def asked(path: str) -> str:
    """An address of the route whose path this is, in which CUT is a claim."""
    if path.startswith("/threads/"):
        return THREAD
    return "/views/claims" if path == "/views/<>" else path.replace("<>", "CUT")


def test_it_is_valid(document: dict[str, Any]) -> None:
    validate(document)


def test_every_route_is_described(client: FlaskClient, document: dict[str, Any]) -> None:
    assert set(document["paths"]) == templates(client.application) - WITHOUT
    for path, item in document["paths"].items():
        methods = {
            method
            for rule in client.application.url_map.iter_rules()
            for method in rule.methods or ()
            if rule.rule == path
        }
        assert {one.upper() for one in item} == (methods or {"GET", "HEAD", "OPTIONS"}) - {"HEAD", "OPTIONS"}
        assert all(operation["summary"].endswith(".") for operation in item.values())
    assert "](" not in str(document)


@pytest.mark.parametrize("path", [*SHOWN, "/embed/claims/CUT"])
def test_the_formats_are_those_that_a_route_answers_in(document: dict[str, Any], path: str) -> None:
    template = path.partition("?")[0].replace("CUT", "{name}").replace(THREAD, "/threads/{name}")
    template = template.replace("/views/claims", "/views/{name}")
    content = document["paths"][template]["get"]["responses"]["200"]["content"]
    formats, _ = SHOWN.get(path, ((), ""))
    assert {FORMATS[one] for one in ("html", *formats)} <= set(content)


@pytest.mark.parametrize("path", JSON)
def test_what_has_a_shape_is_named_first(document: dict[str, Any], path: str) -> None:
    template = next(one for one in document["paths"] if route_of(one) == path)
    first, *others = document["paths"][template]["get"]["responses"]["200"]["content"].items()
    assert (first[0], "schema" in first[1]) == ("application/json", True)
    assert all(shape == {} for _, shape in others)


@pytest.mark.parametrize(
    ("path", "to"), [(path, to) for path, offered in OFFERED.items() for to in offered if path != "/oembed"]
)
def test_each_format_is_answered(client: FlaskClient, path: str, to: str) -> None:
    address = asked(path)
    answer = client.get(address) if path in ("/healthz", "/metrics", "/openapi.json") else get(client, address, to)
    assert (answer.status_code, answer.mimetype) == (200, FORMATS[to])


@pytest.mark.parametrize("path", [path for path in JSON if path != "/openapi.json"])
def test_json_is_as_described(client: FlaskClient, document: dict[str, Any], path: str) -> None:
    template = next(one for one in document["paths"] if route_of(one) == path)
    schema = document["paths"][template]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = schema["anyOf"][0] if "anyOf" in schema else schema  # other formats share the media type
    judge = Draft202012Validator({**schema, "components": document["components"]})
    address, parts = asked(path), {"url": f"http://localhost/claims/{claim_id(client, 'hedge')}"}
    for name in (claim_id(client, "hedge"), move_id(client)):
        answer = client.get(
            address.replace("CUT", name), query_string=parts if path == "/oembed" else {"format": "json"}
        )
        judge.validate(answer.get_json())
        for member in answer.get_json():
            bare = {one: value for one, value in answer.get_json().items() if one != member}
            assert member in ("author_name", "detail") or not judge.is_valid(bare), member


@pytest.mark.parametrize("path", ["/unanswered", "/claims", "/threads", "/judgements"])
def test_each_column_of_a_list_has_one_type(client: FlaskClient, document: dict[str, Any], path: str) -> None:
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    columns = schema["properties"]["rows"]["items"]["properties"]
    for row in client.get(f"{path}?format=json").get_json()["rows"][:1]:
        assert set(row) == set(columns)
    kinds = [one["type"] if isinstance(one["type"], list) else [one["type"]] for one in columns.values()]
    assert {len(set(kind) - {"null"}) for kind in kinds} == {1}


def move_id(client: FlaskClient) -> str:
    (first, *_) = client.get("/unanswered?format=json&confidence=0").get_json()["rows"]
    return str(first["objection"]).rsplit("/", 1)[1]


def test_parameters_are_those_of_the_routes(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        said = {one["name"] for one in item["get"].get("parameters", ()) if one["in"] == "query"} - {"format"}
        if path != "/sparql":
            assert said == {route.name for route in ROUTES.get(route_of(path), ())}, path


BOUNDED = [
    (path, parameter.name, parameter.schema)
    for path, parameters in ROUTES.items()
    for parameter in parameters
    if {"minimum", "enum"} & set(parameter.schema) and path != "/oembed"
]


@pytest.mark.parametrize(("path", "name", "schema"), BOUNDED, ids=lambda one: str(one) if isinstance(one, str) else "")
def test_bounds_are_those_that_are_kept(client: FlaskClient, path: str, name: str, schema: dict[str, Any]) -> None:
    within = [*schema.get("enum", ()), *(schema[one] for one in ("minimum", "maximum") if one in schema)]
    beyond = [schema[one] + by for one, by in (("minimum", -1), ("maximum", 1)) if one in schema] or ["neither"]
    some = "aif" if name == "premises" else "html"
    for values, status in ((within, 200), (beyond, 400)):
        for value in values:
            answer = get(client, f"{asked(path)}?{name}={value}", some)
            assert answer.status_code == status, value


@pytest.mark.parametrize("path", ["/claims/00000000", "/unanswered?level=U9", "/oembed", "/nowhere", "/views/none"])
def test_what_is_wrong_is_as_described(client: FlaskClient, document: dict[str, Any], path: str) -> None:
    answer = client.get(path)
    assert answer.mimetype == "application/problem+json"
    Draft202012Validator(document["components"]["schemas"]["Problem"]).validate(answer.get_json())


def test_it_names_the_server_as_others_reach_it_and_is_revalidated(tmp_path: Path) -> None:
    app = create_app(tmp_path, Settings(public_url="https://maps.example/rejoinder", workers=1))
    first = app.test_client().get("/openapi.json")  # nothing is loaded yet
    assert first.get_json()["servers"] == [{"url": "https://maps.example/rejoinder"}]
    again = app.test_client().get("/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_rows_are_bounded_by_the_setting(tmp_path: Path) -> None:
    app = create_app(tmp_path, Settings(result_rows=123, workers=1))
    known = app.test_client().get("/openapi.json").get_json()["paths"]["/claims"]["get"]["parameters"]
    assert next(one["schema"]["maximum"] for one in known if one["name"] == "rows") == 123


@pytest.mark.parametrize("path", ["/", "/unanswered", "/nowhere"])
def test_the_foot_of_each_page_leads_to_it(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html"}).text
    assert '<a href="/openapi.json">API</a>' in page
