"""The forms that reviews on OpenReview are: which of their fields are prose, in which order, and what that reads like.

Each venue makes its own forms. Fields that most have come first, in the order of ORDER; others follow in that of the
note, if they hold a sentence at least.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rejoinder.loaders.bodies import Body, from_markdown, join_bodies
from rejoinder.loaders.values.scrub import Scrubber

FIELD_ORDER = (
    "summary",
    "paper_summary",
    "summary_of_the_paper",
    "summary_of_contributions",
    "review",
    "main_review",
    "strengths",
    "summary_of_strengths",
    "strengths_and_weaknesses",
    "strength_and_weaknesses",
    "weaknesses",
    "summary_of_weaknesses",
    "questions",
    "questions_for_authors",
    "limitations",
    "requested_changes",
    "comments_suggestions_and_typos",
    "summary_of_the_review",
    "comments",
    "rebuttal",
    "response",
    "reply",
    "metareview",
    "decision",
    "recommendation",
    "comment",
)
PAPER_FIELDS = frozenset(  # what is told of a paper, and is nobody's argument
    {"title", "abstract", "authors", "authorids", "keywords", "tl;dr", "tldr", "venue", "venueid", "pdf", "_bibtex"}
)
ASSURANCE_NAME = re.compile(r"confirm|acknowledg|conduct|consent|agree|licen[cs]e|polic|certif|ethics_(?:flag|review)")
SCORE = re.compile(r"\s*-?\d+(?:\.\d+)?\s*(?:[:(/,-][^\n]*)?")
FEWEST_WORDS = 8  # words
FORMAL_TITLE = re.compile(
    r"(?:official|public|meta|author|paper|final|area chair)s?'?\W(?:\w+\W)?"
    r"(?:review|comment|decision|response|rebuttal)"
    r"|(?:review|decision|response|reply|rebuttal|comment|acceptance|withdraw\w*|re)\b",
    re.IGNORECASE,
)


def content_value(content: Mapping[str, object], name: str) -> object:
    """The value of a field, which the second version of the API wraps."""
    value = content.get(name)
    return value.get("value") if isinstance(value, dict) else value


def review_body(content: Mapping[str, object], line: int, scrubber: Scrubber) -> Body:
    """The prose of a review, comment or decision, each field under its name where there are several."""
    fields = list(prose_fields(content))
    title = content_value(content, "title")
    parts = (
        [from_markdown(scrubber.text(title, line))] if isinstance(title, str) and is_own_title(title, fields) else []
    )
    for name, text in fields:
        parts += [Body(field_heading(scrubber.text(name, line)))] if len(fields) > 1 else []
        parts.append(from_markdown(scrubber.text(text, line)))
    return join_bodies(parts)


def prose_fields(content: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The fields that are prose, in their order."""
    names = {name: field_name(name) for name in content}
    known = sorted((key for key in names if names[key] in FIELD_ORDER), key=lambda key: FIELD_ORDER.index(names[key]))
    for name in [*known, *(key for key in names if names[key] not in FIELD_ORDER)]:
        text = content_value(content, name)
        if (
            isinstance(text, str)
            and text.strip()
            and (is_prose(text) if name in known else is_telling_field(names[name], text))
        ):
            yield name, text


def field_name(name: str) -> str:
    """The name of a field as most venues write it."""
    return "_".join(name.lower().split())


def is_prose(text: str) -> bool:
    """False for a score, with or without what it stands for.

    >>> is_prose("6: marginally above the threshold"), is_prose("3/5"), is_prose("3 apples are not enough.")
    (False, False, True)
    """
    return SCORE.fullmatch(text) is None


def is_telling_field(name: str, text: str) -> bool:
    """True for the words of a field that only some venues have, if they are a sentence at least, and no assurance."""
    enough = len(text.split(maxsplit=FEWEST_WORDS)) >= FEWEST_WORDS
    return enough and is_prose(text) and name not in PAPER_FIELDS and ASSURANCE_NAME.search(name) is None


def is_own_title(title: str, fields: list[tuple[str, str]]) -> bool:
    """True for a title that its author thought of; without anything else to read, for any.

    >>> is_own_title("Sound idea, thin tests", [("review", "")])
    True
    >>> is_own_title("Official Review of Paper 4", [("review", "")])
    False
    """
    return bool(title.strip()) and (not fields or FORMAL_TITLE.match(title.strip()) is None)


def field_heading(name: str) -> str:
    """The name of a field as a heading.

    >>> field_heading("summary_of_the_review")
    'Summary of the review:'
    """
    plain = " ".join(name.replace("_", " ").split())
    return f"{plain[:1].upper()}{plain[1:]}:"
