"""The files of one load as they are read, of which a bad one stops none of the others."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path

from rejoinder.errors import SHORT_OF_MEMORY, LoadError, Problem, RejoinderError, unforeseen
from rejoinder.loaders.archived import Room
from rejoinder.loaders.beginning import beginning, refuse_unreadable
from rejoinder.loaders.folders import Folder
from rejoinder.loaders.format import Format
from rejoinder.loaders.formats import chat, docx, gerrit, mbox, odt, table, text
from rejoinder.loaders.formats.mapped import Mapped
from rejoinder.loaders.formats.table import Table
from rejoinder.loaders.gate import admitted
from rejoinder.loaders.language import Language
from rejoinder.loaders.mapping import FieldMap
from rejoinder.loaders.packed import bare
from rejoinder.loaders.prose import plain_text
from rejoinder.loaders.refusal import NoText, Unrecognised, fault
from rejoinder.loaders.registry import FALLBACK, choose
from rejoinder.loaders.scrub import Scrubber
from rejoinder.loaders.source import STDIN, Source, opened, silent
from rejoinder.loaders.unpacking import unpacked
from rejoinder.loaders.wrapped import unwrapped
from rejoinder.records import Found, Thread, ThreadKey

TABULAR = "local"  # the site of what tables and field maps read
NOTHING = "there are no comments in this file"
Load = Callable[[Source], Iterator[Found | Problem]]


class Reader:
    """The files of one load as they are read; `dumps` are those that are threads by their names.

    What was `met` in a file that stands beside many others is told once.

    `mail` waits for the end, for one file of it may answer another.
    """

    def __init__(
        self,
        spool: str,
        format: str | None,  # noqa: A002
        by: FieldMap | None,
        progress: Callable[[int], None],
        strict: bool,
    ) -> None:
        self.spool, self.format, self.by, self.progress, self.strict = spool, format, by, progress, strict
        self.dumps: dict[ThreadKey, Source] = {}
        self.mail: list[Source] = []
        self.met: set[Problem] = set()

    def path(self, name: str) -> Iterator[Found | Problem]:
        """What is named on the command line: a file, standard input, a folder or an archive."""
        if name != STDIN and Path(name).is_dir():
            yield from self.folder(Folder(name), self.progress)
        else:
            yield from self.surviving(name, partial(self.file, name))

    def file(self, name: str) -> Iterator[Found | Problem]:
        """What a file gives, or all files in an archive; raises LoadError and OSError if it cannot be read."""
        source = opened(name, self.spool, self.progress)
        room = Room.of(source.path)
        source = unwrapped(source, self.spool, room)
        held = unpacked(source, self.spool, room)
        room.depth += 1
        yield from self.folder(Folder.of(held), silent, room) if held else self.named(source)

    def folder(
        self, folder: Folder, progress: Callable[[int], None], room: Room | None = None
    ) -> Iterator[Found | Problem]:
        """All files below a folder that hold a discussion, and what is said of the others."""
        for name, path in folder.files():
            yield from self.surviving(name, partial(self.found, Source(path, name, progress), folder, room))
        yield from folder.problems()

    def found(self, source: Source, folder: Folder, room: Room | None) -> Iterator[Found | Problem]:
        """What a file in a folder gives, or all files in an archive there; raises LoadError and OSError.

        `room` is what the archives around it have left, None where there is none around it.
        """
        room = room or Room.of(source.path)
        source = unwrapped(source, self.spool, room)
        held = unpacked(source, self.spool, room)
        if held is None:
            yield from self.below(source, folder)
            return
        inner = Folder.of(held)
        room.depth += 1
        for name, path in inner.files():
            yield from self.surviving(name, partial(self.found, Source(path, name), folder, room))
        room.depth -= 1
        folder.takes_in(inner)

    def letters(self) -> Iterator[Found | Problem]:
        """What the files of mail give."""
        with mbox.together(self.mail) as box:
            for source in self.mail:
                yield from self.surviving(source.name, partial(self.told, source, box.records))

    def surviving(self, name: str, contents: Callable[[], Iterator[Found | Problem]]) -> Iterator[Found | Problem]:
        """What a file gives, and the Problem that ends it."""
        try:
            yield from contents()
        except OSError as error:
            yield Problem(name, 0, f"expected a readable file: {error.strerror or error}", lost=True)
        except LoadError as error:
            yield Problem(name, error.line, error.message, lost=True, column=error.column, proposal=error.proposal)
        except (RejoinderError, *SHORT_OF_MEMORY):
            raise
        except Exception as error:
            if self.strict:
                raise
            yield unforeseen(name, "the rest of this file was not read", error)

    def named(self, source: Source) -> Iterator[Found | Problem]:
        """The records of a file that was named; raises LoadError if it is of no known format, OSError unread."""
        chosen = self.choice(source)
        if chosen is FALLBACK and self.format is None:
            yield plain_text(source)
        if not self.waits(source, chosen):
            yield from self.told(source, partial(self.loaded, chosen=chosen))

    def told(self, source: Source, load: Load) -> Iterator[Found | Problem]:
        """The records of a file; that it has none is said."""
        if not (yield from self.records(source, load)):
            read_as = f", read as {self.format}; without --format the content tells the format"
            yield Problem(source.name, 0, NOTHING + (read_as if self.format else ""), lost=False)

    def below(self, source: Source, folder: Folder) -> Iterator[Found | Problem]:
        """The records of a file that was found in a folder; raises LoadError and OSError if they cannot be read."""
        try:
            chosen = self.choice(source, within=True)
        except LoadError as error:
            source.progress(source.path.stat().st_size)
            yield from folder.without(source.name, error)
            return
        if chosen is FALLBACK and self.format is None:
            note = plain_text(source)
            if not folder.takes_prose(source.name):
                source.progress(source.path.stat().st_size)
                return
            yield from () if note.note else (note,)
        try:
            told = self.waits(source, chosen) or (yield from self.records(source, partial(self.loaded, chosen=chosen)))
            folder.holds(source.name, told)
        except NoText as error:
            yield from folder.without(source.name, error)

    def records(self, source: Source, load: Load) -> Generator[Found | Problem, None, bool]:
        """What is made of a file, fit to be kept, and whether it is anything; raises LoadError if nothing can be."""
        told = False
        yield from source.notes
        try:
            for one in Language(source.name).over(load(source)):
                told = told or tells(one)
                yield admitted(one) if isinstance(one, Found) else one
        except LoadError:
            yield from source.faults
            raise
        yield from source.faults
        yield from (one for one in source.met if one not in self.met)
        self.met.update(source.met)
        return told or bool(source.faults)

    def waits(self, source: Source, chosen: Format | Mapped | Table) -> bool:
        """True for a file of mail, which is read at the end; raises LoadError if it only lists others."""
        if chosen is mbox:
            mbox.refuse_index(source)
            self.mail.append(source)
        return chosen is mbox

    def loaded(self, source: Source, chosen: Format | Mapped | Table) -> Iterator[Found | Problem]:
        """What the chosen format makes of a file; raises LoadError if it cannot."""
        if is_one_thread(chosen, self.by, source):
            refuse_namesake(source, thread_key(chosen, source), self.dumps)
        return chosen.load(source)

    def choice(self, source: Source, *, within: bool = False) -> Format | Mapped | Table:
        """What reads a file; raises LoadError if nothing does."""
        refuse_unreadable(source, source.head(), None if within else self.format)
        try:
            path = source.path if source.path.name == Path(source.name).name else Path(source.name)
            path = path.with_name(bare(path.name))
            return mapped_by(self.by) if self.by else choose(path, beginning(source), self.format)
        except Unrecognised as error:
            raise fault(source, error.kind) or error from None


def mapped_by(by: FieldMap) -> Mapped | Table:
    """What reads by a map; a partial one is laid over the names of columns."""
    return Table(by) if by.is_partial else Mapped(by)


def is_one_thread(chosen: Format | Mapped | Table, by: FieldMap | None, source: Source) -> bool:
    """True if the file is a thread that is called by its name."""
    if by is not None and by.thread:
        return False
    if chosen is table or isinstance(chosen, Table):
        return not table.names_threads(source)
    return chosen in (text, chat, docx, gerrit, odt) or by is not None


def tells(one: Found | Problem) -> bool:
    """True for what a file holds, or for what became of it; that there is a thread is neither."""
    return not (isinstance(one, Found) and isinstance(one.record, Thread))


def thread_key(chosen: Format | Mapped | Table, source: Source) -> ThreadKey:
    """What tells a thread that is called by its file from others: what the file is read as, and its name."""
    if chosen is chat:
        return ThreadKey(chat.SITE, chat.called(source)[0])
    named = text.thread_of(source, Scrubber()).key
    site = next((one.SITE for one in (docx, gerrit, odt) if chosen is one), TABULAR)
    return named if chosen is text else ThreadKey(site, named.id)


def refuse_namesake(source: Source, key: ThreadKey, dumps: dict[ThreadKey, Source]) -> None:
    """Notes the file under its thread; raises LoadError if one at another path has that thread."""
    other = dumps.setdefault(key, source)
    if other.path.resolve() != source.path.resolve():
        message = "another file of this load is named the same, and both would be one thread; rename one"
        raise LoadError(source.name, 0, f"{message} (the other is {other.name})")
