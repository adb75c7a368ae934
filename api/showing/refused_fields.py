"""A parameter whose value a page refused, as a field of a form: there it can be put right, all others as they were."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from rejoinder.api.requests.parameters import is_parameter
from rejoinder.errors import BadParameter, NotFound

# What forms call the parameters that people give.
LABELS = {
    "q": "Words",
    "thread": "Thread",
    "author": "Author",
    "owed": "Owed by",
    "since": "Written since",
    "confidence": "Least confidence",
    "level": "Level",
    "source": "From",
    "verdict": "Verdict",
    "depth": "Steps away",
    "limit": "Boxes at most",
    "page": "Page",
    "rows": "Rows a page",
}


@dataclass(frozen=True, slots=True)
class RefusedField:
    """A parameter with what it was given, and the others that were given with it."""

    name: str
    value: str
    others: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """What the forms of the pages call it."""
        return LABELS[self.name]

    @property
    def without(self) -> str:
        """The query string of this address without it."""
        return "?" + urlencode(self.others)


def refused_field(error: Exception | None) -> RefusedField | None:
    """The parameter that an error is about, where it is one that people give on this page."""
    name = error.parameter if isinstance(error, (BadParameter, NotFound)) else ""
    if name not in LABELS or name not in request.args or not is_parameter(name):
        return None
    others = (arg for arg in request.args.items() if arg[1] and arg[0] not in (name, "page") and is_parameter(arg[0]))
    return RefusedField(name, request.args[name], tuple(others))
