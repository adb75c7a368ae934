"""What a sentence does: whether it claims, thanks, asks, or objects by asking."""

from __future__ import annotations

import re
from itertools import pairwise

from rejoinder.loaders.extract.people.misplaced import is_note
from rejoinder.loaders.extract.text.cues import opening
from rejoinder.loaders.extract.text.lexicon import FIRST_PERSON, NEGATIONS, SECOND_PERSON
from rejoinder.loaders.extract.text.once import kept
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.text.stances import takes_no_side
from rejoinder.loaders.extract.text.words import words

LINK = re.compile(r"https?://\S+|www\.\S+")
NO_CLAIM_START = re.compile(
    r"[,;:)\]/|=#^]|~(?!\d)|https?://|<!--|[*_]{0,2}(?:EDIT|PS|P\.S|TL;?DR|Edit|edit:|Source|Sources|See)\b|\*+ "
)
# A negated question after words that lead to it, "One thing: don't you think that ...?"; but no tag as "isn't it?".
DISBELIEVING = re.compile(
    r"[,:;–—]\s*(?:then\s+|so\s+|but\s+)?"
    r"(?:is|are|was|were|do|does|did|would|could|should|has|have|wo|ca)n['’]t\s+\w+\s+\w[^?]{3,300}\?",
    re.IGNORECASE,
)
# A line of nothing but code, or the place in a file that what follows is about: "`load.py:12`", "api/load.py:12-15:".
CODE_ALONE = re.compile(r"`[^`\n]+`[:.]?|(?:[\w/\\-]++\.)+[a-z]{1,5}:\d+(?:[-:]\d+)?:?")
# The line with which a mailer introduces what it quotes.
ATTRIBUTION = re.compile(
    r".{0,300}\b(?:wrote|writes|schrieb|écrit|escribió|ha scritto|schreef)"
    r"(?:\s(?:on|am|at|le|el|il|op)\s.{0,60}\d.{0,5})?\s?:"
    r"|(?:Am|Op|On)\s.{0,80}\d.{0,40}\b(?:schrieb|schreef|wrote)\s[^:]{1,80}:"
    r"|.{0,200}<[^<>\s]+(?:@| at )[^<>]+>:?",
    re.DOTALL,
)
ATTRIBUTION_MOST = 500
MAIL_HEADER = re.compile(r"(?:From|Sent|Date|To|Cc|Subject|Reply-To):\s.*", re.DOTALL)
QUOTE_MARKS = "\"“”‘’«»'"
DANGLING_WORDS = """
that but and because if is the a an of to or with for as so
"""
DANGLING = frozenset(DANGLING_WORDS.split())
PRAISE_WORDS = """
thank thanks appreciate appreciated enjoyed liked loved cheers cool nice great lovely awesome welcome
"""
PRAISE = frozenset(PRAISE_WORDS.split())
ADMIRING_WORDS = """
love loved excellent brilliant amazing awesome fantastic wonderful superb beautiful beautifully great good nice best
lovely impressive outstanding terrific neat solid bravo kudos congrats congratulations
"""
ADMIRING = frozenset(ADMIRING_WORDS.split())
CHEERS = frozenset(["bravo", "kudos", "congrats", "congratulations"])
# What else a sentence may say that only admires: the work, and words that tell nothing.
ADMIRED_WORDS = """
work job stuff post article write up read reading piece summary thread talk explanation breakdown video series blog team
this it that the a an what so very really such is was as always of on well written i you all here again week month year
today wow every bit much just ever far by one thing seen
"""
ADMIRED = ADMIRING | frozenset(ADMIRED_WORDS.split())
VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|being|am|has|have|had|do|does|did|will|would|can|could|should|may|might|must|"
    r"need|needs|seem\w*|mak\w+|tak\w+|go\w*|get\w*|work\w*|think\w*|know\w*|want\w*|say\w*|said|\w{3,}ed|\w{3,}n't|"
    r"(?:agree|allow|become|believe|break|bring|cause|come|cost|depend|disagree|doubt|eat|exist|fail|feel|find|follow|"
    r"give|guess|happen|hate|help|hold|hope|keep|lack|lead|let|like|live|look|lose|love|matter|mean|miss|move|pay|prefer|"
    r"prove|put|remain|require|run|see|sell|show|stay|stop|suppose|tend|turn|win)s?|"
    r"became|broke|brought|came|felt|found|gave|held|kept|led|left|lost|meant|met|paid|ran|saw|showed|shown|sold|stood|"
    r"thought|told|took|went|won|wrote|"
    r"\w{2,}['’](?:s|re|ve|m|ll|d))\b|\bI['’]m\b"
    r"|^(?:\W*)(?:I|you|we|they|he|she|it)\s+\w+",
    re.IGNORECASE,
)
JUDGING = frozenset({"obliging", "hedging", "arguing", "negative", "positive", "would"})
OPINION = frozenset(["think", "believe", "feel", "view", "opinion", "propose", "vote", "argue", "say", "claim"])
FACTS = frozenset(["who", "when", "where", "which", "whose"])
CHALLENGING = frozenset(["who", "whose", "how"])
OPINING = frozenset([("i", "think"), ("i", "believe"), ("we", "should"), ("i", "feel"), ("i'd", "argue")])
LAUGHS = frozenset(["ha", "haha", "hahaha", "hah", "heh", "lol", "lmao", "rofl"])
SMILES = re.compile(r"\s(?:[:;=]['’]?-?[)D]|[xX]D|[😀-😆😉😊😜🙂🙃🤣])[\s.!)]*\Z")
LAUGHED = 12  # words at most
TAKES_SIDES = frozenset(
    {"disagree", "wrong", "no", "agree", "concede", "contrast", "undermine", "rhetorical", "withdraw"}
)
SUPPOSING = frozenset(["would", "will", "should", "shall"])
WISHES = ("I'd like to", "I would like to", "I'd like us", "I want to", "I want us", "We want to", "We'd like to")
WANTING = tuple(map(words, WISHES))
WANT = frozenset(["like", "want"])
WANTED = 25  # words at the beginning of a sentence in which it says what its writer wants
GREETINGS = frozenset(["hi", "hello", "hey", "dear", "greetings", "morning", "evening"])
AUXILIARIES = frozenset(["has", "have", "does", "do", "did", "is", "was", "can", "could"])
ANYBODY = frozenset(["anyone", "anybody", "somebody", "someone"])
KNOWN = frozenset([("do", "we", "know"), ("is", "it", "known"), ("is", "there", "a"), ("is", "there", "an")])
MEASURES_WORDS = """
many much long wide deep far old often big large high tall late early fast
"""
MEASURES = frozenset(MEASURES_WORDS.split())
ASIDE = re.compile(r"\b(?:btw|by the way|out of curiosity|out of interest)\b", re.IGNORECASE)
# What follows "what" where it asks after no thing: "what makes ...", "what about ...", "what more ...".
NO_THINGS_WORDS = """
is are was were be am isn't do does did don't doesn't didn't will would won't wouldn't should could can can't might has
have had a an the about if makes made make keeps stops gives good use more else kind sort exactly on then happens
happened reason right evidence proof basis difference point part
"""
NO_THINGS = frozenset(NO_THINGS_WORDS.split())
INTERJECTION_WORDS = """
ah aha eh er ha haha hah heh hm hmm hmmm huh lol mhm oh oops uh um well whoa wow
"""
DISMAY = ("oh", "no")
INTERJECTIONS = frozenset(INTERJECTION_WORDS.split())
TURNED = frozenset({"contrast", "disagree", "wrong", "undermine", "undercut", "dismiss"})
MEANT = 0.75  # confidence of words that say that a question is meant as one
FEW_WORDS = 3
SHORT = 7
THANKS_WORDS = 25
HEADING_WORDS = 10
SENTENCE_WORDS = 5  # a capital, a full stop and so many words are a sentence, even if its verb is not a common one
# What a reply numbers the remarks by that it names again: "Q2:", "(3)", "[R1]", "W1.".
LABEL = re.compile(r"(?:[A-Z]{1,2}\d{1,2}(?:\.\d{1,2})?[.:)]|\([A-Z]?\d{1,2}\)|\[[A-Z]{1,2}\d{1,2}\]:?)\s+")
INTRODUCING_WORDS = "following below regarding remarks question questions comment comments"
INTRODUCING = frozenset(INTRODUCING_WORDS.split())
INTRODUCING_LAST = 4  # words at the end of a sentence, where they tell that it only introduces
POINTING = frozenset({"here", "here's", "this", "these", "that", "below", "following", "some", "see"})


def is_thanks(one: Sentence) -> bool:
    """Thanks, praise and other pleasantries, not too long, without a contrast or blame."""
    return "thanks" in one.acts and len(one.said) <= THANKS_WORDS and TURNED.isdisjoint(one.acts)


def is_praise(one: Sentence) -> bool:
    """A short exclamation, a few words of praise, or a sentence that admires and says nothing else."""
    if one.asks or not NEGATIONS.isdisjoint(one.said):
        return False
    return admires(one.said) or (len(one.said) <= SHORT and not PRAISE.isdisjoint(one.said))


def admires(said: tuple[str, ...]) -> bool:
    """True for "What a wonderful write-up!" and "Kudos to the team", but not for "The best stalls flood"."""
    if said[:1] and said[0] in CHEERS and len(said) <= SHORT:
        return True
    return not ADMIRING.isdisjoint(said) and ADMIRED.issuperset(said)


def is_heading(one: Sentence) -> bool:
    """A few words that end in a colon, or a label without verb or end mark."""
    if label := LABEL.match(one.exact):
        bare = one.exact[label.end() :]
        return not one.asks and len(bare.split()) <= HEADING_WORDS and VERB.search(bare) is None
    if one.exact.endswith(":"):
        if INTRODUCING & {*one.said[-INTRODUCING_LAST:], one.said[0]} and len(one.said) <= THANKS_WORDS:
            return True
        return len(one.said) <= HEADING_WORDS and (one.said[0] in POINTING or VERB.search(one.exact) is None)
    return len(one.said) <= SHORT and one.exact[-1:] not in ".!?…" and VERB.search(one.exact) is None


def is_link(one: Sentence) -> bool:
    """A bare link, perhaps with a pointer such as "see" before it."""
    if "://" not in one.exact and "www." not in one.exact:
        return False
    rest = LINK.sub(" ", one.exact)
    return rest != one.exact and (len(rest.split()) <= FEW_WORDS or one.said[:1] == ("see",))


def is_interjection(one: Sentence) -> bool:
    """True for "Hm.", "Oh!", "Oh no!" and what holds no word at all."""
    return not one.said or one.said == DISMAY or (INTERJECTIONS.issuperset(one.said) and not one.asks)


@kept
def is_aside(one: Sentence) -> bool:
    """What belongs to no argument: pleasantries, interjections, headings, bare links, notes, attributions."""
    if is_interjection(one) or is_link(one) or is_thanks(one) or is_praise(one) or laughs(one):
        return True
    if (
        is_heading(one)
        or CODE_ALONE.fullmatch(one.exact)
        or is_attribution(one)
        or takes_no_side(one.exact)
        or is_note(one)
    ):
        return True
    return one.exact.startswith("[") and one.exact.endswith("]") and len(one.said) <= HEADING_WORDS


def restates(one: Sentence) -> bool:
    """True if it only tells what the other side said: "You say the weir is old." """
    return "restate" in one.acts and not one.asks and TURNED.isdisjoint(one.acts)


def is_rhetorical(one: Sentence) -> bool:
    """A question that objects: negated, disbelieving, or one that says that something is wrong."""
    if not one.asks:
        return False
    if {"rhetorical", "wrong", "disagree", "no"} & one.acts:
        return True
    return (bool(NEGATIONS & {*one.said[:3]}) or DISBELIEVING.search(one.exact) is not None) and "ask" not in one.acts


def is_question(one: Sentence) -> bool:
    """A question that wants an answer."""
    return one.asks and not is_rhetorical(one)


def tells_of_self(one: Sentence) -> bool:
    """True for a sentence in which its writer speaks of themselves and judges and wants nothing: who they are."""
    if "i" not in one.kinds or not OPINION.isdisjoint(one.said):
        return False
    return JUDGING.isdisjoint(one.kinds) and "propose" not in one.acts and not wants(one)


def wants(one: Sentence) -> bool:
    """True if its writer says what they want: "I'd like to drop the meeting", "Hi all, we want to close the lane"."""
    said = one.said[:WANTED]
    if WANT.isdisjoint(said):
        return False
    return any(said[at : at + len(each)] == each for each in WANTING for at in range(len(said)))


def greets(one: Sentence) -> bool:
    """True for a sentence that begins with a greeting, and neither judges nor wants anything."""
    return bool(one.said) and one.said[0] in GREETINGS and JUDGING.isdisjoint(one.kinds) and not wants(one)


def wants_facts(one: Sentence) -> bool:
    """True for a question after a plain fact, without a negation: who, when, which, what disks, how many, has anyone.

    So is any that is asked by the way ("..., btw?").
    """
    said = one.said[opening(one.said) :]
    if not one.asks or len(said) < FEW_WORDS or "not" in one.kinds:
        return False
    if said[0] in FACTS and said[0] != "who" and "mean" in said:
        return True
    if (said[0] in AUXILIARIES and said[1] in ANYBODY) or said[:3] in KNOWN:
        return True
    if ASIDE.search(one.exact):
        return True
    measures, things = said[0] == "how" and said[1] in MEASURES, said[0] == "what" and said[1] not in NO_THINGS
    return "you" not in one.kinds and (said[0] in FACTS or measures or things)


def challenges_nobody(one: Sentence) -> bool:
    """True for a question after a fact, but not after who or how many, or what would be: "Where would they park?"."""
    return one.said[opening(one.said) :][0] not in CHALLENGING and SUPPOSING.isdisjoint(one.said)


def opines(one: Sentence) -> bool:
    """True if its writer says what they think, after words about the talk: "Let me be blunt: I think it failed"."""
    return any(pair in OPINING for pair in pairwise(one.said))


def laughs(one: Sentence) -> bool:
    """True for a few words beside a laugh, which hint at nothing: "Ha, tell that to my goat", "Poor goat lol :)"."""
    if len(one.said) > LAUGHED or one.asks or not one.said or not TAKES_SIDES.isdisjoint(one.acts):
        return False
    return one.said[0] in LAUGHS or one.said[-1] in LAUGHS or SMILES.search(one.exact) is not None


def in_brackets(one: Sentence) -> bool:
    """True for a remark that stands in brackets as a whole, and takes no side."""
    whole = one.exact[0] == "(" and one.exact.rstrip(".!")[-1:] == ")" and one.exact.count("(") == 1
    return whole and not one.asks and TAKES_SIDES.isdisjoint(one.acts)


def means_to_ask(one: Sentence) -> bool:
    """True if it says that a question is meant as one: "Genuinely asking."."""
    cue = one.cue("ask")
    return cue is not None and cue.confidence >= MEANT


def is_claim(one: Sentence) -> bool:
    """True unless it is a fragment, talk about the talk, a question, a quotation or an aside."""
    if len(one.said) < 2 or is_aside(one) or is_question(one) or restates(one) or NO_CLAIM_START.match(one.exact):
        return False
    if one.said[-1] in DANGLING and one.exact[-1].isalpha():  # it breaks off: what has an end mark is whole
        return False
    if one.exact[0] in QUOTE_MARKS and one.exact[-1] in QUOTE_MARKS:
        return False
    if "meta" in one.acts and not {"reason", "wrong"} & one.acts and len(one.said) <= THANKS_WORDS and not opines(one):
        return False
    if len(one.said) <= FEW_WORDS:
        return bool({"agree", "concede", "disagree", "wrong", "no"} & one.acts) or VERB.search(one.exact) is not None
    whole = (
        len(one.said) >= SENTENCE_WORDS
        and one.exact.endswith(".")
        and (one.exact[0].isupper() or "contrast" in one.acts)
    )
    return len(one.said) > SHORT or whole or VERB.search(one.exact) is not None


def is_attribution(one: Sentence) -> bool:
    """True for the words that introduce a quotation in a mail: who wrote it, and when."""
    if len(one.exact) > ATTRIBUTION_MOST or not (":" in one.exact or "<" in one.exact):
        return False
    return MAIL_HEADER.match(one.exact) is not None or ATTRIBUTION.fullmatch(one.exact) is not None


def addresses(one: Sentence) -> bool:
    """True if it speaks to the other side."""
    return bool(SECOND_PERSON & {*one.said})


def of_self(one: Sentence) -> bool:
    """True if its writer speaks of themselves."""
    return bool(FIRST_PERSON & {*one.said})


def negations(said: tuple[str, ...]) -> int:
    """How many words negate."""
    return sum(map(NEGATIONS.__contains__, said))
