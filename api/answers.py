"""Answers that may be kept and revalidated: in the format that is asked for, with their validators."""

from __future__ import annotations

from flask import Response, abort, request
from werkzeug.exceptions import PreconditionFailed

from rejoinder.api import parameters
from rejoinder.api.asked import one_of
from rejoinder.api.negotiation import choose
from rejoinder.api.snapshots import served, service
from rejoinder.api.templating import public_root
from rejoinder.graph.exports import EXPORTS
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.records import digest

FORMATS = {
    "html": "text/html",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "turtle": "text/turtle",
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "xml": "text/xml",
    "sparql": "application/sparql-query",
    **{name: one.MEDIA_TYPE for name, one in EXPORTS.items()},
}


def chosen(*offered: str, named: tuple[str, ...] = ()) -> str:
    """The format to answer in: `format=` where it is given, or else what the Accept header likes best of `offered`.

    Raises NotAcceptable where the header rules all out, BadParameter for a format this route has not and as
    `settled` does.
    """
    if request.args.get("format"):
        to = one_of("format", (*offered, *named))
    else:
        types = [FORMATS[name] for name in offered]
        to = offered[types.index(choose(request.headers.get("Accept", ""), types))]
    return settled(to)


def settled(to: str) -> str:
    """The format that a route answers in, once it is settled that there is something to answer.

    Raises BadParameter as `parameters.check` does. A client that holds the answer in this format is told so (304),
    before any work is done for it.
    """
    parameters.check(to)
    held = request.if_none_match
    if not held.star_tag and not request.if_match and held.contains_weak(_tag(to, served())):
        abort(_checked(Response(status=304), to, served()))
    return to


def answer(body: str | bytes, to: str, snapshot: Snapshot) -> Response:
    """A response that may be kept and revalidated: its ETag names all that it depends on.

    Raises PreconditionFailed where the request is for another state than this.
    """
    response = _checked(Response(body, mimetype=FORMATS[to]), to, snapshot)
    response.make_conditional(request)
    if response.status_code == PreconditionFailed.code:
        raise PreconditionFailed("this is no longer as If-Match or If-Unmodified-Since want it")
    return response


def _checked(response: Response, to: str, snapshot: Snapshot) -> Response:
    """The response, to be kept as long as its ETag is right."""
    response.set_etag(_tag(to, snapshot))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _tag(to: str, snapshot: Snapshot) -> str:
    return f"{snapshot.id}-{to}-{service().edition}-{digest(public_root())[:8]}"
