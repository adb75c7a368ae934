"""What extraction is measured by: the tasks of the scorer, its arguments, the figures read from it, and the goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PATH = tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A number of a scorer's answer: its title, the keys that lead to it, what must be reached, and the majority's."""

    title: str
    path: PATH
    goal: float | None = None
    majority: PATH | None = None


@dataclass(frozen=True)
class Task:
    """One run of the scorer: its mode, the file of the corpora that it reads, further arguments, and its figures."""

    name: str
    mode: str
    file: str
    options: tuple[str, ...]
    figures: tuple[Figure, ...]


def macro(title: str, goal: float) -> tuple[Figure, ...]:
    """The one figure of a task that is judged by macro-F1."""
    return (Figure(title, ("macro_f1",), goal, ("majority_macro_f1",)),)


TASKS = (
    Task(
        "threads",
        "threads",
        "cmv_threads.jsonl",
        (),
        (
            Figure("ChangeMyView threads: pairs of comments", ("comment_pairs_macro_f1",), 0.75),
            Figure("ChangeMyView threads: relations between propositions, F1", ("proposition_relations", "f1"), 0.18),
            Figure(
                "ChangeMyView threads: objections open or answered",
                ("unanswered", "macro_f1"),
                0.72,
                ("unanswered", "majority_macro_f1"),
            ),
        ),
    ),
    Task(
        "cmv",
        "pairs",
        "cmv_modes.jsonl",
        ("--task", "relation", "--kind", "inter", "--no-none"),
        macro("ChangeMyView pairs of propositions: attack, support", 0.68),
    ),
    Task(
        "disapere",
        "pairs",
        "disapere.jsonl",
        ("--task", "pair"),
        macro("DISAPERE reviews and rebuttals: attack, support, none", 0.62),
    ),
    Task(
        "qt30",
        "pairs",
        "qt30.jsonl",
        ("--task", "relation", "--no-none"),
        macro("QT30 broadcast debates: attack, support", 0.60),
    ),
    Task(
        "wikitactics",
        "acts",
        "wikitactics.jsonl",
        ("--task", "act"),
        macro("WikiTactics acts: objection, question, concession, other", 0.45),
    ),
    Task(
        "units",
        "units",
        "cmv_modes.jsonl",
        ("--task", "span"),
        macro("ChangeMyView passages: claim, none", 0.72),
    ),
)

# Of flattened dumps: by the scorer, and by `benchmarks.seeds`, which looks at the same store.
SEEDS = (
    Figure("Dumps: quoted paragraphs, precision", ("quote", "p"), 0.85),
    Figure("Dumps: quoted paragraphs, recall", ("quote", "r"), 0.90),
    Figure("Dumps: objections, precision", ("objection", "p"), 0.80),
    Figure("Dumps: objections, recall", ("objection", "r"), 0.85),
    Figure("Dumps: paragraphs with a role that fits", ("role_accuracy",)),
    Figure("Dumps: targets that fit", ("target_accuracy",)),
)


def number(answer: Mapping[str, Any], path: PATH | None) -> float | None:
    """The number at the path, None where there is none."""
    value: Any = answer if path else None
    for key in path or ():
        value = value.get(key) if isinstance(value, Mapping) else None
    return float(value) if isinstance(value, (int, float)) else None


def classes(answer: Mapping[str, Any], before: str = "") -> dict[str, tuple[float, float, float, int]]:
    """Precision, recall, F1 and how many there are of each class in a scorer's answer, however deep it stands."""
    by_class: dict[str, tuple[float, float, float, int]] = {}
    for name, value in answer.items():
        if isinstance(value, Mapping) and {"p", "r", "f1", "n"} <= value.keys():
            by_class[before + name] = (value["p"], value["r"], value["f1"], value["n"])
        elif isinstance(value, Mapping):
            by_class |= classes(value, f"{before}{name} ")
    return by_class
