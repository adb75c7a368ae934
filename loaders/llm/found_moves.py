"""What has been found so far in a thread: its claims by comment, and what each claim does."""

from __future__ import annotations

from collections.abc import Iterable

from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.records import ClaimRef, Kind, Move, MoveRef, Span, ThreadKey, with_wider_kinds

Deed = tuple[Kind, MoveRef]


class FoundMoves:
    """The claims of each comment in the order of its text, and the moves that each claim makes."""

    def __init__(self, thread: ThreadKey) -> None:
        self.ledger = Ledger(thread)
        self.places: dict[str, dict[ClaimRef, Span]] = {}
        self.moves_by_claim: dict[ClaimRef, list[Deed]] = {}
        self.quoted: set[ClaimRef] = set()  # claims of nobody known, that a comment only repeats

    def claim(self, span: Span, author: str | None) -> ClaimRef:
        """The claim stated at the span, which its comment now makes."""
        claim_ref = self.ledger.claim(span, author)
        self.places.setdefault(span.comment, {}).setdefault(claim_ref, span)
        return claim_ref

    def claims_of(self, comment: str) -> list[tuple[Span, ClaimRef]]:
        """The claims of a comment, in the order of its text."""
        return sorted((span, claim_ref) for claim_ref, span in self.places.get(comment, {}).items())

    def claim_covering(self, span: Span) -> ClaimRef | None:
        """The claim of the span's comment that shares most characters with it, if any shares one."""
        shared = [(span.common(other), -other.start, claim_ref) for other, claim_ref in self.claims_of(span.comment)]
        best = max(shared, default=(0, 0, None))
        return best[2] if best[0] > 0 else None

    def author_of(self, claim: ClaimRef) -> str | None:
        """Who makes the claim, None where that is unknown."""
        return self.ledger.claims[claim.id].author

    def add(self, move: Move, also: Iterable[ClaimRef] = ()) -> bool:
        """Adds a move with what it makes its sources do, and others that its words hold; False if it breaks a rule."""
        self.ledger.add(move)
        if move.id not in self.ledger.moves:
            return False
        doing = [source for source in move.sources if isinstance(source, ClaimRef)]
        for claim_ref in dict.fromkeys([*doing, *also]):
            if (move.kind, MoveRef(move.id)) not in self.moves_by_claim.get(claim_ref, ()):
                self.moves_by_claim.setdefault(claim_ref, []).append((move.kind, MoveRef(move.id)))
        return True

    def first_move_of(self, claim: ClaimRef, *kinds: Kind) -> MoveRef | None:
        """The first move of one of these kinds that the claim makes."""
        move_refs = (
            move_ref for kind, move_ref in self.moves_by_claim.get(claim, ()) if {*kinds} & {*with_wider_kinds(kind)}
        )
        return next(move_refs, None)

    def moves_of(self, claim: ClaimRef, *kinds: Kind) -> list[MoveRef]:
        """All moves of one of these kinds that the claim makes."""
        return [
            move_ref for kind, move_ref in self.moves_by_claim.get(claim, ()) if {*kinds} & {*with_wider_kinds(kind)}
        ]

    def moves_to_meet(self, claim: ClaimRef, *kinds: Kind) -> list[MoveRef]:
        """The moves of these kinds that the claim makes; if none, those of what it is a reason for in its comment."""
        passed: dict[ClaimRef, None] = {}
        current: ClaimRef | None = claim
        while current is not None and current not in passed:
            passed[current] = None
            if moves := self.moves_of(current, *kinds):
                return moves
            current = self._claim_served(current)
        return []

    def _claim_served(self, claim: ClaimRef) -> ClaimRef | None:
        """What the claim is a reason for, of the claims of its own comment."""
        for move_ref in self.moves_of(claim, Kind.SUPPORT):
            move = self.ledger.moves[move_ref.id]
            if move.target_comment == move.comment and isinstance(move.target, ClaimRef):
                return move.target
        return None

    def first_moves_in(self, comment: str, *kinds: Kind) -> list[MoveRef]:
        """The moves of one of these kinds that the first claim of the comment makes that makes any."""
        candidates = (self.moves_of(claim, *kinds) for _, claim in self.claims_of(comment))
        return next((move_refs for move_refs in candidates if move_refs), [])
