"""`/healthz`: whether the server can answer, from which snapshot, with how many workers and how much room."""

from __future__ import annotations

import shutil

from flask import Blueprint, Response, jsonify

from rejoinder.api.snapshots import service
from rejoinder.errors import StoreError

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz", strict_slashes=False)
def healthz() -> tuple[Response, int, dict[str, str]]:
    """200 with `store: true`, or 503 with `store: false` and the reason."""
    try:
        snapshot, workers, detail = service().snapshot().id, service().pool.workers, None
    except StoreError as error:
        snapshot, workers, detail = None, 0, str(error)
    body = {"store": snapshot is not None, "snapshot": snapshot, "workers": workers, "free_bytes": _free_bytes()}
    if detail:
        body["detail"] = detail
    if snapshot:
        return jsonify(body), 200, {}
    return jsonify(body), StoreError.status, {"Retry-After": str(StoreError.retry_after)}


def _free_bytes() -> int | None:
    try:
        return shutil.disk_usage(service().folder).free
    except OSError:
        return None
