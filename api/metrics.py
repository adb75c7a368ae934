"""`/metrics`: what the server holds and has answered since it began, in the text format of Prometheus (0.0.4)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator

from flask import Blueprint, Flask, Response, g, request

from rejoinder.api.formats import FORMATS
from rejoinder.api.health import health
from rejoinder.api.snapshots import service

NOWHERE = "none"  # the route of a request that there is no route for
CONVERTER = re.compile(r"<\w+:")  # of a part of a path: how it is read is nobody's business

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics", strict_slashes=False)
def metrics() -> Response:
    """Counts of requests by route and status, the time they took, the snapshot, the workers and the free disk."""
    text = "".join(f"{line}\n" for line in (*_held(), *_answered()))
    return Response(text, content_type=f"{FORMATS['metrics']}; version=0.0.4; charset=utf-8")


def register(app: Flask) -> None:
    """Count each request, whatever comes of it."""

    @app.before_request
    def begin() -> None:
        g.since = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        route = CONVERTER.sub("<", request.url_rule.rule) if request.url_rule else NOWHERE
        service().answered.add(route, response.status_code, time.perf_counter() - g.since)
        return response


def _held() -> Iterator[str]:
    now = health()
    yield from _metric(
        "rejoinder_store", "gauge", "1 if there is a snapshot to answer from.", [("", bool(now.snapshot))]
    )
    named = [(f'{{snapshot="{now.snapshot}"}}', 1)] if now.snapshot else []
    yield from _metric("rejoinder_snapshot_info", "gauge", "The snapshot that is served.", named)
    yield from _metric("rejoinder_workers", "gauge", "Query workers that are alive.", [("", now.workers)])
    free = [] if now.free_bytes is None else [("", now.free_bytes)]
    yield from _metric("rejoinder_free_bytes", "gauge", "Room on the disk of the store.", free)


def _answered() -> Iterator[str]:
    requests, seconds = service().answered.so_far()
    counted = [(f'{{route="{route}",status="{status}"}}', many) for (route, status), many in requests.items()]
    yield from _metric("rejoinder_requests_total", "counter", "Requests answered.", counted)
    spent = [(f'{{route="{route}"}}', f"{took:.6f}") for route, took in seconds.items()]
    yield from _metric("rejoinder_request_seconds_total", "counter", "Seconds from request to answer.", spent)


def _metric(name: str, kind: str, meaning: str, samples: Iterable[tuple[str, object]]) -> Iterator[str]:
    """The lines of one metric: what it means, its kind, and a sample for each of its labels."""
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        yield f"{name}{labels} {int(value) if isinstance(value, bool) else value}"
