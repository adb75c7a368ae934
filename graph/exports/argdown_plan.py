"""What of a thread can be said in Argdown: members under their titles, relations between them, steps of arguments."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from rejoinder.graph.exports.argdown_text import argdown_title
from rejoinder.graph.exports.ends import Ends
from rejoinder.graph.exports.order import claims_in_order
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.records import Claim, ClaimRef, CommentRef, Kind, Move, MoveRef, Source, Span, Target, with_wider_kinds

UNTITLED = re.compile(r"Untitled \d+")
STEP_NAME = re.compile(r"<(?P<title>[^<>]+)>(?: \((?P<number>\d{1,9})\))?")
REPLY_VERBS = {
    Kind.CONCESSION: "concedes",
    Kind.DISMISSAL: "dismisses",
    Kind.CLARIFICATION: "clarifies",
    Kind.QUESTION: "asksAbout",
    Kind.ANSWER: "answers",
    Kind.SIMILARITY: "isLike",
}


@dataclass(slots=True, eq=False)
class Member:
    """A statement, or (`is_argument`) an argument; unless it `is_named`, its title is not from its source."""

    title: str
    text: str
    claim: Claim | None = None
    is_argument: bool = False
    is_named: bool = True
    replies: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation from a member to another, or to the argument of that title."""

    source: Member
    symbol: str
    target: Member | str


@dataclass(slots=True)
class Inference:
    """One inference of the argument `title`; `number` is that of its conclusion, as far as its name says."""

    title: str
    premises: list[Member]
    conclusion: Member
    number: int
    undercutters: list[Member] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """All that is to be written of a thread in reading order: relations with how sure they are, steps by argument."""

    members: list[Member]
    edges: dict[Relation, float]
    arguments: dict[str, list[Inference]]


class Planner:
    """Makes the plan of one thread."""

    def __init__(self, thread_map: ThreadMap) -> None:
        self.thread_map, self.ends = thread_map, Ends(thread_map)
        self.moves = {move.id: move for move in self.ends.moves()}
        self.titles: set[str] = set()
        self.counts = Counter[str]()
        self.members: dict[Source | Target, Member] = {}
        self.steps: dict[str, Inference] = {}
        self.edges: dict[Relation, float] = {}
        self.members_by_comment: dict[str, list[tuple[Member, Span]]] = {}
        pairs = {(move.sources[:1], move.target) for move in self.moves.values() if " >< " in (move.name or "")}
        self.contradictions = {(target, sources) for sources, target in pairs if ((target,), sources[0]) in pairs}
        self.sources_by_move_name = {stated.name: stated.sources for stated in thread_map.discussion.stated_moves}

    def plan(self) -> Plan:
        """The members, relations and arguments."""
        for claim in claims_in_order(self.ends):
            member = self.members[ClaimRef(claim.id)] = self.member_of_claim(claim)
            for span in claim.spans:
                self.members_by_comment.setdefault(span.comment, []).append((member, span))
        for move in self.moves.values():
            if self.is_step(move):
                self.steps[move.id] = self.inference_of(move)
        arguments: dict[str, list[Inference]] = {}
        for step in sorted(self.steps.values(), key=lambda inference: inference.number):
            arguments.setdefault(step.title, []).append(step)
        for move in self.moves.values():
            if move.id not in self.steps:
                self.note_relation(move, arguments)
        self.choose_arguments()
        return Plan(list(self.members.values()), self.edges, arguments)

    def member_of_claim(self, claim: Claim) -> Member:
        """A claim under the title its source gave it, or one made of its author's name."""
        name = claim.name or ""
        argument = name.startswith("<") and name.endswith(">")
        inner = name[1:-1] if argument or (name.startswith("[") and name.endswith("]")) else name
        untitled = bool(UNTITLED.fullmatch(inner))
        title = "" if untitled else argdown_title(inner, ">" if argument else "]")
        title = title or self.numbered_title(argdown_title(claim.author or "", "]") or "Statement")
        return Member(self.unique_title(title), claim.text, claim, argument, is_named=not untitled)

    def numbered_title(self, base: str) -> str:
        """The base and how often it was asked for."""
        self.counts[base] += 1
        return f"{base} {self.counts[base]}"

    def unique_title(self, title: str) -> str:
        """The title, or the first with a number behind it that nothing else has."""
        unique = title
        while unique in self.titles or UNTITLED.fullmatch(unique):
            unique = self.numbered_title(f"{title},")
        self.titles.add(unique)
        return unique

    def is_step(self, move: Move) -> bool:
        """True for a Support that has to be written with numbered premises."""
        several = len(move.sources) > 1 or STEP_NAME.fullmatch(move.name or "")
        return move.kind is Kind.SUPPORT and bool(several) and move.target in self.members

    def inference_of(self, move: Move) -> Inference:
        """A Support as an inference, its premises in the order in which they were stated."""
        match = STEP_NAME.fullmatch(move.name or "")
        name = match["title"] if match else self.unique_title(self.numbered_title("Argument"))
        order = {source: place for place, source in enumerate(self.sources_by_move_name.get(move.name or "", ()))}
        premises = [self.members[source] for source in move.sources if source in self.members]
        premises.sort(key=lambda member: order.get((member.claim.name if member.claim else None) or "", len(order)))
        conclusion = self.members[move.target]
        number = int(match["number"]) if match and match["number"] else 10**9
        return Inference(name, premises, conclusion, number)

    def aim_of(self, target: Target) -> Member | str | None:
        """What a move is aimed at: a member, or an argument by its title; an objection stands for what it says.

        What was never loaded gets a member of its own.
        """
        if isinstance(target, MoveRef):
            return self.aim_at_move(target.id)
        if target in self.members:
            return self.members[target]
        inside = self.member_stated_at(target)
        if inside is not None:
            return inside
        words = " ".join(self.ends.end_of(target).text.split()) or self.thread_map.key.id
        self.members[target] = Member(self.unique_title(self.numbered_title("Unseen")), words)
        return self.members[target]

    def member_stated_at(self, target: Target) -> Member | None:
        """The first claim that is stated in a comment, or where a span of it stands."""
        where = target.id if isinstance(target, CommentRef) else target.comment if isinstance(target, Span) else None
        first, last = (target.start, target.end) if isinstance(target, Span) else (0, sys.maxsize)
        return next(
            (
                member
                for member, span in self.members_by_comment.get(where or "", ())
                if span.start < last and first < span.end
            ),
            None,
        )

    def aim_at_move(self, name: str) -> Member | str | None:
        """The argument that a step belongs to, else what the move starts from."""
        if name in self.steps:
            return self.steps[name].title
        if name not in self.moves:
            return None
        sources = [self.members[source] for source in self.moves[name].sources if source in self.members]
        return sources[0] if sources else None

    def note_relation(self, move: Move, arguments: dict[str, list[Inference]]) -> None:
        """Notes what a move is in Argdown: a relation, or data of what it starts from."""
        is_relation = move.kind is Kind.SUPPORT or Kind.OBJECTION in with_wider_kinds(move.kind)
        aim = self.aim_of(move.target) if is_relation or move.kind in REPLY_VERBS else None
        for source in [self.members[end] for end in move.sources if end in self.members]:
            if aim is None or aim is source:
                continue
            if move.kind in REPLY_VERBS:
                about = source.replies.setdefault(REPLY_VERBS[move.kind], [])
                about.append(aim if isinstance(aim, str) else aim.title)
            for edge in self.relations(move, source, aim, arguments):
                self.edges[edge] = max(move.confidence, self.edges.get(edge, 0))

    def relations(
        self, move: Move, source: Member, aim: Member | str, arguments: dict[str, list[Inference]]
    ) -> Iterator[Relation]:
        """The relation that a move is, if it is one."""
        name = move.name or ""
        if move.kind is Kind.SUPPORT:
            yield Relation(source, "+>", aim)
        elif Kind.OBJECTION not in with_wider_kinds(move.kind):
            return
        elif move.kind is Kind.UNDERCUT or " _> " in name:
            step = self.steps.get(move.target.id) if isinstance(move.target, MoveRef) else None
            if step is not None and step is not arguments[step.title][-1]:
                step.undercutters.append(source)
            else:
                yield Relation(source, "_>" if isinstance(move.target, ClaimRef | MoveRef) else "->", aim)
        elif isinstance(aim, str) or (move.target, move.sources) not in self.contradictions:
            yield Relation(source, "->", aim)
        else:
            yield (
                Relation(aim, "><", source)
                if (aim.is_argument, source.title) > (source.is_argument, aim.title)
                else Relation(source, "><", aim)
            )

    def choose_arguments(self) -> None:
        """Writes what is undercut as an argument, where it need not be a statement; and the other way round."""
        fixed = {id(premise) for step in self.steps.values() for premise in (*step.premises, step.conclusion)}
        fixed |= {id(edge.target) for edge in self.edges if edge.symbol == "><"}
        for edge in self.edges:
            if edge.symbol == "_>" and isinstance(edge.target, Member):
                stated = edge.target.claim is not None and (edge.target.claim.name or "").startswith("[")
                edge.target.is_argument = edge.target.is_argument or not stated
        for member in self.members.values():
            member.is_argument = member.is_argument and id(member) not in fixed
            member.title = argdown_title(member.title, ">" if member.is_argument else "]")
