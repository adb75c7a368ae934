"""What the labelled corpus teaches: scores by the share of its threads that is learned from, and where features end.

    python -m benchmarks.curve
    python -m benchmarks.curve --corpora DIR --scorer score.py

Models are trained on some of the threads marked `train`, drawn at random several times, and judged by those marked
`test`; with `--corpora` also by the annotated pairs. The last line of those is no product but a ceiling: a model of the
same features that is trained and judged by cross-validation on the annotated pairs themselves. Nothing of it is kept.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean, pstdev

import click
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from benchmarks import train_models, train_points, train_weights
from benchmarks.inprocess import Row, macro_f1, pair_tasks, sampled_rows, scorer_at
from benchmarks.labelled_threads import APART, argues, register
from benchmarks.tables import share, table
from benchmarks.tasks import Task
from rejoinder.loaders.extract import Rules
from rejoinder.loaders.extract.labelled import LabelledThread, threads_to_learn
from rejoinder.loaders.extract.model.linear import Models, shipped_models

SHARES = (0.1, 0.25, 0.5, 1.0)
DRAWS = 3
LABELS = ("attack", "support", "answer", "ask", "none")
STRENGTHS = (0.03, 0.1, 0.3, 1.0)
BALANCES = (None, "balanced")
FOLDS = 5
Scores = dict[str, float]


def arguing_threads() -> list[LabelledThread]:
    """The threads from which it is learned what a point does."""
    return [thread for thread in threads_to_learn() if argues(thread)]


def sampled_threads(threads: Sequence[LabelledThread], part: float, draw: int) -> list[LabelledThread]:
    """A share of the threads of each register, at least one, at random but the same in every run."""
    chance, chosen = random.Random(draw), list[LabelledThread]()
    for name in sorted({register(thread) for thread in threads}):
        mine = [thread for thread in threads if register(thread) == name]
        chosen += chance.sample(mine, max(1, round(part * len(mine))))
    return sorted(chosen, key=lambda thread: thread.name)


def models_from(threads: Sequence[LabelledThread]) -> Models:
    """The models that these threads teach."""
    return train_weights.models(train_models.train_table(threads))


def f1_of_points(models: Models, examples: Sequence[train_weights.Example]) -> Scores:
    """F1 of each label of points in conversations, and their mean."""
    predicted = [likeliest_label(models.reply.probabilities(example.features)) for example in examples]
    scores = f1_score(
        [example.group for example in examples], predicted, labels=LABELS, average=None, zero_division=0.0
    )
    return {**dict(zip(LABELS, map(float, scores), strict=True)), "mean": float(fmean(scores))}


def likeliest_label(chances: Mapping[str, float]) -> str:
    """The label with the highest probability."""
    return max(sorted(chances), key=lambda label: chances[label])


def of_conversations(threads: Iterable[LabelledThread]) -> list[train_weights.Example]:
    """The points of replies in these threads, as extraction finds them; bare propositions are left out."""
    fits = shipped_models().fits
    return [
        example
        for thread in threads
        if register(thread) not in APART
        for example in train_points.in_place(thread, fits)
    ]


def curve(
    threads: Sequence[LabelledThread], draws: int, pairs: Sequence[tuple[Task, list[Row]]], scorer: Path | None
) -> Iterator[tuple[float, int, list[Scores]]]:
    """For each share, how many threads it is, and the scores of each draw."""
    learned = [thread for thread in threads if thread.split == "train"]
    test = of_conversations(thread for thread in threads if thread.split == "test")
    module = scorer_at(scorer) if scorer else None
    for part in SHARES:
        by_draw, size = list[Scores](), 0
        for draw in range(draws if part < 1 else 1):
            mine = sampled_threads(learned, part, draw)
            models, size = models_from(mine), len(mine)
            scores = f1_of_points(models, test)
            if module:
                scores |= {task.name: macro_f1(module, task, rows, Rules(models=models)) for task, rows in pairs}
            by_draw.append(scores)
        yield part, size, by_draw


def curve_rows(shares: Iterable[tuple[float, int, list[Scores]]]) -> Iterator[list[str]]:
    """A row for each share: the mean over the draws, and how far those lie from it."""
    for part, size, draws in shares:
        means = [mean_and_spread([draw[name] for draw in draws]) for name in draws[0]]
        yield [f"{part:.0%} of the threads ({size})", *means]


def mean_and_spread(values: Sequence[float]) -> str:
    """The mean, and the standard deviation where there are several values."""
    spread = f" ±{share(pstdev(values))}" if len(values) > 1 else ""
    return share(fmean(values)) + spread


def ceiling(task: Task, rows: Sequence[Row]) -> float:
    """The best macro-F1 of some models of our features, cross-validated by thread on the pairs themselves.

    The best is chosen by what it is judged by: if anything, the ceiling is too high.
    """
    labels = sorted({label_of(task, row) for row in rows})
    truth = [label_of(task, row) for row in rows]
    table = DictVectorizer().fit_transform([features_of(row) for row in rows])
    groups = [str(row.get("thread") or row.get("doc")) for row in rows]
    best = 0.0
    for strength in STRENGTHS:
        for balance in BALANCES:
            model = LogisticRegression(C=strength, class_weight=balance, max_iter=2_000)
            predicted = cross_val_predict(model, table, truth, groups=groups, cv=GroupKFold(FOLDS))
            best = max(best, float(f1_score(truth, predicted, labels=labels, average="macro", zero_division=0.0)))
    return best


def label_of(task: Task, row: Row) -> str:
    """The label as the scorer sees it."""
    labels = ("attack", "support") if task.mode == "pairs" else ("objection", "question", "concession")
    return row["label"] if row["label"] in labels else "none"


def features_of(row: Row) -> dict[str, float]:
    """The mean of the features of a reply's points, and those of its first."""
    heard = train_points.listened_pair(row.get("parent_text") or "", row["text"])
    points = [features for _, _, features in train_points.point_features(heard, shipped_models().fits)]
    names = sorted({name for point in points for name in point})
    means = {name: fmean(point.get(name, 0.0) for point in points) for name in names}
    return (
        means
        | {f"first: {name}": value for name, value in (points[0] if points else {}).items()}
        | {"points": float(len(points))}
    )


@click.command()
@click.option("--corpora", type=click.Path(path_type=Path), help="Folder of the annotated corpora.")
@click.option("--scorer", type=click.Path(exists=True, path_type=Path), help="The scorer, score.py.")
@click.option("--draws", type=click.IntRange(1), default=DRAWS, show_default=True, help="Draws of each share.")
@click.option("--limit", type=click.IntRange(1), help="Pairs of each task, for a quick look.")
def main(corpora: Path | None, scorer: Path | None, draws: int, limit: int | None) -> None:
    """Print F1 on the corpus's own test threads, and on annotated pairs, by the share of threads learned from."""
    if corpora and not scorer:
        raise click.UsageError("--corpora needs --scorer")
    pairs = [(task, sampled_rows(rows, limit)) for task, rows in pair_tasks(corpora)] if corpora else []
    lines = list(curve_rows(curve(arguing_threads(), draws, pairs, scorer)))
    if pairs:
        empty = [""] * (len(LABELS) + 1)
        lines.append(
            ["ceiling of the features, learned from the pairs", *empty, *(share(ceiling(*pair)) for pair in pairs)]
        )
    click.echo(table(["learned from", *LABELS, "mean", *(task.name for task, _ in pairs)], lines))


if __name__ == "__main__":
    main()
