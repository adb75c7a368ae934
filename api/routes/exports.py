"""A thread as a file: every format of graph/exports, under the address of the thread."""

from __future__ import annotations

import re
import time

import pyoxigraph as ox
from flask import Response, request

from rejoinder.api.answering import answers
from rejoinder.api.requests import query_parameters
from rejoinder.api.requests.formats import NEGOTIATED_FORMATS
from rejoinder.api.service.budget import client_of
from rejoinder.api.service.snapshots import service
from rejoinder.errors import Busy, QueryTooLarge
from rejoinder.graph.exports import EXPORTS
from rejoinder.graph.exports.thread_map import ThreadMap, count_quads, thread_map
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.terms import Names
from rejoinder.records import ThreadKey

INLINE_FORMATS = (*NEGOTIATED_FORMATS, "svg")  # by the browser; the others are kept as files
QUAD_BYTES = 2_000  # of memory that each quad of a thread takes while N-Quads, the largest format, are made of it


def thread_file(snapshot: Snapshot, thread: ox.NamedNode, to: str) -> Response:
    """The thread in one of EXPORTS; the time it takes is taken from the client's budget.

    Raises QueryTooLarge for a thread that takes more memory, or a file of more bytes, than the server allows,
    TooManyRequests for a budget used up, Busy while as many files are being made as there are workers: one of a long
    thread takes a processor and hundreds of megabytes for seconds.
    """
    settings, names = service().settings, Names(snapshot.base)
    outward = query_parameters.choice_parameter("premises", ("outward", "inward")) == "outward"
    options = Options(outward, settings.answer_threshold, settings.objection_threshold)
    key = names.key_of(thread.value)
    body = _charged_file(snapshot, key, to, options)
    if len(body) > settings.result_bytes:
        raise QueryTooLarge(f"as {to} the thread has {len(body):,} bytes; `rejoinder export` has no such limit")
    response = answers.answer(body, to, snapshot)
    how = "inline" if to in INLINE_FORMATS else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{file_name(key, to)}"'
    return response


def file_name(key: ThreadKey, to: str) -> str:
    """What a browser should call the file.

    >>> file_name(ThreadKey("beds.example", "hedge/2024"), "svg")
    'beds.example-hedge-2024.svg'
    """
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", f"{key.site}-{key.id}")[:80].strip("-.")
    return f"{plain or 'thread'}.{EXPORTS[to].EXTENSION}"


def _charged_file(snapshot: Snapshot, key: ThreadKey, to: str, options: Options) -> bytes:
    client, budget = client_of(request.remote_addr or ""), service().budget
    budget.check(client)
    if not service().files.acquire(blocking=False):
        raise Busy("other threads are being written as files", retry_after=5)
    start = time.monotonic()
    try:
        most = service().settings.worker_bytes // QUAD_BYTES
        return service().makers.submit(_make_file, snapshot, key, to, options, most).result()
    finally:
        service().files.release()
        budget.spend(client, time.monotonic() - start)


def _make_file(snapshot: Snapshot, key: ThreadKey, to: str, options: Options, most: int) -> bytes:
    """The file of a thread that has no more than `most` quads; raises QueryTooLarge before any of more is read."""
    names = Names(snapshot.base)
    if count_quads(snapshot.store, key, names, most + 1) > most:
        elsewhere = "`rejoinder export` writes it whatever its size"
        raise QueryTooLarge(f"the thread has more than {most:,} quads, too many to make a file of here; {elsewhere}")
    argument_map: ThreadMap = thread_map(snapshot.store, key, names)
    return EXPORTS[to].write(argument_map, options).encode()
