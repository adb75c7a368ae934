"""What a passage may be aimed at: claims of others, numbered, and comments as a whole, as a model is shown them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rejoinder.loaders.extract.points.quotes import Quote
from rejoinder.loaders.extract.text.words import content_stems, weighted_overlap, words
from rejoinder.loaders.llm.aims import RETRACTING_KINDS, Aim
from rejoinder.loaders.llm.earlier import EarlierComment, EarlierReason
from rejoinder.loaders.llm.evidence import LONGEST
from rejoinder.loaders.llm.found_moves import FoundMoves
from rejoinder.loaders.llm.hearing import ThreadReading
from rejoinder.records import ClaimRef, Comment, Kind, Span

SHOWN_CHARACTERS = 300  # characters of a claim or quotation that are shown
CLAIMS_OF_PARENT = 24  # claims of the parent, or of the first comment where there is no parent
CLAIMS_OF_EARLIER = 6  # claims of any other comment that may be meant
CLAIMS_OF_ALL_EARLIER = 20  # claims of all of these, where a parent is shown; else as many more as it could have
CHARACTERS_OF_ALL_EARLIER = 3_000  # characters of them that are shown
MOST_QUOTATIONS = 12  # quotations that are shown
CHARACTERS_OF_PARENT = 3_000  # characters of the parent that are shown
FIRST, OTHER = 1_500, 400  # of the first comment, and of any other that may be meant
SHARE = 0.15  # of the words of a claim further up, from which on it is offered although it objects to nothing
OPEN_KINDS = frozenset({Kind.OBJECTION, Kind.QUESTION})  # what a later comment may still answer
PARENT, EARLIER = "parent", "earlier "  # where a claim stands, as a model is told


@dataclass(slots=True)
class Offer:
    """Numbered claims of others, as they are shown to a model and as it may aim at them; by which words they count."""

    found_moves: FoundMoves
    weight: Mapping[str, float] = field(default_factory=dict)
    stems: frozenset[str] = frozenset()
    shown: list[dict[str, object]] = field(default_factory=list)
    aims: dict[str, Aim] = field(default_factory=dict)
    numbers: dict[ClaimRef, int] = field(default_factory=dict)

    def add_claim(self, claim: ClaimRef, comment: str, place: str, only: frozenset[Kind] | None = None) -> int:
        """The number of a claim that is offered, for the kinds `only` or all; `place` says where it stands."""
        if claim not in self.numbers:
            self.numbers[claim] = number = len(self.numbers) + 1
            deeds = [str(kind) for kind, _ in self.found_moves.moves_by_claim.get(claim, ())]
            text = shorten(self._text(claim), SHOWN_CHARACTERS)
            self.shown.append({"number": number, "in": place, "text": text, "does": deeds})
            self.aims[str(number)] = Aim(comment, claim, only)
        return self.numbers[claim]

    def add_claims(self, comment: str, place: str, most: int) -> int:
        """Offers the claims of a comment; of too many those that share most words with the passage. Tells how many."""
        likeliest_claims = self.likeliest_claims([claim for _, claim in self.found_moves.claims_of(comment)], most)
        for claim in likeliest_claims:
            self.add_claim(claim, comment, place)
        return len(likeliest_claims)

    def likeliest_claims(self, claims: Sequence[ClaimRef], most: int) -> list[ClaimRef]:
        """So many of the claims at most, in their order: those that share most words, the first of equals."""
        if len(claims) <= most:
            return list(claims)
        shares = [
            weighted_overlap(self.stems, content_stems(words(self._text(claim_ref))), self.weight)
            for claim_ref in claims
        ]
        best = sorted(range(len(claims)), key=lambda place: (-shares[place], place))[:most]
        return [claims[place] for place in sorted(best)]

    def add_related_claims(self, comment: str, place: str, most: int) -> int:
        """Offers what the comment objects or asks, and what shares words with the passage. Tells how many claims."""
        return self._claims_offered(comment, place, most, self._is_related)

    def add_own_claims(self, comment: str, place: str, most: int) -> int:
        """Offers what a comment of the writer's objects, to be taken back. Tells how many claims."""
        return self._claims_offered(
            comment,
            place,
            most,
            lambda claim_ref: bool(self.found_moves.moves_of(claim_ref, Kind.OBJECTION)),
            RETRACTING_KINDS,
        )

    def _claims_offered(
        self,
        comment: str,
        place: str,
        most: int,
        is_wanted: Callable[[ClaimRef], bool],
        only: frozenset[Kind] | None = None,
    ) -> int:
        claim_refs = [claim for _, claim in self.found_moves.claims_of(comment) if is_wanted(claim)]
        for claim in self.likeliest_claims(claim_refs, most):
            self.add_claim(claim, comment, place, only)
        return min(most, len(claim_refs))

    def _is_related(self, claim: ClaimRef) -> bool:
        if self.found_moves.first_move_of(claim, *OPEN_KINDS) is not None:
            return True
        return weighted_overlap(self.stems, content_stems(words(self._text(claim))), self.weight) >= SHARE

    def _text(self, claim: ClaimRef) -> str:
        return self.found_moves.ledger.claims[claim.id].text


def quotations_shown(quoted: Sequence[Quote], offer: Offer, comments: Mapping[str, Comment]) -> list[dict[str, object]]:
    """The quotations as they are shown, with the numbers of the claims that they quote."""
    return [_quotation_shown(quote, offer, comments) for quote in quoted[:MOST_QUOTATIONS]]


def _quotation_shown(quote: Quote, offer: Offer, comments: Mapping[str, Comment]) -> dict[str, object]:
    """A quotation as it is shown, with the number of the claim that it quotes; of unseen words nobody is author."""
    span = _short_span(quote.source if quote.target is None else quote.target)
    claim = None if quote.target is None else offer.found_moves.claim_covering(span)
    if claim is None:
        claim = offer.found_moves.claim(span, None if quote.target is None else comments[span.comment].author)
    return {
        "words": shorten(quote.source.exact, SHOWN_CHARACTERS),
        "claim": offer.add_claim(claim, span.comment, "quoted"),
    }


def _short_span(span: Span) -> Span:
    """The span, as long as a claim may be at most."""
    if len(span.exact) <= LONGEST:
        return span
    exact = span.exact[:LONGEST].rstrip()
    return Span(span.comment, span.start, span.start + len(exact), exact)


def earlier_shown(earlier: Sequence[EarlierComment], offer: Offer, heard: ThreadReading) -> Iterator[dict[str, object]]:
    """The earlier comments as they are shown, their claims offered; without those that say nothing to aim at."""
    remaining, room, number = CLAIMS_OF_PARENT + CLAIMS_OF_ALL_EARLIER - len(offer.shown), CHARACTERS_OF_ALL_EARLIER, 1
    for shown in earlier:
        place, whole, own = f"{EARLIER}{number}", shown.is_offered_whole, shown.reason == EarlierReason.OWN
        first = whole and shown.reason == EarlierReason.FIRST
        offering = offer.add_claims if whole else offer.add_own_claims if own else offer.add_related_claims
        count = offering(shown.comment.id, place, min(remaining, CLAIMS_OF_PARENT if first else CLAIMS_OF_EARLIER))
        remaining -= count
        if count or whole:
            if not own:
                offer.aims[place] = Aim(shown.comment.id)
            text = shorten(shown.comment.text, min(room, FIRST if first else OTHER)) if room else None
            room -= min(room, len(text or ""))
            by = heard.writer_number(shown.comment)
            yield {"number": number, "by": by, "why": str(shown.reason), "text": text}
            number += 1


def shorten(text: str, most: int) -> str:
    """The text, cut where it is too long to be shown whole."""
    return text if len(text) <= most else text[:most] + " [...]"


def parent_shown(parent: Comment | None, comment: Comment, heard: ThreadReading) -> dict[str, object] | None:
    """The parent as it is shown: who wrote it, by number, and its words, if they are loaded.

    None where there is none, or where nobody knows whether it is what the comment replies to.
    """
    if comment.parent is None or not comment.addressed:
        return None
    if parent is None:
        return {"by": None, "text": None}
    return {"by": heard.writer_number(parent), "text": shorten(parent.text, CHARACTERS_OF_PARENT)}


def whole_comment_aims(comment: Comment, parent: Comment | None, tops: Sequence[str]) -> dict[str, Aim]:
    """The comment replied to and the post, as far as they can be told apart from what is loaded."""
    aims: dict[str, Aim] = {}
    if comment.parent is not None and comment.addressed:
        aims["comment"] = Aim(None if parent is None else parent.id)
    if len(tops) != 1:
        aims["post"] = Aim(None)
    elif tops[0] != comment.id:
        aims["post"] = Aim(tops[0])
    return aims
