"""What the tool calls things in plain English: what a move does, how it was found, how sure that is, how it stands."""

from __future__ import annotations

from rejoinder.graph.maps.lettering import visible_text

KIND_NOUNS = {
    "Claim": "Claim",
    "Move": "Move",
    "Support": "Support",
    "Objection": "Objection",
    "Rebuttal": "Rebuttal",
    "Undermine": "Objection to a premise",
    "Undercut": "Objection to the step",
    "Reply": "Reply",
    "Question": "Question",
    "Answer": "Answer",
    "Counter": "Counter",
    "Concession": "Concession",
    "Clarification": "Clarification",
    "Dismissal": "Dismissal",
    "Quotation": "Quotation",
    "Similarity": "Similar claim",
    "Comment": "Comment",
    "Thread": "Thread",
    "Span": "Passage",
    "Author": "Author",
}

KIND_VERBS = {
    "Move": "takes up what was said",
    "Support": "gives a reason for it",
    "Objection": "speaks against it",
    "Rebuttal": "speaks against the claim itself",
    "Undermine": "speaks against something that it rests on",
    "Undercut": "grants the reason, but not what is drawn from it",
    "Reply": "takes it up, neither for nor against",
    "Question": "asks, and so hands the burden back",
    "Answer": "meets an objection or a question",
    "Counter": "meets an objection by objecting to it",
    "Concession": "grants it",
    "Clarification": "says what was meant",
    "Dismissal": "declines it without meeting it",
    "Quotation": "quotes it",
    "Similarity": "says nearly the same",
}

NO_MOVES_NOTE = (
    "No move was found that starts from this claim or is aimed at it: nobody took it up, and it takes up nothing."
)
LESS_SURE_NOTE = "Any of these may not be an objection, so none is counted."
NONE_OPEN, NONE_SURE = "no open objection", "no open objection that is sure enough"  # where a list is empty
UNKNOWN_AUTHOR = "somebody unknown"  # who stands where no author is known

METHOD_WORDS = {
    "structural": "read off the structure of the thread",
    "rule": "found by a rule about wording",
    "model": "found by a statistical model",
    "human": "stated by a person",
}

# The same in little, after how sure that is.
SHORT_METHOD_WORDS = {
    "structural": "by structure",
    "rule": "by a rule",
    "model": "by a model",
    "human": "by a person",
}

# What each status of an objection says.
STATUS_WORDS = {
    "silent": "no reply at all",
    "unaddressed": "replies, but none to the point",
    "reinstated": "met counters, and all of them were refuted",
    "awaiting-objector": "waiting on the objector, who was asked something",
    "third-party-only": "answered, but by somebody else only",
    "undecided": "countered, and the counter is itself in dispute",
    "countered": "met a counter that stands",
    "clarified": "met with a clarification",
    "conceded": "conceded",
    "dismissed": "dismissed without a reason",
    "withdrawn": "taken back by the person who raised it",
}

# What the moves that give an objection its status did; the statuses that no move gives are not among them.
DECIDING_VERBS = {
    "withdrawn": "taken back",
    "dismissed": "dismissed",
    "conceded": "conceded",
    "countered": "countered",
    "undecided": "disputed",
    "reinstated": "refuted",
    "awaiting-objector": "asked",
    "clarified": "clarified",
    "third-party-only": "answered",
}

# Whether somebody still owes a word.
OPEN_STATUSES = ("silent", "unaddressed", "reinstated")
BETWEEN_STATUSES = ("awaiting-objector", "third-party-only", "undecided")

LABEL_WORDS = {
    "in": ("stands", "no objection to it that stands"),
    "out": ("defeated", "at least one objection to it stands"),
    "undecided": ("undecided", "the objections to it are themselves in dispute"),
}

UNSURE_LABEL_WORDS = ("defeated, unsure", "only objections to it that are too unsure to be counted stand")


def kind_noun(name: str) -> str:
    """A class of the ontology as a noun for readers.

    >>> kind_noun("Undermine"), kind_noun("Span")
    ('Objection to a premise', 'Passage')
    """
    return KIND_NOUNS.get(name, name)


def objection_counts(objections: int, unaddressed: int | None) -> str:
    """How many objections there are that count, and how many of them nothing answers.

    >>> objection_counts(0, 0), objection_counts(1, 1), objection_counts(2, 0)
    ('no objection', '1 objection, 1 unaddressed', '2 objections, none unaddressed')
    """
    if not objections:
        return "no objection"
    return f"{objections} objection{'s' if objections > 1 else ''}, {unaddressed or 'none'} unaddressed"


def label_and_meaning(label: str | None, objections: int | None) -> tuple[str, str] | None:
    """The word for a label and what it says; `objections` are those that count, None where they are not counted.

    >>> label_and_meaning("out", 0)[0], label_and_meaning("out", 2)[0], label_and_meaning("in", 0)[0]
    ('defeated, unsure', 'defeated', 'stands')
    """
    return UNSURE_LABEL_WORDS if label == "out" and objections == 0 else LABEL_WORDS.get(label or "")


# From which confidence on, in words, and how many in ten such moves were right in the test that docs/extraction.md
# describes (0: too few to tell). `python -m benchmarks.reliability --write` sets the last column.
CONFIDENCE_BANDS = (
    (0.9, "nearly certain", 9),
    (0.7, "likely", 8),
    (0.5, "more likely than not", 6),
    (0.3, "doubtful", 4),
    (0.0, "hardly more than a guess", 2),
)


TOGETHER_CUE = "its words taken together"  # the cue of an objection that no phrase gives away; a test holds it to that


MOST_DIGITS = 17  # as many as a number of the machine may have


def sureness_words(confidence: float) -> str:
    """What a confidence, 0..1, means.

    >>> sureness_words(0.82), sureness_words(0.41)
    ('likely', 'doubtful')
    """
    return _band(confidence)[1]


def percent(share: float) -> str:
    """A share, 0..1, in whole percent, rounded down: a half or a whole is never said of less, nor nothing of something.

    >>> percent(0.825), percent(0.4998), percent(0.29), percent(0.9996), percent(0.004), percent(0)
    ('82%', '49%', '29%', '99%', '<1%', '0%')
    """
    whole_percent = int(round(share * 100, 6))
    return "<1%" if share > 0 and whole_percent == 0 else f"{whole_percent}%"


def short_decimal(value: float, form: str = ".3g") -> str:
    """A number in this format, with more digits where so few would take it to 0, to a half or to 1.

    >>> short_decimal(0.8664), short_decimal(0.49964), short_decimal(0.5)
    ('0.866', '0.4996', '0.5')
    >>> short_decimal(0.9996, ".2f"), short_decimal(0.0004, ".3f")
    ('0.9996', '0.0004')
    """
    few = int(form[1:-1])
    texts = (f"{value:.{digits}{form[-1]}}" for digits in range(few, MOST_DIGITS))
    return next((text for text in texts if float(text) == value or float(text) not in {0, 0.5, 1}), f"{value:.{few}g}")


def judged_words(cue: str | None, because: str | None) -> str:
    """What is said of a move that a person judged to be right instead of how it was found: by whom, and why.

    >>> judged_words("judged by Ana", "of what?"), judged_words("judged by a person", None)
    ('judged by Ana: of what?', 'judged by a person')
    """
    return f"{cue}: {because}" if because else cue or ""


def tested_words(confidence: float) -> str:
    """How many moves that were called so sure were right when they were tested; nothing where too few were.

    >>> tested_words(0.82).startswith("about ")
    True
    """
    tenths = _band(confidence)[2]
    return f"about {tenths} in 10 such moves were right in a test on invented discussions" if tenths else ""


def _band(confidence: float) -> tuple[float, str, int]:
    return next(
        (confidence_band for confidence_band in CONFIDENCE_BANDS if confidence >= confidence_band[0]),
        CONFIDENCE_BANDS[-1],
    )


def standing_of_status(status: str) -> str:
    """Whether a status leaves an objection "open", "between" or "settled"."""
    return "open" if status in OPEN_STATUSES else "between" if status in BETWEEN_STATUSES else "settled"


def answered_beside_note(count: object) -> str:
    """What is said of a comment's objections where this many others of it have an answer; nothing where none has.

    >>> answered_beside_note(0), answered_beside_note(1), answered_beside_note(3)
    ('', 'a reply took up another point of this comment', '3 other points of this comment were taken up')
    """
    if count == 1:
        return "a reply took up another point of this comment"
    return f"{count} other points of this comment were taken up" if count else ""


def aim_of_kind(kind: object) -> str:
    """What leads from an objection of this kind to what it is aimed at: one that answers another says so.

    >>> aim_of_kind("Rebuttal"), aim_of_kind("Counter")
    ('against', 'in answer to')
    """
    return "in answer to" if kind == "Counter" else "against"


# What marks the reason beside an objection that does not say by itself what is wrong, by how it was found.
REASON_WORDS = {"support": "reason given", "next sentence": "it goes on"}


def reason_found_words(reason: object, origin: object) -> str:
    """What is said of the reason beside an objection that does not say by itself what is wrong.

    >>> reason_found_words("The bolts rust.", "next sentence")
    'it goes on: “The bolts rust.”'
    """
    return f"{REASON_WORDS.get(str(origin), origin)}: “{visible_text(str(reason))}”"


def wordless_noun(kind: str, author: object) -> str:
    """What stands for a thing of this class that holds no words; a comment has none only where it is deleted.

    >>> wordless_noun("Comment", "ann"), wordless_noun("Comment", None), wordless_noun("Thread", None)
    ('a deleted comment by ann', 'a deleted comment', 'the post, which was not loaded')
    """
    if kind == "Thread":
        return "the post, which was not loaded"
    by = f" by {visible_text(str(author))}" if author else ""
    return f"a deleted comment{by}" if kind == "Comment" else f"a reaction without words{by}"


def alternative_words(name: str) -> str:
    """What something is called that the words could do.

    >>> alternative_words("none"), alternative_words("Support")
    ('none of these', 'Support')
    """
    return {"none": "none of these", "aside": "an aside"}.get(name, name)


def signed_weight(value: float) -> str:
    """What a feature adds to the log odds, with its sign; short, however large it is.

    >>> signed_weight(0.412), signed_weight(-0.3), signed_weight(1e300)
    ('+0.41', '-0.30', '+1e+300')
    """
    return f"{value:+.2f}" if abs(value) < 1000 else f"{value:+.3g}"
