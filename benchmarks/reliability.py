"""How often moves of a confidence are right: on threads of the labelled corpus, and on annotated ones of others.

    python -m benchmarks.reliability
    python -m benchmarks.reliability --corpora DIR --scorer score.py --write

Of the labelled corpus, each thread is read by models that were trained on other threads, and how sure a move is, by
models that were trained on others again: as any thread is that a user loads. The annotated ChangeMyView threads are
read by the models that ship. `--write` puts both tables into docs/extraction.md, and what they say into
graph/maps/wording.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks import annotated, train_sureness
from benchmarks.inprocess import scorer_at
from benchmarks.labelled_threads import GROUPS, argues, discussion, nearest_to
from benchmarks.tables import DOCS, put, share, table
from benchmarks.train_weights import models
from rejoinder.graph.maps.wording import CONFIDENCE_BANDS
from rejoinder.loaders.extract import Rules, extract
from rejoinder.loaders.extract.labelled import LabelledThread, threads_to_learn
from rejoinder.loaders.extract.model.linear import Models
from rejoinder.loaders.extract.moves.consenting import UNSPOKEN_CUE
from rejoinder.records import ArgumentMap, Kind, Move, with_wider_kinds

PAGE = DOCS / "extraction.md"
WORDING = Path(__file__).parent.parent / "graph" / "maps" / "wording.py"
STEPS = 10
KINDS = ("attack", "support")
RIGHT = {"attack": ("attack",), "support": ("support", "answer")}
ENOUGH = 20  # moves from which a share is said in words


@dataclass(frozen=True)
class MadeMove:
    """A move that was said: its kind (attack, support), how sure, and whether it is right.

    `held`: its confidence is held down, whatever the model says; `quiet`: hardly anybody argues in its thread.
    """

    kind: str
    sure: float
    right: bool
    held: bool = False
    quiet: bool = False


def by_others(threads: Sequence[LabelledThread]) -> list[MadeMove]:
    """The moves said in each thread by models of other threads, and how sure they are by yet others."""
    return [move for thread, argument in read_by_others(threads) for move in said_in(thread, argument)]


def read_by_others(threads: Sequence[LabelledThread]) -> Iterator[tuple[LabelledThread, ArgumentMap]]:
    """Each thread with what models of other threads find in it."""
    for thread, other_models in with_others(threads):
        yield thread, extract(discussion(thread), Rules(models=other_models))


def with_others(threads: Sequence[LabelledThread]) -> Iterator[tuple[LabelledThread, Models]]:
    """Each thread with models of other threads, which learned how sure they are from yet others."""
    folds = train_sureness.folds(tuple(threads))
    for fold in folds:
        others = [outcome for other in folds if other is not fold for outcome in other.outcomes]
        sure = models(fold.models | train_sureness.of_sureness(others))
        yield from ((thread, sure) for thread in fold.threads)


def said_in(thread: LabelledThread, argument: ArgumentMap) -> Iterator[MadeMove]:
    """All weighed moves between comments that were found in a thread but questions, each with the truth."""
    labelled, quiet = {comment.id: comment for comment in thread.comments}, not argues(thread)
    for move in argument.moves:
        if not is_weighed(move) or move.comment == move.target_comment or move.kind == Kind.QUESTION:
            continue
        truth = GROUPS.get(nearest_to(move.evidence[0], labelled[move.comment or ""]).label)
        kind = "attack" if Kind.OBJECTION in with_wider_kinds(move.kind) else "support"
        yield MadeMove(kind, move.confidence, truth in RIGHT[kind], move.cue == UNSPOKEN_CUE, quiet)


def is_weighed(move: Move) -> bool:
    """True if a model told how sure the move is, and not a rule."""
    return "shown" in json.loads(move.explanation or "{}")


def step(sure: float) -> int:
    """The tenth of the scale that a confidence lies in.

    >>> step(0.3), step(0.299), step(1.0)
    (3, 2, 9)
    """
    return min(STEPS - 1, int(sure * STEPS + 1e-9))


def error(moves: Sequence[MadeMove]) -> float:
    """Expected calibration error, 0..1: the mean gap between confidence and share right (Naeini et al. 2015)."""
    total = 0.0
    for number in range(STEPS):
        mine = [move for move in moves if step(move.sure) == number]
        total += abs(sum(move.sure - move.right for move in mine))
    return total / max(1, len(moves))


def share_right(moves: Sequence[MadeMove]) -> float | None:
    """The share that is right, None where there are none."""
    return sum(move.right for move in moves) / len(moves) if moves else None


def rows(columns: Mapping[str, Sequence[MadeMove]]) -> Iterator[list[str]]:
    """A row for each tenth in which any move lies, and one of the expected calibration errors."""
    for number in range(STEPS):
        mine = [[move for move in column if step(move.sure) == number] for column in columns.values()]
        if any(mine):
            cells = (cell for moves in mine for cell in (str(len(moves)) if moves else "", share(share_right(moves))))
            yield [f"{share(number / STEPS)} to {share((number + 1) / STEPS)}", *cells]
    cells = (cell for column in columns.values() for cell in (str(len(column)), share(error(column))))
    yield ["all, and their calibration error", *cells]


def table_text(columns: Mapping[str, Sequence[MadeMove]]) -> str:
    """The table: of each column, how many moves there are, and the share of them that is right."""
    return table(["confidence", *(word for name in columns for word in (name, "right"))], rows(columns))


def of_labelled(moves: Sequence[MadeMove]) -> str:
    """The table of the labelled corpus, of threads that argue and of those in which hardly anybody does."""
    groups = {
        "objections": ("attack", False),
        "agreement, answers": ("support", False),
        "objections in idle talk": ("attack", True),
        "agreement, answers there": ("support", True),
    }
    return table_text(
        {title: [move for move in moves if (move.kind, move.quiet) == group] for title, group in groups.items()}
    )


def of_annotated(corpora: Path, scorer: Path) -> str | None:
    """The table of the annotated threads, None where they are not there."""
    file = corpora / "cmv_threads.jsonl"
    if not file.is_file():
        return None
    moves = list(annotated.moves(file, scorer_at(scorer)))
    titles = {f"{kind}s, {level}": (kind, level) for kind in KINDS for level in ("comment", "sentence")}
    return table_text(
        {
            title: [MadeMove(move.kind, move.sure, getattr(move, level)) for move in moves if move.kind == kind]
            for title, (kind, level) in titles.items()
        }
    )


def in_ten(moves: Sequence[MadeMove]) -> dict[str, int]:
    """For each word of sureness, how many in ten of such moves were right; 0 where too few were said.

    Those that are held down are passed over, for they are oftener right than their confidence says; so are those of
    idle talk, which are so less often.
    """
    tenths_by_word, moves = {}, [move for move in moves if not move.held and not move.quiet]
    most = 1.1
    for least, word, _ in CONFIDENCE_BANDS:
        mine = [move for move in moves if least <= move.sure < most]
        tenths_by_word[word] = round(10 * (share_right(mine) or 0.0)) if len(mine) >= ENOUGH else 0
        most = least
    return tenths_by_word


def write_wording(tenths_by_word: Mapping[str, int]) -> None:
    """Writes how many in ten were right beside the words of sureness."""
    text = WORDING.read_text(encoding="utf-8")
    for word, tenths in tenths_by_word.items():
        text = re.sub(rf'(\(0\.\d+, "{word}", )\d+\)', rf"\g<1>{tenths})", text)
    WORDING.write_text(text, encoding="utf-8")


@click.command()
@click.option("--corpora", type=click.Path(path_type=Path), help="Folder of the annotated corpora.")
@click.option("--scorer", type=click.Path(exists=True, path_type=Path), help="The scorer, score.py.")
@click.option("--write", is_flag=True, help="Write the tables into docs/extraction.md and graph/maps/wording.py.")
def main(corpora: Path | None, scorer: Path | None, write: bool) -> None:
    """Print, for each tenth of confidence, how many moves there are and how many of them are right."""
    if corpora and not scorer:
        raise click.UsageError("--corpora needs --scorer")
    moves = by_others(list(threads_to_learn()))
    ours, theirs = of_labelled(moves), of_annotated(corpora, scorer) if corpora and scorer else None
    click.echo(f"labelled corpus, models of other threads\n\n{ours}\n\n{in_ten(moves)}")
    click.echo("\nannotated ChangeMyView threads " + (f"\n\n{theirs}" if theirs else "are not here (--corpora DIR)"))
    if write:
        put(PAGE, "reliability", ours)
        write_wording(in_ten(moves))
        if theirs:
            put(PAGE, "reliability-annotated", theirs)


if __name__ == "__main__":
    main()
