"""Loads as processes, whose helpers fail or are stopped with them: the same is said, and none outlives its load."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.speed import random_comments
from rejoinder.load_workers import fitting_workers
from tests.loading.test_load_workers import SEVERAL
from tests.patience import PATIENCE, eventually
from tests.processes import alive
from tests.reading import written

COMMENTS = 100  # five threads, of which t3 can be odd

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
    workers.ENOUGH_CHARACTERS, workers.LOT_CHARACTERS, workers.CHARACTERS_AHEAD = ENOUGH, 500, 2_000
found, built = extracting.add_thread_moves, working.build_thread

def moves(discussion, *rest):
    if discussion.thread.key.id == "t3":
        {extracting}
    found(discussion, *rest)

def build(discussion, *rest):
    made = built(discussion, *rest)
    if discussion.thread.key.id == "t3":
        {building}
    return made

extracting.add_thread_moves, working.build_thread = moves, build
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
        self.file = written(
            folder,
            "".join(json.dumps(random_comment) + "\n" for random_comment in random_comments(COMMENTS)),
            "some.jsonl",
        )
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
        return sorted(int(path.name) for path in self.pids.iterdir())


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
    for jobs, most in (("1", 0), ("3", 3), ("0", fitting_workers() if fitting_workers() > 1 else 0)):
        before = len(house.workers())
        subprocess.run(command, env=house.environment | {"REJOINDER_JOBS": jobs}, capture_output=True, check=True)
        new = len(house.workers()) - before
        assert (new > 0) == (most > 0)
        assert new <= most
