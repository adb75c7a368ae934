"""What is argued: claims at the words that state them, and the moves between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from rejoinder.records.choices import Method
from rejoinder.records.kind import Kind


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters start..end of a comment of the same thread; `exact` is that text, never empty."""

    comment: str
    start: int
    end: int
    exact: str

    def common(self, other: Span) -> int:
        """How many characters it shares with another span of its comment; not above 0 where they are apart."""
        return min(self.end, other.end) - max(self.start, other.start)


@dataclass(frozen=True, slots=True, order=True)
class ClaimRef:
    """Points at a claim of the same thread by its id."""

    id: str


@dataclass(frozen=True, slots=True, order=True)
class MoveRef:
    """Points at a move of the same thread by its id."""

    id: str


@dataclass(frozen=True, slots=True, order=True)
class CommentRef:
    """Points at a whole comment of the same thread."""

    id: str


@dataclass(frozen=True, slots=True, order=True)
class ThreadRef:
    """Points at the thread itself, which stands for the post or comment that was never loaded."""


@dataclass(frozen=True, slots=True, order=True)
class AuthorRef:
    """Points at an author of the thread's site: the source of a reaction without words."""

    name: str


Source: TypeAlias = ClaimRef | Span | AuthorRef
Target: TypeAlias = ClaimRef | MoveRef | CommentRef | Span | ThreadRef


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, stated at one or more spans; `author` is None where whoever said it is unknown (a quoted claim)."""

    id: str
    text: str
    spans: tuple[Span, ...]
    author: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One step of the argument: from its sources (a Support may have several) to its target.

    `comment` is where it is made (None only for a reaction without words), `target_comment` where its target stands
    (None only where that was never loaded), `evidence` the words that show it, `cue` the words or rule that decided.
    `explanation` is a JSON object of features and alternatives, where there are any. `judgement` is the name of the
    judgement that says that it is right, where a person did.
    """

    id: str
    kind: Kind
    sources: tuple[Source, ...]
    target: Target
    comment: str | None
    target_comment: str | None
    evidence: tuple[Span, ...]
    author: str | None
    confidence: float
    method: Method
    cue: str
    explanation: str | None = None
    name: str | None = None
    judgement: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Which extractor made the moves: its name, version and parameters (a JSON object with sorted keys)."""

    name: str
    version: str
    parameters: str = "{}"


@dataclass(frozen=True, slots=True)
class ArgumentMap:
    """What one extraction found in one Discussion, sorted by id."""

    extraction: Extraction
    claims: tuple[Claim, ...] = ()
    moves: tuple[Move, ...] = ()
