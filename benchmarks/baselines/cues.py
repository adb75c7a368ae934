"""The baseline of cue words: each sentence is a claim, and its surest phrase of the cue table tells what it does."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.baselines.commands import command_line
from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.extract.text.reading import Reading, Sentence, read_comment
from rejoinder.records import ArgumentMap, CommentRef, Discussion, Extraction, Kind, Method, Target, ThreadRef

# What the acts of the cue table are taken for; the others say nothing.
MEANS = {
    **dict.fromkeys(
        ("disagree", "wrong", "no", "undermine", "undercut", "dismiss", "rhetorical", "contrast"), Kind.OBJECTION
    ),
    **dict.fromkeys(("agree", "done"), Kind.SUPPORT),
    "concede": Kind.CONCESSION,
}
ASKS = 0.5


class Cues:
    """Looks at who replies to whom and at the cue table, phrase by phrase; no model, no rule, no context."""

    extraction = Extraction("baseline-cues", "1")

    def map(self, discussion: Discussion) -> ArgumentMap:
        """The sentences as claims, with what their cues do to the first sentence of the comment above."""
        ledger = Ledger(discussion.thread.key)
        readings = {comment.id: read_comment(comment) for comment in discussion.comments}
        for reading in readings.values():
            for sentence in reading.sentences:
                ledger.claim(sentence.span, reading.comment.author)
            if reading.comment.parent in readings or discussion.flattened:
                add_moves(reading, readings, ledger)
        return ledger.argument_map(self.extraction)


def add_moves(reading: Reading, readings: Mapping[str, Reading], ledger: Ledger) -> None:
    """Adds the moves of a reply, or of a paragraph of a dump, whose target was never loaded."""
    author, above = reading.comment.author, readings.get(reading.comment.parent or "")
    for sentence in reading.sentences:
        act = act_of(sentence)
        if act is not None:
            kind, sure, cue = act
            ledger.move(
                kind,
                ledger.claim(sentence.span, author),
                target_of(kind, above, ledger),
                None if above is None else above.comment.id,
                Grounds(sentence.span, author, sure, Method.RULE, cue),
            )


def target_of(kind: Kind, above: Reading | None, ledger: Ledger) -> Target:
    """The first sentence of the comment above; what concedes, or has no sentence above it, takes the whole comment."""
    if above is None:
        return ThreadRef()
    if kind == Kind.CONCESSION or not above.sentences:
        return CommentRef(above.comment.id)
    return ledger.claim(above.sentences[0].span, above.comment.author)


def act_of(sentence: Sentence) -> tuple[Kind, float, str] | None:
    """What the surest cue says that the sentence does, how sure, and the cue; a question mark asks."""
    cue = sentence.cue(*MEANS)
    if cue is not None:
        return MEANS[cue.act], cue.confidence, cue.phrase
    return (Kind.QUESTION, ASKS, "?") if sentence.asks else None


if __name__ == "__main__":
    command_line(Cues())()
