"""oEmbed: the frame of a claim from the address of its page, for addresses of this server and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from rejoinder.api.routes.oembed import TITLE_LENGTH
from rejoinder.graph.maps.lettering import flat_text
from rejoinder.settings import Settings
from tests import garden
from tests.api.test_pages import claim_id, client_of

OURS = "http://localhost/"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    store = garden.store(tmp_path_factory.mktemp("garden") / "s", garden.garden(), garden.hostile())
    yield from client_of(store, Settings(workers=1))


def asked(client: FlaskClient, address: str, **others: str | int) -> TestResponse:
    """What is said of an address, in which CLAIM is the id of the claim about the hedge."""
    url = address.replace("CLAIM", claim_id(client, "hedge"))
    return client.get("/oembed", query_string={"url": url, **others})


class Tags(HTMLParser):
    """The tags of a piece of HTML with their attributes, and the text outside of them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("address", "depth"),
    [
        (f"{OURS}claims/CLAIM", 2),
        (f"{OURS}claims/CLAIM/", 2),
        (f"{OURS}claims/CLAIM?depth=3#where", 3),
        (f"{OURS}claims/CLAIM?limit=3&depth=1", 1),
        (f"{OURS}claims/CLAIM?depth=0", 0),
        (f"{OURS}claims/CLAIM?depth=", 2),
        (f"{OURS}claims/CLAIM/neighbourhood?depth=4", 4),
        (f"{OURS}claim/CLAIM", 2),
        (f"{OURS}embed/claims/CLAIM?depth=1&theme=dark", 1),
        ("http://LOCALHOST/claims/CLAIM", 2),
        (" http://localhost/claims/CLAIM ", 2),
    ],
)
def test_each_address_of_a_claim_has_its_frame(client: FlaskClient, address: str, depth: int) -> None:
    name = claim_id(client, "hedge")
    answer = asked(client, address)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    said = answer.get_json()
    ((tag, frame),) = Tags(said.pop("html")).tags
    height = said.pop("height")
    assert said == {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Rejoinder",
        "provider_url": OURS,
        "title": "“Let us cut the hedge.”",
        "author_name": "ines",
        "width": 640,
    }
    assert tag == "iframe"
    assert (frame["src"], frame["width"], frame["height"]) == (
        f"{OURS}embed/claims/{name}?depth={depth}",
        "640",
        str(height),
    )
    assert client.get(str(frame["src"]).removeprefix(OURS[:-1])).status_code == 200


def test_a_frame_is_named_by_the_beginning_of_long_words(client: FlaskClient) -> None:
    longest = max(client.get("/claims?format=json").get_json()["rows"], key=lambda one: len(one["text"]))
    address = f"{OURS}claims/{longest['claim'].rsplit('/', 1)[1]}"
    said = client.get("/oembed", query_string={"url": address}).get_json()
    ((_, frame),) = Tags(said["html"]).tags
    assert said["title"] == f"“{flat_text(longest['text'])}”"
    assert len(said["title"]) > TITLE_LENGTH
    assert re.fullmatch(rf"“.{{20,{TITLE_LENGTH}}}…” and what was said to it", str(frame["title"]))


def test_a_frame_is_as_high_as_it_goes_deep(client: FlaskClient) -> None:
    heights = [asked(client, f"{OURS}claims/CLAIM?depth={depth}").get_json()["height"] for depth in (0, 1, 2, 6)]
    assert heights[0] < heights[1] < heights[2] <= heights[3]


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost@elsewhere.example/claims/CLAIM",
        "http://localhost.elsewhere.example/claims/CLAIM",
        "http://elsewhere.example/claims/CLAIM",
        "http://elsewhere.example/http://localhost/claims/CLAIM",
        "http://localhost:81/claims/CLAIM",
        "https://localhost/claims/CLAIM",
        "//localhost/claims/CLAIM",
        "/claims/CLAIM",
        "claims/CLAIM",
        "javascript:alert(1)//localhost/claims/CLAIM",
        "http://localhost/claims/CLAIM\r\nX-Made-Up: yes",
        "http://local\thost/claims/CLAIM",
        "http://localhost/claims/CLAIM/explanation",
        "http://localhost/claims/../claims/CLAIM",
        "http://localhost/claims/00000000",
        "http://localhost/claims/",
        "http://localhost/threads/beds.example/hedge",
        "http://[localhost/claims/CLAIM",
        "http://localhost:nowhere/claims/CLAIM",
    ],
)
def test_any_other_address_is_not_found(client: FlaskClient, address: str) -> None:
    answer = asked(client, address)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert "Made-Up" not in str(answer.headers)


@pytest.mark.parametrize(
    ("others", "size"),
    [
        ({"maxwidth": 400}, (400, None)),
        ({"maxwidth": 4000}, (640, None)),
        ({"maxheight": 90}, (640, 90)),
        ({"maxwidth": 1, "maxheight": 1}, (1, 1)),
        ({"maxwidth": "", "maxheight": ""}, (640, None)),
        ({"maxwidth": 999_999_999, "maxheight": 999_999_999}, (640, None)),
        ({"dnt": 1, "locale": "nl"}, (640, None)),
    ],
)
def test_a_frame_is_no_larger_than_is_allowed(
    client: FlaskClient, others: dict[str, str | int], size: tuple[int, int | None]
) -> None:
    as_it_is = asked(client, f"{OURS}claims/CLAIM").get_json()["height"]
    said = asked(client, f"{OURS}claims/CLAIM", **others).get_json()
    ((_, frame),) = Tags(said["html"]).tags
    assert (said["width"], said["height"]) == (size[0], size[1] or as_it_is)
    assert (frame["width"], frame["height"]) == (str(said["width"]), str(said["height"]))


@pytest.mark.parametrize(
    ("others", "status", "named"),
    [
        ({"maxwidth": "wide"}, 400, "maxwidth"),
        ({"maxwidth": 0}, 400, "maxwidth"),
        ({"maxheight": -1}, 400, "maxheight"),
        ({"format": "yaml"}, 501, "format: expected one of json, xml, got 'yaml'"),
        ({"format": "html"}, 501, "format"),
        ({"url": ""}, 400, "url"),
        ({"url": f"{OURS}claims/CLAIM?depth=9"}, 400, "depth (in url): expected a whole number from 0 to 6, got '9'"),
        ({"url": f"{OURS}claims/CLAIM?depth=1&depth=2"}, 400, "depth (in url)"),
    ],
)
def test_what_is_asked_wrongly_is_refused(
    client: FlaskClient, others: dict[str, str | int], status: int, named: str
) -> None:
    address = str(others.get("url", f"{OURS}claims/CLAIM"))
    answer = asked(client, address, **{name: value for name, value in others.items() if name != "url"})
    assert answer.status_code == status
    assert answer.get_json()["detail"].startswith(named)


def test_xml_says_the_same(client: FlaskClient) -> None:
    answer = asked(client, f"{OURS}claims/CLAIM", format="xml")
    assert answer.mimetype == "text/xml"
    said = {element.tag: element.text for element in ElementTree.fromstring(answer.data)}
    assert said == {name: str(value) for name, value in asked(client, f"{OURS}claims/CLAIM").get_json().items()}


@pytest.mark.parametrize("form", ["json", "xml"])
def test_hostile_words_are_no_markup(client: FlaskClient, form: str) -> None:
    name = claim_id(client, "script")
    answer = client.get("/oembed", query_string={"url": f"{OURS}claims/{name}", "format": form})
    said = (
        answer.get_json()
        if form == "json"
        else {element.tag: element.text or "" for element in ElementTree.fromstring(answer.data)}
    )
    found = Tags(said["html"])
    ((tag, frame),) = found.tags
    assert (tag, found.text.strip()) == ("iframe", "")
    assert "<script>" in str(frame["title"])
    assert "\u202e" not in said["title"] + str(frame["title"])
    assert set(frame) == {"src", "title", "width", "height", "loading", "style"}


@pytest.mark.parametrize("form", ["json", "xml"])
def test_each_claim_says_where_to_ask(client: FlaskClient, form: str) -> None:
    page = client.get(f"/claims/{claim_id(client, 'hedge')}").text
    found = [one for tag, one in Tags(page).tags if tag == "link" and f"{form}+oembed" in str(one.get("type"))]
    (link,) = found
    assert link["title"] == "Let us cut the hedge."
    parts = urlsplit(str(link["href"]))
    assert (parts.netloc, parse_qs(parts.query)["format"]) == ("localhost", [form])
    assert client.get(f"{parts.path}?{parts.query}").status_code == 200


@pytest.mark.parametrize(("query", "depth"), [("", 2), ("?depth=1", 1), ("?limit=50&depth=0", 0)])
def test_who_asks_where_the_page_says_gets_the_frame_of_its_address(
    client: FlaskClient, query: str, depth: int
) -> None:
    page = client.get(f"/claims/{claim_id(client, 'hedge')}{query}").text
    link = next(one for tag, one in Tags(page).tags if tag == "link" and "json+oembed" in str(one.get("type")))
    assert f"?depth={depth}" in client.get(str(link["href"]).removeprefix(OURS[:-1])).get_json()["html"]


def test_behind_a_proxy_it_goes_by_the_public_address(tmp_path: Path) -> None:
    store = garden.store(tmp_path / "s", garden.garden())
    for client in client_of(store, Settings(workers=1, public_url="https://maps.example/rejoinder")):
        name = claim_id(client, "hedge")
        found = client.get("/oembed", query_string={"url": f"https://maps.example/rejoinder/claims/{name}"})
        assert found.get_json()["provider_url"] == "https://maps.example/rejoinder/"
        assert re.search(rf'src="https://maps\.example/rejoinder/embed/claims/{name}\?', found.get_json()["html"])
        for other in (f"https://maps.example/claims/{name}", f"http://localhost/claims/{name}"):
            assert client.get("/oembed", query_string={"url": other}).status_code == 404


def test_who_holds_the_answer_is_told_so(client: FlaskClient) -> None:
    first = asked(client, f"{OURS}claims/CLAIM")
    url = f"{OURS}claims/{claim_id(client, 'hedge')}"
    again = client.get("/oembed", query_string={"url": url}, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
