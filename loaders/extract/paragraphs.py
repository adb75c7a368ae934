"""What each paragraph of a dump is: somebody's quoted words, an aside, a head, a cited block, or the owner's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rejoinder.loaders.extract import acts
from rejoinder.loaders.extract.blocks import Shape
from rejoinder.loaders.extract.reading import Reading, Sentence
from rejoinder.loaders.extract.words import overlap


class Role(StrEnum):
    """What a paragraph is in a dump."""

    OWN = "own"
    QUOTE = "quote"
    ASIDE = "aside"
    HEAD = "head"
    CITED = "cited"


MARKS = re.compile(r"[\"“”″‟'`´\s]{1,12}")
CITED_MOST = 12  # paragraphs between two lines of quotation marks
TITLE_WORDS = 14
BYLINE = re.compile(r"(?:[^\W\d_][\w'’.-]*\s+){1,3}[^\W\d_][\w'’.-]*")
OWN_BYLINE = re.compile(r"I (?:work|study|teach|volunteer) (?:at|for|with|in)\b|I am (?:a|an|the) \w+ (?:at|with)\b")
BYLINE_WORDS = 14
OPEN_END = re.compile(r"(?:,|\b(?:the|a|an|of|to|and|or|with))$")
OTHERS_OPEN = re.compile(r"(?:We|Our|These|This (?:post|paper|essay|article|report|section))\b")
OTHERS_MOST = 5  # paragraphs in a row that open as others do before a reaction tells
INTRODUCES = re.compile(
    r"(?:(?:Quot(?:e|ing|ed)|Excerpt|From|According to)\b.*"
    r"|.*\b(?:says|writes|wrote|said|stated|noted|argues|argued|claimed|reads|explains|puts? it|quote)\b.*):",
    re.DOTALL,
)
INTRODUCING_WORDS = 20
# How nobody opens who goes on with what they said themselves.
ANSWERING = re.compile(
    r"(?:(?:I (?:strongly |completely |fully |also |would |wouldn['’]t |totally )?(?:disagree|agree|doubt)|"
    r"I['’](?:d|m) (?:be )?(?:surprised|skeptical|sceptical|confused)|I (?:don['’]t|do not) (?:agree|know|buy))\b|"
    r"(?:Agreed?|Exactly|Absolutely|Totally|Definitely|Indeed|Yes|Yeah|Yep|True|Correct|Same here|Nope|Nah|Wrong|False|"
    r"Nonsense|Hardly|Interesting|Hmm+|Huh|Really\?|Fair (?:enough|point)|Good (?:point|question)|Great question|"
    r"Well (?:put|said)|Makes sense|On the contrary|FYI|How so|So what|No idea|Hard to say|It depends)\b|"
    r"(?:No|Right|Sure|Granted|Of course|Perhaps not|Maybe not)[,.!;]|\+1\b|"
    r"Not (?:really|quite|necessarily|true|sure|always|at all|in my|from what|if|everyone|all)\b)"
)
REACTION = re.compile(
    r"(?:I (?:don['’]t|do not|can['’]t|cannot) (?:think|see|believe)|I['’]m not sure|I found\b|"
    r"(?:This|That|It) (?:may|might|could|would|seems?|looks?|sounds?|strikes?|feels?|isn['’]t|doesn['’]t|is not)\b|"
    r"(?:This|That|These|Those) (?:claim|argument|point|estimate|number|figure|assumption|reasoning|statement|question|"
    r"comparison|view|idea|quote|sentence|paragraph|result|explanation|example|definition|analogy)s?\b|"
    r"What (?:strikes|surprises|puzzles|bothers) me\b|"
    r"That['’]s\b|Here (?:are|is) (?:some |two |other |another |more )|While I\b|Why is\b|My understanding of\b|"
    r"As I (?:read|understand)\b|As an? \w+,? I\b|Funny\b|But\b|"
    r"You(?:r|['’]re)?\b|Wouldn['’]t\b|Doesn['’]t\b|Isn['’]t\b)"
)
WONDERS = re.compile(
    r"\b(?:(?:I(?:['’]d| would)? (?:wonder|love to (?:know|understand|see|hear)|am curious)|I['’]m curious)\b"
    r"|understand (?:why|how|when|what)\b|surpris\w+|puzzl\w+|remarkable\b|(?:strange|odd) that\b)",
    re.IGNORECASE,
)
EXPLAINS = re.compile(
    r"\b(?:may|might|could|can|must|would|probably|likely|perhaps|partly)\b.{0,40}"
    r"\b(?:related|due|because|explained?|come down|comes? from|caused?|reflects?|has to do|have to do|that)\b"
)
EVIDENCE = re.compile(
    r"(?:Here (?:are|is)|See) (?:some |two )?(?:other|another|more|further)\b"
    r".{0,40}\b(?:support|show|confirm|contradict)"
)
THIS = frozenset(["this", "that", "these", "those", "it"])
ANSWER = re.compile(
    r"(?:I (?:don['’]t|do not) (?:know|think)|I (?:doubt|think so|guess|suppose)\b|I['’]m (?:not|un)\s?sure|Yes\b|Yeah\b|No\b|Nope\b|"
    r"G(?:ood|reat) question|Not (?:sure|really|yet|that)\b|Probably\b|Possibly\b|Maybe\b|Perhaps\b|Sometimes\b|Hard to|"
    r"It depends|Depends\b|Sure\b|Of course\b)"
)
OWN_NOTE = re.compile(
    r"(?:\w+-)?(?:post|copi|writ|edit|updat|translat|adapt|shar|archiv)(?:t?ed|ten)\b"
    r"|\b(?:this|these|my|the) (?:is|are|was|were|post|notes?|comment|thread|draft|article|thoughts|piece|write-?up)\b",
    re.IGNORECASE,
)
SCORE = 2.0
LOWER_CASE = 0.15  # share of paragraphs
REQUOTED = re.compile(r"[\"“]([^\"“”\n]{12,600})[\"”]")
REQUOTED_WORDS = 5
REQUOTED_FEW = 2  # words that are taken up between quotation marks by a reaction


@dataclass(frozen=True, slots=True)
class Standing:
    """The role of a paragraph, how sure that is, and the sign that told."""

    role: Role
    sure: float = 1.0
    sign: str = ""


def standings(found: Sequence[Reading], weight: Mapping[str, float]) -> list[Standing]:
    """What each paragraph is, in order."""
    given: list[Role | None] = [None] * len(found)
    for number in cited(found):
        given[number] = Role.CITED
    for number, one in enumerate(found):
        given[number] = given[number] or plain_role(one)
    told = [Standing(one or Role.OWN) for one in given]
    casual = writes_lower_case(found)
    for number, role in enumerate(given):
        if role == Role.QUOTE:
            told[number] = Standing(Role.QUOTE, 0.9, "marked as quoted")
        elif role is None:
            told[number] = weighed(number, found, given, weight, casual)
            given[number] = told[number].role if told[number].role == Role.QUOTE else None
    return told


def weighed(
    number: int, found: Sequence[Reading], given: Sequence[Role | None], weight: Mapping[str, float], casual: bool
) -> Standing:
    """Somebody else's words by the surest sign that tells so, else the owner's own."""
    for sure, sign, holds in signs(number, found, given, weight, casual):
        if holds:
            return Standing(Role.QUOTE, sure, sign)
    return Standing(Role.OWN)


def signs(
    number: int, found: Sequence[Reading], given: Sequence[Role | None], weight: Mapping[str, float], casual: bool
) -> Iterator[tuple[float, str, bool]]:
    """The signs of a quoted paragraph, surest first: how sure each is, its name, and whether it is there."""
    yield 0.8, "quoted again below", requoted(number, found)
    yield 0.7, "introduced as quoted", introduced(number, found, given)
    yield 0.6, "breaks off or begins within a sentence", fragment(found[number], casual)
    yield 0.6, "a question that is answered below", asked(number, found)
    yield 0.55, "opens as others do", others_opening(found[number])
    yield 0.45, "a reaction follows", score(number, found, given, weight) >= SCORE


def writes_lower_case(found: Sequence[Reading]) -> bool:
    """True if the owner often begins in lower case, so that this is no sign of a quotation."""
    lower = sum(one.comment.text.lstrip()[:1].islower() for one in found)
    return lower > LOWER_CASE * len(found)


def cited(found: Sequence[Reading]) -> set[int]:
    """The paragraphs between two that hold nothing but quotation marks, and those two."""
    numbers: set[int] = set()
    opened: int | None = None
    for number, one in enumerate(found):
        if MARKS.fullmatch(one.comment.text) is None:
            continue
        if opened is not None and number - opened <= CITED_MOST:
            numbers.update(range(opened, number + 1))
            opened = None
        else:
            opened = number
    return numbers


def plain_role(one: Reading) -> Role | None:
    """Aside or head by the paragraph's own looks, None if it must be weighed."""
    text = one.comment.text.strip()
    if any(block.shape == Shape.QUOTE for block in one.blocks):
        return Role.QUOTE
    if not one.sentences or MARKS.fullmatch(text):
        return Role.ASIDE
    if text.endswith(":") and len(one.said) <= acts.HEADING_WORDS:
        return Role.HEAD
    if is_title(one, text) or is_byline(one, text):
        return Role.ASIDE
    if all(is_aside(sentence) for sentence in one.sentences):
        return Role.ASIDE
    return None


def is_aside(one: Sentence) -> bool:
    """An aside, or too few words to say anything."""
    return acts.is_aside(one) or len(one.said) <= 2


def is_title(one: Reading, text: str) -> bool:
    """A line without end mark, too short for a paragraph and no list item, that begins like a title."""
    if one.blocks[0].shape == Shape.ITEM or len(one.said) > TITLE_WORDS or text[-1] in '.!?…:;,)"”':
        return False
    return (text[0].isupper() or text[0].isdigit()) and not OPEN_END.search(text) and one.said[-1] not in LEADING_IN


LEADING_IN = frozenset(["says", "say", "writes", "write", "wrote", "said", "argues", "asks"])


def is_byline(one: Reading, text: str) -> bool:
    """A name by itself, or one short sentence on where the writer works."""
    if len(one.sentences) == 1 and len(one.said) <= BYLINE_WORDS and OWN_BYLINE.match(text):
        return True
    return BYLINE.fullmatch(text) is not None and all(word[0].isupper() for word in text.split())


def fragment(one: Reading, casual: bool = False) -> bool:
    """Ends in the middle of a sentence, or begins there: which says nothing of those who write so always."""
    text = one.comment.text.strip()
    begins_within = text[0].islower() and one.blocks[0].shape != Shape.ITEM and not casual
    return begins_within or OPEN_END.search(text) is not None


def introduced(number: int, found: Sequence[Reading], given: Sequence[Role | None]) -> bool:
    """Ends in "says", stands after such an ending, or goes on where the quoted line before it breaks off."""
    if breaks_off(found[number]):
        return True
    if number == 0:
        return False
    before = number - 1
    text = found[before].comment.text.strip()
    if given[before] == Role.HEAD and "introduce" in found[before].acts:
        return True
    if given[before] == Role.QUOTE and OPEN_END.search(text) and not text.endswith(","):
        return True
    return breaks_off(found[before])


def breaks_off(one: Reading) -> bool:
    """Ends in "says" or the like, so that what is said stands in the next paragraph."""
    return bool(one.said) and one.said[-1] in LEADING_IN and one.comment.text.strip()[-1] not in ".!?"


def requoted(number: int, found: Sequence[Reading]) -> bool:
    """A paragraph soon after repeats a stretch of it between quotation marks; never where it says "I"."""
    if any(acts.of_self(one) for one in found[number].sentences):
        return False
    text = found[number].comment.text
    for after in found[number + 1 : number + 6]:
        for match in REQUOTED.finditer(after.comment.text):
            if len(match[1].split()) >= REQUOTED_WORDS and match[1].rstrip(".,") in text:
                return True
    return False


def asked(number: int, found: Sequence[Reading]) -> bool:
    """A question to "you" with an answer right after it."""
    if number + 1 >= len(found) or not ANSWER.match(found[number + 1].comment.text.strip()):
        return False
    one = found[number]
    questions = any(acts.is_question(sentence) or sentence.cue("ask") for sentence in one.sentences)
    return questions and any(acts.addresses(sentence) for sentence in one.sentences)


def others_opening(one: Reading) -> bool:
    """Opens with "We", "Our", "These" and the like, and never says "I"."""
    return OTHERS_OPEN.match(one.comment.text.strip()) is not None and not speaks_of_self(one)


def speaks_of_self(one: Reading) -> bool:
    """True if its writer speaks of themselves."""
    return any(acts.of_self(sentence) for sentence in one.sentences)


def score(number: int, found: Sequence[Reading], given: Sequence[Role | None], weight: Mapping[str, float]) -> float:
    """Points for a reaction right after it, shared words with that, and the absence of "I"."""
    if number + 1 >= len(found) or given[number + 1] is not None:
        return 0.0
    one, after = found[number], found[number + 1]
    share = overlap(one.stems, after.stems, weight)
    points = 1.0 if reacts(after) else 0.0
    points += 0.7 if not speaks_of_self(one) else 0.0
    points += 0.6 if share > 0.2 else 0.0
    points += 0.4 if any(acts.addresses(sentence) for sentence in after.sentences) else 0.0
    points += 0.4 if refers_back(after) and reacts(after) else 0.0
    points += 0.6 if EVIDENCE.match(after.comment.text.strip()) else 0.0
    points -= 1.0 if reacts(one) or one.blocks[0].shape == Shape.ITEM or addresses_other(one) else 0.0
    return points


def addresses_other(one: Reading) -> bool:
    """Speaks to "you" without being a question: the owner's own words to somebody."""
    first = one.sentences[0]
    return acts.addresses(first) and not first.asks


def reacts(one: Reading) -> bool:
    """Opens as a reaction does, or asks back about "this"."""
    text = one.comment.text.strip()
    if REACTION.match(text):
        return True
    first = one.sentences[0] if one.sentences else None
    return first is not None and first.asks and bool(THIS & {*first.said[:7]}) and not text.startswith("(")


def refers_back(one: Reading) -> bool:
    """Its first words point at something: this, that, other results."""
    return bool((THIS | {"that's", "other"}) & {*one.sentences[0].said[:7]}) if one.sentences else False
