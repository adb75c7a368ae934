"""Argdown out: what is written of any thread is read again, by us and by Argdown's own parser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from rejoinder.errors import Problem
from rejoinder.graph.exports import argdown as writer
from rejoinder.graph.exports.argdown_plan import REPLY_VERBS, STEP_NAME, Plan, Planner
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.loaders.formats import argdown
from rejoinder.loaders.gathering.merge import merge
from rejoinder.loaders.opening.source import Source
from rejoinder.records import ClaimRef, Comment, Found, Kind, MoveRef, StatedClaim, StatedMove, Thread, ThreadKey
from tests.argdown_parser import FOLDER, Parser, running
from tests.conftest import EXAMPLES
from tests.maps import Line, discussion_of
from tests.thread_maps import discussions, loaded, maps_in, maps_of, records, said_in, sensible
from tests.threads import mapped

GOLDEN = Path(__file__).parents[1] / "golden"
SYMBOLS = ("+", "-", "<+", "<-", "<_", "+>", "->", "_>", "><")
TYPES = {"+>": "support", "->": "attack", "><": "contradictory", "_>": "undercut"}
NAME = "plots.argdown"
SLOWLY = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
KEY = ThreadKey("made.example", "up")
MARK_ALONE = Thread(KEY), Comment(KEY, "c", "\n >"), StatedClaim(KEY, "s", "c", 0, 3)
WORDLESS = [Found(one, "made", 1) for one in MARK_ALONE]


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with running() as found:
        yield found


def flat(text: str) -> str:
    return " ".join(text.split())


def wordings_of(thread_map: ThreadMap) -> set[str]:
    """The words of each claim but those that have none, being nothing but the mark of a quotation."""
    return {flat(claim.text) for claim in thread_map.argument.claims} - {""}


def planned(plan: Plan) -> set[tuple[str, str, str]]:
    """The relations between members that a plan holds, as the parser names them."""
    named = {member: f"<{member.title}>" if member.is_argument else f"[{member.title}]" for member in plan.members}
    pairs = [(edge, edge.target) for edge in plan.edges if not isinstance(edge.target, str)]
    return {(named[relation.source], TYPES[relation.symbol], named[target]) for relation, target in pairs}


@settings(max_examples=200, deadline=None, suppress_health_check=SLOWLY)
@given(found=discussions())
def test_the_parser_of_argdown_reads_what_is_written_of_any_thread(found: list[Found], parser: Parser) -> None:
    for thread_map in maps_of(sensible(found)):
        text = writer.write(thread_map, Options())
        seen = parser.read(text)
        assert seen["errors"] == [], text
        assert flat(seen["title"]) == flat(thread_map.title)
        said = wordings_of(thread_map)
        wordings = {flat(words[-1]) for _, words, _ in seen["statements"] + seen["arguments"] if words}
        assert said <= wordings, text
        relations = {tuple(relation) for relation in seen["relations"]}
        back = {(target, kind, source) for source, kind, target in relations if kind == "contradictory"}
        assert planned(Planner(thread_map).plan()) <= relations | back, text


@settings(max_examples=200, deadline=None, suppress_health_check=SLOWLY)
@given(found=discussions())
@example(found=WORDLESS)
def test_what_is_written_of_any_thread_is_read_again(found: list[Found], tmp_path: Path) -> None:
    for thread_map in maps_of(sensible(found)):
        again = said_in(records(loaded(argdown, tmp_path / NAME, writer.write(thread_map, Options()))))
        assert wordings_of(thread_map) <= {flat(words) for words in again.values()}


class Maker:
    """Makes up a text of Argdown: trees of statements and arguments, some taken apart, each worded once or never."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.number = 0
        self.worded: set[str] = set()
        self.apart: set[str] = set()

    def words(self) -> str:
        self.number += 1
        return f"words {self.number}"

    def member(self, shapes: str = "[[[<<.") -> str:
        shape, letter = self.draw(st.sampled_from(shapes)), self.draw(st.sampled_from("ABCDEFG"))
        title = {".": "", "[": f"[{letter}]", "<": f"<the {letter}>"}[shape]
        if title in self.worded or (title and self.draw(st.integers(0, 3)) == 0):
            return title
        self.worded |= {title} - {""}
        rest = self.draw(st.sampled_from(["", " #tag", " {proponent: Ann}"]))
        return f"{title}: {self.words()}{rest}" if title else self.words() + rest

    def tree(self, indent: int, head: str) -> list[str]:
        lines = [head]
        for _ in range(self.draw(st.integers(0, 3 if indent < 8 else 0))):
            symbol = self.draw(st.sampled_from(SYMBOLS))
            body = self.member("[[." if symbol == "><" else "[[[<<.")
            lines += self.tree(indent + 2, f"{' ' * (indent + 2)}{symbol} {body}")
        return lines

    def steps(self) -> list[str]:
        lines = list[str]()
        free = sorted(set("ABCDEFG") - self.apart)
        if self.draw(st.booleans()) and free:
            letter = self.draw(st.sampled_from(free))
            self.apart.add(letter)
            lines = [f"<the {letter}>", ""]
        lines += ["(1) " + self.member("[[."), "(2) " + self.member("[[.")]
        for number in range(3, self.draw(st.integers(4, 5))):
            lines.append(self.draw(st.sampled_from(["----", "-- {uses: [1]} --", "--\nrule {uses: [1, 2]}\n--"])))
            if self.draw(st.booleans()):
                lines.append(f"    <_ {self.member()}")
            lines += self.tree(4, f"({number}) {self.member('[[.')}")
        return lines


@st.composite
def sources(draw: st.DrawFn) -> str:
    maker, blocks = Maker(draw), list[list[str]]()
    for _ in range(draw(st.integers(1, 5))):
        blocks.append(maker.steps() if draw(st.booleans()) else maker.tree(0, maker.member()))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def argued(thread_map: ThreadMap) -> tuple[set[tuple[str, str | None]], set[str]]:
    """All that a map says but for made-up titles: its claims and authors, and each move in the words of its ends."""
    claims, moves = thread_map.claims(), thread_map.moves()

    def told(end: object) -> str:
        if isinstance(end, MoveRef):
            move = moves[end.id]
            return f"({move.kind} {sorted(map(told, move.sources))} {told(move.target)})"
        return claims[end.id].text if isinstance(end, ClaimRef) else str(end)

    return {(claim.text, claim.author) for claim in claims.values()}, {told(MoveRef(name)) for name in moves}


@settings(max_examples=300, deadline=None, suppress_health_check=SLOWLY)
@given(text=sources())
def test_argdown_to_map_to_argdown_keeps_statements_and_relations(text: str, tmp_path: Path) -> None:
    found = [one for one in loaded(argdown, tmp_path / NAME, text) if isinstance(one, Found)]
    (first,) = maps_of(sensible(found))
    written = writer.write(first, Options())
    again = loaded(argdown, tmp_path / NAME, written)
    # Arguments that undercut each other are refused, and named, for no move of a circle has a target to begin with.
    refused = [str(one) for one in merge(again, lambda key: None) if isinstance(one, Problem)]
    assume(not any("circle" in one for one in refused))
    (second,) = maps_of(again)
    assert argued(second) == argued(first), written
    named = {claim.name for claim in first.argument.claims if not (claim.name or "").startswith("[Untitled")}
    assert named <= {claim.name for claim in second.argument.claims}


@pytest.mark.parametrize(("kind", "word"), REPLY_VERBS.items(), ids=map(str, REPLY_VERBS))
def test_a_reply_that_is_no_relation_is_data_of_what_it_starts_from(kind: Kind, word: str, parser: Parser) -> None:
    lines = [Line("why", Kind.REBUTTAL, "bob", "root"), Line("so", kind, "ann", "why.claim")]
    seen = parser.read(writer.write(mapped(*discussion_of(lines)), Options()))
    assert {title: data for title, _, data in seen["statements"]} == {
        "[ann 1]": {"proponent": "ann"},
        "[bob 1]": {"proponent": "bob"},
        "[ann 2]": {"proponent": "ann", word: ["bob 1"]},
    }


def test_what_is_undercut_is_an_argument(parser: Parser) -> None:
    lines = [Line("why", Kind.SUPPORT, "bob", "root"), Line("so", Kind.UNDERCUT, "ann", "why.claim")]
    seen = parser.read(writer.write(mapped(*discussion_of(lines)), Options()))
    assert [title for title, *_ in seen["arguments"]] == ["<bob 1>"]
    assert sorted(seen["relations"]) == [["<bob 1>", "support", "[ann 1]"], ["[ann 2]", "undercut", "<bob 1>"]]


def test_tags_come_back(tmp_path: Path) -> None:
    (first,) = maps_of(loaded(argdown, tmp_path / NAME, "[A]: a #cheap #(very cheap)\n  - <B>: b #loud\n"))
    (second,) = maps_of(loaded(argdown, tmp_path / NAME, writer.write(first, Options())))
    texts = {comment.id: comment.text for comment in first.discussion.comments}
    assert {comment.id: comment.text for comment in second.discussion.comments} == texts
    assert "#(very cheap)" in texts["[A]"]


SOURCES = [*sorted(EXAMPLES.glob("library-fees.*l")), EXAMPLES / "library-fees.txt", EXAMPLES / "dishwasher.jsonl"]


@pytest.mark.parametrize("source", [*SOURCES, *sorted(GOLDEN.glob("*.jsonl"))], ids=lambda path: path.name)
def test_the_parser_of_argdown_reads_what_is_written_of_a_file(source: Path, parser: Parser) -> None:
    for thread_map in maps_in(source):
        seen = parser.read(writer.write(thread_map, Options()))
        assert seen["errors"] == []
        said = {flat(claim.text) for claim in thread_map.argument.claims}
        assert said <= {flat(words[-1]) for _, words, _ in seen["statements"] + seen["arguments"] if words}


def seen_by_us(path: Path) -> tuple[set[str], set[str], set[tuple[str, str, str]], int]:
    """Statements, arguments, relations and inferences of a text, as we read them and the parser names them."""
    records = [one.record for one in argdown.load(Source(path)) if isinstance(one, Found)]
    names = {record.id for record in records if isinstance(record, Comment)}
    moves = [record.name for record in records if isinstance(record, StatedMove)]
    parts = [match for name in moves if (match := RELATION.fullmatch(name))]
    steps = {name.partition("> (")[0].rstrip(">") + ">" for name in moves if STEP_NAME.fullmatch(name)}
    return (
        {name for name in names if name[0] == "["},
        {name for name in names if name[0] == "<"} | steps,
        {(part["source"], TYPES[part["symbol"]], part["target"]) for part in parts},
        sum(STEP_NAME.fullmatch(name) is not None for name in moves),
    )


RELATION = re.compile(r"(?P<source>[\[<].+?[\]>]) (?P<symbol>\+>|->|><|_>) (?P<target>[\[<].+?[\]>])(?: \d+)?")


def same(path: Path, parser: Parser) -> tuple[int, int, int, int]:
    """How many statements, arguments, relations and inferences there are, on which we and the parser agree."""
    seen = parser.read(path.read_text(encoding="utf-8"))
    assert seen["errors"] == []
    statements, arguments, relations, inferences = seen_by_us(path)
    assert statements == {name for name, _, _ in seen["statements"]}
    assert arguments == {name for name, _, _ in seen["arguments"]}
    theirs = {tuple(one) for one in seen["relations"]}
    assert theirs <= relations
    assert {
        relation for relation in relations - theirs if relation[1] != "contradictory" or relation[::-1] not in theirs
    } == set()
    assert inferences == sum("conclusion" in role for steps in seen["steps"] for _, role in steps)
    return len(statements), len(arguments), len(theirs), inferences


def test_the_parser_of_argdown_sees_in_the_fixture_what_we_see(parser: Parser) -> None:
    assert same(GOLDEN / "argdown.argdown", parser) == (11, 3, 8, 2)


def test_the_lock_of_the_parser_names_no_host() -> None:
    lock = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    assert json.loads(lock)["packages"]["node_modules/@argdown/core"]["version"]


def test_relations_that_are_rather_not_meant_are_marked(parser: Parser, tmp_path: Path) -> None:
    """By a comment, which changes nothing of what either parser reads."""
    lines = [Line("a", Kind.REBUTTAL, "bob", "root", 0.49), Line("b", Kind.REBUTTAL, "bob", "root", 0.5)]
    text = writer.write(mapped(*discussion_of(lines)), Options())
    assert re.findall(r"\[bob \d\]: (\w) .*?(/\*.*)?$", text, re.MULTILINE) == [("a", "/* unsure: 49% */"), ("b", "")]
    plain = re.sub(r" /\*.*\*/", "", text)
    assert parser.read(text) == parser.read(plain)
    ours = [records(loaded(argdown, tmp_path / NAME, one)) for one in (text, plain)]
    moves = [[(one.kind, one.sources, one.target) for one in some if isinstance(one, StatedMove)] for some in ours]
    assert len(moves[0]) == 2
    assert moves[0] == moves[1]
