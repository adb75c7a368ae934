"""Commands whose standard streams are full, closed or broken: one line at most, a status, and no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from shlex import quote, split

import pytest

from rejoinder.loaders.opening import source
from tests.conftest import EXAMPLES
from tests.reading import Reading

FULL = "Error: standard output cannot be written: No space left on device\n"
COMMANDS = {
    "help": "--help",
    "view": "views moves --format csv",
    "unanswered": "unanswered",
    "show": "show CLAIM",
    "query": "query --format json QUERY",
    "graph": "query --format turtle GRAPH",
    "check": "check --format json",
    "export": "export",
    "load": "load FILE",
}
CLOSED = [">&-", "<&- 2>&-", "<&- >&- 2>&-", "2>/dev/full"]


@pytest.fixture(scope="module")
def words(example_store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What stands for the names in COMMANDS, in a shell."""
    folder = tmp_path_factory.mktemp("streams")
    (folder / "some.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
    (folder / "all.rq").write_text("CONSTRUCT WHERE { ?s ?p ?o }", encoding="utf-8")
    store = quote(str(example_store))
    claim = said(f"views claims --limit 1 --format csv --store {store}").stdout.split("\n")[1]
    return {
        "CLAIM": claim.split(",")[0],
        "QUERY": quote(str(folder / "some.rq")),
        "GRAPH": quote(str(folder / "all.rq")),
        "FILE": quote(str(EXAMPLES / "dishwasher.jsonl")),
        "store": store,
        "other": quote(str(folder / "other")),
    }


def said(command: str, streams: str = "") -> subprocess.CompletedProcess[str]:
    line = f"{quote(sys.executable)} -m rejoinder {command} {streams}"
    return subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=120)


def command_of(name: str, words: dict[str, str]) -> str:
    command = COMMANDS[name]
    for word in command.split():
        command = command.replace(word, words.get(word, word))
    where = "" if name in {"help"} else f" --store {words['other' if name == 'load' else 'store']}"
    return command + where


@pytest.mark.parametrize("name", COMMANDS)
def test_full_output_is_one_line_and_status_74(words: dict[str, str], name: str) -> None:
    result = said(command_of(name, words), ">/dev/full")
    assert (result.returncode, result.stderr.splitlines(keepends=True)[-1:]) == (74, [FULL])
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["help", "query"])
def test_a_pipe_that_nobody_reads_ends_a_command_quietly(words: dict[str, str], name: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "rejoinder", *split(command_of(name, words))]
    result = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=120)
    os.close(writing)
    assert (result.returncode, result.stderr) == (1, "")


@pytest.mark.parametrize("streams", CLOSED)
@pytest.mark.parametrize("name", ["unanswered", "load"])
def test_closed_streams_lead_nowhere(words: dict[str, str], name: str, streams: str) -> None:
    result = said(command_of(name, words), streams)
    assert (result.returncode, "Traceback" in result.stderr) == (0, False)


def test_errors_nobody_sees_keep_their_status(words: dict[str, str]) -> None:
    assert [said("show 00000000 --store " + words["store"], way).returncode for way in ("2>&-", "2>/dev/full")] == [
        1,
        1,
    ]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_load_that_is_told_to_stop_leaves_nothing_in_temporary_folders(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    command = [sys.executable, "-m", "rejoinder", "load", "--store", str(tmp_path / "s"), "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env={**os.environ, "TMPDIR": str(folder)}) as process:
        while not list(folder.glob("*/spooled-*")):
            assert process.poll() is None
            time.sleep(0.01)
        number = getattr(signal, name)
        process.send_signal(number)
        try:
            process.wait(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 128 + number
    assert list(folder.iterdir()) == []


def test_a_stream_that_does_not_end_before_the_disk_does_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "SPARE_BYTES", 10**18)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["sh", "-c", f"echo 'It is dry.' > {quote(str(pipe))}"]):
        (problem,) = Reading(pipe).problems
    assert problem.lost
    assert problem.message.startswith("expected an end while")
