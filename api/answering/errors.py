"""One answer for everything that goes wrong: a problem document (RFC 9457), or a page for a browser."""

from __future__ import annotations

import json
from contextlib import suppress
from difflib import get_close_matches
from http import HTTPStatus

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from rejoinder.api.requests.negotiation import prefers_html
from rejoinder.api.service.snapshots import service
from rejoinder.api.showing.refusals import refusal
from rejoinder.api.showing.refused_fields import refused_field
from rejoinder.errors import BadParameter, NotFound, RejoinderError, StoreError
from rejoinder.graph.stores.damage import comes_from_store, damage_error
from rejoinder.graph.stores.publish import current_id

UNLISTED_PATHS = ("/", "/favicon.ico", "/.well-known/void")
LEAST_ALIKE = 0.7  # of 1, from which on a path is near another
PROBLEM_TYPES = "https://w3id.org/rejoinder/problems#"


def register(app: Flask) -> None:
    """Answer our errors, those of HTTP and unexpected ones alike."""
    app.register_error_handler(RejoinderError, _response_to_our_error)
    app.register_error_handler(HTTPException, _response_to_http_error)
    app.register_error_handler(Exception, _response_to_unexpected)


def problem_response(
    status: int, title: str, detail: str, kind: str = "about:blank", error: Exception | None = None
) -> Response:
    """An error as application/problem+json, or as an HTML page where the client likes HTML best.

    Every route can use it; a page that has something better to show calls `negotiation.prefers_html` itself.
    """
    if prefers_html(request.headers.get("Accept", "")):
        return _page(status, detail, kind.removeprefix(PROBLEM_TYPES), error)
    body = {"type": kind, "title": title, "status": status, "detail": detail}
    return Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json")


def _page(status: int, detail: str, name: str, error: Exception | None) -> Response:
    """An error for people: what happened, and where to go on."""
    field = refused_field(error)
    nowhere = status == HTTPStatus.NOT_FOUND and request.endpoint is None
    page = render_template(
        "error.html",
        status=status,
        detail=detail,
        refusal=refusal(name, status, _absent_page_words() if nowhere else detail, error, labelled=field is not None),
        choices=error.choices if isinstance(error, (BadParameter, NotFound)) else None,
        field=field,
        near=_near_page() if nowhere else "",
    )
    return Response(page, status)


def response_to_error(error: RejoinderError) -> Response:
    """The answer to one of our own errors."""
    return with_retry_after(
        problem_response(error.status, error.title, str(error), PROBLEM_TYPES + public_name(error), error), error
    )


def with_retry_after(answer: Response, error: RejoinderError) -> Response:
    """The answer to an error, with a header that says when another try is worth it, if one ever is."""
    if error.retry_after is not None:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _response_to_our_error(error: RejoinderError) -> Response:
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        current_app.logger.warning("%s: %s", type(error).__name__, error)
    return _nothing_loaded_page(error) if _waits_for_a_load(error) else response_to_error(error)


def _waits_for_a_load(error: RejoinderError) -> bool:
    """Whether all that is wrong is that nothing was loaded yet, and a page can say how to."""
    pages = prefers_html(request.headers.get("Accept", "")) and not request.path.startswith("/embed/")
    with suppress(StoreError):  # a damaged store says so itself
        return pages and isinstance(error, StoreError) and current_id(service().folder) is None
    return False


def _nothing_loaded_page(error: RejoinderError) -> Response:
    return with_retry_after(Response(render_template("empty.html"), error.status), error)


def _response_to_http_error(error: HTTPException) -> Response:
    original = error.get_response()
    if error.code is None or original.status_code < HTTPStatus.BAD_REQUEST:  # a redirect is an HTTPException too
        return Response(original.get_data(), original.status_code, original.headers)
    detail = error.description
    if error.code == HTTPStatus.NOT_FOUND and request.endpoint in (None, "static"):
        detail = _absent_page_words() if request.endpoint else _absent_page_advice()
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and request.content_length:
        longest = service().settings.query_bytes
        detail = f"the request has {request.content_length} bytes; this server accepts queries of {longest}"
    if isinstance(error, MethodNotAllowed):
        detail = f"{request.method[:20]} is not answered here, only {', '.join(sorted(error.valid_methods or ()))}"
    answer = problem_response(error.code, error.name, detail or error.name)
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in original.headers:
            answer.headers[name] = original.headers[name]
    return answer


def _absent_page_words() -> str:
    return f"there is no {request.path[:80]} here"


def _absent_page_advice() -> str:
    """That there is nothing at this path, and what is near, or else all paths there are."""
    if near := _near_page():
        return f"{_absent_page_words()}; did you mean {near}?"
    return f"{_absent_page_words()}. There are {', '.join(sorted(_paths()))}"


def _paths() -> list[str]:
    return [
        rule.rule for rule in current_app.url_map.iter_rules() if not rule.arguments and rule.rule not in UNLISTED_PATHS
    ]


def _near_page() -> str:
    """The address of a listing that is near this path, in the format that its name ends in; empty where none is."""
    path, dot, ending = request.path.rstrip("/").rpartition(".")
    page_path, form = (path, f"?format={ending}") if dot and ending in ("json", "csv") else (request.path, "")
    near = get_close_matches(page_path, _paths(), 1, LEAST_ALIKE)
    return f"{request.script_root}{near[0]}{form}" if near else ""


def _response_to_unexpected(error: Exception) -> Response:
    folder = service().folder
    if comes_from_store(folder, error):
        return _response_to_our_error(damage_error(folder, error))
    current_app.logger.error("unexpected error on %s %s", request.method, request.path, exc_info=error)
    return problem_response(500, "Internal error", "something went wrong on this server; its log says what")


def public_name(error: RejoinderError) -> str:
    """The name of the error's class, or of the nearest one above it that is not private."""
    return next(ancestor.__name__ for ancestor in type(error).__mro__ if not ancestor.__name__.startswith("_"))
