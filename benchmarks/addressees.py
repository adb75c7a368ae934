"""How often the comment that a comment is addressed to is found, where its source would not say it.

    python -m benchmarks.addressees
    python -m benchmarks.addressees --exports DIR --write

The labelled threads are read, each by a model that did not learn from it, and threads whose replies are known in all
files below DIR, in whatever format; then the parents are hidden: each comment stands below the opening post, as on a
flat page, and the comments are sorted by date. Beside what is found stand two baselines: always the opening post, and
always the comment right before. `--write` puts the tables into docs/extraction.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import click

from benchmarks import reliability
from benchmarks.labelled_threads import APART, discussion, register
from benchmarks.tables import DOCS, put, share, table
from benchmarks.train_addressees import flat
from rejoinder.loaders import read
from rejoinder.loaders.extract.addressing.addressees import Rule
from rejoinder.loaders.extract.addressing.conversation import Conversation, find_addressees, parents_first
from rejoinder.loaders.extract.labelled import FLAT_PAGE, threads_held_back, threads_to_learn
from rejoinder.loaders.extract.model.linear import Model, shipped_models
from rejoinder.loaders.extract.platform import named_quotations
from rejoinder.loaders.extract.text.reading import read_comment
from rejoinder.loaders.extract.text.words import stem_weights
from rejoinder.loaders.gathering.merge import merge
from rejoinder.records import Discussion

PAGE = DOCS / "extraction.md"
LEAST = 3  # comments of a thread that is worth hiding anything in


@dataclass(frozen=True)
class Finding:
    """A comment whose parent was hidden: by which rule its addressee was found, and who had it right.

    `rule` is None where nothing was found and the opening post is assumed; `person`: at least its author is right.
    """

    rule: Rule | None
    right: bool
    person: bool
    opening: bool
    before: bool


def discussions(folder: Path) -> dict[str, list[Discussion]]:
    """The threads in the files below a folder, by site; what is wrong with them matters to nobody here."""
    by_site: dict[str, list[Discussion]] = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        for thread in merge(read([file]), lambda key: None):
            if (
                isinstance(thread, Discussion)
                and not thread.flattened
                and not thread.stated_moves
                and len(thread.comments) >= LEAST
            ):
                by_site.setdefault(thread.thread.key.site, []).append(thread)
    return by_site


def findings_of(thread: Discussion, model: Model | None = None) -> Iterator[Finding]:
    """What is found in a thread without its parents, of each comment that truly answers somebody else's."""
    order = parents_first(thread.comments)
    talk = found_in(flat(replace(thread, comments=tuple(order))), model)
    by_id = {comment.id: comment for comment in order}
    for before, reply in pairwise(order):
        parent = by_id.get(reply.parent or "")
        if parent is None or not reply.addressed or parent.author in (None, reply.author):
            continue
        mine = next((addressee for addressee in talk.addressees.get(reply.id, ()) if addressee.is_aimed_at), None)
        guess = by_id[mine.comment] if mine else order[0]
        yield Finding(
            mine.rule if mine else None,
            guess.id == parent.id,
            guess.author == parent.author,
            order[0].id == parent.id,
            before.id == parent.id,
        )


def found_in(thread: Discussion, model: Model | None = None) -> Conversation:
    """Whom its comments are addressed to, by this model, or by that which ships."""
    readings = {comment.id: read_comment(comment) for comment in thread.comments}
    weight = stem_weights(sentence.stems for reading in readings.values() for sentence in reading.sentences)
    return find_addressees(
        thread.comments, readings, named_quotations(thread, readings), weight, model or shipped_models().addressee
    )


def site_table(sites: Mapping[str, Iterable[Finding]]) -> str:
    """A row for each site, and one for each rule over all of them."""
    by_site = {site: list(findings) for site, findings in sites.items()}
    everything = [finding for findings in by_site.values() for finding in findings]
    rows = [row(site, findings) for site, findings in by_site.items() if findings]
    rules = Counter(finding.rule for finding in everything)
    for rule in (*Rule, None):
        if rules[rule]:
            mine = [finding for finding in everything if finding.rule == rule]
            rows.append(row(f"- {rule}" if rule else "- nothing found: the opening post", mine))
    head = ["", "comments", "found", "its author", "always the opening post", "always the one before"]
    return table(head, rows)


def row(title: str, findings: Sequence[Finding]) -> list[str]:
    """How many comments there are, and the shares that are right."""
    columns = ("right", "person", "opening", "before")
    shares = (share(sum(getattr(finding, name) for finding in findings) / len(findings)) for name in columns)
    return [title, str(len(findings)), *shares]


def corpus_findings() -> dict[str, list[Finding]]:
    """Labelled threads that were written as flat pages, held back from all models, and others by models of others."""
    pages = [findings_of(discussion(labelled)) for labelled in threads_held_back() if labelled.page == FLAT_PAGE]
    by_title: dict[str, list[Finding]] = {
        "flat pages": [finding for page in pages for finding in page],
        "with replies": [],
    }
    for thread, models in reliability.with_others(list(threads_to_learn())):
        if register(thread) not in APART:
            by_title["with replies"] += findings_of(discussion(thread), models.addressee)
    return by_title


@click.command(help=__doc__)
@click.option("--exports", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="put the tables into docs/extraction.md")
def main(exports: Path | None, write: bool) -> None:
    """Prints the tables."""
    ours = "\n\n".join(site_table({title: findings}) for title, findings in corpus_findings().items())
    click.echo(ours)
    if write:
        put(PAGE, "addressees-labelled", ours)
    if exports is None:
        return
    sites = discussions(exports).items()
    text = site_table(
        {site: [finding for thread in threads for finding in findings_of(thread)] for site, threads in sites}
    )
    click.echo(f"\n{text}")
    if write:
        put(PAGE, "addressees", text)


if __name__ == "__main__":
    main()
