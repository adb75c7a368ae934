"""The kinds of move, and which of them is a special case of which."""

from __future__ import annotations

from enum import StrEnum
from functools import cache


class Kind(StrEnum):
    """The kinds of move: local names of the classes of the ontology's argument layer."""

    MOVE = "Move"
    SUPPORT = "Support"
    OBJECTION = "Objection"
    REBUTTAL = "Rebuttal"
    UNDERMINE = "Undermine"
    UNDERCUT = "Undercut"
    REPLY = "Reply"
    QUESTION = "Question"
    ANSWER = "Answer"
    COUNTER = "Counter"
    CONCESSION = "Concession"
    CLARIFICATION = "Clarification"
    DISMISSAL = "Dismissal"
    QUOTATION = "Quotation"
    SIMILARITY = "Similarity"


KIND_PARENTS: dict[Kind, tuple[Kind, ...]] = {
    Kind.MOVE: (),
    Kind.SUPPORT: (Kind.MOVE,),
    Kind.OBJECTION: (Kind.MOVE,),
    Kind.REBUTTAL: (Kind.OBJECTION,),
    Kind.UNDERMINE: (Kind.OBJECTION,),
    Kind.UNDERCUT: (Kind.OBJECTION,),
    Kind.REPLY: (Kind.MOVE,),
    Kind.QUESTION: (Kind.REPLY,),
    Kind.ANSWER: (Kind.REPLY,),
    Kind.COUNTER: (Kind.ANSWER, Kind.OBJECTION),
    Kind.CONCESSION: (Kind.ANSWER,),
    Kind.CLARIFICATION: (Kind.ANSWER,),
    Kind.DISMISSAL: (Kind.ANSWER,),
    Kind.QUOTATION: (Kind.MOVE,),
    Kind.SIMILARITY: (Kind.MOVE,),
}

# Answers to an objection, and what they are at something that objects to nothing (shape S07).
KINDS_ELSEWHERE = {
    Kind.COUNTER: Kind.REBUTTAL,
    Kind.CONCESSION: Kind.SUPPORT,
    Kind.DISMISSAL: Kind.OBJECTION,
    Kind.ANSWER: Kind.CLARIFICATION,
    Kind.CLARIFICATION: Kind.CLARIFICATION,
}


@cache
def with_wider_kinds(kind: Kind) -> tuple[Kind, ...]:
    """A kind and all its superclasses, sorted by name.

    >>> [str(k) for k in with_wider_kinds(Kind.COUNTER)]
    ['Answer', 'Counter', 'Move', 'Objection', 'Reply']
    """
    kinds, waiting = {kind}, [kind]
    while waiting:
        for parent in KIND_PARENTS[waiting.pop()]:
            if parent not in kinds:
                kinds.add(parent)
                waiting.append(parent)
    return tuple(sorted(kinds))
