"""The rules for links and images of Markdown, which seek no end of a bracket where too few close any more."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from weakref import WeakKeyDictionary

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image, link

ROW = re.compile(r"\[+")


def with_bounded_brackets(parser: MarkdownIt) -> MarkdownIt:
    """The parser with these rules: it finds the same, but does not read up to forty times what only opens."""
    for name, rule in (("link", link), ("image", image)):
        parser.inline.ruler.at(name, _closing(rule))
    return parser


class Brackets:
    """Where rows of opening brackets end in a text, and where brackets close; offsets in code points."""

    def __init__(self, text: str) -> None:
        self.row_ends = [row.end() for row in ROW.finditer(text)]
        self.closing = [bracket.start() for bracket in re.finditer("]", text)]

    def may_close(self, at: int) -> bool:
        """False if too few brackets close after the row of the one that opens at `at`.

        Each that follows it in its row needs one, too, whether it begins a link or is only a character of the label.
        """
        row_end = self.row_ends[bisect_right(self.row_ends, at)]
        return len(self.closing) - bisect_left(self.closing, row_end) >= row_end - at


def _closing(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    known: WeakKeyDictionary[StateInline, Brackets] = WeakKeyDictionary()

    def applies(state: StateInline, silent: bool) -> bool:
        at = state.pos + 1 if state.src[state.pos] == "!" else state.pos
        if state.src[at : at + 1] != "[":
            return False
        brackets = known.get(state) or known.setdefault(state, Brackets(state.src))
        return brackets.may_close(at) and rule(state, silent)

    return applies
