"""How well flattened dumps are read that nobody wrote the rules for: the labelled dumps marked `test`.

    python -m benchmarks.dumps              as in docs/extraction.md: rules alone, and rules and models
    python -m benchmarks.dumps --write      writes the tables there
    python -m benchmarks.dumps --each       each dump read by models that were trained on all others

Models are trained on the dumps marked `train` alone. Right is a paragraph whose labels hold what it is said to do.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import click

from benchmarks import train_models, train_weights
from benchmarks.reliability import PAGE, MadeMove, table_text
from benchmarks.tables import put, share, table
from benchmarks.train_dumps import discussion
from rejoinder.loaders.extract import Rules
from rejoinder.loaders.extract.labelled_dumps import LabelledDump, LabelledParagraph, labelled_dumps
from rejoinder.loaders.extract.model.linear import Models, model_from_table, shipped_models
from rejoinder.records import Kind, Move, ThreadRef, with_wider_kinds

FAMILIES = ("quote", "objection", "question", "support", "reply")
ALIKE = {"concession": "support"}
SURE = ("quote", "objection")


def models_from(learned: Sequence[LabelledDump]) -> Models:
    """The shipped models, but for those of dumps, which these dumps teach; from none they find nothing."""
    models = {
        name: model_from_table(weights)
        for name, weights in tomllib.loads(train_weights.table_as_toml(train_models.of_dumps(learned))).items()
    }
    return replace(shipped_models(), quoted=models["quoted"], reaction=models["reaction"])


def family(move: Move) -> str | None:
    """What a move does, as the labels of dumps name it; None for a reason within the owner's own words."""
    if move.kind == Kind.QUOTATION:
        return "quote" if isinstance(move.target, ThreadRef) else None
    if Kind.OBJECTION in with_wider_kinds(move.kind):
        return "objection"
    if move.kind in (Kind.QUESTION, Kind.SUPPORT):
        return move.kind.value.lower()
    return "support" if move.kind == Kind.CONCESSION else "reply"


@dataclass(frozen=True)
class ParagraphDeeds:
    """What a paragraph, by its number, is said to do, how sure, whether it does, and to which one (0: the post)."""

    number: int
    family: str
    sure: float
    right: bool
    aim: int


def deeds_of(dump: LabelledDump, models: Models) -> Iterator[ParagraphDeeds]:
    """What the paragraphs of a dump are said to do, reasons within the owner's own words aside."""
    argument_map = Rules(models=models).map(discussion(dump))
    owned = {claim.id for claim in argument_map.claims if claim.author is not None}
    for move in argument_map.moves:
        number, move_family = int(move.comment or 0) + 1, family(move)
        to_own = move.kind == Kind.SUPPORT and getattr(move.target, "id", None) in owned
        if move_family is not None and not to_own:
            aim = 0 if move.target_comment is None else int(move.target_comment) + 1
            yield ParagraphDeeds(
                number, move_family, move.confidence, move_family in families(dump.paragraphs[number - 1]), aim
            )


def families(paragraph: LabelledParagraph) -> list[str]:
    """What it does by its labels, the main thing first."""
    return [ALIKE.get(label, label) for label in paragraph.labels]


def count_deeds(dump: LabelledDump, deeds: Sequence[ParagraphDeeds]) -> Counter[tuple[str, str]]:
    """Per family how many are said, right, wanted and found; and of the labelled targets, how many are."""
    counts = Counter[tuple[str, str]]()
    for name, right in {(deed.number, deed.family): (deed.family, deed.right) for deed in deeds}.values():
        counts += Counter({(name, "said"): 1, (name, "right"): int(right)})
    for number, paragraph in enumerate(dump.paragraphs, 1):
        main, mine = families(paragraph)[0], [deed for deed in deeds if deed.number == number]
        if main in FAMILIES:
            counts += Counter({(main, "wanted"): 1, (main, "found"): int(main in {deed.family for deed in mine})})
        if main in FAMILIES and paragraph.targets:
            hit = bool({*paragraph.targets} & {deed.aim for deed in mine})
            counts += Counter({("target", "wanted"): 1, ("target", "found"): int(hit)})
    return counts


def rows(counts: Mapping[str, Counter[tuple[str, str]]]) -> Iterator[list[str]]:
    """A row for each family: precision and recall of each reader."""
    for name in FAMILIES:
        row = [name, str(next(iter(counts.values()))[name, "wanted"])]
        for count in counts.values():
            row += [
                share_of(count[name, "right"], count[name, "said"]),
                share_of(count[name, "found"], count[name, "wanted"]),
            ]
        yield row
    hits = [["", share_of(tally["target", "found"], tally["target", "wanted"])] for tally in counts.values()]
    yield [
        "a quotation as target",
        str(next(iter(counts.values()))["target", "wanted"]),
        *(x for hit in hits for x in hit),
    ]


def share_of(count: int, all_of: int) -> str:
    """Some of all as a share; empty where there are none."""
    return share(count / all_of) if all_of else ""


def dumps_with_models(dumps: Sequence[LabelledDump], leave_one_out: bool) -> Iterator[tuple[LabelledDump, Models]]:
    """The dumps to read, and models that did not learn from them: those marked `test`, or each one."""
    learned = models_from([labelled_dump for labelled_dump in dumps if labelled_dump.split == "train"])
    for dump in dumps:
        if leave_one_out:
            yield dump, models_from([other for other in dumps if other is not dump])
        elif dump.split == "test":
            yield dump, learned


def reliability(deeds: Iterable[ParagraphDeeds]) -> str:
    """The table of confidences, of quotations and of objections."""
    listed = list(deeds)
    columns = {
        f"{name}s": [MadeMove(name, deed.sure, deed.right) for deed in listed if deed.family == name] for name in SURE
    }
    return table_text(columns)


@click.command()
@click.option("--each", is_flag=True, help="Read each dump by models trained on all others; a few minutes.")
@click.option("--write", is_flag=True, help="Write the tables into docs/extraction.md.")
def main(each: bool, write: bool) -> None:
    """Print precision and recall of what paragraphs of dumps are said to do, and what its confidence is worth."""
    if each and write:
        raise click.UsageError("--write is for the dumps marked test: leave out --each")
    ruled = models_from(())
    rules, with_models, all_told = Counter[tuple[str, str]](), Counter[tuple[str, str]](), list[ParagraphDeeds]()
    for dump, models in dumps_with_models(list(labelled_dumps()), each):
        rules += count_deeds(dump, list(deeds_of(dump, ruled)))
        deeds = list(deeds_of(dump, models))
        with_models += count_deeds(dump, deeds)
        all_told += deeds
    heads = ["paragraphs that are or do", "labelled", "rules: right", "found", "and models: right", "found"]
    text, sure = table(heads, list(rows({"rules": rules, "models": with_models}))), reliability(all_told)
    click.echo(f"{text}\n\n{sure}")
    if write:
        put(PAGE, "dumps", text)
        put(PAGE, "reliability-dumps", sure)


if __name__ == "__main__":
    main()
