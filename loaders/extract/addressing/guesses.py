"""Whom a comment is likely addressed to where no word of it shows that: the likeliest comment, or the post above."""

from __future__ import annotations

from rejoinder.loaders.extract.addressing.addressees import Addressee, AddresseeOdds, Rule, opening_words
from rejoinder.loaders.extract.addressing.likeliest import difference_weighed, ranked_candidates
from rejoinder.loaders.extract.addressing.talk import Talk
from rejoinder.loaders.extract.model.linear import Model
from rejoinder.loaders.extract.text.reading import Reading

LEAST_PROBABILITY = 0.2  # from here on a comment is perhaps answered
DIGITS = 2
RULE_CUES = {
    Rule.LIKELIEST: "whom it likeliest answers, by place and words",
    Rule.PERHAPS: "perhaps a comment before",
    Rule.POST: "the opening post, below which comments without a parent stand",
}


def guessed_addressees(reading: Reading, talk: Talk, model: Model) -> tuple[Addressee, ...]:
    """The likeliest comment, unless it is the post that the comment stands below; then others that are possible."""
    ranked, addressees = ranked_candidates(reading, talk, model), list[Addressee]()
    for number, (candidate, sure) in enumerate(ranked):
        rule, name = Rule.PERHAPS if number else Rule.LIKELIEST, candidate.reading.comment.id
        if name != reading.comment.parent and (not number or sure >= LEAST_PROBABILITY):
            other, theirs = ranked[0 if number else 1] if len(ranked) > 1 else (None, 0.0)
            addressee_odds = AddresseeOdds(
                round(sure, DIGITS), round(theirs, DIGITS), difference_weighed(candidate, other, model)
            )
            addressees.append(Addressee(name, rule, RULE_CUES[rule], opening_words(reading), odds=addressee_odds))
    return tuple(addressees)


def post_as_addressee(reading: Reading, talk: Talk) -> tuple[Addressee, ...]:
    """The opening post, below which a comment stands that names no parent where others do."""
    comment, post = reading.comment, talk.post
    if post is None or comment.parent is not None or post.id == comment.id or not reading.blocks:
        return ()
    if comment.author is not None and comment.author == post.author:
        return ()
    return (Addressee(post.id, Rule.POST, RULE_CUES[Rule.POST], opening_words(reading)),)
