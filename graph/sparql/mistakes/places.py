"""How a place in a query is told: its line and column, what stands there, its line with a mark below."""

from __future__ import annotations

import re

from rejoinder.graph.sparql.lexer import TOKEN

MOST_SHOWN = 30  # characters of what was found
WIDEST = 100  # characters of the line that is shown
NO_TOKEN = re.compile(r"\s|\S+")  # white space that SPARQL does not know, such as a no-break space, or a word


def line_and_column(query: str, at: int) -> str:
    """Line and column (from 1) of an offset."""
    return f"line {query.count(chr(10), 0, at) + 1}, column {at - query.rfind(chr(10), 0, at)}"


def marked_line(query: str, at: int) -> str:
    """The line around an offset, and a mark below it."""
    start = query.rfind("\n", 0, at) + 1
    end = query.find("\n", at)
    start = max(start, at - WIDEST // 2)
    line = query[start : len(query) if end < 0 else end][:WIDEST].replace("\t", " ")
    return f"  {line}\n  {' ' * (at - start)}^"


def text_found_at(query: str, at: int) -> str:
    """What stands at an offset, or behind white space and comments there, for a message."""
    match = TOKEN.match(query, at)
    while match and match.lastgroup == "space":
        at = match.end()
        match = TOKEN.match(query, at)
    if at >= len(query):
        return "the end of the query"
    match = match or NO_TOKEN.match(query, at)
    text = match[0] if match else ""
    return repr(text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}...")
