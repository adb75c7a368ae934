"""A thread as Argdown: statements and arguments under their titles, and what supports and attacks them below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rejoinder.graph.exports.argdown_plan import UNTITLED, Inference, Member, Plan, Planner, Relation
from rejoinder.graph.exports.argdown_text import TAG, argdown_with_links, escape_argdown, escape_line_start, yaml_string
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.maps.wording import percent
from rejoinder.settings import Settings

NAME = "argdown"
SUMMARY = "Argdown: statements, arguments and their relations, as text to read and to go on with"
MEDIA_TYPE = "text/vnd.argdown"
EXTENSION = "argdown"

SITE = "argdown"
UNSURE_BELOW = Settings().objection_threshold
DEEPEST_INDENT = 12  # levels of indentation; what is deeper begins a paragraph of its own
INCOMING_SYMBOLS = {"+>": "+", "->": "-", "_>": "<_", "><": "><"}


@dataclass(slots=True)
class PlacedMember:
    """A member where it is defined, and what is written under it: more nodes, and references to what is elsewhere."""

    member: Member
    nodes_below: list[tuple[str, PlacedMember | Member | str, str]] = field(default_factory=list)


def write(thread_map: ThreadMap, options: Options) -> str:
    """Front matter, anonymous premises and conclusions, statements as trees, then arguments with their steps."""
    plan = Planner(thread_map).plan()
    page = ArgdownLayout(thread_map, plan)
    nameless = [name for name in plan.arguments if UNTITLED.fullmatch(name) and not page.has_words(name)]
    page.heads = {name for name in plan.arguments if name not in nameless} | page.mentioned_titles
    roots = list(page.roots())
    first = [page.argument_text(name) for name in plan.arguments if name not in page.heads]
    last = [page.argument_text(name) for name in plan.arguments if name in page.heads]
    trees = ["\n".join(page.lines(node)) for node in roots]
    blocks = [f"===\ntitle: {yaml_string(thread_map.title)}\n===", *first, *trees, *last]
    return (
        "\n\n".join(blocks if len(blocks) > 1 else [*blocks, escape_line_start(escape_argdown(thread_map.key.id))])
        + "\n"
    )


class ArgdownLayout:
    """Lays out a plan: each member is defined once, each relation is written once."""

    def __init__(self, thread_map: ThreadMap, plan: Plan) -> None:
        self.thread_map, self.plan, self.comments = thread_map, plan, thread_map.comments()
        self.relations_by_member: dict[Member, list[Relation]] = {member: [] for member in plan.members}
        for edge in plan.edges:
            if isinstance(edge.target, Member):
                self.relations_by_member[edge.target].append(edge)
        for edge in plan.edges:
            self.relations_by_member[edge.source].append(edge)
        self.mentioned_titles = {edge.target for edge in plan.edges if isinstance(edge.target, str)}
        self.heads: set[str] = set()
        self.placed_members: set[Member] = set()
        self.titled_members: set[Member] = set()
        self.written_relations: set[Relation] = set()
        self.steps = [step for steps in plan.arguments.values() for step in steps]
        self.nodes = {
            member: PlacedMember(member) for step in self.steps for member in (*step.premises, step.conclusion)
        }
        self.titled_members |= {member for step in self.steps for member in step.undercutters}
        for node in sorted(
            self.nodes.values(), key=lambda placed_member: placed_member.member.is_named
        ):  # those without a title say it all
            self.place_below(node)

    def roots(self) -> Iterator[PlacedMember]:
        """The members that stand at the head of a paragraph, with all that is under them."""
        ends = {edge.source for edge in self.plan.edges if isinstance(edge.target, Member)}
        tops = [member for member in self.plan.members if member not in ends]
        for member in (*tops, *self.plan.members):
            if member not in self.placed_members and member not in self.nodes:
                yield self.place_below(PlacedMember(member))

    def place_below(self, root: PlacedMember) -> PlacedMember:
        """Puts under a node what relates to it and has no place yet, and so on, without recursion."""
        self.placed_members.add(root.member)
        stack = [(root, iter(self.relations_by_member[root.member]))]
        while stack:
            node, edges = stack[-1]
            edge = next(
                (
                    relation
                    for relation in edges
                    if relation not in self.written_relations and may_be_child(relation, node.member)
                ),
                None,
            )
            if edge is None:
                stack.pop()
                continue
            self.written_relations.add(edge)
            outward = edge.source is node.member
            other = edge.target if outward else edge.source
            symbol = edge.symbol if outward else INCOMING_SYMBOLS[edge.symbol]
            if isinstance(other, Member) and len(stack) < DEEPEST_INDENT and self.fits_below(other, outward, symbol):
                child = PlacedMember(other)
                self.placed_members.add(other)
                node.nodes_below.append((symbol, child, self.remark(edge)))
                stack.append((child, iter(self.relations_by_member[other])))
            else:
                self.titled_members |= {other} if isinstance(other, Member) else set()
                node.nodes_below.append((symbol, other, self.remark(edge)))
        return root

    def fits_below(self, other: Member, outward: bool, symbol: str) -> bool:
        """True if the member may be defined here; what one supports or attacks has a place of its own if it can."""
        free = other not in self.placed_members and other not in self.nodes
        return free and not (outward and other.is_named and symbol != "><")

    def lines(self, root: PlacedMember, indent: int = 2, head: str = "") -> Iterator[str]:
        """A node and all under it, a line each."""
        first = self.definition(root.member, first=not head)
        yield head + first
        stack = [iter(root.nodes_below)]
        while stack:
            symbol, below, remark = next(stack[-1], ("", "", ""))
            if not symbol:
                stack.pop()
                continue
            words = self.definition(below.member) if isinstance(below, PlacedMember) else self.reference(below)
            yield f"{' ' * (indent * len(stack))}{symbol} {words}{remark}"
            if isinstance(below, PlacedMember):
                stack.append(iter(below.nodes_below))

    def remark(self, edge: Relation) -> str:
        """A comment for readers behind a relation that is rather not meant than meant."""
        sure = self.plan.edges[edge]
        return f" /* unsure: {percent(sure)} */" if sure < UNSURE_BELOW else ""

    def reference(self, member: Member | str) -> str:
        """The title of what is defined elsewhere."""
        if isinstance(member, str):
            return f"<{self.argument_heading(member)}>"
        return f"<{member.title}>" if member.is_argument else f"[{member.title}]"

    def argument_heading(self, name: str) -> str:
        """The title of an argument as it is written: a made-up one is changed, or the parser would give it again."""
        return name.replace("Untitled", "Argument") if UNTITLED.fullmatch(name) else name

    def definition(self, member: Member, first: bool = False) -> str:
        """The title and the words of a member, with its tags and its author."""
        words, tags = self.words(member)
        rest = "".join(f" {tag}" for tag in tags) + yaml_data(
            member.claim.author if member.claim else None, member.replies
        )
        if member.is_named or member.is_argument or member in self.titled_members:
            unworded = member.is_named and member.text == member.title
            return f"{self.reference(member)}{'' if unworded else ': ' + words}{rest}"
        return (escape_line_start(words) if first else words) + rest

    def words(self, member: Member) -> tuple[str, list[str]]:
        """The words of a claim with their links, and the tags that stand behind them in a text of Argdown."""
        if member.claim is None or not member.claim.spans:
            return escape_argdown(member.text), []
        span, ours = member.claim.spans[0], self.thread_map.key.site == SITE
        comment = self.comments.get(span.comment)
        words = argdown_with_links(span.exact, span.start, comment.links if comment else (), ours)
        rest = comment.text[span.end :] if comment and ours else ""
        return words, [match[0] for match in TAG.finditer(rest)]

    def has_words(self, name: str) -> bool:
        """True if the argument has a description."""
        return f"<{name}>" in self.comments

    def argument_text(self, name: str) -> str:
        """The title and description of an argument, then its numbered premises and conclusions."""
        steps = self.plan.arguments[name]
        head = list[str]()
        if name in self.heads:
            head = [self.reference(name) + self.description(name), ""]
        return "\n".join([*head, *self.numbered_steps(steps)])

    def description(self, name: str) -> str:
        """What the source says of an argument as a whole, after a colon; empty where it says nothing."""
        comment = self.comments.get(f"<{name}>")
        if comment is None or not comment.text.strip():
            return ""
        start = comment.text.rfind("\n\n") + 2 if "\n\n" in comment.text else 0
        return (
            f": {argdown_with_links(comment.text[start:], start, comment.links, True)}{yaml_data(comment.author, {})}"
        )

    def numbered_steps(self, steps: list[Inference]) -> Iterator[str]:
        """The statements of an argument, each inference between its premises and its conclusion."""
        numbers: dict[Member, int] = {}
        last = 0
        for step in steps:
            for member in step.premises:
                if member not in numbers:
                    numbers[member] = last = last + 1
                    yield from self.statement(member, last)
            uses = ", ".join(str(numbers[member]) for member in step.premises)
            yield f"-- {{uses: [{uses}]}} --" if len(steps) > 1 else "----"
            yield from (f"    <_ {self.reference(member)}" for member in step.undercutters)
            numbers[step.conclusion] = last = last + 1
            yield from self.statement(step.conclusion, last)

    def statement(self, member: Member, number: int) -> Iterator[str]:
        """A numbered statement, defined where it stands first."""
        node = self.nodes.pop(member, None)
        if node is None:
            yield f"({number}) {self.reference(member)}"
        else:
            yield from self.lines(node, indent=4, head=f"({number}) ")


def may_be_child(edge: Relation, member: Member) -> bool:
    """False where a contradiction would have an argument as its child, which the notation does not allow."""
    return edge.symbol != "><" or edge.source is member or not edge.source.is_argument


def yaml_data(author: str | None, replies: Mapping[str, list[str]]) -> str:
    """Who says it, as Argdown's `says who` reads it, and what it asks about, concedes and so on, by title."""
    parts = [f"proponent: {yaml_string(author)}"] if author else []
    parts += [f"{name}: [{', '.join(map(yaml_string, dict.fromkeys(replies[name])))}]" for name in sorted(replies)]
    return f" {{{', '.join(parts)}}}" if parts else ""
