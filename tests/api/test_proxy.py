"""Behind a proxy: a path before every address, and whom a query is charged to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from flask.testing import FlaskClient

from rejoinder.settings import Settings
from tests import garden
from tests.api.test_pages import PAGES, claim_id, client_of
from tests.live import serving

PUBLIC = "https://maps.example/talk/forum-1.x/"
SLOW = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?a{one} ?b{one} ?c{one} .' for one in range(6))} }}"
PREFIX = "/talk/forum-1.x"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = garden.store(tmp_path_factory.mktemp("proxy") / "s", garden.garden())
    yield from client_of(folder, replace(Settings(), public_url=PUBLIC))


@pytest.mark.parametrize("passed_on", [True, False], ids=["path passed on", "path taken away"])
@pytest.mark.parametrize("path", PAGES)
def test_every_address_of_a_page_is_below_the_path_and_answers(client: FlaskClient, path: str, passed_on: bool) -> None:
    path = path.replace("CUT", claim_id(client, "hedge"))
    page = client.get(PREFIX + path if passed_on else path, headers={"Accept": "text/html"})
    assert page.status_code == 200
    found = {unescape(one) for one in re.findall(r'(?:href|src|action)=(?:"|&#34;|&quot;)([^"#&]+)', page.text)}
    here = urljoin(PUBLIC, f"/talk/forum-1.x{path}")
    addresses = {urljoin(here, one) for one in found if not one.startswith("https://beds.example")}
    assert len(addresses) > 5 or "embed" in path
    for address in addresses:
        assert address.startswith(PUBLIC), address
        below = address.removeprefix(PUBLIC[:-1])
        with client.get(PREFIX + below if passed_on else below, headers={"Accept": "text/html"}) as answer:
            assert answer.status_code in (200, 303), address
            assert answer.headers.get("Location", PREFIX).startswith(PREFIX)


def test_data_and_the_endpoint_name_the_public_address(client: FlaskClient) -> None:
    assert f"<{PUBLIC}sparql>" in client.get("/sparql", headers={"Accept": "text/turtle"}).text
    assert client.get(f"{PREFIX}/healthz").get_json()["store"] is True
    assert client.get(PREFIX, headers={"Accept": "text/html"}).status_code == 200
    assert client.get("/talk/rest").status_code == 404


@pytest.mark.parametrize(("trusted", "statuses"), [("127.0.0.1", [504, 200, 429]), ("", [504, 429, 429])])
def test_a_trusted_proxy_tells_clients_apart(tmp_path: Path, trusted: str, statuses: list[int]) -> None:
    folder = garden.store(tmp_path / "s", garden.garden())
    with serving(folder, replace(Settings(), client_seconds=0.001, trusted_proxy=trusted), refill=0.001) as server:
        found = []
        for asks, query in (("192.0.2.1", SLOW), ("192.0.2.2", "ASK {}"), ("192.0.2.1", "ASK {}")):
            asked = {"query": query, "timeout": "0.2" if query == SLOW else "60"}
            headers = {"X-Forwarded-For": f"203.0.113.9, {asks}"}
            found.append(httpx.get(server.endpoint, params=asked, headers=headers, timeout=60).status_code)
    assert found == statuses
