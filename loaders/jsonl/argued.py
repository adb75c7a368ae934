"""What a line of Rejoinder's own JSONL says of comments: a stated claim or move, a move of a platform, a judgement."""

from __future__ import annotations

from rejoinder.loaders.jsonl.homes import Homes, home_of
from rejoinder.loaders.mapping.misnamed import misnamed_of_judgement
from rejoinder.loaders.values.fields import FieldError, Fields
from rejoinder.records import Judgement, Kind, PlatformMove, StatedClaim, StatedMove, Verdict

JUDGED = [kind for kind in Kind if kind not in (Kind.MOVE, Kind.QUOTATION)]  # what people call right


def claim_of(fields: Fields, homes: Homes) -> StatedClaim:
    """The stated claim on the line."""
    comment = fields.required("comment")
    start, end = fields.count("start"), fields.count("end")
    if start is None or end is None or start >= end:
        raise FieldError(f'expected "start" and "end" with 0 <= start < end, got {start} and {end}')
    return StatedClaim(home_of(fields, homes, comment), fields.required("claim"), comment, start, end)


def move_of(fields: Fields, homes: Homes) -> StatedMove:
    """The stated move on the line; only a Support may have several sources."""
    comment = fields.required("comment")
    kind = kind_of(fields)
    sources = fields.names("source")
    if not sources or (len(sources) > 1 and kind != Kind.SUPPORT):
        raise FieldError(f'expected one "source" (a Support may have several), got {len(sources)}')
    return StatedMove(
        home_of(fields, homes, comment),
        fields.required("move"),
        kind,
        sources,
        fields.optional("target"),
        comment,
        fields.share("confidence", 1.0),
    )


def platform_of(fields: Fields, homes: Homes) -> PlatformMove:
    """The platform move on the line: by a comment, or without words by an author."""
    comment, author, target = fields.optional("comment"), fields.optional("author"), fields.required("target")
    if comment is None and author is None:
        raise FieldError('expected "comment", or the "author" of a reaction, got neither')
    return PlatformMove(
        home_of(fields, homes, target if comment is None else comment),
        fields.required("platform"),
        kind_of(fields),
        target,
        fields.required("cue"),
        comment,
        fields.count("start"),
        fields.count("end"),
        author,
        fields.optional("exact"),
    )


def judgement_of(fields: Fields, homes: Homes) -> Judgement:
    """The judgement on the line; a move is called right only by its kind, and a quotation only wrong."""
    misnamed = misnamed_of_judgement(fields.values)
    if misnamed is not None:  # without it the line says more than it is meant to
        raise FieldError('nothing reads "{}" of a judgement; the key for that is "{}"'.format(*misnamed))
    comment, kind = fields.required("comment"), kind_of(fields)
    verdict = fields.required("judgement")
    if verdict not in list(Verdict):
        raise FieldError(f'expected "judgement" out of {", ".join(Verdict)}, got {verdict!r}')
    if verdict == Verdict.RIGHT and kind not in JUDGED:
        raise FieldError(f'expected "kind" of what is right out of {", ".join(JUDGED)}, got {kind!s:.60}')
    target, target_words = fields.optional("target"), fields.optional("target_words")
    if target_words is not None and target is None:
        raise FieldError('expected the "target" in which the "target_words" stand')
    if verdict == Verdict.RIGHT and kind == Kind.SIMILARITY and target_words is None:
        raise FieldError('expected the "target_words" that say the same')
    return Judgement(
        home_of(fields, homes, comment),
        comment,
        kind,
        Verdict(verdict),
        fields.optional("words"),
        target,
        target_words,
        fields.optional("by"),
        fields.optional("note"),
        occurrence_in(fields, "occurrence", "words"),
        occurrence_in(fields, "target_occurrence", "target_words"),
    )


def occurrence_in(fields: Fields, name: str, words: str) -> int | None:
    """Which of the places is meant where words stand several times in a comment; None for the first."""
    number = fields.count(name)
    if number == 0:
        raise FieldError(f'expected "{name}" from 1 on, got 0')
    if number is not None and fields.optional(words) is None:
        raise FieldError(f'expected the "{words}" of which the "{name}" is meant')
    return None if number == 1 else number


def kind_of(fields: Fields) -> Kind:
    """The kind of the move on the line."""
    kind = fields.required("kind")
    if kind not in list(Kind):
        raise FieldError(f'expected "kind" out of {", ".join(Kind)}, got {kind!r}')
    return Kind(kind)
