"""The judgements of a thread: those of a load beside those of the store, the later in place of the earlier."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping

from rejoinder.errors import Problem
from rejoinder.loaders.passages import place_of
from rejoinder.loaders.stated import NOWHERE
from rejoinder.records import Comment, Found, Judgement, Kind, Verdict, kinds, normalised

Judged = dict[tuple[str, str], dict[str, Judgement]]  # by comment and words, and then by name


def gathered_judgements(
    held: Iterable[Judgement], found: Iterable[Found], comments: Mapping[str, Comment]
) -> Generator[Problem, None, tuple[Judgement, ...]]:
    """The thread's judgements by name, after a Problem for each that does not fit its comments; `found` in load order.

    One that the store holds stays there, with a warning: the comment may get its old words back.
    """
    kept: Judged = {}
    for old in held:
        kept.setdefault(words_of(old), {})[old.name] = old
    yield from (unfit(old, comments) for old in held if fault(old, comments) is not None)
    for one in found:
        assert isinstance(one.record, Judgement)
        yield from taken(one.record, kept, comments, (one.file, one.line))
    return tuple(sorted((one for some in kept.values() for one in some.values()), key=lambda one: one.name))


def taken(new: Judgement, kept: Judged, comments: Mapping[str, Comment], place: tuple[str, int]) -> Iterator[Problem]:
    """Puts a judgement in place of those that it contradicts; a Problem where it does not fit, and changes nothing."""
    wrong = fault(new, comments) if new.verdict is not Verdict.WITHDRAWN else None
    if wrong is not None:
        yield Problem(*place, f"judgement of comment {new.comment!r}: {wrong}", lost=True)
        return
    same = kept.setdefault(words_of(new), {})
    gone = [name for name, old in same.items() if displaces(new, old)]
    for name in gone:
        del same[name]
    if new.verdict is not Verdict.WITHDRAWN:
        same[new.name] = new
    elif not gone:
        message = f"judgement of comment {new.comment!r}: nothing of that kind was judged of these words"
        yield Problem(*place, message, lost=False)


def words_of(one: Judgement) -> tuple[str, str]:
    """The comment and the words that are judged."""
    return one.comment, normalised(one.words or "")


def displaces(new: Judgement, old: Judgement) -> bool:
    """True if a judgement takes the place of an earlier one of the same words: both cannot hold, or it withdraws that.

    Words make one move to one target, beside which they may say the same as that. What is wrong is wrong with all kinds
    below its own.
    """
    if new.name == old.name:
        return True
    if not one_aim(new, old):
        return False
    if new.verdict is Verdict.WITHDRAWN:
        return new.kind in kinds(old.kind)
    if new.verdict is old.verdict:
        alike = (new.kind, old.kind).count(Kind.SIMILARITY)
        return new.verdict is Verdict.RIGHT and alike != 1
    right, wrong = (new, old) if new.verdict is Verdict.RIGHT else (old, new)
    return wrong.kind in kinds(right.kind)


def one_aim(one: Judgement, other: Judgement) -> bool:
    """True if both can be of one target."""
    if None in (one.target, other.target):
        return True
    aims = (one.target_words, other.target_words)
    return one.target == other.target and (None in aims or normalised(aims[0] or "") == normalised(aims[1] or ""))


def unfit(old: Judgement, comments: Mapping[str, Comment]) -> Problem:
    """What is said of a judgement that the store holds and that fits no more."""
    message = f"judgement of comment {old.comment!r}: {fault(old, comments)}; it is kept, and changes nothing"
    return Problem(*NOWHERE, message, lost=False)


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
