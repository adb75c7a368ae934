"""The stages joined: files in, a published snapshot out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from rejoinder import loaders
from rejoinder.errors import SHORT_OF_MEMORY, ExtractorStopped, Problem, RejoinderError, unforeseen_problem
from rejoinder.graph.quotations.origins import OriginsGraph
from rejoinder.graph.sparql.sandbox import available_memory
from rejoinder.graph.stores.embedded import Writer
from rejoinder.graph.stores.intake import BATCH_QUADS, BatchOutcome, take_batch
from rejoinder.graph.stores.publish import publish
from rejoinder.graph.triples import read
from rejoinder.graph.triples.nodes import nodes_by_iri
from rejoinder.graph.triples.predicates import GENERATED
from rejoinder.graph.triples.read_map import read_extraction
from rejoinder.graph.triples.terms import Names
from rejoinder.load_workers import Workers, is_scarce, memory_needed
from rejoinder.loaders.extract import RULES, STATED, Extractor, extract
from rejoinder.loaders.gathering.merge import merge
from rejoinder.loaders.mapping import FieldMap
from rejoinder.progress import LoadSteps
from rejoinder.records import ArgumentMap, Comment, Discussion, Extraction, Found, Judgement, Thread, ThreadKey
from rejoinder.settings import Settings
from rejoinder.tables import count_words
from rejoinder.work import ThreadWork, build_work, rarely_collected

Report = Callable[[Problem], None]


@dataclass(slots=True)
class Tally:
    """What a load did: how many threads were written, with all that they hold now, and how many problems there were."""

    threads: int = 0
    comments: int = 0
    claims: int = 0
    moves: int = 0
    changed: int = 0  # quads that were added or taken away
    warnings: int = 0  # problems by which nothing was lost, but for mere notes
    lost: int = 0  # problems by which something was
    snapshot: str = ""  # its id
    files: dict[ThreadKey, str] = field(default_factory=dict)  # the first file that named each thread

    def count(self, thread_work: ThreadWork) -> None:
        """Add a thread that was taken."""
        self.threads += 1
        self.comments += thread_work.comments
        self.claims += thread_work.claims
        self.moves += thread_work.moves


def load(
    folder: Path,
    files: Sequence[str],
    settings: Settings,
    *,
    report: Report,
    steps: LoadSteps | None = None,
    format: str | None = None,  # noqa: A002 - the option's name
    by: FieldMap | None = None,
    replace: bool = False,
    extractor: Extractor = RULES,
    records: Iterable[Found] = (),
    jobs: int = 1,
) -> Tally:
    """Load files (`-` is standard input), and `records` that stand in none, into the store in `folder`; publish it.

    Each problem goes to `report` and the rest goes on; `lost` in the tally counts what could not be loaded. All files
    are of the `format`, or are read by the field map `by`, if one is given; `extractor` finds the moves. With
    `replace`, what a thread held before and these files do not is dropped, but for what people judged; a thread of
    which they hold only judgements stays. With `jobs` above 1, so many processes do what the default extractor does in
    a large load; what comes of it is the same. Raises StoreError where the store cannot be written; batches written
    before that stay. A fault of a loader or the extractor is a problem, too, unless `settings.traceback` is set.
    """
    names = Names(settings.base)
    workers = Workers(jobs if jobs > 1 and extractor is RULES else 0, names, settings)
    this = _Load(settings, names, extractor, steps or LoadSteps(), report, workers, replace)
    with Writer(folder, settings.base) as writer:
        origins = OriginsGraph(writer, this.names)
        with this.steps, workers, rarely_collected():
            items = loaders.read(files, format=format, by=by, progress=this.steps.bytes, strict=this.strict)
            merged = merge(this.count_items(chain(records, items)), partial(this.stored_discussion, writer))
            for batch in _batches(this.build_threads(merged)):
                this.take(writer, batch)
            this.tally.changed += origins.renew(this.tally.files)
        this.tally.snapshot = publish(writer.store, folder, writer.total)
    return this.tally


@dataclass(frozen=True, slots=True)
class _Load:
    """One load: what its stages share, and what each of them adds to the tally and reports."""

    settings: Settings
    names: Names
    extractor: Extractor
    steps: LoadSteps
    report: Report
    workers: Workers
    replace: bool
    tally: Tally = field(default_factory=Tally)
    told_threads: set[ThreadKey] = field(default_factory=set)  # threads of which this load brings more than judgements
    others: dict[ThreadKey, str] = field(default_factory=dict)  # of the rest, those of another extractor, and which

    @property
    def strict(self) -> bool:
        """True where a fault of the program ends the load, with its traceback."""
        return bool(self.settings.traceback)

    def count_items(self, items: Iterable[Found | Problem]) -> Iterator[Found | Problem]:
        """Passes records on; remembers the first file of each thread, to name it where the thread is refused."""
        for item in items:
            if isinstance(item, Found):
                record = item.record
                self.tally.files.setdefault(record.thread, item.file)
                if not isinstance(record, Judgement):
                    self.told_threads.add(record.thread)
                if isinstance(record, Comment):
                    self.steps.count_found()
                    self.workers.expect(record)
            yield item

    def build_threads(self, merged: Iterable[Discussion | Problem]) -> Iterator[ThreadWork]:
        """The threads with their claims and moves, as triples; what cannot be loaded is reported."""
        for item, thread_work in self.workers.results_in_order(merged):
            if isinstance(item, Problem):
                self.note(item)
                continue
            self.steps.extracted(len(item.comments))
            if item.thread.key in self.others:
                self.note(self.read_otherwise(item.thread.key))
            elif thread_work is not None or (thread_work := self.work_thread(item)) is not None:
                yield thread_work

    def stored_discussion(self, writer: Writer, key: ThreadKey) -> Discussion | None:
        """What the store holds of a thread, and this load adds to; of one that is replaced only its judgements."""
        if key not in self.told_threads:
            self.compare(key, _stored_extraction(writer, key, self.names))
        if self.replace and key in self.told_threads:
            return Discussion(Thread(key), (), judgements=read.read_judgements(writer.quads_of_graph, key, self.names))
        return read.read_discussion(writer.quads_of_graph, key, self.names)

    def compare(self, key: ThreadKey, before: Extraction | None) -> None:
        """Remembers a thread of which this load brings only judgements, if another extractor found its moves."""
        if before is None or before.name == STATED.name:
            return
        now = self.extractor.extraction
        if (now.name, now.parameters) != (before.name, before.parameters):
            self.others[key] = f"{before.name} {before.parameters}"

    def read_otherwise(self, key: ThreadKey) -> Problem:
        """Says of such a thread that it stays: this load's extractor would replace all moves that the other found."""
        options = "judge it with the options that it was loaded with (--extractor, --embeddings)"
        return self.not_loaded(key, f"for {self.others[key]} read it: {options}")

    def work_thread(self, discussion: Discussion) -> ThreadWork | None:
        """A thread with its claims and moves, as triples; None, and a problem is reported, if it cannot be loaded."""
        if is_scarce(needed := memory_needed(discussion)):
            self.note(self.warned(discussion, needed))
        try:
            argument = self.argument(discussion)
            return None if argument is None else build_work(discussion, argument, self.names)
        except SHORT_OF_MEMORY:
            self.note(self.too_large(discussion.thread.key, len(discussion.comments)))
            return None

    def warned(self, discussion: Discussion, needed: int) -> Problem:
        """Says beforehand of a thread that the memory may not suffice for it, since the system may just kill a load."""
        name, comments = repr(discussion.thread.key.id), count_words(len(discussion.comments), "comment")
        need = f"thread {name} has {comments}, which may take {needed / 1e9:.1f} GB of memory"
        advice = "if the system ends this load, load the rest without it, or split it"
        message = f"{need}, and {available_memory() / 1e9:.1f} GB are free; {advice}"
        return Problem(self.file_of(discussion.thread.key), 0, message, lost=False)

    def too_large(self, key: ThreadKey, comments: int) -> Problem:
        """A thread for which there is not memory enough."""
        return self.not_loaded(
            key, f"for the memory does not suffice for its {count_words(comments, 'comment')}: split it"
        )

    def argument(self, discussion: Discussion) -> ArgumentMap | None:
        """The thread's claims and moves; None, and a problem is reported, where the extractor stopped at it."""
        try:
            return extract(discussion, self.extractor)
        except ExtractorStopped as stop:
            self.note(self.not_loaded(discussion.thread.key, str(stop)))
            return None
        except (RejoinderError, *SHORT_OF_MEMORY):
            raise
        except Exception as error:
            if self.strict:
                raise
            failure = f"no claims or moves were found in thread {discussion.thread.key.id!r}, whose comments are loaded"
            self.note(unforeseen_problem(self.file_of(discussion.thread.key), failure, error))
            return ArgumentMap(self.extractor.extraction)

    def take(self, writer: Writer, batch: Sequence[ThreadWork]) -> None:
        """Writes a batch of threads, but for those that the shapes refuse, or for which there is not memory enough."""
        try:
            batch_outcome = take_batch(writer, [thread_work.built for thread_work in batch], self.names, self.settings)
        except SHORT_OF_MEMORY:
            batch_outcome = None  # what was made on the way is let go with the error
        if batch_outcome is None:
            self.take_apart(writer, batch)
        else:
            self.note_taken(batch, batch_outcome)

    def take_apart(self, writer: Writer, batch: Sequence[ThreadWork]) -> None:
        """Writes those threads of a batch for which alone there is memory enough."""
        writer.clear_unfinished()
        if len(batch) == 1:
            self.note(self.too_large(batch[0].built.key, batch[0].comments))
            return
        for thread_work in batch:
            self.take(writer, [thread_work])

    def note_taken(self, batch: Sequence[ThreadWork], batch_outcome: BatchOutcome) -> None:
        """Counts a batch that was written."""
        self.tally.changed += batch_outcome.changed_quads
        refused = {key for key, _ in batch_outcome.refused}
        for thread_work in batch:
            if thread_work.built.key not in refused:
                self.tally.count(thread_work)
        for key, result in batch_outcome.refused:
            self.note(self.not_loaded(key, f"it breaks shape {result.shape}: {result.message} ({result.focus})"))

    def not_loaded(self, key: ThreadKey, why: str) -> Problem:
        """A thread that stays in the store as it was."""
        return Problem(self.file_of(key), 0, f"thread {key.id!r} was not loaded, {why}", lost=True)

    def file_of(self, key: ThreadKey) -> str:
        """The first file that named a thread."""
        return self.tally.files.get(key, "(store)")

    def note(self, problem: Problem) -> None:
        """Counts a problem and reports it."""
        if problem.lost:
            self.tally.lost += 1
        elif not problem.note:
            self.tally.warnings += 1
        self.report(problem)


def _stored_extraction(writer: Writer, key: ThreadKey, names: Names) -> Extraction | None:
    """What found the moves of a thread that is stored; None where there are none."""
    graph = ox.NamedNode(names.graph(key))
    quad = next(writer.store.quads_for_pattern(None, ox.NamedNode(GENERATED), None, graph), None)
    node = None if quad is None else quad.object
    return read_extraction(nodes_by_iri(writer.quads_about(node)).values()) if isinstance(node, ox.NamedNode) else None


def _batches(built: Iterable[ThreadWork]) -> Iterator[list[ThreadWork]]:
    """The threads in batches of at least BATCH_QUADS quads; each list is emptied before the next one is filled."""
    batch: list[ThreadWork] = []
    size = 0
    for thread_work in built:
        batch.append(thread_work)
        size += len(thread_work.built.thread)
        if size >= BATCH_QUADS:
            yield batch
            batch.clear()  # also for whoever took it: the next one is not to be made beside it
            size = 0
    if batch:
        yield batch
        batch.clear()  # nothing need search the last one for cycles when all is done
