"""What is wrong with a query is said in words: the place, what was expected and found, and a mark below its line."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.cli import main
from rejoinder.errors import QueryError
from rejoinder.graph.queries.views import VIEWS, find_view
from rejoinder.graph.sparql.mistakes import check_and_explain, explain_refusal, first_mistake
from rejoinder.settings import Settings
from tests.timing import assert_in_proportion

WRONG = {
    "": "1:1: expected PREFIX, SELECT, ASK, CONSTRUCT or DESCRIBE, found the end of the query",
    "SELEC * {}": "1:1: expected PREFIX, SELECT, ASK, CONSTRUCT or DESCRIBE, found 'SELEC'",
    "SELECT {": "1:8: expected a variable, * or (... AS ?x), found '{'",
    "SELECT ?a, ?b { ?a ?p ?b }": "1:10: expected a variable, * or (... AS ?x), or WHERE, found ','",
    "SELECT (COUNT(*) ?n) { ?s ?p ?o }": "1:18: expected an operator, or AS and a variable, found '?n'",
    "SELECT ?x\nWHERE { ?x ?y }": "2:15: expected an object, such as ?x, 5 or 'words', found '}'",
    "SELECT * { ?s ?p ?o ?x }": '1:21: expected ".", ";" or "," behind the object, found \'?x\'',
    "SELECT * { ?s 'p' ?o }": "1:15: expected a predicate, such as ?p or <https://example.org/p>, found \"'p'\"",
    "SELECT * { ?s ?p ?o ORDER BY ?o": "1:21: expected \"}\", which closes the group, before ORDER, found 'ORDER'",
    "SELECT * { { ?s ?p ?o limit 1 } }": "1:23: expected \"}\", which closes the group, before LIMIT, found 'limit'",
    "SELECT * { ?s ?p ?rank } ORDER BY rank": '1:39: expected "(" behind rank, or ?rank if that is a variable, '
    "found the end of the query",
    "SELECT * { ?s ?p ?o FILTER(?o != null) }": '1:38: expected "(" behind null, or ?null if that is a variable, '
    "found ')'",
    "SELECT * { ?s ?p ?o FILTER REGEX ?o }": "1:34: expected \"(\" behind REGEX, found '?o'",
    "SELECT * WHERE ?s ?p ?o": "1:16: expected \"{\", found '?s'",
    "SELECT * {\n  ?s ?p ?o": '2:11: expected "}", which closes the "{" of line 1, column 10, '
    "found the end of the query",
    "SELECT * { ?s ?p ?o }}": "1:22: expected GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET, VALUES or the end of "
    "the query, found '}'",
    "SELECT * { ?s ?p ?o FILTER(?o > ) }": "1:33: expected a value, such as ?x, 5 or 'words', found ')'",
    "SELECT * { ?s ?p ?o FILTER(?o = 1 }": "1:35: expected an operator or \")\", found '}'",
    "SELECT * { ?s ?p ?o FILTER ?o > 3 }": "1:28: expected an expression in brackets, or a call such as REGEX(...), "
    "found '?o'",
    "ASK { ?s ?p ?o FILTER regex(?o 'a') }": '1:32: expected an operator, "," or ")", found "\'a\'"',
    "SELECT * { ?s foaf:name ?o }": "1:15: expected a prefix that is declared, so PREFIX foaf: <...> above, "
    "found 'foaf:name'",
    "ASK { ?s rj:text ?o }": "1:10: expected a prefix that is declared, so PREFIX rj: <https://w3id.org/rejoinder/ns#> "
    "above, found 'rj:text'",
    "ASK { ?s rdfs:label ?o }": "1:10: expected a prefix that is declared, so PREFIX rdfs: "
    "<http://www.w3.org/2000/01/rdf-schema#> above, found 'rdfs:label'",
    "ASK { ?s dcterms:title ?o }": "1:10: expected a prefix that is declared, so PREFIX dcterms: "
    "<http://purl.org/dc/terms/> above, found 'dcterms:title'",
    "SELECT * { ?s ?p ?o } LIMIT 5 ORDER BY ?o": "1:31: expected ORDER BY to stand before LIMIT, found 'ORDER'",
    "SELECT * { ?s ?p ?o } ORDER BY ?o GROUP BY ?o": "1:35: expected GROUP BY to stand before ORDER BY, found 'GROUP'",
    "SELECT * { ?s ?p ?o FILTER(?o > 1 AND ?o < 2) }": "1:35: expected \"&&\", found 'AND'",
    "SELECT * { ?s ?p ?o FILTER(?o = 1 or ?o = 2) }": "1:35: expected \"||\", found 'or'",
    "SELECT * { ?s ?p ?o FILTER(?o == 1) }": "1:32: expected a value, such as ?x, 5 or 'words', "
    "for \"=\" is what compares, found '='",
    "SELECT * { ?s ?p ?o FILTER(?o <> 1) }": "1:32: expected a value, such as ?x, 5 or 'words', "
    "for \"!=\" is what differs, found '>'",
    "SELECT * { ?s ?p ?o FILTER(?o LIKE '%a%') }": "1:31: expected CONTAINS(?x, 'words') or REGEX(?x, 'pattern') "
    "in place of LIKE, found 'LIKE'",
    "PREFIX a <urn:x> ASK {}": "1:8: expected a prefix with its colon, such as ex:, found 'a'",
    "SELECT * { ?s a <a b> }": "1:17: expected an object, such as ?x, 5 or 'words', found '<'",
    "SELECT * {\r\n ?s ?p 'abc \r\n}": "2:8: expected the string that begins here to end with the same mark, "
    'on the same line, found "\'abc"',
    "SELECT * {} ORDER BY": "1:21: expected a variable, or an expression in brackets, found the end of the query",
    "SELECT * {} LIMIT x": "1:19: expected a whole number, found 'x'",
    "SELECT * { OPTIONAL ?s ?p ?o }": "1:21: expected \"{\", found '?s'",
    "DESCRIBE": "1:9: expected an IRI, a variable or *, found the end of the query",
    "ASK { ?s ?p ?o }\u00a0": "1:17: expected a keyword, name, variable, string, number or bracket, found '\\xa0'",
    "ASK\u2003{ ?s ?p ?o }": "1:4: expected a keyword, name, variable, string, number or bracket, found '\\u2003'",
}


def said_of(query: str) -> str:
    """What a query is answered, as the endpoint and the command line do."""
    try:
        check_and_explain(query, Settings())
        ox.Store().query(query)
    except QueryError as error:
        return str(error)
    except SyntaxError as error:
        return explain_refusal(query, str(error))
    raise AssertionError("this is a query")


@pytest.mark.parametrize(("query", "message"), WRONG.items(), ids=map(repr, WRONG))
def test_a_mistake_is_told_by_its_place_and_what_was_expected(query: str, message: str) -> None:
    first, line, mark = said_of(query).split("\n")
    place, _, words = message.partition(": ")
    row, column = map(int, place.split(":"))
    assert first == f"line {row}, column {column}: {words}"
    assert line == "  " + (query.replace("\r\n", "\n").split("\n")[row - 1])
    assert mark == " " * (column + 1) + "^"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(?x) AS ?n) ?y { ?x ?p ?y }",
        "SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }",
        "ASK { <rel> ?p ?o }",
        "SELECT * { _:a ?p ?o . { _:a ?q ?r } }",
    ],
)
def test_what_only_the_engine_sees_is_told_in_words_as_well(query: str) -> None:
    said = said_of(query)
    assert said.startswith("line 1, column ")
    assert said.count("\n") == 2
    assert not [one for one in ("[_]", "unreported", "..=", "expected one of", "error at") if one in said]


@pytest.mark.parametrize(
    ("word", "near"),
    [("CONTAIN", "; did you mean CONTAINS?"), ("strstart", "; did you mean STRSTARTS?"), ("zzz", ""), ("x" * 5000, "")],
    ids=["misspelt", "small", "none", "long"],
)
def test_a_function_that_is_none_is_named_with_that_which_is_near(word: str, near: str) -> None:
    said = said_of(f"SELECT * {{ ?s ?p ?o FILTER({word}(?o, 'a')) }}")
    assert said == f"line 1, column 28: unexpected word {word[:40]!r}{near}"


VALID = [
    *(find_view(name).sparql({}) for name in VIEWS),
    "PREFIX : <urn:x:>\nBASE <urn:y:>\nASK { :a (:b|^:c/!(:d|a))*/:e+ [ :f 1, -2.5e3 ; :g 'x'@en, \"y\"^^:z ; ] }",
    "SELECT DISTINCT ?s (COUNT(DISTINCT *) AS ?n) FROM NAMED <urn:g> WHERE { GRAPH ?g { ?s ?p (1 [] true) } } "
    "GROUP BY ?s (STR(?s) AS ?t) HAVING (COUNT(*) > 1) ORDER BY DESC(?n) ?s LIMIT 5 OFFSET 2",
    "SELECT * { { SELECT ?a { ?a ?b ?c } LIMIT 1 } UNION { VALUES (?a ?b) { (1 UNDEF) } } MINUS { [] a ?c } }",
    "ASK { ?s ?p ?o FILTER(?s<?o&&?o NOT IN (1,2) || !BOUND(?s) && -?o*2>=3) FILTER NOT EXISTS { ?s ?p 1 } }",
    "SELECT (GROUP_CONCAT(?s; SEPARATOR=', ') AS ?x) { ?s ?p ?o . } VALUES ?o { 'a' }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o BIND(IF(?o = 1, 'a', 'b') AS ?x) }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE ?s <urn:a> { ?s a <urn:b> . OPTIONAL { ?s ?p ''' a \"b\" ''' } # }\n}",
]


@pytest.mark.parametrize("query", VALID, ids=range(len(VALID)))
def test_in_what_the_engine_takes_there_is_no_mistake(query: str) -> None:
    ox.Store().query(query)
    assert first_mistake(query) is None


WORDS = [
    *"{}()[].;,a5=<é\u00a0\x1f",
    "SELECT",
    "*",
    "?s",
    "'x'",
    "<urn:a>",
    "x:y",
    "FILTER",
    "AS",
    "LIMIT",
    "@en",
    "^^",
]


@given(st.lists(st.sampled_from([*WORDS, "\n"])).map(" ".join))
def test_anything_is_explained(query: str) -> None:
    assert explain_refusal(query, "error at 1:1: expected [_]").startswith("line ")


@pytest.mark.parametrize("unit", ["{ ", "( ", "?s ?p ?o . ", "'x' ", "FILTER(", "; ", "a", "[ ?p ", "<a>/"])
def test_a_mistake_is_found_in_linear_time(unit: str) -> None:
    def act(query: str) -> None:
        explain_refusal(query, "error at 1:1: expected [_]")

    assert_in_proportion(lambda size: "SELECT * { ?s ?p " + unit * (size // len(unit)), act, small=20_000, floor=0.05)


def test_a_mistake_in_a_file_is_three_lines_and_status_1(tmp_path: Path, example_store: Path) -> None:
    path = tmp_path / "wrong.rq"
    path.write_text("SELECT ?s {\n  ?s ?p ?o\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["query", "--store", str(example_store), str(path)])
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        'Error: line 2, column 11: expected "}", which closes the "{" of line 1, column 11, found the end of the query',
        "    ?s ?p ?o",
        "            ^",
    ]


UNGROUPED = {
    "SELECT ?a ?b (COUNT(?c) AS ?n) { ?a ?b ?c } GROUP BY ?a": "line 1, column 11: ?b is to stand in GROUP BY",
    "SELECT ?a\n  $b { ?a ?b ?c } GROUP BY ?a": "line 2, column 3: $b is to stand in GROUP BY",
    "SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c }": "line 1, column 8: ?a is to stand in GROUP BY",
    "SELECT ?t ?a { ?a ?b ?c } GROUP BY (STR(?b) AS ?t)": "line 1, column 11: ?a is to stand in GROUP BY",
    "SELECT ?x ?n { { SELECT ?x (COUNT(*) AS ?n) { ?x ?y ?z } GROUP BY ?x } } GROUP BY ?x": "11: ?n is to stand in",
    "SELECT (STR(?a) AS ?x) (COUNT(*) AS ?n) { ?a ?b ?c }": "line 1, column 13: ?a is to stand in GROUP BY or within "
    "an aggregate such as COUNT; what is made of it is named there and selected by that name, as in GROUP BY (YEAR(",
    "SELECT (STR(?a) AS ?x) (COUNT(*) AS ?n) { ?a ?b ?c } GROUP BY (STR(?a))": "line 1, column 13: ?a is to stand in",
    "SELECT (COUNT(?b) AS ?n) (?n + STRLEN(?a) AS ?m) { ?a ?b ?c }": "line 1, column 39: ?a is to stand in GROUP BY",
}


@pytest.mark.parametrize("query", UNGROUPED)
def test_a_variable_that_is_not_grouped_is_named(query: str) -> None:
    with pytest.raises(SyntaxError) as refused:
        ox.Store().query(query)
    assert UNGROUPED[query] in explain_refusal(query, str(refused.value))
