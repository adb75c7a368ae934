"""Which shapes that compare nodes surely find nothing, told by dictionaries, as screens.py does of single values.

Each screen here stands for the sh:select of one shape of the shapes file, by its number, and may only be stricter: the
tests hold the two against each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from rejoinder.graph.shapes.screens import STRING, Facts, Screen
from rejoinder.graph.triples.ntriples import Term, iri, string
from rejoinder.graph.triples.terms import RJ, SIOC

ID, CONTENT, CONTAINER, REPLY_OF = (SIOC + name for name in ("id", "content", "has_container", "reply_of"))
IN_COMMENT, START, END, EXACT = (RJ + name for name in ("inComment", "start", "end", "exact"))
SOURCE, TARGET, EVIDENCE = (RJ + name for name in ("source", "target", "evidence"))
METHOD, TARGET_COMMENT, ORIGIN = (RJ + name for name in ("method", "targetComment", "origin"))
LABEL, ANSWERED_BY = (RJ + name for name in ("label", "answeredBy"))
STRUCTURAL, IN = iri(RJ + "structural"), iri(RJ + "in")
SHORTCUTS = {RJ + "attacks": iri(RJ + "Objection"), RJ + "supports": iri(RJ + "Support")}
ESCAPE = re.compile(r"\\(.)")
ESCAPED = {"n": "\n", "r": "\r", '"': '"', "\\": "\\"}


class Doubt(Exception):
    """The facts are not of the form that a screen reads."""


def false_if_in_doubt(test: Callable[[Facts], bool]) -> Screen:
    """The same test, false where what it looks up is missing or is there twice."""

    def told(facts: Facts) -> bool:
        try:
            return test(facts)
        except (Doubt, KeyError, ValueError, IndexError):
            return False

    return told


def single_values(facts: Facts, predicate: str) -> dict[Term, Term]:
    """The value of each subject; raises Doubt where one has several."""
    value_by_subject = dict(facts.pairs[predicate])
    if len(value_by_subject) != len(facts.pairs[predicate]):
        raise Doubt
    return value_by_subject


def text_of(literal: Term) -> str:
    """The characters of a plain string."""
    if not STRING.fullmatch(literal):
        raise Doubt
    return ESCAPE.sub(lambda match: ESCAPED[match[1]], literal[1:-1]) if "\\" in literal else literal[1:-1]


def integer_of(literal: Term) -> int:
    """The number that a literal is."""
    return int(literal.split('"', 2)[1])


def has_no_circle(facts: Facts) -> bool:
    """No reply leads back to itself."""
    above, begun = single_values(facts, REPLY_OF), dict[Term, Term]()
    for start in above:
        comment = start if start not in begun else ""  # from there no walk led back
        while comment in above and comment not in begun:
            begun[comment] = start
            comment = above[comment]
        if begun.get(comment) == start:
            return False
    return True


def replies_in_one_thread(facts: Facts) -> bool:
    """A comment stands where the one stands that it replies to."""
    home = single_values(facts, CONTAINER)
    return all(home[reply] == home[other] for reply, other in facts.pairs[REPLY_OF])


def spans_are_exact(facts: Facts) -> bool:
    """Each span holds the characters of its comment from its start to its end."""
    text_by_comment = {comment: text_of(content) for comment, content in single_values(facts, CONTENT).items()}
    start, end, place = (single_values(facts, name) for name in (START, END, IN_COMMENT))
    for span, words in facts.pairs[EXACT]:
        first, last = integer_of(start[span]), integer_of(end[span])
        exact = text_by_comment[place[span]][first:last]
        if not 0 <= first < last or words != (string(exact) if "\\" in words else f'"{exact}"'):
            return False
    return True


def aims_at_others(facts: Facts) -> bool:
    """No move is aimed at itself or its own source."""
    aims = facts.pairs[TARGET]
    return set(facts.pairs[SOURCE]).isdisjoint(aims) and all(move != other for move, other in aims)


def quotations_occur(facts: Facts) -> bool:
    """The comment that is quoted holds the words."""
    method, place, source = (single_values(facts, name) for name in (METHOD, TARGET_COMMENT, SOURCE))
    contents, words = single_values(facts, CONTENT), single_values(facts, EXACT)
    quoted = (move for move in facts.classes[iri(RJ + "Quotation")] if move in place and method[move] == STRUCTURAL)
    return all(text_of(words[source[move]]) in text_of(contents[place[move]]) for move in quoted)


def ids_are_unique(facts: Facts) -> bool:
    """No two comments of a thread have one id."""
    home, ids = single_values(facts, CONTAINER), single_values(facts, ID)
    return len({(home[comment], ids[comment]) for comment in home}) == len(home)


def evidence_at_home(facts: Facts) -> bool:
    """Evidence stands in the comment where its move is made."""
    place = single_values(facts, IN_COMMENT)
    return all(place[move] == place[other] for move, other in facts.pairs[EVIDENCE] if move in place)


def ends_of_moves(facts: Facts, kind: Term) -> set[tuple[Term, Term]]:
    """The sources and targets of the moves of a class."""
    sources: dict[Term, list[Term]] = defaultdict(list)
    for move, source in facts.pairs[SOURCE]:
        sources[move].append(source)
    moves = facts.classes[kind]
    return {(source, target) for move, target in facts.pairs[TARGET] if move in moves for source in sources[move]}


def has_moves(facts: Facts) -> bool:
    """Each shortcut has a move behind it."""
    return all(ends_of_moves(facts, kind).issuperset(facts.pairs[name]) for name, kind in SHORTCUTS.items())


def has_shortcuts(facts: Facts) -> bool:
    """Each move from claim to claim has a shortcut beside it."""
    claims = facts.classes[iri(RJ + "Claim")]
    for name, kind in SHORTCUTS.items():
        missing = ends_of_moves(facts, kind).difference(facts.pairs[name])
        if any(source in claims and target in claims for source, target in missing):
            return False
    return True


def none_stands_against(facts: Facts) -> bool:
    """No two that stand answer each other."""
    standing = {node for node, label in facts.pairs[LABEL] if label == IN}
    return not any(node in standing and other in standing for node, other in facts.pairs[ANSWERED_BY])


def has_no_origins(facts: Facts) -> bool:
    """No quotation is said to be from elsewhere."""
    return not facts.pairs[ORIGIN]


JOIN_SCREENS: dict[str, Screen] = {
    "S01": false_if_in_doubt(has_no_circle),
    "S02": false_if_in_doubt(replies_in_one_thread),
    "S04": false_if_in_doubt(spans_are_exact),
    "S05": false_if_in_doubt(aims_at_others),
    "S09": false_if_in_doubt(quotations_occur),
    "S13": false_if_in_doubt(ids_are_unique),
    "S14": false_if_in_doubt(has_moves),
    "S15": false_if_in_doubt(has_shortcuts),
    "S16": false_if_in_doubt(has_no_origins),
    "S17": false_if_in_doubt(has_no_origins),
    "S18": false_if_in_doubt(evidence_at_home),
    "S19": false_if_in_doubt(none_stands_against),
}
