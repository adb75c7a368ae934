"""Answers that may be kept and revalidated: the format that is asked for, validators, and the rows of a listing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.exceptions import PreconditionFailed

from rejoinder.api.asked import Page, one_of
from rejoinder.api.negotiation import choose
from rejoinder.api.snapshots import service
from rejoinder.api.templating import other_page, public_root
from rejoinder.graph.exports import EXPORTS
from rejoinder.graph.publish import Snapshot
from rejoinder.graph.views import Cell, Rows
from rejoinder.records import digest

FORMATS = {
    "html": "text/html",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "turtle": "text/turtle",
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "sparql": "application/sparql-query",
    **{name: one.MEDIA_TYPE for name, one in EXPORTS.items()},
}


def chosen(*offered: str, named: tuple[str, ...] = ()) -> str:
    """The format to answer in: `format=` where it is given, or else what the Accept header likes best of `offered`.

    Raises BadParameter for a format this route has not, NotAcceptable where the header rules all out.
    """
    if request.args.get("format"):
        return one_of("format", (*offered, *named))
    types = [FORMATS[name] for name in offered]
    return offered[types.index(choose(request.headers.get("Accept", ""), types))]


def answer(body: str | bytes, to: str, snapshot: Snapshot) -> Response:
    """A response that may be kept and revalidated: its ETag names all that it depends on.

    Raises PreconditionFailed where the request is for another state than this.
    """
    response = Response(body, mimetype=FORMATS[to])
    response.set_etag(f"{snapshot.id}-{to}-{service().edition}-{digest(public_root())[:8]}")
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept")
    response.make_conditional(request)
    if response.status_code == PreconditionFailed.code:
        raise PreconditionFailed("this is no longer as If-Match or If-Unmodified-Since want it")
    return response


def as_json(document: Mapping[str, Any]) -> str:
    """A document as JSON that people can read."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def listing(
    found: Rows, to: str, at: Page, snapshot: Snapshot, *, beside: Mapping[str, Cell] | None = None
) -> Response:
    """Rows as CSV, or as `{"rows": [...], "truncated": false}`; where more are left, a Link header says where.

    JSON has what stands `beside` the rows as members of its own.
    """
    if to == "csv":
        response = answer(_csv(found), to, snapshot)
    else:
        body = {"rows": list(found.rows), "truncated": found.truncated, **(beside or {}), "snapshot": snapshot.id}
        response = answer(as_json(body), to, snapshot)
    return continued(response, at, found.truncated)


def continued(response: Response, at: Page, truncated: bool) -> Response:
    """The response, with headers that say that rows are left and where they are, if so."""
    if truncated:
        response.headers["Link"] = f'<{other_page(at.number + 1)}>; rel="next"'
        response.headers["X-Rejoinder-Truncated"] = "true"
    return response


def _csv(found: Rows) -> str:
    """RFC 4180, with a header; an absent value is an empty field. Byte for byte what the command line writes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(found.columns)
    writer.writerows([row[name] for name in found.columns] for row in found.rows)
    return out.getvalue()
