"""Trains the shipped models on the labelled corpus: `python -m benchmarks.train` writes their weights.toml.

All dumps are used, and all threads but those held back; `python -m benchmarks.curve` and `.dumps` measure models of
some of them. Among the models (loaders/extract/model/linear.py) are two that judge single points, one that tells which
claim a point is about, one that tells whom a comment answers, two of paragraphs, and three that tell how often moves
that showed the same were right:

    reply        what a point of a reply does in a conversation: attack, support, answer, ask, or none of these
    proposition  attack or support between two bare propositions, as analysts of speech and argument maps write them
    fits         which claim a point is about that shares no telling words with any (benchmarks/train_fits.py)
    addressee    which comment one of a flat page answers whose words do not show it (benchmarks/train_addressees.py)
    quoted       whether a paragraph of a flattened dump is somebody else's words (benchmarks/train_dumps.py)
    reaction     what a paragraph of its owner's does
    sure_attack  whether a move that attacks is right, where it is said by models that were trained on other threads
    sure_unseen  the same of one that attacks an opening comment which is not loaded
    sure_support the same of one that agrees or answers

Each labelled reply is seen twice: its points in their place, as extraction finds them, and each labelled segment alone,
as a reply to what it is aimed at (benchmarks/train_points.py). How sure a move is, is learned above all from threads as
they are in life (benchmarks/train_sureness.py); all else from composed ones, which have enough of each kind
(benchmarks/train_models.py). Weights are rounded, so that the file is the same wherever it is made
(benchmarks/train_weights.py).
"""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks.train_models import of_dumps, train_table
from benchmarks.train_sureness import of_sureness, outcomes
from benchmarks.train_weights import table_as_toml
from rejoinder.loaders.extract.labelled import threads_to_learn
from rejoinder.loaders.extract.labelled_dumps import labelled_dumps

WEIGHTS = Path(__file__).parent.parent / "loaders" / "extract" / "model" / "weights.toml"


@click.command()
@click.option("--output", type=click.Path(path_type=Path), default=WEIGHTS, help="Where the weights go.")
def main(output: Path) -> None:
    """Train the models and write their weights."""
    threads = tuple(threads_to_learn())
    models = train_table(threads, of_dumps(labelled_dumps())) | of_sureness(outcomes(threads))
    output.write_text(table_as_toml(models), encoding="utf-8")
    click.echo(f"{len(threads)} threads: {output}")


if __name__ == "__main__":
    main()
