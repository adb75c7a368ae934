"""The ontology is complete and agrees with the records, the context expands offline, and the page holds its tables."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, VANN, Graph, Literal, URIRef
from rdflib.namespace import XSD

from rejoinder.graph.shapes.check import as_rdflib
from rejoinder.graph.stores.publish import open_current
from rejoinder.load import load
from rejoinder.ontology import CONTEXT, OA, ONTOLOGY, PROV, RJ, SHAPES, context, ontology, shapes
from rejoinder.ontology.__main__ import MARK, with_reference
from rejoinder.records import KIND_PARENTS, Coverage, Kind, Method, State
from rejoinder.settings import Settings

EXAMPLES, GOLDEN = Path(__file__).parents[2] / "examples", Path(__file__).parents[1] / "golden"
PYPROJECT, APACHE = Path(__file__).parents[2] / "pyproject.toml", URIRef("https://www.apache.org/licenses/LICENSE-2.0")
PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"
EXPECTED = """
    Thread Comment Author Span Claim Extraction Coverage State Method Label Level
    declaredComments declaredReplies addressed coverage state missingParent stated createdText
    inComment start end exact text statedIn
    AifNode AifEdge AifLocution AifParticipant nodeType scheme schemeId
    edgeFrom edgeTo formEdge utters utteredBy analysedText
    source target targetComment evidence confidence method cue explanation parameters
    attacks supports raisedBy raisedIn owedBy answeredBy answererIs answeredBeside repeats decidedBy
    origin originConfidence originCue
    Judgement judgement judgedComment judgedWords judgedOccurrence judgedKind
    judgedTarget judgedTargetWords judgedTargetOccurrence judge because
    Verdict verdict right wrong
    label status rank strength objections openObjections unansweredAt afterDerive
    in out undecided U1 U2 U3 U4 U5
"""


def local(term: object) -> str:
    return str(term).removeprefix(str(RJ))


def declared() -> set[str]:
    return {local(subject) for subject in ontology().subjects() if str(subject).startswith(str(RJ))}


def test_declares_exactly_these_terms() -> None:
    values = {str(one) for kind in (Coverage, State, Method, Kind) for one in kind}
    assert declared() == set(EXPECTED.split()) | values


@pytest.mark.parametrize(("graph", "iri"), [(ontology, "ns"), (shapes, "shapes")], ids=["ontology", "shapes"])
def test_the_head_says_which_version_this_is_and_under_which_licence(graph: Callable[[], Graph], iri: str) -> None:
    head, project = URIRef(f"https://w3id.org/rejoinder/{iri}"), tomllib.loads(PYPROJECT.read_text())["project"]
    assert graph().value(head, OWL.versionInfo) == Literal(project["version"])
    assert (graph().value(head, DCTERMS.license), project["license"]) == (APACHE, "Apache-2.0")
    assert graph().value(head, DCTERMS.title)


def test_the_head_names_the_prefix_that_everything_uses() -> None:
    head = URIRef("https://w3id.org/rejoinder/ns")
    assert ontology().value(head, VANN.preferredNamespaceUri) == Literal(str(RJ))
    assert ontology().value(head, VANN.preferredNamespacePrefix) == Literal("rj")


@pytest.mark.parametrize("name", sorted(declared()))
def test_every_term_is_explained(name: str) -> None:
    for predicate in (RDFS.label, SKOS.definition, SKOS.example):
        assert len(list(ontology().objects(RJ[name], predicate))) == 1, predicate


def test_moves_have_the_parents_of_the_records() -> None:
    graph = ontology()
    above = {
        kind: {local(one) for one in graph.objects(RJ[kind], RDFS.subClassOf) if str(one).startswith(str(RJ))}
        for kind in Kind
    }
    assert above == {kind: set(map(str, parents)) for kind, parents in KIND_PARENTS.items()}


def test_no_property_says_what_would_be_wrong_elsewhere() -> None:
    assert not list(ontology().triples((None, RDFS.domain, None)))
    for term, target in ontology().subject_objects(RDFS.range):
        assert (target, RDF.type, OWL.Class) in ontology(), term


@pytest.mark.parametrize("enumeration", [Coverage, State, Method], ids=lambda one: one.__name__)
def test_enumerations_are_individuals_of_their_class(enumeration: type[Coverage | State | Method]) -> None:
    found = {local(subject) for subject in ontology().subjects(RDF.type, RJ[enumeration.__name__])}
    assert found == {str(one) for one in enumeration}


def test_shapes_use_only_declared_terms() -> None:
    own = {local(subject) for subject in shapes().subjects(SH.targetClass)}
    used = set(re.findall(r"\brj:(\w[\w-]*)", SHAPES.read_text(encoding="utf-8")))
    assert used <= declared() | own


def test_every_shape_has_a_severity_and_a_message_and_so_have_its_parts() -> None:
    graph = shapes()
    for shape in graph.subjects(SH.targetClass):
        for one in (shape, *graph.objects(shape, SH.property)):
            assert graph.value(one, SH.severity) == graph.value(shape, SH.severity), shape
            assert str(graph.value(one, SH.message)).endswith("."), shape


@pytest.mark.parametrize("file", [ONTOLOGY, SHAPES], ids=["rejoinder.ttl", "shapes.ttl"])
def test_turtle_keeps_to_its_layout(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line.startswith("@prefix")]
    flush = [line for line in lines if line and not line.startswith((" ", "#", "PREFIX "))]
    assert not [line for line in flush if " " in line], "one predicate a line, below its subject"
    assert flush.count(".") * 2 == len(flush), "each subject is closed by a dot on its own line"


def expanded(document: dict[str, object]) -> Graph:
    """The triples of a document by Oxigraph, whose parser never fetches a context and needs no deprecated class."""
    text = json.dumps({**context(), **document})
    graph = Graph()
    for quad in ox.parse(text.encode(), format=ox.RdfFormat.JSON_LD):
        graph.add((as_rdflib(quad.subject), as_rdflib(quad.predicate), as_rdflib(quad.object)))
    return graph


def test_a_claim_view_expands_without_the_network() -> None:
    move = {
        "id": "urn:x:m",
        "type": ["Rebuttal", "Objection"],
        "method": "rule",
        "confidence": "0.8",
        "unansweredAt": ["U1"],
    }
    graph = expanded(
        {
            "id": "urn:x:c",
            "type": "Claim",
            "text": "It rains.",
            "label": "out",
            "attributedTo": "urn:x:ann",
            "moves": [move],
            "statedIn": {"id": "urn:x:s", "start": 0, "exact": "It rains."},
        }
    )
    claim, objection = URIRef("urn:x:c"), URIRef("urn:x:m")
    assert (claim, RJ.label, RJ.out) in graph
    assert (claim, PROV.wasAttributedTo, URIRef("urn:x:ann")) in graph
    assert (objection, RJ.target, claim) in graph
    assert (objection, RJ.method, RJ.rule) in graph
    assert (objection, RJ.confidence, Literal("0.8", datatype=XSD.decimal)) in graph
    assert (objection, RJ.unansweredAt, RJ.U1) in graph
    assert (URIRef("urn:x:s"), RJ.start, Literal("0", datatype=XSD.integer)) in graph
    assert len(graph) == 13


def test_the_context_names_only_declared_terms() -> None:
    used = set(re.findall(r'"rj:(\w+)"', CONTEXT.read_text(encoding="utf-8")))
    assert used <= declared()


def test_every_class_and_property_is_in_the_context() -> None:
    names = {"rj:" + name for name in declared()}
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    wanted = {"rj:" + local(subject) for kind in kinds for subject in ontology().subjects(RDF.type, kind)}
    classes_of_values = {f"rj:{name}" for name in ("Coverage", "State", "Method", "Verdict", "Label", "Level")}
    text = CONTEXT.read_text(encoding="utf-8")
    assert {one for one in wanted - classes_of_values if f'"{one}"' not in text} == set()
    assert wanted <= names


def test_the_page_holds_the_tables() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert MARK in page
    assert page == with_reference(page), "run: python -m rejoinder.ontology docs/ontology.md"


# What PROV-O says of the properties of it that stores use, and which of its classes are disjoint there.
PROV_USED = {
    "wasGeneratedBy": ("Entity", "Activity"),
    "wasAttributedTo": ("Entity", "Agent"),
    "wasDerivedFrom": ("Entity", "Entity"),
}
DISJOINT = (("Entity", "Activity"), ("EntityInfluence", "ActivityInfluence"))


def prov_classes(node: URIRef, store: ox.Store) -> set[str]:
    """The classes of PROV-O that something in a store is in: by its own classes, and by what is said of it."""
    above, named = ontology(), ox.NamedNode(str(node))
    found = set()
    for quad in store.quads_for_pattern(named, ox.NamedNode(str(RDF.type)), None):
        found |= {str(one) for one in above.transitive_objects(as_rdflib(quad.object), RDFS.subClassOf)}
    for name, (domain, range_) in PROV_USED.items():
        used = ox.NamedNode(str(PROV[name]))
        found |= {str(PROV[domain])} if any(store.quads_for_pattern(named, used, None)) else set()
        found |= {str(PROV[range_])} if any(store.quads_for_pattern(None, used, named)) else set()
    return {one.removeprefix(str(PROV)) for one in found if one.startswith(str(PROV))}


@pytest.fixture(scope="module")
def of_all_kinds(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """A store with extracted claims, moves and reactions, a judgement, and an AIF graph."""
    folder = tmp_path_factory.mktemp("kinds") / "s"
    files = [EXAMPLES / "library-fees.jsonl", GOLDEN / "aif.json", GOLDEN / "jsonl-thread.jsonl"]
    load(folder, list(map(str, files)), Settings(), report=lambda problem: None)
    return open_current(folder).store


def test_nothing_is_in_two_classes_that_prov_has_disjoint(of_all_kinds: ox.Store) -> None:
    quads = list(of_all_kinds.quads_for_pattern(None, None, None))
    used = {quad.predicate.value for quad in quads if quad.predicate.value.startswith(str(PROV))}
    assert used == {str(PROV[name]) for name in PROV_USED}
    nodes = {term.value for quad in quads for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode)}
    for node in nodes:
        found = prov_classes(URIRef(node), of_all_kinds)
        assert not [pair for pair in DISJOINT if found.issuperset(pair)], node


def test_no_class_of_ours_is_below_two_that_prov_has_disjoint() -> None:
    for name in declared():
        above = set(ontology().transitive_objects(RJ[name], RDFS.subClassOf))
        assert not [pair for pair in DISJOINT if above.issuperset({PROV[one] for one in pair})], name


def test_what_selects_words_is_what_web_annotation_calls_so() -> None:
    for name in ("start", "end", "exact"):
        assert list(ontology().objects(RJ[name], RDFS.subPropertyOf)) == [OA[name]]


def test_each_shape_has_a_number_of_its_own() -> None:
    numbers = [local(subject).partition("-")[0] for subject in set(shapes().subjects(SH.targetClass))]
    assert sorted(numbers) == sorted(set(numbers))


def test_no_example_says_of_an_objection_what_no_store_does() -> None:
    """U5 is asked for by the view `unanswered`, and never stands in the graph."""
    examples = [str(one) for one in ontology().objects(None, SKOS.example)]
    assert not [one for one in examples if "unansweredAt rj:U5" in one]
