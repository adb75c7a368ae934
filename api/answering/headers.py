"""Headers that every response carries: what browsers and caches may do with it, and that others may read it."""

from __future__ import annotations

from flask import Flask, Response, request

from rejoinder.settings import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "frame-src 'self'; base-uri 'none'; form-action 'self'"
)
ANYBODY = "*"
EXPOSED_HEADERS = (
    "ETag, Link, Retry-After, X-Rejoinder-Truncated, X-Rejoinder-Less-Sure, X-Rejoinder-Unknown, Content-Disposition"
)


def register(app: Flask, settings: Settings) -> None:
    """Add the headers to each response, errors and preflights among them."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in _headers(settings).items():
            response.headers.setdefault(name, value)
        response.vary.add("Accept")
        return response


def _headers(settings: Settings) -> dict[str, str]:
    headers = {
        "Content-Security-Policy": POLICY + _frame_ancestors(settings),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",  # any origin may read it, and so may show it
        "Access-Control-Expose-Headers": EXPOSED_HEADERS,
        "Cache-Control": "no-cache",  # what is not there, or not yet, may be after the next load
    }
    if request.path.startswith("/embed/"):
        headers["Cross-Origin-Embedder-Policy"] = "require-corp"  # or pages that ask this of themselves cannot frame it
    if request.method == "OPTIONS":
        headers |= {
            "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
            "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
    return headers


def _frame_ancestors(settings: Settings) -> str:
    """Who may frame the page; for anybody nothing is said, as `*` leaves out pages that are opened from a disk."""
    ancestors = settings.frame_ancestors if request.path.startswith("/embed/") else "'none'"
    return "" if ancestors == ANYBODY else f"; frame-ancestors {ancestors}"
