"""A point of a reply with all that decides what it does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rejoinder.loaders.extract.model.linear import Models
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.withdrawing import withdrawal_cue
from rejoinder.loaders.extract.points.acts import negations
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.points.late_answers import SORRY, is_late
from rejoinder.loaders.extract.text.caching import once
from rejoinder.loaders.extract.text.clauses import LEAST_TURN, TURNING
from rejoinder.loaders.extract.text.cues import opening_reach
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.text.words import words
from rejoinder.loaders.extract.weighing.reply_stance import ReplyStance
from rejoinder.loaders.extract.weighing.situation import Reply
from rejoinder.loaders.extract.weighing.targets import Choice
from rejoinder.loaders.extract.weighing.verdicts import Verdict
from rejoinder.records import MoveRef

TURNING_STARTS = frozenset(["but", "however", "still", "yet", "nevertheless", "though"])
SENTENCE_ENDS = ".!?…"
CLEAR_AGREEMENT = 0.75  # confidence of words of agreement that are believed where they open a sentence
STRONG_AGREEMENT = 0.5
GRANTING_ACTS = frozenset({"agree", "concede", "withdraw"})
SPEAKERS = ("i", "we")
FIRM_CONFIDENCE = 0.65  # confidence of words that are believed whatever a model says; "of course" is less
# A no that stands for itself, or before its sentence: "No.", "No, red fades", "No we should not"; but not "No doubt".
PLAIN_NO = re.compile(
    r"(?:\A|\W)(?:no|nope|nah)"
    r"(?:\s*[,.;:!–—-]|\s*\Z|\s+(?:we|you|they|i|it|he|she|this|that|there|not)\b)",
    re.IGNORECASE,
)
OPENING_CHARACTERS = 60  # characters of a sentence in which it says no, if it does
MOST_WORDS_BEFORE = 3  # words at most before a phrase with which a sentence is said to open


@dataclass(frozen=True)
class ReplyPoint:
    """A point of a reply: what it is about, what it does, and the objection or support that its target makes."""

    point: Point
    reply: Reply
    choice: Choice
    verdict: Verdict
    stance: ReplyStance
    models: Models
    objection: MoveRef | None
    support: MoveRef | None

    @once
    def sentence(self) -> Sentence:
        """The sentence that says what it does."""
        return self.point.first_sentence

    @once
    def author(self) -> str | None:
        """Who says it."""
        return self.reply.reading.comment.author


def agreement_phrase(sentence: Sentence, by_starter: bool) -> str | None:
    """The words with which the sentence agrees or concedes; a stranger's agreement must be a strong one."""
    cue = sentence.cue("agree", "concede", "withdraw", "done")
    if cue is None or sentence.asks or (not by_starter and cue.confidence < STRONG_AGREEMENT):
        return None
    if cue.act == "withdraw" and withdrawal_cue(sentence) is None:
        return None
    if cue.phrase in SORRY and is_late(sentence):
        return None
    denial = sentence.cue("disagree", "wrong")
    return None if denial is not None and denial.confidence > cue.confidence else cue.phrase


def opens_with_agreement(first: Sentence) -> bool:
    """True if clear words of agreement open the sentence, and nothing in it turns against them."""
    if {"contrast", "disagree", "wrong"} & first.acts:
        return False
    phrases = [
        words(cue.phrase) for cue in first.cues if cue.act in GRANTING_ACTS and cue.confidence >= CLEAR_AGREEMENT
    ]
    starts = range(opening_end_with_speaker(first.words) + 1)
    ends = [at + len(phrase) for phrase in phrases for at in starts if first.words[at : at + len(phrase)] == phrase]
    return any(not negations(first.words[end:]) for end in ends)


def opening_end_with_speaker(tokens: tuple[str, ...]) -> int:
    """The last place at which words still open a sentence: after "OK" and the like, and after "I" or "we"."""
    place = opening_reach(tokens)
    return place + (place < len(tokens) and tokens[place] in SPEAKERS)


def opening_confidence(first: Sentence, *acts: str) -> float:
    """How sure it is that a sentence means its words of these acts, where it opens with them; 0 where it does not.

    Three words may stand before them ("@Ada That is wrong, ..."); nothing in the sentence may turn against it.
    """
    cue = first.cue(*acts)
    if cue is None or cue.confidence < FIRM_CONFIDENCE or "contrast" in first.acts:
        return 0.0
    if cue.phrase == "no" and not says_no(first):
        return 0.0
    phrase = words(cue.phrase)
    begins = (first.words[at : at + len(phrase)] == phrase for at in range(MOST_WORDS_BEFORE + 1))
    return cue.confidence if any(begins) else 0.0


def says_no(first: Sentence) -> bool:
    """True if it begins with a no that is one: "No, red fades", but not "No doubt"."""
    return PLAIN_NO.search(first.exact[:OPENING_CHARACTERS]) is not None


def turns_after_grant(reply_point: ReplyPoint) -> bool:
    """True if the point begins with "but" and the like, or goes on so, right after one that grants something."""
    number = reply_point.reply.points.index(reply_point.point)
    if not number or reply_point.sentence.asks or not reply_point.sentence.words:
        return False
    before = reply_point.reply.points[number - 1].first_sentence
    if {"agree", "concede"}.isdisjoint(before.acts):
        return False
    return reply_point.sentence.words[0] in TURNING_STARTS or turns_against(before, reply_point.sentence)


def turns_against(before: Sentence, after: Sentence) -> bool:
    """True if a sentence, or the rest of one that grants, turns: "but ...", "that said ...", "...; Y still stands"."""
    if len(after.words) < LEAST_TURN or not GRANTING_ACTS.isdisjoint(after.acts):
        return False
    opens = after.words[0] in TURNING or after.words[:2] in (("that", "said"), ("even", "so"))
    return opens or (before.exact[-1] not in SENTENCE_ENDS and not TURNING.isdisjoint(after.words))


def owes_answer(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """True if the point is about an objection, and its author is whom that is addressed to, as far as is known."""
    return reply_point.objection is not None and ledger.owner(reply_point.objection) in (None, reply_point.author)


def objections_owed(reply_point: ReplyPoint, ledger: Ledger) -> list[MoveRef]:
    """The objections in the comment that the point is about which its author owes an answer, as far as is known."""
    objections = ledger.objections_in(reply_point.choice.comment.id)
    return [move_ref for move_ref in objections if ledger.owner(move_ref) in (None, reply_point.author)]
