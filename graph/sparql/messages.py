"""Messages between a query worker and the process that asks it: JSON with a body of bytes, over one line."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable
from typing import Any

Message = dict[str, Any]  # what JSON gives
_LENGTHS = struct.Struct("!IQ")


def send(line: socket.socket, message: Message, body: bytes = b"") -> None:
    """Write one message and its body."""
    head = json.dumps(message).encode()
    line.sendall(_LENGTHS.pack(len(head), len(body)) + head)
    line.sendall(body)


def receive(line: socket.socket, wait: Callable[[], None] = lambda: None) -> tuple[Message, bytes]:
    """Read one message and its body, calling `wait` before each read; raises EOFError where the other side is gone.

    A read that times out is tried again, for as long as `wait` raises nothing.
    """
    head, body = _LENGTHS.unpack(_read(line, _LENGTHS.size, wait))
    return json.loads(_read(line, head, wait)), _read(line, body, wait)


def _read(line: socket.socket, size: int, wait: Callable[[], None]) -> bytes:
    data = bytearray()
    while len(data) < size:
        wait()
        try:
            part = line.recv(min(size - len(data), 2**20))
        except TimeoutError:
            continue
        if not part:
            raise EOFError("the other side has closed the line")
        data += part
    return bytes(data)
