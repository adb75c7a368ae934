"""Threads that are called by the name of their file, of which no two in a load may have the same."""

from __future__ import annotations

from rejoinder.errors import LoadError
from rejoinder.loaders.formats import chat, docx, gerrit, odt, table, text
from rejoinder.loaders.formats.mapped import MappedFormat
from rejoinder.loaders.formats.table import Table
from rejoinder.loaders.mapping import FieldMap
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.recognising.format import Format
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import ThreadKey

TABLE_SITE = "local"  # the site of what tables and field maps read


def refuse_namesake(source: Source, key: ThreadKey, dumps: dict[ThreadKey, Source]) -> None:
    """Remembers in `dumps` which file the thread is; raises LoadError if another file of this load is that thread."""
    other = dumps.setdefault(key, source)
    if other.path.resolve() != source.path.resolve():
        message = "another file of this load is named the same, and both would be one thread; rename one"
        raise LoadError(source.name, 0, f"{message} (the other is {other.name})")


def is_one_thread(chosen: Format | MappedFormat | Table, by: FieldMap | None, source: Source) -> bool:
    """True if the whole file is one thread that is called by the file's name."""
    if by is not None and by.thread:
        return False
    if chosen is table or isinstance(chosen, Table):
        return not table.names_threads(source)
    return chosen in (text, chat, docx, gerrit, odt) or by is not None


def thread_key(chosen: Format | MappedFormat | Table, source: Source) -> ThreadKey:
    """Site and id of such a thread: what the file is read as, and its name."""
    if chosen is chat:
        return ThreadKey(chat.SITE, chat.chat_name(source)[0])
    key = text.file_thread(source, Scrubber()).key
    site = next((module.SITE for module in (docx, gerrit, odt) if chosen is module), TABLE_SITE)
    return key if chosen is text else ThreadKey(site, key.id)
