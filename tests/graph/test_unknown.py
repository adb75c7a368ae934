"""A term or value that a query asks for and nothing has is named with those near, on the page and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from rejoinder.cli import main
from rejoinder.graph.queries.views import VIEWS, find_view
from rejoinder.graph.sparql.unknown import LONGEST_QUERY, unknown_terms
from rejoinder.graph.stores.publish import Snapshot
from tests.api.test_pages import client_of

RJ = "PREFIX rj: <https://w3id.org/rejoinder/ns#> "
SIOC = "PREFIX sioc: <http://rdfs.org/sioc/ns#> "
FOAF = "PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
MISSPELT = RJ + "SELECT ?x { ?x rj:unanswered rj:U2 }"
NOWHERE = ": no such term is in the ontology or in the store"

SAID = {
    RJ + "SELECT * { ?x rj:txt ?y }": ["rj:txt; near: rj:text"],
    RJ + "SELECT * { ?x a rj:claim }": ["rj:claim; near: rj:Claim, schema:Claim"],
    RJ + "SELECT * { ?x rj:source/rj:txt ?y }": ["rj:txt; near: rj:text"],
    RJ + "SELECT * { ?x rj:text ?y OPTIONAL { ?x rj:confidense ?z } }": ["rj:confidense; near: rj:confidence"],
    RJ + "SELECT * { ?x rj:status ?y FILTER(?y = rj:Decided) }": ["rj:Decided; near: rj:decidedBy, rj:undecided"],
    RJ + "SELECT * { ?x rj:text ?y FILTER NOT EXISTS { ?x rj:rankk ?z } }": ["rj:rankk; near: rj:rank"],
    RJ + "CONSTRUCT { ?x rj:made ?y } WHERE { ?x rj:txt ?y }": ["rj:txt; near: rj:text"],
    SIOC + "SELECT * { ?x sioc:creator ?y }": ["sioc:creator; near: sioc:has_creator, dct:created"],
    FOAF + "SELECT * { ?x foaf:name ?y ; a foaf:Person }": ["foaf:name; near: sioc:name, schema:name", "foaf:Person"],
    "PREFIX rj: <https://w3id.org/rejoinder#> SELECT * { ?x rj:text ?y }": [
        "rj:text; near: <https://w3id.org/rejoinder/ns#text>"
    ],
    "SELECT * { ?x <https://w3id.org/rejoinder/ns#texts> ?y }": [
        "<https://w3id.org/rejoinder/ns#texts>; near: rj:text"
    ],
    f"{RJ}SELECT * {{ ?x rj:{'confidence' * 20_000} ?y }}": [f"rj:{'confidence' * 10}"[:100] + "..."],
    "DESCRIBE <https://rejoinder.example/claim/0>": ["<https://rejoinder.example/claim/0>"],
}
GRAPHS = {
    "SELECT * { GRAPH <urn:none> { ?s ?p ?o } }": "<urn:none>: no such graph is in the store",
    "SELECT * FROM <https://rejoinder.example/thread/forum.example/dishwasher> { ?s ?p ?o }": (
        "<https://rejoinder.example/thread/forum.example/dishwasher>: no such graph is in the store; "
        "near: <https://rejoinder.example/graph/forum.example/dishwasher>, "
    ),
}
VALUES = {
    RJ + "SELECT * { ?x rj:status 'open' }": "'open': no rj:status in the store is this string; there are '",
    RJ + "SELECT * { ?x rj:status 'Silent' }": "'Silent': no rj:status in the store is this string; there are 'silent'",
    RJ + "SELECT * { ?x rj:text ?y ; rj:unansweredAt ?z, 'U2' }": (
        "'U2': no rj:unansweredAt in the store is this string; there are IRIs, such as rj:U2"
    ),
    RJ + 'SELECT * { [] rj:method "model" }': (
        '"model": no rj:method in the store is this string; there are IRIs, such as rj:model'
    ),
    RJ + SIOC + "SELECT * { ?x rj:raisedBy/sioc:name 'ledgerlin' }": (
        "'ledgerlin': no sioc:name in the store is this string; there are 'ledgerline'"
    ),
    SIOC + "SELECT * { ?x sioc:has_creator 'marta_k' }": (
        "'marta_k': no sioc:has_creator in the store is this string; there are IRIs, such as "
        "<https://rejoinder.example/author/forum.example/marta_k>"
    ),
    RJ + "SELECT * { ?x rj:confidence '0.5' }": (
        "'0.5': no rj:confidence in the store is this string; there are values of the type "
        "<http://www.w3.org/2001/XMLSchema#decimal>"
    ),
    f"{RJ}SELECT * {{ ?x rj:text '{'nobody ' * 30_000}' }}": f"'{('nobody ' * 30)[:99]}...: no rj:text in",
    RJ + "SELECT * { ?x rj:status ?y FILTER(?y = 'open') }": "'open': no rj:status in the store is this string; there",
    RJ + "SELECT * { ?x rj:rank ?y FILTER('open' = $z && ?y > 0.1 + 0.1) OPTIONAL { ?x rj:status ?z } }": (
        "'open': no rj:status in the store is this string; there are '"
    ),
    RJ + "SELECT * { ?x rj:status ?y FILTER(?y IN ('silent', 'unadressed', STR(?x))) }": (
        "'unadressed': no rj:status in the store is this string; there are 'unaddressed'"
    ),
    RJ + "SELECT (COUNT(*) AS ?n) { ?x rj:unansweredAt ?y FILTER(STR(?x) = 'a' || ?y = 'U2') } GROUP BY ?y": (
        "'U2': no rj:unansweredAt in the store is this string; there are IRIs, such as rj:U2"
    ),
    RJ + "SELECT * { ?x rj:status ?y BIND(IF(?y = 'open', 1, 0) AS ?z) }": "'open': no rj:status in the store is",
    RJ + "SELECT * { ?x rj:source/rj:text ?y } HAVING(?y = 'a') ": "'a': no rj:text in the store is this string",
    RJ + "SELECT * { ?x rj:status ?y FILTER(?y = 'open') { ?x rj:status 'open', ?y } }": "'open': no rj:status in",
    RJ + "SELECT * { ?x rj:text 'nobody said this' }": "'nobody said this': no rj:text in the store is this string",
    RJ + "SELECT * { ?x rj:unansweredAt rj:U5 }": (
        "rj:U5: this level is in no graph, as it depends on all that is loaded; the worklist asks for it"
    ),
}
NO_VALUE = ": nothing in the query gives this variable a value"
VARIABLES = {
    RJ + "SELECT ?x ?txt { ?x rj:text ?text }": [f"?txt{NO_VALUE}; near: ?text"],
    RJ + "SELECT ?x { ?x rj:text ?text } ORDER BY DESC($rank)": [f"$rank{NO_VALUE}"],
    RJ + "SELECT ?x { ?x rj:rank ?rank FILTER(?rnk > 0.5 && ?rnk < 1) }": [f"?rnk{NO_VALUE}; near: ?rank"],
    RJ + "SELECT ?who (COUNT(?objections) AS ?n) { ?objection rj:raisedBy ?who } GROUP BY ?who": [
        f"?objections{NO_VALUE}; near: ?objection"
    ],
    RJ + "SELECT ?x { ?x rj:text ?text BIND(STRLEN(?tex) AS ?long) } GROUP BY ?y HAVING(?long > ?z)": [
        f"?tex{NO_VALUE}; near: ?text",
        f"?y{NO_VALUE}",
        f"?z{NO_VALUE}",
    ],
    RJ + "CONSTRUCT { ?x rj:text ?words } WHERE { ?x rj:text ?word }": [f"?words{NO_VALUE}; near: ?word"],
    RJ + "SELECT ?x { ?x rj:txt ?text FILTER(?b) }": [f"rj:txt{NOWHERE}; near: rj:text", f"?b{NO_VALUE}"],
    f"SELECT ?{'x' * 300} {{ ?s ?p ?o }}": [f"?{'x' * 99}...{NO_VALUE}"],
}
LOST = {  # queries of a sub-select within GRAPH ?g, of which the engine asks all graphs at once
    "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }": "?g",
    "SELECT ?where ?s { GRAPH $where { ?s ?q ?r { SELECT DISTINCT ?s { ?s ?p ?o } LIMIT 1 } } }": "?where",
    "SELECT ?g { GRAPH ?g { ?s ?p ?o FILTER NOT EXISTS { { SELECT * { ?s ?q 1 } } } } }": "?g",
    "SELECT ?g ?h { GRAPH ?g { ?s ?p ?o GRAPH ?h { SELECT ?g { ?a ?b ?c } } } }": "?h",
    "SELECT ?g ?s { { GRAPH ?g { SELECT ?g ?s { ?s ?p ?o { SELECT ?s { ?s ?q ?r } } } } } UNION { ?s ?p ?g } }": "?g",
}
UNASKED = {  # queries with a GRAPH ?g that looks into no graph
    "SELECT ?g ?s { GRAPH ?g { GRAPH <https://rejoinder.example/shared> { ?s ?p ?o } } }": "?g",
    "SELECT ?g ?h { GRAPH ?g { { GRAPH ?h { ?s ?p ?o } } UNION { VALUES ?s { 1 } } } }": "?g",
    "SELECT ?h { GRAPH ?g { ?a ?b ?c GRAPH ?h { VALUES ?s { 1 2 } } } }": "?h",
}
NOTHING = [
    "SELECT ?g { GRAPH ?g { } }",
    "SELECT ?g ?s { GRAPH ?g { BIND(1 AS ?s) } }",
    "SELECT ?g ?s { GRAPH ?g { VALUES ?s { 1 } OPTIONAL { ?s ?p ?o } } }",
    "SELECT ?g ?s { GRAPH ?g { ?a ?b ?c GRAPH <https://rejoinder.example/shared> { ?s ?p ?o } } }",
    "SELECT ?g ?n { { SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g } GRAPH ?g { ?a ?b ?c } }",
    "SELECT ?g ?s { GRAPH ?g { SELECT ?s $g { ?s ?p ?o } } GRAPH ?g { ?s ?p ?o } { SELECT ?s { ?s ?q ?r } } }",
    "SELECT ?g ?s { GRAPH ?g { GRAPH <https://rejoinder.example/shared> { SELECT ?s { ?s ?p ?o } } ?s ?q ?r } }",
    "SELECT ?g ?s { VALUES ?g { <urn:a> } VALUES (?s ?p) { (1 2) } FILTER(?p > 1) }",
    "SELECT ?g ?n { { SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p [] } } GROUP BY ?g } }",
    "SELECT ?y (1 AS ?z) { ?s ?p ?o } GROUP BY (STR(?o) AS ?y) ORDER BY $z",
    "SELECT ?o { ?s ?p ?o FILTER EXISTS { ?o ?q ?r FILTER(?r != ?s) } MINUS { ?o ?p ?t FILTER(BOUND(?t)) } }",
    "DESCRIBE ?x",
    "SELECT ?none { << ?s ?p ?o >> ?q ?r }",
    RJ + "SELECT * { ?x rj:status 'silent' }",
    RJ + "SELECT * { ?x rj:status 'silent'@en, 'open'^^<urn:type>, 'op\\u0065n' }",
    RJ + "SELECT * { ?x rj:text|rj:status 'open' ; ^rj:text 'open' ; rj:source+ 'open' }",
    RJ + "SELECT * { ?x rj:verdict 'wrong' }",
    RJ + "SELECT * { ?x rj:status ?y FILTER(?y = 'silent' && ?y IN ('silent')) }",
    RJ + "SELECT * { ?x rj:status ?y FILTER(?y != 'open' || ?y NOT IN ('open') || !(?y = 'open')) }",
    RJ + "SELECT * { ?x rj:status ?y FILTER(STR(?y) = 'open' || ?y = 'open'@en || ?y + ?y = 'open' || !?y = 'open') }",
    RJ + "SELECT * { ?x rj:status ?y FILTER(?y = 'op\\u0065n' || ?y = ?x || 'open' = 'open' || ?y IN (?x)) }",
    RJ + "SELECT * { { ?x rj:status ?y } UNION { ?x rj:text ?y } FILTER(?y = 'open') }",
    RJ + "SELECT * { ?x rj:status|rj:cue ?y FILTER(?y = 'open') }",
    RJ + "SELECT * { ?x rj:status ?y VALUES ?y { 'open' } FILTER(?y = 'open') }",
    RJ + "SELECT * { ?x rj:status ?z BIND(?z AS ?y) FILTER(?y = 'open') }",
    RJ + "SELECT (?z AS ?y) { ?x rj:status ?y, ?z } GROUP BY (STR(?z) AS ?y) HAVING(?y = 'open')",
    RJ + "SELECT * { ?x ?y ?z FILTER(?z = 'open' || ?y = 'open' || ?x = 'open' || ?x = ?z) }",
    RJ + "SELECT * { ?y rj:status ?y FILTER(?y = 'open') }",
    RJ + "SELECT * { GRAPH ?y { ?x rj:status ?y } FILTER(?y = 'open') }",
    RJ + "CONSTRUCT { ?x rj:status ?y } WHERE { ?x rj:method/rj:text|rj:cue ?y FILTER(?y = 'open') }",
    "SELECT * { ?s ?p ?o }",
    RJ + "SELECT * { ?x a rj:Undercut, rj:Dismissal }",
    RJ + "CONSTRUCT { ?x <urn:mine> <urn:also> } WHERE { ?x rj:text ?y }",
    RJ + "SELECT * { ?x rj:rank ?y FILTER(<http://www.w3.org/2001/XMLSchema#double>(?y) > 0.5) }",
    RJ + "SELECT * { ?x rj:text ?y FILTER(DATATYPE(?y) = <http://www.w3.org/2001/XMLSchema#string>) }",
    RJ + "SELECT * { ?x rj:text 'a'^^<urn:type> }",
    RJ + "SELECT * { ?x rj:text ?y VALUES ?z { <urn:z> } }",
    "SELECT * { _:b ?p <relative> }",
    "SELECT * FROM <https://rejoinder.example/shared> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { GRAPH <https://rejoinder.example/derived/forum.example/dishwasher> { ?s ?p ?o } }",
    RJ + "SELECT * { ?x rj:txt ?y } #" + "x" * LONGEST_QUERY,
    *(find_view(name).sparql({}) for name in VIEWS),
]


@pytest.fixture(scope="module")
def client(example_store: Path) -> Iterator[FlaskClient]:
    yield from client_of(example_store)


@pytest.mark.parametrize("query", SAID, ids=lambda one: one[-60:])
def test_what_nothing_has_is_named_with_what_is_near(example: Snapshot, query: str) -> None:
    said = [f"{name}{NOWHERE}{sign}{near}" for name, sign, near in (one.partition("; near") for one in SAID[query])]
    assert list(unknown_terms(example.store, query)) == said


@pytest.mark.parametrize("query", VALUES, ids=lambda one: one[-40:])
def test_a_value_that_its_property_has_nowhere_is_named_with_those_that_it_has(example: Snapshot, query: str) -> None:
    (said,) = unknown_terms(example.store, query)
    assert said.startswith(VALUES[query])


@pytest.mark.parametrize("query", VARIABLES, ids=lambda one: one[-40:])
def test_a_variable_that_gets_no_value_is_named_with_those_that_do(example: Snapshot, query: str) -> None:
    assert list(unknown_terms(example.store, query)) == VARIABLES[query]


@pytest.mark.parametrize("query", GRAPHS)
def test_a_graph_that_is_none_is_named_with_those_near(example: Snapshot, query: str) -> None:
    (said,) = unknown_terms(example.store, query)
    assert said.startswith(GRAPHS[query])


@pytest.mark.parametrize("query", LOST)
def test_a_sub_select_that_loses_its_graph_is_told(example: Snapshot, query: str) -> None:
    (said,) = unknown_terms(example.store, query)
    assert said.startswith(f"{LOST[query]}: the engine loses this variable in SELECT within GRAPH {LOST[query]}, and")
    assert said.endswith(f"{{ SELECT {LOST[query]} ... {{ GRAPH {LOST[query]} {{ ... }} }} GROUP BY {LOST[query]} }}")


@pytest.mark.parametrize("query", UNASKED)
def test_a_graph_that_nothing_asks_is_told(example: Snapshot, query: str) -> None:
    (said,) = unknown_terms(example.store, query)
    name = UNASKED[query]
    assert said.startswith(f"{name}: the engine gives this variable no value where GRAPH {name} holds only")


@pytest.mark.parametrize("query", [*UNASKED, "SELECT ?g { GRAPH ?g { BIND(1 AS ?s) } }", "SELECT ?g { GRAPH ?g { } }"])
def test_such_a_variable_has_no_value_and_any_other_has(example: Snapshot, query: str) -> None:
    """Once one of the first has, the engine is mended and need not be told of."""
    variable = UNASKED.get(query, "?g")[1:]
    rows = list(example.store.query(query))  # type: ignore[arg-type]
    assert rows
    assert all((row[variable] is None) == (query in UNASKED) for row in rows)


def test_what_is_advised_in_its_place_counts_each_graph(example: Snapshot) -> None:
    """Once the first of these is as the second, the engine is mended and need not be told of."""
    within, around = (
        {row["g"]: row["n"] for row in example.store.query(query)}  # type: ignore[union-attr]
        for query in (
            "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }",
            "SELECT ?g ?n { { SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g } }",
        )
    )
    graphs = set(example.store.named_graphs())
    assert (set(around), set(within)) == (graphs, {None})


@pytest.mark.parametrize("query", NOTHING, ids=lambda one: one[:60])
def test_nothing_is_said_of_what_is_known_made_or_no_name(example: Snapshot, query: str) -> None:
    assert unknown_terms(example.store, query) == ()


def test_every_predicate_and_class_of_the_store_is_near_to_its_misspelling(example: Snapshot) -> None:
    found = example.store.query(
        "SELECT DISTINCT ?t { { ?s ?t ?o } UNION { ?s a ?t } }", use_default_graph_as_union=True
    )
    terms = [term for row in found if "rdf-syntax" not in (term := row["t"].value)]  # type: ignore[union-attr]
    assert len(terms) > 40
    for term in terms:
        (said,) = unknown_terms(example.store, f"SELECT * {{ ?s ?p <{term}{term[-1]}> }}")
        assert f":{term.rpartition('#')[2].rpartition('/')[2]}" in said


def test_the_page_says_it_and_the_protocol_in_a_header(client: FlaskClient) -> None:
    page = client.get(f"/sparql?query={quote(MISSPELT)}", headers={"Accept": "text/html"}).text
    assert f"rj:unanswered{NOWHERE}; near: rj:unansweredAt" in page
    for accept in ("application/sparql-results+json", "text/csv", "application/sparql-results+xml"):
        response = client.get(f"/sparql?query={quote(MISSPELT)}", headers={"Accept": accept})
        assert "near" not in response.text
        assert response.headers["X-Rejoinder-Unknown"].startswith(f"rj:unanswered{NOWHERE}; near: rj:unansweredAt")
        assert "X-Rejoinder-Unknown" in response.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    ("query", "header"),
    [
        (RJ + "SELECT * { ?x rj:text ?y }", None),
        (RJ + "SELECT * { ?x rj:txt ?y } #" + "x" * 20_000, None),
        (
            RJ + "SELECT * { ?x rj:txt ?y ; rj:rankk ?z }",
            f"rj:txt{NOWHERE}; near: rj:text | rj:rankk{NOWHERE}; near: rj:rank",
        ),
        (RJ + "SELECT * { ?x rj:größe ?y }", f"rj:gr%C3%B6%C3%9Fe{NOWHERE}"),
        (RJ + "CONSTRUCT WHERE { ?x rj:txt ?y }", f"rj:txt{NOWHERE}; near: rj:text"),
    ],
    ids=["known", "long", "two", "letters", "graph"],
)
def test_the_header_holds_all_of_it_in_ascii(client: FlaskClient, query: str, header: str | None) -> None:
    response = client.post("/sparql", data=query.encode(), content_type="application/sparql-query")
    assert (response.status_code, response.headers.get("X-Rejoinder-Unknown")) == (200, header)


@pytest.mark.parametrize("to", ["table", "json", "csv"])
def test_the_command_says_it_on_standard_error(example_store: Path, runner: CliRunner, to: str) -> None:
    done = runner.invoke(main, ["query", "--store", str(example_store), "--format", to, "-"], input=MISSPELT)
    assert done.exit_code == 0
    assert f"(rj:unanswered{NOWHERE}; near: rj:unansweredAt" in done.stderr
    assert "near" not in done.stdout
