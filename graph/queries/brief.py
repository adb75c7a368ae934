"""Objections too brief to say what is wrong ("That won't work."), and the reason that stands beside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from rejoinder.graph.triples.lookup import holds_quad, subjects, values
from rejoinder.graph.triples.predicates import CONTENT
from rejoinder.graph.triples.terms import RJ, TYPE, rj

SUPPORT, NEXT = "support", "next sentence"  # how a reason was found
LONGEST_BRIEF = 12  # words of an objection that may be brief
MOST_TELLING = 1  # telling words that leave it brief: one has to be told what it is about
MOST_TELLING_POINTING = 2  # the same where it opens by pointing back
PASSAGES_AHEAD = 3  # passages that are looked at, for "No. That's wrong." goes on before it says why

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LETTERS_OF_MANY = 8  # of a word that may be many, where words have no spaces between them
PARAGRAPH = re.compile(r"\n\s*\n")
SENTENCE = re.compile(r"\w.*?(?:[.!?…]+(?=\s)|\Z)", re.DOTALL)
LONGEST_PARAGRAPH = 2_000  # characters of a paragraph that are looked at
QUOTED_LINE = re.compile(r"^[ \t]*>", re.MULTILINE)
POINTING_WORDS = frozenset(WORD.findall("that that's thats this it it's its these those they he she you"))
# What says that something is wrong, and nothing of what it is: verdicts, denials, and the words that join them.
EMPTY_WORDS = frozenset(
    WORD.findall("""
    a about absolutely actually afraid again agree agreed all also am an and any anyone anything anyway
    appreciate appreciated are aren't argument as at bad be been believe believed bollocks bs bullshit but buy
    by can can't cannot case certainly cheers citation claim clearly comment complete completely convinced
    correct could couldn't crap definitely did didn't disagree disagreed disagrees do does doesn't don't dont
    doubt doubtful doubtfully either entirely even evidence exactly fail fails false far flawed follow follows
    for frankly from fully fundamentally gonna good greetings guess had hadn't happen hard hardly has hasn't
    have haven't he here hmm honestly how however i i'd i'm i've idea if illogical in incorrect indeed insane
    irrelevant is isn't it it's its joke just kidding kind know lie likely literally logic make makes matter
    me mean misleading mistake mistaken much my nah naive needed never no nobody nonsense nope nor not nothing
    object objection obviously of off oh ok okay on one opinion opposed opposite or otherwise outright part
    perhaps plainly please point possible probably proof quite rather reality really rebuttal regards reject
    respectfully ridiculous right rubbish sadly say saying see seem seems sense she should shouldn't silly
    simply so some sorry statement still strawman strongly stupid such sure surely take tell terrible thank
    thanks that that's thats the their them then there these they thing things think this those though to too
    totally trash true truth uh um unconvinced unfortunately unlikely unsure untrue us utter utterly very was
    wasn't way we well were weren't what what's when where which while who why will with won't work works
    would wouldn't wrong yeah yes yet you you're your
    """)
)
ENDING_KINDS = {"Concession": 0.5, "Quotation": 0.0}  # what is no reason against anything, from which confidence on


@dataclass(frozen=True, slots=True)
class Reason:
    """What the writer of an objection says for it: the words, and whether a Support or only their place says so."""

    text: str
    evidence: str


@dataclass(frozen=True, slots=True)
class SpanWords:
    """Words of a comment, by the span (IRI) that holds them."""

    iri: str
    start: int
    end: int
    words: str


def is_brief(text: str) -> bool:
    """True if words that object do not say by themselves what is wrong.

    >>> is_brief("That won't work."), is_brief("Nope."), is_brief("I strongly disagree with that.")
    (True, True, True)
    >>> is_brief("The bolts rust within a year."), is_brief("That breaks older phones on slow lines.")
    (False, False)
    """
    words = [word.casefold().replace("’", "'") for word in WORD.findall(text)]
    if len(words) > LONGEST_BRIEF:
        return False
    telling = [word for word in words if word not in EMPTY_WORDS and not word.isdecimal()]
    long = any(len(word) > 2 * LETTERS_OF_MANY for word in telling)
    return not long and len(telling) <= (
        MOST_TELLING_POINTING if words and words[0] in POINTING_WORDS else MOST_TELLING
    )


def _next_sentence(text: str) -> Reason | None:
    """The first sentence of the rest of a paragraph that is not brief, where nothing of it was found to be a claim."""
    rest = PARAGRAPH.split(text)[0][:LONGEST_PARAGRAPH]
    sentences = (" ".join(match[0].split()) for match in islice(SENTENCE.finditer(rest), PASSAGES_AHEAD))
    return next((Reason(words, NEXT) for words in sentences if not is_brief(words)), None)


class ReasonFinder:
    """The reasons beside brief objections; what several objections of a comment share is looked up once."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.passages: dict[str, list[SpanWords]] = {}

    def reason_for(self, objection: str) -> Reason | None:
        """The reason beside an objection (IRI); None where it says itself what is wrong, or gives no reason.

        A premise that supports it in its own comment, the surest; else the next words of the comment that are not
        brief, unless somebody is quoted before them, or they concede something.
        """
        place, evidence = self._one_value(objection, "inComment"), self._values(objection, "evidence")
        claims = self._values(objection, "source")
        if place is None or not evidence or not any(map(is_brief, self._texts(claims))):
            return None
        return self._supporting_reason(objection, claims, place) or self._next_reason(place, evidence)

    def _supporting_reason(self, objection: str, claims: list[str], place: str) -> Reason | None:
        moves = {subject for target in (objection, *claims) for subject in self._subjects("target", target)}
        reasons = []
        for move in moves:
            if self._is_instance(move, "Support") and self._one_value(move, "inComment") == place:
                texts = [text for text in self._texts(self._values(move, "source")) if not is_brief(text)]
                if texts:
                    reasons.append((-float(self._one_value(move, "confidence") or 0), move, " ".join(texts)))
        return Reason(min(reasons)[-1], SUPPORT) if reasons else None

    def _next_reason(self, place: str, evidence: list[str]) -> Reason | None:
        own = max(int(self._one_value(span, "end") or 0) for span in evidence)
        text = self._text(place)
        for span_words in self._passages_after(place, own):
            if QUOTED_LINE.search(text, own, span_words.start) or self._ends_reasoning(span_words):
                return None
            if not is_brief(span_words.words):
                return Reason(span_words.words, NEXT)
        return _next_sentence(QUOTED_LINE.split(text[own:])[0])

    def _passages_after(self, place: str, end: int) -> list[SpanWords]:
        """The passages of the comment that begin behind this, none within another."""
        passages = self._passages(place)
        kept: list[SpanWords] = []
        for span_words in passages[bisect_left(passages, end, key=lambda passage: passage.start) :]:
            if not kept or span_words.start >= kept[-1].end:
                kept.append(span_words)
            if len(kept) > PASSAGES_AHEAD:
                break
        return kept[:PASSAGES_AHEAD]

    def _ends_reasoning(self, span_words: SpanWords) -> bool:
        """True if somebody concedes or quotes with these words."""
        moves = [*self._subjects("evidence", span_words.iri), *self._subjects("source", span_words.iri)]
        return any(
            self._is_instance(move, kind) and float(self._one_value(move, "confidence") or 0) >= least
            for move in moves
            for kind, least in ENDING_KINDS.items()
        )

    def _passages(self, place: str) -> list[SpanWords]:
        if place not in self.passages:
            self.passages[place] = sorted(
                self._spans(place), key=lambda span_words: (span_words.start, -span_words.end)
            )
        return self.passages[place]

    def _spans(self, place: str) -> Iterator[SpanWords]:
        for iri in self._subjects("inComment", place):
            start, end, words = (self._one_value(iri, name) for name in ("start", "end", "exact"))
            if start is not None and end is not None and words is not None:
                yield SpanWords(iri, int(start), int(end), words)

    def _text(self, place: str) -> str:
        return next(iter(values(self.store, place, CONTENT)), "")

    def _texts(self, claims: Iterable[str]) -> list[str]:
        return [text for claim in claims for text in self._values(claim, "text")]

    def _is_instance(self, iri: str, kind: str) -> bool:
        return holds_quad(self.store, ox.NamedNode(iri), TYPE, rj(kind))

    def _one_value(self, iri: str, name: str) -> str | None:
        return next(iter(self._values(iri, name)), None)

    def _values(self, iri: str, name: str) -> list[str]:
        return values(self.store, iri, RJ + name)

    def _subjects(self, name: str, iri: str) -> list[str]:
        return subjects(self.store, RJ + name, ox.NamedNode(iri))
