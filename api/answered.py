"""How many requests each route has answered since the server began, with which status, and how long that took."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answered:
    """Requests by route and status, and the seconds that each route took; safe to use from many threads."""

    requests: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, route: str, status: int, seconds: float) -> None:
        """Count one request more."""
        with self.lock:
            self.requests[route, status] += 1
            self.seconds[route] += seconds

    def so_far(self) -> tuple[dict[tuple[str, int], int], dict[str, float]]:
        """Both counts as they are now, sorted."""
        with self.lock:
            return dict(sorted(self.requests.items())), dict(sorted(self.seconds.items()))
