"""What is too unsure to count on the page of a claim and in its embed: folded away where anything else is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests import garden
from tests.api.test_pages import client_of
from tests.maps import discussion_of, lines_of

BOTH = "o bob Rebuttal root / p cy Rebuttal root .4 / a ann Counter p / q dan Rebuttal root .35 / r eve Rebuttal root"
ONLY = "p cy Rebuttal root .4 / q dan Rebuttal root .35"
NONE = "o bob Rebuttal root / s cy Support root .2"


@pytest.fixture(params=[BOTH, ONLY, NONE], ids=["both", "only", "none"], scope="module")
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, FlaskClient]]:
    lines: str = request.param
    folder = tmp_path_factory.mktemp("unsure") / "s"
    for client in client_of(garden.store(folder, discussion_of(lines_of(lines)))):
        yield lines, client


def page_of(client: FlaskClient, path: str) -> str:
    (root,) = client.get("/claims?q=root&format=json").get_json()["rows"]
    return client.get(path + root["claim"].rsplit("/", 1)[1]).text


def words(html: str) -> list[str]:
    return re.findall(r'<p class="words">.*?<bdi[^>]*>(.*?)</bdi>', html, re.DOTALL)


@pytest.mark.parametrize("path", ["/claims/", "/embed/claims/"])
def test_objections_that_do_not_count_are_folded_away(told: tuple[str, FlaskClient], path: str) -> None:
    lines, client = told
    objections = (
        page_of(client, path).partition('<section aria-labelledby="s-objection">')[2].partition("</section>")[0]
    )
    shown, _, folded = objections.partition('<details class="unsure"')
    expected = {BOTH: (["o", "r"], ["p", "a", "q"]), ONLY: ([], ["p", "q"]), NONE: (["o"], [])}
    assert (sorted(words(shown)), sorted(words(folded))) == tuple(sorted(one) for one in expected[lines])
    assert folded.startswith(" open>") is (lines == ONLY)
    heading = {BOTH: "2 · 2 less sure", ONLY: "0 · 2 less sure", NONE: "1"}
    assert f'<span class="count">{heading[lines]}</span>' in shown


def test_a_frame_is_guessed_to_be_as_high_as_what_is_not_folded(told: tuple[str, FlaskClient]) -> None:
    lines, client = told
    (height,) = re.findall(r'height="(\d+)" loading', page_of(client, "/claims/").replace("&#34;", '"'))
    assert (
        int(height)
        == {BOTH: 160 + 40 + 2 * 84 + 3 * 24, ONLY: 160 + 40 + 2 * 84 + 3 * 24, NONE: 160 + 2 * 84 + 3 * 24}[lines]
    )
