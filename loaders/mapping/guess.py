"""A first field map for a file that no format recognises, made from the names that stand in it, or from its values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rejoinder.loaders.containers.columns import ROW_KEY, columns_of
from rejoinder.loaders.containers.keys import json_records, xml_records
from rejoinder.loaders.mapping.headings import NAMES, Fields, fields_of, letters
from rejoinder.loaders.values.shapes import are_parents, fits_mostly, is_dated, is_id, is_name, is_sentence, names_rows

SPECIAL = re.compile(r"""([\\.\[\]|=,"'$])""")
ENTITLED = frozenset([*NAMES["thread"], *NAMES["thread_title"]])  # columns whose few words are nobody's name
MOST_ROWS = 200  # that are looked at


def guess(head: str) -> str | None:
    """A map in the notation of the command line, None where nothing that could be an id and a text is there."""
    if head.lstrip()[:1] in ("<", "{", "["):
        return best(xml_records(head) if head.lstrip().startswith("<") else json_records(head))
    columns, rows = columns_of(head)
    fields = by_values(columns, rows[:MOST_ROWS], fields_of(columns))
    if "id" not in fields and rows and len(rows[0]) == len(columns):
        fields = {"id": ROW_KEY, **fields}
    return notation({name: escaped(path) for name, path in fields.items()}) if {"id", "text"} <= set(fields) else None


def best(records: dict[str, list[str]]) -> str | None:
    """The map of the records of which most is understood."""
    maps = [(where, fields_of(keys)) for where, keys in records.items()]
    fitting = [(len(fields), where, fields) for where, fields in maps if {"id", "text"} <= set(fields)]
    if not fitting:
        return None
    _, where, fields = max(fitting, key=lambda entry: (entry[0], -len(entry[1])))
    return notation({"records": where, **fields} if where else fields)


def notation(fields: Fields) -> str:
    """The map as it is written on the command line."""
    markup = {"markup": "html"} if "html" in fields["text"].lower() else {}
    return ",".join(f"{name}={path}" for name, path in {**fields, **markup}.items())


def escaped(name: str) -> str:
    """The name of a column as a path: as it is where that can be, for a path spelled like a column is that column.

    >>> print(escaped("No., of note"), escaped("Kim's words."))
    No.\\, of note Kim\\'s words\\.
    """
    return SPECIAL.sub(r"\\\1", name) if re.search(r"[\\\"']", name) else name.replace(",", "\\,")


def by_values(columns: Sequence[str], rows: Sequence[Sequence[str]], named: Fields) -> Fields:
    """The fields that are named, and those that values tell: words are long, ids differ, parents are ids, and so on."""
    values = {name: [row[at].strip() for row in rows if len(row) > at] for at, name in enumerate(columns)}
    fields = dict(named)
    if not is_id(values.get(fields.get("id", ""), [])):
        fields.pop("id", None)

    def take(field: str, fitting: Sequence[str]) -> None:
        free = [name for name in fitting if name not in fields.values()]
        if field not in fields and free:
            fields[field] = free[0]

    undated = [name for name in columns if not fits_mostly(values[name], is_dated)]
    candidates = [name for name in undated if name not in fields.values() and any(map(is_sentence, values[name]))]
    longest = max(candidates, key=lambda name: (sum(map(len, values[name])), columns.index(name)), default="")
    take("text", [longest] if longest and len(columns) > 1 else [])
    take("id", [name for name in undated if names_rows(values[name])])
    ids = set(values.get(fields.get("id", ""), ()))
    take("parent", [name for name in columns if are_parents(values[name], ids)])
    take("created", [name for name in columns if fits_mostly(values[name], is_dated)])
    take("author", [name for name in columns if letters(name) not in ENTITLED and fits_mostly(values[name], is_name)])
    return {field: fields[field] for field in NAMES if field in fields}
