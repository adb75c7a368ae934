"""The registry of formats, and `read`, which turns files into records and never stops at a bad one."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers.documents import json_documents
from rejoinder.loaders.format import Format
from rejoinder.loaders.formats import (
    aif,
    aif_rdf,
    argdown,
    bluesky,
    comment_scraper,
    convokit,
    dbas,
    discourse,
    disqus,
    forummagnum,
    forummagnum_page,
    github,
    hackernews,
    hackernews_algolia,
    hypothesis,
    jsonl,
    kialo,
    mapped,
    mastodon,
    mbox,
    reddit,
    reddit_dump,
    sadface,
    stackexchange,
    stackexchange_xml,
    text,
    wxr,
    xaif,
)
from rejoinder.loaders.formats.mapped import Mapped
from rejoinder.loaders.guess import EXAMPLE, EXAMPLE_OF_CSV, guess
from rejoinder.loaders.mapping import FieldMap
from rejoinder.loaders.packed import archive, bare, packing
from rejoinder.loaders.scrub import Scrubber
from rejoinder.loaders.source import STDIN, Source, is_stream, silent, spooled
from rejoinder.records import Found, ThreadKey

CHECKED_BYTES = 64 * 1024 * 1024  # of a file that is refused anyway
BINARY = (b"\x1f\x8b", b"%PDF", b"\x89PNG", b"\x7fELF", b"SQLite format 3", b"GIF8", b"\xff\xd8\xff")
COLUMNS = frozenset({".csv", ".tsv"})
PROSE = frozenset({"", ".txt", ".text", ".md", ".markdown"})  # endings that promise nothing but plain text
UTF16 = (b"\xff\xfe", b"\xfe\xff")
JSON = re.compile(r"\s*(?:\{\s*(?:[\"}]|'[^'\n]*'\s*:|$)|\[\s*(?:[\[{\"]|-?\d+(?:\.\d+)?\s*,|\]\s*$))")
MARKUP = re.compile(r"\s*<(?:[?!]|[A-Za-z][\w:.-]*[\s/>])")
ODD = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


LOADERS: dict[str, Format] = {
    module.NAME: module
    for module in (
        aif,
        aif_rdf,
        argdown,
        bluesky,
        comment_scraper,
        convokit,
        dbas,
        discourse,
        disqus,
        forummagnum,
        forummagnum_page,
        github,
        hackernews,
        hackernews_algolia,
        hypothesis,
        jsonl,
        kialo,
        mapped,
        mastodon,
        mbox,
        reddit,
        reddit_dump,
        sadface,
        stackexchange,
        stackexchange_xml,
        wxr,
        xaif,
        text,
    )
}
FALLBACK: Format = text


def choose(path: Path, head: str, format: str | None = None) -> Format:  # noqa: A002 - the command line's own word
    """The format of a file that begins with `head`; plain text is the fallback, for prose only.

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
    if matches:
        return matches[0]
    kind = foreign(head) or ("CSV" if path.suffix.lower() in COLUMNS else None)
    if kind:
        raise Unrecognised(str(path), kind, expected(head, kind))
    return FALLBACK


class Unrecognised(LoadError):
    """A file of this kind that no format recognises; the hint says what to do with it."""

    def __init__(self, file: str, kind: str, hint: str) -> None:
        super().__init__(file, 1, f"this is {kind} that no format recognises; {hint}")
        self.kind = kind


def expected(head: str, kind: str) -> str:
    """What to do with a file that no format recognises: the formats that there are, and how a field map begins."""
    known = f"expected one of: {', '.join(LOADERS)}"
    if kind == "binary":
        return known
    example = guess(head) or (EXAMPLE_OF_CSV if kind == "CSV" else EXAMPLE)
    return f"{known}; of any other comments say where they stand, such as --map '{example}'"


def foreign(head: str) -> str | None:
    """What the file is if it is no prose: JSON, XML or HTML, binary, or CSV with columns named like a comment's."""
    if JSON.match(head):
        return "JSON"
    if MARKUP.match(head):
        return "XML or HTML"
    if len(ODD.findall(head)) * 10 > len(head):
        return "binary"
    return "CSV" if guess(head) else None


def read(
    paths: Iterable[Path | str],
    *,
    format: str | None = None,  # noqa: A002 - the command line's own word
    by: FieldMap | None = None,
    progress: Callable[[int], None] = silent,
) -> Iterator[Found | Problem]:
    """The records of all files in order; "-" is standard input. All are read by the field map, if there is one.

    Never raises for a file: one that is missing, empty, unreadable or of no known format is a Problem, as is a text
    dump named as an earlier one; the rest is read. `progress` is called with the number of bytes of the files consumed
    since its last call.
    """
    dumps: dict[ThreadKey, Source] = {}
    with tempfile.TemporaryDirectory(prefix="rejoinder-") as folder:
        for path in paths:
            name = str(path)
            try:
                yield from read_one(opened(name, folder, progress), format, by, dumps)
            except OSError as error:
                yield Problem(name, 0, f"expected a readable file: {error.strerror or error}", lost=True)
            except LoadError as error:
                yield Problem(name, error.line, error.message, lost=True, column=error.column)


def opened(name: str, folder: str, progress: Callable[[int], None]) -> Source:
    """The named file as a Source; what can be read only once is copied to the folder first; raises OSError."""
    if name == STDIN:
        return Source(spooled(sys.stdin.buffer, folder), name, progress)
    path = Path(name)
    if path.is_dir():
        raise LoadError(name, 0, "expected a file, got a directory; name the files in it")
    if is_stream(path):
        with path.open("rb") as stream:
            return Source(spooled(stream, folder), name, progress)
    return Source(path, name, progress)


def read_one(
    source: Source,
    format: str | None,  # noqa: A002
    by: FieldMap | None,
    dumps: dict[ThreadKey, Source],
) -> Iterator[Found | Problem]:
    """One file's records; `dumps` are the files before it that are threads by their names, and gains this one.

    Raises LoadError if it is of no known format or a dump named as another, OSError if it cannot be read.
    """
    raw = source.head()
    refuse_unreadable(source, raw, format)
    path = Path(source.name).with_name(bare(source.name))
    try:
        chosen: Format | Mapped = Mapped(by) if by else choose(path, raw.decode("utf-8", errors="replace"), format)
    except Unrecognised as error:
        raise (fault(source) if error.kind == "JSON" else None) or error from None
    if chosen is text or (by and not by.thread):
        refuse_namesake(source, dumps)
    if chosen is FALLBACK and format is None:
        message = "read as plain text, a comment a paragraph, for no other format fits"
        yield Problem(source.name, 0, message, lost=False, note=path.suffix.lower() in PROSE)
    nothing = True
    try:
        for one in chosen.load(source):
            nothing = False
            yield one
    except LoadError:
        yield from source.faults
        raise
    yield from source.faults
    if nothing and not source.faults:
        yield Problem(source.name, 0, "there are no comments in this file", lost=False)


def fault(source: Source) -> LoadError | None:
    """What is wrong with the JSON of a file, None if nothing is, or if there is too much of it to tell."""
    if source.path.stat().st_size > CHECKED_BYTES:
        return None
    try:
        for _ in json_documents(source):
            pass
    except LoadError as error:
        return error
    return None


def refuse_unreadable(source: Source, raw: bytes, format: str | None) -> None:  # noqa: A002
    """Raises LoadError if a file that begins with these bytes is empty, an archive, binary or no UTF-8."""
    if not raw.strip():
        got = "nothing but white space" if raw else "an empty file"
        fault = source.faults[0].message if source.faults else f"expected comments, got {got}"
        raise LoadError(source.name, 0, fault)
    if packed := archive(raw, source.name):
        raise LoadError(source.name, 1, packed)
    if packing(raw):
        raise LoadError(source.name, 1, "expected a file that is compressed once, got one that is compressed twice")
    if format is None and raw.startswith(BINARY):
        raise LoadError(source.name, 1, f"this is binary; expected one of: {', '.join(LOADERS)}")
    if raw.startswith(UTF16):
        raise LoadError(source.name, 1, "expected UTF-8, got UTF-16; convert the file first")


def refuse_namesake(source: Source, dumps: dict[ThreadKey, Source]) -> None:
    """Notes the dump under its thread; raises LoadError if a dump at another path has that thread."""
    other = dumps.setdefault(text.thread_of(source, Scrubber()).key, source)
    if other.path.resolve() != source.path.resolve():
        message = "another file of this load is named the same, and both would be one thread; rename one"
        raise LoadError(source.name, 0, f"{message} (the other is {other.name})")
