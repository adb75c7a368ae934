"""The program of one query worker: it opens snapshots, answers one query at a time, and dies with its parent."""

from __future__ import annotations

import os
import queue
import socket
import sys
import threading
from typing import NoReturn

import pyoxigraph as ox

from rejoinder.errors import RejoinderError, StoreError
from rejoinder.graph.sparql import sandbox
from rejoinder.graph.sparql.answers import answer_query
from rejoinder.graph.sparql.messages import Message, receive, send
from rejoinder.graph.sparql.protocol import Query

STACK_BYTES = 512 * 2**20  # survives brackets 64,000 deep, should the guard ever miss some; only touched pages cost


def _serve(line: socket.socket, requests: queue.SimpleQueue[Message], more: int) -> None:
    """Answer until something unforeseen happens; then end the process, which the parent replaces.

    What it may grow by is counted from its first snapshot on, whatever others it opens.
    """
    try:
        store = _open_snapshot(line, requests.get())
        start = sandbox.address_space()
        sandbox.limit_memory(more)
        send(line, {})
        while True:
            ask = requests.get()
            if "open" in ask:
                store, response, body = _open_snapshot(line, ask), Message(), b""
            else:
                response, body = _response(store, ask)
            response["grown"] = sandbox.address_space() > start + more // 2
            send(line, response, body)
    finally:
        os._exit(1)


def _open_snapshot(line: socket.socket, ask: Message) -> ox.Store:
    """The snapshot to answer from; where it cannot be opened, says why, and raises."""
    try:
        return ox.Store.read_only(ask["open"])
    except (OSError, RuntimeError) as error:
        send(line, {"error": StoreError.__name__, "message": str(error)})
        raise


def _response(store: ox.Store, ask: Message) -> tuple[Message, bytes]:
    try:
        body, rows, truncated = answer_query(store, Query(**ask["query"]), ask["media_type"], ask["bytes"])
        return {"rows": rows, "truncated": truncated}, body
    except RejoinderError as error:
        return {"error": type(error).__name__, "message": str(error)}, b""


def _listen(line: socket.socket, requests: queue.SimpleQueue[Message]) -> NoReturn:
    """Pass queries on until the parent is gone; then end at once, also in the middle of a query."""
    while True:
        try:
            requests.put(receive(line)[0])
        except (EOFError, OSError):
            os._exit(0)


def main(descriptor: str, more: str) -> NoReturn:
    """Serve over the socket `descriptor`, growing by at most `more` bytes; the first message says what to open."""
    line = socket.socket(fileno=int(descriptor))
    sandbox.forbid_sockets()
    requests: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.stack_size(STACK_BYTES)
    threading.Thread(target=_serve, args=(line, requests, int(more)), daemon=True).start()
    _listen(line, requests)


if __name__ == "__main__":
    main(*sys.argv[1:])
