"""Checks the judgements of people: the words that they judge must be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rejoinder.errors import Problem
from rejoinder.loaders.passages import place_of
from rejoinder.loaders.stated import NOWHERE, Places
from rejoinder.records import Comment, Judgement, Verdict


def accepted_judgements(
    judgements: dict[str, Judgement], comments: Mapping[str, Comment], places: Places
) -> Iterator[Problem]:
    """Drops what was withdrawn, and with a Problem each what does not fit the comments.

    One that the store holds stays there, with a warning: the comment may get its old words back.
    """
    for name in sorted(judgements):
        one = judgements[name]
        if one.verdict is Verdict.WITHDRAWN:
            del judgements[name]
            continue
        wrong = fault(one, comments)
        if wrong is not None:
            new = name in places
            kept = "" if new else "; it is kept, and changes nothing"
            message = f"judgement of comment {one.comment!r}: {wrong}{kept}"
            yield Problem(*places.get(name, NOWHERE), message, lost=new)
            if new:
                del judgements[name]


def fault(one: Judgement, comments: Mapping[str, Comment]) -> str | None:
    """What does not fit the comments, None where all does."""
    if not comments:
        return f"expected a thread that is loaded, got {one.thread.id!r} of site {one.thread.site!r}"
    for comment, words in ((one.comment, one.words), (one.target, one.target_words)):
        if comment is None:
            continue
        if comment not in comments:
            return f"expected a loaded comment, got {comment!r}"
        text = comments[comment].text
        if not text.strip():
            return f"expected a comment with words in it, got {comment!r}"
        if words is not None and place_of(words, text) is None:
            return f"expected words of comment {comment!r}, got {words[:60]!r}"
    if one.target == one.comment and one.words is None:
        return "expected a target other than the comment itself"
    return None
