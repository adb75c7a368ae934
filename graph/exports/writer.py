"""What a module in `graph/exports/` offers, and the choices that a user has when a thread is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.settings import Settings


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of a user; a writer ignores those that are not about its format.

    `premises_outward`: in AIF, an edge leads from a premise to its RA or CA node (as in AIFdb), not the other way.
    `answer_threshold` is the setting of that name: attacks that are less sure do not count; `objection_threshold`,
    in drawings: objections that are less sure do not.
    """

    premises_outward: bool = True
    answer_threshold: float = Settings().answer_threshold
    objection_threshold: float = Settings().objection_threshold


class Writer(Protocol):
    """One format out: NAME is what `--to` takes, SUMMARY a line without a full stop, EXTENSION without its dot."""

    NAME: str
    SUMMARY: str
    MEDIA_TYPE: str
    EXTENSION: str

    def write(self, thread_map: ThreadMap, options: Options) -> str:
        """The thread as a whole file; the same thread and options always give the same text."""
