"""`/healthz`: whether the server can answer, from which snapshot, with how many workers and how much room."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass

from flask import Blueprint, Response, jsonify

from rejoinder.api.service.snapshots import service
from rejoinder.errors import StoreError

blueprint = Blueprint("health", __name__)


@dataclass(frozen=True, slots=True)
class Health:
    """The snapshot that is served, by how many workers, and the room on its disk; or why none can be served."""

    snapshot: str | None
    workers: int
    free_bytes: int | None
    detail: str | None = None


def health() -> Health:
    """How the server is now."""
    try:
        return Health(service().snapshot().id, service().pool.workers, _free_bytes())
    except StoreError as error:
        return Health(None, 0, _free_bytes(), str(error))


@blueprint.get("/healthz", strict_slashes=False)
def healthz() -> tuple[Response, int, dict[str, str]]:
    """200 with `store: true`, or 503 with `store: false` and the reason."""
    now = health()
    body = {"store": now.snapshot is not None, **asdict(now)}
    if now.snapshot:
        del body["detail"]
        return jsonify(body), 200, {}
    return jsonify(body), StoreError.status, {"Retry-After": str(StoreError.retry_after)}


def _free_bytes() -> int | None:
    try:
        return shutil.disk_usage(service().folder).free
    except OSError:
        return None
