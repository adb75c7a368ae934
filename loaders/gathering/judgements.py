"""The judgements of a thread: those of a load beside those of the store, the later in place of the earlier."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping

from rejoinder.errors import Problem
from rejoinder.loaders.gathering.passages import find_passage, words_without_marks
from rejoinder.loaders.gathering.stated import NOWHERE
from rejoinder.records import Comment, Found, Judgement, Kind, Verdict, identity_text, with_wider_kinds

# Of the same words of a comment, by what is said (verdict and kind), by the target, and by the words there.
JudgementsByAim = dict[str | None, dict[str | None, Judgement]]
JudgementsByVerdict = dict[tuple[Verdict, Kind], JudgementsByAim]
JudgementsByWords = dict[tuple[str, str, int], JudgementsByVerdict]


def gather_judgements(
    held: Iterable[Judgement], found: Iterable[Found], comments: Mapping[str, Comment]
) -> Generator[Problem, None, tuple[Judgement, ...]]:
    """The thread's judgements by name, after a Problem for each that does not fit its comments; `found` in load order.

    One that the store holds stays there, with a warning: the comment may get its old words back.
    """
    kept: JudgementsByWords = {}
    for old in held:
        keep_judgement(old, kept)
    yield from (unfit_problem(old, comments) for old in held if judgement_fault(old, comments) is not None)
    for one in found:
        assert isinstance(one.record, Judgement)
        yield from take_judgement(one.record, kept, comments, (one.file, one.line))
    left = (one for same in kept.values() for aims in same.values() for some in aims.values() for one in some.values())
    return tuple(sorted(left, key=lambda one: one.name))


def keep_judgement(one: Judgement, kept: JudgementsByWords) -> None:
    """Puts a judgement with the others."""
    aims = kept.setdefault(judged_place(one), {}).setdefault((one.verdict, one.kind), {})
    aims.setdefault(one.target, {})[aim_of(one)] = one


def take_judgement(
    new: Judgement, kept: JudgementsByWords, comments: Mapping[str, Comment], place: tuple[str, int]
) -> Iterator[Problem]:
    """Puts a judgement in place of those that it contradicts; a Problem where it does not fit, and changes nothing."""
    wrong = judgement_fault(new, comments) if new.verdict is not Verdict.WITHDRAWN else None
    same = kept.get(judged_place(new), {})
    if wrong is not None and same.get((new.verdict, new.kind), {}).get(new.target, {}).get(aim_of(new)) == new:
        return  # the store holds it, and has said that it fits no more
    if wrong is not None:
        yield Problem(*place, f"judgement of comment {new.comment!r}: {wrong}", lost=True)
        return
    gone = [
        place
        for (verdict, kind), aims in same.items()
        if displaces_judgement(new, verdict, kind)
        for place in judgements_met(aims, new)
    ]
    for some, aim in gone:
        del some[aim]
    if new.verdict is not Verdict.WITHDRAWN:
        keep_judgement(new, kept)
    elif not gone:
        message = f"judgement of comment {new.comment!r}: nothing of that kind was judged of these words"
        yield Problem(*place, message, lost=False)


def judged_place(one: Judgement) -> tuple[str, str, int]:
    """The comment and the words that are judged, and which of those there."""
    return one.comment, plain_words(one.words or ""), one.occurrence or 1


def aim_of(one: Judgement) -> str | None:
    """The words of the target that are meant, and which of those there."""
    which = f"\0{one.target_occurrence}" if one.target_occurrence else ""
    return None if one.target_words is None else plain_words(one.target_words) + which


def plain_words(words: str) -> str:
    """What is the same for the same words in other lines, marks and letters."""
    return identity_text(" ".join(words_without_marks(words)) or words)


def displaces_judgement(new: Judgement, verdict: Verdict, kind: Kind) -> bool:
    """True if a judgement takes the place of an earlier one of this verdict and kind, of the same words and target.

    Both cannot hold, or it withdraws that. Words make one move to one target, beside which they may say the same as
    that. What is wrong is wrong with all kinds below its own.
    """
    if new.verdict is Verdict.WITHDRAWN:
        return new.kind in with_wider_kinds(kind)
    if new.verdict is verdict:
        return new.verdict is Verdict.RIGHT and (new.kind is Kind.SIMILARITY) == (kind is Kind.SIMILARITY)
    right, wrong = (new.kind, kind) if new.verdict is Verdict.RIGHT else (kind, new.kind)
    return wrong in with_wider_kinds(right)


def judgements_met(aims: JudgementsByAim, new: Judgement) -> Iterator[tuple[dict[str | None, Judgement], str | None]]:
    """Where those stand that can be of one target with the new one: without a target, or words of it, any is meant."""
    own = aim_of(new)
    for target in aims if new.target is None else (new.target, None):
        some = aims.get(target, {})
        yield from ((some, aim) for aim in (some if own is None else (own, None)) if aim in some)


def unfit_problem(old: Judgement, comments: Mapping[str, Comment]) -> Problem:
    """What is said of a judgement that the store holds and that fits no more."""
    message = f"judgement of comment {old.comment!r}: {judgement_fault(old, comments)}; it is kept, and changes nothing"
    return Problem(*NOWHERE, message, lost=False)


def judgement_fault(one: Judgement, comments: Mapping[str, Comment]) -> str | None:
    """What does not fit the comments, None where all does."""
    if not comments:
        return f"expected a thread that is loaded, got {one.thread.id!r} of site {one.thread.site!r}"
    for comment, words, occurrence in (
        (one.comment, one.words, one.occurrence),
        (one.target, one.target_words, one.target_occurrence),
    ):
        if comment is None:
            continue
        if comment not in comments:
            return f"expected a loaded comment, got {comment!r}"
        text = comments[comment].text
        if not text.strip():
            return f"expected a comment with words in it, got {comment!r}"
        if words is not None and find_passage(words, text, occurrence) is None:
            often = f" for the {occurrence}. time" if occurrence and find_passage(words, text) else ""
            return f"expected words of comment {comment!r}, got {words[:60]!r}{often}"
    return "expected a target other than the judged words themselves" if is_aimed_at_itself(one, comments) else None


def is_aimed_at_itself(one: Judgement, comments: Mapping[str, Comment]) -> bool:
    """True if the words that are judged are the target, too."""
    if one.target != one.comment:
        return False
    text = comments[one.comment].text
    meant = ((one.words, one.occurrence), (one.target_words, one.target_occurrence))
    places = [None if words is None else find_passage(words, text, occurrence) for words, occurrence in meant]
    return places[0] is None or places[0] == places[1]
