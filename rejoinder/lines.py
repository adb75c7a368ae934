"""The lines that clients hold open to the server: how long each may take, how many there may be, and their turns."""

from __future__ import annotations

import re
import socket
import time
from collections import Counter, deque
from contextlib import suppress
from functools import cached_property
from urllib.parse import quote

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from rejoinder.api.service.budget import client_of

MOST_LINES = 500  # open at once: a browser keeps up to six
IDLE_SECONDS = 30  # seconds after which a line is closed on which nothing comes or goes and nothing is being answered
LAST_SECONDS = 1  # seconds in which what is being answered may end, once the server is told to
REQUEST_SECONDS = 60  # seconds in which a request must have come, head and body
ASCII = bytes(range(0x80))
FOLDED_FIELD = re.compile(rb"\n[ \t]")  # a field that goes on in the next line
# A name, which may be empty, or an address, and a port: links on pages begin with it. RFC 3986, section 3.2.2, without
# what no name of a machine has.
HOST_PATTERN = re.compile(r"(?:[\w.-]*|\[[0-9a-f:.]*:[0-9a-f:.]*\])(?::\d{0,5})?", re.ASCII | re.IGNORECASE)
TRANSFER_CODINGS = re.compile(rb"^transfer-encoding:[ \t]*(.*?)[ \t\r]*$", re.IGNORECASE | re.MULTILINE)


class Request(HTTPRequestParser):  # type: ignore[misc]
    """A request as it comes in."""

    def parse_header(self, header_plus: bytes) -> None:
        """Take the head; an address in bare UTF-8, as curl sends what is typed, is encoded: Waitress refuses it.

        What Waitress (3.0.2) does not expect, such as `http://[` or a length of 5,000 digits, is refused as well.
        """
        line, end, fields = header_plus.partition(b"\r\n")
        try:
            super().parse_header(quote(line, safe=ASCII).encode() + end + fields)
        except ValueError:
            raise ParsingError("its address or its length is not valid") from None
        self._check_single(fields)

    def _check_single(self, fields: bytes) -> None:
        """Refuse what a proxy in front might read otherwise, and so take the end of this request for another one.

        RFC 9112, sections 3.2, 5.2 and 6.1; Waitress (3.0.2) joins several hosts and the lines of a field, takes one of
        the two lengths, and passes over a coding that is empty or comes twice.
        """
        codings = TRANSFER_CODINGS.findall(fields)
        is_single = not codings or (self.chunked and "CONTENT_LENGTH" not in self.headers)
        if not is_single or [coding.lower() for coding in codings] not in ([], [b"chunked"]):
            raise ParsingError("it says in two ways where its body ends")
        if FOLDED_FIELD.search(fields):
            raise ParsingError("a field goes on in the next line")
        hosts = self.headers.get("HOST")
        if (hosts is None and self.version == "1.1") or not HOST_PATTERN.fullmatch(hosts or ""):
            raise ParsingError("it names no host, two hosts, or something that is no host")

    def received(self, data: bytes) -> int:
        """Take some bytes; a request that is whole expects nothing more.

        Waitress (3.0.2) takes `Expect: 100-continue` for the promise of a body, and waits for ever for one that is not
        to come.
        """
        consumed = int(super().received(data))
        if self.completed:
            self.expect_continue = False
        return consumed


class Line(HTTPChannel):  # type: ignore[misc]
    """One line to a client; `turned` is when it last began to wait for something else."""

    parser_class = Request

    turned = 0.0

    @cached_property
    def client(self) -> str:
        """Who is at the other end."""
        return client_of(self.addr[0])

    @property
    def waiting_since(self) -> float:
        """When it was opened, or last answered, or when the request began that is coming in."""
        return float(max(self.creation_time, self.turned))

    def overdue(self, now: float) -> bool:
        """True where nothing comes or goes, where a request takes too long to come, and where the line is given up."""
        if self.requests:
            return bool(self.will_close)
        late = self.request is not None and self.waiting_since < now - REQUEST_SECONDS
        return bool(late or self.will_close or self.last_activity < now - IDLE_SECONDS)

    def hang_up(self) -> None:
        """Have the line closed, also a full one; by the next round, as what comes up in this one goes by its number."""
        self.will_close = True
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def received(self, data: bytes) -> bool:
        """Take some bytes; the first of a request start its time."""
        if self.request is None:
            self.turned = time.time()
        return bool(super().received(data))

    def service(self) -> None:
        """Answer one request."""
        super().service()
        self.turned = time.time()

    def asks_for(self) -> str:
        """On whose behalf the request is that is next: a proxy that is trusted says it."""
        if self.addr[0] != self.adj.trusted_proxy or not self.requests:
            return self.client
        *_, last = self.requests[0].headers.get("X_FORWARDED_FOR", self.client).split(",")
        return client_of(last.strip())

    def check_client_disconnected(self) -> bool:
        """True once the client has closed the line, or its half of it; that is looked at and not taken.

        Waitress tells it only if it may read ahead, and then answers no page to a client that has closed its half.
        """
        try:
            return bool(self.socket.recv(1, socket.MSG_PEEK) == b"")
        except BlockingIOError:
            return False
        except OSError:
            return True

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Give up a client that asks for more before it has read far more than is kept for one.

        Waitress (3.0.2) keeps a thread waiting for it, for ever if need be.
        """
        if self.total_outbufs_len > self.adj.outbuf_high_watermark:
            self.will_close, self.connected = True, False


class Turns:
    """The lines with a request to be answered: each client's in order, and the clients in turn."""

    def __init__(self) -> None:
        self._lines: dict[str, deque[Line]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._lines.values()))

    def append(self, line: Line) -> None:
        """Let a line wait for its turn."""
        self._lines.setdefault(line.asks_for(), deque()).append(line)

    def popleft(self) -> Line:
        """The line whose turn it is; its client comes after all others then."""
        client = next(iter(self._lines))
        lines = self._lines.pop(client)
        line = lines.popleft()
        if lines:
            self._lines[client] = lines
        return line


class Crew(ThreadedTaskDispatcher):  # type: ignore[misc]
    """The threads that answer requests."""

    def shutdown(self, cancel_pending: bool = True, timeout: float = LAST_SECONDS) -> bool:
        """End the threads, those that answer something within a second; Waitress waits five times as long."""
        return bool(super().shutdown(cancel_pending, timeout))


class Server(TcpWSGIServer):  # type: ignore[misc]
    """A server on a listening socket."""

    channel_class = Line

    def __init__(self, app: Flask, listener: socket.socket, adj: Adjustments):
        crew = Crew()
        crew.queue = Turns()
        crew.set_thread_count(adj.threads)
        where = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(app, _sock=listener, dispatcher=crew, adj=adj, sockinfo=where, bind_socket=False)

    def pull_trigger(self) -> None:
        """Wake the loop, unless it has ended: a thread may be done with its last answer only after that."""
        if not self.trigger._closed:
            with suppress(OSError):  # closed meanwhile
                super().pull_trigger()

    def maintenance(self, now: float) -> None:
        """Close what is overdue. Waitress waits until it can write to a line, and so never closes one that is full."""
        for line in list(self.active_channels.values()):
            if line.overdue(now):
                line.hang_up()

    def handle_accept(self) -> None:
        """Open a line, and close another where there are too many."""
        super().handle_accept()
        while len(self.active_channels) > MOST_LINES and (line := line_to_close(list(self.active_channels.values()))):
            line.handle_close()


def line_to_close(lines: list[Line]) -> Line | None:
    """Of the client with the most lines that one which has asked for nothing for longest; else its newest request.

    None where all are being answered, and each for another client.
    """
    line_counts = Counter(line.client for line in lines)
    most = max(line_counts.values())
    theirs = [line for line in lines if line_counts[line.client] == most]
    if idle := [line for line in theirs if not line.requests]:
        return min(idle, key=lambda line: line.waiting_since)
    return max(theirs, key=lambda line: line.waiting_since) if most > 1 else None
