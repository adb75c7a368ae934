"""How the target of a move was chosen, as a sentence."""

from __future__ import annotations

from rejoinder.graph.explanations.extraction_notes import Aim
from rejoinder.records import ChosenBy

POINTING_CHOICES = set(ChosenBy) - {ChosenBy.WHOLE}  # at something that the comment says
TARGET_KIND_WORDS = {
    "Comment": "it speaks to the comment as a whole",
    "Question": "what it answers is the question there",
    "Support": "what it is aimed at is the support that begins there",
}
OBJECTION_WORDS = "what it answers is the objection there"


def aim_words(aim: Aim, kind: str) -> str:
    """The sentence for a target of this kind.

    >>> aim_words(Aim("shared words", 0.21, (), ("bell", "tower"), 3), "Claim")
    'Of the 3 claims in that comment, this one shares most with it: “bell”, “tower” (closeness 0.21 of 1).'
    """
    sentence = _choice_sentence(aim)
    if kind in {"Claim", "Thread", "Span", ""} or aim.by not in POINTING_CHOICES:
        return f"{sentence}."
    return f"{sentence}; {TARGET_KIND_WORDS.get(kind, OBJECTION_WORDS)}."


def _choice_sentence(aim: Aim) -> str:  # noqa: C901 - a table
    target = f"“{aim.text}”" if aim.text else "this one"
    match aim.by:
        case ChosenBy.QUOTE:
            return f"It reacts to a quotation of {target}{_shared_words(aim, '; both share ')}"
        case ChosenBy.NUMBER:
            return f"It names {target} by its number{_shared_words(aim, '; both share ')}"
        case ChosenBy.TOPIC:
            return f"Its first words name what {target} is about{_shared_words(aim, '; both share ')}"
        case ChosenBy.ASKED:
            return f"Its first words answer the question {target}{_shared_words(aim, '; both share ')}"
        case ChosenBy.SHARED:
            return f"{_of_claims_words(aim)}, {target} shares most with it{_shared_words(aim, ': ')}"
        case ChosenBy.ALIKE:
            return f"{_of_claims_words(aim)}, {target} is nearest to it in meaning{_shared_words(aim, '; both share ')}"
        case ChosenBy.FIRST if aim.of == 1:
            return f"It is the only claim in that comment{'' if aim.share else ', though they share no telling word'}"
        case ChosenBy.FIRST:
            return f"{_no_claim_words(aim)} shares enough words with it; {target} is the first that makes a point"
        case ChosenBy.FIT:
            nothing = _no_claim_words(aim)
            return f"{nothing} shares enough words with it; {target} fits best by what it says and where it stands"
        case ChosenBy.WHOLE:
            return "No claim is made in that comment, so it is aimed at the whole of it"
    begins = "It is about" if aim.by and aim.by.startswith("the ") else "Chosen:"
    return f"{begins} {aim.by or 'how is not said'}{_shared_words(aim, '; both share ')}"


def _no_claim_words(aim: Aim) -> str:
    return f"None of the {aim.of} claims in that comment" if aim.of else "No claim in that comment"


def _of_claims_words(aim: Aim) -> str:
    return f"Of the {aim.of} claims in that comment" if aim.of and aim.of > 1 else "Of what that comment claims"


def _shared_words(aim: Aim, lead: str) -> str:
    words = lead + ", ".join(f"“{word}”" for word in aim.words) if aim.words else ""
    return words + (f" (closeness {aim.share:.2f} of 1)" if aim.share else "")
