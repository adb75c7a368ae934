"""Keys of Rejoinder's own records that bear the name of another format, such as `reply_to` for `parent`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from rejoinder.errors import Problem
from rejoinder.loaders.mapping.headings import SURE, letters

# What a comment may go without, so that nobody would miss it: the field of a map, and our key for it.
OPTIONAL = {
    "parent": "parent",
    "author": "author",
    "created": "created",
    "link": "url",
    "thread_title": "thread_title",
    "thread_url": "thread_url",
}
# Our keys for a comment and for a judgement, by what else they may be called.
COMMENT_KEYS = {name: ours for field, ours in OPTIONAL.items() for name in SURE[field]}
# Of a judgement: our keys, and what else they may be called.
JUDGED = {
    "site": "site host",
    "thread": "thread threadid topic discussion",
    "words": "words word text quote quotes quotation exact sentence passage claim",
    "target": "target targets to parent aim answers replyto targetcomment",
    "target_words": "targetwords targetword towords targettext targetquote targetexact targetclaim aimwords",
    "occurrence": "occurrence nth which time number",
    "target_occurrence": "targetoccurrence targetnth",
    "by": "by judge author who user name judgedby",
    "note": "note notes why because reason comments",
}
JUDGEMENT_KEYS = {name: ours for ours, names in JUDGED.items() for name in names.split()}
OF_ALL = {"comment", "judgement", "kind"}


def misnamed_of_judgement(record: Mapping[str, object]) -> tuple[str, str] | None:
    """The first key of a judgement that is not read though it says what one of ours would, and that one; else None."""
    for key in sorted(record.keys() - JUDGED.keys() - OF_ALL):
        ours = JUDGEMENT_KEYS.get(letters(key))
        if ours is not None and record.get(ours) is None and record[key] not in (None, ""):
            return key, ours
    return None


class Misnamed:
    """Sees the records of a file, and tells once of each key that is not read though we have one for what it says."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = frozenset(known)
        self.first: dict[str, tuple[int, str]] = {}

    def see(self, record: Mapping[str, object], line: int) -> None:
        """Takes the record of that line."""
        for key in record.keys() - self.known:
            ours = COMMENT_KEYS.get(letters(key))
            if ours is not None and ours not in record and record[key] not in (None, "") and key not in self.first:
                self.first[key] = (line, ours)

    def problems(self, file: str) -> Iterator[Problem]:
        """A warning for each such key, where it stood first."""
        for key, (line, ours) in sorted(self.first.items(), key=lambda entry: entry[1]):
            yield Problem(file, line, f'nothing reads "{key}"; the key for that is "{ours}"', lost=False)
