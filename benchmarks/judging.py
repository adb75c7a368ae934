"""What judging is worth: the worklist of held-back threads, after a reader has judged each row of it by the labels.

    python -m benchmarks.judging            --write writes the table into docs/judgements.md

The reader goes down the list once a round. A row that is open is called right, one that is no objection wrong; where
another's words are labelled to answer it, those are said to answer it. A row that repeats one is left as it is. Then
the thread is read again, with these judgements, as a load would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import click

from benchmarks.labelled_threads import discussion
from benchmarks.tables import DOCS, put, share, table
from benchmarks.worklist import AGAIN, ANSWERED, ANSWERING, NONE, OPEN, SETTINGS, meant, nearest, truths, unaddressed
from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.labelled import ATTACKS, LabelledThread, Place, Segment, threads_held_back
from rejoinder.loaders.gathering.judgements import gather_judgements
from rejoinder.records import Discussion, Found, Judgement, Kind, Move, Verdict

PAGE = DOCS / "judgements.md"
ROUNDS = 3
Row = tuple[str, Place, Move]  # what it is by the labels, the place that is meant, and the move


def rows(thread: LabelledThread, whole: Discussion) -> list[Row]:
    """The rows that are listed of a thread, the most pressing first."""
    truth, found, known = truths(thread), list[Row](), set[Place]()
    for _, move in unaddressed(whole, extract(whole)):
        if move.confidence >= SETTINGS.objection_threshold:
            place = meant(thread, nearest(thread, move)[0])
            found.append((AGAIN if place in known else truth.get(place, NONE), place, move))
            known.add(place)
    return found


def judged(thread: LabelledThread, listed: Sequence[Row]) -> Iterator[Judgement]:
    """What a reader says of rows that nobody has judged yet, and of answers to those that have some."""
    key = discussion(thread).thread.key
    for told, place, move in listed:
        words, comment = move.evidence[0].exact, move.comment or ""
        if told == ANSWERED:
            for answering, segment in answers(thread, place):
                yield Judgement(key, answering, kind(segment), Verdict.RIGHT, segment.exact, comment, words)
        elif move.judgement is None and told in (OPEN, NONE):
            yield Judgement(key, comment, Kind.OBJECTION, Verdict.RIGHT if told == OPEN else Verdict.WRONG, words)


def answers(thread: LabelledThread, place: Place) -> Iterator[tuple[str, Segment]]:
    """The segments of others that are labelled to answer an objection, each with its comment."""
    raiser = next(one.author for one in thread.comments if one.id == place[0])
    for comment in thread.comments:
        for segment in comment.segments if comment.author != raiser else ():
            if segment.label in ANSWERING and not {place, (place[0], None)}.isdisjoint(segment.aims):
                yield comment.id, segment


def kind(segment: Segment) -> Kind:
    """The kind of an answer, by its label."""
    return (
        Kind.COUNTER
        if segment.label in ATTACKS
        else Kind.CONCESSION
        if segment.label == "concession"
        else Kind.CLARIFICATION
    )


def with_judgements(whole: Discussion, new: Sequence[Judgement]) -> Discussion:
    """The thread with these judgements beside, or in place of, those that it has; ValueError for one that fits not."""
    found = (Found(judgement, "reader", 0) for judgement in new)
    gathering = gather_judgements(whole.judgements, found, {comment.id: comment for comment in whole.comments})
    try:
        raise ValueError(str(next(gathering)))
    except StopIteration as done:
        return replace(whole, judgements=done.value)


def rounds(thread: LabelledThread) -> Iterator[tuple[Counter[str], int]]:
    """What the rows of a thread are before each round, and how many judgements there are by then."""
    whole = discussion(thread)
    listed = rows(thread, whole)
    yield Counter(told for told, _, _ in listed), len(whole.judgements)
    for _ in range(ROUNDS):
        after = with_judgements(whole, list(judged(thread, listed)))
        if after != whole:  # what stays as it was is read as it was
            whole, listed = after, rows(thread, after)
        yield Counter(told for told, _, _ in listed), len(whole.judgements)


def drawn() -> str:
    """The table: a line before each round."""
    each = [list(rounds(thread)) for thread in threads_held_back()]
    lines = []
    for number in range(ROUNDS + 1):
        told = sum((one[number][0] for one in each), Counter[str]())
        counts = [told.total(), *(told[name] for name in (OPEN, ANSWERED, NONE, AGAIN))]
        title = "as it is found" if number == 0 else f"judged {('once', 'twice', 'three times')[number - 1]}"
        made = sum(one[number][1] for one in each)
        lines.append([title, str(made), *map(str, counts), share(told[OPEN] / max(1, told.total()))])
    head = ["the worklist", "judgements", "rows", "open", "answered", "no objection", "the same again", "open right"]
    return table(head, lines)


@click.command()
@click.option("--write", is_flag=True, help="Write the table into docs/judgements.md.")
def main(write: bool) -> None:
    """Print what is listed of the threads that are held back, before and after a reader has judged it."""
    made = drawn()
    click.echo(made)
    if write:
        put(PAGE, "judging", made)


if __name__ == "__main__":
    main()
