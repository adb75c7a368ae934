"""The signs by which a paragraph of a dump is somebody else's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from rejoinder.loaders.extract.dumps import openers
from rejoinder.loaders.extract.points import acts, purposes
from rejoinder.loaders.extract.text.blocks import Shape
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.text.words import weighted_overlap


class Role(StrEnum):
    """What a paragraph is in a dump."""

    OWN = "own"
    QUOTE = "quote"
    ASIDE = "aside"
    HEAD = "head"
    CITED = "cited"


POINTING_WORDS = frozenset(["this", "that", "these", "those", "it"])
OTHER_WORDS = frozenset(["another", "other", "third", "else"])
LEAST_SCORE = 2.0
REACTION_FOLLOWS = "a reaction follows"  # the sign that is believed only where the model does not deny it
LINKED_SHARE = 0.1  # share of words from which a paragraph that says "I" reacts to one that does not
REQUOTED = re.compile(r"[\"“]([^\"“”\n]{12,600})[\"”]")
REQUOTED_WORDS = 5
TAKEN_UP_WORDS = 2  # the same, for a sign among others
MOST_TAKEN_UP = 3  # paragraphs
LONGEST_RUN = 5  # paragraphs in a row that open as others do, before the one that reacts


def quotation_signs(
    number: int, readings: Sequence[Reading], roles: Sequence[Role | None], weight: Mapping[str, float], casual: bool
) -> Iterator[tuple[float, str, bool]]:
    """The signs of a quoted paragraph, surest first: how sure each is, its name, and whether it is there."""
    yield 0.8, "quoted again below", is_quoted_below(number, readings)
    yield 0.7, "introduced as quoted", is_introduced(number, readings, roles)
    yield 0.55, "breaks off or begins within a sentence", is_fragment(readings[number], casual)
    yield 0.5, "a question that is answered below", is_question_answered_below(number, readings)
    yield 0.45, "opens as others do, and a reaction follows", opens_as_others_before_reaction(number, readings, weight)
    yield 0.4, "wonders about something that is explained below", is_wonder_explained_below(number, readings)
    yield 0.35, REACTION_FOLLOWS, reaction_score(number, readings, roles, weight) >= LEAST_SCORE


def is_fragment(reading: Reading, casual: bool = False) -> bool:
    """Ends in the middle of a sentence, or begins there: which says nothing of those who write so always."""
    text = reading.comment.text.strip()
    begins_within = text[0].islower() and reading.blocks[0].shape != Shape.ITEM and not casual
    return begins_within or openers.OPEN_END.search(text) is not None


def is_introduced(number: int, readings: Sequence[Reading], roles: Sequence[Role | None]) -> bool:
    """Stands after "says" and the like, or goes on where the quoted line before it breaks off."""
    if number == 0:
        return False
    before = number - 1
    text = readings[before].comment.text.strip()
    if roles[before] == Role.QUOTE and goes_on_below(text):
        return True
    return introduces(readings[before]) or (roles[before] == Role.HEAD and "introduce" in readings[before].acts)


def goes_on_below(text: str) -> bool:
    """Ends within a sentence, as a line does that was wrapped; a comma may end a quotation that was cut short."""
    return text[-1].isalnum() and openers.OPEN_END.search(text) is not None


def introduces(reading: Reading) -> bool:
    """Ends by telling that somebody's words follow."""
    last = reading.sentences[-1].exact if reading.sentences else ""
    return breaks_off(reading) or openers.INTRODUCES.fullmatch(last) is not None


def breaks_off(reading: Reading) -> bool:
    """Ends in "says" or the like, so that what is said stands in the next paragraph."""
    return (
        bool(reading.words)
        and reading.words[-1] in openers.LEADING_IN
        and reading.comment.text.strip()[-1] not in ".!?"
    )


def is_quoted_below(number: int, readings: Sequence[Reading]) -> bool:
    """A paragraph soon after repeats a stretch of it between quotation marks; never where it says "I"."""
    if any(acts.is_of_self(sentence) for sentence in readings[number].sentences):
        return False
    text = readings[number].comment.text
    for after in readings[number + 1 : number + 6]:
        for match in REQUOTED.finditer(after.comment.text):
            if len(match[1].split()) >= REQUOTED_WORDS and match[1].rstrip(".,") in text:
                return True
    return False


def is_question_answered_below(number: int, readings: Sequence[Reading]) -> bool:
    """A question to "you" with an answer right after it."""
    if number + 1 >= len(readings) or not openers.ANSWERS_QUESTION.match(readings[number + 1].comment.text.strip()):
        return False
    reading = readings[number]
    questions = any(purposes.is_question(sentence) for sentence in reading.sentences)
    return questions and any(acts.addresses_reader(sentence) for sentence in reading.sentences)


def is_wonder_explained_below(number: int, readings: Sequence[Reading]) -> bool:
    """Wonders why something is so, or is surprised by it, and the next paragraph offers a reason."""
    if (
        number + 1 >= len(readings)
        or not readings[number + 1].sentences
        or readings[number].comment.text.strip()[0] == "("
    ):
        return False
    reading, after = readings[number], readings[number + 1]
    wonders = any(openers.WONDERS.search(sentence.exact) for sentence in reading.sentences)
    return wonders and openers.EXPLAINS.search(after.sentences[0].exact) is not None and not opens_as_others(after)


def opens_as_others_before_reaction(number: int, readings: Sequence[Reading], weight: Mapping[str, float]) -> bool:
    """Opens with "We", "Our", "These" and the like without an "I", and what stands below the last such one reacts.

    Who speaks of themselves as "we" opens so, too: it is no sign by itself.
    """
    if not opens_as_others(readings[number]):
        return False
    for after in readings[number + 1 : number + 1 + LONGEST_RUN]:
        if opens_as_others(after):
            continue
        shared = weighted_overlap(readings[number].stems, after.stems, weight)
        to_other = any(acts.addresses_reader(sentence) for sentence in after.sentences)
        return reacts(after) or to_other or (speaks_of_self(after) and shared >= LINKED_SHARE)
    return False


def opens_as_others(reading: Reading) -> bool:
    """Opens with "We", "Our", "These" and the like, and never says "I"."""
    return openers.OPENS_AS_OTHERS.match(reading.comment.text.strip()) is not None and not speaks_of_self(reading)


def speaks_of_self(reading: Reading) -> bool:
    """True if its writer speaks of themselves."""
    return any(acts.is_of_self(sentence) for sentence in reading.sentences)


def reaction_score(
    number: int, readings: Sequence[Reading], roles: Sequence[Role | None], weight: Mapping[str, float]
) -> float:
    """Points for a reaction right after it, shared words with that, and the absence of "I"."""
    if number + 1 >= len(readings) or roles[number + 1] is not None:
        return 0.0
    reading, after = readings[number], readings[number + 1]
    share = weighted_overlap(reading.stems, after.stems, weight)
    points = 1.3 if opens_as_answer(after) else 1.0 if reacts(after) else 0.0
    points += 0.7 if not speaks_of_self(reading) else 0.0
    points += 0.6 if share > 0.2 else 0.0
    points += 0.4 if any(acts.addresses_reader(sentence) for sentence in after.sentences) else 0.0
    points += 0.4 if refers_back(after) and reacts(after) else 0.0
    points += 0.6 if openers.CONFIRMS.match(after.comment.text.strip()) else 0.0
    points += 0.6 if is_taken_up_below(number, readings) else 0.0
    points -= 1.0 if reacts(reading) or reading.blocks[0].shape == Shape.ITEM or addresses_other(reading) else 0.0
    points -= 1.0 if reading.comment.text.lstrip()[0] == "(" else 0.0
    return points


def is_taken_up_below(number: int, readings: Sequence[Reading]) -> bool:
    """A few of its words stand between quotation marks soon after, and do not in itself: somebody holds them up."""
    text = readings[number].comment.text
    for after in readings[number + 1 : number + 1 + MOST_TAKEN_UP]:
        for match in REQUOTED.finditer(after.comment.text):
            quoted = match[1].rstrip(".,")
            held_up = f"“{quoted}" not in text and f'"{quoted}' not in text
            if len(quoted.split()) >= TAKEN_UP_WORDS and quoted in text and held_up:
                return True
    return False


def addresses_other(reading: Reading) -> bool:
    """Speaks to "you" without being a question: the owner's own words to somebody."""
    first = reading.sentences[0]
    return acts.addresses_reader(first) and not first.asks


def opens_as_answer(reading: Reading) -> bool:
    """Opens as only a reaction does."""
    return openers.ANSWERING.match(reading.comment.text.strip()) is not None


def reacts(reading: Reading) -> bool:
    """Opens as a reaction does, or asks back about "this"."""
    text = reading.comment.text.strip()
    if opens_as_answer(reading) or openers.REACTION.match(text):
        return True
    first = reading.sentences[0] if reading.sentences else None
    return (
        first is not None
        and first.asks
        and bool((POINTING_WORDS | OTHER_WORDS) & {*first.words[:7]})
        and not text.startswith("(")
    )


def refers_back(reading: Reading) -> bool:
    """Its first words point at something: this, that, other results."""
    return (
        bool((POINTING_WORDS | OTHER_WORDS | {"that's"}) & {*reading.sentences[0].words[:7]})
        if reading.sentences
        else False
    )
