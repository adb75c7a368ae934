"""AIF in and out: no part of a graph is lost, either direction of premises reads alike, odd files are borne."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder import loaders
from rejoinder.errors import Problem
from rejoinder.graph.exports import EXPORTS
from rejoinder.graph.exports.thread_map import ThreadMap
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.shapes.check import check_store, conforms
from rejoinder.graph.triples.build import build_thread
from rejoinder.graph.triples.ntriples import quads
from rejoinder.graph.triples.read import read_discussion as stored_discussion
from rejoinder.load import load
from rejoinder.loaders.aif.arguments import map_graph
from rejoinder.loaders.aif.node_claims import place_of_claim
from rejoinder.loaders.extract import extract
from rejoinder.loaders.gathering.merge import merge
from rejoinder.records import AifGraph, ArgumentMap, Comment, Discussion, Found, Kind, StatedMove
from rejoinder.settings import Settings
from tests import threads
from tests.graph.test_read import words
from tests.timing import assert_in_proportion, seconds

AIF = "http://www.arg.dundee.ac.uk/aif#"
Json = dict[str, Any]
STEPS = {"RA", "CA", "MA", "PA"}


def found_in(text: str, form: str | None = None, name: str = "debate.json") -> list[Found | Problem]:
    """What is read of a file with this text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        return list(loaders.read([path], format=form))


def discussion_in(text: str, form: str | None = None, name: str = "debate.json") -> Discussion:
    """The one discussion of a file with this text."""
    gathered = [one for one in merge(found_in(text, form, name), lambda key: None) if isinstance(one, Discussion)]
    assert len(gathered) == 1
    return gathered[0]


def map_in(text: str, form: str | None = None) -> tuple[Discussion, ArgumentMap]:
    """The discussion of a file with this text, and its argument."""
    discussion = discussion_in(text, form)
    return discussion, extract(discussion)


def thread_in(text: str, form: str | None = None) -> ThreadMap:
    """The thread of a file with this text, as writers get it from a store."""
    return threads.mapped(*map_in(text, form))


def parts(document: Json) -> dict[str, Counter[tuple[str, ...]]]:
    """Every node, edge, locution and participant of a document, whichever kind of AIF it is."""
    aif = document.get("AIF", document)
    schemes = {str(one["nodeID"]): one["schemeID"] for one in aif.get("schemefulfillments") or ()}
    return {
        "nodes": Counter(
            (
                *texts(one, "nodeID", "type", "text", "timestamp", "scheme"),
                one.get("schemeID") or schemes.get(str(one["nodeID"])) or "",
            )
            for one in aif["nodes"]
        ),
        "edges": Counter(texts(one, "edgeID", "fromID", "toID", "formEdgeID") for one in aif["edges"]),
        "locutions": Counter(
            texts(one, "nodeID", "personID", "timestamp", "start", "end", "source") for one in aif["locutions"]
        ),
        "participants": Counter(texts(one, "participantID", "firstname", "surname") for one in aif["participants"]),
    }


def texts(one: Json, *names: str) -> tuple[str, ...]:
    return tuple("" if one.get(name) is None else str(one[name]) for name in names)


TYPES = ["I", "I", "L", "L", "RA", "CA", "MA", "PA", "TA", "YA", "", "EN"]
names = words.filter(str.strip)
moments = st.sampled_from([None, "2020-05-21 23:00:09", "0000-00-00 00:00:00", "tonight"])


@st.composite
def documents(draw: st.DrawFn, *, extended: bool) -> Json:
    """An AIF or xAIF document with any ids, numbers or strings, whose steps have premises."""
    ids: list[int | str] = draw(
        st.lists(st.integers(0, 10**6), min_size=2, max_size=9, unique=True)
        | st.lists(names, min_size=2, max_size=9, unique=True)  # type: ignore[arg-type]
    )
    nodes: list[Json] = [{"nodeID": ids[0], "type": "I", "text": "Rain is due.", "timestamp": None}]
    nodes += [draw(node(one, extended)) for one in ids[1:]]
    persons = list(range(1, draw(st.integers(1, 3))))
    aif: Json = {
        "nodes": nodes,
        "edges": draw(edges(nodes)),
        "locutions": draw(locutions([one["nodeID"] for one in nodes if one["type"] == "L"])),
        "participants": [
            {"participantID": person, "firstname": draw(words), "surname": draw(st.sampled_from(["", "Lee"]))}
            for person in persons
        ],
    }
    if not extended:
        return aif
    steps = [one["nodeID"] for one in nodes if one["type"] in STEPS]
    aif["schemefulfillments"] = [{"nodeID": step, "schemeID": "72"} for step in steps[:1]] or None
    return {"AIF": aif, "ova": [], "text": {"txt": draw(words)}, "dialog": True}


@st.composite
def node(draw: st.DrawFn, name: int | str, extended: bool) -> Json:
    one: Json = {"nodeID": name, "type": draw(st.sampled_from(TYPES)), "text": draw(st.just("") | words)}
    one["timestamp"] = draw(moments)
    if not extended and one["type"] in STEPS:
        one |= {"scheme": draw(words), "schemeID": "72"}
    return one


@st.composite
def edges(draw: st.DrawFn, nodes: list[Json]) -> list[Json]:
    """Edges between any two nodes, but away from a step only where something else leads to it."""
    pairs = draw(st.lists(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)), max_size=14))
    fed = {str(to["nodeID"]) for one, to in pairs if one["type"] in {"I", "EN"}}
    kept = [
        (one["nodeID"], to["nodeID"])
        for one, to in pairs
        if one["type"] not in STEPS or to["type"] not in {"I", "EN"} or str(one["nodeID"]) in fed
    ]
    twice = [place for place, pair in enumerate(kept) if kept.count(pair) == 1 and draw(st.booleans())]
    return [
        {
            "edgeID": 0 if place in twice else place,  # in real files several edges may have one id
            "fromID": one,
            "toID": to,
            "formEdgeID": draw(st.sampled_from([None, "12"])),
        }
        for place, (one, to) in enumerate(kept)
    ]


@st.composite
def locutions(draw: st.DrawFn, nodes: list[int | str]) -> list[Json]:
    times = ("timestamp", "start", "end")
    said = [
        {"nodeID": one, "personID": draw(st.sampled_from([1, 2, 77])), "source": draw(st.none() | words)}
        | {time: draw(moments) for time in times}
        for one in nodes
    ]
    return said[: draw(st.integers(0, len(said)))]


CASES = st.tuples(st.just("aif"), documents(extended=False)) | st.tuples(st.just("xaif"), documents(extended=True))
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(CASES)
def test_every_node_edge_locution_and_participant_comes_back(case: tuple[str, Json]) -> None:
    name, document = case
    written = EXPORTS[name].write(thread_in(json.dumps(document), name), Options())
    assert parts(json.loads(written)) == parts(document)


@quick
@given(CASES)
def test_both_directions_of_premises_read_to_the_same_map(case: tuple[str, Json]) -> None:
    name, document = case
    for edge in document.get("AIF", document)["edges"]:
        edge["formEdgeID"] = None  # whose place is taken by what the edge is
    thread_map = thread_in(json.dumps(document), name)
    inward, outward = (EXPORTS[name].write(thread_map, Options(premises_outward=way)) for way in (False, True))
    assert map_in(inward, name) == map_in(outward, name)
    assert map_in(outward, name)[0].aif == thread_map.discussion.aif


@pytest.mark.parametrize("name", ["aif", "xaif"])
def test_edges_of_premises_are_turned_and_no_others(name: str) -> None:
    thread_map = thread_in(aif("1:I 2:RA 3:I 4:CA 5:L 6:YA", "1>2 2>3 4>2 3>4 5>6 6>3"))
    written = json.loads(EXPORTS[name].write(thread_map, Options(premises_outward=False)))
    edges = written.get("AIF", written)["edges"]
    assert [f"{edge['fromID']}>{edge['toID']} {edge.get('formEdgeID') or ''}".strip() for edge in edges] == [
        "2>1 Premise",
        "2>3 Conclusion",
        "4>2",
        "4>3 Premise",
        "5>6",
        "6>3",
    ]


@quick
@given(documents(extended=True))
def test_a_kept_graph_is_read_back_and_breaks_no_shape(document: Json) -> None:
    written, argument = map_in(json.dumps(document), "xaif")
    store = threads.stored(written, argument)
    graphs = partial(quads_of, store)
    back = stored_discussion(graphs, written.thread.key, threads.NAMES)
    assert back == written
    graph = threads.NAMES.graph(written.thread.key)
    assert set(quads(build_thread(back, argument, threads.NAMES).thread, graph)) == graphs(ox.NamedNode(graph))
    assert conforms(check_store(store))


def quads_of(store: ox.Store, graph: ox.NamedNode) -> set[ox.Quad]:
    return set(store.quads_for_pattern(None, None, None, graph))


@quick
@given(threads.threads(), st.sampled_from(["aif", "xaif"]), st.booleans())
def test_any_thread_keeps_who_said_what(thread: tuple[Discussion, ArgumentMap], name: str, outward: bool) -> None:
    thread_map = threads.mapped(*thread)
    text = EXPORTS[name].write(thread_map, Options(premises_outward=outward))
    assert EXPORTS[name].write(thread_map, Options(premises_outward=outward)) == text
    said = Counter(
        (comment.text, (comment.author or "").strip()) for comment in thread[0].comments if comment.text.strip()
    )
    document = json.loads(text)
    assert utterances(document) == said
    claims = Counter(one.text for one in thread[1].claims)
    aif = document.get("AIF", document)
    assert claims <= Counter(one["text"] for one in aif["nodes"] if one["type"] == "I")


def utterances(document: Json) -> Counter[tuple[str, str]]:
    """Text and speaker of each locution."""
    aif = document.get("AIF", document)
    who = {one["participantID"]: f"{one['firstname']} {one['surname']}".strip() for one in aif["participants"]}
    by = {one["nodeID"]: who[one["personID"]] for one in aif["locutions"]}
    return Counter((one["text"], by.get(one["nodeID"], "")) for one in aif["nodes"] if one["type"] == "L")


def aif(nodes: str, edges: str = "", **more: Any) -> str:
    """A document: nodes "1:I 2:RA", edges "1>2 2>3", the text of a node being "text 1"."""
    pairs = [one.partition(">")[::2] for one in edges.split()]
    return json.dumps(
        {
            "nodes": [
                {"nodeID": one, "type": kind, "text": f"text {one}"}
                for one, _, kind in (node.partition(":") for node in nodes.split())
            ],
            "edges": [{"edgeID": str(place), "fromID": one, "toID": to} for place, (one, to) in enumerate(pairs)],
        }
        | more
    )


def moves_in(text: str) -> set[tuple[str, str, str | None]]:
    """Kind, sources and target of each move of a file."""
    found = [one.record for one in found_in(text) if isinstance(one, Found) and isinstance(one.record, StatedMove)]
    return {(str(move.kind), "+".join(move.sources), move.target) for move in found}


ARGUED = [
    ("a reason", "1:I 2:RA 3:I", "1>2 2>3", {("Support", "1", "3")}),
    ("linked premises", "1:I 2:RA 3:I 4:I", "1>2 4>2 2>3", {("Support", "1+4", "3")}),
    ("two conclusions", "1:I 2:RA 3:I 4:I", "1>2 2>3 2>4", {("Support", "1", "3"), ("Support", "1", "4")}),
    ("a conflict", "1:I 2:CA 3:I", "1>2 2>3", {("Rebuttal", "1", "3")}),
    ("a conflict both ways", "1:I 2:CA 3:I", "1>2 2>3 3>2 2>1", {("Rebuttal", "1", "3"), ("Rebuttal", "3", "1")}),
    ("an undercut", "1:I 2:RA 3:I 4:I 5:CA", "1>2 2>3 4>5 5>2", {("Support", "1", "3"), ("Undercut", "4", "2")}),
    ("a reply to it", "1:I 2:CA 3:I 4:I 5:CA", "1>2 2>3 4>5 5>2", {("Rebuttal", "1", "3"), ("Undercut", "4", "2")}),
    ("a backing of a step", "1:I 2:RA 3:I 4:I 5:RA", "1>2 2>3 4>5 5>2", {("Support", "1", "3"), ("Support", "4", "2")}),
    ("a rephrase", "1:I 2:MA 3:I", "1>2 2>3", {("Similarity", "1", "3")}),
    ("an argument", "1:I 2:RA 3:I 4:CA 5:I", "1>2 2>3 2>4 4>5", {("Support", "1", "3"), ("Rebuttal", "2", "5")}),
    ("a preference", "1:I 2:PA 3:I", "1>2 2>3", set()),
    ("no premise", "2:RA 3:I", "2>3", set()),
    ("no conclusion", "1:I 2:RA", "1>2", set()),
    ("a circle of conflicts", "1:I 2:CA 3:CA", "1>2 2>3 3>2 1>3", set()),
    ("itself", "1:I 2:CA", "1>2 2>1", set()),
    ("all edges lead away", "1:I 2:RA 3:I 4:I", "2>1 2>4 2>3", {("Support", "1+4", "3")}),
    ("away, and undercut", "1:I 2:RA 3:I 4:I 5:CA", "2>1 2>3 5>4 5>2", {("Support", "1", "3")}),
    ("a step of no known sort", "1:I 2: 3:I", "1>2 2>3", set()),
]  # fmt: skip


@pytest.mark.parametrize(("nodes", "edges", "moves"), [one[1:] for one in ARGUED], ids=[one[0] for one in ARGUED])
def test_scheme_nodes_make_moves(nodes: str, edges: str, moves: set[tuple[str, str, str | None]]) -> None:
    assert moves_in(aif(nodes, edges)) == moves


@pytest.mark.parametrize("key", ["formEdgeID", "role", "type"])
@pytest.mark.parametrize("said", ["Premise", "aif:Premise", "ConflictingElement"])
def test_an_edge_that_says_what_it_is_decides(key: str, said: str) -> None:
    document = json.loads(aif("1:I 2:RA 3:I", "2>3 2>1"))
    document["edges"][1][key] = said
    assert moves_in(json.dumps(document)) == {("Support", "1", "3")}


SAID = [
    ("a locution", "1:L 2:YA 3:I", "1>2 2>3", {"1"}),
    ("a claim on its own", "3:I", "", {"3"}),
    ("an analyst's locution", "1:L 2:YA 3:I 4:L", "1>2 2>3", {"1"}),
    ("a locution in a transition", "1:L 2:TA 3:L", "1>2 2>3", {"1", "3"}),
    ("a YA-node that nothing is anchored in", "2:YA 3:I", "2>3", {"3"}),
]


@pytest.mark.parametrize(("nodes", "edges", "comments"), [one[1:] for one in SAID], ids=[one[0] for one in SAID])
def test_locutions_make_comments(nodes: str, edges: str, comments: set[str]) -> None:
    document = json.loads(aif(nodes, edges))
    for one in document["nodes"]:
        one["text"] = "Bees dance."
    assert {comment.id for comment in discussion_in(json.dumps(document)).comments} == comments


def test_a_locution_replies_to_the_one_before_it_and_circles_are_cut() -> None:
    discussion = discussion_in(aif("1:L 2:TA 3:L 4:TA 5:TA 6:L", "1>2 2>3 3>4 4>1 6>5 5>3"))
    assert {comment.id: comment.parent for comment in discussion.comments} == {"1": None, "3": "1", "6": None}


def test_words_that_are_not_said_stand_in_a_comment_of_their_own_by_the_speaker() -> None:
    nodes = [
        {"nodeID": "1", "type": "L", "text": "Ann Lee : I'd wait for the frost."},
        {"nodeID": "2", "type": "YA", "text": "Asserting"},
        {"nodeID": "3", "type": "I", "text": "Ann Lee would wait for the frost"},
    ]
    document = json.loads(aif("", "1>2 2>3")) | {"nodes": nodes, "locutions": [{"nodeID": "1", "personID": "8"}]}
    comments = {comment.id: comment for comment in discussion_in(json.dumps(document)).comments}
    assert (comments["3"].text, comments["3"].author) == ("Ann Lee would wait for the frost", "Ann Lee")


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [("Ann", "Lee", "Ann Lee"), ("Ann", "", "Ann"), ("Ann", "None", "Ann"), ("None", "None", "8"), ("", "", "8")],
)
def test_a_participant_is_called_by_what_is_known_of_the_name(first: str, last: str, shown: str) -> None:
    said = {"locutions": [{"nodeID": "1", "personID": 8}], "nodes": [{"nodeID": "1", "type": "L", "text": "It rains."}]}
    person = {"participantID": 8, "firstname": first, "surname": last}
    document = json.loads(aif("", "")) | said | {"participants": [person]}
    assert [comment.author for comment in discussion_in(json.dumps(document)).comments] == [shown]


STANDING = [
    ("verbatim", "It rains.", "Bo : It rains.", (5, 14)),
    ("other case", "it rains", "Bo : It Rains", (5, 13)),
    ("other space", "it rains today", "It  rains\ntoday", (0, 15)),
    ("no full stop", "It rains.", "it rains, and more", (0, 8)),
    ("within a word", "cat", "concatenate", None),
    ("not there", "it snows", "it rains", None),
    ("nothing", " . ", "it rains", None),
]


@pytest.mark.parametrize(("claim", "text", "place"), [one[1:] for one in STANDING], ids=[one[0] for one in STANDING])
def test_where_the_words_of_a_claim_stand(claim: str, text: str, place: tuple[int, int] | None) -> None:
    assert place_of_claim(claim, text) == place


def xaif(lists: Json, **more: Any) -> str:
    return json.dumps({"AIF": {"nodes": [], "edges": []} | lists} | more)


def test_a_question_to_another_speaker_is_asked_of_what_that_one_said() -> None:
    nodes = [
        {"nodeID": 1, "type": "L", "text": "The hives stay."},
        {"nodeID": 2, "type": "TA", "text": "Default Transition"},
        {"nodeID": 3, "type": "L", "text": "Who feeds them?"},
        {"nodeID": 4, "type": "YA", "text": "Pure Questioning"},
        {"nodeID": 5, "type": "I", "text": "Who feeds them?"},
    ]
    lists = {
        "nodes": nodes,
        "edges": [{"fromID": one, "toID": to} for one, to in [(1, 2), (2, 3), (3, 4), (4, 5)]],
        "locutions": [{"nodeID": 1, "personID": 1}, {"nodeID": 3, "personID": 2}],
    }
    discussion, argument = map_in(xaif(lists))
    assert [(move.kind, move.comment, move.target_comment) for move in argument.moves] == [(Kind.QUESTION, "3", "1")]
    assert [edge.id for edge in discussion.aif.edges] == ["1", "2", "3", "4"] if discussion.aif else False


I_NODE = {"nodeID": 2, "type": "I", "text": "w"}
OLD_EDGE = {"from": {"id": 2}, "to": {"id": 3}}
ODD = [
    ("null lists", xaif({"nodes": [{"nodeID": 1, "type": "I", "text": "x y"}], "locutions": None}), ""),
    ("text bare", xaif({"nodes": [{"nodeID": 1, "type": "I", "text": "x y"}]}, text="x", OVA={"nodes": None}), ""),
    ("a dangling edge", aif("1:I", "1>9"), "edge '0' from '1' to '9'"),
    ("a node without id", aif("1:I")[:-1].replace("[{", '[{"type": "I", "text": "z"}, {', 1) + "}", "nodeID"),
    ("a node that is none", aif("1:I")[:-1].replace("[{", "[5, {", 1) + "}", "list of objects"),
    ("a locution of nothing", aif("1:I", locutions=[{"nodeID": "7", "personID": "1"}]), "they are kept"),
    ("a locution without node", aif("1:I", locutions=[{"personID": "1"}]), "nodeID"),
    ("a participant without id", aif("1:I", participants=[{"firstname": "A"}]), "participantID"),
    ("one id twice", aif("1:I 2:I 2:L"), "occurs twice"),
    ("a type that is no text", xaif({"nodes": [{"nodeID": 1, "type": 3, "text": None}, I_NODE]}), ""),
    ("older OVA", json.dumps({"nodes": [I_NODE, I_NODE | {"nodeID": 3}], "edges": [OLD_EDGE]}), ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), [one[1:] for one in ODD], ids=[one[0] for one in ODD])
def test_an_odd_file_loses_nothing_else(text: str, said: str) -> None:
    found = found_in(text)
    problems = [one.message for one in found if isinstance(one, Problem)]
    assert any(said in problem for problem in problems) if said else not problems
    assert any(isinstance(one, Found) and isinstance(one.record, Comment) for one in found)
    assert any(isinstance(one, Found) and isinstance(one.record, AifGraph) for one in found)


def test_ids_of_any_characters_stay_apart(tmp_path: Path) -> None:
    ids = ["a b", "a%20b", "a/b", "..", ".", "<x>", "é\u202e", "7 (2)", "7", "edge", '"', "\\", "#char=0,1", "?q"]
    nodes = [{"nodeID": one, "type": "I", "text": f"claim {place}"} for place, one in enumerate(ids)]
    file = tmp_path / "odd #1.json"
    file.write_text(json.dumps({"nodes": nodes, "edges": []}), encoding="utf-8")
    first, second = (load(tmp_path / "s", [str(file)], Settings(), report=print) for _ in range(2))
    assert (first.claims, first.lost, second.changed) == (len(ids), 0, 0)


RECOGNISED = [
    ("aif", aif("1:I", "1>1")),
    ("aif", '{"edges":[{"edgeID":"1","fromID":"3","toID":"4"},{"edgeID":"2","fromID":"3'),
    ("xaif", xaif({"nodes": [{"nodeID": 1, "type": "I", "text": "x"}]})),
    ("xaif", '{"AIF":{"descriptorfulfillments":null,"edges":[{"edgeID":0,"fromID":0,"toID":4}'),
    ("aif_rdf", f'<urn:a> <{AIF}claimText> "x" .'),
    ("aif_rdf", f"_:a <{AIF}Premise> <urn:b> ."),
    ("aif_rdf", f'# made by hand\n@prefix aif: <{AIF}> .\n<urn:a> a aif:I-node ; aif:claimText "x" .'),
    ("aif_rdf", f'PREFIX aif: <{AIF}>\n<urn:a> aif:claimText "x" .'),
    ("aif_rdf", f'<?xml version="1.0"?><!-- x --><rdf:RDF xmlns:aif="{AIF}"><aif:I-node><aif:claimText>x'),
    ("aif_rdf", f'{{"@context": {{"aif": "{AIF}"}}, "@graph": [{{"aif:claimText": "x"'),
]
NOT_RECOGNISED = [
    '{"id": "1", "thread": "t", "text": "nodes[].nodeID"}\n{"id": "2", "thread": "t", "text": "x"}',
    '{"nodes": [{"id": "1", "type": "atom", "text": "x"}], "edges": [{"source_id": "1", "target_id": "2"}]}',
    '{"nodes": [{"nodeID": 1, "type": "I"}]}\n{"nodes": [{"nodeID": 2, "type": "I"}]}',
    f"The namespace {AIF} has a claimText, Premise: and so on.",
    f'PREFIX aif: <{AIF}>\n<urn:c> <urn:subClassOf> aif:I-node .',
    f'<xsl:stylesheet xmlns:aif="{AIF}"><xsl:template match="aif:claimText"/>',
    "",
]  # fmt: skip


@pytest.mark.parametrize(("name", "head"), RECOGNISED)
def test_a_format_knows_its_own(name: str, head: str) -> None:
    assert [loader.NAME for loader in loaders.LOADERS.values() if loader.recognises(Path("x"), head)] == [name]


@pytest.mark.parametrize("head", NOT_RECOGNISED)
def test_other_files_are_none_of_ours(head: str) -> None:
    assert not [one for one in ("aif", "xaif", "aif_rdf") if loaders.LOADERS[one].recognises(Path("x"), head)]


PREFIXES = f"@prefix aif: <{AIF}> . @prefix m: <urn:m:> ."
NODES = PREFIXES + ' m:p a aif:I-node ; aif:claimText "p" . m:c a aif:I-node ; aif:claimText "c" .'
WAYS = [
    ("from the scheme node", "<urn:m:s> a aif:RA-node ; aif:Premise <urn:m:p> ; aif:Conclusion <urn:m:c> ."),
    ("from the claims", "<urn:m:s> a aif:RA-node . m:p aif:Premise <urn:m:s> . m:c aif:Conclusion <urn:m:s> ."),
    ("both", "<urn:m:s> a aif:RA-node ; aif:Premise m:p ; aif:Conclusion m:c . m:p aif:Premise <urn:m:s> ."),
    ("in small letters", "<urn:m:s> a aif:RA ; aif:premise <urn:m:p> ; aif:conclusion <urn:m:c> ."),
]  # fmt: skip


@pytest.mark.parametrize("step", [one[1] for one in WAYS], ids=[one[0] for one in WAYS])
def test_premises_in_rdf_read_alike_in_either_direction(step: str) -> None:
    discussion = discussion_in(f"{NODES}\n{step}", "aif_rdf", "x.ttl")
    assert discussion.aif is not None
    assert {(edge.source, edge.target) for edge in discussion.aif.edges} == {("p", "s"), ("s", "c")}
    assert [(stated_move.kind, stated_move.sources, stated_move.target) for stated_move in discussion.stated_moves] == [
        (Kind.SUPPORT, ("p",), "c")
    ]


def test_blank_nodes_are_named_by_what_they_are() -> None:
    text = f"{NODES} _:x a aif:RA-node ; aif:Premise <urn:m:p> ; aif:Conclusion <urn:m:c> . [] a aif:CA-node ."
    other = text.replace("_:x", "_:other")
    assert discussion_in(text, "aif_rdf", "x.ttl") == discussion_in(other, "aif_rdf", "x.ttl")


def test_bare_carriage_returns_end_lines_of_n_triples() -> None:
    text = f'<urn:a> <{AIF}claimText> "one" .\r<urn:b> <{AIF}claimText> "two" .\r'
    assert {comment.text for comment in discussion_in(text, name="x.nt").comments} == {"one", "two"}


RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:aif="http://www.arg.dundee.ac.uk/aif#">'
END = "<aif:I-node/></rdf:RDF>"
BAD_RDF = [
    ("an entity of entities", f'<!DOCTYPE r [<!ENTITY a "x"> <!ENTITY b "&a;&a;">]>{RDF}{END}', "short entities"),
    ("an external entity", f'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>{RDF}{END}', "short entities"),
    ("an external DTD", f'<!DOCTYPE r SYSTEM "http://x.invalid/y">{RDF}{END}', "short entities"),
    ("an open element", f"{RDF}<aif:I-node>", "expected xml RDF"),
    ("no Turtle", f'@prefix aif: <{AIF}> .\n<a> aif:claimText "open .', "expected turtle RDF"),
    ("no node", "<urn:a> <urn:b> <urn:c> .", "describes nodes"),
    ("brackets", "<urn:a> <urn:b> " + "[ <urn:c> " * 3000, ""),
    ("nested elements", RDF + "<aif:I-node><aif:Premise>" * 5000, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), [one[1:] for one in BAD_RDF], ids=[one[0] for one in BAD_RDF])
def test_bad_rdf_is_one_problem(text: str, said: str) -> None:
    found = found_in(text, "aif_rdf")
    assert [type(one) for one in found] == [Problem]
    assert isinstance(found[0], Problem)
    assert said in found[0].message


def test_no_context_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a packet left")

    monkeypatch.setattr("socket.socket.connect", refuse)
    other = {"@id": "urn:b", "@type": "aif:I-node", "aif:claimText": {"@value": "two"}}
    document = {
        "@context": ["http://x.invalid/context", {"aif": AIF, "claims": {"@id": "aif:Premise", "@type": "@id"}}],
        "@graph": [
            {"@context": "http://x.invalid/other", "@id": "urn:a", "@type": "aif:I-node", "aif:claimText": "one"},
            {"@id": "urn:s", "@type": "aif:RA-node", "claims": "urn:a", "aif:Conclusion": other},
        ],
    }
    discussion = discussion_in(json.dumps(document), name="x.jsonld")
    assert [(stated_move.sources, stated_move.target) for stated_move in discussion.stated_moves] == [(("a",), "b")]


@pytest.mark.parametrize("name", ["aif", "xaif", "aif_rdf"])
def test_deep_json_is_one_problem(name: str) -> None:
    found = found_in('{"nodes": [{"nodeID": 1, "@text": ' + "[" * 100_000 + "]" * 100_000 + "}]}", name)
    assert [type(one) for one in found] == [Problem]


NEARLY = (
    ', "nodes": [{"nodeID": 1, "type": "I", "text": "%s"}, {"nodeID": 2, "type": "YA"}, {"nodeID": 3, "type": "L", '
    '"text": "%s"}], "edges": [{"fromID": 3, "toID": 2}, {"fromID": 2, "toID": 1}]}'
)


def chain_of(count: int) -> str:
    """A dialogue of this many locutions, each of which rebuts the one before."""
    nodes, edges = list[Json](), list[Json]()
    for place in range(count):
        here = place * 5
        kinds = [("L", f"point {place} is made"), ("YA", "Asserting"), ("I", f"point {place} is made")]
        kinds += [("TA", "Default Transition"), ("CA", "Default Conflict")]
        nodes += [{"nodeID": here + at, "type": kind, "text": text} for at, (kind, text) in enumerate(kinds)]
        pairs = [(here, here + 1), (here + 1, here + 2)]
        pairs += [(here - 5, here + 3), (here + 3, here), (here + 2, here + 4), (here + 4, here - 3)] if place else []
        edges += [{"edgeID": len(edges) + at, "fromID": one, "toID": to} for at, (one, to) in enumerate(pairs)]
    return json.dumps({"nodes": nodes, "edges": edges, "locutions": [], "participants": []})


def test_time_grows_with_the_graph() -> None:
    def act(text: str) -> None:
        graph = discussion_in(text).aif
        assert graph is not None
        map_graph(graph)

    assert_in_proportion(chain_of, act, small=200, times=8)


HOSTILE = {
    "comments in a DOCTYPE": (f"<!DOCTYPE r [{'<!-- -->' * 20_000}", "aif_rdf"),
    "a DOCTYPE without end": (f"<!DOCTYPE r [{'<!ENTITY a ' * 20_000}", "aif_rdf"),
    "space in JSON-LD": ('{"@id": "' + AIF + 'claimText"}' + "\n" * 60_000, "aif_rdf"),
    "words that nearly stand there": (aif("")[:-1] + NEARLY % ("a " * 4_000 + "b", "a " * 200_000), "aif"),
    "letters that nearly are words": (aif("")[:-1] + NEARLY % ("a" * 4_000, "a" * 200_000), "aif"),
    "spaces before no name": (aif("")[:-1] + NEARLY % ("b", " " * 200_000 + "c"), "aif"),
}


@pytest.mark.parametrize(("text", "form"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_in_no_time(text: str, form: str) -> None:
    assert seconds(lambda text: found_in(text, form), text) < 5
    assert seconds(lambda head: loaders.LOADERS[form].recognises(Path("x"), head), text[:65_536]) < 1


def test_many_ends_at_one_scheme_node_do_not_multiply() -> None:
    claims = " ".join(f"{one}:I" for one in range(600))
    edges = " ".join([*(f"{one}>900" for one in range(300)), *(f"900>{one}" for one in range(300, 600))])
    found = [one for one in found_in(aif(f"{claims} 900:CA", edges)) if isinstance(one, Found)]
    assert sum(isinstance(one.record, StatedMove) for one in found) == 10_000


def test_a_store_that_holds_a_graph_is_queried_in_its_own_words() -> None:
    store = threads.stored(*map_in(aif("1:I 2:CA 3:I", "1>2 2>3")))
    query = f"PREFIX aif: <{AIF}> SELECT ?of WHERE {{ ?s a aif:CA-node ; aif:Premise/aif:claimText ?of }}"
    rows = store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    assert [row["of"].value for row in rows] == ["text 1"]
