"""Benchmarks run as by hand, on two small corpora; what they print, read back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

SCORER = ROOT / "tests" / "scorer.py"
NEAR = 0.02  # how far a share in the documentation may be from what the code gives
PAIRS = [
    (
        "The dough should rest in the cold for a whole night.",
        "No, that is wrong, a cold night spoils the crust.",
        "attack",
    ),
    ("Rye needs more water than wheat.", "I agree, my rye loaves were always too dry.", "support"),
    ("A steel pan gives the better crust.", "That is not true, steel only scorches the base.", "attack"),
    ("Salt goes in last.", "Good point, it did slow down my starter.", "support"),
    ("Old starter tastes sour.", "The shop on the corner sells flour on Fridays.", "none"),
]


def rows() -> list[dict[str, str]]:
    """The pairs as the corpora have them, and a passage that stands alone."""
    made = [
        {"task": "pair", "text": text, "parent_text": parent, "label": label, "thread": f"t{number}"}
        for number, (parent, text, label) in enumerate(PAIRS)
    ]
    return [*made, {"task": "span", "text": "Flour first.", "label": "claim", "thread": "t0"}]


def small_corpora(folder: Path) -> Path:
    """The folder, with two of the files that the tasks name."""
    for name in ("disapere", "cmv_modes"):
        text = "".join(json.dumps(row) + "\n" for row in rows())
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def run(module: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A benchmark as it is run by hand."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def cells(printed: str, title: str) -> list[str]:
    """The cells of the row with that title."""
    (line,) = [line for line in printed.splitlines() if line.startswith(f"| {title}")]
    return [one.strip() for one in line.strip("|").split("|")][1:]


def numbers(table: str) -> dict[str, list[float]]:
    """The numbers of each row of a table; none where a cell is empty."""
    lines = [[one.strip() for one in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    return {head: [float(one) if one else 0.0 for one in rest] for head, *rest in lines}
