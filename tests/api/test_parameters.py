"""Parameters that no route has: pages say so and go on, data is refused, what others add to links is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from rejoinder.api.app import create_app
from rejoinder.api.requests.parameters import MOST_UNKNOWN, ROUTES
from rejoinder.settings import Settings
from tests import garden
from tests.api.test_pages import THREAD, client_of, get

PAGES = ("/unanswered", "/claims", "/claims/CUT", "/claims/CUT/neighbourhood", "/threads", THREAD, "/views")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield from client_of(garden.store(tmp_path_factory.mktemp("parameters") / "s", garden.garden()))


@pytest.mark.parametrize("path", ["/", *PAGES, "/claims/CUT/explanation", "/views/claims", "/embed/claims/CUT"])
def test_a_page_says_which_parameter_it_has_not_and_goes_on(client: FlaskClient, path: str) -> None:
    plain, strange = get(client, path), get(client, f"{path}?zebra=1")
    assert "There is no parameter" not in plain.text
    assert strange.status_code == 200
    notice = re.search(r'<p class="notice[^>]*>There is no parameter <code>zebra</code> here.*</p>\n', strange.text)
    assert notice
    assert "<code>format</code>" in notice[0]
    assert "zebra" not in strange.text.replace(notice[0], "")


@pytest.mark.parametrize("path", PAGES)
def test_data_is_refused_with_the_parameters_there_are(client: FlaskClient, path: str) -> None:
    response = get(client, f"{path}?zebra=1", "json")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert re.fullmatch(
        r"zebra: there is no such parameter here\. Known here are .*format", response.get_json()["detail"]
    )


NEAR = {
    "/unanswered?thred=hedge": "thread",
    "/unanswered?Level=U3": "level",
    "/unanswered?min=0.9": "confidence",
    "/unanswered?limit=3": "rows",
    "/claims?search=hedge": "q",
    "/claims?autor=ann": "author",
    "/claims/CUT?deph=3": "depth",
    "/embed/claims/CUT?theem=dark": "theme",
    f"{THREAD}?premise=inward": "premises",
}


@pytest.mark.parametrize(("path", "meant"), NEAR.items())
def test_the_nearest_parameter_is_a_link_that_keeps_the_value(client: FlaskClient, path: str, meant: str) -> None:
    page = get(client, f"{path}&rows=2" if "claims?" in path else path).text
    href, name = re.findall(r'Did you mean <a href="([^"]*)"><code>(\w+)</code>', page)[0]
    assert name == meant
    assert f"{meant}={path.rpartition('=')[2]}" in href
    assert ("rows=2" in href) == ("claims?" in path)
    if "embed" not in path:
        refused = get(client, path, "json").get_json()["detail"]
        assert f"did you mean {meant}? Known here are" in refused


def test_one_link_mends_all_that_is_misspelt(client: FlaskClient) -> None:
    page = client.get("/unanswered?thred=hedge&confidence=0.1&lvel=U3&zebra=1").text
    assert page.count('Did you mean <a href="?confidence=0.1&amp;thread=hedge&amp;level=U3">') == 2


def test_only_the_first_of_many_strange_parameters_are_told_of(client: FlaskClient) -> None:
    page = client.get("/unanswered?" + "&".join(f"confidenc{number}=1" for number in range(5_000))).text
    assert re.findall(r"There is no parameter <code>confidenc(\d+)<", page) == [str(one) for one in range(MOST_UNKNOWN)]


@pytest.mark.parametrize(
    "added",
    ["", "utm_source=mail", "utm_Foo=1", "fbclid=x", "gclid=x", "msclkid=x", "mc_cid=1", "ref=hn", "_=1", "17644", "="],
)
@pytest.mark.parametrize("to", ["html", "json", "csv"])
def test_what_others_add_to_a_link_changes_nothing(client: FlaskClient, added: str, to: str) -> None:
    bare, long = get(client, "/unanswered?level=U3", to), get(client, f"/unanswered?level=U3&{added}", to)
    assert (long.status_code, long.text) == (200, bare.text)


def test_links_of_a_page_leave_strange_parameters_behind(client: FlaskClient) -> None:
    page = client.get("/claims?autor=ann&fbclid=x&rows=1").text
    assert 'href="?rows=1&amp;format=csv"' in page
    assert 'href="?rows=1&amp;page=2"' in page


@pytest.mark.parametrize("to", ["html", "json"])
def test_a_parameter_of_two_values_is_refused(client: FlaskClient, to: str) -> None:
    assert get(client, "/unanswered?level=U2&level=U2", to).status_code == 200
    response = get(client, "/unanswered?level=U2&level=U4", to)
    assert response.status_code == 400
    assert response.get_json()["detail"] == "level: expected one value, got 2: 'U2, U4'"


@pytest.mark.parametrize("path", PAGES)
def test_forms_send_nothing_strange(client: FlaskClient, path: str) -> None:
    page = get(client, path).text
    forms = re.findall(r'<form class="filters" method="get">(.*?)</form>', page, re.DOTALL)
    for name in re.findall(r' name="(\w+)"', "".join(forms)):
        assert "There is no parameter" not in get(client, f"{path}?{name}=").text, name


def test_the_table_names_routes_that_exist(tmp_path: Path) -> None:
    rules = {re.sub("<.*?>", "<>", rule.rule) for rule in create_app(tmp_path, Settings()).url_map.iter_rules()}
    assert set(ROUTES) <= rules
