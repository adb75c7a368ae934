"""`/metrics`: what it counts, whatever comes of a request, in the text format of Prometheus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from rejoinder.api.app import create_app
from rejoinder.settings import Settings
from tests import garden
from tests.api.test_pages import ROOT, client_of


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    yield from client_of(garden.store(tmp_path / "s", garden.garden()))


def samples(client: FlaskClient) -> dict[str, float]:
    answer = client.get("/metrics", headers={"Accept": "application/openmetrics-text;q=0.9, text/html;q=0.1"})
    assert (answer.status_code, answer.content_type) == (200, "text/plain; version=0.0.4; charset=utf-8")
    read = [sample for family in text_string_to_metric_families(answer.text) for sample in family.samples]
    return {written(one.name, one.labels): one.value for one in read}


def written(name: str, labels: dict[str, str]) -> str:
    """A sample's name and labels as the format has them."""
    inside = ",".join(f'{label}="{value}"' for label, value in sorted(labels.items()))
    return f"{name}{{{inside}}}" if inside else name


@pytest.mark.parametrize(
    ("path", "counted"),
    [
        ("/unanswered?format=csv", 'route="/unanswered",status="200"'),
        ("/unanswered?page=0", 'route="/unanswered",status="400"'),
        ("/claims/ffffffff", 'route="/claims/<name>",status="404"'),
        ("/threads/a%22b%0Ac", 'route="/threads/<name>",status="404"'),
        ("/nowhere", 'route="none",status="404"'),
        ("/sparql?query=SELECT", 'route="/sparql",status="400"'),
    ],
)
def test_a_request_is_counted_by_its_route_and_what_came_of_it(client: FlaskClient, path: str, counted: str) -> None:
    for many in (1, 2):
        client.get(path)
        found = samples(client)
        assert found[f"rejoinder_requests_total{{{counted}}}"] == many
        assert found[f"rejoinder_request_seconds_total{{{counted.partition(',')[0]}}}"] > 0


def test_a_method_that_there_is_not_makes_no_sample_of_its_own(client: FlaskClient) -> None:
    client.open("/claims", method='X"Y')
    assert samples(client)['rejoinder_requests_total{route="none",status="405"}'] == 1


def test_it_says_what_healthz_says(client: FlaskClient) -> None:
    health, found = client.get("/healthz").get_json(), samples(client)
    assert found[f'rejoinder_snapshot_info{{snapshot="{health["snapshot"]}"}}'] == found["rejoinder_store"] == 1
    assert found["rejoinder_workers"] == health["workers"]
    assert found["rejoinder_free_bytes"] > 0


def test_a_server_without_a_store_answers(tmp_path: Path) -> None:
    found = samples(create_app(tmp_path / "none", Settings()).test_client())
    assert found["rejoinder_store"] == found["rejoinder_workers"] == 0
    assert not [one for one in found if one.startswith("rejoinder_snapshot_info")]


def test_each_metric_is_documented(client: FlaskClient) -> None:
    client.get("/claims")
    told = re.findall(r"^\| `(rejoinder_\w+)` \|", (ROOT / "docs/http.md").read_text("utf-8"), re.MULTILINE)
    assert {sample.partition("{")[0] for sample in samples(client)} == set(told)
