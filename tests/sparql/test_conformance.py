"""The live server against the shared conformance runners: the protocol suite, and every query of death over HTTP."""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import os
import socket
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from rejoinder.settings import Settings
from tests.live import Server, serving, store_of
from tests.sparql.test_guard import OUTSIDE

SHARED = Path(__file__).parents[3] / "shared/conformance"
W3C = SHARED / "rdf-tests/sparql/sparql11"
SECONDS = 1.0  # by itself, what is stopped at this deadline would end after minutes or never, and nobody waits so long
# Long queries are let in, so that the probe's lists of 100,000 terms reach the engine.
SETTINGS = replace(Settings(), query_seconds=60, worker_bytes=400_000_000, query_bytes=5_000_000)
ANSWERED = "VALUES of 100k terms"  # the one of the probe that is to have its answer, however busy the machine is

if not SHARED.is_dir():
    pytest.skip("the shared conformance runners are not beside this repository", allow_module_level=True)


def runner(name: str) -> ModuleType:
    """A shared runner, loaded from where it lies."""
    spec = importlib.util.spec_from_file_location(name, SHARED / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def protocol_data() -> Iterator[ox.Quad]:
    """The graphs that the W3C protocol tests expect to be loaded."""
    for path in sorted((W3C / "protocol").glob("data*.nt")):
        graph = ox.NamedNode(f"http://kasei.us/2009/09/sparql/data/{path.stem}.rdf")
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def ring(size: int = 300) -> Iterator[ox.Quad]:
    """A graph of two rings and some text: enough rows for cross products to explode."""
    for number in range(size):
        node = ox.NamedNode(f"http://e/{number}")
        for step in (7, 3):
            yield ox.Quad(node, ox.NamedNode("http://e/p"), ox.NamedNode(f"http://e/{(number * step + 1) % size}"))
        yield ox.Quad(node, ox.NamedNode("http://e/t"), ox.Literal("a" * 30 + "!"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("ring")
    store_of(folder, ring())
    with serving(folder, SETTINGS) as running:
        yield running


def test_protocol_suite_has_no_failure_at_must_or_should(tmp_path: Path) -> None:
    store_of(tmp_path / "store", protocol_data())
    with serving(tmp_path / "store", Settings()) as running:
        wanted = argparse.Namespace(
            endpoint=running.endpoint, update=None, gsp=None, token=None, preloaded=True, manifests=W3C, timeout=30
        )
        rows: list[dict[str, str]] = runner("protocol_suite").Suite(wanted).run()
    failed = [f"{row['name']}: {row['why']}" for row in rows if row["verdict"] == "FAIL" and row["level"] != "may"]
    assert not failed
    assert sum(row["verdict"] == "pass" for row in rows) >= 90


class Recorder:
    """Stands where the probe has its store, and keeps the queries that would have run."""

    def __init__(self) -> None:
        self.queries: list[str] = []

    def query(self, text: str) -> Recorder:
        self.queries.append(text)
        return self

    def serialize(self, **_: object) -> None:
        """The probe serialises what `query` gives."""


def ask(server: Server, query: str, seconds: float = SECONDS) -> httpx.Response:
    """What comes back of a query that may run for so long."""
    headers = {"Accept": "*/*", "Content-Type": "application/sparql-query"}
    return server.client.post(
        server.endpoint, params={"timeout": f"{seconds:g}"}, content=query.encode(), headers=headers
    )


def deaths() -> dict[str, str]:
    """Name and text of every query in the crash probe."""
    probe, found = runner("crash_probe"), {}
    for name, code in probe.BOTH.items():
        if not name.startswith("query:"):
            continue
        recorder = Recorder()
        names: dict[str, Any] = {"s": recorder, "q": recorder.query, "data": lambda size=300: None, "T": ox.RdfFormat}
        exec(textwrap.dedent(probe.MORE["ox"]), names)
        eval(code, names)
        found[name.removeprefix("query: ")] = recorder.queries[0]
    return found


def test_no_query_of_death_takes_the_server_down(server: Server) -> None:
    statuses = {}
    for name, query in deaths().items():
        answer = ask(server, query, SETTINGS.query_seconds if name == ANSWERED else SECONDS)
        statuses[name] = answer.status_code
        assert answer.status_code in (200, 400, 413, 504), f"{name}: {answer.text[:200]}"
        assert server.ask("ASK {}").json()["boolean"] is True, name
    assert server.process.poll() is None
    assert len(statuses) > 35
    assert statuses[ANSWERED] == 200
    assert {statuses[name] for name in statuses if name.startswith(("10k nested", "20k", "100k"))} == {400}


def test_slow_queries_end_at_the_deadline_and_leave_the_processor_idle(server: Server) -> None:
    answer = ask(server, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert answer.status_code == 504
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 504
    assert "1 seconds" in answer.json()["detail"]
    if Path("/proc/self/stat").exists():
        assert falls_idle(server.process.pid), "by itself the query ends after hours"


def falls_idle(pid: int) -> bool:
    """True once the process has used next to nothing for a second; a new worker starts slowly on a busy machine."""
    for _ in range(60):
        before = processor_seconds(pid)
        time.sleep(1)
        if processor_seconds(pid) - before < 0.2:
            return True
    return False


def processor_seconds(pid: int) -> float:
    """What a process and its living children have used."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(path.parent.name) == pid or int(fields[1]) == pid:
                total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def test_hungry_queries_are_stopped(server: Server) -> None:
    answer = ask(server, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i")
    assert answer.status_code in (413, 504)
    assert server.lives()


def test_a_million_rows_come_back_cut_and_flagged(server: Server) -> None:
    answer = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000000")
    assert answer.status_code == 200
    assert answer.headers["X-Rejoinder-Truncated"] == "true"
    assert answer.json()["head"]["truncated"] is True
    assert len(answer.json()["results"]["bindings"]) == SETTINGS.result_rows


def test_no_packet_leaves_whatever_the_spelling(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listener:
        listener.settimeout(0.5)
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        for name, query in OUTSIDE.items():
            answer = server.ask(query.replace("127.0.0.1:9", address), accept="*/*")
            assert 400 <= answer.status_code < 500, name
        with pytest.raises(TimeoutError):
            listener.accept()
    assert server.lives()


def test_shared_runners_run_from_the_command_line_too(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["protocol_suite.py", "--endpoint", server.endpoint, "--level", "should"])
    with contextlib.redirect_stdout(io.StringIO()) as said:
        assert runner("protocol_suite").main() == 0, said.getvalue()
