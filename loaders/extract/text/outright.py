"""Whether words that take something back, or promise to give in, do so outright: on no condition, and as their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rejoinder.loaders.extract.text.cues import FILLERS, Cue
from rejoinder.loaders.extract.text.words import words

MARK = re.compile(r"[,;:.!–—()]|\s-+\s")  # what parts one clause from the next
Clause = tuple[str, ...]

# All that may stand before the phrase in its own clause: "in the light of that I withdraw ...".
BEFOREHAND_WORDS = """
in the that this case light view of with given based on upon reflection second thought thoughts all right alright fine
good fair enough agreed now therefore thus hence accordingly gladly happily gratefully personally i think guess suppose
we yep yup hmmm for my part honestly nvm my mistake
"""
BEFOREHAND = frozenset(BEFOREHAND_WORDS.split()) | FILLERS
FACTUAL = frozenset(["since", "because", "as", "given", "with", "after", "having", "seeing", "thanks"])
HENCE = frozenset(["so", "therefore", "thus", "hence"])  # what stands before these is a fact
JOINS = HENCE | {"and"}
REPORTS = frozenset(["say", "says", "said", "write", "wrote", "that"])  # the last word before what is only reported
# The first two words of a clause that makes a condition, or supposes something.
SUPPOSING_WORDS = """
if unless until till when whenever once before provided providing assuming supposing suppose imagine should were had
whether lest only perhaps maybe say case soon long moment minute day condition conditions would could might may
"""
SUPPOSING = frozenset(SUPPOSING_WORDS.split())
HEAD = 2
LATER = SUPPOSING - {"if", "when", "say", "day", "long"}  # "I take that back, if they are fine with it"
PROMISING = frozenset(["i'll", "happy", "happily", "fine"])
PROMISES = frozenset(["i'll", "we'll"])
ALWAYS = frozenset(["if", "unless", "until", "provided", "assuming", "condition", "conditions", "nothing", "none"])
TOPIC = frozenset(["about", "that", "regarding", "concerning", "what", "how", "whether", "why"])
# What may follow a phrase that is whole without it: "I take that back now", but not "I take that back road".
WHOLE = frozenset(["that", "this", "it", "back", "withdraw", "retract", "withdrawn", "retracted"])
AFTER_WORDS = """
then now too also here again and so as since because given after for about regarding concerning from sorry thanks thank
lol i you we with entirely completely fully gladly officially immediately at
"""
AFTER = frozenset(AFTER_WORDS.split())
OWNED = ("my", "the", "our", "what")  # the last word of a phrase after which stands what is taken back
AHEAD = 4  # words after it, among which one must be of these
SPEECH_WORDS = """
comment comments post reply message remark remarks objection objections point points claim claims argument part bit
statement concern concerns worry worries doubt doubts question questions issue issues suggestion note proposal rfc idea
motion plan patch pr i opposition criticism complaint assertion reservations veto vote words
"""
SPEECH = frozenset(SPEECH_WORDS.split())


def outright_cues(cues: tuple[Cue, ...], text: str) -> tuple[Cue, ...]:
    """The cues of a sentence, whose text this is, but for those that take back, or give in, in appearance only."""
    candidates = {cue for cue in cues if cue.act == "withdraw" or (cue.act == "concede" and is_promise(cue))}
    if not candidates:
        return cues
    folded = text.replace("’", "'").casefold()
    idle = {cue for cue in candidates if not is_meant(cue, folded)}
    return tuple(cue for cue in cues if cue not in idle) if idle else cues


def is_promise(cue: Cue) -> bool:
    """True for a phrase that gives in by what its writer will do: "I'd happily change", "is fine then"."""
    return not PROMISING.isdisjoint(words(cue.phrase))


def is_meant(cue: Cue, text: str) -> bool:
    """True if the phrase, where it first stands in this text, takes back something that was said, or gives in to it."""
    match = phrase_pattern(cue.phrase).search(text)
    if match is None:
        return True
    *earlier, clause = (words(part) for part in MARK.split(text[: match.start()]))
    rest, *later = (words(part) for part in MARK.split(text[match.end() :]))
    phrase = words(cue.phrase)
    if cue.act == "concede":
        return not any(map(begins_condition, (*earlier, clause))) and SUPPOSING.isdisjoint(rest)
    return said_freely(earlier, clause) and is_speech(phrase, rest) and is_unconditional(phrase, rest, later)


@cache
def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """Finds the words of a phrase."""
    return re.compile(r"(?<!\w)" + r"\W+".join(map(re.escape, words(phrase))) + r"(?!\w)")


def said_freely(earlier: Sequence[Clause], clause: Clause) -> bool:
    """True if nothing before the phrase, in its clause or before that, makes it depend on something or reports it."""
    cut = max((place for place, word in enumerate(clause) if word in JOINS), default=-1)
    if cut >= 0:
        earlier = () if clause[cut] in HENCE else (*earlier, clause[:cut])
        clause = clause[cut + 1 :]
    if any(begins_condition(other) or (other and other[-1] in REPORTS) for other in earlier):
        return False
    return clause != ("that",) and not begins_condition(clause) and (BEFOREHAND.issuperset(clause) or is_fact(clause))


def begins_condition(clause: Clause, by: frozenset[str] = SUPPOSING) -> bool:
    """True if a clause begins as a condition does, after "well" and the like."""
    start = next((place for place, word in enumerate(clause) if word not in FILLERS), 0)
    return not by.isdisjoint(clause[start : start + HEAD])


def is_fact(clause: Clause) -> bool:
    """True for a clause that gives what is so as a reason: "With the railing added I no longer object"."""
    head = next((word for word in clause if word not in FILLERS), "")
    return head in FACTUAL and SUPPOSING.isdisjoint(clause) and clause[-1] not in REPORTS


def is_speech(phrase: Clause, rest: Clause) -> bool:
    """True if what follows can be something that was said, or the phrase needs nothing more."""
    if phrase[-1] in OWNED:
        return not SPEECH.isdisjoint(rest[:AHEAD])
    return phrase[-1] not in WHOLE or not rest or rest[0] in AFTER or rest[0] in SPEECH


def is_unconditional(phrase: Clause, rest: Clause, later: Sequence[Clause]) -> bool:
    """True if no condition follows."""
    topic = 0 if phrase[-1] == "what" else next((place for place, word in enumerate(rest) if word in TOPIC), len(rest))
    if not (SUPPOSING.isdisjoint(rest[:topic]) and ALWAYS.isdisjoint(rest)):
        return False
    return not any(begins_condition(clause, SUPPOSING if phrase[0] in PROMISES else LATER) for clause in later)
