"""Lines that clients hold open: how long, how many, and whose turn it is; real sockets, and a loop turned by hand."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import cast

import pytest
from waitress import wasyncore

from rejoinder.api.app import create_app
from rejoinder.lines import IDLE_SECONDS, MOST_LINES, REQUEST_SECONDS, Line, Server, Turns, line_to_close
from rejoinder.serve import make_server, open_listener
from rejoinder.settings import Settings

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
UNFINISHED = b"GET /healthz HTTP/1.1\r\nHost: a\r\n"


@pytest.fixture(scope="module", autouse=True)
def room() -> Iterator[None]:
    """Both ends of as many lines as there may be are files of this process: more than some systems let it open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * MOST_LINES if hard == resource.RLIM_INFINITY else min(hard, 4 * MOST_LINES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of an empty store that does nothing until it is turned."""
    app = create_app(tmp_path / "s", Settings())
    server = make_server(app, open_listener("127.0.0.1", 0))
    yield server
    server.task_dispatcher.shutdown()
    for line in list(server.active_channels.values()):
        line.handle_close()  # and with it the file that it may still be sending
    wasyncore.close_all(server._map)
    app.extensions["rejoinder"].close()


def test_a_thread_that_answers_when_the_loop_has_ended_wakes_nobody(server: Server) -> None:
    server.trigger.close()
    server.pull_trigger()


def turned(server: Server, until: Callable[[], object], seconds: float = 60) -> None:
    """Let the server read and write until something holds; a test fails where it never does."""
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it never came"
        wasyncore.poll2(0.01, server._map)


def opened(server: Server, lines: ExitStack, sent: bytes = b"") -> socket.socket:
    """A line to the server, which has taken what is sent on it."""
    held = set(server.active_channels.values())
    line = lines.enter_context(socket.create_connection(server.socket.getsockname(), timeout=60))
    line.sendall(sent)
    turned(server, lambda: set(server.active_channels.values()) - held)
    (taken,) = set(server.active_channels.values()) - held
    turned(server, lambda: not sent or taken.request is not None or taken.requests or taken.total_outbufs_len == 0)
    return line


def answer(server: Server, line: socket.socket) -> bytes:
    """What comes back on a line: its first bytes, or nothing where it is closed."""
    line.setblocking(False)
    found: list[bytes] = []

    def came() -> bool:
        try:
            found.append(line.recv(100))
        except BlockingIOError:
            return False
        except ConnectionError:
            found.append(b"")
        return True

    turned(server, came)
    return found[0]


def test_where_all_lines_are_open_and_none_asks_anything_a_newcomer_is_answered(server: Server) -> None:
    with ExitStack() as lines:
        crowd = [opened(server, lines, UNFINISHED) for _ in range(MOST_LINES)]
        assert answer(server, opened(server, lines, HEALTH)).startswith(b"HTTP/1.1 503")  # nothing is loaded
        assert answer(server, crowd[0]) == b"", "the oldest made room"
        assert len(server.active_channels) == MOST_LINES


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(UNFINISHED, id="a head"),
        pytest.param(b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nASK", id="a body"),
        pytest.param(b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nAS", id="a chunk"),
    ],
)
def test_a_request_that_comes_byte_by_byte_has_a_minute(server: Server, sent: bytes) -> None:
    with ExitStack() as lines:
        line = opened(server, lines, sent)
        (held,) = server.active_channels.values()
        turned(server, lambda: held.request is not None)
        begun = held.waiting_since
        for later in range(IDLE_SECONDS // 2, REQUEST_SECONDS, IDLE_SECONDS // 2):
            held.last_activity = begun + later  # a byte came
            server.maintenance(begun + later)
            assert held.connected
        held.last_activity = begun + REQUEST_SECONDS
        server.maintenance(begun + REQUEST_SECONDS + 1)
        assert answer(server, line) == b""


def test_a_line_on_which_nothing_comes_is_closed_and_one_that_waits_is_not(server: Server) -> None:
    with ExitStack() as lines:
        idle, waiting = opened(server, lines), opened(server, lines)
        _, held = server.active_channels.values()
        held.requests = [object()]  # its answer is being made
        server.maintenance(time.time() + 10 * REQUEST_SECONDS)
        assert answer(server, idle) == b""
        assert held.connected
        held.requests = []
        waiting.sendall(HEALTH)
        assert answer(server, waiting).startswith(b"HTTP/1.1 503")


def test_a_client_that_reads_nothing_keeps_neither_a_thread_nor_its_line(server: Server) -> None:
    with ExitStack() as lines:
        line = lines.enter_context(socket.socket())
        for one, buffer in ((line, socket.SO_RCVBUF), (server.socket, socket.SO_SNDBUF)):
            one.setsockopt(socket.SOL_SOCKET, buffer, 4096)
        line.connect(server.socket.getsockname())
        turned(server, lambda: server.active_channels)
        (held,) = server.active_channels.values()
        held.adj.outbuf_high_watermark = 100_000
        line.sendall(b"GET /static/rejoinder.css HTTP/1.1\r\nHost: a\r\n\r\n" * 100)
        turned(server, lambda: held.will_close)
        server.maintenance(time.time() + IDLE_SECONDS + 1)
        turned(server, lambda: not server.active_channels)


CHUNKED = "POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:"
REFUSED = {
    "no address": "GET http://[::1 HTTP/1.1\r\nHost: a",
    "no IPv6": "GET http://[x]/ HTTP/1.1\r\nHost: a",
    "a length of 5,000 digits": "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: " + "9" * 5000,
    "two lengths": f"{CHUNKED} chunked\r\nContent-Length: 5",
    "parts twice": f"{CHUNKED} chunked\r\ntransfer-encoding: chunked",
    "parts of parts": f"{CHUNKED} chunked, chunked",
    "no coding": f"{CHUNKED} \r\nContent-Length: 5",
    "commas for a coding": f"{CHUNKED} ,\r\nContent-Length: 5",
    "a coding on the next line": f"{CHUNKED}\r\n chunked",
    "a field that goes on": "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n\tContent-Length: 5",
    "parts in HTTP/1.0": "POST /sparql HTTP/1.0\r\nTransfer-Encoding: chunked",
    "two hosts": "GET / HTTP/1.1\r\nHost: one.example\r\nHost: two.example",
    "no host": "GET / HTTP/1.1\r\nAccept: */*",
    **{
        f"{host} for a host": f"GET /healthz HTTP/1.1\r\nHost: {host}"
        for host in (
            'evil"><x',
            "a b",
            "a/b",
            "a@b",
            "a?b",
            "a#b",
            "a%20b",
            "a'b",
            "a:x",
            "a:123456",
            "[::1",
            "[x]",
            "*",
        )
    },
    "two hosts in one": "GET / HTTP/1.1\r\nHost: one.example, two.example",
}


@pytest.mark.parametrize("head", REFUSED.values(), ids=REFUSED)
def test_what_is_no_request_is_refused(server: Server, head: str) -> None:
    with ExitStack() as lines:
        line = lines.enter_context(socket.create_connection(server.socket.getsockname(), timeout=60))
        line.sendall(head.encode() + b"\r\n\r\n")
        assert answer(server, line).split(b"\r\n")[0].endswith(b" 400 Bad Request")


@pytest.mark.parametrize(
    "host", ["a", "A.Example.:80", "a_b.example", "127.0.0.1:8000", "[::1]:80", "[::ffff:127.0.0.1]", ""]
)
def test_a_host_is_a_name_or_an_address(server: Server, host: str) -> None:
    with ExitStack() as lines:
        line = lines.enter_context(socket.create_connection(server.socket.getsockname(), timeout=60))
        line.sendall(f"GET /static/icon.svg HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert answer(server, line).startswith(b"HTTP/1.1 200")


class Waiting:
    """A line as far as turns are concerned: whose it is, since when, and whether it waits for an answer."""

    def __init__(self, client: str, waiting_since: int = 0, waits: bool = True) -> None:
        self.client, self.waiting_since, self.requests = client, waiting_since, [object()] if waits else []

    def asks_for(self) -> str:
        return self.client


@pytest.mark.parametrize(
    ("lines", "closed"),
    [
        pytest.param([("a", 1, False), ("b", 2, False)], 0, id="the oldest of equals"),
        pytest.param([("a", 1, False), ("b", 2, False), ("b", 3, False)], 1, id="the oldest of the client with most"),
        pytest.param([("a", 1, False), ("b", 2, True), ("b", 3, False)], 2, id="none that waits, if another does not"),
        pytest.param([("a", 1, False), ("b", 2, True), ("b", 3, True)], 2, id="of many that wait the newest"),
        pytest.param([("a", 1, True), ("b", 2, False)], 1, id="the newcomer itself"),
        pytest.param([("a", 1, True), ("b", 2, True)], None, id="none where each waits for another client"),
    ],
)
def test_which_line_makes_room(lines: list[tuple[str, int, bool]], closed: int | None) -> None:
    held = [cast(Line, Waiting(*line)) for line in lines]
    assert line_to_close(held) is (None if closed is None else held[closed])


def test_clients_take_turns_and_the_lines_of_each_keep_their_order() -> None:
    turns = Turns()
    lines = [cast(Line, Waiting(client, number)) for number, client in enumerate("aaabab")]
    for line in lines:
        turns.append(line)
    assert len(turns) == len(lines)
    assert [turns.popleft().waiting_since for _ in lines] == [0, 3, 1, 5, 2, 4]
    assert not turns


@pytest.mark.parametrize(
    ("trusted", "forwarded", "client"),
    [
        pytest.param("127.0.0.1", "198.51.100.7, 192.0.2.1", "192.0.2.1", id="what a trusted proxy says"),
        pytest.param("", "192.0.2.1", "127.0.0.1", id="not what anybody says"),
        pytest.param("127.0.0.1", None, "127.0.0.1", id="the proxy itself"),
    ],
)
def test_on_whose_behalf_a_request_is(server: Server, trusted: str, forwarded: str | None, client: str) -> None:
    with ExitStack() as lines:
        opened(server, lines)
        (held,) = server.active_channels.values()
        held.adj.trusted_proxy = trusted
        request = held.parser_class(held.adj)
        request.headers = {"X_FORWARDED_FOR": forwarded} if forwarded else {}
        held.requests = [request]
        assert held.asks_for() == client
