"""The pager of a long listing: how many pages there are, and links to the first, the last and those around."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from rejoinder.api.requests.query_parameters import Page
from rejoinder.api.showing.pages import pages_around
from tests import garden
from tests.api.test_pages import THREAD, client_of

NAMED = {
    "the first of two": (1, 60, "[1] 2"),
    "the first of many": (1, 1000, "[1] 2 3 … 20"),
    "a gap of one page is its number": (5, 1000, "1 2 3 4 [5] 6 7 … 20"),
    "in the middle": (10, 1000, "1 … 8 9 [10] 11 12 … 20"),
    "the last": (20, 1000, "1 … 18 19 [20]"),
    "the last is not full": (1, 51, "[1] 2"),
    "nobody counted": (6, None, "1 … 4 5 [6] 7"),
    "beyond the last": (9, 60, "1 2"),
}


@pytest.mark.parametrize("name", NAMED)
def test_which_pages_are_named(name: str) -> None:
    at, many, wanted = NAMED[name]
    pages = pages_around(Page(at, 50), more=many is None or at * 50 < many, many=many)
    words = ["…" if one is None else f"[{one}]" if one == at else str(one) for one in pages.named]
    assert " ".join(words) == wanted


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("pager") / "s"
    yield from client_of(garden.store(folder, garden.garden(), garden.pond(), garden.chain(500)))


def pager(client: FlaskClient, path: str) -> tuple[str, list[str]]:
    """The words of the pager of a page, and where its links lead."""
    match = re.search(r'<nav class="pager".*?</nav>', client.get(path).text, re.DOTALL)
    if not match:
        return "", []
    shown = re.sub(r'<span class="hidden">.*?</span>|<[^>]*>', " ", match[0])
    return " ".join(shown.split()), re.findall(r'href="([^"]*)"', match[0])


LISTED = {
    "a thread": ("/threads/deep.example/chain?page=2", "Page 2 of 3 1 2 3 ← Page 1 Page 3 →"),
    "claims": ("/claims?rows=4&thread=hedge", "Page 1 of 2 1 2 Page 2 →"),
    "claims of words": ("/claims?rows=1&q=the", "Page 1 1 2 Page 2 →"),
    "the worklist": ("/unanswered?rows=1&page=2", "Page 2 of 2 1 2 ← Page 1"),
    "threads": ("/threads?rows=1&page=2", "Page 2 of 3 1 2 3 ← Page 1 Page 3 →"),
    "beyond the last page": ("/threads?rows=1&page=9", "There are only 3 pages 1 2 3 ← Page 3"),
    "a page of all": (THREAD, ""),
}


@pytest.mark.parametrize("name", LISTED)
def test_a_pager_says_how_many_pages_there_are(client: FlaskClient, name: str) -> None:
    path, wanted = LISTED[name]
    assert pager(client, path)[0] == wanted


@pytest.mark.parametrize("path", ["/claims?rows=3", "/unanswered?rows=1", "/threads?rows=1", "/judgements?rows=1"])
def test_the_pages_counted_are_the_pages_there_are(client: FlaskClient, path: str) -> None:
    number = 1
    while "Link" in client.get(f"{path}&page={number}").headers:
        number += 1
    words, links = pager(client, path)
    assert (f"of {number} " in words) == (number > 1)
    assert all(client.get(path.partition("?")[0] + link.replace("&amp;", "&")).status_code == 200 for link in links)


def test_a_page_beyond_the_last_says_so_and_not_that_nothing_is_unanswered(client: FlaskClient) -> None:
    page = client.get("/unanswered?rows=1&page=9").text
    assert "The list ends before this page." in page
    assert "No objection matches" not in page
    assert "No objection matches" in client.get("/unanswered?confidence=1").text


def test_a_long_thread_says_above_its_comments_which_they_are(client: FlaskClient) -> None:
    page = client.get("/threads/deep.example/chain?page=2").text
    above, _, _ = page.partition("<article")
    assert "201 to 400 of 500 comments." in above
    assert re.findall('aria-label="(Pages[^"]*)"', page) == ["Pages, above", "Pages"]
    assert re.findall('rel="(?:prev|next)"', above) == ['rel="prev"', 'rel="next"']
    short = client.get("/threads/beds.example/hedge%2F2024").text
    assert "Pages" not in re.findall('aria-label="(Pages[^"]*)"', short)
