"""The records of a file that a field map reads, whatever holds them: JSON, a JSON value a line, XML, or else CSV."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.containers import xml
from rejoinder.loaders.containers.arrays import array_elements
from rejoinder.loaders.containers.columns import ROW_KEY, csv_rows
from rejoinder.loaders.containers.documents import json_document, json_lines
from rejoinder.loaders.mapping import ALL, FieldMap, as_scalar, descendants, every_value, path_steps, pick, walk_path
from rejoinder.loaders.mapping.watch import Record
from rejoinder.loaders.opening.source import Source
from rejoinder.loaders.values.fields import value_as_shown
from rejoinder.loaders.values.scrub import Scrubber


def records(source: Source, by: FieldMap, scrubber: Scrubber) -> Iterator[Record | Problem]:
    """The file's records, whatever holds them: JSON, a JSON value a line, XML, or else CSV."""
    head = source.head().decode("utf-8", errors="replace").lstrip()
    if head.startswith("<"):
        return xml_records(source, by, scrubber)
    if not head.startswith(("{", "[")):
        return csv_records(source, by, scrubber)
    if has_lines(head):
        return line_records(source, by, scrubber)
    return document_records(source, by, scrubber)


def has_lines(head: str) -> bool:
    """True if the first of several lines is a whole object: a value a line."""
    first, _, rest = head.partition("\n")
    try:
        return bool(rest.strip()) and isinstance(json.loads(first, strict=False), dict)
    except RecursionError:
        return True
    except ValueError:
        return False


def csv_records(source: Source, by: FieldMap, scrubber: Scrubber) -> Iterator[Record | Problem]:
    """A record a row; it holds its line where that is to name it."""
    for csv_row in csv_rows(source, scrubber):
        if isinstance(csv_row, Problem):
            yield csv_row
            continue
        line, values = csv_row
        yield Record(line, {ROW_KEY: str(line), **values} if by.id == ROW_KEY else values)


def line_records(source: Source, by: FieldMap, scrubber: Scrubber) -> Iterator[Record | Problem]:
    """The records of the value on each line."""
    for json_line in json_lines(source, scrubber):
        if isinstance(json_line, Problem):
            yield json_line
        else:
            yield from records_below(source, by, every_value(json_line[1], by.records), json_line[0], json_line[1])


def document_records(source: Source, by: FieldMap, scrubber: Scrubber) -> Iterator[Record | Problem]:
    """The records of one document, as a stream if they lie in an array and the map needs nothing around it."""
    path = path_steps(by.records) or ((ALL,) if source.head().lstrip().startswith(b"[") else ())
    if ALL in path and not any("$." in field_path for field_path in by.paths().values()):
        place = path.index(ALL)
        keys, rest = [str(key) for key in path[:place]], path[place + 1 :]
        for line, value in array_elements(source, keys, scrubber):
            yield from records_below(source, by, path_ends(value, rest), line, None)
        return
    document = json_document(source)
    for value in path_ends(document.value, path):
        line = document.line(pick(value, by.id) if isinstance(value, dict) else value)
        yield from records_below(source, by, [value], line, document.value)


def path_ends(value: Any, path: tuple[str | int | None, ...]) -> Iterator[Any]:
    """The values along a path; a list at its end counts as its elements."""
    for item in walk_path(value, path):
        yield from item if isinstance(item, list) else (item,)


def records_below(
    source: Source, by: FieldMap, values: Iterable[Any], line: int, document: object
) -> Iterator[Record | Problem]:
    """Each value as a record, and the records nested in it."""
    for value in values:
        if not isinstance(value, dict):
            wrong = f"expected a record (an object){path_words(by)}, got {value_as_shown(value):.40}"
            yield Problem(source.name, line, wrong, lost=True)
            continue
        for record, parent in descendants(value, by):
            yield Record(line, record, parent, document)


def xml_records(source: Source, by: FieldMap, scrubber: Scrubber) -> Iterator[Record | Problem]:
    """The elements of the name that `records` gives, its prefix left out; in `children` they answer what is around."""
    name = xml.local_tag(by.records).rpartition(":")[2]
    if not re.fullmatch(r"[\w.-]+", name):
        raise LoadError(
            source.name, 0, f"expected records=NAME in the map, the element of one comment, got {by.records!r}"
        )
    around = EnclosingIds(by.id)
    for row in xml.elements(source, lambda tag, depth: xml.local_tag(tag) == name, scrubber):
        if isinstance(row, Problem):
            yield row
            continue
        parent = around.id_of(row.elements_around[-1]) if by.children and row.elements_around else None
        yield Record(row.line, values_of(row.element), parent)


class EnclosingIds:
    """The ids of elements that others lie in, each sought until it is there, and not again for each within it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.element: Element | None = None  # the one that was asked for last
        self.id: str | None = None

    def id_of(self, element: Element) -> str | None:
        """The id of an element as far as it has been read, None where it has none yet."""
        if element is not self.element or self.id is None:
            name = as_scalar(pick(values_of(element), self.path))
            self.element, self.id = element, str(name) if name else None
        return self.id


def values_of(element: Element) -> dict[str, object]:
    """An element as a record: attributes as `@name`, elements by their names, all words within it as `#text`.

    >>> from xml.etree.ElementTree import fromstring
    >>> values_of(fromstring('<c id="1"><by>Ana</by><re to="2"/></c>'))
    {'@id': '1', 'by': 'Ana', 're': {'@to': '2'}}
    """
    record: dict[str, object] = {f"@{xml.local_tag(name)}": value for name, value in element.attrib.items()}
    for child in element:
        values = values_of(child) if child.attrib or len(child) else child.text or ""
        name = xml.local_tag(child.tag)
        before = record.get(name)
        if isinstance(before, list):
            before.append(values)
        else:
            record[name] = values if name not in record else [before, values]
    if words := "".join(element.itertext()).strip() if not len(element) or (element.text or "").strip() else "":
        record["#text"] = words
    return record


def path_words(by: FieldMap) -> str:
    """Where the records lie, for an error."""
    return f" at {by.records}" if by.records else ""
