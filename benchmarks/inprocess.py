"""Scores pairs in this process, with the scorer's own code, where its command line would take too long."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.jsonl import objects
from benchmarks.tasks import TASKS, Task
from rejoinder.loaders.extract import Extractor
from rejoinder.records import Comment, Discussion, Move, Thread, ThreadKey, with_wider_kinds

MODES = {"pairs": "score_pairs", "acts": "score_acts"}
Row = dict[str, Any]


def scorer_at(path: Path) -> ModuleType:
    """The scorer as a module; ImportError where the file is none."""
    spec = spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"expected a Python file, got {path}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class InProcess:
    """What a scorer asks of a program, answered by an extractor: load comments, then tell the moves."""

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor
        self.found: list[Move] = []

    def load(self, comments: Iterable[Mapping[str, Any]]) -> None:
        """Finds the moves of these comments."""
        for thread in threads(comments):
            self.found += self.extractor.map(thread).moves

    def moves(self) -> list[dict[str, Any]]:
        """The moves as the scorer reads them from a query."""
        return [
            {
                "from": move.comment,
                "to": move.target_comment,
                "kinds": {str(kind) for kind in with_wider_kinds(move.kind)},
                "confidence": move.confidence,
            }
            for move in self.found
            if move.comment is not None
        ]


def threads(comments: Iterable[Mapping[str, Any]]) -> Iterator[Discussion]:
    """The threads of comments in our own format."""
    by_thread: dict[str, list[Comment]] = {}
    for record in comments:
        key = ThreadKey("scored", record["thread"])
        comment = Comment(key, record["id"], record["text"], parent=record["parent"], author=record["author"])
        by_thread.setdefault(record["thread"], []).append(comment)
    for name, posts in by_thread.items():
        yield Discussion(Thread(ThreadKey("scored", name)), tuple(posts))


def pair_tasks(corpora: Path) -> Iterator[tuple[Task, list[Row]]]:
    """The tasks of single replies that have rows in the files that are there, with those rows."""
    for task in TASKS:
        task_rows = rows(task, corpora) if task.mode in MODES and (corpora / task.file).is_file() else []
        if task_rows:
            yield task, task_rows


def rows(task: Task, corpora: Path) -> list[Row]:
    """The rows of a task, chosen as the scorer's arguments say."""
    chosen = list(objects(corpora / task.file))
    options = dict(zip(task.options[::2], task.options[1::2], strict=False))
    chosen = [row for row in chosen if row["task"] == options["--task"]]
    chosen = [row for row in chosen if options.get("--kind") in (None, row.get("kind"))]
    if task.mode == "acts":
        return chosen
    labels = {"attack", "support"} if "--no-none" in task.options else {"attack", "support", "none"}
    return [row for row in chosen if row.get("parent_text") and row["label"] in labels]


def sampled_rows(pool: list[Row], limit: int | None) -> list[Row]:
    """At most so many rows, drawn with a fixed seed."""
    return pool if limit is None or limit >= len(pool) else random.Random(7).sample(pool, limit)


def macro_f1(scorer: ModuleType, task: Task, task_rows: list[Row], extractor: Extractor) -> float:
    """The scorer's macro-F1 of an extractor for a task."""
    return float(getattr(scorer, MODES[task.mode])(InProcess(extractor), task_rows)["macro_f1"])
