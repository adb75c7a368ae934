"""A command that waits for something hears of a signal at whatever instant it comes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# A process that waits for what never comes is told to stop, forty times, each a hundred thousandth of a second later
# after it has begun; what it ends with. What it does before it waits, it does in a folder of its own.
INSTANTS = """
import os, signal, sys, tempfile, time
from rejoinder.stopping import ending_in_order
{waits}
for tenth in range(40):
    folder = tempfile.mkdtemp(dir=sys.argv[1])
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.dup2(reading, 0)
            with ending_in_order():
                wait(folder)
        except SystemExit as end:
            os._exit(end.code)
    while not os.listdir(folder):
        pass
    wanted = time.perf_counter() + tenth / 100_000
    while time.perf_counter() < wanted:
        pass
    os.kill(process, signal.SIGTERM)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
"""
PIPE = """
from rejoinder.loaders.opening.source import spool_stream

def wait(folder):
    spool_stream(sys.stdin.buffer, folder, "-")
"""
HELPER = """
from multiprocessing import Pipe
from rejoinder.load_workers import Worker

def wait(folder):
    helper = Worker.__new__(Worker)
    helper.line, other = Pipe()
    os.mkdir(folder + "/begun")
    helper.receive()
"""
MODEL = """
from rejoinder.loaders.llm.parallel import results_in_order as at_once

def think(number):
    os.mkdir(f"{folder}/begun{number}")
    time.sleep(600)

def wait(folder):
    with at_once(think, [1, 2], 2) as answers:
        next(answers)
"""
WAITS = {"a pipe": PIPE, "a process that helps": HELPER, "an answer of a model": MODEL}


@pytest.mark.parametrize("waits", WAITS.values(), ids=WAITS)
def test_a_signal_is_heard_at_whatever_instant_of_a_wait_it_comes(tmp_path: Path, waits: str) -> None:
    """Python itself misses one in ten of some of these: it acts on a signal just before a read only after it."""
    command = [sys.executable, "-c", INSTANTS.format(waits=waits), str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert (said.stdout.split(), said.stderr) == (["143"] * 40, "")


@pytest.mark.parametrize("module", ["click", "pyoxigraph", "waitress"])
def test_a_command_that_is_interrupted_while_it_is_imported_says_so_and_no_more(tmp_path: Path, module: str) -> None:
    interrupting = "import os, signal; os.kill(os.getpid(), signal.SIGINT)"
    (tmp_path / f"{module}.py").write_text(interrupting, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "rejoinder", "serve", "--store", str(tmp_path / "s"), "--port", "0"]
    ended = subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, timeout=240)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "\nAborted!\n")
