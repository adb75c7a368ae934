"""The one small tree of errors, and the problems that a load reports and survives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# What Python raises where there is not memory enough, the other where there is not even enough to say so.
SHORT_OF_MEMORY = (MemoryError, SystemError)


class RejoinderError(Exception):
    """Anything a user can cause or mend; `status` is what HTTP answers, `title` its short name.

    Of what may pass, `retry_after` says after how many seconds another try is worth it.
    """

    status = 500
    title = "Internal error"
    retry_after: int | None = None


class LoadError(RejoinderError):
    """A file cannot be read as what it should be; names the file, the line (from 1) and what was expected.

    The column (from 1) is given where it helps to find the place, `proposal` is a field map that may read the file.
    """

    status = 400
    title = "Unreadable input"

    def __init__(self, file: str, line: int, message: str, *, column: int = 0, proposal: str = "") -> None:
        super().__init__(f"{file}:{line}:{column}: {message}" if column else f"{file}:{line}: {message}")
        self.file, self.line, self.message, self.column, self.proposal = file, line, message, column, proposal


class StoreError(RejoinderError):
    """The store is missing, damaged, locked, of another base or out of room."""

    status = 503
    title = "Store unavailable"
    retry_after = 30


class QueryError(RejoinderError):
    """A query that cannot be parsed or answered as it was asked."""

    status = 400
    title = "Malformed query"


class QueryRefused(QueryError):
    """A query that the guard will not run: too large, too deep, or reaching outside."""

    title = "Query refused"


class QueryTimeout(RejoinderError):
    """A query that was stopped at its deadline."""

    status = 504
    title = "Query stopped at its deadline"


class QueryTooLarge(RejoinderError):
    """A query that needed more memory, or gave a larger answer, than the server allows."""

    status = 413
    title = "Answer or working memory too large"


class Busy(RejoinderError):
    """Every worker is taken; worth another try after `retry_after` seconds."""

    status = 503
    title = "All workers are busy"

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ExtractorStopped(RejoinderError):
    """An extractor outside this program cannot go on; what it has read is kept, and a later load goes on from there."""

    status = 503
    title = "Extractor unavailable"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the value of a parameter may mean: values that mean one thing each, with what people call it.

    `more` is how many others it may mean.
    """

    parameter: str
    several: str
    values: tuple[tuple[str, str], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that a parameter does not take: what it takes, what it was given, and what may have been meant.

    Nothing was given where `given` is None; a number is that of characters.

    >>> str(Misfit("level", "one of open, weak", "opne", near="open"))
    "level: expected one of open, weak, got 'opne'; did you mean open?"
    """

    parameter: str
    expected: str
    given: str | int | None
    near: str = ""

    def __str__(self) -> str:
        given = "none" if self.given is None else repr(self.given)
        return f"{self.parameter}: expected {self.expected}, got {given}{near_hint(self.near)}"


def near_hint(near: str) -> str:
    """What a message adds where a name was meant that is spelt alike; nothing where none is."""
    return f"; did you mean {near}?" if near else ""


class Missing(StrEnum):
    """What is not there."""

    CLAIM = "claim"
    CLAIM_ID = "id of a claim"  # what was given can be none
    ONE_CLAIM = "one claim"  # there are several
    MOVE = "move"
    THREAD = "thread"
    COMMENT = "comment"
    AUTHOR = "author"


class NotFound(RejoinderError):
    """No claim, thread or view of that name; `choices` are those near to it.

    `missing` says what is not there, `parameter` which parameter named it.
    """

    status = 404
    title = "Not found"

    def __init__(
        self, message: str, *, missing: Missing | None = None, parameter: str = "", choices: Choices | None = None
    ) -> None:
        super().__init__(message)
        self.missing, self.parameter, self.choices = missing, parameter, choices


class BadParameter(RejoinderError):
    """A parameter whose value is outside what the documentation allows, or means several things."""

    status = 400
    title = "Bad parameter"

    def __init__(self, problem: str | Misfit, *, parameter: str = "", choices: Choices | None = None) -> None:
        super().__init__(str(problem))
        self.misfit = problem if isinstance(problem, Misfit) else None
        self.parameter, self.choices = self.misfit.parameter if self.misfit else parameter, choices


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a load met and went on after: where it stands, what was expected, and whether anything was lost.

    A note is no complaint: it says what was decided, such as how a file is read. `proposal` is a field map that may
    read the file.
    """

    file: str
    line: int
    message: str
    lost: bool
    note: bool = False
    column: int = 0
    proposal: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        place += f":{self.column}" if self.column else ""
        return f"{place}: {'error' if self.lost else 'note' if self.note else 'warning'}: {self.message}"


def unforeseen_problem(file: str, failure: str, error: Exception) -> Problem:
    """The Problem for an error that nobody foresaw: what could not be done, and the error's class and words."""
    text = " ".join(str(error).split())[:200]
    kind = type(error).__name__
    message = f"{failure}: {kind}: {text}. This is a fault of Rejoinder; REJOINDER_TRACEBACK=1 shows where it is"
    return Problem(file, 0, message, lost=True)
