"""What was weighed for a move, the steps to its confidence, and what decided, in one line."""

from __future__ import annotations

from dataclasses import replace

from rejoinder.graph.explanations.extraction_notes import Reasons
from rejoinder.graph.explanations.origins import EXTRACTOR, ORIGIN_WORDS, PERSON, PLATFORM, SOURCE
from rejoinder.graph.explanations.reasons import explanation_member, read_reasons
from rejoinder.graph.explanations.steps import GIVEN, RECORDED, RULE, STATED, Step, only_step, read_steps
from rejoinder.graph.explanations.whys import Judged
from rejoinder.graph.maps import wording
from rejoinder.graph.maps.nodes import Node
from rejoinder.records import Extraction

TESTED_EXTRACTOR = ("rejoinder-rules", "{}")  # the extractor whose confidences were tested; see docs/extraction.md


def reasons_and_steps(
    node: Node, origin: str, extraction: Extraction | None
) -> tuple[Reasons | None, tuple[Step, ...]]:
    """What was weighed for a move, with what of that cannot be read, and the steps to its confidence."""
    reasons = read_reasons(node.explanation, node.kind)
    chain, wrong = _steps(node, origin, extraction, reasons)
    if wrong and reasons is not None:
        reasons = replace(reasons, unread=(*reasons.unread, wrong))
    return reasons, chain


def _steps(
    node: Node, origin: str, extraction: Extraction | None, reasons: Reasons | None
) -> tuple[tuple[Step, ...], str | None]:
    """The steps to the confidence of a move, and what is wrong with those that were noted down, if anything is."""
    wrong = None
    try:
        steps = explanation_member(node.explanation, "steps")
        if chain := read_steps([] if steps is None else steps, node.confidence):
            return chain, None
    except ValueError as error:
        wrong = f"steps: {error}"
    if origin != EXTRACTOR:
        return only_step(RECORDED if origin == PLATFORM else STATED, node.confidence), wrong
    ruled = (
        reasons is None and node.method != "model" and extraction is not None and extraction.name == TESTED_EXTRACTOR[0]
    )
    return only_step(RULE if ruled else GIVEN, node.confidence), wrong


def short_reason(node: Node, origin: str, sure: str, judged: Judged | None) -> str:
    """What decided, in one line.

    A source or platform that says so itself needs no cue; for the rest it is the words, how they were read, how sure.
    """
    if judged is not None:
        return wording.judged_words(node.cue or ORIGIN_WORDS[origin], judged.because)
    if origin in {SOURCE, PERSON}:
        return ORIGIN_WORDS[origin]
    how = (
        ORIGIN_WORDS[PLATFORM]
        if origin == PLATFORM
        else wording.METHOD_WORDS.get(node.method or "", ORIGIN_WORDS[origin])
    )
    cue = f" ({node.cue})" if node.cue else ""
    return f"{how}{cue}; {sure}, {wording.percent(node.confidence or 0)}"
