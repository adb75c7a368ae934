"""The registry of formats, and `read`, which turns files into records and never stops at a bad one."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from pathlib import Path

from rejoinder.errors import LoadError, Problem, RejoinderError, unforeseen
from rejoinder.loaders.containers.columns import columns_of, text_head
from rejoinder.loaders.containers.page import body_head, is_html, is_page
from rejoinder.loaders.folders import Folder
from rejoinder.loaders.format import Format
from rejoinder.loaders.formats import (
    aif,
    aif_rdf,
    argdown,
    bluesky,
    chat,
    comment_scraper,
    convokit,
    dbas,
    decidim,
    discord,
    discourse,
    discourse_page,
    disqus,
    forum_page,
    forummagnum,
    forummagnum_page,
    github,
    github_page,
    hackernews,
    hackernews_algolia,
    hackernews_page,
    hypothesis,
    jsonl,
    kialo,
    lemmy,
    lobsters,
    mapped,
    mastodon,
    matrix,
    mbox,
    mediawiki,
    reddit,
    reddit_dump,
    reddit_page,
    sadface,
    schema_org,
    slack,
    stackexchange,
    stackexchange_page,
    stackexchange_xml,
    table,
    telegram,
    text,
    wordpress_api,
    wxr,
    xaif,
    youtube,
    ytdlp,
    zulip,
)
from rejoinder.loaders.formats.mapped import Mapped
from rejoinder.loaders.formats.table import Table
from rejoinder.loaders.gate import admitted
from rejoinder.loaders.headings import fields_of
from rejoinder.loaders.language import Language
from rejoinder.loaders.mapping import FieldMap
from rejoinder.loaders.packed import archive, bare, packing
from rejoinder.loaders.prose import advice
from rejoinder.loaders.refusal import Archive, NoText, Unrecognised, fault
from rejoinder.loaders.scrub import Scrubber
from rejoinder.loaders.source import STDIN, Source, is_stream, silent, spooled
from rejoinder.loaders.zipped import is_zip, unpacked
from rejoinder.records import Found, Thread, ThreadKey

BINARY = (b"\x1f\x8b", b"%PDF", b"\x89PNG", b"\x7fELF", b"SQLite format 3", b"GIF8", b"\xff\xd8\xff")
COLUMNS = frozenset({".csv", ".tsv"})
PROSE = frozenset({"", ".txt", ".text", ".md", ".markdown"})  # endings that promise nothing but plain text
JSON = re.compile(r"\s*(?:\{\s*(?:[\"}]|'[^'\n]*'\s*:|$)|\[\s*(?:[\[{\"]|-?\d+(?:\.\d+)?\s*,|\]\s*$))")
MARKUP = re.compile(r"\s*<(?:[?!]|[A-Za-z][\w:.-]*[\s/>])")
NOTHING = "there are no comments in this file"
ODD = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


Load = Callable[[Source], Iterator[Found | Problem]]

LOADERS: dict[str, Format] = {
    module.NAME: module
    for module in (
        aif,
        aif_rdf,
        argdown,
        bluesky,
        chat,
        comment_scraper,
        convokit,
        dbas,
        decidim,
        discord,
        discourse,
        discourse_page,
        disqus,
        forum_page,
        forummagnum,
        forummagnum_page,
        github,
        github_page,
        hackernews,
        hackernews_algolia,
        hackernews_page,
        hypothesis,
        jsonl,
        kialo,
        lemmy,
        lobsters,
        mapped,
        mastodon,
        matrix,
        mbox,
        mediawiki,
        reddit,
        reddit_dump,
        reddit_page,
        sadface,
        slack,
        stackexchange,
        stackexchange_page,
        stackexchange_xml,
        telegram,
        wordpress_api,
        wxr,
        xaif,
        youtube,
        ytdlp,
        zulip,
        schema_org,
        table,
        text,
    )
}
FALLBACK: Format = text


def choose(path: Path, head: str, format: str | None = None) -> Format:  # noqa: A002 - the command line's own word
    """The format of a file that begins with `head`; tables are one where no other is, and prose is plain text.

    Raises LoadError if two formats recognise the file, if it is JSON, XML or binary that none recognises,
    or if no format has the given name.
    """
    if format is not None:
        if format not in LOADERS:
            raise LoadError(str(path), 0, f"expected a format out of {', '.join(LOADERS)}, got {format!r}")
        return LOADERS[format]
    matches = [one for one in LOADERS.values() if one.recognises(path, head)]
    if len(matches) > 1:
        names = " and ".join(one.NAME for one in matches)
        raise LoadError(str(path), 1, f"looks like {names}; choose one with --format")
    if matches or table.fits(head):
        return matches[0] if matches else table
    if is_html(head):
        return schema_org
    kind = foreign(head) or ("CSV" if path.suffix.lower() in COLUMNS else None)
    if kind:
        raise Unrecognised(str(path), kind, head)
    return FALLBACK


def foreign(head: str) -> str | None:
    """What the file is if it is no prose: JSON, XML or HTML, binary, or CSV with columns named like a comment's."""
    if JSON.match(head):
        return "JSON"
    if MARKUP.match(head):
        return "XML or HTML"
    if len(ODD.findall(head)) * 10 > len(head):
        return "binary"
    return "CSV" if {"id", "text"} <= set(fields_of(columns_of(head)[0])) else None


def read(
    paths: Iterable[Path | str],
    *,
    format: str | None = None,  # noqa: A002 - the command line's own word
    by: FieldMap | None = None,
    progress: Callable[[int], None] = silent,
    strict: bool = False,
) -> Iterator[Found | Problem]:
    """The records of all files in order; "-" is standard input, a folder or zip archive stands for all files in it. All
    are read by the field map, if there is one.

    Never raises for a file: one that is missing, empty, unreadable or of no known format is a Problem, as is a text
    dump named as an earlier one, or one that a loader fails at (unless it is `strict`); the rest is read. Below a
    folder, what no format recognises is left out, and a note says so. `progress` is called with the number of bytes of
    the files consumed since its last call.
    """
    with tempfile.TemporaryDirectory(prefix="rejoinder-") as spool:
        reader = Reader(spool, format, by, progress, strict)
        for path in paths:
            yield from reader.path(str(path))
        yield from reader.letters()


class Reader:
    """The files of one load as they are read; `dumps` are those that are threads by their names.

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

    def path(self, name: str) -> Iterator[Found | Problem]:
        """What is named on the command line: a file, standard input, a folder or an archive."""
        if name != STDIN and Path(name).is_dir():
            yield from self.folder(Folder(name), self.progress)
        else:
            yield from self.surviving(name, lambda: self.archive(name) or self.file(name))

    def archive(self, name: str) -> Iterator[Found | Problem] | None:
        """What a zip archive holds, None where it is none; raises LoadError and OSError if it cannot be unpacked."""
        if name == STDIN or not is_zip(Path(name)):
            return None
        root, passed = unpacked(name, self.spool)
        self.progress(Path(name).stat().st_size)
        folder = Folder(name, root)
        folder.passes(passed)
        return self.folder(folder, silent)

    def folder(self, folder: Folder, progress: Callable[[int], None]) -> Iterator[Found | Problem]:
        """All files below a folder that hold a discussion, and what is said of the others."""
        for name, path in folder.files():
            yield from self.surviving(name, partial(self.below, Source(path, name, progress), folder))
        yield from folder.problems()

    def file(self, name: str) -> Iterator[Found | Problem]:
        """What a file gives; raises LoadError and OSError if it cannot be read."""
        return self.named(opened(name, self.spool, self.progress))

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
        except (RejoinderError, MemoryError):
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
        if not (yield from records(source, load)):
            yield Problem(source.name, 0, NOTHING, lost=False)

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
            told = self.waits(source, chosen) or (yield from records(source, partial(self.loaded, chosen=chosen)))
            folder.holds(source.name, told)
        except NoText as error:
            yield from folder.without(source.name, error)

    def waits(self, source: Source, chosen: Format | Mapped | Table) -> bool:
        """True for a file of mail, which is read at the end; raises LoadError if it only lists others."""
        if chosen is mbox:
            mbox.refuse_index(source)
            self.mail.append(source)
        return chosen is mbox

    def loaded(self, source: Source, chosen: Format | Mapped | Table) -> Iterator[Found | Problem]:
        """What the chosen format makes of a file; raises LoadError if it cannot."""
        if is_one_thread(chosen, self.by, source):
            refuse_namesake(source, self.dumps)
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


def records(source: Source, load: Load) -> Generator[Found | Problem, None, bool]:
    """What is made of a file, fit to be kept, and whether it is anything; raises LoadError if nothing can be made."""
    told = False
    try:
        for one in Language(source.name).over(load(source)):
            told = told or tells(one)
            yield admitted(one) if isinstance(one, Found) else one
    except LoadError:
        yield from source.faults
        raise
    yield from source.faults
    return told or bool(source.faults)


def opened(name: str, folder: str, progress: Callable[[int], None]) -> Source:
    """The named file as a Source; what can be read only once is copied to the folder first; raises OSError."""
    if name == STDIN:
        return Source(spooled(sys.stdin.buffer, folder), name, progress)
    path = Path(name)
    if path.is_dir():
        raise LoadError(name, 0, "expected a file, got a directory")
    if is_stream(path):
        with path.open("rb") as stream:
            return Source(spooled(stream, folder), name, progress)
    return Source(path, name, progress)


def beginning(source: Source) -> str:
    """What a file is recognised by: how it begins, or the body of a page does, for styles may fill its beginning."""
    head = text_head(source)
    return body_head(source) if is_page(head) else head


def mapped_by(by: FieldMap) -> Mapped | Table:
    """What reads by a map; a partial one is laid over the names of columns."""
    return Table(by) if by.is_partial else Mapped(by)


def is_one_thread(chosen: Format | Mapped | Table, by: FieldMap | None, source: Source) -> bool:
    """True if the file is a thread that is called by its name."""
    if by is not None and by.thread:
        return False
    if chosen is table or isinstance(chosen, Table):
        return not table.names_threads(source)
    return chosen is text or by is not None


def tells(one: Found | Problem) -> bool:
    """True for what a file holds, or for what became of it; that there is a thread is neither."""
    return not (isinstance(one, Found) and isinstance(one.record, Thread))


def plain_text(source: Source) -> Problem:
    """What is said of a file that is read as plain text: a note if that is what it should be, else a warning."""
    path = Path(bare(source.name))
    more = advice(text_head(source))
    message = "read as plain text, a comment a paragraph, for no other format fits"
    prose = path.suffix.lower() in PROSE and more is None
    return Problem(source.name, 0, f"{message}; {more}" if more else message, lost=False, note=prose)


def refuse_unreadable(source: Source, raw: bytes, format: str | None) -> None:  # noqa: A002
    """Raises LoadError if a file that begins with these bytes is empty, an archive or binary."""
    if not raw.strip():
        got = "nothing but white space" if raw else "an empty file"
        fault = source.faults[0].message if source.faults else f"expected comments, got {got}"
        raise (LoadError if source.faults else NoText)(source.name, 0, fault)
    if packed := archive(raw, source.name):
        raise Archive(source.name, 1, packed)
    if packing(raw):
        raise LoadError(source.name, 1, "expected a file that is compressed once, got one that is compressed twice")
    if format is None and raw.startswith(BINARY):
        raise NoText(source.name, 1, "this is binary, and no format; `rejoinder formats` lists them")


def refuse_namesake(source: Source, dumps: dict[ThreadKey, Source]) -> None:
    """Notes the dump under its thread; raises LoadError if a dump at another path has that thread."""
    other = dumps.setdefault(text.thread_of(source, Scrubber()).key, source)
    if other.path.resolve() != source.path.resolve():
        message = "another file of this load is named the same, and both would be one thread; rename one"
        raise LoadError(source.name, 0, f"{message} (the other is {other.name})")
