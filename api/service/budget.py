"""A budget of query seconds for each client, so that one of them cannot keep all workers busy for long."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from ipaddress import IPv4Address, ip_address

from werkzeug.exceptions import TooManyRequests

REFILL = 1.0  # query seconds that come back each second
CLIENTS = 10_000  # remembered before those with a full budget are forgotten
NETWORK = 64  # bits of an IPv6 address that name whose it is; the others are his to choose


def client_of(address: str) -> str:
    """Who is at an address: of IPv6 a whole network, as whoever has one address there has all.

    >>> client_of("2001:db8:0:7:a::1") == client_of("2001:db8:0:7:b::2") != client_of("2001:db8:0:8::1")
    True
    >>> client_of("::ffff:192.0.2.1")
    '192.0.2.1'
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv4Address):
        return address
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return f"{int(ip) >> NETWORK:x}::/{NETWORK}"


class Budget:
    """Token buckets kept in memory, one a client, each of `seconds`; `clock` gives seconds that only grow."""

    def __init__(self, seconds: float, refill: float = REFILL, clock: Callable[[], float] = time.monotonic):
        self.seconds, self.refill, self.clock = seconds, refill, clock
        self._seconds_by_client: dict[str, tuple[float, float]] = {}  # client -> what was left, and when
        self._lock = threading.Lock()

    def seconds_left(self, client: str) -> float:
        """Query seconds that `client` may still use now; below 0 when it has used too many."""
        left, then = self._seconds_by_client.get(client, (self.seconds, 0.0))
        return min(self.seconds, left + (self.clock() - then) * self.refill)

    def check(self, client: str) -> None:
        """Raise TooManyRequests (429, with Retry-After) when the budget of `client` is used up."""
        left = self.seconds_left(client)
        if left <= 0:
            wait = max(1, math.ceil(-left / self.refill))
            raise TooManyRequests(f"this client has used its {self.seconds:g} query seconds", retry_after=wait)

    def spend(self, client: str, seconds: float) -> None:
        """Take `seconds` from the budget of `client`."""
        with self._lock:
            self._seconds_by_client[client] = (self.seconds_left(client) - seconds, self.clock())
            if len(self._seconds_by_client) > CLIENTS:
                self._seconds_by_client = {
                    other: self._seconds_by_client[other]
                    for other in list(self._seconds_by_client)
                    if self.seconds_left(other) < self.seconds
                }
