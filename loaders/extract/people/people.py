"""Who has spoken in a thread, or below one post of it, so far, and whom names mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rejoinder.loaders.extract.people.bots import is_bot
from rejoinder.loaders.extract.people.comment_meant import RECENT
from rejoinder.loaders.extract.people.names import name_key, short_names
from rejoinder.records import Comment


@dataclass(slots=True)
class People:
    """The comments of all and of each person, in their order, and who is meant by a name."""

    comment_ids: list[str] = field(default_factory=list)
    comments: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    short_names: dict[str, str] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)

    def add_comment(self, comment: Comment) -> None:
        """Somebody has said this; programs are not spoken to, and who is unknown has no name."""
        author = comment.author
        if author is None or is_bot(author):
            return
        self.comment_ids.append(comment.id)
        self.comments.setdefault(author, []).append(comment.id)
        self.names[name_key(author)] = author
        for name in short_names(author):
            self._short_name(name, author)

    def _short_name(self, name: str, author: str) -> None:
        """Remembers whose it is, and whether it is somebody else's, too."""
        if self.short_names.get(name, author) != author:
            self.shared.add(name)
        self.short_names[name] = author

    def latest_by(self, author: str, most: int = RECENT) -> Sequence[str]:
        """The latest comments of somebody, latest first, at most so many."""
        return self.comments.get(author, [])[: -most - 1 : -1]

    def author_called(self, name: str, alone: bool) -> str | None:
        """The author of that name or short name, the latest of several; nobody where it must be that of one `alone`."""
        if name in self.names:
            return self.names[name]
        return None if alone and name in self.shared else self.short_names.get(name)
