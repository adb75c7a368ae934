"""SPARQL results as CSV, against what the standard asks for."""

import csv
import io

import pyoxigraph as ox
import pytest

from rejoinder.graph.sparql.results import write_csv


@pytest.mark.parametrize(
    ("term", "field"),
    [
        pytest.param(
            "<https://forum.example/c#char=8,48>", "https://forum.example/c#char=8,48", id="an IRI with a comma"
        ),
        pytest.param("'a,b'", "a,b", id="a comma"),
        pytest.param("'say \"no\"'", 'say "no"', id="quotes"),
        pytest.param("'one\\ntwo\\r\\nthree'", "one\ntwo\r\nthree", id="line ends"),
        pytest.param("1.50", "1.5", id="a number in stored form"),
        pytest.param("'schön'@de", "schön", id="a language"),
        pytest.param("UNDEF", "", id="nothing"),
    ],
)
def test_a_term_comes_back_from_csv(term: str, field: str) -> None:
    out = io.BytesIO()
    write_csv(ox.Store().query(f"SELECT ?x (1 AS ?y) {{ VALUES ?x {{ {term} }} }}"), out)  # type: ignore[arg-type]
    assert list(csv.reader(io.StringIO(out.getvalue().decode(), newline=""))) == [["x", "y"], [field, "1"]]


def test_many_rows_come_in_order_and_whole() -> None:
    store = ox.Store()
    query = "SELECT ?x { VALUES ?x { " + " ".join(f"'row {number}'" for number in range(30_000)) + " } }"
    out = io.BytesIO()
    write_csv(store.query(query), out)  # type: ignore[arg-type]
    assert out.getvalue().decode().split("\r\n") == ["x", *(f"row {number}" for number in range(30_000)), ""]
