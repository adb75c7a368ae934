"""What an Argdown text states, gathered by title: statements, arguments, the steps within them, their relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from rejoinder.errors import Problem
from rejoinder.loaders.argdown.blocks import Block, Role
from rejoinder.loaders.argdown.data import DataError, data_words, part_data, whole_numbers
from rejoinder.loaders.values.scrub import Scrubber
from rejoinder.records import Link

SUPPORT, ATTACK, CONTRADICTION, UNDERCUT = "+>", "->", "><", "_>"
KNOWN_DATA = ("proponent", "isCanonical", "uses")
UPWARD = {"+": SUPPORT, "<+": SUPPORT, "-": ATTACK, "<-": ATTACK, "_": UNDERCUT, "<_": UNDERCUT}


@dataclass(frozen=True, slots=True)
class Wording:
    """One text under a title: tags may stand behind `end`, the end of what is said."""

    text: str
    end: int
    links: tuple[Link, ...] = ()


@dataclass(slots=True)
class Member:
    """A statement `[title]` or an argument `<title>`: all its wordings; `chosen_wording` counts."""

    key: str
    line: int
    parent: str | None = None
    wordings: list[Wording] = field(default_factory=list)
    chosen_wording: Wording | None = None
    is_settled: bool = False
    proponent: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """One of the four relations, from a member or inference to another, by their keys."""

    source: str
    symbol: str
    target: str
    line: int


@dataclass(slots=True)
class Inference:
    """One inference of an argument: from which statements to which; `number` is that of the conclusion."""

    key: str
    argument: str
    uses: frozenset[int] = frozenset()
    premises: list[str] = field(default_factory=list)
    conclusion: str = ""
    number: int = 0


@dataclass(slots=True)
class OpenStructure:
    """A premise-conclusion structure that is being read.

    `unused` are the statements above its last inference that no inference uses, `below` those that stand below it.
    """

    argument: str
    numbered: dict[int, str] = field(default_factory=dict)
    unused: dict[str, None] = field(default_factory=dict)
    below: list[str] = field(default_factory=list)
    waiting: Inference | None = None
    concluded: bool = False

    def conclude(self, step: Inference, block: Block, key: str) -> None:
        """The inference leads to the statement of this block and key, and uses what it names, or all that is unused."""
        self.unused.update(dict.fromkeys(self.below))
        self.below.clear()
        used = [self.numbered[number] for number in sorted(step.uses) if number in self.numbered]
        step.premises = list(dict.fromkeys(used or self.unused))
        step.conclusion, step.number = key, block.number
        for premise in step.premises:
            self.unused.pop(premise, None)


class Model:
    """Gathers blocks into members, relations and steps; problems that were met on the way are in `problems`."""

    def __init__(self, file: str, scrubber: Scrubber) -> None:
        self.file, self.scrubber = file, scrubber
        self.members: dict[str, Member] = {}
        self.relations: dict[tuple[str, str, str], Relation] = {}
        self.steps: dict[str, list[Inference]] = {}
        self.structures: dict[str, OpenStructure] = {}  # of each argument that has steps
        self.problems: list[Problem] = []
        self.heading: str | None = None  # the first of the text
        self.untitled = 0
        self.keys: dict[Block, str] = {}
        self.top: str | None = None  # the argument that the last paragraph gave, to which steps belong
        self.now: OpenStructure | None = None

    def read(self, blocks: Iterable[Block]) -> None:
        """Takes every block, each when the next has begun and it is complete."""
        for block in complete_blocks(blocks):
            self.take(block)
        self.name_steps()

    def take(self, block: Block) -> None:
        """Adds one block."""
        if block.role is Role.HEADING:
            self.top = self.now = None
            self.heading = self.heading or block.words.collapsed_text()[0] or None
        elif block.role is Role.INFERENCE:
            self.infer(block)
        elif block.title is not None or block.words.collapsed_text()[0]:
            steps = self.steps_at(block) if block.role is Role.NUMBERED else None
            key = self.keys[block] = self.member(block).key
            if steps is not None:
                self.number(steps, block, key)
            elif block.role is Role.TOP:
                self.top, self.now = (key if block.argument else None), None
            elif block.parent in self.keys:
                self.relate(self.keys[block.parent], block.symbol, key, block.line)

    def new_title(self) -> str:
        """The title of what has none, numbered in the order of the text, as Argdown's own tools do."""
        self.untitled += 1
        return f"Untitled {self.untitled}"

    def member(self, block: Block) -> Member:
        """The member that a block belongs to, with what the block adds to it."""
        title = block.title or self.new_title()
        key = f"<{title}>" if block.argument else f"[{title}]"
        parent = self.keys.get(block.parent) if block.parent and block.symbol in UPWARD else None
        parent = parent if parent in self.members and parent != key else None
        owner = self.members.setdefault(key, Member(key, block.line, parent))
        text, end, links = block.words.collapsed_text()
        data = self.data(block)
        if block.defined and text:
            self.add(owner, Wording(text, end, links), data.get("isCanonical") is True)
        owner.proponent = data_words(data.get("proponent"), self.scrubber, block.line) or owner.proponent
        return owner

    def add(self, member: Member, wording: Wording, canonical: bool) -> None:
        """One more wording; the last counts, unless one says that it is the canonical one."""
        if wording not in member.wordings:
            member.wordings.append(wording)
        if canonical or not member.is_settled:
            member.chosen_wording = wording
        member.is_settled = member.is_settled or canonical

    def data(self, block: Block) -> dict[str, object]:
        """The data of a block as far as they are read."""
        values: dict[str, object] = {}
        for text in block.words.data:
            if any(name in text for name in KNOWN_DATA):
                try:
                    values |= part_data(text)
                except DataError as error:
                    self.problems.append(Problem(self.file, block.line, str(error), lost=True))
        return values

    def relate(self, parent: str, symbol: str, child: str, line: int) -> None:
        """Notes what the symbol says of a parent and the child under it."""
        source, target = (child, parent) if symbol in UPWARD else (parent, child)
        kind = UPWARD.get(symbol, symbol)
        if (target, kind, source) in self.relations and kind == CONTRADICTION:
            return
        self.relations.setdefault((source, kind, target), Relation(source, kind, target, line))

    def steps_at(self, block: Block) -> OpenStructure:
        """The steps that a numbered statement belongs to; one above which nothing numbered stands begins them."""
        if self.now is not None and not (block.is_fresh and self.now.concluded):
            return self.now
        argument = self.top or f"<{self.new_title()}>"
        if argument in self.steps:
            message = f"expected one premise-conclusion structure for {argument}, got another; it stands by itself"
            self.problems.append(Problem(self.file, block.line, message, lost=True))
            argument = f"<{self.new_title()}>"
        self.now, self.top = OpenStructure(argument), None
        return self.now

    def number(self, steps: OpenStructure, block: Block, key: str) -> None:
        """A premise, or the conclusion of the inference above."""
        step, steps.waiting = steps.waiting, None
        steps.concluded = step is not None
        if step is not None:
            steps.conclude(step, block, key)
            self.steps.setdefault(steps.argument, []).append(step)
            self.structures[steps.argument] = steps
        steps.numbered[block.number] = key
        steps.below.append(key)

    def infer(self, block: Block) -> None:
        """A line of dashes: the next numbered statement follows from those above."""
        if self.now is not None:
            key = self.keys[block] = f"{self.now.argument} {block.line}"
            self.now.waiting = Inference(key, self.now.argument, whole_numbers(self.data(block).get("uses")))

    def name_steps(self) -> None:
        """Gives each step its name: the last that of its argument, those before it with the number they lead to.

        The last also takes the premises that none says it uses, for they belong to the argument.
        """
        names = dict[str, str]()
        for argument, steps in self.steps.items():
            steps[-1].premises += self.structures[argument].unused
            for step in steps:
                names[step.key] = step.key = argument if step is steps[-1] else f"{argument} ({step.number})"
        renamed = [
            replace(
                relation,
                source=names.get(relation.source, relation.source),
                target=names.get(relation.target, relation.target),
            )
            for relation in self.relations.values()
        ]
        self.relations = {(relation.source, relation.symbol, relation.target): relation for relation in renamed}


def complete_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, each given out only after the next is asked for, when all its words have been read."""
    before: Block | None = None
    for block in blocks:
        if before is not None:
            yield before
        before = block
    if before is not None:
        yield before
