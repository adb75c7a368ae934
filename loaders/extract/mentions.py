"""Finds whom a comment speaks to by name, or takes up: "@ana why?", "Ana, no", "I agree with @ana", "@ana's idea".

A name in passing ("as @ana says") is neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rejoinder.loaders.extract.blocks import CODE
from rejoinder.loaders.extract.reading import Reading, Sentence

# Not within an address of mail, a path or a package.
AT = re.compile(r"(?<![\w@/.+-])@(?=\w)")
NAME_WORD = re.compile(r"\w(?:[\w.'’-]{0,60}\w)?")
SEPARATORS = re.compile(r"[\s_.\-]+")
GREETING = r"(?:hi|hey|hello|dear|thanks|thank you|sorry|agreed|re|to|the|yes|no|ok|okay|well|and|but|so)"
GREETED = re.compile(rf"(?:{GREETING}[\s,:]{{1,3}}){{0,2}}", re.IGNORECASE)
CALLS = re.compile(r"\s?[,:](?=\s|$)|\s[-–—]\s", re.IGNORECASE)
GREETS = re.compile(r"[\s.!,:]*$")
THIRD_PERSON = re.compile(
    r"(?:['’]s)?\s(?:is|was|has|had|does|did|wants|thinks|says|said|wrote|writes|made|makes|means|mentioned|suggested"
    r"|proposed|pointed|asked|already|also|seems)\b|['’]s\b",
    re.IGNORECASE,
)
BESIDE = re.compile(r"(?:[\s,&/+:]|and\b){1,5}@")
TAKES_UP = re.compile(
    r"\b(?:(?:dis)?agree[ds]?(?: \w{1,12})? with|\+1 (?:to|for|on)|thanks|thank you|sorry)[\s,]{1,3}$", re.IGNORECASE
)
VOCATIVE = (re.compile(r",\s{1,2}$"), re.compile(r"\s?(?:[,.!?;:)]|$)"))
BEFORE = 40  # characters before a name that show how it is meant
MOST_WORDS = 4  # of a name
SHORTEST = 3  # letters of a name that counts without "@"
MOST = 50  # mentions of one comment
COMMON_WORDS = "all anonymous deleted edit guest note ps someone todo unknown update user"  # even where it is a name
NO_NAMES = frozenset(COMMON_WORDS.split())

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


def key(name: str) -> str:
    """A name as it is compared: without case, separators and "@".

    >>> key("Ana-Maria") == key("ana maria") == key("@AnaMaria")
    True
    """
    return SEPARATORS.sub("", name.strip().lstrip("@").casefold())


def mentions(reading: Reading, called: Called) -> list[Mention]:
    """Who is spoken to or taken up in a comment's own words, in order: in nothing that is quoted, and in no code.

    `called` tells which author a name, as `key` gives it, means; and whether it must be that of nobody else.
    """
    found: list[Mention] = []
    block = -1
    for one in reading.sentences:
        words = CODE.sub(lambda match: " " * len(match[0]), one.exact)
        found.extend(in_sentence(Sayer(one, words, called), first=one.block != block))
        block = one.block
        if len(found) >= MOST:
            break
    return found


def marked_names(reading: Reading) -> Iterator[str]:
    """All names after "@" in a comment's own words, whoever has them, as `key` gives them."""
    for one in reading.sentences:
        words = CODE.sub("", one.exact)
        for match in AT.finditer(words):
            name = NAME_WORD.match(words, match.end())
            if name is not None and not is_path(words, name.end()):
                yield key(name[0])


def in_sentence(sayer: Sayer, *, first: bool) -> Iterator[Mention]:
    """The names in a sentence: at its beginning, then after "@"; bare names only in the `first` of a paragraph."""
    at = 0
    for one in at_start(sayer, first):
        yield one
        at = one.end - sayer.sentence.start
    for match in AT.finditer(sayer.words, at):
        named = name_at(sayer, match.end(), marked=True)
        if named is None:
            continue
        before = sayer.words[max(0, match.start() - BEFORE) : match.start()]
        if VOCATIVE[0].search(before) and VOCATIVE[1].match(sayer.words, named[0]):
            yield sayer.mention(match.start(), *named, to=True)
        elif TAKES_UP.search(before):
            yield sayer.mention(match.start(), *named, to=False)


def at_start(sayer: Sayer, first: bool) -> Iterator[Mention]:
    """Who stands at the beginning of a sentence, after a greeting or none; several where they are listed."""
    words, greeted = sayer.words, GREETED.match(sayer.words)
    start = greeted.end() if greeted else 0
    if words.startswith("@", start):
        yield from listed(sayer, start)
        return
    named = name_at(sayer, start, marked=False) if first else None
    if named is None:
        return
    third = THIRD_PERSON.match(words, named[0]) is not None
    if third or CALLS.match(words, named[0]) or (start and GREETS.match(words, named[0])):
        yield sayer.mention(start, *named, to=not third)


def listed(sayer: Sayer, start: int) -> Iterator[Mention]:
    """The names with "@" that stand there side by side; those that nobody has are passed over."""
    words, beside = sayer.words, AT.match(sayer.words, start)
    while beside is not None:
        named = name_at(sayer, beside.end(), marked=True)
        stranger = NAME_WORD.match(words, beside.end())
        end = named[0] if named else stranger.end() if stranger else beside.end()
        if named is not None:
            yield sayer.mention(beside.end() - 1, *named, to=THIRD_PERSON.match(words, end) is None)
        beside = BESIDE.match(words, end)


def name_at(sayer: Sayer, start: int, *, marked: bool) -> tuple[int, str] | None:
    """Where the name that begins there ends, and whose it is: the longest of up to four words."""
    words, ends = sayer.words, list[int]()
    match = NAME_WORD.match(words, start)
    while match is not None and len(ends) < MOST_WORDS:
        ends.append(match.end())
        match = NAME_WORD.match(words, match.end() + 1) if words.startswith(" ", match.end()) else None
    for end in reversed(ends):
        bare = len(words[start:end]) - len(re.sub(r"['’]s$", "", words[start:end]))
        author = None if is_path(words, end) else known(words[start : end - bare], sayer.called, marked=marked)
        if author is not None:
            return end - bare, author
    return None


def is_path(words: str, end: int) -> bool:
    """True where what looks like a name goes on as the name of a package, a team or an address of mail."""
    return words[end : end + 1] in ("/", "@") and words[end + 1 : end + 2].isalnum()


def known(name: str, called: Called, *, marked: bool) -> str | None:
    """Whose name it is; without "@" it must be of some length, no common word, and of one person alone."""
    said = key(name.replace("’", "'"))
    if not marked and ((len(said) < SHORTEST and said != "op") or said in NO_NAMES):
        return None
    return called(said, not marked)
