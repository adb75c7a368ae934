"""What one request is about: a passage of a comment, what stands around it, and what it may be aimed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rejoinder.loaders.extract.points.quotes import Quote
from rejoinder.loaders.extract.text.blocks import ANALYSED
from rejoinder.loaders.llm.aims import Aim
from rejoinder.loaders.llm.evidence import LONGEST, Place
from rejoinder.loaders.llm.seen import Seen
from rejoinder.records import ClaimRef, Comment, Discussion, Span

PART = 8_000  # characters of a comment in one request; a longer comment is read in parts
AROUND = 3_000  # characters of the parent that are shown
SHOWN = 300  # characters of a claim or quotation that are shown
OFFERED = 24  # claims of the parent, or of the paragraphs before
BEFORE = 6  # paragraphs before, in a dump
QUOTED = 12  # quotations that are shown
SUBSTANCE = 80  # letters and digits of a passage, some fifteen words, from which on an empty answer is doubted


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters start..end of a comment; `avoid` are places, from its start, where others are quoted."""

    comment: Comment
    start: int
    end: int
    avoid: tuple[Place, ...]
    data: Mapping[str, object]
    aims: Mapping[str, Aim]

    @property
    def text(self) -> str:
        """Its words."""
        return self.comment.text[self.start : self.end]

    @property
    def of_substance(self) -> bool:
        """True where it is long enough, beside what it quotes, that it will hardly claim nothing."""
        return sum(map(str.isalnum, _own(self.text, self.avoid))) >= SUBSTANCE


@dataclass(slots=True)
class Offer:
    """Numbered claims of others, as they are shown to a model and as it may aim at them."""

    shown: list[dict[str, object]] = field(default_factory=list)
    aims: dict[str, Aim] = field(default_factory=dict)
    numbers: dict[ClaimRef, int] = field(default_factory=dict)

    def number(self, claim: ClaimRef, comment: str, seen: Seen) -> int:
        """The number under which a claim is offered."""
        if claim not in self.numbers:
            self.numbers[claim] = number = len(self.numbers) + 1
            deeds = [str(kind) for kind, _ in seen.deeds.get(claim, ())]
            text = shortened(seen.ledger.claims[claim.id].text, SHOWN)
            self.shown.append({"number": number, "text": text, "does": deeds})
            self.aims[str(number)] = Aim(comment, claim)
        return self.numbers[claim]


class Loaded:
    """What is loaded of a thread: its title, its comments by id, and those that reply to none."""

    def __init__(self, discussion: Discussion) -> None:
        self.title = discussion.thread.title
        self.comments = {one.id: one for one in discussion.comments}
        self.tops = [one.id for one in discussion.comments if one.parent is None]

    def parent(self, comment: Comment) -> Comment | None:
        """The comment that is replied to, None where there is none or it is not loaded."""
        return None if comment.parent is None else self.comments.get(comment.parent)


def replying(comment: Comment, loaded: Loaded, quoted: Sequence[Quote], seen: Seen) -> Iterator[Passage]:
    """The passages of a comment in a thread whose replies are known."""
    offer, parent = Offer(), loaded.parent(comment)
    if parent is not None:
        for _, claim in seen.claims_of(parent.id)[:OFFERED]:
            offer.number(claim, parent.id, seen)
    said = [_quoted(one, offer, loaded, seen) for one in quoted[:QUOTED]]
    data: dict[str, object] = {
        "thread": loaded.title,
        "parent": _around(parent, comment),
        "quoted": said,
        "claims": offer.shown,
    }
    aims = {**offer.aims, **_wholes(comment, parent, loaded.tops)}
    marked = [(one.source.start, one.source.end) for one in quoted if one.marked]
    yield from _passages(comment, data, aims, marked)


def standing(comment: Comment, loaded: Loaded, before: Sequence[Comment], seen: Seen) -> Iterator[Passage]:
    """The passages of a paragraph in a dump, which may react to those above it."""
    offer = Offer()
    for one in before[-BEFORE:]:
        for _, claim in seen.claims_of(one.id)[: OFFERED // BEFORE]:
            offer.number(claim, one.id, seen)
    data: dict[str, object] = {
        "thread": loaded.title,
        "parent": None,
        "before": [shortened(one.text, 2 * SHOWN) for one in before[-BEFORE:]],
        "claims": offer.shown,
    }
    yield from _passages(comment, data, {**offer.aims, "post": Aim(None), "comment": Aim(None)}, [])


def _passages(
    comment: Comment, data: Mapping[str, object], aims: Mapping[str, Aim], marked: Sequence[Place]
) -> Iterator[Passage]:
    """The comment in parts, but for those that hold no word of its own."""
    cut = [*parts(comment.text[:ANALYSED])]
    for number, (start, end) in enumerate(cut, 1):
        avoid = tuple((left - start, right - start) for left, right in marked if left < end and start < right)
        if not any(map(str.isalnum, _own(comment.text[start:end], avoid))):
            continue
        part = {"part": f"{number} of {len(cut)}"} if len(cut) > 1 else {}
        shown = {**data, "comment": {"text": comment.text[start:end], **part}}
        yield Passage(comment, start, end, avoid, shown, aims)


def parts(text: str) -> Iterator[Place]:
    """Start and end of each part; cut after a line, else after a word, else anywhere.

    >>> list(parts("short"))
    [(0, 5)]
    """
    start = 0
    while len(text) - start > PART:
        window = text[start : start + PART]
        cut = max(window.rfind("\n"), 0) or max(window.rfind(" "), 0) or PART - 1
        yield start, start + cut + 1
        start += cut + 1
    if start < len(text):
        yield start, len(text)


def shortened(text: str, most: int) -> str:
    """The text, cut where it is too long to be shown whole."""
    return text if len(text) <= most else text[:most] + " [...]"


def _own(text: str, avoid: Sequence[Place]) -> str:
    """The text without the places to avoid."""
    kept, at = [], 0
    for start, end in sorted(avoid):
        kept.append(text[at : max(at, start)])
        at = max(at, end)
    return "".join([*kept, text[at:]])


def _around(parent: Comment | None, comment: Comment) -> dict[str, object] | None:
    """The parent as it is shown: its words, if they are loaded, and whether the same person goes on. No names."""
    if parent is None:
        return None if comment.parent is None else {"text": None, "written by": "unknown"}
    known = parent.author is not None and comment.author is not None
    who = "unknown" if not known else "the same person" if parent.author == comment.author else "somebody else"
    return {"text": shortened(parent.text, AROUND), "written by": who}


def _quoted(quote: Quote, offer: Offer, loaded: Loaded, seen: Seen) -> dict[str, object]:
    """A quotation as it is shown, with the number of the claim that it quotes; of unseen words nobody is author."""
    words = _short_span(quote.source if quote.target is None else quote.target)
    claim = None if quote.target is None else seen.covering(words)
    if claim is None:
        claim = seen.claim(words, None if quote.target is None else loaded.comments[words.comment].author)
    return {"words": shortened(quote.source.exact, SHOWN), "claim": offer.number(claim, words.comment, seen)}


def _short_span(span: Span) -> Span:
    """The span, as long as a claim may be at most."""
    if len(span.exact) <= LONGEST:
        return span
    exact = span.exact[:LONGEST].rstrip()
    return Span(span.comment, span.start, span.start + len(exact), exact)


def _wholes(comment: Comment, parent: Comment | None, tops: Sequence[str]) -> dict[str, Aim]:
    """The comment replied to and the post, as far as they can be told apart from what is loaded."""
    found: dict[str, Aim] = {}
    if comment.parent is not None:
        found["comment"] = Aim(None if parent is None else parent.id)
    if len(tops) != 1:
        found["post"] = Aim(None)
    elif tops[0] != comment.id:
        found["post"] = Aim(tops[0])
    return found
