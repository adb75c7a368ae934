"""Whom a comment is likely addressed to where no word of it says so: by who speaks when, and to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from rejoinder.loaders.extract.addressing.addressees import BELOW_POST, GUESSES, MOST, Addressee, Rule, beginning
from rejoinder.loaders.extract.addressing.talk import Talk
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.records import Comment


def guessed(reading: Reading, talk: Talk) -> tuple[Addressee, ...]:
    """The likeliest comment, if any is likelier than the post above; then those of which it is only not known."""
    comment, above = reading.comment, above_of(reading.comment, talk)
    if comment.author is None or above is None or not reading.blocks:
        return ()
    calls, shown, found = talk.said_to(comment), beginning(reading), dict[str, Addressee]()
    for rule, one in (*likely(comment, above, calls, talk), *possible(comment, calls, talk)):
        if one.id != comment.parent:
            found.setdefault(one.id, Addressee(one.id, rule, GUESSES.get(rule, BELOW_POST), shown))
    return tuple(found.values())


def below_post(reading: Reading, talk: Talk) -> tuple[Addressee, ...]:
    """The opening post, below which a comment stands that alone names no parent where others do."""
    comment, post = reading.comment, talk.post
    if post is None or comment.parent is not None or post.id == comment.id or not reading.blocks:
        return ()
    if comment.author is not None and comment.author == post.author:
        return ()
    return (Addressee(post.id, Rule.POST, BELOW_POST, beginning(reading)),)


def above_of(comment: Comment, talk: Talk) -> Comment | None:
    """The post that the comment stands below, if it was heard: without a parent, the opening post."""
    if comment.parent is None:
        return talk.opening()
    reading = talk.readings.get(comment.parent)
    return None if reading is None else reading.comment


def likely(comment: Comment, above: Comment, calls: Sequence[Comment], talk: Talk) -> Iterator[tuple[Rule, Comment]]:
    """The likeliest: nobody answers themselves, two people take turns, and who was spoken to answers."""
    people, author = talk.beside(comment), comment.author or ""
    before = people.before(author)
    if before is None:
        return
    if above.author == author:
        yield Rule.OWN_POST, before
    elif talk.flat and people.alternates(author):
        yield Rule.TURNS, before
    elif calls:
        yield Rule.CALLED, calls[-1]
    elif comment.parent is None:
        yield Rule.OPENING if talk.post is None else Rule.POST, above


def possible(comment: Comment, calls: Sequence[Comment], talk: Talk) -> Iterator[tuple[Rule, Comment]]:
    """The comment right before, on a flat page, and all that was said to its author since they last spoke."""
    people = talk.beside(comment)
    if talk.flat and people.last is not None and people.last.author != comment.author:
        yield Rule.PERHAPS, people.last
    for one in islice(reversed(calls), MOST):
        yield Rule.PERHAPS, one
