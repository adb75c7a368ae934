"""`/ns` and `/shapes`: the ontology and the shapes of this version over HTTP, whether or not anything is loaded."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph
from rdflib.compare import isomorphic

from rejoinder.ontology import ontology, shapes
from tests.api.test_pages import client_of

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
GRAPHS = {"/ns": ontology(), "/shapes": shapes()}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield from client_of(tmp_path_factory.mktemp("empty"))


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("/ns", "", "text/turtle"),
        ("/ns", "*/*", "text/turtle"),
        ("/ns", BROWSER, "text/turtle"),
        ("/ns", "application/ld+json, text/turtle;q=0.5", "application/ld+json"),
        ("/ns?format=jsonld", "text/turtle", "application/ld+json"),
        ("/ns?format=turtle", "application/ld+json", "text/turtle"),
        ("/ns/", "", "text/turtle"),
        ("/shapes", "", "text/turtle"),
        ("/shapes", BROWSER, "text/turtle"),
        ("/shapes?format=turtle", "image/png", "text/turtle"),
    ],
)
def test_the_whole_graph_comes_as_it_is_asked_for(client: FlaskClient, path: str, accept: str, media_type: str) -> None:
    response = client.get(path, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, media_type)
    kind = ox.RdfFormat.JSON_LD if media_type.endswith("json") else ox.RdfFormat.TURTLE
    triples = (quad.triple for quad in ox.parse(response.data, format=kind))
    read = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    assert isomorphic(read, GRAPHS[path.partition("?")[0].rstrip("/")])


def test_json_ld_is_read_as_people_read_it(client: FlaskClient) -> None:
    document = client.get("/ns?format=jsonld").get_json(force=True)
    terms = {one["@id"]: one for one in document["@graph"]}
    assert terms["rj:Thread"]["@type"] == "owl:Class"
    assert terms["rj:Thread"]["rdfs:subClassOf"] == {"@id": "sioc:Thread"}
    assert list(terms) == sorted(terms)
    assert json.dumps(document) == json.dumps(client.get("/ns?format=jsonld").get_json(force=True))


@pytest.mark.parametrize("path", ["/ns", "/shapes", "/ns?format=jsonld"])
def test_it_is_not_sent_twice(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "no-cache"
    assert client.get(path, headers={"If-None-Match": client.get("/openapi.json").headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("path", "accept", "status", "says"),
    [
        ("/ns", "text/csv", 406, "this answers in text/turtle, application/ld+json"),
        ("/shapes", "application/ld+json", 406, "this answers in text/turtle"),
        ("/ns?format=csv", "", 400, "format: expected one of turtle, jsonld, got 'csv'"),
        ("/shapes?format=jsonld", "", 400, "format: expected one of turtle, got 'jsonld'"),
        ("/ns?fromat=jsonld", "", 400, "fromat: there is no such parameter here; did you mean format?"),
        ("/ns?format=turtle&format=jsonld", "", 400, "format: expected one value, got 2"),
        ("/ns/Claim", "", 404, ""),
    ],
)
def test_what_is_not_there_is_refused(client: FlaskClient, path: str, accept: str, status: int, says: str) -> None:
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code == status
    assert says in response.get_json(force=True)["detail"]
