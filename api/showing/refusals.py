"""What pages say of a request that cannot be answered: what happened and what to do now, in plain English.

Programs get the error's own words instead (`answering/errors.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rejoinder.errors import BadParameter, Misfit, Missing, NotFound

TELL_OPERATOR = "If it stays so, tell whoever runs this server what stands below."
ASK_FOR_LESS = "Ask for less: of one thread, or with fewer patterns that share no variable."

# By the name of the error, or its status: the heading, what happened (empty: what the error itself says), what to do.
_PLAIN: Mapping[str, tuple[str, str, str]] = {
    "BadParameter": (
        "A value in the address does not fit",
        "",
        "Put it right in the address, or leave it out.",
    ),
    "NotFound": ("This is not here", "", "Search for words that you remember, or begin at the start page."),
    "StoreError": ("The discussions cannot be read just now", "", f"Try again in half a minute. {TELL_OPERATOR}"),
    "QueryError": ("This query cannot be read", "", "Put it right above, and run it again."),
    "QueryRefused": ("This query is not answered here", "", "Make it simpler or shorter, and run it again."),
    "QueryTimeout": ("This takes too long", "", ASK_FOR_LESS),
    "QueryTooLarge": ("This is too large for this server", "", "Ask for less."),
    "Busy": ("The server is busy", "", "Try again in a few seconds."),
    "TooManyRequests": (
        "You have asked a lot in a short time",
        "Each reader has so much of this server's time, and yours is used up for now. It comes back by itself.",
        "Wait a little and try again; pages of single claims can be read meanwhile.",
    ),
    "400": ("The server did not understand this request", "", "Go back and try again, or begin at the start page."),
    "403": ("This is not allowed here", "", "This server only answers questions; it changes nothing."),
    "404": ("There is no such page", "", "Search for words that you remember, or begin at the start page."),
    "405": ("This address is only for reading", "", "Open it as a link, not by sending a form."),
    "406": (
        "This page does not come in the format that was asked for",
        "",
        "Open it in a browser, or ask for one of these.",
    ),
    "412": ("This has changed", "Something else stands here than what the request is about.", "Load the page again."),
    "413": ("This is too large for this server", "", "Send less: a shorter query."),
    "415": ("The server cannot read what was sent", "", "Send a query as plain text in UTF-8."),
    "500": (
        "Something went wrong here",
        "This is a fault of the server, not of what you asked.",
        "Try again. If it happens again, tell whoever runs this server when it happened: its log has the reason.",
    ),
}
_OTHER_REFUSAL = ("This cannot be answered", "", "Begin at the start page.")
_GONE_ADVICE = (
    "Its comment may have gone from what is loaded, or its words may be read otherwise since this link was made."
)
# What is not there: the heading, and what may have happened (empty: what the error itself says).
_ABSENT: Mapping[Missing, tuple[str, str]] = {
    Missing.CLAIM: ("This claim is not here", _GONE_ADVICE),
    Missing.CLAIM_ID: (
        "This claim is not here",
        "The address of a claim ends in its id: 32 of the digits 0-9 and a-f, or at least the first 8 of them.",
    ),
    Missing.ONE_CLAIM: ("Several claims begin so", ""),
    Missing.MOVE: ("This move is not here", _GONE_ADVICE),
    Missing.THREAD: ("This thread is not here", "No thread is loaded under this name."),
    Missing.COMMENT: (
        "This comment is not here",
        "It may have gone from what is loaded, or its thread may not be loaded.",
    ),
    Missing.AUTHOR: ("This person is not here", "Nobody of this name has written in what is loaded."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A heading, what happened, what to do now, and the error's own words where these are not among them."""

    heading: str
    happened: str
    advice: str
    detail: str


def refusal(name: str, status: int, detail: str, error: Exception | None = None, *, labelled: bool = False) -> Refusal:
    """What a page says of one of our errors, by its public name, or of an answer of that status.

    Where it is `labelled`, the name of the parameter stands beside what is said.

    >>> error = BadParameter(Misfit("confidence", "a number from 0 to 1", "7"))
    >>> refusal("BadParameter", 400, str(error), error, labelled=True).happened
    '“7” does not fit here. This takes a number from 0 to 1.'
    >>> refusal("NotFound", 404, "no thread 'x'", NotFound("no thread 'x'", missing=Missing.THREAD)).happened
    'No thread is loaded under this name.'
    """
    heading, happened, advice = _PLAIN.get(name) or _PLAIN.get(str(status)) or _OTHER_REFUSAL
    if isinstance(error, NotFound) and error.missing is not None:
        heading, happened = _ABSENT[error.missing]
    if happened:
        return Refusal(heading, happened, advice, detail)
    return Refusal(heading, _sentence(_what_is_wrong(error, detail, labelled=labelled)), advice, "")


def _what_is_wrong(error: Exception | None, detail: str, *, labelled: bool) -> str:
    """What was given and what is wanted, where an error says so; else its words, without a name beside them."""
    if isinstance(error, BadParameter) and error.misfit is not None:
        return _misfit_words(error.misfit, labelled=labelled)
    return detail.partition(": ")[2] if labelled else detail


def _misfit_words(misfit: Misfit, *, labelled: bool) -> str:
    where = "here. This" if labelled else f"the parameter “{misfit.parameter}”. It"
    near = f" Did you mean {misfit.near}?" if misfit.near else ""
    if misfit.given is None:
        fault = f"Nothing was given {'' if labelled else 'for '}{where}"
    else:
        fault = f"{f'“{misfit.given}”' if isinstance(misfit.given, str) else misfit.given} does not fit {where}"
    return f"{fault} takes {misfit.expected}.{near}"


def _sentence(text: str) -> str:
    """With a capital, unless it begins with a name that has a meaning of its own, and with a stop at its end."""
    first = text[:1] if text.split(" ")[0].endswith(":") else text[:1].upper()
    return f"{first}{text[1:]}{'' if text.endswith(('.', '?', '!', '^')) else '.'}"
