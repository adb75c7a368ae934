"""A query of the command line, answered by a process of its own: what a query takes is taken from that one alone."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from rejoinder import errors
from rejoinder.errors import QueryTooLarge, RejoinderError, StoreError
from rejoinder.graph.sparql.messages import Message, receive, send
from rejoinder.graph.sparql.process import ONE_HEAP
from rejoinder.settings import Settings
from rejoinder.stopping import PATIENCE_SECONDS

LOCAL_SETTINGS = Settings(query_bytes=100_000_000, query_depth=500, query_patterns=10_000)  # what the engine survives
RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}
ADVICE = "ask for less: without ORDER BY, DISTINCT or GROUP BY, or without patterns that share no variable"
SIGNAL_WORDS: dict[int, str] = {
    signal.SIGKILL: "was killed, most likely by the system, which had no memory left",
    signal.SIGSEGV: "ran out of its stack",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer as it comes: bytes to be written, text to be printed, or a note beside the answer."""

    body: bytes = b""
    text: str = ""
    note: str = ""


def answer_parts(store: Path, query: bytes, to: str | None) -> Iterator[Part]:
    """The parts of the answer to a query, in the format `to`, from the store in a folder.

    Raises QueryTooLarge where the memory does not suffice or the process that answers is killed, and whatever error it
    meets: QueryError, QueryRefused, BadParameter, StoreError.
    """
    line, process = _start_worker()
    written = False
    try:
        send(line, {"store": str(store), "to": to}, query)
        line.settimeout(PATIENCE_SECONDS)
        while True:
            message, body = receive(line)
            if "end" in message:
                return
            if "error" in message:
                raise _error(message, written)
            yield _part(message, body)
            written = written or "note" not in message
    except (EOFError, OSError):
        raise QueryTooLarge(_too_large(SIGNAL_WORDS.get(_end(process), ""), written)) from None
    finally:
        line.close()
        process.kill()
        process.wait()


def _start_worker() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    line, other = socket.socketpair()
    with other:
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "rejoinder.query_worker", str(other.fileno())],
                pass_fds=[other.fileno()],
                env=os.environ | ONE_HEAP | {"COLUMNS": str(shutil.get_terminal_size((120, 40)).columns)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                process_group=0,  # whoever presses Ctrl-C stops the command, which ends it
            )
        except OSError as error:
            line.close()
            raise StoreError(f"the process that is to answer the query could not be started: {error}") from error
    return line, process


def _part(message: Message, body: bytes) -> Part:
    if "note" in message:
        return Part(note=message["note"])
    return Part(text=body.decode()) if "text" in message else Part(body)


def _error(message: Message, written: bool) -> RejoinderError:
    kind: type[RejoinderError] = getattr(errors, message["error"])
    return kind(message["message"] or _too_large("", written))


def _end(process: subprocess.Popen[bytes]) -> int:
    """The signal that has ended the process."""
    return -process.wait()


def _too_large(how: str, written: bool) -> str:
    """What is said where a query takes too much."""
    cause = f"the process that answered the query {how}" if how else "the query needs more memory than there is"
    return f"{cause}: {ADVICE}" + ("; what stands above is not the whole answer" if written else "")
