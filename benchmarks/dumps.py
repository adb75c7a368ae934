"""How well flattened dumps are read that nobody wrote the rules for: the labelled dumps marked `test`.

    python -m benchmarks.dumps              as in docs/extraction.md: rules alone, and rules and models
    python -m benchmarks.dumps --write      writes the table there
    python -m benchmarks.dumps --each       each dump read by models that were trained on all others

Models are trained on the dumps marked `train` alone. Right is a paragraph whose labels hold what it is said to do.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import click

from benchmarks import train
from benchmarks.tables import DOCS, put, share, table
from benchmarks.train_dumps import discussion
from rejoinder.loaders.extract import Rules
from rejoinder.loaders.extract.labelled_dumps import LabelledDump, dumps
from rejoinder.loaders.extract.linear import Models, model_of, shipped
from rejoinder.records import Kind, Move, ThreadRef, kinds

FAMILIES = ("quote", "objection", "question", "support", "reply")
ALIKE = {"concession": "support"}
Said = dict[int, set[str]]


def models_from(learned: Sequence[LabelledDump]) -> Models:
    """The shipped models, but for those of dumps, which these dumps teach; from none they find nothing."""
    made = {name: model_of(one) for name, one in tomllib.loads(train.written(train.of_dumps(learned))).items()}
    return replace(shipped(), quoted=made["quoted"], reaction=made["reaction"])


def family(move: Move) -> str | None:
    """What a move does, as the labels of dumps name it; None for a reason within the owner's own words."""
    if move.kind == Kind.QUOTATION:
        return "quote" if isinstance(move.target, ThreadRef) else None
    if Kind.OBJECTION in kinds(move.kind):
        return "objection"
    if move.kind in (Kind.QUESTION, Kind.SUPPORT):
        return move.kind.value.lower()
    return "support" if move.kind == Kind.CONCESSION else "reply"


def said_of(dump: LabelledDump, models: Models) -> tuple[Said, dict[int, set[int]]]:
    """What each paragraph is said to do, by its number, and the paragraphs that it is said to be about."""
    found = Rules(models=models).map(discussion(dump))
    deeds: Said = {}
    aims: dict[int, set[int]] = {}
    owned = {one.id for one in found.claims if one.author is not None}
    for move in found.moves:
        number, named = int(move.comment or 0) + 1, family(move)
        to_own = move.kind == Kind.SUPPORT and getattr(move.target, "id", None) in owned
        if named is not None and not to_own:
            deeds.setdefault(number, set()).add(named)
            aims.setdefault(number, set()).add(0 if move.target_comment is None else int(move.target_comment) + 1)
    return deeds, aims


def counted(dump: LabelledDump, models: Models) -> Counter[tuple[str, str]]:
    """Per family how many are said, right, wanted and found; and of the labelled targets, how many are."""
    counts = Counter[tuple[str, str]]()
    deeds, aims = said_of(dump, models)
    for number, one in enumerate(dump.paragraphs, 1):
        labels = [ALIKE.get(label, label) for label in one.labels]
        for name in deeds.get(number, ()):
            counts[name, "said"] += 1
            counts[name, "right"] += name in labels
        if labels[0] in FAMILIES:
            counts[labels[0], "wanted"] += 1
            counts[labels[0], "found"] += labels[0] in deeds.get(number, ())
        if one.targets and labels[0] in FAMILIES:
            counts["target", "wanted"] += 1
            counts["target", "found"] += bool({*one.targets} & aims.get(number, set()))
    return counts


def rows(counts: Mapping[str, Counter[tuple[str, str]]]) -> Iterator[list[str]]:
    """A row for each family: precision and recall of each reader."""
    for name in FAMILIES:
        row = [name, str(next(iter(counts.values()))[name, "wanted"])]
        for one in counts.values():
            row += [part(one[name, "right"], one[name, "said"]), part(one[name, "found"], one[name, "wanted"])]
        yield row
    hits = [["", part(one["target", "found"], one["target", "wanted"])] for one in counts.values()]
    yield [
        "a quotation as target",
        str(next(iter(counts.values()))["target", "wanted"]),
        *(x for hit in hits for x in hit),
    ]


def part(some: int, all_of: int) -> str:
    """Some of all as a share; empty where there are none."""
    return share(some / all_of) if all_of else ""


def each_by_others(found: Sequence[LabelledDump]) -> Counter[tuple[str, str]]:
    """All dumps, each read by models that were trained on all others."""
    counts = Counter[tuple[str, str]]()
    for one in found:
        counts += counted(one, models_from([other for other in found if other is not one]))
    return counts


@click.command()
@click.option("--each", is_flag=True, help="Read each dump by models trained on all others; a few minutes.")
@click.option("--write", is_flag=True, help="Write the table into docs/extraction.md.")
def main(each: bool, write: bool) -> None:
    """Print precision and recall of what paragraphs of dumps are said to do."""
    found = list(dumps())
    test = found if each else [one for one in found if one.split == "test"]
    rules = sum((counted(one, models_from(())) for one in test), Counter[tuple[str, str]]())
    if each:
        both = each_by_others(found)
    else:
        models = models_from([one for one in found if one.split == "train"])
        both = sum((counted(one, models) for one in test), Counter[tuple[str, str]]())
    heads = ["paragraphs that are or do", "labelled", "rules: right", "found", "and models: right", "found"]
    made = table(heads, list(rows({"rules": rules, "models": both})))
    click.echo(made)
    if write:
        put(DOCS / "extraction.md", "dumps", made)


if __name__ == "__main__":
    main()
