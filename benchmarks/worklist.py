"""What the worklist of open objections is worth, on labelled threads: how many rows are open, how many open are found.

    python -m benchmarks.worklist                 the labelled corpus, each thread by models of other threads, and those
                                                  that are held back from all models, by the shipped ones
    python -m benchmarks.worklist --threads DIR   labelled threads of your own, by the shipped models; --each lists each
    python -m benchmarks.worklist --llm           those that are held back, by the language model of the settings
    python -m benchmarks.worklist --only NAME     of those that are held back one, or several with an --only each

Each thread goes through the program as any other does: extraction, graph, derived graph; its rows are the objections at
U2. A row is judged by the labelled segment that shares most characters with its words; a reason for an objection stands
for that. It objects if it is labelled so; it is open if no segment of another author is aimed at it, or at its comment
as a whole, but to ask or to agree. Only the first row of an objection counts; the others repeat it.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import platformdirs

from benchmarks import reliability, train_addressees
from benchmarks.labelled_threads import argues, discussion, nearest_to
from benchmarks.tables import DOCS, put, share, table
from rejoinder.errors import BadParameter
from rejoinder.extractors import make_llm_extractor
from rejoinder.graph.derived.derive import derive
from rejoinder.graph.triples.build import build_thread
from rejoinder.graph.triples.ntriples import iri, rj
from rejoinder.graph.triples.terms import RJ, Names
from rejoinder.loaders.extract import RULES, Extractor, extract
from rejoinder.loaders.extract.labelled import (
    AS_IN_LIFE,
    ATTACKS,
    FLAT_PAGE,
    REPLIES,
    LabelledThread,
    Place,
    Segment,
    read_thread,
    threads_held_back,
    threads_to_learn,
)
from rejoinder.records import ArgumentMap, Discussion, Move
from rejoinder.settings import Settings, from_environment

PAGE = DOCS / "extraction.md"
SETTINGS = Settings()
ANSWERING = ATTACKS | REPLIES | {"concession"}
OPEN, ANSWERED, NONE, AGAIN = "open", "answered", "no objection", "again"


@dataclass(frozen=True)
class Row:
    """An objection that is listed at some sureness: its rank, what it is by the labels, and where it stands."""

    rank: float
    is_listed: bool
    truth: str
    place: Place
    words: str


@dataclass(frozen=True)
class Worklist:
    """The rows of a thread, the most pressing first, and the places of the objections that are open by its labels."""

    thread: LabelledThread
    rows: tuple[Row, ...]
    open: frozenset[Place]


def worklist(thread: LabelledThread, extractor: Extractor, *, flat: bool = False) -> Worklist:
    """What the program would list of a thread, judged by its labels; `flat` without what each comment answers."""
    conversation = train_addressees.flat(discussion(thread)) if flat else discussion(thread)
    return worklist_of(thread, conversation, extract(conversation, extractor))


def worklist_of(thread: LabelledThread, conversation: Discussion, argument: ArgumentMap) -> Worklist:
    """What the program would list of an argument map of a thread, judged by its labels."""
    truth = truth_by_place(thread)
    rows, seen_places = list[Row](), set[Place]()
    for rank, move in unaddressed(conversation, argument):
        place, segment = segment_of_move(thread, move)
        place = place_meant(thread, place)
        row_truth = AGAIN if place in seen_places else truth.get(place, NONE)
        seen_places.add(place)
        rows.append(Row(rank, move.confidence >= SETTINGS.objection_threshold, row_truth, place, segment.exact))
    return Worklist(thread, tuple(rows), frozenset(spot for spot, status in truth.items() if status == OPEN))


def truth_by_place(thread: LabelledThread) -> dict[Place, str]:
    """Whether each objection to somebody else is open or answered, by the labels."""
    authors = {post.id: post.author for post in thread.comments}
    met = {
        (place, comment.author)
        for comment in thread.comments
        for segment in comment.segments
        if segment.label in ANSWERING
        for place in segment.places_aimed_at
    }
    by_place: dict[Place, str] = {}
    for comment in thread.comments:
        for number, sentence in enumerate(comment.segments, 1):
            if sentence.label in ATTACKS and authors[sentence.comment or ""] != comment.author:
                ends = ((comment.id, number), (comment.id, None))
                answered = any((end, who) in met for end in ends for who in authors.values() if who != comment.author)
                by_place[comment.id, number] = ANSWERED if answered else OPEN
    return by_place


def unaddressed(discussion: Discussion, argument: ArgumentMap) -> list[tuple[float, Move]]:
    """The objections of any sureness at U2 with their ranks, the highest first."""
    names = Names(SETTINGS.base)
    move_by_iri = {iri(names.move(move.id)): move for move in argument.moves}
    listed, ranks, surer = set(), {}, defaultdict[str, set[str]](set)
    for subject, predicate, value in derive(build_thread(discussion, argument, names).thread, SETTINGS):
        if (predicate, value) == (RJ + "unansweredAt", rj("U2")):
            listed.add(subject)
        elif predicate == RJ + "repeats":
            surer[subject].add(value)
        elif predicate == RJ + "rank":
            ranks[subject] = float(value.split('"')[1])
    distinct = [node for node in listed if listed.isdisjoint(surer[node])]  # of the same words one stands for all
    return sorted(((ranks[node], move_by_iri[node]) for node in distinct), key=lambda pair: (-pair[0], pair[1].id))


def segment_of_move(thread: LabelledThread, move: Move) -> tuple[Place, Segment]:
    """The segment that a move's words belong to."""
    comment = next(post for post in thread.comments if post.id == move.comment)
    segment = nearest_to(move.evidence[0], comment)
    return (comment.id, comment.segments.index(segment) + 1), segment


def place_meant(thread: LabelledThread, place: Place) -> Place:
    """The place that a reason speaks for in the end, within its comment; any other place itself."""
    passed = set[Place]()
    segment = thread.segment(place[0], place[1] or 1)
    while segment.label == "premise" and segment.number is not None and place not in passed:
        passed.add(place)
        place = (place[0], segment.number)
        segment = thread.segment(*place)
    return place


def precision(worklists: Iterable[Worklist]) -> float:
    """Average precision, 0..1: the mean share of open objections down to each that is found, 0 for those that are not.

    All rows count, listed or not, in the order of their ranks. (Manning, Raghavan and Schütze 2008, section 8.4.)
    """
    worklists = list(worklists)
    rows = sorted(
        (row for listing in worklists for row in listing.rows if row.truth != AGAIN), key=lambda row: -row.rank
    )
    right, total = 0, 0.0
    for place, ranked in enumerate(rows, 1):
        if ranked.truth == OPEN:
            right += 1
            total += right / place
    return total / max(1, sum(len(listing.open) for listing in worklists))


def count_rows(worklists: Iterable[Worklist]) -> Counter[str]:
    """How many listed rows are what."""
    return Counter(row.truth for listing in worklists for row in listing.rows if row.is_listed)


def table_text(columns: Mapping[str, Sequence[Worklist]]) -> str:
    """The table, a line for each group of threads."""
    head = ["threads", "rows listed", "open", "answered", "no objection", "the same again"]
    return table([*head, "open right", "open in all", "found", "average precision"], lines(columns))


def lines(columns: Mapping[str, Sequence[Worklist]]) -> Iterator[list[str]]:
    """A line of the table for each group."""
    for title, worklists in columns.items():
        tally, total = count_rows(worklists), sum(len(listing.open) for listing in worklists)
        counts = [tally.total(), *(tally[truth] for truth in (OPEN, ANSWERED, NONE, AGAIN))]
        right = tally[OPEN] / tally.total() if tally else None
        found_share = tally[OPEN] / total if total else None
        yield [title, *map(str, counts), share(right), str(total), share(found_share), share(precision(worklists))]


def by_talk(threads: Iterable[tuple[LabelledThread, ArgumentMap]]) -> dict[str, list[Worklist]]:
    """Threads, each with its argument map; of those that are composed the ones that argue apart from idle ones."""
    by_title: dict[str, list[Worklist]] = {"that argue": [], "of idle talk": [], "as in life": []}
    for thread, argument in threads:
        talk = "as in life" if thread.split == AS_IN_LIFE else "that argue" if argues(thread) else "of idle talk"
        by_title[talk].append(worklist_of(thread, discussion(thread), argument))
    return by_title


def of_corpus() -> dict[str, list[Worklist]]:
    """The labelled corpus, and the threads that are held back."""
    return by_talk(reliability.read_by_others(list(threads_to_learn()))) | held_back_worklists()


def held_back_worklists(by: Extractor = RULES, only: Sequence[str] = ()) -> dict[str, list[Worklist]]:
    """The threads that no model has seen, by the shipped ones or another extractor; flat pages also as such.

    `only` names some of them; raises BadParameter for a name that none has.
    """
    unseen = list(threads_held_back())
    if strange := sorted({*only} - {thread.name for thread in unseen}):
        raise BadParameter(f"--only: expected the name of a thread that is held back, got {strange[0]!r}")
    if only:
        return {", ".join(only): [worklist(thread, by) for thread in unseen if thread.name in only]}
    pages = [thread for thread in unseen if thread.page == FLAT_PAGE]
    return {
        "held back": [worklist(thread, by) for thread in unseen],
        "of those flat pages, with what each answers": [worklist(page, by) for page in pages],
        "the same, without": [worklist(page, by, flat=True) for page in pages],
    }


def of_folder(folder: Path, by: Extractor = RULES) -> dict[str, list[Worklist]]:
    """The labelled threads of a folder; LoadError for a file that cannot be read."""
    return {f"in {folder.name}": [worklist(read_thread(path), by) for path in sorted(folder.glob("*.thread"))]}


def model_of(environment: Mapping[str, str]) -> Extractor:
    """The extractor that asks the language model of the settings; raises BadParameter where one is missing."""
    settings = replace(from_environment(environment), extractor="llm")
    cache = Path(settings.llm_cache) if settings.llm_cache else platformdirs.user_cache_path("rejoinder") / "llm"
    key = environment.get(settings.llm_key_variable, "").strip()
    llm_extractor = make_llm_extractor(
        settings, key, cache, report=lambda problem: click.echo(problem, err=True), on_tokens=lambda spent: None
    )
    click.get_current_context().call_on_close(llm_extractor.close)
    return llm_extractor


def thread_lines(worklists: Iterable[Worklist]) -> Iterator[str]:
    """Each thread with its rows, and with the open objections that are not listed."""
    for listing in worklists:
        listed = [row for row in listing.rows if row.is_listed]
        yield f"\n{listing.thread.name}"
        yield from (f"{row.rank:.3f} {row.truth:12} {place(row.place)} {row.words}" for row in listed)
        for missing in sorted(listing.open - {row.place for row in listed}):
            yield f"      not listed   {place(missing)} {listing.thread.segment(missing[0], missing[1] or 1).exact}"


def place(spot: Place) -> str:
    """The place as the corpus writes it."""
    return f"{spot[0]}.{spot[1]}"


@click.command()
@click.option("--threads", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder of them.")
@click.option("--llm", is_flag=True, help="By the model of REJOINDER_LLM_URL and REJOINDER_LLM_MODEL.")
@click.option("--only", multiple=True, help="A thread that is held back, by its name.")
@click.option("--each", is_flag=True, help="List the rows of each thread, and what is missing.")
@click.option("--write", is_flag=True, help="Write the table of the corpus into docs/extraction.md.")
def main(threads: Path | None, llm: bool, only: tuple[str, ...], each: bool, write: bool) -> None:
    """Print how many rows of the worklist are open objections, and how many of those are listed."""
    if write and (threads or llm or only):
        raise click.UsageError(
            "--write is for the labelled corpus and the shipped models: leave out --threads, --only and --llm"
        )
    try:
        by = model_of(os.environ) if llm else RULES
        columns = of_folder(threads, by) if threads else held_back_worklists(by, only) if llm or only else of_corpus()
    except BadParameter as error:
        raise click.UsageError(str(error)) from error
    if each:
        click.echo("\n".join(line for column in columns.values() for line in thread_lines(column)) + "\n")
    click.echo(table_text(columns))
    if write:
        put(PAGE, "worklist", table_text(columns))


if __name__ == "__main__":
    main()
