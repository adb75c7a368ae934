"""What belongs to no argument: thanks and praise, interjections, headings, bare links, boxes, notes, attributions."""

from __future__ import annotations

import re

from rejoinder.loaders.bodies.heads import WROTE
from rejoinder.loaders.extract.people.misplaced import is_note
from rejoinder.loaders.extract.text.caching import cached_on_argument
from rejoinder.loaders.extract.text.lexicon import NEGATIONS
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.text.stances import takes_no_side

LINK = re.compile(r"https?://\S+|www\.\S+")
# A line of nothing but code, or the place in a file that what follows is about: "`load.py:12`", "api/load.py:12-15:".
CODE_ALONE = re.compile(r"`[^`\n]+`[:.]?|(?:[\w/\\-]++\.)+[a-z]{1,5}:\d+(?:[-:]\d+)?:?")
# To be ticked, in a form that a site asks to be filled in, or in a list of things to do.
BOX = re.compile(r"\[[ xX]\]\s")
ATTRIBUTION = re.compile(
    WROTE + r"|(?:Am|Op|On)\s.{0,80}\d.{0,40}\b(?:schrieb|schreef|wrote)\s[^:]{1,80}:"
    r"|.{0,200}<[^<>\s]+(?:@| at )[^<>]+>:?",
    re.DOTALL,
)
ATTRIBUTION_MOST = 500  # characters
MAIL_HEADER = re.compile(r"(?:From|Sent|Date|To|Cc|Subject|Reply-To):\s.*", re.DOTALL)
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
# A common verb, or what has the form of one.
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
LAUGHS = frozenset(["ha", "haha", "hahaha", "hah", "heh", "lol", "lmao", "rofl"])
SMILES = re.compile(r"\s(?:[:;=]['’]?-?[)D]|[xX]D|[😀-😆😉😊😜🙂🙃🤣])[\s.!)]*\Z")
LAUGHED = 12  # words at most
TAKES_SIDES = frozenset(
    {"disagree", "wrong", "no", "agree", "concede", "contrast", "undermine", "rhetorical", "withdraw"}
)
INTERJECTION_WORDS = """
ah aha eh er ha haha hah heh hm hmm hmmm huh lol mhm oh oops uh um well whoa wow
"""
DISMAY = ("oh", "no")
INTERJECTIONS = frozenset(INTERJECTION_WORDS.split())
# Acts by which thanks or a repetition turn into something else.
TURNED = frozenset({"contrast", "disagree", "wrong", "undermine", "undercut", "dismiss"})
# Words at most: of what only points, of what can be short, of thanks and talk about the talk, of a heading.
FEW_WORDS, SHORT, THANKS_WORDS, HEADING_WORDS = 3, 7, 25, 10
# What a reply numbers the remarks by that it names again: "Q2:", "(3)", "[R1]", "W1.".
LABEL = re.compile(r"(?:[A-Z]{1,2}\d{1,2}(?:\.\d{1,2})?[.:)]|\([A-Z]?\d{1,2}\)|\[[A-Z]{1,2}\d{1,2}\]:?)\s+")
INTRODUCING_WORDS = "following below regarding remarks question questions comment comments"
INTRODUCING = frozenset(INTRODUCING_WORDS.split())
INTRODUCING_LAST = 4  # words at the end of a sentence, where they tell that it only introduces
POINTING = frozenset({"here", "here's", "this", "these", "that", "below", "following", "some", "see"})


@cached_on_argument
def is_aside(sentence: Sentence) -> bool:
    """What belongs to no argument: pleasantries, interjections, headings, bare links, notes, attributions."""
    if is_interjection(sentence) or is_link(sentence) or is_thanks(sentence) or is_praise(sentence) or laughs(sentence):
        return True
    if (
        is_heading(sentence)
        or CODE_ALONE.fullmatch(sentence.exact)
        or is_box(sentence)
        or is_attribution(sentence)
        or takes_no_side(sentence.exact)
        or is_note(sentence)
    ):
        return True
    return sentence.exact.startswith("[") and sentence.exact.endswith("]") and len(sentence.words) <= HEADING_WORDS


def is_box(sentence: Sentence) -> bool:
    """True for a line with a box to tick, whatever it says: "[x] I agree to the rules"."""
    return BOX.match(sentence.exact) is not None


def is_interjection(sentence: Sentence) -> bool:
    """True for "Hm.", "Oh!", "Oh no!" and what holds no word at all."""
    return (
        not sentence.words
        or sentence.words == DISMAY
        or (INTERJECTIONS.issuperset(sentence.words) and not sentence.asks)
    )


def is_link(sentence: Sentence) -> bool:
    """A bare link, perhaps with a pointer such as "see" before it."""
    if "://" not in sentence.exact and "www." not in sentence.exact:
        return False
    rest = LINK.sub(" ", sentence.exact)
    return rest != sentence.exact and (len(rest.split()) <= FEW_WORDS or sentence.words[:1] == ("see",))


def is_thanks(sentence: Sentence) -> bool:
    """Thanks, praise and other pleasantries, not too long, without a contrast or blame."""
    return "thanks" in sentence.acts and len(sentence.words) <= THANKS_WORDS and TURNED.isdisjoint(sentence.acts)


def is_praise(sentence: Sentence) -> bool:
    """A short exclamation, a few words of praise, or a sentence that admires and says nothing else."""
    if sentence.asks or not NEGATIONS.isdisjoint(sentence.words):
        return False
    return admires(sentence.words) or (len(sentence.words) <= SHORT and not PRAISE.isdisjoint(sentence.words))


def admires(words: tuple[str, ...]) -> bool:
    """True for "What a wonderful write-up!" and "Kudos to the team", but not for "The best stalls flood"."""
    if words[:1] and words[0] in CHEERS and len(words) <= SHORT:
        return True
    return not ADMIRING.isdisjoint(words) and ADMIRED.issuperset(words)


def laughs(sentence: Sentence) -> bool:
    """True for a few words beside a laugh, which hint at nothing: "Ha, tell that to my goat", "Poor goat lol :)"."""
    if (
        len(sentence.words) > LAUGHED
        or sentence.asks
        or not sentence.words
        or not TAKES_SIDES.isdisjoint(sentence.acts)
    ):
        return False
    return sentence.words[0] in LAUGHS or sentence.words[-1] in LAUGHS or SMILES.search(sentence.exact) is not None


def is_heading(sentence: Sentence) -> bool:
    """A few words that end in a colon, or a label without verb or end mark."""
    if label := LABEL.match(sentence.exact):
        bare = sentence.exact[label.end() :]
        return not sentence.asks and len(bare.split()) <= HEADING_WORDS and VERB.search(bare) is None
    if sentence.exact.endswith(":"):
        if (
            INTRODUCING & {*sentence.words[-INTRODUCING_LAST:], sentence.words[0]}
            and len(sentence.words) <= THANKS_WORDS
        ):
            return True
        return len(sentence.words) <= HEADING_WORDS and (
            sentence.words[0] in POINTING or VERB.search(sentence.exact) is None
        )
    return len(sentence.words) <= SHORT and sentence.exact[-1:] not in ".!?…" and VERB.search(sentence.exact) is None


def is_attribution(sentence: Sentence) -> bool:
    """True for the words that introduce a quotation in a mail: who wrote it, and when."""
    if len(sentence.exact) > ATTRIBUTION_MOST or not (":" in sentence.exact or "<" in sentence.exact):
        return False
    return MAIL_HEADER.match(sentence.exact) is not None or ATTRIBUTION.fullmatch(sentence.exact) is not None


def is_in_brackets(sentence: Sentence) -> bool:
    """True for a remark that stands in brackets as a whole, and takes no side."""
    bracketed = sentence.exact[0] == "(" and sentence.exact.rstrip(".!")[-1:] == ")" and sentence.exact.count("(") == 1
    return bracketed and not sentence.asks and TAKES_SIDES.isdisjoint(sentence.acts)
