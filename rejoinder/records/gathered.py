"""The records that a loader yields: where each was found, and all of one thread together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from rejoinder.records.aif import AifGraph
from rejoinder.records.judgement import Judgement
from rejoinder.records.written import Comment, PlatformMove, StatedClaim, StatedMove, Thread

Record: TypeAlias = Thread | Comment | StatedClaim | StatedMove | PlatformMove | Judgement | AifGraph


@dataclass(frozen=True, slots=True)
class Found:
    """A record and where it was found: the file as the user named it, and the line (from 1)."""

    record: Record
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Discussion:
    """All that is known of one thread: each comment once, every parent named is in the thread or listed as absent.

    Comments are sorted by position (flattened dumps) or else by id; the rest by name.
    """

    thread: Thread
    comments: tuple[Comment, ...]
    stated_claims: tuple[StatedClaim, ...] = ()
    stated_moves: tuple[StatedMove, ...] = ()
    platform_moves: tuple[PlatformMove, ...] = ()
    aif: AifGraph | None = None
    judgements: tuple[Judgement, ...] = ()

    @property
    def flattened(self) -> bool:
        """True for a dump whose comments have only their order."""
        return any(comment.position is not None for comment in self.comments)
