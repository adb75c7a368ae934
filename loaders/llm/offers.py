"""What a passage may be aimed at: claims of others, numbered, and comments as a whole, as a model is shown them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rejoinder.loaders.extract.points.quotes import Quote
from rejoinder.loaders.extract.text.words import content, overlap, words
from rejoinder.loaders.llm.aims import TAKING_BACK, Aim
from rejoinder.loaders.llm.earlier import Earlier, Why
from rejoinder.loaders.llm.evidence import LONGEST
from rejoinder.loaders.llm.hearing import Hearing
from rejoinder.loaders.llm.seen import Seen
from rejoinder.records import ClaimRef, Comment, Kind, Span

SHOWN = 300  # characters of a claim or quotation that are shown
OFFERED = 24  # claims of the parent, or of the first comment where there is no parent
OF_EACH = 6  # claims of any other comment that may be meant
BESIDE = 20  # claims of all of these, where a parent is shown; else as many more as it could have
TEXTS = 3_000  # characters of them that are shown
QUOTED = 12  # quotations that are shown
AROUND = 3_000  # characters of the parent that are shown
FIRST, OTHER = 1_500, 400  # of the first comment, and of any other that may be meant
SHARE = 0.15  # of the words of a claim further up, from which on it is offered although it objects to nothing
REACTING = frozenset({Kind.OBJECTION, Kind.QUESTION})  # what a later comment may still answer
PARENT, EARLIER = "parent", "earlier "  # where a claim stands, as a model is told


@dataclass(slots=True)
class Offer:
    """Numbered claims of others, as they are shown to a model and as it may aim at them; by which words they count."""

    seen: Seen
    weight: Mapping[str, float] = field(default_factory=dict)
    stems: frozenset[str] = frozenset()
    shown: list[dict[str, object]] = field(default_factory=list)
    aims: dict[str, Aim] = field(default_factory=dict)
    numbers: dict[ClaimRef, int] = field(default_factory=dict)

    def number(self, claim: ClaimRef, comment: str, place: str, only: frozenset[Kind] | None = None) -> int:
        """The number of a claim that is offered, for `only` some kinds or all; `place` says where it stands."""
        if claim not in self.numbers:
            self.numbers[claim] = number = len(self.numbers) + 1
            deeds = [str(kind) for kind, _ in self.seen.deeds.get(claim, ())]
            text = shortened(self._text(claim), SHOWN)
            self.shown.append({"number": number, "in": place, "text": text, "does": deeds})
            self.aims[str(number)] = Aim(comment, claim, only)
        return self.numbers[claim]

    def claims(self, comment: str, place: str, most: int) -> int:
        """Offers the claims of a comment; of too many those that share most words with the passage. Tells how many."""
        found = self.likeliest([claim for _, claim in self.seen.claims_of(comment)], most)
        for claim in found:
            self.number(claim, comment, place)
        return len(found)

    def likeliest(self, claims: Sequence[ClaimRef], most: int) -> list[ClaimRef]:
        """So many of the claims at most, in their order: those that share most words, the first of equals."""
        if len(claims) <= most:
            return list(claims)
        shares = [overlap(self.stems, content(words(self._text(one))), self.weight) for one in claims]
        best = sorted(range(len(claims)), key=lambda place: (-shares[place], place))[:most]
        return [claims[place] for place in sorted(best)]

    def related(self, comment: str, place: str, most: int) -> int:
        """Offers what the comment objects or asks, and what shares words with the passage. Tells how many claims."""
        return self._some(comment, place, most, self._is_related)

    def own(self, comment: str, place: str, most: int) -> int:
        """Offers what a comment of the writer's objects, to be taken back. Tells how many claims."""
        return self._some(comment, place, most, lambda one: bool(self.seen.made(one, Kind.OBJECTION)), TAKING_BACK)

    def _some(
        self,
        comment: str,
        place: str,
        most: int,
        wanted: Callable[[ClaimRef], bool],
        only: frozenset[Kind] | None = None,
    ) -> int:
        made = [claim for _, claim in self.seen.claims_of(comment) if wanted(claim)]
        for claim in self.likeliest(made, most):
            self.number(claim, comment, place, only)
        return min(most, len(made))

    def _is_related(self, claim: ClaimRef) -> bool:
        if self.seen.first(claim, *REACTING) is not None:
            return True
        return overlap(self.stems, content(words(self._text(claim))), self.weight) >= SHARE

    def _text(self, claim: ClaimRef) -> str:
        return self.seen.ledger.claims[claim.id].text


def quotations(quoted: Sequence[Quote], offer: Offer, comments: Mapping[str, Comment]) -> list[dict[str, object]]:
    """The quotations as they are shown, with the numbers of the claims that they quote."""
    return [_quoted(one, offer, comments) for one in quoted[:QUOTED]]


def _quoted(quote: Quote, offer: Offer, comments: Mapping[str, Comment]) -> dict[str, object]:
    """A quotation as it is shown, with the number of the claim that it quotes; of unseen words nobody is author."""
    span = _short_span(quote.source if quote.target is None else quote.target)
    claim = None if quote.target is None else offer.seen.covering(span)
    if claim is None:
        claim = offer.seen.claim(span, None if quote.target is None else comments[span.comment].author)
    return {"words": shortened(quote.source.exact, SHOWN), "claim": offer.number(claim, span.comment, "quoted")}


def _short_span(span: Span) -> Span:
    """The span, as long as a claim may be at most."""
    if len(span.exact) <= LONGEST:
        return span
    exact = span.exact[:LONGEST].rstrip()
    return Span(span.comment, span.start, span.start + len(exact), exact)


def before(earlier: Sequence[Earlier], offer: Offer, heard: Hearing) -> Iterator[dict[str, object]]:
    """The earlier comments as they are shown, their claims offered; without those that say nothing to aim at."""
    left, room, number = OFFERED + BESIDE - len(offer.shown), TEXTS, 1
    for one in earlier:
        name = one.comment.id
        place, first = f"{EARLIER}{number}", one.why == Why.FIRST and one.whole
        offering = offer.claims if one.whole else offer.own if one.why == Why.OWN else offer.related
        count = offering(name, place, min(left, OFFERED if first else OF_EACH))
        left -= count
        if count or one.whole:
            if one.why != Why.OWN:
                offer.aims[place] = Aim(name)
            text = shortened(one.comment.text, min(room, FIRST if first else OTHER)) if room else None
            room -= min(room, len(text or ""))
            yield {"number": number, "by": heard.by(one.comment), "why": str(one.why), "text": text}
            number += 1


def shortened(text: str, most: int) -> str:
    """The text, cut where it is too long to be shown whole."""
    return text if len(text) <= most else text[:most] + " [...]"


def around(parent: Comment | None, comment: Comment, heard: Hearing) -> dict[str, object] | None:
    """The parent as it is shown: who wrote it, by number, and its words, if they are loaded.

    None where there is none, or where nobody knows whether it is what the comment replies to.
    """
    if comment.parent is None or not comment.addressed:
        return None
    if parent is None:
        return {"by": None, "text": None}
    return {"by": heard.by(parent), "text": shortened(parent.text, AROUND)}


def wholes(comment: Comment, parent: Comment | None, tops: Sequence[str]) -> dict[str, Aim]:
    """The comment replied to and the post, as far as they can be told apart from what is loaded."""
    found: dict[str, Aim] = {}
    if comment.parent is not None and comment.addressed:
        found["comment"] = Aim(None if parent is None else parent.id)
    if len(tops) != 1:
        found["post"] = Aim(None)
    elif tops[0] != comment.id:
        found["post"] = Aim(tops[0])
    return found
