"""Processes that help a load: the same comes of it however many there are, in order, and only so much ahead."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.speed import random_comments
from rejoinder import load_workers as workers
from rejoinder import loaders
from rejoinder.cli import main
from rejoinder.errors import Problem, StoreError
from rejoinder.graph.exports.whole_store import dump_store
from rejoinder.graph.stores.publish import open_current
from rejoinder.graph.triples.terms import Names
from rejoinder.load import Tally, load
from rejoinder.load_workers import Worker, Workers
from rejoinder.loaders.extract import RULES, Extractor, Rules
from rejoinder.loaders.mapping import FieldMap
from rejoinder.records import Comment, Discussion, Thread, ThreadKey
from rejoinder.settings import Settings
from rejoinder.work import ThreadWork
from tests.conftest import EXAMPLES
from tests.formats.test_golden import SOURCES, files_of, map_of
from tests.reading import written

SEVERAL = [3]  # processes, beside one that does all by itself


@dataclass
class Outcome:
    """What a load left, said and counted."""

    tally: Tally
    problems: list[Problem]
    quads: list[bytes]


@dataclass
class Given:
    """What workers gave back."""

    made: list[ThreadWork | None] = field(default_factory=list)


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> Given:
    """A load is helped from its first comment on, in small lots; what is given back is counted."""
    seen, receive = Given(), Worker.receive

    def counted(self: Worker) -> list[ThreadWork | None]:
        thread_works = receive(self)
        seen.made += thread_works
        return thread_works

    monkeypatch.setattr(workers, "ENOUGH_CHARACTERS", 0)
    monkeypatch.setattr(workers, "LOT_CHARACTERS", 2_000)
    monkeypatch.setattr(workers, "CHARACTERS_AHEAD", 9_000)
    monkeypatch.setattr(Worker, "receive", counted)
    return seen


def outcome(
    folder: Path, loads: Sequence[Sequence[str]], jobs: int, by: FieldMap | None = None, extractor: Extractor = RULES
) -> Outcome:
    """What the last of some loads into one new store gives; with `jobs` of 0 the argument is left out."""
    problems: list[Problem] = []
    for files in loads:
        tally = load(folder, files, Settings(), report=problems.append, by=by, extractor=extractor, jobs=jobs)
    return Outcome(tally, problems, sorted(b"".join(dump_store(open_current(folder).store, "nquads")).splitlines()))


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
    lines = [
        *random_comments(80),
        *(
            {**random_comment, "thread": "long", "id": f"long {random_comment['id']}"}
            for random_comment in random_comments(60, thread=60)
        ),
    ]
    return [[str(written(folder, "".join(json.dumps(line) + "\n" for line in lines), "many.jsonl"))]]


def formats(folder: Path) -> list[list[str]]:
    """A source of every format, argument maps and dumps among them."""
    return [[file for source in SOURCES if map_of(source) is None for file in files_of(source)]]


def twice(folder: Path) -> list[list[str]]:
    """Threads that are in the store already, of which some comments are other ones."""
    (files,) = many(folder)
    lines = Path(files[0]).read_text(encoding="utf-8").splitlines()
    later = [json.dumps({**json.loads(line), "text": "I agree, it leaks."}) for line in lines[::7]]
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
    source = next(path for path in SOURCES if map_of(path) is not None)
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
        for discussion in discussions(60):
            taken += 1
            yield discussion
            yield Problem("a", taken, "odd", lost=False)

    most, found = 0, []
    for one, thread_work in two.results_in_order(merged()):
        found.append(one)
        assert (thread_work is not None) == isinstance(one, Discussion)
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
        found.extend(one for one, _ in two.results_in_order(merged()))
    assert found == list(discussions(5))


def test_problems_with_nothing_before_them_are_told_at_once(two: Workers) -> None:
    def merged() -> Iterator[Problem]:
        yield Problem("a", 1, "odd", lost=False)
        raise AssertionError("asked for more")

    assert next(two.results_in_order(merged()))[0] == Problem("a", 1, "odd", lost=False)


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
    told = [problem.message for problem in found.problems if problem not in alone.problems]
    assert told == ["a process that was to help has ended (status 1); what was left to it is done without it"] * 2


def test_a_process_that_helps_imports_no_readers_of_files() -> None:
    program = "import sys; import rejoinder.work; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "rejoinder.loaders.extract" in found
    assert not {"rejoinder.loaders.reader", "rejoinder.loaders.formats", "rdflib"} & {*found}


@pytest.mark.parametrize("name", loaders.__all__)
def test_each_name_of_the_loaders_is_there_and_no_other_is(name: str) -> None:
    assert getattr(loaders, name) is not None
    with pytest.raises(AttributeError, match=f"has no attribute '{name}s'"):
        getattr(loaders, f"{name}s")


@pytest.mark.parametrize("jobs", ["-1", "257", "two"])
def test_an_odd_number_of_processes_is_an_error(runner: CliRunner, tmp_path: Path, jobs: str) -> None:
    result = runner.invoke(main, ["load", "--store", str(tmp_path / "store"), "--jobs", jobs, "-"])
    assert result.exit_code == 2
    assert "--jobs" in result.stderr
