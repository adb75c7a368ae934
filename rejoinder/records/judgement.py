"""What a person says of a move that was found."""

from __future__ import annotations

from dataclasses import dataclass

from rejoinder.records.choices import Verdict
from rejoinder.records.identity import digest, identity_text
from rejoinder.records.kind import Kind
from rejoinder.records.written import ThreadKey


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of a move: that the `words` of a comment make it, or do not, whatever an extractor finds.

    Without `words` all of the comment is meant, and without `target` whatever comment it is aimed at; `target_words`
    are those there that are meant. Where words stand several times in their comment, the `occurrence` (from 2 on) tells
    which is meant; without it the first is. `by` is who judges, `note` why. A withdrawn judgement was never made.
    """

    thread: ThreadKey
    comment: str
    kind: Kind
    verdict: Verdict
    words: str | None = None
    target: str | None = None
    target_words: str | None = None
    by: str | None = None
    note: str | None = None
    occurrence: int | None = None
    target_occurrence: int | None = None

    @property
    def name(self) -> str:
        """32 hexadecimal digits made of what is judged: who judges it again takes the place of who did before."""
        words, aim = identity_text(self.words or ""), identity_text(self.target_words or "")
        whose = digest("judgement", self.thread.site, self.thread.id, self.comment, words)
        places = [str(number or "") for number in (self.occurrence, self.target_occurrence)]
        return digest(whose, self.kind, self.target or "", aim, *(places if any(places) else ()))
