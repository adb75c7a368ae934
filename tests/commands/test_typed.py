"""The commands that pages tell readers to type start this program, however it was started itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rejoinder.cli.typed import judge_command


@pytest.mark.parametrize(
    ("on_path", "started", "typed"),
    [
        pytest.param(True, "bin/rejoinder", ["rejoinder"], id="by a name that the shell finds"),
        pytest.param(False, "bin/rejoinder", ["{folder}/bin/rejoinder"], id="by a path"),
        pytest.param(False, "rejoinder/__main__.py", ["{python}", "-m", "rejoinder"], id="as a module"),
    ],
)
def test_judging_starts_this_program(
    on_path: bool, started: str, typed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "rejoinder"
    program.parent.mkdir()
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent) if on_path else str(tmp_path))
    monkeypatch.setattr(sys, "argv", [str(tmp_path / started)])
    begin = [one.format(folder=tmp_path.resolve(), python=sys.executable) for one in typed]
    assert judge_command(tmp_path / "s") == [*begin, "judge", "--store", str(tmp_path.resolve() / "s")]
