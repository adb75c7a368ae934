"""Answers that may be kept and revalidated: in the format that is asked for, with their validators."""

from __future__ import annotations

import json

from flask import Response, abort, request
from werkzeug.exceptions import PreconditionFailed

from rejoinder.api.requests import parameters
from rejoinder.api.requests.formats import FORMATS, FORMATS_BY_NAME, OFFERED
from rejoinder.api.requests.negotiation import choose
from rejoinder.api.requests.query_parameters import choice_parameter
from rejoinder.api.service.snapshots import served_snapshot, service
from rejoinder.api.showing.templating import public_root
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.records import digest


def negotiated_format() -> str:
    """The format to answer in from the store. Raises as `requested_format` and `settle_format` do."""
    return settle_format(requested_format())


def requested_format() -> str:
    """The format that is wanted, of those that OFFERED has for the route: that of `format=`, else of the Accept header.

    Raises NotAcceptable where the header rules all out, BadParameter for a format this route has not.
    """
    route = parameters.route()
    offered = OFFERED[route]
    if request.args.get("format"):
        return choice_parameter("format", offered)
    negotiated = {FORMATS[name]: name for name in offered if name not in FORMATS_BY_NAME.get(route, ())}
    return negotiated[choose(request.headers.get("Accept", ""), tuple(negotiated))]


def settle_format(to: str) -> str:
    """The format that a route answers in, once it is settled that there is something to answer.

    Raises BadParameter as `check_parameters` does. A client that holds the answer of this address in this format is
    told so (304), before any work is done for it: it has the tag from such an answer, so there is one.
    """
    parameters.check_parameters(to)
    client_tags = request.if_none_match
    if not client_tags.star_tag and not request.if_match and client_tags.contains_weak(_etag(to, served_snapshot())):
        abort(_with_etag(Response(status=304), to, served_snapshot()))
    return to


def answer(body: str | bytes, to: str, snapshot: Snapshot) -> Response:
    """A response that may be kept and revalidated: its ETag names all that it depends on.

    Raises PreconditionFailed where the request is for another state than this.
    """
    response = _with_etag(Response(body, mimetype=FORMATS[to]), to, snapshot)
    response.make_conditional(request)
    if response.status_code == PreconditionFailed.code:
        raise PreconditionFailed("this is no longer as If-Match or If-Unmodified-Since want it")
    return response


def _with_etag(response: Response, to: str, snapshot: Snapshot) -> Response:
    """The response, to be kept as long as its ETag is right."""
    response.set_etag(_etag(to, snapshot))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _etag(to: str, snapshot: Snapshot) -> str:
    """Fits this address alone, whatever the order of its parameters: what another answers may be an error here."""
    address = json.dumps([public_root(), request.path, sorted(request.args.items(multi=True))])
    return f"{snapshot.id}-{to}-{service().edition}-{digest(address)[:16]}"
