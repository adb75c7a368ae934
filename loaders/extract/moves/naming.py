"""What the features of the models are called to readers: in words that a person can check against the sentence."""

from __future__ import annotations

from functools import lru_cache

from rejoinder.loaders.extract.points.features import OPENERS

PLACES = {"below": 1, "two below": 2, "above": -1, "two above": -2, "three above": -3}  # of paragraphs beside one
WORDS = {  # kinds of the lexicon, each with two of its words
    "positive": "words of praise (good, clear)",
    "negative": "words of blame (bad, fails)",
    "absolute": "sweeping words (all, never)",
    "hedging": "hedging words (maybe, seems)",
    "comparing": "comparing words (more, than)",
    "obliging": "words of duty (must, should)",
    "would": "'would' or 'could'",
    "arguing": "words about arguing (claim, proof)",
    "evidence": "words of evidence (study, data)",
    "adding": "adding words (also, moreover)",
    "causing": "words of cause (because, so)",
    "contrasting": "contrasting words (but, still)",
    "changing": "words of changes made (added, revised)",
    "some": "words of amount (some, many)",
    "people": "words for people (anyone, parents)",
    "thanking": "thanking words (thanks, glad)",
    "i": "'I' or 'my'",
    "you": "'you' or 'your'",
    "we": "'we' or 'our'",
    "third": "'they' or 'it'",
    "not": "negations (not, never)",
}
PHRASES = {  # acts of the cue table, each with a phrase or two
    "agree": "a phrase that agrees (good point)",
    "concede": "a phrase that grants something (I admit)",
    "restate": "a phrase that tells what the other said (you say)",
    "withdraw": "a phrase that takes something back (scratch that)",
    "done": "a phrase that says it was done (I added)",
    "thanks": "a phrase that thanks (thank you)",
    "disagree": "a phrase that disagrees (not convinced)",
    "no": "a plain no (nope, not really)",
    "wrong": "a phrase that calls it wrong (not true)",
    "contrast": "a phrase that turns (however)",
    "undermine": "a phrase that doubts the ground (no evidence)",
    "undercut": "a phrase that doubts the step (doesn't follow)",
    "dismiss": "a phrase that waves it away (off topic)",
    "clarify": "a phrase that explains (I meant)",
    "answer": "a phrase that answers (no idea)",
    "propose": "a phrase that proposes (how about)",
    "request": "a phrase that requests (could you)",
    "ask": "a word that asks (why, how)",
    "rhetorical": "a question that objects (isn't, wouldn't)",
    "reason": "a phrase that gives a reason (given that)",
    "example": "a phrase that gives an example (for instance)",
    "follow": "a phrase that concludes (therefore)",
    "same": "a phrase that goes on (in addition)",
    "point": "a phrase that names the issue (the point is)",
    "meta": "a phrase about the talk itself (as I said)",
    "absolute": "a sweeping phrase (all of, nobody)",
    "hedge": "a hedging phrase (I think, perhaps)",
    "positive": "a phrase of praise (great, useful)",
    "negative": "a phrase of blame (worse, unfair)",
    "introduce": "a phrase that quotes somebody (says, wrote)",
}
PLAIN = {
    "leans": "agreeing and disagreeing phrases",
    "whole leans": "agreeing and disagreeing phrases of the whole reply",
    "density not": "share of negations",
    "share": "words shared with what it reacts to",
    "repeats": "wording repeated from what it reacts to",
    "negation differs": "one is negated, the other is not",
    "negation differs, shared": "one is negated, the other is not, in the same words",
    "other asks": "what it reacts to asks",
    "other wishes": "what it reacts to asks for something",
    "before contrast": "the next point turns (however)",
    "before length": "length of the point before",
    "before asks": "the point before asks",
    "asks": "it asks",
    "asks negated": "it asks with a negation",
    "asks who": "it asks who",
    "asks how": "it asks how or why",
    "asks what": "it asks what",
    "asks where": "it asks where, when or which",
    "asks yes or no": "it asks for yes or no",
    "asks statement": "it asks by a statement or a few words",
    "bare": "no full stop, and nobody says I or you",
    "by the starter": "said by who opened the thread",
    "exclaims": "it ends with an exclamation mark",
    "few words": "only a few words",
    "numbers": "a number in it",
    "quotation marks": "quotation marks in it",
    "item": "an item of a list",
    "last": "the last point of its comment",
    "late": "late in its comment",
    "second": "the second point of its comment",
    "begins a paragraph": "it begins a paragraph",
    "opening post": "said in the opening post",
    "length": "its length",
    "negates": "a negation in it",
    "negates early": "a negation among its first words",
    "no person": "nobody says I, you or we",
    "nothing shared": "no word shared with what it reacts to",
    "opens asking": "opens with a question word",
    "opens inverted": "opens with a verb, as questions do",
    "opens pointing": "opens with a word like 'this'",
    "opposed words": "a word and its opposite",
    "tone alike": "both judge alike, good or bad",
    "tone differs": "one judges good, the other bad",
    "no end mark": "it ends without a full stop",
    "starts small": "it begins in lower case",
    "in brackets": "it begins with a bracket",
    "one sentence": "a single sentence",
    "ends asking": "it ends with a question",
    "reacts": "it opens as a reaction does",
    "answers": "it opens as an answer does",
    "points back": "its first words point back",
    "opens as others": "opens as somebody else would ('We', 'Our')",
    "introduces": "it introduces somebody's words",
    "of its writer": "its writer speaks of themselves",
    "to somebody": "it speaks to somebody",
    "clarifies": "it explains its writer's words",
    "title case": "it is written as a title",
    "rather below": "words shared with the paragraph below, less those shared with the one above",
    "capital in a dump without": "it begins with a capital, in a dump whose owner uses none",
    "taken up below": "a few of its words stand between quotation marks below",
    "a fragment": "it begins or ends within a sentence",
    "no quotation near": "no quotation stands near above it",
    "1 below a quotation": "right below a quotation",
    "2 below a quotation": "two paragraphs below a quotation",
    "3 below a quotation": "three paragraphs below a quotation",
    "looks like: aside": "it looks like an aside",
    "looks like: head": "it looks like a head",
    "looks like: quote": "it looks like a quotation",
    "after a question": "after a question",
    "after a quotation": "after a quotation",
    "its lean among others": "how far the model leans to it rather than the opposite, among the points of its reply",
    "its lean alone": "how far the model leans to it rather than the opposite, in a reply of one point",
    "thread length": "how long the comments of the thread are",
    "thread sentences": "how many sentences its comments have",
    "thread argues": "how many of its sentences hold words of argument",
    "thread exclaims": "how many of the thread's sentences end with an exclamation mark",
    "thread tells": "how many of the thread's sentences tell of who writes them",
    "thread thanks": "how many of the thread's replies thank or praise",
    "thread laughs": "how many of the thread's replies laugh or joke",
    "its reply": "how likely its reply as a whole does so somewhere",
    "its chance": "how likely the model holds it, of all that it could be",
    "alone": "the only point of its reply",
    "points": "how many points its reply has",
    "place": "how late in its reply it stands",
    "later": "not the first point of its reply, or after a quotation",
    "answers an objection": "it replies to an objection",
    "quotes": "its reply quotes lines",
    "to the starter": "said to who opened the thread",
    "was asked": "the comment it replies to asks",
    "to few words": "the comment it replies to is brief",
    "aimed by quote": "it quotes what it is about, or names its number",
    "aimed by shared words": "its target was found by shared words",
    "aimed by likeness": "its target was found by likeness",
    "aimed by best fit": "no words are shared with any claim of the other, and one fits best",
    "aimed by first claim": "no words are shared with any claim of the other",
    "aimed by comment": "the other comment has no claim that it could be about",
}

NAMES = (
    {f"words {name}": said for name, said in WORDS.items()}
    | {f"cue {name}": said for name, said in PHRASES.items()}
    | {f"after {name}": f"after {said}" for name, said in PHRASES.items()}
    | {f"thread {name}": f"how often the thread's sentences have {said}" for name, said in WORDS.items()}
    | {f"other {name}": f"in what it reacts to: {said}" for name, said in WORDS.items()}
    | {f"other cue {name}": f"in what it reacts to: {said}" for name, said in PHRASES.items()}
    | {f"opens {name}": f"opens with a word like '{name}'" for name in OPENERS}
    | {f"words shared {place}": f"words shared with the paragraph {place}" for place in PLACES}
    | PLAIN
)
# What stands before such a name.
PREFIXES = {
    "below, beside this: ": "in the paragraph below, beside this one: ",
    "below: ": "in the paragraph below: ",
    "above: ": "in the paragraph above: ",
    "beside the quotation: ": "beside the quotation: ",
    "first: ": "in its first sentence: ",
    "before ": "in the point before: ",
}


@lru_cache(maxsize=1_000)
def readable(name: str) -> str:
    """What a feature is called to a reader.

    >>> readable("other you"), readable("opens but")
    ("in what it reacts to: 'you' or 'your'", "opens with a word like 'but'")
    """
    start = "" if name in NAMES else next((one for one in PREFIXES if name.startswith(one)), "")
    rest = name.removeprefix(start)
    return PREFIXES.get(start, "") + NAMES.get(rest, rest)
