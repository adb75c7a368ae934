"""A SPARQL query copied from a page runs unchanged in the clients that people have: curl, SPARQLWrapper, pandas."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pandas
import pytest
from SPARQLWrapper import JSON, SPARQLWrapper

from rejoinder.settings import Settings
from tests.live import Server, serving


@pytest.fixture(scope="module")
def server(example_store: Path) -> Iterator[Server]:
    with serving(example_store, Settings()) as running:
        yield running


@pytest.fixture(scope="module")
def copied(server: Server) -> str:
    """The query as a person copies it from the page of unanswered objections."""
    page = server.client.get(f"{server.url}/unanswered", headers={"Accept": "text/html"}).text
    match = re.search(r"(# Objections that nobody has answered.*?)</(?:textarea|code|pre)>", page, re.DOTALL)
    assert match
    return html.unescape(match[1])


@pytest.fixture(scope="module")
def rows(server: Server) -> int:
    """How many rows the page's own JSON has."""
    answer = server.client.get(f"{server.url}/unanswered", params={"format": "json"}).json()
    assert answer["truncated"] in (True, False)
    return len(answer["rows"])


def test_curl(server: Server, copied: str, rows: int) -> None:
    if not (curl := shutil.which("curl")):
        pytest.skip("needs curl: apt-get install curl")
    command = [curl, "-s", "--data-urlencode", f"query={copied}", "-H", "Accept: text/csv", server.endpoint]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) >= rows + 1


def test_sparqlwrapper(server: Server, copied: str, rows: int) -> None:
    wrapper = SPARQLWrapper(server.endpoint)
    wrapper.setQuery(copied)
    wrapper.setReturnFormat(JSON)
    assert len(wrapper.queryAndConvert()["results"]["bindings"]) >= rows  # type: ignore[index,call-overload]


def test_pandas(server: Server, copied: str, rows: int) -> None:
    table = pandas.read_csv(f"{server.endpoint}?{urlencode({'query': copied, 'accept': 'text/csv'})}")
    assert len(table) >= rows > 0
    assert {"text", "targetText", "status", "rank"} <= set(table.columns)


def test_results_in_the_browser_lead_to_our_own_pages(server: Server) -> None:
    query = "PREFIX rj: <https://w3id.org/rejoinder/ns#> SELECT ?claim { ?claim a rj:Claim } LIMIT 1"
    page = server.client.get(server.endpoint, params={"query": query}, headers={"Accept": "text/html"}).text
    match = re.search(r'<td><a [^>]*href="(/claims/[0-9a-f]{32})"', page)
    assert match
    assert server.client.get(server.url + match[1]).status_code == 200
