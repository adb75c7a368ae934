"""Links that came with the data, as far as they are safe to follow."""

from __future__ import annotations

import re

_WEB = re.compile(r"https?://[^/\s]\S*", re.IGNORECASE)


def web_link(url: str | None) -> str:
    """The link, if it is a plain http(s) one; empty otherwise.

    >>> web_link("javascript:alert(1)"), web_link("https://forum.example/t/1")
    ('', 'https://forum.example/t/1')
    """
    return url if url and _WEB.fullmatch(url) else ""
