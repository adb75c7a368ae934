"""Processes as others see them, at whatever instant they end."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

PROC = Path("/proc")
has_proc = (PROC / "self" / "stat").exists()
needs_proc = pytest.mark.skipif(not has_proc, reason="needs /proc to look at processes")


def alive(pid: int) -> bool:
    """True for a process that runs; not where only its status is left, for whoever started it to take."""
    if has_proc:
        return bool(found := stat(pid)) and found[0] != "Z"
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(told.strip()) and not told.strip().startswith("Z")


def child_of(parent: int, name: str) -> int:
    """The child of a process that runs a program; 0 where there is none yet."""
    for pid in (int(path.name) for path in PROC.glob("[0-9]*")):
        found = stat(pid)
        if found and int(found[1]) == parent:
            with suppress(FileNotFoundError, ProcessLookupError):
                if name.encode() in (PROC / str(pid) / "cmdline").read_bytes():
                    return pid
    return 0


def stat(pid: int) -> list[str]:
    """What Linux tells of a process, from its state and its parent on; nothing of one that is gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return []
