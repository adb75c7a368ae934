"""The program of the process that answers one query of the command line: it may run out of memory without harm."""

from __future__ import annotations

import io
import os
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NoReturn

import pyoxigraph as ox

from rejoinder import tables
from rejoinder.errors import BadParameter, QueryError, QueryTooLarge, RejoinderError
from rejoinder.graph.sparql import sandbox
from rejoinder.graph.sparql.graphs import write_graph
from rejoinder.graph.sparql.messages import Message, receive, send
from rejoinder.graph.sparql.mistakes import check_and_explain, explain_refusal
from rejoinder.graph.sparql.results import write_csv
from rejoinder.graph.sparql.unknown import unknown_terms
from rejoinder.graph.stores.damage import comes_from_store, damage_error
from rejoinder.graph.stores.publish import open_current
from rejoinder.querying import GRAPH_FORMATS, LOCAL_SETTINGS, RESULT_FORMATS

PART_BYTES = 2**16  # bytes, or characters, that are sent at once
Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class _Parts(io.RawIOBase):
    """A binary file whose bytes are sent to whoever asked."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        send(self.line, {}, bytes(data))
        return len(data)


def main(descriptor: str) -> NoReturn:
    """Answer over the socket `descriptor`; the first message says in which store, and holds the query."""
    line = socket.socket(fileno=int(descriptor))
    sandbox.forbid_sockets()
    sandbox.be_killed_first()
    sandbox.limit_memory(sandbox.available_memory())
    try:
        request, text = receive(line)
        threading.Thread(target=_watch, args=(line,), daemon=True).start()
        send(line, _send_answer(line, Path(request["store"]), text, request["to"]))
    finally:
        os._exit(1)


def _watch(line: socket.socket) -> NoReturn:
    """Ends the process as soon as the command is gone, also in the middle of the query."""
    with suppress(EOFError, OSError):
        receive(line)
    os._exit(0)


def _send_answer(line: socket.socket, store: Path, text: bytes, to: str | None) -> Message:
    """Sends the answer; how that ended."""
    try:
        _answer(line, store, text, to)
        return {"end": True}
    except RejoinderError as error:
        return {"error": type(error).__name__, "message": str(error)}
    except MemoryError:
        return {"error": QueryTooLarge.__name__, "message": ""}
    except (OSError, RuntimeError) as error:
        failed = damage_error(store, error) if comes_from_store(store, error) else QueryError(_failure_text(error))
        return {"error": type(failed).__name__, "message": str(failed)}


def _answer(line: socket.socket, folder: Path, text: bytes, to: str | None) -> None:
    store = open_current(folder).store
    answer = _run(store, text)
    for unknown_term in unknown_terms(store, text.decode()):
        send(line, {"note": unknown_term})
    if not isinstance(answer, ox.QueryTriples) and to in (None, "table"):
        for start in range(0, len(table := _table(answer)), PART_BYTES):
            send(line, {"text": True}, table[start : start + PART_BYTES].encode())
        return
    write = _writer(answer, to)
    with io.BufferedWriter(_Parts(line), PART_BYTES) as out:
        write(out)


def _run(store: ox.Store, text: bytes) -> Found:
    """The engine's answer. What would crash the engine, or make it call another server, is refused first."""
    try:
        query = text.decode("utf-8")
        return store.query(query, use_default_graph_as_union=not check_and_explain(query, LOCAL_SETTINGS).names_dataset)
    except SyntaxError as error:
        raise QueryError(explain_refusal(query, str(error))) from error
    except UnicodeDecodeError as error:
        raise QueryError(f"not a SPARQL query: expected UTF-8, got byte {error.object[error.start]:#04x}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(_failure_text(error)) from error


def _failure_text(error: Exception) -> str:
    return f"the query cannot be answered: {error}"


def _writer(answer: Found, to: str | None) -> Callable[[IO[bytes]], object]:
    """What writes the answer; raises BadParameter where it comes in no such format."""
    if isinstance(answer, ox.QueryTriples):
        if to is not None and to not in GRAPH_FORMATS:
            raise BadParameter(f"--format: this query gives a graph; expected one of {', '.join(GRAPH_FORMATS)}")
        return lambda out: write_graph(answer, out, GRAPH_FORMATS[to or "turtle"])
    if to not in RESULT_FORMATS:
        raise BadParameter(f"--format: this query gives rows; expected table or one of {', '.join(RESULT_FORMATS)}")
    if to == "csv" and isinstance(answer, ox.QuerySolutions):
        return lambda out: write_csv(answer, out)
    return lambda out: answer.serialize(out, format=RESULT_FORMATS[to])


def _table(answer: ox.QuerySolutions | ox.QueryBoolean) -> str:
    if isinstance(answer, ox.QueryBoolean):
        return "true\n" if answer else "false\n"
    columns = [variable.value for variable in answer.variables]
    rows = [
        {name: None if row[name] is None else str(getattr(row[name], "value", row[name])) for name in columns}
        for row in answer
    ]
    return tables.as_table(columns, rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
