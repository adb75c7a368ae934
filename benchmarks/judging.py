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
from benchmarks.worklist import (
    AGAIN,
    ANSWERED,
    ANSWERING,
    NONE,
    OPEN,
    SETTINGS,
    place_meant,
    segment_of_move,
    truth_by_place,
    unaddressed,
)
from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.labelled import ATTACKS, LabelledThread, Place, Segment, threads_held_back
from rejoinder.loaders.gathering.judgements import gather_judgements
from rejoinder.records import Discussion, Found, Judgement, Kind, Move, Verdict

PAGE = DOCS / "judgements.md"
ROUNDS = 3
Row = tuple[str, Place, Move]  # what it is by the labels, the place that is meant, and the move


def rows(thread: LabelledThread, conversation: Discussion) -> list[Row]:
    """The rows that are listed of a thread, the most pressing first."""
    truth, listed, seen_places = truth_by_place(thread), list[Row](), set[Place]()
    for _, move in unaddressed(conversation, extract(conversation)):
        if move.confidence >= SETTINGS.objection_threshold:
            place = place_meant(thread, segment_of_move(thread, move)[0])
            listed.append((AGAIN if place in seen_places else truth.get(place, NONE), place, move))
            seen_places.add(place)
    return listed


def judgements_of_rows(thread: LabelledThread, listed: Sequence[Row]) -> Iterator[Judgement]:
    """What a reader says of rows that nobody has judged yet, and of answers to those that have some."""
    key = discussion(thread).thread.key
    for truth, place, move in listed:
        words, comment = move.evidence[0].exact, move.comment or ""
        if truth == ANSWERED:
            for answering, segment in answers(thread, place):
                yield Judgement(key, answering, kind_of_segment(segment), Verdict.RIGHT, segment.exact, comment, words)
        elif move.judgement is None and truth in (OPEN, NONE):
            yield Judgement(key, comment, Kind.OBJECTION, Verdict.RIGHT if truth == OPEN else Verdict.WRONG, words)


def answers(thread: LabelledThread, place: Place) -> Iterator[tuple[str, Segment]]:
    """The segments of others that are labelled to answer an objection, each with its comment."""
    raiser = next(post.author for post in thread.comments if post.id == place[0])
    for comment in thread.comments:
        for segment in comment.segments if comment.author != raiser else ():
            if segment.label in ANSWERING and not {place, (place[0], None)}.isdisjoint(segment.places_aimed_at):
                yield comment.id, segment


def kind_of_segment(segment: Segment) -> Kind:
    """The kind of an answer, by its label."""
    return (
        Kind.COUNTER
        if segment.label in ATTACKS
        else Kind.CONCESSION
        if segment.label == "concession"
        else Kind.CLARIFICATION
    )


def with_judgements(conversation: Discussion, new: Sequence[Judgement]) -> Discussion:
    """The thread with these judgements beside, or in place of, those that it has; ValueError for one that fits not."""
    records = (Found(judgement, "reader", 0) for judgement in new)
    gathering = gather_judgements(
        conversation.judgements, records, {comment.id: comment for comment in conversation.comments}
    )
    try:
        raise ValueError(str(next(gathering)))
    except StopIteration as done:
        return replace(conversation, judgements=done.value)


def rounds(thread: LabelledThread) -> Iterator[tuple[Counter[str], int]]:
    """What the rows of a thread are before each round, and how many judgements there are by then."""
    conversation = discussion(thread)
    listed = rows(thread, conversation)
    yield Counter(truth for truth, _, _ in listed), len(conversation.judgements)
    for _ in range(ROUNDS):
        after = with_judgements(conversation, list(judgements_of_rows(thread, listed)))
        if after != conversation:  # what stays as it was is read as it was
            conversation, listed = after, rows(thread, after)
        yield Counter(truth for truth, _, _ in listed), len(conversation.judgements)


def judging_table() -> str:
    """The table: a line before each round."""
    histories = [list(rounds(thread)) for thread in threads_held_back()]
    lines = []
    for number in range(ROUNDS + 1):
        tally = sum((history[number][0] for history in histories), Counter[str]())
        counts = [tally.total(), *(tally[name] for name in (OPEN, ANSWERED, NONE, AGAIN))]
        title = "as it is found" if number == 0 else f"judged {('once', 'twice', 'three times')[number - 1]}"
        judgement_count = sum(history[number][1] for history in histories)
        lines.append([title, str(judgement_count), *map(str, counts), share(tally[OPEN] / max(1, tally.total()))])
    head = ["the worklist", "judgements", "rows", "open", "answered", "no objection", "the same again", "open right"]
    return table(head, lines)


@click.command()
@click.option("--write", is_flag=True, help="Write the table into docs/judgements.md.")
def main(write: bool) -> None:
    """Print what is listed of the threads that are held back, before and after a reader has judged it."""
    text = judging_table()
    click.echo(text)
    if write:
        put(PAGE, "judging", text)


if __name__ == "__main__":
    main()
