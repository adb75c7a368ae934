"""The host that an address names: the site of what stands there."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(address: object) -> str | None:
    """The host, None where there is none, or no address.

    >>> host_of("https://Shed.example/a"), host_of("/a"), host_of("https://[shed/"), host_of(7)
    ('shed.example', None, None, None)
    """
    try:
        return urlsplit(address).hostname if isinstance(address, str) else None
    except ValueError:  # a bracket that begins an IPv6 address and does not end
        return None
