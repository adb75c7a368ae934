"""The map at a glance on the first page and beside a thread: around what most was said to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rejoinder.api.showing.glance import glance_at
from rejoinder.graph.queries.views import find_view, view_rows
from rejoinder.graph.stores.publish import open_current
from tests import garden
from tests.api.test_pages import client_of
from tests.maps import discussion_of, lines_of

HEDGE, T = "/threads/beds.example/hedge%2F2024", "/threads/test/t"


@pytest.mark.parametrize(
    ("lines", "centre"),
    [
        ("o bob Rebuttal root", "root"),
        ("o bob Rebuttal root / p cy Rebuttal o.claim / q dan Rebuttal o.claim", "o"),
        ("o bob Rebuttal root / p cy Support o.claim", "root"),
        ("s bob Support root", None),
    ],
)
def test_the_map_is_around_what_most_was_said_to(tmp_path: Path, lines: str, centre: str | None) -> None:
    snapshot = open_current(garden.store(tmp_path / "s", discussion_of(lines_of(lines))))
    listed = view_rows(snapshot.store, find_view("objections"), {}).rows
    glance = glance_at(snapshot, listed, 0.5)
    assert (glance and glance.centre.text) == centre
    if glance:
        assert [box.whole for box in glance.map.boxes if box.centre] == [centre]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        pytest.param("o bob Rebuttal root", True, id="open"),
        pytest.param("o bob Rebuttal root / a ann Counter o", True, id="answered"),
        pytest.param("o bob Rebuttal root .35", True, id="unsure"),
        pytest.param("s bob Support root", False, id="none"),
    ],
)
def test_a_thread_has_a_map_where_anything_was_objected(tmp_path: Path, lines: str, *, shown: bool) -> None:
    for client in client_of(garden.store(tmp_path / "s", discussion_of(lines_of(lines)))):
        page = client.get(T).text
        assert ('<h2 id="map">' in page, 'href="#map"' in page, "/static/map.js" in page) == (shown,) * 3


def test_the_first_page_has_a_map_and_who_owes_an_answer(tmp_path: Path) -> None:
    for client in client_of(garden.store(tmp_path / "s", garden.garden())):
        page = client.get("/").text
        assert "It shades the beans." in page.partition('id="map"')[2].partition("</svg>")[0]
        owed = page.partition('id="owed"')[2].partition("</ul>")[0]
        links = dict(re.findall(r">(\w+)</bdi> <a href=\"([^\"]*)\">1 objection</a>", owed))
        assert sorted(links) == ["ines", "tom"]
        for name, link in links.items():
            rows = client.get(f"{link}&format=json").get_json()["rows"]
            assert [row["targetAuthor"] for row in rows] == [name]


def test_texts_in_a_map_at_a_glance_break_no_page(tmp_path: Path) -> None:
    for client in client_of(garden.store(tmp_path / "s", garden.hostile())):
        assert "<script>alert" not in client.get("/").text
