"""The judgements of a thread: those of a load beside those of the store, the later in place of the earlier."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping

from rejoinder.errors import Problem
from rejoinder.loaders.gathering.passages import find_passage, words_without_marks
from rejoinder.loaders.gathering.stated_checks import NOWHERE
from rejoinder.records import Comment, Found, Judgement, Kind, Verdict, identity_text, with_wider_kinds

# Of the same words of a comment, by what is said (verdict and kind), by the target, and by the words there.
JudgementsByTarget = dict[str | None, dict[str | None, Judgement]]
JudgementsByVerdict = dict[tuple[Verdict, Kind], JudgementsByTarget]
JudgementsByWords = dict[tuple[str, str, int], JudgementsByVerdict]


def gather_judgements(
    judgements: Iterable[Judgement], loaded: Iterable[Found], comments: Mapping[str, Comment]
) -> Generator[Problem, None, tuple[Judgement, ...]]:
    """The thread's judgements by name, after a Problem for each that does not fit its comments, in load order.

    One that the store holds stays there, with a warning: the comment may get its old words back.
    """
    by_words: JudgementsByWords = {}
    for old in judgements:
        keep_judgement(old, by_words)
    yield from (misfit_problem(old, comments) for old in judgements if judgement_fault(old, comments) is not None)
    for entry in loaded:
        assert isinstance(entry.record, Judgement)
        yield from take_judgement(entry.record, by_words, comments, (entry.file, entry.line))
    remaining = (
        judgement
        for by_verdict in by_words.values()
        for by_target in by_verdict.values()
        for by_aim in by_target.values()
        for judgement in by_aim.values()
    )
    return tuple(sorted(remaining, key=lambda judgement: judgement.name))


def keep_judgement(judgement: Judgement, by_words: JudgementsByWords) -> None:
    """Puts a judgement with the others."""
    by_target = by_words.setdefault(judged_place(judgement), {}).setdefault((judgement.verdict, judgement.kind), {})
    by_target.setdefault(judgement.target, {})[aim_of(judgement)] = judgement


def take_judgement(
    new: Judgement, by_words: JudgementsByWords, comments: Mapping[str, Comment], place: tuple[str, int]
) -> Iterator[Problem]:
    """Puts a judgement in place of those that it contradicts; a Problem where it does not fit, and changes nothing."""
    wrong = judgement_fault(new, comments) if new.verdict is not Verdict.WITHDRAWN else None
    same = by_words.get(judged_place(new), {})
    if wrong is not None and same.get((new.verdict, new.kind), {}).get(new.target, {}).get(aim_of(new)) == new:
        return  # the store holds it, and has said that it fits no more
    if wrong is not None:
        yield Problem(*place, f"judgement of comment {new.comment!r}: {wrong}", lost=True)
        return
    gone = [
        met
        for (verdict, kind), by_target in same.items()
        if displaces_judgement(new, verdict, kind)
        for met in judgements_met(by_target, new)
    ]
    for by_aim, aim in gone:
        del by_aim[aim]
    if new.verdict is not Verdict.WITHDRAWN:
        keep_judgement(new, by_words)
    elif not gone:
        message = f"judgement of comment {new.comment!r}: nothing of that kind was judged of these words"
        yield Problem(*place, message, lost=False)


def judged_place(judgement: Judgement) -> tuple[str, str, int]:
    """The comment and the words that are judged, and which of those there."""
    return judgement.comment, plain_words(judgement.words or ""), judgement.occurrence or 1


def aim_of(judgement: Judgement) -> str | None:
    """The words of the target that are meant, and which of those there."""
    suffix = f"\0{judgement.target_occurrence}" if judgement.target_occurrence else ""
    return None if judgement.target_words is None else plain_words(judgement.target_words) + suffix


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


def judgements_met(
    by_target: JudgementsByTarget, new: Judgement
) -> Iterator[tuple[dict[str | None, Judgement], str | None]]:
    """Where those stand that can be of one target with the new one: without a target, or words of it, any is meant."""
    own = aim_of(new)
    for target in by_target if new.target is None else (new.target, None):
        by_aim = by_target.get(target, {})
        yield from ((by_aim, aim) for aim in (by_aim if own is None else (own, None)) if aim in by_aim)


def misfit_problem(old: Judgement, comments: Mapping[str, Comment]) -> Problem:
    """What is said of a judgement that the store holds and that fits no more."""
    message = f"judgement of comment {old.comment!r}: {judgement_fault(old, comments)}; it is kept, and changes nothing"
    return Problem(*NOWHERE, message, lost=False)


def judgement_fault(judgement: Judgement, comments: Mapping[str, Comment]) -> str | None:
    """What does not fit the comments, None where all does."""
    if not comments:
        return f"expected a thread that is loaded, got {judgement.thread.id!r} of site {judgement.thread.site!r}"
    for comment, words, occurrence in (
        (judgement.comment, judgement.words, judgement.occurrence),
        (judgement.target, judgement.target_words, judgement.target_occurrence),
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
    return (
        "expected a target other than the judged words themselves" if is_aimed_at_itself(judgement, comments) else None
    )


def is_aimed_at_itself(judgement: Judgement, comments: Mapping[str, Comment]) -> bool:
    """True if the words that are judged are the target, too."""
    if judgement.target != judgement.comment:
        return False
    text = comments[judgement.comment].text
    passages = ((judgement.words, judgement.occurrence), (judgement.target_words, judgement.target_occurrence))
    places = [None if words is None else find_passage(words, text, occurrence) for words, occurrence in passages]
    return places[0] is None or places[0] == places[1]
