"""What the model of addressees learns from: labelled threads as flat pages, where each comment sets the one it answers
against the others before it, two by two (as benchmarks/train_fits.py does with claims).

Comments whose words show whom they answer teach nothing, for the model is not asked about them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.train_fits import Difference
from rejoinder.loaders.extract.addressing.likeliest import Candidate, addressee_candidates
from rejoinder.loaders.extract.addressing.talk import Talk
from rejoinder.loaders.extract.model.linear import NO, YES, feature_difference
from rejoinder.loaders.extract.people.bots import is_bot
from rejoinder.loaders.extract.text.reading import read_comment
from rejoinder.loaders.extract.text.words import stem_weights
from rejoinder.records import Comment, Discussion


def differences(discussion: Discussion) -> Iterator[Difference]:
    """The pairs of comments that the comments of a thread set against each other; those of one comment count 2."""
    truth = {comment.id: comment.parent for comment in discussion.comments}
    for reply, candidates in comments_to_learn(flat(discussion)):
        right = [candidate for candidate in candidates if candidate.reading.comment.id == truth[reply.id]]
        wrong = [candidate for candidate in candidates if candidate.reading.comment.id != truth[reply.id]]
        for mine in right:
            for other in wrong:
                yield Difference(feature_difference(mine.features, other.features), YES, 1 / len(wrong))
                yield Difference(feature_difference(other.features, mine.features), NO, 1 / len(wrong))


def flat(discussion: Discussion) -> Discussion:
    """The thread as a page without replies shows it: all comments stand below the first."""
    first, *others = discussion.comments
    below = (replace(other, parent=first.id, addressed=False) for other in others)
    return replace(discussion, comments=(replace(first, parent=None), *below))


def comments_to_learn(page: Discussion) -> Iterator[tuple[Comment, list[Candidate]]]:
    """The comments whose words do not show whom they answer, and those that each can answer."""
    readings = {comment.id: read_comment(comment) for comment in page.comments}
    talk = Talk(
        named_origins={},
        weight=stem_weights(sentence.stems for parsed in readings.values() for sentence in parsed.sentences),
    )
    for reading in readings.values():
        addressees = talk.addressees_by_words(reading)
        if not addressees and not is_bot(reading.comment.author):
            yield reading.comment, addressee_candidates(reading, talk)
        talk.add_comment(reading, addressees)
