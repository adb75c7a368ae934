"""Answers that may be kept and revalidated: in the format that is asked for, with their validators."""

from __future__ import annotations

import json

from flask import Response, abort, request
from werkzeug.exceptions import PreconditionFailed

from rejoinder.api.requests import parameters
from rejoinder.api.requests.asked import one_of
from rejoinder.api.requests.formats import BY_NAME, FORMATS, OFFERED
from rejoinder.api.requests.negotiation import choose
from rejoinder.api.service.snapshots import served, service
from rejoinder.api.showing.templating import public_root
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.records import digest


def chosen() -> str:
    """The format to answer in from the store: the one that is wanted. Raises as `wanted` and `settled` do."""
    return settled(wanted())


def wanted() -> str:
    """The format that is wanted, of those that OFFERED has for the route: that of `format=`, else of the Accept header.

    Raises NotAcceptable where the header rules all out, BadParameter for a format this route has not.
    """
    route = parameters.route()
    offered = OFFERED[route]
    if request.args.get("format"):
        return one_of("format", offered)
    negotiated = {FORMATS[name]: name for name in offered if name not in BY_NAME.get(route, ())}
    return negotiated[choose(request.headers.get("Accept", ""), tuple(negotiated))]


def settled(to: str) -> str:
    """The format that a route answers in, once it is settled that there is something to answer.

    Raises BadParameter as `parameters.check` does. A client that holds the answer of this address in this format is
    told so (304), before any work is done for it: it has the tag from such an answer, so there is one.
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
    """Fits this address alone, whatever the order of its parameters: what another answers may be an error here."""
    asked = json.dumps([public_root(), request.path, sorted(request.args.items(multi=True))])
    return f"{snapshot.id}-{to}-{service().edition}-{digest(asked)[:16]}"
