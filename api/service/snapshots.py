"""The service behind the routes: the snapshot that is served now, the workers that query it, the budgets of clients."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from flask import current_app, g

from rejoinder import __version__
from rejoinder.api.service.budget import Budget
from rejoinder.api.service.snapshot_cache import KeptResults
from rejoinder.errors import StoreError
from rejoinder.graph.sparql.protocol import Answer, Query
from rejoinder.graph.sparql.workers import Pool
from rejoinder.graph.stores import publish
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.records import digest
from rejoinder.settings import Settings

Made = TypeVar("Made")

LOOK_SECONDS = 0.5
TRIES = 3

logger = logging.getLogger(__name__)

JUDGING = "rejoinder judge --store STORE"  # where the store is not to be named


class Service:
    """What one server holds; a new snapshot is noticed within half a second and served from the next request on.

    `edition` names what else an answer depends on, for its ETag: the version of the program, the settings, and the
    command for `judging` that pages tell. `files` lets as many threads be written as files at once as there are
    workers. `makers` write them, and nobody else: each keeps the memory that its largest file took, for its next one.
    """

    def __init__(self, folder: Path, settings: Settings, judging: str = JUDGING) -> None:
        self.folder, self.settings, self.judging = folder, settings, judging
        self.edition = f"{__version__}-{digest(json.dumps(asdict(settings), sort_keys=True), judging)[:12]}"
        self.budget = Budget(settings.client_seconds)
        self.files = threading.BoundedSemaphore(settings.workers)
        self.makers = ThreadPoolExecutor(settings.workers, "file")
        self._snapshot: Snapshot | None = None
        self._starter = ThreadPoolExecutor(1)
        self._pool: Future[Pool] | None = None
        self._looked_at = -LOOK_SECONDS
        self._lock = threading.Lock()
        self._kept = KeptResults()

    def make_once(self, snapshot: Snapshot, kind: str, make: Callable[[], Made], *, of: str = "") -> Made:
        """What is made of a snapshot, or `of` something in it, and kept until others of its kind are asked for."""
        return self._kept.make_once(kind, (snapshot.id, of), make)

    def snapshot(self) -> Snapshot:
        """The newest snapshot; StoreError where nothing was published yet. Requests ask for `served_snapshot()`."""
        current = self._snapshot
        if current is None:
            with self._lock:
                return self._snapshot or self._open_first()
        if time.monotonic() - self._looked_at >= LOOK_SECONDS and self._lock.acquire(blocking=False):
            try:
                self._looked_at = time.monotonic()
                return self._switch_to_current() if self._is_newer() else current
            except StoreError as error:  # it was superseded while it was opened; what we hold still answers
                logger.warning("still serving snapshot %s: %s", current.id, error)
            finally:
                self._lock.release()
        return current

    @property
    def pool(self) -> Pool:
        """The workers on the snapshot served now, once they are started; raises StoreError where there are none."""
        self.snapshot()
        started = self._pool
        assert started is not None
        if started.exception() is not None:
            with self._lock:
                if self._pool is started and self._snapshot is not None:
                    self._start(self._snapshot)  # for whoever asks next
        return started.result()

    def answer(
        self, query: Query, media_type: str, charge: Callable[[float], None], is_wanted: Callable[[], bool]
    ) -> Answer:
        """`Pool.answer`, once more where the snapshot was taken away between two publishes; raises the same errors."""
        for more_tries in reversed(range(TRIES)):
            try:
                return self.pool.answer(query, media_type, charge, is_wanted)
            except StoreError:
                if not (more_tries and self._is_newer()):
                    raise
                self._looked_at = -LOOK_SECONDS
        raise AssertionError("unreachable")

    def stop(self) -> None:
        """Break off the queries that run and wait, and tell so whoever has asked them; to be called by any thread."""
        started = self._pool
        if started is not None and started.done() and started.exception() is None:
            started.result().stop()

    def close(self) -> None:
        """End the workers; the service answers no more. Files that are being written are left to those who do so."""
        with self._lock:
            if self._pool is not None:
                with suppress(StoreError):
                    self._pool.result().close()
            self._starter.shutdown()
            self.makers.shutdown(wait=False, cancel_futures=True)

    def _is_newer(self) -> bool:
        name = publish.current_id(self.folder)
        return self._snapshot is None or (name is not None and name != self._snapshot.id)

    def _open_first(self) -> Snapshot:
        """Open the first snapshot; again where two publishes took it away meanwhile."""
        for more_tries in reversed(range(TRIES)):
            try:
                return self._switch_to_current()
            except StoreError:
                if not more_tries or publish.current_id(self.folder) is None:
                    raise
        raise AssertionError("unreachable")

    def _switch_to_current(self) -> Snapshot:
        """Open the current snapshot for readers and workers; the caller holds the lock."""
        snapshot = publish.open_current(self.folder)
        if self._pool is None or (self._pool.done() and self._pool.exception() is not None):
            self._start(snapshot)
        else:
            self._pool.result().switch(snapshot.path)
        self._snapshot = snapshot
        return snapshot

    def _start(self, snapshot: Snapshot) -> None:
        """Start workers in a thread of its own, since pages can do without them."""
        self._pool = self._starter.submit(Pool, snapshot.path, self.settings)


def service() -> Service:
    """The service of the app that answers the present request."""
    extension = current_app.extensions["rejoinder"]
    assert isinstance(extension, Service)
    return extension


def served_snapshot() -> Snapshot:
    """The snapshot that the present request is answered from, the same throughout; raises StoreError as `Service`."""
    if "snapshot" not in g:
        g.snapshot = service().snapshot()
    snapshot = g.snapshot
    assert isinstance(snapshot, Snapshot)
    return snapshot
