"""What a real server does with bytes on a socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest

from rejoinder.settings import Settings
from tests.live import Server, serving, store_of

SEED = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serving") / "s"
    store_of(folder, [SEED])
    with serving(folder, Settings(workers=1)) as running:
        yield running


def answers(server: Server, *parts: str) -> list[str]:
    """The first bytes of what comes back after each part that is sent."""
    host, port = urlsplit(server.url).hostname, urlsplit(server.url).port
    with socket.create_connection((host, port), timeout=30) as line:
        found = []
        for part in parts:
            line.sendall(part.replace("\n", "\r\n").encode())
            found.append(line.recv(65_536).decode(errors="replace"))
        return found


@pytest.mark.parametrize(
    ("parts", "statuses"),
    [
        pytest.param(["GET /healthz HTTP/1.1\nHost: a\nExpect: 100-continue\n\n"], ["200 OK"], id="no body"),
        pytest.param(
            ["GET /healthz HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 0\n\n"], ["200 OK"], id="length 0"
        ),
        pytest.param(
            [
                "POST /sparql HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 6\n"
                "Content-Type: application/sparql-query\n\n",
                "ASK {}",
            ],
            ["100 Continue", "200 OK"],
            id="a body that waits",
        ),
        pytest.param(
            ["POST /sparql HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 9999999999\n\n"],
            ["413 Request Entity Too Large"],
            id="too large a body",
        ),
        pytest.param(["GET /healthz HTTP/1.1\nHost: a\nExpect: the best\n\n"], ["200 OK"], id="another expectation"),
    ],
)
def test_every_expectation_is_answered(server: Server, parts: list[str], statuses: list[str]) -> None:
    firsts = [one.splitlines()[0] for one in answers(server, *parts)]
    assert firsts == [f"HTTP/1.1 {status}" for status in statuses]
