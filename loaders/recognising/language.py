"""Whether a file's comments are in another language than English, which is the one that the extractor reads."""

from __future__ import annotations

import re

from rejoinder.errors import Problem
from rejoinder.records import Comment, Found, Record, StatedClaim, StatedMove

# Common in English, and words of no other language that is written in Latin script, or rare there.
WORDS = (
    "the and that it you this with have not but they from if would there their your what which about just because when "
    "than then how don should could into been has its these those more some only very my them i'm it's that's you're "
    "can't don't doesn't isn't didn't won't"
)
COMMON = frozenset(WORDS.split())
# Common in German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Polish, Czech, Turkish or Vietnamese, and no
# words of English.
FOREIGN_WORDS = (
    "der das und ist ich ein eine nicht mit auf für sich dem den es auch als wie noch aber hat wird sind oder "
    "le la les et est un une des du que qui dans pas ne sur avec ce il elle je mais sont "
    "el los las en por con para del una su como pero más lo muy esto "
    "di che è il non sono della questo anche più os um uma não se isso "
    "de het een van ik niet zijn dat voor maar ook wel heeft och att det är som jag inte på av "
    "nie się jest na że od jak ale tak je bir ve bu da için çok değil "
    "không là và của cho tôi có được một những này"
)
FOREIGN = frozenset(FOREIGN_WORDS.split())
WORD = re.compile(r"[^\W\d_]++(?:['’][^\W\d_]++)?")
UNWORDED = re.compile(
    r"^[ \t]*+(```|~~~)(?s:.*?)(?:^[ \t]*+\1|\Z)|^(?: {4}|\t).*+$|^>.*+$|`[^`\n]*+`|https?://\S++|[@#/]\S++",
    re.MULTILINE,
)
MOST_JUDGED = 200  # comments of a file
LOOKED_AT = 1_000  # characters of a comment
FEWEST = 8  # different words, other than names, that tell a language
COMMENTS_ENOUGH = 3  # that can be judged; of fewer, words have to be known as foreign
KNOWN_SHARE = 0.1  # of the words of such a comment
WORDS_ENOUGH = 25  # words in another language before it is said
FEW_SHARE = 0.04  # of the words of an English comment at least so many are common
LATIN = re.compile("[a-zÀ-ɏḀ-ỿ]")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")  # Thai to Khmer, Japanese, Chinese
MESSAGE = (
    "most comments here seem to be in a language other than English, the only one that the extractor reads: few claims "
    "and replies will be found, and those may be wrong"
)


class Language:
    """Hears the first comments of a file, and says once where most of them are not English."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.judged = self.foreign = self.words = self.known = 0
        self.stated = False

    def hear(self, entry: Found) -> None:
        """Takes a record; what a source states as its argument needs no reading."""
        record: Record = entry.record
        self.stated |= isinstance(record, StatedClaim | StatedMove)
        if not isinstance(record, Comment) or self.judged >= MOST_JUDGED:
            return
        words = words_of(record.text)
        telling = [word for word in words if not word[0].isupper()]  # no names, as in a list of cities
        if len(set(telling)) >= FEWEST:
            self.judged += 1
            if is_foreign(telling):
                self.foreign += 1
                self.words += len(words)
                self.known += sum(is_known(word) for word in telling)

    def notice(self) -> Problem | None:
        """The notice, None where most comments are English or too short to tell."""
        if self.stated or 2 * self.foreign <= self.judged or self.words < WORDS_ENOUGH:
            return None
        if self.judged < COMMENTS_ENOUGH and self.known < KNOWN_SHARE * self.words:
            return None
        return Problem(self.file, 0, MESSAGE, lost=False, note=True)


def words_of(text: str) -> list[str]:
    """The words of the beginning of a comment, without addresses, names, code and quoted lines.

    A script without spaces counts by its letters.
    """
    words = WORD.findall(UNWORDED.sub(" ", text[:LOOKED_AT]))
    return [part for word in words for part in (word if UNSPACED.match(word) else [word])]


def is_known(word: str) -> bool:
    """True for a word in another script, or one that is common in another language."""
    return word in FOREIGN or LATIN.match(word) is None


def is_foreign(words: list[str]) -> bool:
    """True if most of the words are in another script, or next to none is a common one of English.

    >>> is_foreign("the pump in the yard is dry and nobody knows".split())
    False
    >>> is_foreign("die pumpe im hof ist trocken und niemand weiß warum".split())
    True
    """
    latin = [word for word in words if LATIN.match(word)]
    if 2 * len(latin) < len(words):
        return True
    return sum(word.replace("’", "'") in COMMON for word in latin) < FEW_SHARE * len(latin)
