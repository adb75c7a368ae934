"""An answer over HTTP before anything is made of it: its status, its error, and when to ask again."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

SUCCESS = 200
BUSY = 429
NOT_READY = 503  # a model that is still being loaded; large ones take minutes
FORBIDDEN = 403
NOT_TAKEN = frozenset({400, 413, 415, 422, 501})
STATUSES = {  # by what servers and routers call them
    "invalid_request_error": 400,
    "invalid_argument": 400,
    "context_length_exceeded": 400,
    "invalid_api_key": 401,
    "authentication_error": 401,
    "unauthenticated": 401,
    "insufficient_credits": 402,
    "permission_error": FORBIDDEN,
    "permission_denied": FORBIDDEN,
    "not_found": 404,
    "not_found_error": 404,
    "model_not_found": 404,
    "rate_limit_exceeded": BUSY,
    "rate_limit_error": BUSY,
    "too_many_requests": BUSY,
    "insufficient_quota": BUSY,
    "resource_exhausted": BUSY,
    "internal": 500,
    "internal_error": 500,
    "internal_server_error": 500,
    "server_error": 500,
    "api_error": 500,
    "overloaded": NOT_READY,
    "overloaded_error": NOT_READY,
    "service_unavailable": NOT_READY,
    "unavailable": NOT_READY,
    "timeout": 504,
    "deadline_exceeded": 504,
}
CROWDED = re.compile(rb"context[ _-]?(length|size|window)", re.IGNORECASE)  # in a refusal: all of it is too long


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An answer over HTTP; status 0 is none in time."""

    status: int
    body: bytes = b""
    location: str = ""
    retry_after: float | None = None

    @property
    def is_refused(self) -> bool:
        """True for a request that the server does not take as it is; some say so as if they had failed."""
        blames_request = b"response_format" in self.body or CROWDED.search(self.body) is not None
        return self.status in NOT_TAKEN or (self.status >= 500 and blames_request)

    @property
    def is_too_long(self) -> bool:
        """True for a request that is refused since it, or it with the room for its answer, is too long."""
        return self.is_refused and CROWDED.search(self.body) is not None

    @property
    def may_pass(self) -> bool:
        """True for what another try may mend."""
        return not self.is_refused and (self.status in (0, BUSY) or self.status >= 500)

    def with_status_of_error(self) -> HttpAnswer:
        """With the status that its error has: routers answer with 200, and say inside what went wrong behind them."""
        status = _status(self.error()) if self.status == SUCCESS and b'"error"' in self.body else 0
        return replace(self, status=status) if status else self

    def error(self) -> Any:
        """What its JSON says of an error, of the whole or of the first choice; None where it says nothing."""
        answer = self.json()
        if not isinstance(answer, dict):
            return None
        choices = answer.get("choices")
        first = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
        candidates = (answer.get("error"), answer.get("message"), answer.get("detail"), first.get("error"))
        return next((candidate for candidate in candidates if candidate), None)

    def json(self) -> Any:
        """The body as JSON, None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


def _status(error: object) -> int:
    """The status that an error says it has, as a number, in digits or by a name; 0 where it says none that is known.

    >>> _status({"code": "429"}), _status({"code": None, "type": "server_error"}), _status({"code": 7}), _status("no")
    (429, 500, 0, 0)
    """
    values = [error.get(name) for name in ("code", "status", "type")] if isinstance(error, dict) else []
    names = [str(value).strip().casefold() for value in values]
    statuses = [STATUSES.get(text, int(text) if re.fullmatch("[45][0-9][0-9]", text) else 0) for text in names]
    return next((status for status in statuses if status), 0)


def seconds_until(text: str, date: str) -> float | None:
    """The seconds of a Retry-After, or to it where it is a date, of an answer of that date; None where it is neither.

    >>> seconds_until("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:30 GMT")
    7.0
    >>> seconds_until("3", ""), seconds_until("Mon, 02 Jan 1995 08:49:37 GMT", "")
    (3.0, 0.0)
    >>> seconds_until("1 Jan 99999999999 08:49:37", "") is None
    True
    """
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", text.strip()):
        return float(text)
    retry_at, now = _moment_of_header(text), _moment_of_header(date) or datetime.now(UTC)
    return None if retry_at is None else max(0.0, (retry_at - now).total_seconds())


def _moment_of_header(text: str) -> datetime | None:
    """A date of a header, None for anything else."""
    try:
        return parsedate_to_datetime(text).replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return None
