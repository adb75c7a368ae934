"""`rejoinder judge`: what a person says of a claim, move or comment, carried out and kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from rejoinder.cli.extractor import make_extractor
from rejoinder.cli.group import Command
from rejoinder.cli.options import store_option
from rejoinder.cli.printing import complain
from rejoinder.cli.settings import reading_options, settings_of
from rejoinder.cli.typed import load_command
from rejoinder.cli.types import TEXT, OneOf
from rejoinder.complaints import Complaints
from rejoinder.errors import Problem
from rejoinder.graph.exports.judgements import judgement_line
from rejoinder.graph.queries.unanswered import count_unanswered, unanswered_values
from rejoinder.graph.stores.publish import open_current
from rejoinder.judging import judgeable_iri, make_judgements, read_judgements
from rejoinder.load import Tally
from rejoinder.load import load as load_files
from rejoinder.name_lookup import split_names
from rejoinder.progress import make_bars
from rejoinder.records import Found, Judgement, Kind, Verdict
from rejoinder.stopping import ending_in_order
from rejoinder.tables import count_words

NUMBER = click.IntRange(1)
VERDICTS = list(map(str, Verdict))
JUDGED_METAVAR = f"{'|'.join(VERDICTS)} CLAIM|MOVE|COMMENT, or FILE..."
COUNTERS_NOTE = (
    "(a Counter is an objection itself: it is listed until somebody answers it; a Clarification would not be)"
)


@click.command(cls=Command)
@store_option
@click.option("--kind", type=OneOf(list(map(str, Kind))), metavar="KIND", help=f"What they do: {', '.join(Kind)}.")
@click.option(
    "--to", "aim", type=TEXT, metavar="CLAIM|MOVE|COMMENT", help="What it is aimed at, named in the same way."
)
@click.option(
    "--occurrence", type=NUMBER, metavar="N", help="Which of the places is meant, where the words occur several times."
)
@click.option("--to-occurrence", "aim_occurrence", type=NUMBER, metavar="N", help="The same for what it is aimed at.")
@click.option("--by", type=TEXT, metavar="NAME", help="Who judges.")
@click.option("--note", type=TEXT, help="Why.")
@reading_options
@click.argument("said", metavar=JUDGED_METAVAR, type=TEXT, nargs=-1, required=True)
def judge(
    store: Path,
    kind: str | None,
    aim: str | None,
    occurrence: int | None,
    aim_occurrence: int | None,
    by: str | None,
    note: str | None,
    said: tuple[str, ...],
) -> None:
    """Say that the words of a CLAIM or MOVE (named as for `explain`), or a whole comment (id), do something or do not.

    It is carried out at once and at each later load of the thread, and printed as a line that `load` takes. Given
    several ids, it says the same of each. Or carry out the judgements in each FILE, such as those that a page of
    `serve` gives (- is standard input).
    """
    verdict, name = said[0], said[1:]
    if verdict not in VERDICTS:
        options = {"--kind": kind, "--to": aim, "--occurrence": occurrence, "--to-occurrence": aim_occurrence}
        _judge_files(store, said, {**options, "--by": by, "--note": note})
        return
    if not name:
        raise click.UsageError(f"expected a claim, move or comment after {verdict!r}")
    snapshot = open_current(store)
    target = None if aim is None else judgeable_iri(snapshot, [aim])
    judgements: list[Judgement] = []
    for iri in dict.fromkeys(judgeable_iri(snapshot, words) for words in split_names(name)):
        judgements += make_judgements(
            snapshot,
            Verdict(verdict),
            iri,
            kind=None if kind is None else Kind(kind),
            aim=target,
            by=by,
            note=note,
            occurrence=occurrence,
            aim_occurrence=aim_occurrence,
        )
    _judge(store, judgements)


def _judge(store: Path, judgements: Sequence[Judgement]) -> None:
    """Carries judgements out, and prints them as lines that `load` takes."""
    done = _carry_out(store, [Found(judgement, "judge", 0) for judgement in judgements])
    if done.lost:
        sys.exit(1)
    click.echo("".join(map(judgement_line, judgements)), nl=False)
    if any(judgement.kind is Kind.COUNTER and judgement.verdict is Verdict.RIGHT for judgement in judgements):
        click.echo(COUNTERS_NOTE, err=True)
    click.echo(f"{count_words(done.changed, 'quad')} changed; snapshot {done.snapshot}", err=True)


def _judge_files(store: Path, files: Sequence[str], options: Mapping[str, str | int | None]) -> None:
    """Carries out the judgements in files, and says how many objections are left."""
    if none := [file for file in files if file != "-" and not os.path.exists(file)]:
        raise click.UsageError(f"expected right, wrong or withdrawn, or a file of judgements; no file {none[0]!r}")
    if set_options := [name for name, value in options.items() if value is not None]:
        raise click.UsageError(f"{set_options[0]}: a file says this of each judgement")
    before, (judgements, wrong) = _open_objections(store), read_judgements(files)
    done = _carry_out(store, judgements, wrong)
    now = count_words(_open_objections(store), "unanswered objection")
    click.echo(f"{count_words(len(judgements), 'judgement')} read; {now}, {before:,} before; snapshot {done.snapshot}")
    if done.lost or any(problem.lost for problem in wrong):
        sys.exit(1)


def _open_objections(store: Path) -> int:
    """How many objections the worklist has, as it comes without options."""
    snapshot = open_current(store)
    return count_unanswered(snapshot.store, unanswered_values(snapshot.store, "U2", settings_of(store))).listed


def _carry_out(store: Path, judgements: Sequence[Found], wrong: Sequence[Problem] = ()) -> Tally:
    """Carries judgements out; says what is wrong with the others, and which of them cannot be carried out."""
    settings, complaints, steps = settings_of(store), Complaints(complain, load_command(store)), make_bars(())
    for problem in wrong:
        complaints(problem)
    with ending_in_order():
        extractor = make_extractor(settings, complaints, steps)
        done = load_files(store, (), settings, report=complaints, extractor=extractor, records=judgements)
    complaints.summed_up()
    return done
