"""What the engine says of a query it refuses, in words that a reader of the query knows."""

from __future__ import annotations

import re

from rejoinder.graph.sparql.mistakes.grouping import ungrouped_variable
from rejoinder.graph.sparql.mistakes.places import line_and_column, marked_line, text_found_at

ENGINE_MESSAGE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
UNBOUND = "variable that is unbound"
GROUPED_NOTE = "is to stand in GROUP BY or within an aggregate such as COUNT"
NAMED_NOTE = "; what is made of it is named there and selected by that name, as in GROUP BY (YEAR(?date) AS ?year)"
REASONS = {  # what the engine says besides the names of its grammar
    UNBOUND: f"each variable of SELECT {GROUPED_NOTE}",
    "IRI parsing failed": "an IRI in angle brackets is to be a whole one, such as <https://example.org/a>",
}


def engine_message(query: str, message: str) -> str:
    """The engine's place, and its reason where that is said in words."""
    if UNBOUND in message and (variable := ungrouped_variable(query)) is not None:
        wrong = f"{variable.name} {GROUPED_NOTE}{'' if variable.is_alone else NAMED_NOTE}"
        return f"{line_and_column(query, variable.at)}: {wrong}\n{marked_line(query, variable.at)}"
    reason = next((words for name, words in REASONS.items() if name in message), None)
    match = ENGINE_MESSAGE.fullmatch(message)
    if match is None:
        return reason or message
    lines = query.split("\n")
    line = min(int(match[1]), len(lines))
    at = sum(len(earlier) + 1 for earlier in lines[: line - 1]) + min(int(match[2]) - 1, len(lines[line - 1]))
    why = reason or f"expected SPARQL, and the mistake is here or before; found {text_found_at(query, at)}"
    return f"{line_and_column(query, at)}: {why}\n{marked_line(query, at)}"
