"""The registry of formats, which tells of which one a file is."""

from __future__ import annotations

import re
from pathlib import Path

from rejoinder.errors import LoadError
from rejoinder.loaders.containers.columns import columns_of
from rejoinder.loaders.containers.page import is_html
from rejoinder.loaders.formats import FORMATS, schema_org, table, text
from rejoinder.loaders.mapping.headings import fields_of
from rejoinder.loaders.recognising.format import Format
from rejoinder.loaders.recognising.format_meant import unknown_format_message
from rejoinder.loaders.recognising.refusal import Unrecognised
from rejoinder.loaders.recognising.wrapped_files import dressed_advice

LOADERS: dict[str, Format] = {loader.NAME: loader for loader in FORMATS}
FALLBACK: Format = text
COLUMNS = frozenset({".csv", ".tsv", ".xlsx", ".xlsm"})
JSON = re.compile(
    r"\s*(?:(?:null|true|false|-?\d+(?:\.\d+)?)\s*\Z|\{\s*(?:[\"}]|'[^'\n]*'\s*:|$)|\[\s*(?:[\[{\"]|-?\d+(?:\.\d+)?\s*,|\]\s*$))"
)
MARKUP = re.compile(r"\s*<(?:[?!]|[A-Za-z][\w:.-]*[\s/>])")
ODD = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


def choose(path: Path, head: str, format: str | None = None) -> Format:  # noqa: A002 - the command line's own word
    """The format of a file that begins with `head`; tables are one where no other is, and prose is plain text.

    Raises LoadError if two formats recognise the file, if it is JSON, XML or binary that none recognises, if something
    else stands around what could be read, or if no format has the given name.
    """
    if format is not None:
        if format not in LOADERS:
            raise LoadError(str(path), 0, unknown_format_message(format, LOADERS))
        return LOADERS[format]
    matches = [loader for loader in LOADERS.values() if loader.recognises(path, head)]
    if len(matches) > 1:
        names = " and ".join(match.NAME for match in matches)
        raise LoadError(str(path), 1, f"looks like {names}; choose one with --format")
    if matches or table.is_plain_table(head):
        return matches[0] if matches else table
    if (wrong := dressed_advice(head)) is not None:
        raise LoadError(str(path), 1, wrong)
    if is_html(head):
        return schema_org
    kind = not_prose(head) or ("CSV" if path.suffix.lower() in COLUMNS else None)
    if kind:
        raise Unrecognised(str(path), kind, head)
    return FALLBACK


def not_prose(head: str) -> str | None:
    """What the file is if it is no prose: JSON, XML or HTML, binary, or CSV with columns named like a comment's."""
    if JSON.match(head):
        return "JSON"
    if MARKUP.match(head):
        return "XML or HTML"
    if len(ODD.findall(head)) * 10 > len(head):
        return "binary"
    return "CSV" if {"id", "text"} <= set(fields_of(columns_of(head)[0])) else None
