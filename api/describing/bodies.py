"""The JSON Schema of what each route answers in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rejoinder.api.describing.schemas import (
    NULLABLE,
    TEXT,
    WHOLE_NUMBER,
    Schema,
    array,
    cells,
    component_reference,
    listing,
    record,
    row,
)
from rejoinder.graph.queries.unanswered import ADDED_COLUMNS


@cache
def bodies() -> Mapping[str, Schema]:
    """The schema of the JSON of each route that answers in JSON."""
    objection = row("unanswered", *ADDED_COLUMNS)
    explained = {"anyOf": [component_reference("MoveWhy"), component_reference("ClaimWhy")]}
    return {
        "/unanswered": listing(objection, {"lessSure": WHOLE_NUMBER, "likeliest": array(objection)}),
        "/claims": listing(row("claims")),
        "/threads": listing(row("threads")),
        "/judgements": listing(row("judgements")),
        "/claims/<>": component_reference("Neighbourhood"),
        "/claims/<>/neighbourhood": component_reference("Neighbourhood"),
        "/claims/<>/explanation": {"allOf": [explained, record({"snapshot": TEXT})]},
        "/threads/<>": _thread(),
        "/views": record({"views": array(_view())}),
        "/oembed": _oembed(),
        "/healthz": _health(),
        "/openapi.json": {"type": "object"},
    }


def problem() -> Schema:
    """The schema of whatever went wrong (RFC 9457)."""
    return record({"type": TEXT, "title": TEXT, "status": WHOLE_NUMBER, "detail": TEXT})


def _thread() -> Schema:
    about = cells(("thread", "title", "link", "comments", "declared", "coverage"))
    comment = row("comments")
    comment["properties"] |= {"depth": WHOLE_NUMBER}
    objection = cells(("objection", "comment", "words", "occurrence", "author", "status", "reason", "confidence"))
    return record({"thread": about, "comments": array(comment), "objections": array(objection), "snapshot": TEXT})


def _view() -> Schema:
    parameter = record({"name": TEXT, "default": NULLABLE, "help": TEXT})
    return record({"name": TEXT, "summary": TEXT, "parameters": array(parameter)})


def _oembed() -> Schema:
    texts = dict.fromkeys(("version", "type", "provider_name", "provider_url", "title", "author_name", "html"), TEXT)
    return record({**texts, "width": WHOLE_NUMBER, "height": WHOLE_NUMBER}, optional=["author_name"])


def _health() -> Schema:
    free: Schema = {"type": ["integer", "null"]}
    members = {
        "store": {"type": "boolean"},
        "snapshot": NULLABLE,
        "workers": WHOLE_NUMBER,
        "free_bytes": free,
        "detail": TEXT,
    }
    return record(members, optional=["detail"])
