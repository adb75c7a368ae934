"""Whom a comment speaks to beside, or instead of, the comment that its source says it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rejoinder.loaders.extract.addressing.addressees import (
    Addressee,
    Rule,
    opening_words,
    shown_words,
    without_repetitions,
)
from rejoinder.loaders.extract.addressing.talk import Talk
from rejoinder.loaders.extract.people.mentions import AT, Mention, mentions_in_comment
from rejoinder.loaders.extract.people.misplaced import misplaced_note
from rejoinder.loaders.extract.points.quotes import SHORTEST, quoted_lines
from rejoinder.loaders.extract.text.reading import Reading

SOURCE_CUE = "its source says so"


def addressee_if_misplaced(reading: Reading, talk: Talk) -> tuple[Addressee, ...]:
    """The comment that this one says it was meant to answer, instead of what it stands below."""
    comment = reading.comment
    note = misplaced_note(reading, talk.name_lookup(comment))
    if note is None:
        return ()
    start, end, author = note
    if author == comment.author or (comment.addressed and author == talk.parent_author(comment)):
        return ()
    span = shown_words(comment, start, end)
    target = talk.comment_meant_of(author, reading)
    return (Addressee(target, Rule.MISPLACED, f"says that it was meant for {author}", span),)


def addressees_beside_parent(reading: Reading, talk: Talk) -> tuple[Addressee, ...]:
    """Whom a comment speaks to in turn that its source says answers another; nothing where that is all it answers.

    Below a comment only "@ana" counts; who stands below the opening post may have meant to stand below Ana.
    """
    comment = reading.comment
    top = talk.is_top(comment)
    if not top and "@" not in comment.text and "u/" not in comment.text:
        return ()
    mentions = mentions_in_comment(reading, talk.name_lookup(comment))
    spoken = [
        mention
        for mention in mentions
        if mention.to and mention.author != comment.author and (top or AT.match(comment.text, mention.start))
    ]
    addressees = [*addressees_spoken_to(spoken, reading, talk)]
    if all(addressee.comment == comment.parent for addressee in addressees):
        return ()
    first = min(addressee.start for addressee in addressees)
    if first > reading.sentences[0].start:
        if comment.parent not in talk.readings:
            return ()
        addressees.append(Addressee(comment.parent or "", Rule.TOLD, SOURCE_CUE, opening_words(reading)))
    addressees += parent_quoted_later(reading, talk, first)
    return without_repetitions(sorted(addressees, key=lambda addressee: addressee.start))


def addressees_spoken_to(spoken: Sequence[Mention], reading: Reading, talk: Talk) -> Iterator[Addressee]:
    """The comment of each who is spoken to; the one above alone where its author is called among others."""
    above = talk.readings.get(reading.comment.parent or "")
    to_above = {mention.since for mention in spoken if above is not None and mention.author == above.comment.author}
    for number, current in enumerate(spoken):
        if above is None or current.since not in to_above:
            yield talk.addressee_of_mention(current, reading, spoken[number + 1 :])
        elif current.author == above.comment.author:
            span = shown_words(reading.comment, current.start, current.end)
            yield Addressee(above.comment.id, Rule.TOLD, SOURCE_CUE, span, current.since)


def parent_quoted_later(reading: Reading, talk: Talk, first: int) -> Iterator[Addressee]:
    """The comment above, wherever its lines are quoted after somebody else was spoken to."""
    above = talk.readings.get(reading.comment.parent or "")
    for span in quoted_lines(reading) if above is not None else ():
        if span.start > first and len(span.exact) >= SHORTEST and above is not None and above.find(span.exact):
            yield Addressee(above.comment.id, Rule.TOLD, SOURCE_CUE, span, span.start)
