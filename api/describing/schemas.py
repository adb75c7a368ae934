"""JSON Schemas of what the server answers in JSON, made of the types and views of which the answers are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from rejoinder.graph.explanations.whys import ClaimWhy, MoveWhy
from rejoinder.graph.maps.nodes import Neighbourhood
from rejoinder.graph.queries.views import find_view

Schema: TypeAlias = dict[str, Any]

PLAIN: Mapping[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
TYPES = (Neighbourhood, MoveWhy, ClaimWhy)  # what answers are, with all that is in them
COMPONENTS = "#/components/schemas/"
TEXT: Schema = {"type": "string"}
WHOLE_NUMBER: Schema = {"type": "integer", "minimum": 0}
NULLABLE: Schema = {"type": ["string", "null"]}

# What the columns of views hold, where that is not text or nothing.
_NAMES = ("claim", "comment", "objection", "text", "thread")  # always there
_SHARES = ("confidence", "originConfidence", "rank", "strength")
_COUNTS = (
    *("answeredBeside", "comments", "declared", "objections", "occurrence", "open", "openObjections", "position"),
    *("saidAgain", "targetOccurrence"),
)
COLUMNS: Mapping[str, Schema] = {
    **dict.fromkeys(_NAMES, TEXT),
    **{share: {"type": ["number", "null"], "minimum": 0, "maximum": 1} for share in _SHARES},
    **{count: {"type": ["integer", "null"], "minimum": 0} for count in _COUNTS},
}

_SELECTED = re.compile(r"^SELECT (?:DISTINCT )?((?:\s*\?\w+)+)", re.MULTILINE)


def record(members: Mapping[str, Schema], optional: Sequence[str] = ()) -> Schema:
    """The schema of an object with these members; any others may be added some day."""
    return {
        "type": "object",
        "properties": dict(members),
        "required": [member for member in members if member not in optional],
    }


def array(items: Schema) -> Schema:
    """The schema of a list of these."""
    return {"type": "array", "items": items}


def component_reference(name: str) -> Schema:
    """A reference to one of the components."""
    return {"$ref": COMPONENTS + name}


def cells(columns: Iterable[str]) -> Schema:
    """The schema of a row with these columns."""
    return record({column: COLUMNS.get(column, NULLABLE) for column in columns})


def row(name: str, *more: str) -> Schema:
    """The schema of a row of the view of that name, with what a list has besides."""
    selected = _SELECTED.search(find_view(name).text)
    return cells((*re.findall(r"\?(\w+)", selected[1] if selected else ""), *more))


def listing(rows: Schema, extra: Mapping[str, Schema] | None = None) -> Schema:
    """The schema of a page of such rows, with what stands beside them."""
    return record({"rows": array(rows), "truncated": {"type": "boolean"}, **(extra or {}), "snapshot": TEXT})


def schema_of_type(annotation: object) -> Schema:
    """The schema of a type as `dataclasses.asdict` and JSON have it; dataclasses are among the components.

    >>> schema_of_type(tuple[str, ...]), schema_of_type(int | None)
    ({'type': 'array', 'items': {'type': 'string'}}, {'anyOf': [{'type': 'integer'}, {'type': 'null'}]})
    """
    if is_dataclass(annotation) and isinstance(annotation, type):
        return component_reference(annotation.__name__)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return {"anyOf": [schema_of_type(argument) for argument in inner]}
    if origin is tuple:
        return array(schema_of_type(inner[0]))
    return {"type": PLAIN[annotation]}


def components() -> dict[str, Schema]:
    """The schema of each dataclass that is somewhere in an answer, by its name."""
    classes = {class_ for root in TYPES for class_ in _dataclasses_in(root, set())}
    return {
        class_.__name__: _schema_of_fields(class_)
        for class_ in sorted(classes, key=lambda found_class: found_class.__name__)
    }


def _schema_of_fields(class_: type) -> Schema:
    hints = get_type_hints(class_)
    return record({field.name: schema_of_type(hints[field.name]) for field in fields(class_)})


def _dataclasses_in(annotation: object, seen: set[object]) -> Iterator[type]:
    """The dataclasses in a type, itself among them."""
    if is_dataclass(annotation) and isinstance(annotation, type) and annotation not in seen:
        seen.add(annotation)
        yield annotation
        for hint in get_type_hints(annotation).values():
            yield from _dataclasses_in(hint, seen)
    for inner in get_args(annotation):
        yield from _dataclasses_in(inner, seen)
