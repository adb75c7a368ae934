"""Every format out: what is written can be read by others, says what the store says, and harms nobody."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.api.app import create_app
from rejoinder.api.requests.formats import NAMED_FORMATS, NEGOTIATED_FORMATS
from rejoinder.api.routes.exports import file_name
from rejoinder.cli import main
from rejoinder.graph.derived.semantics import grounded_labels
from rejoinder.graph.exports import EXPORTS
from rejoinder.graph.exports.attacks import attack_framework
from rejoinder.graph.exports.thread_map import ThreadMap, count_quads, thread_map
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.maps.drawing import WIDTH, Arrow, box_of, draw_forest
from rejoinder.graph.stores.publish import open_current
from rejoinder.graph.triples.terms import Names
from rejoinder.records import ArgumentMap, Discussion, Kind, ThreadKey
from rejoinder.settings import Settings
from tests import garden
from tests.maps import Line, discussion_of
from tests.threads import mapped, threads

OPTIONS = Options()
THREAD = "/threads/beds.example/hedge%2F2024"
SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "defs", "marker", "path", "rect", "text", "g", "a"}
OBJECTIONS = (Kind.OBJECTION, Kind.REBUTTAL, Kind.UNDERMINE, Kind.UNDERCUT, Kind.COUNTER)

laws = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
dot_binary = pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz: apt-get install graphviz")

garden_map = mapped(*garden.garden())


def hostile() -> ThreadMap:
    """The hostile thread, with control characters in its texts and a link that holds every sign XML minds."""
    discussion, argument = garden.hostile()
    comments = tuple(
        replace(comment, text=f"{comment.text}\x00\x0b\ufffe", url="https://x.example/?a=1&b=\"'<>")
        for comment in discussion.comments
    )
    claims = tuple(replace(one, text=f"{one.text}\x00\x1b[31m\ufffe\n= \\ \\N") for one in argument.claims)
    return mapped(replace(discussion, comments=comments), replace(argument, claims=claims))


def written(to: str, one: ThreadMap = garden_map) -> str:
    return EXPORTS[to].write(one, OPTIONS)


@pytest.mark.parametrize("name", EXPORTS)
def test_a_writer_is_described_and_gives_the_same_text_twice(name: str) -> None:
    writer = EXPORTS[name]
    assert name == writer.NAME
    assert writer.SUMMARY.rstrip(".") == writer.SUMMARY
    assert re.fullmatch(r"[a-z0-9]+", writer.EXTENSION)
    assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", writer.MEDIA_TYPE)
    assert written(name, mapped(*garden.garden())) == written(name)


@pytest.mark.parametrize("name", EXPORTS)
def test_a_thread_without_claims_can_be_written(name: str) -> None:
    text = written(name, mapped(*garden.chain(3)))
    assert (text == "") == (name == "judgements"), "of which there are none"


@pytest.mark.parametrize(("to", "form"), [("nquads", ox.RdfFormat.N_QUADS), ("turtle", ox.RdfFormat.TURTLE)])
@laws
@given(threads())
def test_rdf_holds_what_the_store_holds(to: str, form: ox.RdfFormat, thread: tuple[Discussion, ArgumentMap]) -> None:
    one = mapped(*thread)
    found = set(ox.parse(written(to, one).encode(), format=form))
    assert found == (set(one.quads) if to == "nquads" else {ox.Quad(*quad.triple) for quad in one.quads})


@laws
@given(threads())
def test_a_reader_of_json_ld_finds_the_triples_of_the_turtle(thread: tuple[Discussion, ArgumentMap]) -> None:
    one = mapped(*thread)
    found = {quad.triple for quad in ox.parse(written("jsonld", one).encode(), format=ox.RdfFormat.JSON_LD)}
    assert found == {quad.triple for quad in one.quads}


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its reader of JSON-LD warns of itself
@pytest.mark.parametrize("thread", [garden.garden(), garden.hostile()], ids=["garden", "hostile"])
def test_a_second_reader_of_json_ld_finds_them_too(thread: tuple[Discussion, ArgumentMap]) -> None:
    one = mapped(*thread)
    found = rdflib.Dataset(default_union=True)
    found.parse(data=written("jsonld", one), format="json-ld")
    lines = "".join(f"{quad.triple} .\n" for quad in one.quads)
    read = rdflib.Graph().parse(data=lines, format="nt")
    assert set(found.triples((None, None, None))) == set(read), "to rdflib a string with xsd:string is another one"


def test_json_ld_is_in_the_words_of_our_context() -> None:
    nodes = json.loads(written("jsonld"))["@graph"]
    assert {name for node in nodes for name in node if ":" in name} == set()
    [claim] = [node for node in nodes if node.get("text") == "It shades the beans."]
    assert (claim["type"], claim["label"], claim["openObjections"]) == (["Claim"], "out", 1)


@laws
@given(threads())
def test_networkx_reads_graphml_with_every_node_and_edge(thread: tuple[Discussion, ArgumentMap]) -> None:
    one = mapped(*thread)
    graph = networkx.parse_graphml(written("graphml", one))
    claims, moves = one.argument.claims, one.argument.moves
    own = {one.names.claim(claim.id) for claim in claims} | {one.names.move(move.id) for move in moves}
    ends = {one.names.end(one.key, end) for move in moves for end in (*move.sources, move.target)}
    assert {data["iri"] for _, data in graph.nodes(data=True)} == own | ends
    relations = Counter(data["relation"] for *_, data in graph.edges(data=True))
    pairs = sum(len({one.names.end(one.key, end) for end in move.sources}) for move in moves)
    assert relations == Counter(
        {name: number for name, number in (("source", pairs), ("target", len(moves))) if number}
    )


def test_graphml_has_typed_attributes() -> None:
    graph = networkx.parse_graphml(written("graphml"))
    by_kind = {data["kind"]: data for _, data in graph.nodes(data=True) if data["kind"] != "Claim"}
    assert by_kind["Undermine"] == {
        "kind": "Undermine",
        "text": "Beans like some shade anyway.",
        "author": "uli",
        "confidence": 0.9,
        "method": "rule",
        "cue": "anyway",
        "label": "in",
        "status": "silent",
        "comment": "d4",
        "created": "2024-05-04T09:00:00Z",
        "url": "https://beds.example/d4",
        "iri": by_kind["Undermine"]["iri"],
    }
    assert {type(data.get("strength", 0.5)) for _, data in graph.nodes(data=True)} == {float}


@laws
@given(threads())
def test_csv_has_a_row_a_move_and_a_row_a_claim_that_no_move_touches(thread: tuple[Discussion, ArgumentMap]) -> None:
    one = mapped(*thread)
    rows = list(csv.DictReader(io.StringIO(written("csv", one), newline=""), strict=True))
    moves = {move.id: move for move in one.argument.moves}
    touched = {getattr(end, "id", None) for move in moves.values() for end in (*move.sources, move.target)}
    alone = {claim.id: claim for claim in one.argument.claims if claim.id not in touched}
    assert sorted(row["id"] for row in rows) == sorted([*moves, *alone])
    for row in rows:
        if row["kind"] == "Claim":
            assert row["source"] == alone[row["id"]].text
        else:
            assert (row["cue"], row["kind"]) == (moves[row["id"]].cue, moves[row["id"]].kind)
            assert float(row["confidence"]) == moves[row["id"]].confidence


def test_csv_keeps_texts_as_they_were_written() -> None:
    discussion, argument = garden.garden()
    claims = tuple(replace(one, text='=1+1\r\n"two", three') for one in argument.claims)
    rows = list(
        csv.DictReader(io.StringIO(written("csv", mapped(discussion, replace(argument, claims=claims))), newline=""))
    )
    assert {row["source"] for row in rows} == {'=1+1\r\n"two", three'}
    assert written("csv").count("\r\n") == len(rows) + 1


def solved(text: str) -> dict[str, str]:
    """The grounded label of each argument of a written framework, by the id in its comment line."""
    head, *lines = text.splitlines()
    count = int(head.removeprefix("p af "))
    told = [line.split(" ")[1:4] for line in lines if line.startswith("#")]
    assert [int(number) for number, *_ in told] == list(range(1, count + 1))
    attacks = [tuple(line.split()) for line in lines if not line.startswith("#")]
    assert all(len(attack) == 2 and all(1 <= int(end) <= count for end in attack) for attack in attacks)
    assert len(set(attacks)) == len(attacks)
    labels = grounded_labels([number for number, *_ in told], attacks)  # type: ignore[arg-type]
    return {name: labels[number] for number, _, name in told}


@settings(laws, max_examples=150)
@given(threads())
def test_solving_what_is_written_gives_the_labels_of_the_store(thread: tuple[Discussion, ArgumentMap]) -> None:
    one = mapped(*thread)
    assert solved(written("iccma", one)) == one.labels


@st.composite
def quarrels(draw: st.DrawFn) -> list[Line]:
    """Objections to objections, to claims behind them, and answers, sure and unsure, with circles among them."""
    names = ["root"]
    lines = []
    for number in range(draw(st.integers(1, 12))):
        target = draw(st.sampled_from(names))
        aim = target if target == "root" else target + draw(st.sampled_from(["", ".claim"]))
        kind = draw(st.sampled_from([*OBJECTIONS, Kind.CONCESSION, Kind.SUPPORT]))
        sure = draw(st.sampled_from([0.1, 0.29, 0.3, 0.5, 0.9]))
        lines.append(
            Line(f"m{number}", kind, draw(st.sampled_from(["ann", "bob", None])), aim, sure, words=draw(st.booleans()))
        )
        if lines[-1].words:
            names.append(f"m{number}")
    return lines


@settings(laws, max_examples=150)
@given(quarrels())
def test_solving_a_quarrel_gives_the_labels_of_the_store(lines: list[Line]) -> None:
    one = mapped(*discussion_of(lines))
    assert solved(written("iccma", one)) == one.labels


def test_iccma_of_the_garden() -> None:
    lines = written("iccma").splitlines()
    names = {
        line.split(" ")[1]: " ".join(line.split(" ")[2:3] + line.split(" ")[4:]) for line in lines if line[0] == "#"
    }
    assert sorted((names[a], names[b]) for a, b in (line.split() for line in lines[1:] if line[0] != "#")) == [
        ("Counter the nest is empty.", "Rebuttal But wrens nest in it until July."),
        ("Rebuttal But wrens nest in it until July.", "Claim Let us cut the hedge."),
        ("Undermine Beans like some shade anyway.", "Claim It shades the beans."),
    ]


def test_an_attack_that_is_less_sure_than_the_threshold_is_none() -> None:
    _, attacks = attack_framework(garden_map.argument, 0.85)
    assert len(attacks) == 1
    assert "p af 9" in EXPORTS["iccma"].write(garden_map, Options(answer_threshold=0.85))


def svg_of(one: ThreadMap) -> ElementTree.Element:
    return ElementTree.fromstring(written("svg", one))


@laws
@given(threads())
def test_svg_is_well_formed_and_shows_every_claim(thread: tuple[Discussion, ArgumentMap]) -> None:
    one = mapped(*thread)
    drawn = svg_of(one)
    boxes = [
        *drawn.iter(f"{SVG}a"),
        *(group for group in drawn.iter(f"{SVG}g") if group.find(f"{SVG}title") is not None),
    ]
    assert len(boxes) >= len(one.argument.claims)


def test_svg_runs_nothing_and_leads_only_to_the_web() -> None:
    text = written("svg", hostile())
    drawn = ElementTree.fromstring(text)
    assert {element.tag.removeprefix(SVG) for element in drawn.iter()} <= TAGS
    links = [element.get("href") or "" for element in drawn.iter(f"{SVG}a")]
    assert links
    assert all(link.startswith("https://") for link in links)
    assert not [name for element in drawn.iter() for name in element.attrib if name.startswith("on")]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


def test_boxes_of_a_forest_never_overlap_and_none_is_lost() -> None:
    faces = {
        f"n{n}": box_of(f"n{n}", head="Claim", text="word " * (n % 23), author=None, look="claim") for n in range(200)
    }
    arrows = [Arrow(f"n{n}", f"n{n * 7 % 60}", "objection", "Objection") for n in range(60, 180)]
    drawn = draw_forest(faces, arrows)
    assert sorted(box.iri for box in drawn.boxes) == sorted(faces)
    for one in drawn.boxes:
        assert one.x + WIDTH <= drawn.width
        assert one.y + one.height <= drawn.height
        for other in drawn.boxes:
            apart = abs(one.x - other.x) >= WIDTH or one.y + one.height <= other.y or other.y + other.height <= one.y
            assert one is other or apart
    assert len(drawn.links) == len(arrows)
    assert drawn.height < 3 * drawn.width


def graphviz(text: str) -> ElementTree.Element:
    done = subprocess.run(["dot", "-Tsvg"], input=text.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert not done.stderr, done.stderr.decode()
    return ElementTree.fromstring(done.stdout)


@dot_binary
@settings(laws, max_examples=15)
@given(threads())
def test_graphviz_draws_every_claim_and_move(thread: tuple[Discussion, ArgumentMap]) -> None:
    one = mapped(*thread)
    groups = Counter(group.get("class") for group in graphviz(written("dot", one)).iter(f"{SVG}g"))
    assert groups["node"] >= len(one.argument.claims)
    assert groups["edge"] >= len(one.argument.moves)


@dot_binary
def test_graphviz_shows_hostile_words_as_words() -> None:
    drawn = graphviz(written("dot", hostile()))
    text = " ".join("".join(element.itertext()) for element in drawn.iter(f"{SVG}text"))
    assert "<script>alert(1)</script>" in text
    assert "\\N" in text
    assert not list(drawn.iter(f"{SVG}script"))


def test_an_undercut_leads_to_the_middle_of_an_edge() -> None:
    lines = [Line("why", Kind.SUPPORT, "ann", "root"), Line("so", Kind.UNDERCUT, "bob", "why")]
    one = mapped(*discussion_of(lines))
    ids = {move.name: move.id for move in one.argument.moves}
    sources = {move.name: move.sources[0].id for move in one.argument.moves}  # type: ignore[union-attr]
    edges = re.findall(r'^"(\S+)" -> "(\S+)"', written("dot", one), re.MULTILINE)
    assert (f"claim/{sources['so']}", f"move/{ids['why']}") in edges
    assert (f"claim/{sources['why']}", f"move/{ids['why']}") in edges
    assert len(edges) == 3


@pytest.mark.parametrize("to", ["svg", "graphml"])
def test_hostile_text_is_well_formed_xml(to: str) -> None:
    ElementTree.fromstring(written(to, hostile()))


def run(store: Path, *words: str, status: int = 0) -> str:
    result = CliRunner().invoke(main, ["export", "--store", str(store), *words])
    assert result.exit_code == status, result.output
    return result.stdout if status == 0 else result.stderr


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return garden.store(tmp_path_factory.mktemp("garden") / "s", garden.garden(), garden.chain(3))


@pytest.mark.parametrize(
    "name", ["hedge/2024", "beds.example/hedge/2024", "https://rejoinder.example/thread/beds.example/hedge%2F2024"]
)
def test_a_thread_is_named_as_elsewhere(store: Path, name: str) -> None:
    assert run(store, "--thread", name, "--to", "csv").count("\n") == 6


def test_the_format_may_be_named_as_in_the_other_commands(store: Path) -> None:
    words = ["--thread", "hedge/2024"]
    assert run(store, *words, "--format", "csv") == run(store, *words, "--to", "csv")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--to", "svg"], "svg: expected a thread (--thread), or one of nquads, turtle, jsonld"),
        (["--to", "svg", "--thread", "none"], "no thread is named 'none'"),
        (["--to", "svg", "--thread", "https://rejoinder.example/claim/1"], "no thread 'https://"),
        (["--to", "svg", "--thread", "https://rejoinder.example/thread/a/b"], "no thread 'https://"),
    ],
    ids=["no thread", "unknown", "no thread's IRI", "not loaded"],
)
def test_a_wrong_export_says_what_was_expected(store: Path, words: list[str], message: str) -> None:
    assert message in run(store, *words, status=1)


def test_one_thread_as_n_quads_holds_nothing_of_another(store: Path) -> None:
    whole, alone = run(store).splitlines(), run(store, "--thread", "hedge/2024").splitlines()
    assert set(alone) < set(whole)
    assert not [line for line in alone if "deep.example" in line]


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[FlaskClient]:
    app = create_app(store, Settings())
    yield app.test_client()
    app.extensions["rejoinder"].close()


@pytest.mark.parametrize("to", EXPORTS)
def test_http_gives_what_the_command_line_gives(client: FlaskClient, store: Path, to: str) -> None:
    response = client.get(f"{THREAD}?format={to}")
    assert response.status_code == 200
    assert response.mimetype == EXPORTS[to].MEDIA_TYPE
    assert response.headers["Content-Disposition"].endswith(
        f'filename="beds.example-hedge-2024.{EXPORTS[to].EXTENSION}"'
    )
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert (
        response.get_data()
        == CliRunner()
        .invoke(main, ["export", "--store", str(store), "--thread", "hedge/2024", "--to", to])
        .stdout_bytes
    )
    again = client.get(f"{THREAD}?format={to}", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")


@pytest.mark.parametrize("to", EXPORTS)
def test_the_page_of_a_thread_leads_to_every_format(client: FlaskClient, to: str) -> None:
    assert f'href="?format={to}"' in client.get(THREAD).text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("text/csv, */*;q=0.1", "text/html"),
    ],
)
def test_only_two_formats_go_by_the_header(client: FlaskClient, accept: str, media_type: str) -> None:
    assert client.get(THREAD, headers={"Accept": accept}).mimetype == media_type


@pytest.mark.parametrize(
    ("query", "status"),
    [("format=svg&premises=sideways", 400), ("format=xlsx", 400), ("format=graphml&premises=inward", 200)],
)
def test_a_parameter_out_of_bounds_is_an_error(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"{THREAD}?{query}").status_code == status


@pytest.mark.parametrize(
    ("limits", "status"),
    [({"result_bytes": 500}, 413), ({"worker_bytes": 2_000}, 413), ({"client_seconds": 0.001}, 429)],
    ids=["bytes", "memory", "seconds"],
)
def test_an_export_keeps_to_the_limits(store: Path, limits: dict[str, float], status: int) -> None:
    app = create_app(store, replace(Settings(), **limits))  # type: ignore[arg-type]
    app.extensions["rejoinder"].budget.clock = lambda: 0.0  # or what was used comes back while a busy machine waits
    codes = [app.test_client().get(f"{THREAD}?format=svg").status_code for _ in range(2)]
    app.extensions["rejoinder"].close()
    assert codes[-1] == status


def test_as_many_files_are_made_at_once_as_there_are_workers(store: Path) -> None:
    app = create_app(store, replace(Settings(), workers=1))
    files, client = app.extensions["rejoinder"].files, app.test_client()
    with files:
        refused = client.get(f"{THREAD}?format=svg")
    codes = [client.get(f"{THREAD}?format=svg").status_code for _ in range(2)]
    app.extensions["rejoinder"].close()
    assert (refused.status_code, refused.headers["Retry-After"], codes) == (503, "5", [200, 200])


def test_whoever_asks_files_are_made_by_as_few_threads_as_may_make_them(store: Path) -> None:
    """Each thread keeps the memory that its largest file took (glibc has an arena for each)."""
    app, before = create_app(store, replace(Settings(), workers=1)), set(threading.enumerate())
    for _ in range(3):
        asking = threading.Thread(target=lambda: app.test_client().get(f"{THREAD}?format=turtle"))
        asking.start()
        asking.join()
    makers = [one.name for one in set(threading.enumerate()) - before if one.name.startswith("file")]
    app.extensions["rejoinder"].close()
    assert makers == ["file_0"]


@pytest.mark.parametrize("most", [1, 7, 10**6])
def test_the_quads_of_a_thread_are_counted_no_further_than_asked(store: Path, most: int) -> None:
    snapshot = open_current(store)
    key, names = ThreadKey("beds.example", "hedge/2024"), Names(snapshot.base)
    shared = ox.NamedNode(names.shared())
    own = [quad for quad in thread_map(snapshot.store, key, names).quads if quad.graph_name != shared]
    assert count_quads(snapshot.store, key, names, most) == min(len(own), most)


def test_http_keeps_to_the_threshold_of_the_server(store: Path) -> None:
    app = create_app(store, replace(Settings(), answer_threshold=0.85))
    lines = app.test_client().get(f"{THREAD}?format=iccma").text.splitlines()
    app.extensions["rejoinder"].close()
    assert len([line for line in lines if line[0].isdigit()]) == 1


@pytest.mark.parametrize("key", [ThreadKey("ü", "/"), ThreadKey("a.b", 'x"\r\n; y' * 90)], ids=["no letters", "long"])
def test_a_file_name_is_plain(key: ThreadKey) -> None:
    assert re.fullmatch(r"[A-Za-z0-9.-]{5,90}", file_name(key, "svg"))


def test_every_format_is_offered_once() -> None:
    assert sorted([*NAMED_FORMATS, *NEGOTIATED_FORMATS]) == sorted(EXPORTS)
