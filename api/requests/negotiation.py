"""Content negotiation: the Accept header against the media types a route can answer in (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header

HTML = ("text/html", "application/xhtml+xml")


def choose(accept: str, offered: Sequence[str]) -> str:
    """The media type of `offered` that the header `accept` likes best; raises NotAcceptable (406).

    The highest q wins, then the more exact range, then the order of `offered`. No header, or one without any range,
    takes the first.

    >>> choose("text/csv;q=0.1, application/json;q=0.9", ["text/csv", "application/json"])
    'application/json'
    >>> choose("application/json;q=0, */*", ["application/json", "text/csv"])
    'text/csv'
    """
    ranges = _ranges(accept)
    if not any("/" in text for text, _ in ranges):
        return offered[0]
    best = max(offered, key=lambda media_type: _liking(ranges, media_type))  # max takes the first of equals
    if _liking(ranges, best)[0] <= 0:
        raise NotAcceptable(f"this answers in {', '.join(offered)}")
    return best


def prefers_html(accept: str) -> bool:
    """Whether a client names HTML and likes nothing better: browsers do; curl, libraries and `*/*` do not."""
    q_by_range = dict(_ranges(accept))
    html = max((q_by_range.get(media_type, 0) for media_type in HTML), default=0)
    return html > 0 and html >= max(q_by_range.values())


def _ranges(accept: str) -> list[tuple[str, float]]:
    """The media ranges of the header without their parameters, and how much each is liked."""
    return [(text.partition(";")[0].strip().lower(), q) for text, q in parse_accept_header(accept, MIMEAccept)]


def _liking(ranges: Sequence[tuple[str, float]], media_type: str) -> tuple[float, int]:
    """The q of the most exact range that covers `media_type`, and how exact it is."""
    kind = media_type.partition("/")[0]
    exactness = {media_type: 2, f"{kind}/*": 1, "*/*": 0}
    matches = [(exactness[text], q) for text, q in ranges if text in exactness]
    exact, q = max(matches, default=(0, 0.0))
    return q, exact
