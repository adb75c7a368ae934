"""The stages joined: files in, a published snapshot out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rejoinder import loaders
from rejoinder.errors import ExtractorStopped, Problem, RejoinderError, unforeseen
from rejoinder.graph import read
from rejoinder.graph.build import Built, build
from rejoinder.graph.intake import BATCH_QUADS, take
from rejoinder.graph.origins import Origins
from rejoinder.graph.publish import publish
from rejoinder.graph.stores.embedded import Writer
from rejoinder.graph.terms import Names
from rejoinder.loaders.extract import RULES, Extractor, extract
from rejoinder.loaders.mapping import FieldMap
from rejoinder.loaders.merge import merge
from rejoinder.progress import Silent, Steps
from rejoinder.records import ArgumentMap, Comment, Discussion, Found, ThreadKey
from rejoinder.settings import Settings

Report = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Work:
    """One built thread, and how many comments, claims and moves are in it."""

    built: Built
    comments: int
    claims: int
    moves: int


@dataclass(slots=True)
class Tally:
    """What a load did: threads, comments, claims and moves now in the store, quads changed, problems met."""

    threads: int = 0
    comments: int = 0
    claims: int = 0
    moves: int = 0
    changed: int = 0
    warnings: int = 0
    lost: int = 0
    snapshot: str = ""
    files: dict[ThreadKey, str] = field(default_factory=dict)

    def count(self, work: Work) -> None:
        """Add a thread that was taken."""
        self.threads += 1
        self.comments += work.comments
        self.claims += work.claims
        self.moves += work.moves


def load(
    folder: Path,
    files: Sequence[str],
    settings: Settings,
    *,
    report: Report,
    steps: Steps | None = None,
    format: str | None = None,  # noqa: A002 - the option's name
    by: FieldMap | None = None,
    replace: bool = False,
    extractor: Extractor = RULES,
) -> Tally:
    """Load files (`-` is standard input) into the store in `folder` and publish it.

    Each problem goes to `report` and the rest goes on; `lost` in the tally counts what could not be loaded. All files
    are of the `format`, or are read by the field map `by`, if one is given; `extractor` finds the moves. With
    `replace`, what a thread held before and these files do not is dropped. Raises StoreError where the store cannot
    be written; batches written before that stay. A fault of a loader or the extractor is a problem, too, unless
    `settings.traceback` is set.
    """
    tally, steps, names = Tally(), steps or Silent(), Names(settings.base)
    with Writer(folder, settings.base) as writer:
        origins = Origins(writer, names)

        def known(key: ThreadKey) -> Discussion | None:
            return None if replace else read.discussion(writer.graph, key, names)

        with steps, _rarely_collected():
            strict = bool(settings.traceback)
            found = loaders.read(files, format=format, by=by, progress=steps.bytes, strict=strict)
            merged = merge(_counted(found, tally, steps), known)
            built = _built(merged, names, extractor, tally, report, steps, strict)
            for batch in _batches(built):
                _take(writer, batch, names, settings, tally, report)
            tally.changed += origins.renew(tally.files)
        tally.snapshot = publish(writer.store, folder, writer.total)
    return tally


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Python looks for cycles among objects that wait for deletion a thousand times as rarely as it would.

    A batch is a million small objects without cycles that live until it is written: to search them again and again
    takes a tenth of a load.
    """
    usual = gc.get_threshold()
    gc.set_threshold(1000 * usual[0], *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _counted(found: Iterable[Found | Problem], tally: Tally, steps: Steps) -> Iterator[Found | Problem]:
    """Passes records on; remembers the first file of each thread, to name it where the thread is refused."""
    for one in found:
        if isinstance(one, Found):
            record = one.record
            key = record.key if hasattr(record, "key") else record.thread
            tally.files.setdefault(key, one.file)
            if isinstance(record, Comment):
                steps.found()
        yield one


def _built(
    merged: Iterable[Discussion | Problem],
    names: Names,
    extractor: Extractor,
    tally: Tally,
    report: Report,
    steps: Steps,
    strict: bool,
) -> Iterator[Work]:
    for one in merged:
        if isinstance(one, Problem):
            _note(one, tally, report)
            continue
        steps.extracted(len(one.comments))
        argument, problem = _argument(one, extractor, tally, strict)
        if problem is not None:
            _note(problem, tally, report)
        if argument is not None:
            yield Work(build(one, argument, names), len(one.comments), len(argument.claims), len(argument.moves))


def _argument(
    one: Discussion, extractor: Extractor, tally: Tally, strict: bool
) -> tuple[ArgumentMap | None, Problem | None]:
    """The thread's claims and moves, None where it is not to be loaded, and what was met in finding them."""
    try:
        return extract(one, extractor), None
    except ExtractorStopped as stop:
        return None, _not_loaded(one.thread.key, str(stop), tally)
    except (RejoinderError, MemoryError):
        raise
    except Exception as error:
        if strict:
            raise
        return ArgumentMap(extractor.extraction), _not_extracted(one.thread.key, error, tally)


def _batches(built: Iterable[Work]) -> Iterator[list[Work]]:
    batch: list[Work] = []
    size = 0
    for one in built:
        batch.append(one)
        size += len(one.built.thread)
        if size >= BATCH_QUADS:
            yield batch
            batch.clear()  # also for whoever took it: the next one is not to be made beside it
            size = 0
    if batch:
        yield batch


def _take(writer: Writer, batch: list[Work], names: Names, settings: Settings, tally: Tally, report: Report) -> None:
    taken = take(writer, [work.built for work in batch], names, settings)
    tally.changed += taken.changed
    refused = {key for key, _ in taken.refused}
    for work in batch:
        if work.built.key not in refused:
            tally.count(work)
    for key, result in taken.refused:
        why = f"it breaks shape {result.shape}: {result.message} ({result.focus})"
        _note(_not_loaded(key, why, tally), tally, report)


def _not_loaded(key: ThreadKey, why: str, tally: Tally) -> Problem:
    """A thread that stays in the store as it was."""
    return Problem(tally.files.get(key, "(store)"), 0, f"thread {key.id!r} was not loaded, {why}", lost=True)


def _not_extracted(key: ThreadKey, error: Exception, tally: Tally) -> Problem:
    """A thread of which only the comments are loaded."""
    what = f"no claims or moves were found in thread {key.id!r}, whose comments are loaded"
    return unforeseen(tally.files.get(key, "(store)"), what, error)


def _note(problem: Problem, tally: Tally, report: Report) -> None:
    if problem.lost:
        tally.lost += 1
    elif not problem.note:
        tally.warnings += 1
    report(problem)
