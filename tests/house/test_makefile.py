"""What `make` says to a variable that it does not read."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKE = shutil.which("make")
pytestmark = pytest.mark.skipif(MAKE is None, reason="needs make on the PATH")


def made(*words: str) -> subprocess.CompletedProcess[str]:
    """What `make` would do, which is not done."""
    return subprocess.run([MAKE or "make", "--dry-run", *words], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["FILE", "file", "files", "Files"])
def test_a_file_under_another_name_is_not_passed_over(name: str) -> None:
    done = made("run", f"{name}=my thread.json")
    assert done.returncode != 0
    assert f'nothing reads {name}=...; it is FILES, as in: make run FILES="my thread.json"' in done.stderr
    assert "rejoinder load" not in done.stdout


def test_what_is_meant_is_loaded() -> None:
    done = made("run", "FILES=mine.json")
    assert (done.returncode, "--store .rejoinder/own mine.json" in done.stdout) == (0, True)
