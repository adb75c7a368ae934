"""The trivial baseline: each comment is one claim, and each reply objects to the comment above it."""

from __future__ import annotations

from benchmarks.baselines.commands import command_line
from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.gathering.stated_checks import LONGEST_CLAIM
from rejoinder.records import ArgumentMap, Comment, Discussion, Extraction, Kind, Method, Span

SURE = 0.6


class Trivial:
    """Looks at nothing but who replies to whom."""

    extraction = Extraction("baseline-trivial", "1")

    def map(self, discussion: Discussion) -> ArgumentMap:
        """The comments as claims, the replies as objections."""
        ledger = Ledger(discussion.thread.key)
        spans = {comment.id: whole_span(comment) for comment in discussion.comments if comment.text.strip()}
        authors = {comment.id: comment.author for comment in discussion.comments}
        for name, span in spans.items():
            ledger.claim(span, authors[name])
        for reply in discussion.comments:
            if reply.id in spans and reply.parent in spans:
                ledger.move(
                    Kind.REBUTTAL,
                    ledger.claim(spans[reply.id], reply.author),
                    ledger.claim(spans[reply.parent], authors[reply.parent]),
                    reply.parent,
                    Grounds(spans[reply.id], reply.author, SURE, Method.STRUCTURAL, "reply"),
                )
        return ledger.argument_map(self.extraction)


def whole_span(comment: Comment) -> Span:
    """The comment, as far as a claim may be long, without white space around it."""
    start = len(comment.text) - len(comment.text.lstrip())
    exact = comment.text[start : start + LONGEST_CLAIM].rstrip()
    return Span(comment.id, start, start + len(exact), exact)


if __name__ == "__main__":
    command_line(Trivial())()
