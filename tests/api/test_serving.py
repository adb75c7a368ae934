"""What a real server does with bytes on a socket."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from select import select
from urllib.parse import urlsplit

import httpx
import pyoxigraph as ox
import pytest

from rejoinder.graph.sparql.workers import MOST_WAITING
from rejoinder.graph.stores.publish import current_id, publish
from rejoinder.settings import Settings
from tests.live import Server, serving, store_of
from tests.patience import PATIENCE, eventually

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SLOW = "SELECT(COUNT(*)AS?n){?a?b?c.?d?e?f.?g?h?i.?j?k?l}"
RUNNING = 2
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
    with socket.create_connection((host, port), timeout=60) as line:
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
    firsts = [answer.splitlines()[0] for answer in answers(server, *parts)]
    assert firsts == [f"HTTP/1.1 {status}" for status in statuses]


def test_an_address_may_be_typed_as_it_is_spoken(server: Server) -> None:
    assert whole_answer(server, "/claims?q=Käse+和+جبن&format=json").startswith("HTTP/1.1 200 OK")
    assert "no thread 'forum.example/Käse'" in whole_answer(server, "/threads/forum.example/Käse?format=json")


def whole_answer(server: Server, path: str) -> str:
    """All that comes back, which may come in several parts."""
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=60) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: line.recv(65_536), b"")).decode(errors="replace")


def test_many_lines_on_which_nothing_is_asked_shut_nobody_out(server: Server) -> None:
    address = urlsplit(server.url)
    with ExitStack() as lines:
        for _ in range(200):
            line = lines.enter_context(socket.create_connection((address.hostname, address.port), timeout=60))
            line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        assert httpx.get(f"{server.url}/healthz", timeout=60).status_code == 200


def test_a_client_that_closes_its_half_of_the_line_gets_its_page(server: Server) -> None:
    with socket.create_connection((urlsplit(server.url).hostname, urlsplit(server.url).port), timeout=60) as line:
        line.sendall(b"GET /views HTTP/1.1\r\nHost: a\r\n\r\n")
        line.shutdown(socket.SHUT_WR)
        assert line.recv(65_536).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("ahead", ["", "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"], ids=["alone", "more behind"])
def test_a_client_that_goes_away_frees_the_worker(tmp_path: Path, ahead: str) -> None:
    store_of(tmp_path / "s", (numbered(SEED, number) for number in range(600)))
    settings = Settings(workers=1, query_seconds=600, client_seconds=10_000)
    with serving(tmp_path / "s", settings) as server:
        host, port = urlsplit(server.url).hostname, urlsplit(server.url).port
        with socket.create_connection((host, port), timeout=60) as line:
            line.sendall(f"GET /sparql?query={SLOW} HTTP/1.1\r\nHost: a\r\n\r\n{ahead}".encode())
            line.settimeout(2)
            with pytest.raises(TimeoutError):
                line.recv(1)
            if ahead:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # so that it is reset
        assert server.ask("ASK {}").status_code == 200


def test_pages_come_while_as_many_queries_run_and_wait_as_may(tmp_path: Path) -> None:
    quads = [ox.Quad(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:p"), ox.Literal(n)) for n in range(600)]
    store_of(tmp_path / "s", quads)
    with serving(tmp_path / "s", Settings(workers=1, query_seconds=600)) as server, ExitStack() as until_the_end:
        assert server.lives()
        address = (urlsplit(server.url).hostname, urlsplit(server.url).port)
        lines = [until_the_end.enter_context(socket.create_connection(address, 60)) for _ in range(MOST_WAITING + 4)]
        for line in lines:
            line.sendall(f"GET /sparql?query={SLOW} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        assert select(lines, [], [], 60)[0], "those for whom there is no place to wait are told at once"
        assert server.client.get(f"{server.url}/views").status_code == 200
        told = select(lines, [], [], 0)[0]
        assert {line.recv(65_536).split()[1] for line in told} == {b"503"}
        assert len(told) < len(lines), "the first of them still runs"


def test_each_answer_is_of_one_snapshot_however_often_one_is_published(tmp_path: Path) -> None:
    store = store_of(tmp_path / "s", [SEED])
    sizes = {current_id(tmp_path / "s"): 1}
    told: list[tuple[str, int]] = []
    done = threading.Event()

    def read(endpoint: str) -> None:
        with httpx.Client(timeout=60) as client:
            while not done.is_set():
                answer = client.get(endpoint, params={"query": COUNT}, headers={"Accept": "text/csv"})
                told.append((answer.headers.get("ETag", answer.text), int(answer.text.split()[-1])))

    with serving(tmp_path / "s", Settings(workers=2, client_seconds=10_000)) as server:
        readers = [threading.Thread(target=read, args=(server.endpoint,), daemon=True) for _ in range(3)]
        for reader in readers:
            reader.start()
        for number in range(12):
            store.add(ox.Quad(ox.NamedNode(f"urn:{number}"), ox.NamedNode("urn:p"), ox.Literal(number)))
            sizes[publish(store, tmp_path / "s")], so_far = number + 2, len(told)
            done.wait(0.3)
            assert eventually(lambda: len(told) > so_far)  # noqa: B023
        done.set()
        for reader in readers:
            reader.join()
    assert {(tag.split('"')[1].split("-")[0], size) for tag, size in told} <= set(sizes.items())


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_server_that_is_told_to_end_tells_those_whose_queries_run(started: Started, name: str) -> None:
    lines = [started.line(f"/sparql?query={SLOW}") for _ in range(RUNNING + 2)]  # the last two wait for a worker
    assert httpx.get(f"{started.url}healthz", timeout=60).status_code == 200  # so what came before is being answered
    os.killpg(started.process.pid, getattr(signal, name))  # as a terminal tells all that were started there
    told = [b"".join(iter(partial(line.recv, 65_536), b"")).decode() for line in lines]
    assert [(one.split()[1], "the server is stopping" in one) for one in told] == [("503", True)] * len(lines)
    assert started.process.wait(PATIENCE) == 0
    # a machine that has other things to do may need more than the second that threads get to end
    assert [line for line in started.complaints() if not line.endswith("still running")] == []


def test_a_server_that_is_told_twice_ends_at_once(started: Started) -> None:
    started.line(f"/sparql?query={SLOW}")
    assert httpx.get(f"{started.url}healthz", timeout=60).status_code == 200
    told = [signal.SIGTERM, signal.SIGINT]  # of two that are the same and come together Python hears one
    for number in (signal.SIGSTOP, *told, signal.SIGCONT):  # else it may have ended when the second comes
        os.kill(started.process.pid, number)
    assert started.process.wait(PATIENCE) in (128 + signal.SIGTERM, 128 + signal.SIGINT)
    assert started.complaints() == ["Ended at once: what was being answered is broken off."]


@dataclass(frozen=True)
class Started:
    """A server as the command starts it, in a process group of its own, with its workers at hand."""

    process: subprocess.Popen[str]
    url: str
    lines: ExitStack

    def line(self, path: str) -> socket.socket:
        """A line on which something is asked for."""
        where = urlsplit(self.url)
        line = self.lines.enter_context(socket.create_connection((where.hostname, where.port), timeout=60))
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        return line

    def complaints(self) -> list[str]:
        """What it has said on standard error, without what its log says of errors of status 503."""
        assert self.process.stderr is not None
        return [line for line in self.process.stderr.read().splitlines() if "WARNING in errors" not in line]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    store_of(tmp_path / "s", (numbered(SEED, number) for number in range(600)))
    command = [sys.executable, "-m", "rejoinder", "serve", "--store", str(tmp_path / "s"), "--port", "0"]
    settings = os.environ | {"REJOINDER_WORKERS": str(RUNNING), "REJOINDER_QUERY_SECONDS": "600"}
    told = subprocess.PIPE
    with (
        subprocess.Popen(command, stdout=told, stderr=told, text=True, start_new_session=True, env=settings) as process,
        ExitStack() as lines,
    ):
        try:
            assert process.stdout is not None
            url = process.stdout.readline().partition(" at ")[2].partition(" ")[0]
            assert httpx.get(f"{url}sparql?query=ASK%7B%7D", timeout=60).status_code == 200  # so its workers are there
            yield Started(process, url, lines)
        finally:
            process.kill()


def numbered(quad: ox.Quad, number: int) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, ox.Literal(number))
