"""The files of one load as they are read, of which a bad one stops none of the others."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from rejoinder.errors import SHORT_OF_MEMORY, LoadError, Problem, RejoinderError, unforeseen_problem
from rejoinder.loaders.folders import Folder
from rejoinder.loaders.formats import mbox
from rejoinder.loaders.formats.mapped import MappedFormat
from rejoinder.loaders.formats.table import Table
from rejoinder.loaders.gathering.gate import admit_record
from rejoinder.loaders.gathering.ordered import problems_in_order
from rejoinder.loaders.mapping import FieldMap
from rejoinder.loaders.namesakes import is_one_thread, refuse_namesake, thread_key
from rejoinder.loaders.opening.packed import bare_name
from rejoinder.loaders.opening.source import STDIN, Source, no_progress, open_source
from rejoinder.loaders.recognising.beginning import recognisable_head, refuse_unreadable
from rejoinder.loaders.recognising.far_dates import FarDates
from rejoinder.loaders.recognising.format import Format
from rejoinder.loaders.recognising.language import Language
from rejoinder.loaders.recognising.listening import with_listeners
from rejoinder.loaders.recognising.prose import plain_text_problem
from rejoinder.loaders.recognising.refusal import NoText, Unrecognised, json_fault
from rejoinder.loaders.registry import FALLBACK, choose
from rejoinder.loaders.unpacking.archives import Room
from rejoinder.loaders.unpacking.nested import unpack_archive
from rejoinder.loaders.unpacking.wrapped import unwrap_file
from rejoinder.records import Found, Thread, ThreadKey

NO_COMMENTS = "there are no comments in this file"


class LoadReader:
    """Reads the files of one load, and remembers what one of them may mean for another.

    `dumps` holds, by its thread, each file that is a thread called by the file's name: another file of that name is
    refused. `mail` holds the files of mail, which are read last and together, since a mail in one may answer one in
    another. `met` holds the problems that files share, such as one in a file beside all of them: each is told once.
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

    def read_path(self, name: str) -> Iterator[Found | Problem]:
        """Reads what is named on the command line: a file, standard input, a folder or an archive."""
        if name != STDIN and Path(name).is_dir():
            yield from self.read_folder(Folder(name), self.progress)
        else:
            yield from self.catch_errors(name, self.read_file(name))

    def read_file(self, name: str) -> Iterator[Found | Problem]:
        """Reads a file that is named, or all files in it if it is an archive; raises LoadError and OSError."""
        source = open_source(name, self.spool, self.progress)
        room = Room.room_for_archive(source.path)
        source = unwrap_file(source, self.spool, room)
        contents = unpack_archive(source, self.spool, room)
        room.depth += 1
        yield from (
            self.read_folder(Folder.of(contents), no_progress, room) if contents else self.records_of_named(source)
        )

    def read_folder(
        self, folder: Folder, progress: Callable[[int], None], room: Room | None = None
    ) -> Iterator[Found | Problem]:
        """Reads all files below a folder that hold a discussion, and says at the end which were left out."""
        for name, path in folder.files():
            yield from self.catch_errors(name, self.read_member(Source(path, name, progress), folder, room))
        yield from folder.problems()

    def read_member(self, source: Source, folder: Folder, room: Room | None) -> Iterator[Found | Problem]:
        """Reads a file in a folder, or all files in it if it is an archive; raises LoadError and OSError.

        `room` is what may still be unpacked of the archive that the file lies in, None if it lies in none.
        """
        room = room or Room.room_for_archive(source.path)
        source = unwrap_file(source, self.spool, room)
        contents = unpack_archive(source, self.spool, room)
        if contents is None:
            yield from self.records_of_member(source, folder)
            return
        inner = Folder.of(contents)
        room.depth += 1
        for name, path in inner.files():
            yield from self.catch_errors(name, self.read_member(Source(path, name), folder, room))
        room.depth -= 1
        folder.takes_in(inner)

    def read_mail(self) -> Iterator[Found | Problem]:
        """Reads the files of mail that were kept for the end."""
        with mbox.read_together(self.mail) as box:
            for source in self.mail:
                yield from self.catch_errors(source.name, self.records_or_note(source, box.records(source)))

    def catch_errors(self, name: str, contents: Iterator[Found | Problem]) -> Iterator[Found | Problem]:
        """Passes on what a file gives; an error that ends it becomes a Problem, and the next file can be read."""
        try:
            yield from contents
        except OSError as error:
            yield Problem(name, 0, f"expected a readable file: {error.strerror or error}", lost=True)
        except LoadError as error:
            yield Problem(name, error.line, error.message, lost=True, column=error.column, proposal=error.proposal)
        except (RejoinderError, *SHORT_OF_MEMORY):
            raise
        except Exception as error:
            if self.strict:
                raise
            yield unforeseen_problem(name, "the rest of this file was not read", error)

    def records_of_named(self, source: Source) -> Iterator[Found | Problem]:
        """The records of a file that is named; raises LoadError if it is of no known format, and OSError."""
        chosen = self.format_of(source)
        if chosen is FALLBACK and self.format is None:
            yield plain_text_problem(source)
        if not self.keeps_for_end(source, chosen):
            yield from self.records_or_note(source, self.loaded(source, chosen))

    def records_or_note(self, source: Source, loaded: Iterator[Found | Problem]) -> Iterator[Found | Problem]:
        """The records of a file; if there are none, a warning says so."""
        if not (yield from self.records(source, loaded)):
            read_as = f", read as {self.format}; without --format the content tells the format"
            yield Problem(source.name, 0, NO_COMMENTS + (read_as if self.format else ""), lost=False)

    def records_of_member(self, source: Source, folder: Folder) -> Iterator[Found | Problem]:
        """The records of a file in a folder, which may be none of a discussion; raises LoadError and OSError."""
        try:
            chosen = self.format_of(source, within=True)
        except LoadError as error:
            source.progress(source.path.stat().st_size)
            yield from folder.problems_without(source.name, error)
            return
        if chosen is FALLBACK and self.format is None:
            note = plain_text_problem(source)
            if not folder.takes_prose(source.name):
                source.progress(source.path.stat().st_size)
                return
            yield from () if note.note else (note,)
        try:
            has_content = self.keeps_for_end(source, chosen) or (
                yield from self.records(source, self.loaded(source, chosen))
            )
            folder.note_file(source.name, has_content)
        except NoText as error:
            yield from folder.problems_without(source.name, error)

    def records(self, source: Source, loaded: Iterator[Found | Problem]) -> Generator[Found | Problem, None, bool]:
        """What was `loaded` of a file, made fit to be kept, and its problems by their lines; raises LoadError if it
        cannot be read at all.

        Returns whether it holds anything, be it only something that went wrong.
        """
        has_content = False
        yield from source.notes
        try:
            for item in problems_in_order(with_listeners(loaded, Language(source.name), FarDates(source.name))):
                has_content = has_content or holds_discussion(item)
                yield admit_record(item) if isinstance(item, Found) else item
        except LoadError:
            yield from source.faults
            raise
        yield from source.faults
        yield from (fault for fault in source.problems_met if fault not in self.met)
        self.met.update(source.problems_met)
        return has_content or bool(source.faults)

    def keeps_for_end(self, source: Source, chosen: Format | MappedFormat | Table) -> bool:
        """True for a file of mail, which is kept for the end; raises LoadError if it is only an index of mails."""
        if chosen is mbox:
            mbox.refuse_index(source)
            self.mail.append(source)
        return chosen is mbox

    def loaded(self, source: Source, chosen: Format | MappedFormat | Table) -> Iterator[Found | Problem]:
        """What the chosen format reads of a file; raises LoadError if it cannot, or another file has that name."""
        if is_one_thread(chosen, self.by, source):
            refuse_namesake(source, thread_key(chosen, source), self.dumps)
        yield from chosen.load(source)

    def format_of(self, source: Source, *, within: bool = False) -> Format | MappedFormat | Table:
        """What reads the file: the field map, the format that was given, or the one that recognises it.

        Raises LoadError if nothing does; for a file `within` a folder also if it is binary, whatever format is given.
        """
        refuse_unreadable(source, source.head(), None if within else self.format)
        try:
            path = source.path if source.path.name == Path(source.name).name else Path(source.name)
            path = path.with_name(bare_name(path.name))
            return format_of_map(self.by) if self.by else choose(path, recognisable_head(source), self.format)
        except Unrecognised as error:
            raise json_fault(source, error.kind) or error from None


def format_of_map(by: FieldMap) -> MappedFormat | Table:
    """What reads by a field map; a map without id and text is laid over the names of a table's columns."""
    return Table(by) if by.is_partial else MappedFormat(by)


def holds_discussion(item: Found | Problem) -> bool:
    """True for a problem and for any record but a Thread, which a file without comments may have, too."""
    return not (isinstance(item, Found) and isinstance(item.record, Thread))
