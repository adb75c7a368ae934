"""Finds whom a comment speaks to by name, or takes up: "@ana why?", "Ana, no", "I agree with @ana", "@ana's idea".

A name in passing ("as @ana says") is neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rejoinder.loaders.extract.people.names import ALSO_WORDS, NO_NAMES, SHORTEST, name_key
from rejoinder.loaders.extract.text.blocks import CODE
from rejoinder.loaders.extract.text.reading import Reading, Sentence

# Not within an address of mail, a path or a package; "u/ana" and "/u/ana" are how Reddit writes "@ana".
AT = re.compile(r"(?<![\w@/.+-])(?:@|/?u/)(?=\w)")
SIGNS = "\u0300-\u036f\u0900-\u0963\u0966-\u109f"  # accents, and the scripts whose vowels are signs beside the letters
NAME_WORD = re.compile(rf"\w(?:[\w.'’{SIGNS}-]{{0,60}}[\w{SIGNS}])?")
GREETING = (
    r"(?:hi|hey|hello|dear|(?:thanks|thank you)(?! to\b)(?: for (?:this|that|it))?|sorry|agreed|re|to|the"
    r"|yes|no|oh|ok|okay|well|and|but|so"
    r"|(?:good|great|fair|nice|excellent|interesting) (?:question|point|comment|idea|find|catch|one)"
    r"|(?:in )?(?:reply|response|answer) to|(?:replying|responding|answering) to)"
)
GREETED = re.compile(rf"(?:{GREETING}[\s,:]{{1,3}}){{0,2}}", re.IGNORECASE)
CALLS = re.compile(r"\s?[,:!](?=\s|$)|\s(?:[-–—]|--)\s|—", re.IGNORECASE)
APPOSITION = re.compile(  # "Ana, my sister, rowed there", "Ana, of course, is right"
    r",\s[^,.?!\n]{1,60},\s(?:is|was|has|had|does|did|says|said|thinks|wants|will|would|can|could|also|never|already|left"
    r"|[a-z]+ed)\b"
)
GREETS = re.compile(r"[\s.!,:]*$")
THIRD_PERSON = re.compile(
    r"(?:['’]s)?\s(?:(?:is|was|has|had|does|did)(?!\s(?:it|this|that|he|she|they|you|we|I)\b)"
    r"|wants|thinks|says|said|wrote|writes|made|makes|means|mentioned|suggested|proposed|pointed|asked|already|also|seems)\b|['’]s\b",
    re.IGNORECASE,
)
OF_WORDS = re.compile(  # "Ana's point", but not "Ana's boat"
    r"['’]s(?: \w{1,20}){0,2} (?:answers?|arguments?|assumptions?|attempts?|claims?|comments?|complaints?|concerns?"
    r"|conclusions?|criticisms?|estimates?|examples?|explanations?|figures?|ideas?|interpretations?|logic|numbers"
    r"|objections?|opinions?|points?|positions?|posts?|premises?|proposals?|questions?|reasons?|reasoning|remarks?"
    r"|repl(?:y|ies)|responses?|statements?|suggestions?|take|theor(?:y|ies)|thoughts?|views?|words"
    r"|right|wrong|correct|mistaken|not|missing)\b",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
BESIDE = re.compile(r"(?:[\s,&/+:]|and\b){1,5}(?P<mark>@|/?u/)(?=\w)")
AND = re.compile(r",?\s(?:and|&)\s|,\s", re.IGNORECASE)  # between the names of a list
# "Ana, Ben and Cleo ...", whoever they are.
IN_LIST = re.compile(r",\s[^\W\d_]\w*(?:,|,?\s(?:and|or|&))\s(?=[^\W\d_a-z])")
COMMA = re.compile(r",\s(?![A-Z](?!['’\s]))")  # a list, of months or flowers, goes on with a capital
# "Re: Ana's point" speaks to Ana.
ABOUT = re.compile(r"re\b|(?:in )?(?:reply|response|answer) to\b|(?:replying|responding) to\b", re.IGNORECASE)
TAKES_UP = re.compile(
    r"\b(?:(?:dis)?agree[ds]?(?: \w{1,12})? with|\+1 (?:to|for|on)|thanks|thank you|sorry)[\s,]{1,3}$", re.IGNORECASE
)
TURNS_TO = (re.compile(r"\b(?:but|and|so|also|now|plus)\s$", re.IGNORECASE), re.compile(r"\s?:\s"))  # "but @ana: no"
VOCATIVE = (re.compile(r",\s{1,2}$"), re.compile(r"\s?(?:[,.!?;:)]|$)"))
BEFORE = 40  # characters before a name that show how it is meant
MOST_WORDS = 4  # of a name
MOST_NAMES = 6  # of a list of names
MOST = 50  # mentions of one comment

Called = Callable[[str, bool], str | None]


@dataclass(frozen=True, slots=True)
class Mention:
    """The name of an author at start..end of a comment: spoken `to` from `since` on, or else taken up there."""

    start: int
    end: int
    author: str
    since: int
    to: bool


@dataclass(frozen=True, slots=True)
class Sayer:
    """A sentence in which names are sought, its code blanked, and who is meant by a name."""

    sentence: Sentence
    words: str
    called: Called

    def mention(self, start: int, end: int, author: str, *, to: bool) -> Mention:
        """The name at start..end of the sentence."""
        offset = self.sentence.start
        return Mention(offset + start, offset + end, author, offset, to)


def mentions_in_comment(reading: Reading, called: Called) -> list[Mention]:
    """Who is spoken to or taken up in a comment's own words, in order: in nothing that is quoted, and in no code.

    `called` tells which author a name, as `name_key` gives it, means; and whether it must be that of nobody else.
    """
    mentions: list[Mention] = []
    block = -1
    for sentence in reading.sentences:
        words = CODE.sub(lambda match: " " * len(match[0]), sentence.exact)
        mentions.extend(mentions_in_sentence(Sayer(sentence, words, called), first=sentence.block != block))
        block = sentence.block
        if len(mentions) >= MOST:
            break
    return mentions


def marked_names(reading: Reading) -> Iterator[str]:
    """All names after "@" in a comment's own words, whoever has them, as `name_key` gives them."""
    for sentence in reading.sentences:
        if not is_marked(sentence.exact):
            continue
        words = CODE.sub("", sentence.exact)
        for match in AT.finditer(words):
            name = NAME_WORD.match(words, match.end())
            if name is not None and not is_path(words, name.end()):
                yield name_key(name[0])


def is_marked(words: str) -> bool:
    """False where surely no name is marked."""
    return "@" in words or "u/" in words


def mentions_in_sentence(sayer: Sayer, *, first: bool) -> Iterator[Mention]:
    """The names in a sentence: at its beginning, then after "@"; bare names only in the `first` of a paragraph."""
    at = 0
    for mention in mentions_at_start(sayer, first):
        yield mention
        at = mention.end - sayer.sentence.start
    for match in AT.finditer(sayer.words, at) if is_marked(sayer.words) else ():
        name_match = name_at(sayer.words, sayer.called, match.end(), marked=True)
        if name_match is None:
            continue
        before = sayer.words[max(0, match.start() - BEFORE) : match.start()]
        if any(led.search(before) and ends.match(sayer.words, name_match[0]) for led, ends in (VOCATIVE, TURNS_TO)):
            yield sayer.mention(match.start(), *name_match, to=True)
        elif TAKES_UP.search(before):
            yield sayer.mention(match.start(), *name_match, to=False)


def mentions_at_start(sayer: Sayer, first: bool) -> Iterator[Mention]:
    """Who stands at the beginning of a sentence, after a greeting or none; several where they are listed."""
    words, greeted = sayer.words, GREETED.match(sayer.words)
    start = greeted.end() if greeted else 0
    if AT.match(words, start):
        yield from marked_names_in_list(sayer, start)
    elif first:
        yield from bare_mentions(sayer, start)


def bare_mentions(sayer: Sayer, start: int) -> Iterator[Mention]:
    """The names without "@" that begin there and are spoken to, or the one that is taken up."""
    words, names = sayer.words, names_side_by_side(sayer, start)
    if not names:
        return
    begin, end, author = names[0]
    joined = names[-1][1]
    if len(names) > 1 and is_called_at(words, names[-1][0], joined, start):
        yield from (sayer.mention(at, to, whose, to=True) for at, to, whose in names)
    elif is_called_at(words, begin, end, start) and not IN_LIST.match(words, end) and not is_spoken_of(words, names):
        yield sayer.mention(begin, end, author, to=True)
    elif is_taken_up_at(words, begin, end):
        yield sayer.mention(begin, end, author, to=ABOUT.match(words) is not None)


def names_side_by_side(sayer: Sayer, start: int) -> list[tuple[int, int, str]]:
    """The names that stand there side by side, "Ana, Ben and Cleo": start, end and whose each is."""
    names: list[tuple[int, int, str]] = []
    name_match = name_at(sayer.words, sayer.called, start, marked=False)
    while name_match is not None and len(names) < MOST_NAMES:
        names.append((start, *name_match))
        between = AND.match(sayer.words, name_match[0])
        start = between.end() if between else len(sayer.words)
        name_match = name_at(sayer.words, sayer.called, start, marked=False)
    return names


def is_spoken_of(words: str, names: Sequence[tuple[int, int, str]]) -> bool:
    """True for a list of which something is said: "Ana, Ben and Cleo were there"; but not for "Ana, Ben is wrong"."""
    return len(names) > 1 and ("and" in words[names[-2][1] : names[-1][0]] or "&" in words[names[-2][1] : names[-1][0]])


def is_called_at(words: str, start: int, end: int, greeted: int) -> bool:
    """True if the name at start..end is called out; `greeted` is where a greeting ends, 0 where there is none."""
    if name_key(words[start:end]) in ALSO_WORDS and not greeted:
        return COMMA.match(words, end) is not None
    if APPOSITION.match(words, end):
        return False
    return CALLS.match(words, end) is not None or (greeted > 0 and GREETS.match(words, end) is not None)


def is_taken_up_at(words: str, start: int, end: int) -> bool:
    """True if something is said of whose name stands at start..end, or of what they said."""
    if POSSESSIVE.match(words, end):
        return OF_WORDS.match(words, end) is not None
    return name_key(words[start:end]) not in ALSO_WORDS and THIRD_PERSON.match(words, end) is not None


def marked_names_in_list(sayer: Sayer, start: int) -> Iterator[Mention]:
    """The names with "@" that stand there side by side; those that nobody has are passed over."""
    words, mark = sayer.words, AT.match(sayer.words, start)
    begin, at = (mark.start(), mark.end()) if mark else (start, start)
    while mark is not None:
        name_match = name_at(sayer.words, sayer.called, at, marked=True)
        stranger = NAME_WORD.match(words, at)
        end = name_match[0] if name_match else stranger.end() if stranger else at
        if name_match is not None:
            yield sayer.mention(begin, *name_match, to=THIRD_PERSON.match(words, end) is None)
        mark = BESIDE.match(words, end)
        begin, at = (mark.start("mark"), mark.end()) if mark else (end, end)


def name_at(words: str, called: Called, start: int, *, marked: bool) -> tuple[int, str] | None:
    """Where the name that begins there ends, and whose it is: the longest of up to four words."""
    ends = list[int]()
    match = NAME_WORD.match(words, start)
    while match is not None and len(ends) < MOST_WORDS:
        ends.append(match.end())
        match = NAME_WORD.match(words, match.end() + 1) if words.startswith(" ", match.end()) else None
    for end in reversed(ends):
        bare = len(words[start:end]) - len(re.sub(r"['’]s$", "", words[start:end]))
        author = None if is_path(words, end) else author_called(words[start : end - bare], called, marked=marked)
        if author is not None:
            return end - bare, author
    return None


def is_path(words: str, end: int) -> bool:
    """True where what looks like a name goes on as the name of a package, a team or an address of mail."""
    return words[end : end + 1] in ("/", "@") and words[end + 1 : end + 2].isalnum()


def author_called(name: str, called: Called, *, marked: bool) -> str | None:
    """Whose name it is; without "@" it must be of some length, no common word, and of one person alone."""
    key = name_key(name.replace("’", "'"))
    if not marked and ((len(key) < SHORTEST and key != "op") or key in NO_NAMES):
        return None
    return called(key, not marked)
