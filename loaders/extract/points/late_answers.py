"""Apologies for a late answer, excuses for it, and promises of one: by themselves they answer nothing."""

from __future__ import annotations

import re

from rejoinder.loaders.extract.text.reading import Reading, Sentence

APOLOGY = re.compile(
    r"\W*+(?:(?:hi|hey|oh|i|we|so|very|really|and|many|my|i['’]m|i am|we['’]re|we are|with)\s+){0,3}"
    r"(?:sorry|apologies|apologi[sz]e|apologi[sz]ing)\b[^.!?;]{0,40}?"
    r"\b(?:late|later|slow|belated|tardy|delay|delayed|sooner|earlier|(?:the|long) wait|so long)\b"
    r"(?:\s+(?:reply|response|answer|reaction|comment|getting back|to (?:the|this) (?:party|thread|discussion)"
    r"|in (?:replying|answering|responding|getting back)|here|to (?:you|reply|answer|respond)|on this)){0,2}",
    re.IGNORECASE,
)
EXCUSE = re.compile(
    r"\b(?:holidays?|vacation|away|busy|swamped|ill|sick|flu|travell?ing|offline|asleep|notification|notified|hectic"
    r"|(?:just|only|now) (?:saw|seen|noticed|found|read)|missed (?:this|it|your)|forgot|got lost|been a while)\b",
    re.IGNORECASE,
)
PROMISE = re.compile(
    r"\b(?:will|i['’]ll|we['’]ll|going to|let me|shall)\s+(?:\w+\s+){0,2}(?:get back|come back|reply|respond|answer)\b"
    r"(?=.{0,40}\b(?:later|soon|tomorrow|tonight|next|when|once|shortly|week|weekend|monday|friday|properly|you|this)\b)",
    re.IGNORECASE,
)
ANSWERING = ("back", "reply", "respond", "answer")  # without any of these nothing is promised
SORRY = frozenset(["sorry", "apologies", "my apologies", "i apologize"])  # the cues that such an apology shows
SAYS_MORE = frozenset({"agree", "concede", "withdraw", "done", "disagree", "wrong", "no", "contrast"})
LONGEST = 14  # words of an excuse, or of a promise to answer


def is_late(sentence: Sentence) -> bool:
    """True if a sentence is sorry for no more than that its answer comes late."""
    return APOLOGY.match(sentence.exact) is not None


def says_no_more(sentence: Sentence, reading: Reading) -> bool:
    """True for a sentence that only apologises for being late, or promises an answer; beside it also for an excuse."""
    if any(cue.act in SAYS_MORE and cue.phrase not in SORRY for cue in sentence.cues):
        return False
    match = APOLOGY.match(sentence.exact)
    rest = sentence.exact if match is None else sentence.exact[match.end() :]
    if len(rest.split()) > LONGEST:
        return False
    if match is not None and not rest.strip(" \t.!?,:;…)-–—"):
        return True
    if (match is not None or any(map(is_late, reading.sentences))) and EXCUSE.search(rest):
        return True
    return any(word in rest.casefold() for word in ANSWERING) and PROMISE.search(rest) is not None
