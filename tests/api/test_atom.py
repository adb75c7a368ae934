"""The feed of open objections: what an entry says, its times and ids, and that it goes by the filters of the list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from rejoinder.load import load
from rejoinder.settings import Settings
from tests import garden
from tests.api.test_pages import client_of

ATOM = "{http://www.w3.org/2005/Atom}"
COMMENTS = [
    {"id": "a", "thread": "t", "author": "ann", "text": "Trams are slow. Trams are dear."},
    *(
        {"id": name, "thread": "t", "parent": "a", "author": name, "created": created, "text": f"{name}: they are not."}
        for name, created in {
            "bo": "2024-05-01T23:30:00-02:00",
            "cy": "2024-05-03T08:00:00",
            "di": "2024-05-02",
            "ed": "last week",
        }.items()
    ),
    {"claim": "slow", "thread": "t", "comment": "a", "start": 0, "end": 15},
    {"claim": "dear", "thread": "t", "comment": "a", "start": 16, "end": 31},
    *(
        {"claim": name, "thread": "t", "comment": name, "start": 4, "end": 17, "text": "they are not."}
        for name in ("bo", "cy", "di", "ed")
    ),
    *(
        {
            "move": f"{name} {aim}",
            "thread": "t",
            "kind": "Rebuttal",
            "source": name,
            "target": aim,
            "comment": name,
            "confidence": sure,
        }
        for name, aim, sure in (
            *(("bo", "slow", 0.9), ("cy", "slow", 0.8), ("bo", "dear", 0.7)),
            *(("di", "slow", 0.6), ("ed", "slow", 0.55)),
        )
    ),
]


@pytest.fixture(scope="module")
def trams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder: Path = tmp_path_factory.mktemp("trams")
    (folder / "t.jsonl").write_text("\n".join(map(json.dumps, COMMENTS)), encoding="utf-8")
    load(folder / "s", [str(folder / "t.jsonl")], Settings(), report=print)
    yield from client_of(folder / "s")


@pytest.fixture(scope="module")
def hedge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield from client_of(garden.store(tmp_path_factory.mktemp("hedge") / "s", garden.garden()))


def feed(client: FlaskClient, query: str = "", accept: str = "") -> ElementTree.Element:
    answer = client.get(f"/unanswered?{query}", headers={"Accept": accept or "application/atom+xml"})
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml"), answer.text
    return ElementTree.fromstring(answer.data)


def said(element: ElementTree.Element, name: str) -> str:
    found = element.findtext("/".join(f"{ATOM}{part}" for part in name.split("/")))
    assert found is not None
    return found


def links(element: ElementTree.Element) -> dict[str, str]:
    return {one.attrib["rel"]: one.attrib["href"] for one in element.iterfind(f"{ATOM}link")}


def entries(client: FlaskClient, query: str = "") -> list[ElementTree.Element]:
    return feed(client, query).findall(f"{ATOM}entry")


def test_an_entry_says_who_objects_with_which_words_to_what(hedge: FlaskClient) -> None:
    entry, *_ = entries(hedge)
    (row, *_) = hedge.get("/unanswered?format=json").get_json()["rows"]
    assert said(entry, "id") == row["claim"]
    assert said(entry, "title") == "uli: “Beans like some shade anyway.”"
    assert said(entry, "author/name") == "uli"
    assert said(entry, "updated") == "2024-05-04T09:00:00Z"
    assert said(entry, "summary") == (
        "“Beans like some shade anyway.” · against ines: “It shades the beans.” · silent, 90% sure · "
        "Hedge by the beans (coverage partial)"
    )
    page = f"http://localhost/claims/{row['objection'].rsplit('/', 1)[1]}"
    assert links(entry) == {"alternate": page, "related": "https://beds.example/d4"}
    assert hedge.get(page).status_code == 200


def test_a_claim_that_objects_twice_is_one_entry(trams: FlaskClient) -> None:
    ids = [said(entry, "id") for entry in entries(trams)]
    rows = trams.get("/unanswered?format=json").get_json()["rows"]
    assert ids == [row["claim"] for row in rows]
    (also,) = [row["alsoTargetTexts"] for row in rows if row["alsoTargetTexts"]]
    (summary,) = [said(entry, "summary") for entry in entries(trams) if "also against" in said(entry, "summary")]
    assert f" · also against “{also}” · " in summary


def test_an_entry_is_as_sure_as_its_page_says(example_store: Path) -> None:
    for client in client_of(example_store):
        told = {re.findall(r", (\S+) sure · ", said(entry, "summary"))[-1] for entry in entries(client)}
        assert told <= set(re.findall(r"(\d+%) sure it objects", client.get("/unanswered?rows=200").text))
        assert len(told) > 5


def test_each_entry_has_a_time_of_rfc_3339(trams: FlaskClient) -> None:
    times = {said(entry, "author/name"): said(entry, "updated") for entry in entries(trams)}
    assert times == {
        "bo": "2024-05-02T01:30:00Z",
        "cy": "2024-05-03T08:00:00Z",
        "di": "2024-05-02T00:00:00Z",
        "ed": "1970-01-01T00:00:00Z",
    }
    assert said(feed(trams), "updated") == "2024-05-03T08:00:00Z"


def test_the_feed_goes_by_the_filters_of_the_list(trams: FlaskClient) -> None:
    assert [said(entry, "author/name") for entry in entries(trams, "author=cy")] == ["cy"]
    element = feed(trams, "author=cy&level=U1")
    assert said(element, "title") == "Unanswered objections, U1 silent, by cy"
    assert said(element, "id") == links(element)["self"] == "http://localhost/unanswered?author=cy&level=U1&format=atom"
    assert links(element)["alternate"] == "http://localhost/unanswered?author=cy&level=U1&format=html"


def test_a_feed_without_entries_is_whole(hedge: FlaskClient) -> None:
    element = feed(hedge, "level=U5")
    assert (element.findall(f"{ATOM}entry"), said(element, "updated")) == ([], "1970-01-01T00:00:00Z")


def test_a_cut_feed_leads_on(trams: FlaskClient) -> None:
    first = feed(trams, "rows=2")
    rest = feed(trams, links(first)["next"].partition("?")[2], "*/*")
    assert "next" in links(first)
    assert links(rest)["self"] == links(first)["next"]


def test_readers_find_the_feed_from_the_page(hedge: FlaskClient) -> None:
    page = hedge.get("/unanswered?level=U3", headers={"Accept": "text/html"}).text
    told = '<link rel="alternate" type="application/atom+xml" title="Unanswered objections" href="{}">'
    assert told.format("?level=U3&amp;format=atom") in page
    assert links(feed(hedge, "level=U3&format=atom", "text/html"))["self"].endswith("?level=U3&format=atom")
