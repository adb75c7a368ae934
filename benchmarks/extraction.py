"""How well moves are found: the scorer's figures for the product and its baselines, beside the goals; and how fast.

    python -m benchmarks.extraction --corpora DIR --scorer score.py
    python -m benchmarks.extraction --corpora DIR --scorer score.py --seeds DIR --classes --write

The scorer loads comments and runs queries through a command line and sees nothing else of a program. It is run on each
of three: Rejoinder as installed, and two baselines (`benchmarks/baselines/`) that load with an extractor of their own.
"""

from __future__ import annotations

import json
import shlex
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.runs import RunFailed, answer, installed
from benchmarks.seeds import GOLD, scored
from benchmarks.tables import DOCS, put, share, table
from benchmarks.tasks import SEEDS, TASKS, Figure, Task, classes, number

TOGETHER = 2  # runs at one time
PRODUCT = "rejoinder"
BASELINES = {name: [sys.executable, "-m", f"benchmarks.baselines.{name}"] for name in ("trivial", "cues")}
Answers = Mapping[tuple[str, str], Mapping[str, Any]]


@dataclass(frozen=True)
class RunSettings:
    """Where the scorer, the corpora and the dumps are, and how many items of each are scored (None: all)."""

    scorer: Path
    corpora: Path
    seeds: tuple[Path, ...]
    gold: Path
    limit: int | None


def words_of(task: Task, settings: RunSettings) -> list[str]:
    """The scorer's arguments for a task."""
    limit = ["--limit", str(settings.limit)] if settings.limit else []
    return [task.mode, str(settings.corpora / task.file), *task.options, *limit]


def run(task: Task, system: str, command: Sequence[str], settings: RunSettings) -> Mapping[str, Any]:
    """The scorer's answer for one task and one program; of dumps, with the roles that its store holds."""
    with tempfile.TemporaryDirectory(prefix="extraction-") as folder:
        arguments = words_of(task, settings)
        if task.mode == "seeds":
            arguments = ["seeds", str(settings.gold), *map(str, settings.seeds)]
        program = ["--rejoinder", shlex.join(command), "--keep", folder]
        scores: dict[str, Any] = json.loads(answer([sys.executable, str(settings.scorer), *arguments, *program]))
        if task.mode == "seeds":
            scores |= scored(command, Path(folder) / "store", settings.gold, settings.seeds)
        return scores


def available_tasks(settings: RunSettings) -> Iterator[Task]:
    """The tasks whose files are there; says which are not."""
    for task in TASKS:
        if (settings.corpora / task.file).is_file():
            yield task
        else:
            click.echo(f"left out: {task.name}, for {task.file} is not in {settings.corpora}", err=True)
    if settings.seeds:
        yield Task("seeds", "seeds", "", (), SEEDS)
    else:
        click.echo("left out: dumps (--seeds DIR)", err=True)


def answers(tasks: Sequence[Task], systems: Mapping[str, Sequence[str]], settings: RunSettings) -> Answers:
    """The scorer's answers by task and program, two at a time; what fails is told and left out."""
    jobs = [(task, system) for task in tasks for system in systems]

    def one(job: tuple[Task, str]) -> Mapping[str, Any]:
        task, system = job
        try:
            return run(task, system, systems[system], settings)
        except RunFailed as error:
            click.echo(f"failed: {task.name} of {system}: {error}", err=True)
            return {}

    with ThreadPoolExecutor(TOGETHER) as pool:
        results = list(pool.map(one, jobs))
    return {(task.name, system): result for (task, system), result in zip(jobs, results, strict=True)}


def rows(tasks: Iterable[Task], systems: Iterable[str], results: Answers) -> Iterator[list[str]]:
    """A row for each figure: the majority's, each program's, and the goal, starred if the product reaches it."""
    names = list(systems)
    for task in tasks:
        for figure in task.figures:
            majority = next((number(results[task.name, system], figure.majority) for system in names), None)
            values = [number(results[task.name, system], figure.path) for system in names]
            yield [figure.title, share(majority), *map(share, values), goal(figure, values[-1])]


def goal(figure: Figure, reached: float | None) -> str:
    """The goal, with a star if it is reached."""
    star = "* " if reached is not None and figure.goal is not None and reached >= figure.goal else ""
    return star + share(figure.goal)


def class_rows(tasks: Iterable[Task], systems: Sequence[str], results: Answers) -> Iterator[list[str]]:
    """A row for each class of each task and program: precision, recall, F1, and how many there are."""
    for task in tasks:
        for system in systems:
            for name, (p, r, f1, count) in classes(results[task.name, system]).items():
                yield [f"{task.name}: {name}, {system}", share(p), share(r), share(f1), str(count)]


@click.command()
@click.option("--corpora", type=click.Path(path_type=Path), required=True, help="Folder of the annotated corpora.")
@click.option("--scorer", type=click.Path(exists=True, path_type=Path), required=True, help="The scorer, score.py.")
@click.option("--seeds", type=click.Path(exists=True, path_type=Path), help="Folder of flattened dumps (*.txt).")
@click.option("--gold", type=click.Path(exists=True, path_type=Path), default=GOLD, help="What their paragraphs do.")
@click.option("--rejoinder", default=shlex.join(installed()), help="The product's command.  [default: the installed]")
@click.option("--limit", type=click.IntRange(1), help="Items of each task, for a quick look.")
@click.option("--classes", "by_class", is_flag=True, help="Also precision, recall and F1 of each class.")
@click.option("--speed/--no-speed", default=True, show_default=True, help="Also comments a second, and linearity.")
@click.option("--write", is_flag=True, help="Write the table into docs/extraction.md.")
def main(
    corpora: Path,
    scorer: Path,
    seeds: Path | None,
    gold: Path,
    rejoinder: str,
    limit: int | None,
    by_class: bool,
    speed: bool,
    write: bool,
) -> None:
    """Print the figures of each task for the baselines and the product, the goals, and the speed."""
    dumps = tuple(sorted(path.resolve() for path in seeds.glob("*.txt"))) if seeds else ()
    settings = RunSettings(scorer.resolve(), corpora.resolve(), dumps, gold.resolve(), limit)
    systems = {**BASELINES, PRODUCT: shlex.split(rejoinder)}
    tasks = list(available_tasks(settings))
    if write and (limit or len(tasks) <= len(TASKS)):
        raise click.UsageError("--write needs all of the corpora, --seeds, and no --limit")
    results = answers(tasks, systems, settings)
    text = table(["", "majority", *systems, "goal"], rows(tasks, systems, results))
    click.echo(text)
    if by_class:
        click.echo("\n" + table(["class", "P", "R", "F1", "n"], class_rows(tasks, list(systems), results)))
    if speed:
        quick = ["--comments", "1000", "--rounds", "1"] if limit else []
        words = [sys.executable, "-m", "benchmarks.speed", "--corpora", str(settings.corpora), *quick]
        click.echo("\n" + answer(words), nl=False)
    if write and not all(results.values()):
        raise click.ClickException("nothing was written, for some runs failed")
    if write:
        put(DOCS / "extraction.md", "extraction", text)


if __name__ == "__main__":
    main()
