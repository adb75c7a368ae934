"""Each shape fires on its case and on nothing else, and the compiled queries find exactly what pySHACL finds."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import SH, Graph, Variable
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from rejoinder.errors import BadParameter
from rejoinder.graph.shapes.check import ENGINES, check_store, conforms
from rejoinder.graph.shapes.compiled import (
    Result,
    compiled_checks,
    iris_of_checks,
    result_order,
    run_check,
    run_checks,
    uncompiled_shapes,
    violations,
)
from rejoinder.graph.shapes.compiler import Check, compile_shapes, named_shapes, short_name
from rejoinder.graph.shapes.joins import JOIN_SCREENS
from rejoinder.graph.shapes.notation import NotCompiled
from rejoinder.graph.shapes.screens import Facts
from rejoinder.graph.shapes.selects import free_group_start
from rejoinder.graph.triples.terms import TYPE
from rejoinder.ontology import RJ, SIOC, shapes
from tests.garden import garden
from tests.threads import stored

CASES = sorted((Path(__file__).parent / "shapes").glob("*.ttl"))
PLACE = ox.NamedNode("https://rejoinder.example/graph/kitchen/1")
FIRST_LINE = re.compile(r"# (?:breaks: ([CS]\d\d(?: [CS]\d\d)*)|conforms)( \(after derive\))?")


def first_line(case: Path) -> tuple[set[str], bool]:
    match = FIRST_LINE.fullmatch(case.read_text(encoding="utf-8").splitlines()[0])
    assert match, f"{case.name}: the first line says neither '# breaks: C01' nor '# conforms'"
    return set((match[1] or "").split()), bool(match[2])


def loaded(case: Path) -> ox.Store:
    store = ox.Store()
    store.load(case.read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=PLACE)
    return store


def names(graph: Graph) -> set[str]:
    return {str(subject).removeprefix(str(RJ)).split("-")[0] for subject in graph.subjects(SH.targetClass)}


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_exactly_the_named_shapes_fire(case: Path, engine: str) -> None:
    broken, derived = first_line(case)
    results = check_store(loaded(case), engine=engine, derived=derived)
    assert {one.shape for one in results} == broken, results
    assert {one.graph for one in results} <= {PLACE.value}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_both_engines_agree_on_each_case(case: Path) -> None:
    store = loaded(case)
    assert check_store(store) == check_store(store, engine="pyshacl")


def test_the_reference_leaves_the_shapes_as_they_are() -> None:
    before = set(shapes())
    check_store(loaded(CASES[0]), engine="pyshacl")
    assert set(shapes()) == before


def test_every_shape_has_a_case() -> None:
    covered = set[str]().union(*(first_line(case)[0] for case in CASES))
    assert covered == names(shapes())
    assert {compiled_check.shape for compiled_check in compiled_checks()} == names(shapes())


def test_nothing_is_left_to_pyshacl() -> None:
    assert uncompiled_shapes() == ()


def predicates(part: object) -> Iterator[object]:
    """Whatever stands as a predicate anywhere in the algebra of a query."""
    if isinstance(part, CompValue):
        for name, value in part.items():
            yield from (one[1] for one in value) if name == "triples" else predicates(value)
    elif isinstance(part, (list, tuple)):
        for one in part:
            yield from predicates(one)


@pytest.mark.parametrize("one", compiled_checks(), ids=lambda one: f"{one.shape} {one.message[:30]}")
def test_a_check_sees_only_the_predicates_that_it_names(one: Check) -> None:
    found = list(predicates(translateQuery(parseQuery(one.query)).algebra))
    assert found
    assert not [predicate for predicate in found if isinstance(predicate, Variable)], (
        "a load leaves quads out of checks"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_quads_of_other_predicates_can_be_left_out(case: Path) -> None:
    store, less = loaded(case), ox.Store()
    less.extend(quad for quad in store if quad.predicate.value in iris_of_checks(compiled_checks()))
    assert violations(less, derived=True) == violations(store, derived=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_each_check_alone_finds_the_same_in_what_it_names(case: Path) -> None:
    store = loaded(case)
    for compiled_check in compiled_checks():
        less = ox.Store()
        less.extend(quad for quad in store if looked_at(quad, iris_of_checks([compiled_check])))
        assert run_checks(less, [compiled_check]) == run_checks(store, [compiled_check]), compiled_check.shape


def looked_at(quad: ox.Quad, seen: frozenset[str]) -> bool:
    """Whether a load puts a quad before checks that name these IRIs."""
    return quad.predicate.value in seen and (quad.predicate != TYPE or quad.object.value in seen)  # type: ignore[union-attr]


def facts(store: ox.Store) -> Facts:
    return Facts((str(quad.subject), quad.predicate.value, str(quad.object)) for quad in store)


def missed(store: ox.Store) -> list[str]:
    """The shapes that a screen takes for sound, and whose query finds something."""
    known = facts(store)
    return [
        compiled_check.shape
        for compiled_check in compiled_checks()
        if compiled_check.screen and compiled_check.screen(known) and list(run_check(store, compiled_check))
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_what_a_screen_takes_for_sound_is_sound(case: Path) -> None:
    assert missed(loaded(case)) == []


@pytest.mark.parametrize("seed", range(1_000, 1_300))
def test_what_a_screen_takes_for_sound_is_sound_in_damaged_graphs(seed: int) -> None:
    assert missed(damaged(seed)) == []


def test_sound_threads_pass_every_screen() -> None:
    asked = {
        compiled_check.shape
        for compiled_check in compiled_checks()
        if compiled_check.screen and not compiled_check.screen(facts(stored(*garden())))
    }
    assert asked <= {"C05", "C06", "C20", "S06", "S07"}, "these look at few of the quads, and the screens at all"
    assert {
        compiled_check.shape
        for compiled_check in compiled_checks()
        if compiled_check.severity == "Violation" and not compiled_check.screen
    } == set()


def test_each_screen_of_a_select_stands_for_a_shape_that_has_one() -> None:
    selects = {
        short_name(named_shape) for named_shape in named_shapes(shapes()) if (named_shape, SH.sparql, None) in shapes()
    }
    assert set(JOIN_SCREENS) <= selects


BASE = "https://rejoinder.example/"
ODD = (
    ox.NamedNode(BASE + "nowhere"),
    ox.NamedNode(BASE + "a"),
    ox.NamedNode(BASE + "b"),
    ox.NamedNode(BASE + "claim-a"),
    ox.NamedNode(BASE + "objection"),
    ox.NamedNode(BASE + "thread"),
    ox.NamedNode(str(RJ.human)),
    ox.NamedNode(str(RJ.Undercut)),
    ox.NamedNode(str(RJ.Similarity)),
    ox.BlankNode("lost"),
    ox.Literal(""),
    ox.Literal("7"),
    ox.Literal("rain", language="en"),
    ox.Literal("x" * 10_001),
    ox.Literal("3", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    ox.Literal("-2", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    ox.Literal("few", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    ox.Literal("0.25", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.Literal("1.5", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.Literal("0.5", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#double")),
    ox.Literal("2023-01-01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
    ox.Literal("2023-01-01T00:00:00Z", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")),
    ox.Literal("2023-01-01T00:00:00", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")),
    ox.Literal("yesterday", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")),
)
SOUND = [case for case in CASES if not first_line(case)[0]]
ROUNDS = 40


def damaged(seed: int) -> ox.Store:
    """A conforming graph in which one to three triples are dropped, replaced or added."""
    chance = random.Random(seed)
    store = loaded(chance.choice(SOUND))
    for _ in range(chance.randint(1, 3)):
        quad = chance.choice(sorted(store, key=str))
        way = chance.choice(["drop", "replace", "add", "swap"])
        if way != "add":
            store.remove(quad)
        if way in {"replace", "add"}:
            store.add(ox.Quad(quad.subject, quad.predicate, chance.choice(ODD), PLACE))
        if way == "swap":
            other = chance.choice(sorted(store, key=str))
            store.add(ox.Quad(other.subject, quad.predicate, quad.object, PLACE))
    return store


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_both_engines_agree_on_damaged_graphs(seed: int) -> None:
    store = damaged(seed)
    assert check_store(store) == check_store(store, engine="pyshacl"), "\n".join(map(str, store))


def result(severity: str, graph: str | None = None) -> Result:
    return Result("C01", severity, "urn:x:c", None, graph, "mend it")


@pytest.mark.parametrize(
    ("severities", "expected"),
    [([], True), (["Warning", "Info"], True), (["Info", "Violation"], False)],
    ids=["nothing", "warnings only", "a violation"],
)
def test_only_violations_fail_a_graph(severities: list[str], expected: bool) -> None:
    assert conforms(map(result, severities)) is expected


def test_results_of_one_place_are_listed_in_one_order() -> None:
    results = [
        result("Violation"),
        replace(result("Violation"), message="fill it"),
        replace(result("Violation"), value=""),
    ]
    assert len({result_order(one) for one in results}) == len(results)


def test_one_bad_thread_of_a_batch_is_named() -> None:
    store = ox.Store()
    for name in ("1", "2", "3"):
        place = ox.NamedNode(f"{BASE}graph/kitchen/{name}")
        case = "C12-empty-text" if name == "2" else "conforms-argument"
        text = next(path for path in CASES if path.stem == case).read_text(encoding="utf-8")
        store.load(text.replace(BASE, f"{BASE}{name}/").encode(), format=ox.RdfFormat.TURTLE, to_graph=place)
    results = violations(store, derived=False)
    assert {one.graph for one in results} == {f"{BASE}graph/kitchen/2"}


def test_a_shape_after_derive_waits_for_it() -> None:
    store = loaded(next(path for path in CASES if path.stem == "S15-no-shortcut"))
    assert violations(store, derived=False) == ()
    assert {violation.shape for violation in violations(store, derived=True)} == {"S15"}


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(BadParameter, match="compiled, pyshacl"):
        check_store(ox.Store(), engine="fast")


def chain(length: int, closed: bool) -> Iterator[ox.Quad]:
    """Comments that reply each to the one before it; closed, the first replies to the last."""
    comment, reply_of = ox.NamedNode(str(RJ.Comment)), ox.NamedNode(str(SIOC.reply_of))
    for place in range(length):
        here = ox.NamedNode(f"{BASE}{place}")
        yield ox.Quad(here, TYPE, comment, PLACE)
        if place or closed:
            yield ox.Quad(here, reply_of, ox.NamedNode(f"{BASE}{(place - 1) % length}"), PLACE)


@pytest.mark.parametrize(("closed", "expected"), [(False, 0), (True, 20_000)], ids=["open", "closed"])
def test_long_chains_are_searched_for_circles_in_linear_time(closed: bool, expected: int) -> None:
    store = ox.Store()
    store.extend(chain(20_000, closed))
    search = next(compiled_check for compiled_check in compiled_checks() if compiled_check.shape == "S01")
    start = time.process_time()
    assert len(list(run_check(store, search))) == expected
    assert time.process_time() - start < 20, "climbing from every comment of this chain takes more than 100 s"


@pytest.mark.parametrize(
    "edges",
    [
        ["ab", "bc", "cb", "cd"],
        ["ab", "ba", "bc", "cd", "dc"],
        ["ab", "ac", "ba", "ca"],
        ["aa", "ab"],
        ["ab", "ac", "bd", "cd"],
    ],
    ids=["led into", "two circles and a bridge", "two parents", "itself", "a diamond"],
)
def test_circles_are_those_that_pyshacl_finds(edges: list[str]) -> None:
    comment, reply_of = ox.NamedNode(str(RJ.Comment)), ox.NamedNode(str(SIOC.reply_of))
    store = ox.Store()
    for edge in edges:
        store.add(ox.Quad(ox.NamedNode(BASE + edge[0]), TYPE, comment, PLACE))
        store.add(ox.Quad(ox.NamedNode(BASE + edge[0]), reply_of, ox.NamedNode(BASE + edge[1]), PLACE))
    assert check_store(store) == check_store(store, engine="pyshacl")


@pytest.mark.parametrize(
    ("select", "reason"),
    [
        ("SELECT $this WHERE { $this <urn:p> ?x } LIMIT 1", "LIMIT"),
        ("SELECT $this WHERE { { $this <urn:p> ?x } }", "neither"),
        ("SELECT $this WHERE { { $this <urn:p> ?x } UNION { $this <urn:q> ?x } }", "UNION"),
        ("SELECT $this WHERE { $this <urn:p> ?x . { SELECT ?x WHERE { ?x <urn:q> 1 } } }", "SELECT"),
        ("SELECT $this WHERE { $this <urn:p> ?x } GROUP BY ?x HAVING (COUNT(*) > 1)", "grouped by"),
        ("SELECT $this WHERE { $this <urn:p> ?x } HAVING (COUNT(*) > 1)", "grouped by"),
        ("SELECT (COUNT(?x) AS ?value) WHERE { $this <urn:p> ?x }", "project"),
        ("SELECT ?x WHERE { $this <urn:p> ?x }", "project"),
    ],
    ids=["limit", "inner group", "union", "sub-select", "other group", "no group", "computed", "not projected"],
)
def test_a_select_that_freeing_would_change_is_refused(select: str, reason: str) -> None:
    with pytest.raises(NotCompiled, match=reason):
        free_group_start(select)


@pytest.mark.parametrize(
    ("constraint", "reason"),
    [
        ("sh:path rj:text ; sh:pattern '^a'", "pattern"),
        ("sh:path rj:text ; sh:minCount 2", "minCount"),
        ("sh:path rj:text ; sh:datatype <urn:x:roman>", "roman"),
        ("sh:path [ sh:zeroOrMorePath rj:text ] ; sh:minCount 1", "path"),
        ("sh:path rj:text ; sh:nodeKind sh:Literal", "nodeKind"),
    ],
    ids=["pattern", "two", "datatype", "path", "kind"],
)
def test_a_constraint_without_a_query_is_refused_by_name(constraint: str, reason: str) -> None:
    text = (
        f"PREFIX sh: <{SH}> PREFIX rj: <{RJ}> rj:C99-Odd a sh:PropertyShape ; sh:targetClass rj:Claim ; {constraint} ."
    )
    checks, refused = compile_shapes(Graph().parse(data=text, format="turtle"))
    assert checks == ()
    assert [name for name, why in refused if reason in why] == ["C99"]
