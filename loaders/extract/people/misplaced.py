"""Notes that a comment stands in the wrong place: "(meant as a reply to Ana)", "wrong spot, this is for Ana"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rejoinder.loaders.extract.people.mentions import AT, OF_WORDS, POSSESSIVE, Called, name_at
from rejoinder.loaders.extract.text.blocks import Shape
from rejoinder.loaders.extract.text.caching import cached_on_argument
from rejoinder.loaders.extract.text.reading import Reading, Sentence

HINTS = frozenset(
    ["meant", "intended", "supposed", "wrong", "incorrect", "misplaced", "should", "belongs", "accidentally"]
)
HINT = re.compile(rf"\b(?:{'|'.join(sorted(HINTS))})\b|[(\[](?:in )?(?:repl|respon)", re.IGNORECASE)
READ = 400  # characters at either end of a paragraph
SORRY = r"\b(?:oops|oop|ooops|whoops|woops|sorry|apologies|edit|ps|argh|ugh|dang|damn)\b[\s,:;.!–—-]{0,4}"
SUBJECT = (
    r"(?:(?:(?:this|that|it|my|the)\s?(?:comment|reply|post|message|answer)?|i)(?:['’]s| was| is| had been| had)?\s)?"
    r"(?:(?:actually|really|originally|obviously|rather)\s)?"
)
MEANT = r"(?:meant|intended|supposed)\s"
FILL = r"(?:(?:to|be|go|have|been|as|a|an|in|this|it|that|post|put|write|right|directly)\s){0,6}?"
REPLY = r"(?:repl(?:y|ying|ied)|respon(?:se|d|ding|ded)|answer(?:ing|ed)?|comment)"
BELOW = r"(?:below|beneath|under|underneath)"
THEIR = r"\s(?:(?:the|your)\s)?(?:(?:comment|post|reply|question)\s)?(?:(?:above|below)\s)?(?:(?:by|of|from)\s)?"
PLACE = r"(?:place|spot|thread|comment|post|person|reply|button|chain|branch|level|sub-?thread)"
BY_CHANCE = r"accidentally (?:replied|responded|posted)[^.!?,;:\n]{0,40}"
SHOULD = rf"(?:should\s(?:be|go|have gone|have been)\s(?:an?\s|in\s)?(?:{REPLY}\sto|{BELOW})|belongs\s{BELOW})"
NOTES = (
    # "(this was meant as a reply to", "I meant to post this below"
    rf"(?:(?:\A|[(\[*_\n]|(?<=[.!?])\s){SUBJECT}|{SORRY}{SUBJECT}){MEANT}{FILL}(?:{REPLY}\s(?:to|for|{BELOW})|{BELOW}){THEIR}",
    # "(this should have gone below", "whoops, that belongs under"
    rf"(?:[(\[]|\A|{SORRY}){SUBJECT}{SHOULD}{THEIR}",
    # "(replying to Ana here)"
    rf"[(\[](?:in\s)?(?:reply|replying|response|responding)\sto{THEIR}",
    # "(meant for", "oops, this was intended for"
    rf"(?:[(\[]|{SORRY}){SUBJECT}{MEANT}(?:to be\s)?for{THEIR}",
    # "wrong place - replying to", "replied in the wrong spot, this is for"
    rf"\b(?:(?:wrong|incorrect|misplaced) {PLACE}|{BY_CHANCE})\b\s?[,;:.!()–—-]+\s{{0,2}}(?:{SORRY})?"
    rf"(?:{SUBJECT}(?:am |['’]m |was )?(?:{MEANT})?(?:to be\s)?(?:as\s|in\s)?(?:a\s|an\s)?{REPLY}\sto"
    rf"|(?:(?:this|that|it)(?:['’]s| is| was)|was)\s(?:{MEANT})?for){THEIR}",
)
# A sentence that says no more than that, whether or not it says where it was meant to stand.
POSTED = r"(?:i\s)?(?:posted|replied|commented|answered|put|clicked|hit)\s(?:(?:this|it)\s)?(?:(?:in|to|on|at)\s)?"
ALONE = (
    rf"\W{{0,3}}(?:{SORRY})?(?:{POSTED})?(?:the\s)?(?:wrong|incorrect|misplaced)"
    r" (?:place|spot|thread|comment|reply|button)"
    rf"(?:\W{{1,4}}(?:sorry|oops)|\s?[,;:()–—-]\s?[^.!?\n]{{1,80}})?\W{{0,3}}"
    rf"|\W{{0,3}}(?:{SORRY})?{SUBJECT}{MEANT}{FILL}(?:{REPLY}\s(?:to|for|{BELOW})|{BELOW})\s[^.!?,;\n]{{1,50}}\W{{0,3}}"
    rf"|(?:[(\[]|{SORRY}|(?=was\s)){SUBJECT}(?:was\s)?{MEANT}(?:to be\s)?for\s[^.!?,;\n]{{1,50}}\W{{0,3}}"
    rf"|(?:[(\[]|{SORRY}){SUBJECT}{SHOULD}\s[^.!?,;\n]{{1,50}}\W{{0,3}}"
    rf"|[(\[](?:in\s)?(?:reply|replying|response|responding)\sto\s[^.!?\n]{{1,80}}[)\]]\W{{0,3}}"
    rf"|\W{{0,3}}(?:{SORRY})?i\s{BY_CHANCE}(?:\s?[,;:()–—-]\s?[^.!?\n]{{1,80}})?\W{{0,3}}"
)
LONGEST = 160  # characters of such a sentence
GOES_ON = re.compile(r"\sto\b")  # "for Ana to decide"


@cache
def note_pattern() -> re.Pattern[str]:
    """Where a note begins; made when a hint is seen, for that takes a twentieth of the time a command starts in."""
    return re.compile("|".join(NOTES), re.IGNORECASE)


@cache
def note_alone_pattern() -> re.Pattern[str]:
    """All of a sentence that is such a note; made when one may be, for the same reason."""
    return re.compile(ALONE, re.IGNORECASE)


def misplaced_note(reading: Reading, called: Called) -> tuple[int, int, str] | None:
    """Where a comment says that it answers somebody else than it stands below, and whom; None if it does not."""
    text = reading.comment.text
    for start, end in first_and_last_words(reading):
        for match in note_pattern().finditer(text, start, end):
            marked = AT.match(text, match.end(), end)
            at = marked.end() if marked else match.end()
            name_match = name_at(text[:end], called, at, marked=marked is not None)
            if name_match is not None and is_whole_name(text, name_match[0]):
                begin = (
                    start + len(text[start : match.end()]) - len(text[match.start() : match.end()].lstrip(" \n([*_"))
                )
                return begin, name_match[0], name_match[1]
    return None


@cached_on_argument
def is_note(sentence: Sentence) -> bool:
    """True for a sentence that says only that its comment stands in the wrong place: "(meant as a reply to Ana)"."""
    text = sentence.exact
    if len(text) > LONGEST or (HINTS.isdisjoint(sentence.words) and not text.startswith(("(", "["))):
        return False
    return note_alone_pattern().fullmatch(text) is not None


def is_whole_name(text: str, end: int) -> bool:
    """True unless the name only begins what is meant, as in "for Ana's father" and "for Ana to decide"."""
    if POSSESSIVE.match(text, end):
        return OF_WORDS.match(text, end) is not None
    return GOES_ON.match(text, end) is None


def first_and_last_words(reading: Reading) -> Iterator[tuple[int, int]]:
    """The beginning and the end of the first and last of a comment's own paragraphs, where such notes stand."""
    text = reading.comment.text
    if HINTS.isdisjoint(reading.words) and "(" not in text and "[" not in text:
        return
    if HINT.search(text) is None:
        return
    own = [block for block in reading.blocks if block.shape == Shape.PARAGRAPH]
    if not own:
        return
    for paragraph in dict.fromkeys((own[0], own[-1])):
        yield paragraph.start, min(paragraph.end, paragraph.start + READ)
        if paragraph.end > paragraph.start + READ:
            yield max(paragraph.start + READ, paragraph.end - READ), paragraph.end
