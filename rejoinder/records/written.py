"""What was written, as its source has it: threads, comments, and the claims and moves that it records itself."""

from __future__ import annotations

from dataclasses import dataclass

from rejoinder.records.choices import State
from rejoinder.records.kind import Kind


@dataclass(frozen=True, slots=True, order=True)
class ThreadKey:
    """Names a thread: the site it stands on and the site's own id for it, verbatim."""

    site: str
    id: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread as its source describes it; the counts it declares decide the coverage."""

    key: ThreadKey
    title: str | None = None
    url: str | None = None
    declared_comments: int | None = None

    @property
    def thread(self) -> ThreadKey:
        """Its own key, as every other record has that of its thread."""
        return self.key


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Characters start..end of a comment's text, at least one, that lead to a URL."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: `text` is plain text, `created` the source's own string (ISO 8601 wherever it can be).

    Of the form of a body stays what plain text can show: `> ` before quoted lines, `- ` before items, ``` around code.

    `addressed` is False where the source does not say whom the comment answers: `parent`, if there is one, is then only
    the post that it stands below. `to` is the author whom it speaks to, where the source records that.

    `position` is the 0-based place in a flattened dump, whose comments have no parents: there, what stands next to
    what is the only structure there is. It is None wherever replies are known.
    """

    thread: ThreadKey
    id: str
    text: str
    parent: str | None = None
    author: str | None = None
    created: str | None = None
    url: str | None = None
    declared_replies: int | None = None
    states: tuple[State, ...] = ()
    position: int | None = None
    links: tuple[Link, ...] = ()
    addressed: bool = True
    to: str | None = None


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """A claim that the source itself marks: `name` is the source's id for it, start and end lie in its comment."""

    thread: ThreadKey
    name: str
    comment: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StatedMove:
    """A move that the source itself states; sources and target name stated claims, stated moves or comments."""

    thread: ThreadKey
    name: str
    kind: Kind
    sources: tuple[str, ...]
    target: str | None
    comment: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class PlatformMove:
    """A move that the platform records beside the words, in a thread whose argument is yet to be found.

    Either characters start..end of `comment` make it (a quotation whose origin the platform knows, an accepted answer;
    without start and end it is the whole comment), or an `author` does, without words (a reaction). It is aimed at
    the comment `target`, or at the words `exact` of it; `cue` is the platform's name for it. A target that is not
    loaded is no fault: it may come with a later load.
    """

    thread: ThreadKey
    name: str
    kind: Kind
    target: str
    cue: str
    comment: str | None = None
    start: int | None = None
    end: int | None = None
    author: str | None = None
    exact: str | None = None
