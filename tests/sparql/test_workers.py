"""Query workers: right answers in every format, hard limits, replacement, switching, and no way out."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from rejoinder.errors import Busy, QueryError, QueryRefused, QueryTimeout, QueryTooLarge, StoreError
from rejoinder.graph.sparql import answers, process, worker, workers
from rejoinder.graph.sparql.answers import SOLUTIONS, TRIPLES
from rejoinder.graph.sparql.protocol import Answer, Query
from rejoinder.graph.sparql.workers import Pool
from rejoinder.graph.stores.publish import open_current, publish
from rejoinder.settings import Settings
from tests.live import store_of
from tests.patience import PATIENCE, eventually
from tests.processes import alive, needs_proc

JSON = "application/sparql-results+json"
XSD = "http://www.w3.org/2001/XMLSchema#"
SETTINGS = replace(Settings(), workers=2, worker_bytes=400_000_000)
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HOGGED = 1.0  # seconds for which another query has the only worker
ROWS = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i"

Term = ox.NamedNode | ox.Literal | ox.BlankNode
TERMS: dict[str, Term] = {
    "iri": ox.NamedNode("https://allotment.example/b%C3%A9d/1?x=<>".replace("<>", "%3C")),
    "blank": ox.BlankNode("bed"),
    "plain": ox.Literal("beans"),
    "empty": ox.Literal(""),
    "lines and quotes": ox.Literal('two\nlines\r\n\ttab "quoted" \\ back, comma'),
    "markup": ox.Literal("<b>&amp;</b> }},{ ]]>"),
    "unicode": ox.Literal("\u00e9 \U0001f600 \u202e right \u2028 line"),
    "formula": ox.Literal("=cmd()|a"),
    "looks like a term": ox.Literal("<http://e/> ?x _:b 1"),
    "language": ox.Literal("Bohne", language="de-AT"),
    "direction": ox.Literal("x", language="ar", direction=ox.BaseDirection.RTL),
    "datatype": ox.Literal("x", datatype=ox.NamedNode("http://e/unit")),
}
TERMS |= {
    f"{name} {value}": ox.Literal(value, datatype=ox.NamedNode(XSD + name))
    for name, value in [
        ("integer", "1"),
        ("integer", "-01"),
        ("integer", "many"),
        ("decimal", "1.50"),
        ("decimal", ".5"),
        ("double", "1.0E5"),
        ("double", "NaN"),
        ("boolean", "true"),
        ("boolean", "1"),
        ("dateTime", "2024-05-01T10:00:00+02:00"),
    ]
}


def beds() -> Iterator[ox.Quad]:
    """Ten objects for each of sixty subjects, in three graphs; then every kind of term in a fourth."""
    for number in range(600):
        subject = ox.NamedNode(f"https://allotment.example/bed/{number // 10}")
        graph = ox.NamedNode(f"https://allotment.example/graph/{number % 3}")
        yield ox.Quad(subject, ox.NamedNode("https://allotment.example/grows"), ox.Literal(f"crop {number}"), graph)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks waits for a worker as long as that takes to start, on whatever machine."""
    monkeypatch.setattr(workers, "WAIT_SECONDS", PATIENCE)
    monkeypatch.setattr(process, "START_SECONDS", PATIENCE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("allotment")
    store_of(path, beds())
    return path


@pytest.fixture(scope="module")
def pool(folder: Path) -> Iterator[Pool]:
    made = Pool(open_current(folder).path, SETTINGS)
    yield made
    made.close()


def ask(
    pool: Pool,
    query: str,
    media_type: str = JSON,
    *,
    rows: int = 1000,
    seconds: float = PATIENCE,
    charge: Callable[[float], None] = lambda _: None,
) -> Answer:
    return pool.answer(Query(query, rows, seconds, union=True), media_type, charge)


def rows_of(answer: Answer) -> list[dict[str, dict[str, str]]]:
    found: list[dict[str, dict[str, str]]] = json.loads(answer.body)["results"]["bindings"]
    return found


def written(store: ox.Store, query: str, media_type: str) -> bytes | None:
    """The engine's own answer."""
    found = store.query(query)
    assert not isinstance(found, ox.QueryTriples)
    return found.serialize(format=SOLUTIONS[media_type])


def alike(body: bytes, expected: bytes | None, media_type: str) -> bool:
    """Byte for byte; but for CSV, where fields may be quoted or not, field for field."""
    if media_type != "text/csv":
        return body == expected
    read, wanted = (list(csv.reader(io.StringIO(one.decode(), newline=""))) for one in (body, expected or b""))
    return [row or [""] for row in read] == [row or [""] for row in wanted]


@contextmanager
def hogged(pool: Pool, slow: str = SLOW) -> Iterator[threading.Event]:
    """Keeps a worker busy with a slow query until the event is set, or the block ends."""
    enough = threading.Event()

    def hog() -> None:
        with suppress(QueryTimeout):
            pool.answer(Query(slow, 1, PATIENCE, union=True), JSON, wanted=lambda: not enough.is_set())

    thread = threading.Thread(target=hog)
    thread.start()
    try:
        assert eventually(lambda: pool._busy == 1)
        yield enough
    finally:
        enough.set()
        thread.join()


@pytest.mark.parametrize("media_type", SOLUTIONS)
@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)
def test_rows_are_written_as_the_engine_writes_them(term: Term, media_type: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), term))
    for query in ("SELECT ?o { ?s ?p ?o }", "SELECT ?none ?o ?more { ?s ?p ?o }", "SELECT ?none { ?s ?p ?o }"):
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        body, count, truncated = answers.write_solutions(found, media_type, 10, 10**6)
        assert alike(body, written(store, query, media_type), media_type)
        assert (count, truncated) == (1, False)


@pytest.mark.parametrize("media_type", SOLUTIONS)
@pytest.mark.parametrize("rows", [1, 2, 599, 600, 601])
def test_rows_are_cut_at_the_cap_and_flagged(pool: Pool, media_type: str, rows: int) -> None:
    query = "SELECT ?o ?none { ?s ?p ?o } ORDER BY ?o"
    answer = ask(pool, query, media_type, rows=rows)
    assert (answer.rows, answer.truncated) == (min(rows, 600), rows < 600)
    expected = ask(pool, f"{query} LIMIT {rows}", media_type).body
    assert answer.body.replace(b'"truncated":true,', b"") == expected
    assert (b'"truncated":true' in answer.body) == (answer.truncated and media_type == JSON)


@pytest.mark.parametrize("media_type", TRIPLES)
@pytest.mark.parametrize(("rows", "expected"), [(5, 5), (600, 600), (1000, 600)])
def test_triples_are_cut_at_the_cap_and_flagged(pool: Pool, media_type: str, rows: int, expected: int) -> None:
    answer = ask(pool, "CONSTRUCT WHERE { ?s ?p ?o }", media_type, rows=rows)
    assert (answer.rows, answer.truncated) == (expected, rows < 600)
    assert len(list(ox.parse(answer.body, format=TRIPLES[media_type]))) == expected


@pytest.mark.parametrize("media_type", SOLUTIONS)
def test_truth_values(pool: Pool, media_type: str) -> None:
    assert ask(pool, "ASK {}", media_type).body == written(ox.Store(), "ASK {}", media_type)


def test_datasets(pool: Pool) -> None:
    def count(text: str, default: list[str] | None = None, named: list[str] | None = None, union: bool = False) -> int:
        return int(rows_of(pool.answer(Query(text, 9, PATIENCE, default, named, union), JSON))[0]["n"]["value"])

    one, other = "https://allotment.example/graph/0", "https://allotment.example/graph/1"
    everything, named = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(everything, union=True) == 600
    assert count(everything) == 0
    assert count(named) == 600
    assert count(everything, [one, other], []) == 400
    assert count(named, [one], []) == 0
    assert count(named, [], [other]) == 200
    assert count(everything, [], [other]) == 0
    assert count(everything.replace("{", f"FROM <{one}> {{")) == 200


def test_relative_iris_are_read_against_the_base(pool: Pool) -> None:
    query = "SELECT (<bed> AS ?x) {}"
    answer = pool.answer(Query(query, 1, PATIENCE, base_iri="https://allotment.example/sparql"), JSON)
    assert rows_of(answer)[0]["x"]["value"] == "https://allotment.example/bed"


ERRORS: dict[str, tuple[str, type[Exception], str]] = {
    "syntax": ("SELECT * {\n ?s ?p", QueryError, r"^line 2, column 7: expected"),
    "unknown function": ("SELECT (<http://e/f>(1) AS ?x) {}", QueryError, "function"),
    "service": ("SELECT * { SERVICE <http://127.0.0.1:1234/> { ?s ?p ?o } }", QueryRefused, "outside"),
    "update": ("CLEAR ALL", QueryError, "line 1"),
    "deep brackets": ("SELECT * {" + "{" * 150_000 + "}" * 150_000 + "}", QueryTooLarge, "memory"),
}


@pytest.mark.parametrize(("query", "error", "message"), ERRORS.values(), ids=ERRORS)
def test_bad_queries(pool: Pool, query: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        ask(pool, query)
    assert ask(pool, "ASK {}").body


def test_bad_graph_names_are_the_clients_fault(pool: Pool) -> None:
    with pytest.raises(QueryError, match="IRI"):
        pool.answer(Query("ASK {}", 1, PATIENCE, ["not an IRI"], []), JSON)


def test_large_answers_are_refused(folder: Path) -> None:
    pool = Pool(open_current(folder).path, replace(SETTINGS, result_bytes=10_000, workers=1))
    for query, media_type in [("SELECT * { ?s ?p ?o }", JSON), ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle")]:
        with pytest.raises(QueryTooLarge, match="10000 bytes"):
            ask(pool, query, media_type)
        assert ask(pool, f"{query} LIMIT 5", media_type).rows == 5
    pool.close()


def test_slow_queries_are_stopped_at_the_deadline_and_the_worker_replaced(pool: Pool) -> None:
    assert eventually(lambda: pool.workers == 3)
    with pytest.raises(QueryTimeout, match=r"0\.5 seconds; ask for less, .* `rejoinder query`"):
        ask(pool, SLOW, seconds=0.5)  # by itself it ends after hours
    assert ask(pool, "ASK {}").body
    assert eventually(lambda: pool.workers == 3)


def test_hungry_queries_die_and_the_next_one_is_answered(pool: Pool) -> None:
    with pytest.raises(QueryTooLarge, match=r"memory.*; ask for less, .* `rejoinder query`"):
        ask(pool, HUNGRY)
    assert ask(pool, "ASK {}").body


def test_a_worker_that_died_idle_costs_no_query(pool: Pool) -> None:
    assert eventually(lambda: pool.workers == 3)
    for one in list(pool._idle):
        os.kill(one.process.pid, signal.SIGKILL)
        assert eventually(lambda: one.process.poll() is not None)  # noqa: B023
    assert ask(pool, "ASK {}").body


def test_no_worker_can_open_a_connection(pool: Pool) -> None:
    if sys.platform != "linux":
        pytest.skip("seccomp is a feature of Linux; elsewhere the guard alone refuses SERVICE")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with pytest.raises(QueryRefused):
            ask(pool, f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}")
        with pytest.raises(TimeoutError):
            listener.accept()


def test_many_threads_get_their_own_answers(pool: Pool) -> None:
    found: list[tuple[int, int]] = []

    def run(start: int) -> None:
        for number in range(start, start + 25):
            answer = ask(pool, f"SELECT ({number} AS ?n) {{}}")
            found.append((number, int(rows_of(answer)[0]["n"]["value"])))

    threads = [threading.Thread(target=run, args=(start,)) for start in range(0, 200, 25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [(number, number) for number in range(200)]


def test_busy_when_no_worker_frees_up_in_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WAIT_SECONDS", 0.2)
    pool = Pool(open_current(folder).path, replace(SETTINGS, workers=1))
    with hogged(pool):
        with pytest.raises(Busy) as caught:
            ask(pool, "ASK {}")
        assert (caught.value.retry_after or 0) > 0
    assert ask(pool, "ASK {}").body
    pool.close()


@pytest.mark.parametrize(
    ("query", "seconds", "least"),
    [("ASK {}", PATIENCE, 0), ("ASK {", PATIENCE, 0), (SLOW, 0.5, 1.0), (SLOW, 1e-6, 0.5)],
    ids=["answer", "error", "deadline", "no time at all"],
)
def test_what_is_charged_is_the_time_of_a_worker_and_its_replacement(
    pool: Pool, query: str, seconds: float, least: float
) -> None:
    charged: list[float] = []
    start = time.monotonic()
    with suppress(QueryError, QueryTimeout):
        ask(pool, query, seconds=seconds, charge=charged.append)
    assert len(charged) == 1
    assert least <= charged[0] <= time.monotonic() - start + workers.RESTART_SECONDS


@pytest.mark.parametrize(("wait", "charges"), [(0.2, 0), (PATIENCE, 1)], ids=["in vain", "with success"])
def test_waiting_for_a_worker_is_not_charged(
    folder: Path, monkeypatch: pytest.MonkeyPatch, wait: float, charges: int
) -> None:
    monkeypatch.setattr(workers, "WAIT_SECONDS", wait)
    pool = Pool(open_current(folder).path, replace(SETTINGS, workers=1))
    charged: list[float] = []
    with hogged(pool) as enough:
        start = time.monotonic()
        if charges:
            threading.Timer(HOGGED, enough.set).start()
        with suppress(Busy):
            ask(pool, "ASK {}", charge=charged.append)
        waited = time.monotonic() - start
    pool.close()
    assert len(charged) == charges
    assert sum(charged) <= max(0, waited - HOGGED), "the wait took longer"


def test_a_query_that_nobody_waits_for_any_more_is_stopped_and_paid_for(fresh: tuple[Pool, Path]) -> None:
    pool, _ = fresh
    before, charged, looks = pids(pool), list[float](), iter([True, True])
    with pytest.raises(QueryTimeout, match="nobody waits"):
        pool.answer(Query(SLOW, 1, PATIENCE, union=True), JSON, charged.append, lambda: next(looks, False))
    assert charged[0] >= workers.RESTART_SECONDS
    assert eventually(lambda: pool.workers == 3)
    assert len(pids(pool) & before) == 2


def test_a_query_that_nobody_waits_for_when_its_turn_comes_costs_no_worker(fresh: tuple[Pool, Path]) -> None:
    pool, _ = fresh
    before, charged = pids(pool), list[float]()
    with pytest.raises(QueryTimeout, match="nobody waits"):
        pool.answer(Query(SLOW, 1, PATIENCE, union=True), JSON, charged.append, lambda: False)
    assert (pids(pool), charged, pool._busy, len(pool._queue)) == (before, [], 0, 0)
    assert ask(pool, "ASK {}").body


def test_switching_drops_no_request_and_each_answer_names_its_snapshot(tmp_path: Path) -> None:
    store = store_of(tmp_path / "store", beds())
    pool = Pool(open_current(tmp_path / "store").path, replace(SETTINGS, workers=2))
    sizes, found, stop = {pool.path.name: 600}, [], threading.Event()

    def run() -> None:
        while not stop.is_set():
            answer = ask(pool, ROWS)
            found.append((answer.snapshot, int(rows_of(answer)[0]["n"]["value"])))

    threads = [threading.Thread(target=run, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for number in range(5):
            store.add(ox.Quad(ox.NamedNode(f"urn:{number}"), ox.NamedNode("urn:p"), ox.NamedNode("urn:o")))
            name = publish(store, tmp_path / "store")
            sizes[name] = 601 + number
            pool.switch(tmp_path / "store" / "snapshots" / name)
            assert eventually(lambda: found[-1:] == [(name, sizes[name])])  # noqa: B023
        assert ask(pool, "ASK {}").snapshot == name
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        pool.close()
    assert set(found) <= set(sizes.items())


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[tuple[Pool, Path]]:
    """A pool of three idle workers on a store of 600 rows, and the next snapshot of it, with one row more."""
    store = store_of(tmp_path / "store", beds())
    pool = Pool(open_current(tmp_path / "store").path, SETTINGS)
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.NamedNode("urn:o")))
    yield pool, tmp_path / "store" / "snapshots" / publish(store, tmp_path / "store")
    pool.close()


def pids(pool: Pool) -> set[int]:
    return {one.process.pid for one in pool._idle}


def test_workers_live_on_when_the_snapshot_changes(fresh: tuple[Pool, Path]) -> None:
    pool, following = fresh
    before = pids(pool)
    pool.switch(following)
    assert pids(pool) == before
    assert rows_of(ask(pool, ROWS))[0]["n"]["value"] == "601"


@needs_proc
def test_the_threads_of_a_worker_reserve_nothing_of_what_its_queries_may_take(fresh: tuple[Pool, Path]) -> None:
    pool, following = fresh
    for path in (following, pool.path) * 3:
        pool.switch(path)
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[0]) for pid in pids(pool)]
    assert max(pages) * os.sysconf("SC_PAGE_SIZE") < worker.STACK_BYTES + 300_000_000


def signalled(found: list[process.Worker], what: signal.Signals) -> None:
    for one in found:
        os.kill(one.process.pid, what)


def test_a_busy_worker_ends_its_query_on_the_old_snapshot_and_follows(fresh: tuple[Pool, Path]) -> None:
    pool, following = fresh
    all_, before, old, found = list(pool._idle), pids(pool), pool.path.name, list[Answer]()
    signalled(all_, signal.SIGSTOP)  # so that the query takes as long as it should
    thread = threading.Thread(target=lambda: found.append(ask(pool, ROWS)))
    thread.start()
    assert eventually(lambda: pool._busy == 1)
    idle = list(pool._idle)
    signalled(idle, signal.SIGCONT)
    pool.switch(following)
    assert ask(pool, "ASK {}").snapshot == following.name
    signalled([one for one in all_ if one not in idle], signal.SIGCONT)
    thread.join()
    assert (found[0].snapshot, rows_of(found[0])[0]["n"]["value"]) == (old, "600")
    assert eventually(lambda: pids(pool) == before)
    assert {one.path for one in pool._idle} == {following}


def test_an_answer_names_its_snapshot_though_its_worker_opens_the_next_at_once(fresh: tuple[Pool, Path]) -> None:
    pool, following = fresh
    old = pool.path.name
    answer = ask(pool, ROWS, charge=lambda _: pool.switch(following))  # by then the worker is given back
    assert (answer.snapshot, rows_of(answer)[0]["n"]["value"]) == (old, "600")


def test_the_memory_of_a_worker_is_bounded_after_a_change_too(fresh: tuple[Pool, Path]) -> None:
    pool, following = fresh
    for path in (following, pool.path, following):
        pool.switch(path)
    with pytest.raises(QueryTooLarge, match="memory"):
        ask(pool, HUNGRY)
    assert ask(pool, "ASK {}").snapshot == following.name


def test_a_snapshot_that_no_worker_can_open_changes_nothing(fresh: tuple[Pool, Path]) -> None:
    pool, following = fresh
    old = pool.path.name
    with pytest.raises(StoreError, match="nowhere"):
        pool.switch(following.with_name("nowhere"))
    assert ask(pool, "ASK {}").snapshot == old
    assert eventually(lambda: pool.workers == 3)
    assert {one.path.name for one in pool._idle} == {old}


def test_workers_that_died_idle_are_replaced_when_the_snapshot_changes(fresh: tuple[Pool, Path]) -> None:
    pool, following = fresh
    before = pids(pool)
    for one in list(pool._idle):
        os.kill(one.process.pid, signal.SIGKILL)
        one.process.wait()
    pool.switch(following)
    assert ask(pool, "ASK {}").snapshot == following.name
    assert pids(pool).isdisjoint(before)


def test_a_snapshot_that_is_not_there_is_a_store_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing"):
        Pool(tmp_path / "nothing", SETTINGS)


def test_a_closed_pool_answers_no_more(folder: Path) -> None:
    pool = Pool(open_current(folder).path, SETTINGS)
    processes = [worker.process for worker in pool._idle]
    pool.close()
    assert all(process.returncode is not None for process in processes)
    with pytest.raises(StoreError, match="stopping"):
        ask(pool, "ASK {}")


PARENT = """
import sys, threading
from pathlib import Path
from rejoinder.graph.sparql.protocol import Query
from rejoinder.graph.sparql.workers import Pool
from rejoinder.settings import Settings
pool = Pool(Path(sys.argv[1]), Settings())
print(*(worker.process.pid for worker in pool._idle), flush=True)
pool.answer(Query(sys.argv[2], 1, 600, union=True), "text/csv")
"""


def test_workers_die_with_their_parent_even_in_the_middle_of_a_query(folder: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(open_current(folder).path), SLOW]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(one) for one in parent.stdout.readline().split()]
        time.sleep(0.3)
        parent.kill()
    assert len(pids) == 3
    assert eventually(lambda: not any(map(alive, pids)))
