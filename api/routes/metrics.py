"""`/metrics`: what the server holds and has answered since it began, in the text format of Prometheus (0.0.4)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, disable_created_metrics, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from rejoinder.api.requests.formats import FORMATS
from rejoinder.api.routes.health import health

REGISTRY = "rejoinder.metrics"  # where an app keeps what it counts
NO_ROUTE = "none"  # the route of a request that there is no route for
CONVERTER = re.compile(r"<\w+:")  # of a part of a path: how it is read is nobody's business

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics", strict_slashes=False)
def metrics() -> Response:
    """Counts of requests by route and status, the time they took, the snapshot, the workers and the free disk."""
    text = generate_latest(current_app.extensions[REGISTRY])
    return Response(text, content_type=f"{FORMATS['metrics']}; version=0.0.4; charset=utf-8")


def register(app: Flask) -> None:
    """Count each request, whatever comes of it."""
    disable_created_metrics()  # type: ignore[no-untyped-call]
    registry = app.extensions[REGISTRY] = CollectorRegistry()
    registry.register(HealthCollector())
    requests = Counter("rejoinder_requests", "Requests answered.", ("route", "status"), registry=registry)
    seconds = Counter("rejoinder_request_seconds", "From request to answer.", ("route",), registry=registry)

    @app.before_request
    def begin() -> None:
        g.since = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        route = CONVERTER.sub("<", request.url_rule.rule) if request.url_rule else NO_ROUTE
        requests.labels(route, str(response.status_code)).inc()
        seconds.labels(route).inc(time.perf_counter() - g.since)
        return response


class HealthCollector(Collector):
    """How the server is now, as `/healthz` tells."""

    def describe(self) -> Iterator[Metric]:
        """Nothing: there is no app to ask while this is registered."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """The snapshot, as far as there is one, the query workers, and the room on the disk of the store (bytes)."""
        now = health()
        yield GaugeMetricFamily("rejoinder_store", "1 if there is a snapshot to answer from.", bool(now.snapshot))
        if now.snapshot:
            yield InfoMetricFamily("rejoinder_snapshot", "The snapshot that is served.", {"snapshot": now.snapshot})
        yield GaugeMetricFamily("rejoinder_workers", "Query workers that are alive.", now.workers)
        if now.free_bytes is not None:
            yield GaugeMetricFamily("rejoinder_free_bytes", "Room on the disk of the store.", now.free_bytes)
