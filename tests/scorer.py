"""A stand-in for a scorer: the same command line and the same shape of answer, and a plain count for a score."""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

ATTACK = {"attack"}
COUNT = """PREFIX rj: <https://w3id.org/rejoinder/ns#>
SELECT ?from (COUNT(?move) AS ?moves) { ?move a rj:Objection ; rj:inComment/<http://rdfs.org/sioc/ns#id> ?from }
GROUP BY ?from"""


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """True if they share characters."""
    return min(one[1], other[1]) > max(one[0], other[0])


def comments_of(rows: list[dict[str, Any]]) -> list[dict[str, str | None]]:
    """Each row as a reply to its parent's text."""
    made: list[dict[str, str | None]] = []
    for number, row in enumerate(rows):
        thread, above = f"t{number}", f"{number}-a" if row.get("parent_text") else None
        if above:
            first = {"id": above, "thread": thread, "parent": None, "author": "nan", "text": row["parent_text"]}
            made.append(first)
        made.append({"id": f"{number}-b", "thread": thread, "parent": above, "author": "kit", "text": row["text"]})
    return made


def score_pairs(product: Any, rows: list[dict[str, Any]]) -> dict[str, float]:
    """The share of rows whose reply objects."""
    product.load(comments_of(rows))
    objecting = {move["from"] for move in product.moves() if "Objection" in move["kinds"]}
    return {"macro_f1": len(objecting) / len(rows)}


score_acts = score_pairs


def run(command: str, *words: str) -> str:
    """What a command of the program prints."""
    return subprocess.run([*shlex.split(command), *words], capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Load the files, count the replies that object, print the share as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mode")
    parser.add_argument("files", nargs="+", type=Path)
    for name in ("--rejoinder", "--keep", "--task", "--kind"):
        parser.add_argument(name)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--no-none", action="store_true")
    given = parser.parse_args()
    folder, files, rows = Path(given.keep), list(map(str, given.files[1:])), 1
    if given.mode != "seeds":
        found = [json.loads(line) for line in given.files[0].open(encoding="utf-8")]
        found = [one for one in found if one["task"] == given.task][: given.limit]
        rows, files = len(found), [str(folder / "comments.jsonl")]
        Path(files[0]).write_text("".join(json.dumps(one) + "\n" for one in comments_of(found)), encoding="utf-8")
    run(given.rejoinder, "load", "--store", str(folder / "store"), *files)
    (folder / "count.rq").write_text(COUNT, encoding="utf-8")
    words = ["query", "--store", str(folder / "store"), "--format", "json", str(folder / "count.rq")]
    share = len(json.loads(run(given.rejoinder, *words))["results"]["bindings"]) / rows
    score = {"p": share, "r": share, "f1": share, "n": rows}
    json.dump({"macro_f1": share, "majority_macro_f1": 0.5, "role_accuracy": share, "attack": score}, sys.stdout)


if __name__ == "__main__":
    main()
