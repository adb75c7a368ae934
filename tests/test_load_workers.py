"""Processes that help a load: the same comes of it however many there are, and none outlives it, however it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.speed import drawn
from rejoinder import load_workers as workers
from rejoinder.cli import main
from rejoinder.errors import Problem, StoreError
from rejoinder.graph.exports.whole import dump
from rejoinder.graph.stores.publish import open_current
from rejoinder.graph.triples.terms import Names
from rejoinder.load import Tally, load
from rejoinder.load_workers import Worker, Workers, fitting
from rejoinder.loaders.extract import RULES, Extractor, Rules
from rejoinder.loaders.mapping import FieldMap
from rejoinder.records import Comment, Discussion, Thread, ThreadKey
from rejoinder.settings import Settings
from rejoinder.work import Work
from tests.conftest import EXAMPLES
from tests.patience import PATIENCE, eventually
from tests.processes import alive
from tests.reading import written
from tests.test_golden import SOURCES, files_of, map_of

SEVERAL = [3]  # processes, beside one that does all by itself
COMMENTS = 100  # five threads, of which t3 can be odd


# ------------------------------------------------------------------ the same comes of it


@dataclass
class Outcome:
    """What a load left, said and counted."""

    tally: Tally
    problems: list[Problem]
    quads: list[bytes]


@dataclass
class Given:
    """What workers gave back."""

    made: list[Work | None] = field(default_factory=list)


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> Given:
    """A load is helped from its first comment on, in small lots; what is given back is counted."""
    seen, receive = Given(), Worker.receive

    def counted(self: Worker) -> list[Work | None]:
        made = receive(self)
        seen.made += made
        return made

    monkeypatch.setattr(workers, "ENOUGH", 0)
    monkeypatch.setattr(workers, "LOT", 2_000)
    monkeypatch.setattr(workers, "AHEAD", 9_000)
    monkeypatch.setattr(Worker, "receive", counted)
    return seen


def outcome(
    folder: Path, loads: Sequence[Sequence[str]], jobs: int, by: FieldMap | None = None, extractor: Extractor = RULES
) -> Outcome:
    """What the last of some loads into one new store gives; with `jobs` of 0 the argument is left out."""
    problems: list[Problem] = []
    for files in loads:
        tally = load(folder, files, Settings(), report=problems.append, by=by, extractor=extractor, jobs=jobs)
    return Outcome(tally, problems, sorted(b"".join(dump(open_current(folder).store, "nquads")).splitlines()))


ODD_LINES = [
    {
        "id": "1",
        "thread": "ä/ö %",
        "author": "Zoë\u202e",
        "text": "The \U0001f68b runs. \u2028It doesn\u2019t pay — \ud800 no.",
    },
    {"id": "2", "thread": "ä/ö %", "parent": "1", "author": "bo", "text": 'No, "it pays"\\ \u0000 \x1f well.'},
    {"id": "2", "thread": "ä/ö %", "parent": "1", "author": "bo", "text": "It stands twice."},
    {"id": "1", "thread": "circle", "parent": "2", "author": "a", "text": "The bell rings too loudly."},
    {"id": "2", "thread": "circle", "parent": "1", "author": "b", "text": "I disagree, it does not."},
    {"id": "1", "thread": "empty", "text": ""},
    {"id": "9", "thread": "lone", "parent": "nobody", "author": "b", "text": "You are wrong, it leaks."},
]
ODD = "\n".join(
    [*map(json.dumps, ODD_LINES), "no JSON", '{"id": 5}', '{"id": "x", "thread": "last", "text": "It drips."}']
)


def many(folder: Path) -> list[list[str]]:
    """Threads drawn from the labelled corpus, and one that is longer than all that is sent ahead."""
    lines = [*drawn(120), *({**one, "thread": "long", "id": f"long {one['id']}"} for one in drawn(150, thread=150))]
    return [[str(written(folder, "".join(json.dumps(one) + "\n" for one in lines), "many.jsonl"))]]


def formats(folder: Path) -> list[list[str]]:
    """A source of every format, argument maps and dumps among them."""
    return [[file for source in SOURCES if map_of(source) is None for file in files_of(source)]]


def twice(folder: Path) -> list[list[str]]:
    """Threads that are in the store already, of which some comments are other ones."""
    (files,) = many(folder)
    lines = Path(files[0]).read_text(encoding="utf-8").splitlines()
    later = [json.dumps({**json.loads(one), "text": "I agree, it leaks."}) for one in lines[::7]]
    return [files, [str(written(folder, "\n".join(later), "later.jsonl"))]]


LOADS: dict[str, Callable[[Path], list[list[str]]]] = {
    "many threads": many,
    "every format": formats,
    "loaded before": twice,
    "odd ones": lambda folder: [[str(written(folder, ODD, "odd.jsonl"))]],
    "the example": lambda folder: [[str(EXAMPLES / "library-fees.jsonl"), str(EXAMPLES / "library-fees.txt")]],
    "nothing": lambda folder: [[str(written(folder, "no JSON\n", "a.jsonl"))]],
}


@pytest.mark.parametrize("name", LOADS)
def test_the_same_comes_of_a_load_however_many_help(tmp_path: Path, name: str, helped: Given) -> None:
    loads = LOADS[name](tmp_path)
    alone = outcome(tmp_path / "alone", loads, 1)
    assert helped.made == []
    for jobs in SEVERAL:
        assert outcome(tmp_path / str(jobs), loads, jobs) == alone
    assert None not in helped.made
    assert len(helped.made) >= len(SEVERAL) * alone.tally.threads


def test_the_same_comes_of_a_field_map(tmp_path: Path, helped: Given) -> None:
    source = next(one for one in SOURCES if map_of(one) is not None)
    found = [outcome(tmp_path / str(jobs), [files_of(source)], jobs, map_of(source)) for jobs in (1, *SEVERAL)]
    assert found[1:] == found[:1] * len(SEVERAL)
    assert helped.made


@pytest.mark.parametrize("extractor", [RULES, Rules()], ids=["the default", "another"])
def test_only_what_the_default_extractor_does_is_done_elsewhere(
    tmp_path: Path, helped: Given, extractor: Extractor
) -> None:
    outcome(tmp_path / "store", many(tmp_path), 2, extractor=extractor)
    assert bool(helped.made) == (extractor is RULES)


def test_by_default_the_function_loads_by_itself(tmp_path: Path, helped: Given) -> None:
    load(tmp_path / "store", many(tmp_path)[0], Settings(jobs=3), report=print)
    assert helped.made == []


# ------------------------------------------------------------------ in order, and only so much ahead


def discussions(count: int) -> Iterator[Discussion]:
    """Threads of 1,000 characters."""
    for number in range(count):
        key = ThreadKey("local", f"{number:03}")
        yield Discussion(Thread(key), (Comment(key, "1", "It leaks. " * 100, author="ana"),))


@pytest.fixture
def two(helped: Given) -> Iterator[Workers]:
    """Two workers that are there."""
    with Workers(2, Names(Settings().base), Settings()) as there:
        there.expect(Comment(ThreadKey("local", "t"), "1", "It leaks."))
        yield there


def test_no_more_is_taken_ahead_than_is_kept_in_memory(two: Workers) -> None:
    taken = 0

    def merged() -> Iterator[Discussion | Problem]:
        nonlocal taken
        for one in discussions(60):
            taken += 1
            yield one
            yield Problem("a", taken, "odd", lost=False)

    most, found = 0, []
    for one, made in two.through(merged()):
        found.append(one)
        assert (made is not None) == isinstance(one, Discussion)
        most = max(most, taken - len(found) // 2)
    assert [one for one in found if isinstance(one, Discussion)] == list(discussions(60))
    assert [one.line for one in found if isinstance(one, Problem)] == list(range(1, 61))
    assert 5 < most < 15


@pytest.mark.parametrize("helped_by", [0, 2])
def test_what_came_before_an_error_is_given_before_it(two: Workers, helped_by: int) -> None:
    def merged() -> Iterator[Discussion]:
        yield from discussions(5)
        raise StoreError("no room")

    if not helped_by:
        two.close()
    found: list[object] = []
    with pytest.raises(StoreError, match="no room"):
        found.extend(one for one, _ in two.through(merged()))
    assert found == list(discussions(5))


def test_problems_with_nothing_before_them_are_told_at_once(two: Workers) -> None:
    def merged() -> Iterator[Problem]:
        yield Problem("a", 1, "odd", lost=False)
        raise AssertionError("asked for more")

    assert next(two.through(merged()))[0] == Problem("a", 1, "odd", lost=False)


# ------------------------------------------------------------------ processes that fail, and loads that are stopped

# Runs in each process of the load. A worker leaves its number in the folder, and one thread is odd.
HOUSE = """
import os, signal, sys, time
from dataclasses import replace
from pathlib import Path

import rejoinder.load_workers as workers
import rejoinder.loaders.extract as extracting
import rejoinder.work as working

WORKER = "rejoinder.load_worker" in sys.orig_argv
ENOUGH = {enough}
if WORKER:
    (Path({pids!r}) / str(os.getpid())).touch()
    {starting}
if ENOUGH is not None:
    workers.ENOUGH, workers.LOT, workers.AHEAD = ENOUGH, 500, 2_000
found, built = extracting.thread_moves, working.build

def moves(discussion, *rest):
    if discussion.thread.key.id == "t3":
        {extracting}
    found(discussion, *rest)

def build(discussion, *rest):
    made = built(discussion, *rest)
    if discussion.thread.key.id == "t3":
        {building}
    return made

extracting.thread_moves, working.build = moves, build
"""
SPOILT = (
    "made = replace(made, thread=tuple(t if t[1][-10:] != 'confidence' else (*t[:2], '\"7\"') for t in made.thread))"
)
COMMANDS = {
    "-m": ["-m", "rejoinder"],
    "-c": ["-c", "from rejoinder.cli import main; main()"],
}


class House:
    """A place where loads run as processes, with something odd about one thread."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.pids = folder, folder / "pids"
        self.file = written(folder, "".join(json.dumps(one) + "\n" for one in drawn(COMMENTS)), "some.jsonl")
        (folder / "site").mkdir()
        self.pids.mkdir()
        (folder / "temporary").mkdir()

    def odd(
        self, *, starting: str = "pass", extracting: str = "pass", building: str = "pass", enough: int | None = 0
    ) -> None:
        """What a worker does first, what happens at the thread t3, and from when on loads are helped."""
        code = HOUSE.format(
            pids=str(self.pids), starting=starting, extracting=extracting, building=building, enough=enough
        )
        (self.folder / "site" / "sitecustomize.py").write_text(code, encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """Of a process that is odd like that."""
        path = os.pathsep.join([str(self.folder / "site"), os.environ.get("PYTHONPATH", "")])
        return {**os.environ, "PYTHONPATH": path, "TMPDIR": str(self.folder / "temporary")}

    def command(self, jobs: int, *start: str) -> list[str]:
        """A load with so many processes."""
        store = ["--store", str(self.folder / f"store{jobs}")]
        return [sys.executable, *(start or COMMANDS["-m"]), "load", *store, "--jobs", str(jobs), str(self.file)]

    def load(self, jobs: int, *start: str) -> tuple[int, str, str]:
        """Status, output and errors of a load."""
        command = self.command(jobs, *start)
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def workers(self) -> list[int]:
        """The processes that helped."""
        return sorted(int(one.name) for one in self.pids.iterdir())


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str, str]:
    """What a load says that nobody helps, and nothing is odd in."""
    return House(tmp_path_factory.mktemp("alone")).load(1)


@pytest.mark.parametrize(
    ("extracting", "building", "status", "said"),
    [
        ("pass", "pass", 0, ""),
        ('raise IndexError("no such hinge")', "pass", 1, "whose comments are loaded: IndexError: no such hinge"),
        ('if WORKER: raise MemoryError("in a worker")', "pass", 0, ""),
        ("pass", SPOILT, 1, "thread 't3' was not loaded, it breaks shape"),
    ],
    ids=["nothing odd", "extraction fails", "no room", "refused"],
)
def test_the_same_is_said_of_an_odd_thread(
    house: House, extracting: str, building: str, status: int, said: str
) -> None:
    house.odd(extracting=extracting, building=building)
    alone = house.load(1)
    assert alone[0] == status
    assert said in alone[2]
    assert [house.load(jobs) for jobs in SEVERAL] == [alone] * len(SEVERAL)
    assert 0 < len(house.workers()) <= sum(SEVERAL), "one that has hardly started may be stopped before it counts"


def test_what_a_worker_was_killed_at_is_done_without_it(house: House, alone: tuple[int, str, str]) -> None:
    house.odd(extracting="os.kill(os.getpid(), signal.SIGKILL) if WORKER else None")
    status, output, errors = house.load(2)
    assert (status, output) == alone[:2]
    how = "was killed (status -9), most likely by the system, which had no memory left"
    lost = f"(load): note: a process that was to help {how}; what was left to it is done without it\n"
    assert errors.replace(lost, "", 1) == alone[2]
    assert lost in errors


def test_where_all_workers_end_the_load_does_all_itself(house: House, alone: tuple[int, str, str]) -> None:
    house.odd(starting="sys.exit(3)")
    status, output, errors = house.load(3)
    assert (status, output) == alone[:2]
    assert errors.count("(load): note: a process that was to help has ended (status ") == 3


def test_where_no_process_can_start_the_load_does_all_itself(
    tmp_path: Path, helped: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = outcome(tmp_path / "alone", many(tmp_path), 1)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    found = outcome(tmp_path / "store", many(tmp_path), 2)
    assert (found.tally, found.quads, helped.made) == (alone.tally, alone.quads, [])
    (problem,) = [one for one in found.problems if one not in alone.problems]
    assert "a process that was to help could not be started" in problem.message
    assert (problem.lost, problem.note) == (False, True)


def test_workers_that_end_before_they_are_told_anything_are_lost_like_others(
    tmp_path: Path, helped: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, start = outcome(tmp_path / "alone", many(tmp_path), 1), Worker.__init__

    def ended(self: Worker) -> None:
        start(self)
        self.process.wait()

    monkeypatch.setattr(sys, "executable", "false")
    monkeypatch.setattr(Worker, "__init__", ended)
    found = outcome(tmp_path / "store", many(tmp_path), 2)
    assert (found.tally, found.quads, helped.made) == (alone.tally, alone.quads, [])
    told = [one.message for one in found.problems if one not in alone.problems]
    assert told == ["a process that was to help has ended (status 1); what was left to it is done without it"] * 2


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGKILL"])
def test_no_worker_outlives_a_load_that_is_stopped(house: House, name: str) -> None:
    busy = house.folder / "busy"
    house.odd(extracting=f"if WORKER: Path({str(busy)!r}).touch(); time.sleep(600)")
    with subprocess.Popen(house.command(2), env=house.environment, stderr=subprocess.PIPE, text=True) as process:
        assert eventually(busy.exists)
        assert process.poll() is None
        process.send_signal(getattr(signal, name))
        try:
            _, errors = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    number = getattr(signal, name)
    assert process.returncode == (-number if name == "SIGKILL" else 128 + number)
    assert "Traceback" not in errors
    assert eventually(lambda: not any(map(alive, house.workers())))
    assert name == "SIGKILL" or list((house.folder / "temporary").iterdir()) == []


def test_a_load_goes_on_after_one_that_was_stopped_while_its_workers_start(
    house: House, alone: tuple[int, str, str]
) -> None:
    house.odd(extracting="if WORKER: time.sleep(600)")  # or all is done before the second of them has started
    with subprocess.Popen(house.command(2), env=house.environment, stderr=subprocess.DEVNULL) as process:
        assert eventually(lambda: len(house.workers()) == 2)
        process.kill()
    assert eventually(lambda: not any(map(alive, house.workers())))
    house.odd()
    assert house.load(2) == alone


# ------------------------------------------------------------------ ways to start a load

SCRIPT = """
import sys
from rejoinder.load import load
from rejoinder.settings import Settings
tally = load(__import__("pathlib").Path(sys.argv[1]), [sys.argv[2]], Settings(), report=print, jobs=2)
print(tally.snapshot)
"""


@pytest.mark.parametrize("start", COMMANDS)
def test_each_way_to_start_the_command_is_helped(house: House, start: str, alone: tuple[int, str, str]) -> None:
    house.odd()
    assert house.load(2, *COMMANDS[start])[:2] == alone[:2]
    assert 0 < len(house.workers()) <= 2


@pytest.mark.parametrize("stdin", [False, True], ids=["a file", "standard input"])
def test_a_script_needs_no_guard_around_a_load(house: House, stdin: bool, alone: tuple[int, str, str]) -> None:
    house.odd()
    file = written(house.folder, SCRIPT, "script.py")
    command = [sys.executable, "-" if stdin else str(file), str(house.folder / "script"), str(house.file)]
    given = SCRIPT if stdin else None
    done = subprocess.run(command, env=house.environment, input=given, capture_output=True, text=True, check=True)
    assert done.stdout.strip() in alone[1]
    assert done.stderr == ""
    assert 0 < len(house.workers()) <= 2


def test_nobody_helps_with_an_everyday_thread(house: House) -> None:
    house.odd(enough=None)
    assert house.load(3)[0] == 0
    assert house.workers() == []


def test_the_setting_says_how_many_help(house: House) -> None:
    house.odd()
    command = [one for one in house.command(3) if one not in ("--jobs", "3")]
    for jobs, most in (("1", 0), ("3", 3), ("0", fitting() if fitting() > 1 else 0)):
        before = len(house.workers())
        subprocess.run(command, env=house.environment | {"REJOINDER_JOBS": jobs}, capture_output=True, check=True)
        new = len(house.workers()) - before
        assert (new > 0) == (most > 0)
        assert new <= most


@pytest.mark.parametrize("jobs", ["-1", "257", "two"])
def test_an_odd_number_of_processes_is_an_error(runner: CliRunner, tmp_path: Path, jobs: str) -> None:
    result = runner.invoke(main, ["load", "--store", str(tmp_path / "store"), "--jobs", jobs, "-"])
    assert result.exit_code == 2
    assert "--jobs" in result.stderr
