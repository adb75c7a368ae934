"""The command line as its users and the scorer call it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from rejoinder.cli import COMMANDS, main
from rejoinder.graph.queries.views import VIEWS
from tests.conftest import EXAMPLES

ROW = (
    "objection claim text comment author created link target targetText targetAuthor level status rank confidence "
    "method cue coverage thread threadTitle answeredBeside judgement because kind saidAgain reason reasonFrom "
    "alsoTargets alsoTargetTexts"
)


def run(runner: CliRunner, *words: str, status: int = 0, given: str | bytes | None = None) -> str:
    result = runner.invoke(main, list(words), input=given)
    assert result.exit_code == status, result.output
    return result.stdout


def test_unanswered_gives_the_rows_that_are_promised(runner: CliRunner, example_store: Path) -> None:
    answer = json.loads(run(runner, "unanswered", "--store", str(example_store), "--format", "json"))
    assert answer["truncated"] is False
    assert all(list(row) == ROW.split() for row in answer["rows"])
    ranks = [row["rank"] for row in answer["rows"]]
    assert ranks == sorted(ranks, reverse=True)
    assert min(row["confidence"] for row in answer["rows"]) >= 0.5


def test_the_levels_are_nested(runner: CliRunner, example_store: Path) -> None:
    found = {
        level: {
            row["objection"]
            for row in json.loads(
                run(runner, "unanswered", "--store", str(example_store), "--level", level, "--format", "json")
            )["rows"]
        }
        for level in ("U1", "U2", "U3", "U4", "U5")
    }
    assert found["U1"] <= found["U2"] <= found["U3"]
    assert found["U2"] <= found["U4"] >= found["U5"]
    assert found["U2"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("late-fees", "forum.example/late-fees"),
        ("forum.example/late", "forum.example/late-fees"),
        ("dish", "forum.example/dishwasher"),
        ("LATE fees", "forum.example/late-fees"),
    ],
)
def test_a_thread_goes_by_the_beginning_of_its_id_and_by_words_of_its_title(
    runner: CliRunner, example_store: Path, name: str, found: str
) -> None:
    words = ["unanswered", "--store", str(example_store), "--format", "json", "--thread"]
    assert run(runner, *words, name) == run(runner, *words, found)
    assert {row["thread"] for row in json.loads(run(runner, *words, name))["rows"]} == {
        f"https://rejoinder.example/thread/{found}"
    }


@pytest.mark.parametrize(
    "words", [["--version"], ["--help"], ["stats"], ["unanswered"], ["query", "-"]], ids=lambda words: words[0]
)
def test_a_command_that_only_reads_the_store_does_not_wait_for_what_loads_files(
    example_store: Path, words: list[str]
) -> None:
    store = {} if words[0].startswith("-") else {"REJOINDER_STORE": str(example_store)}
    command = [sys.executable, "-X", "importtime", "-m", "rejoinder", *words]
    ran = subprocess.run(command, env=os.environ | store, input=b"ASK {}", capture_output=True, check=True)
    assert b"rejoinder.cli" in ran.stderr
    assert b"rejoinder.loaders" not in ran.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_what_help_lists_a_command_with_is_what_the_command_says_of_itself(name: str) -> None:
    told = CliRunner().invoke(main, ["--help"], terminal_width=400).stdout
    assert f"  {name:10}  {COMMANDS[name].get_short_help_str(400)}\n" in told


def test_a_name_of_several_threads_lists_them(runner: CliRunner, example_store: Path) -> None:
    told = runner.invoke(main, ["unanswered", "--store", str(example_store), "--thread", "forum.example/"]).stderr
    assert told.splitlines()[0].endswith("--thread: 2 threads are named 'forum.example/'; give one's SITE/ID")
    assert "  forum.example/late-fees · Proposal: stop charging late fees at the town library\n" in told


def test_a_name_of_no_thread_lists_those_that_are_loaded(runner: CliRunner, example_store: Path) -> None:
    told = runner.invoke(main, ["unanswered", "--store", str(example_store), "--thread", "nowhere"]).stderr
    assert told.splitlines()[0] == "Error: --thread: no thread is named 'nowhere'; loaded, by SITE/ID, are"
    assert len(told.splitlines()) == 4


def test_the_list_is_of_whom_it_is_asked_for(runner: CliRunner, example_store: Path) -> None:
    words = ["unanswered", "--store", str(example_store), "--format", "json"]
    every = json.loads(run(runner, *words))["rows"]
    by_pim = json.loads(run(runner, *words, "--author", "pim"))["rows"]
    iri = "https://rejoinder.example/author/forum.example/marta_k"
    to_marta = json.loads(run(runner, *words, "--owed", iri))["rows"]
    assert [one for one in every if one["author"] == "pim"] == by_pim != []
    assert [one for one in every if one["targetAuthor"] == "marta_k"] == to_marta != []
    both = run(runner, *words, "--author", "pim", "--owed", "marta_k", "--thread", "late-fees")
    assert json.loads(both)["rows"] == [one for one in by_pim if one in to_marta]


@pytest.mark.parametrize("option", ["--author", "--owed"])
def test_a_name_that_nobody_bears_is_told_with_those_near(runner: CliRunner, example_store: Path, option: str) -> None:
    done = runner.invoke(main, ["unanswered", "--store", str(example_store), option, "marta"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"Error: {option}: nobody here is called 'marta'; near: marta_k\n"


def test_a_name_on_several_sites_is_told_apart_by_the_thread_or_the_iri(runner: CliRunner, tmp_path: Path) -> None:
    lines = [
        {"site": site, "thread": "t", "id": name, "parent": parent, "author": author, "text": text}
        for site in ("a.example", "b.example")
        for name, parent, author, text in (
            ("1", None, "Ann", "We should buy a new boiler before the winter."),
            ("2", "1", "Ben", "No, that is wrong: the old boiler does not leak at all."),
        )
    ]
    (tmp_path / "two.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    store = ["--store", str(tmp_path / "s")]
    run(runner, "load", *store, str(tmp_path / "two.jsonl"))
    told = runner.invoke(main, ["unanswered", *store, "--author", "Ben"])
    assert told.exit_code == 1
    assert "--author: 2 authors are called 'Ben'; give the IRI of one:\n  https://rejoinder.example/" in told.stderr
    words = ["--format", "json", "--author", "Ben", "--thread", "b.example/t"]
    rows = json.loads(run(runner, "unanswered", *store, *words))["rows"]
    assert [row["thread"] for row in rows] == ["https://rejoinder.example/thread/b.example/t"]


def test_a_limit_is_told(runner: CliRunner, example_store: Path) -> None:
    answer = json.loads(run(runner, "unanswered", "--store", str(example_store), "--limit", "1", "--format", "json"))
    assert (len(answer["rows"]), answer["truncated"]) == (1, True)


@pytest.mark.parametrize("name", VIEWS)
def test_what_show_prints_gives_the_same_rows_as_the_view(
    runner: CliRunner, example_store: Path, tmp_path: Path, name: str
) -> None:
    store = ["--store", str(example_store)]
    path = tmp_path / "view.rq"
    path.write_text(run(runner, "views", name, *store, "--limit", "7", "--show"), encoding="utf-8")
    shown = list(csv.DictReader(io.StringIO(run(runner, "query", *store, "--format", "csv", str(path)))))
    viewed = json.loads(run(runner, "views", name, *store, "--limit", "7", "--format", "json"))["rows"]
    assert len(shown) == len(viewed)
    assert viewed or name == "judgements", "which nobody made of the examples"
    assert [set(row) for row in shown] == [set(row) for row in viewed]


def test_query_gives_sparql_results_json_without_a_cap(runner: CliRunner, example_store: Path) -> None:
    text = "SELECT * WHERE { ?s ?p ?o }"
    answer = json.loads(run(runner, "query", "--store", str(example_store), "--format", "json", "-", given=text))
    assert len(answer["results"]["bindings"]) > 1000


@pytest.mark.parametrize(
    ("query", "form", "begins"),
    [
        pytest.param("ASK { ?s ?p ?o }", "json", '{"head":{},"boolean":true}', id="ask"),
        pytest.param("ASK { ?s ?p ?o }", "table", "true", id="ask as text"),
        pytest.param("SELECT (1 AS ?x) {}", "csv", "x\n1", id="csv"),
        pytest.param("SELECT (1 AS ?x) {}", "tsv", "?x\n1", id="tsv"),
        pytest.param("SELECT (1 AS ?x) {}", "xml", "<?xml", id="xml"),
        pytest.param("SELECT (1 AS ?x) {}", "table", "x\n1", id="table"),
        pytest.param("CONSTRUCT { <urn:s> <urn:p> 1 } {}", "turtle", "@prefix ", id="turtle"),
        pytest.param("CONSTRUCT { <urn:s> <urn:p> 1 } {}", "ntriples", "<urn:s> <urn:p> ", id="n-triples"),
        pytest.param("CONSTRUCT { <urn:s> <urn:p> 1 } {}", "jsonld", '[{"@id":"urn:s"', id="json-ld"),
    ],
)
def test_query_writes_every_format(runner: CliRunner, example_store: Path, query: str, form: str, begins: str) -> None:
    assert run(runner, "query", "--store", str(example_store), "--format", form, "-", given=query).startswith(begins)


@pytest.mark.parametrize(
    ("words", "given", "says"),
    [
        pytest.param(
            ["query", "--format", "csv", "-"], "CONSTRUCT WHERE {?s ?p ?o}", "this query gives a graph", id="form"
        ),
        pytest.param(["query", "--format", "turtle", "-"], "ASK {}", "this query gives rows", id="other form"),
        pytest.param(["show", "00000000"], None, "no claim '00000000'", id="no claim"),
        pytest.param(
            ["unanswered", "--thread", "https://rejoinder.example/thread/no/where"],
            None,
            "no thread 'https://rejoinder.example/thread/no/where' is loaded; `rejoinder views threads`",
            id="no thread of this IRI",
        ),
        pytest.param(
            ["views", "claims", "--set", "thread=https://rejoinder.example/claim/1"],
            None,
            "no thread 'https://rejoinder.example/claim/1' is loaded",
            id="no thread in a parameter",
        ),
        pytest.param(
            ["query", "-"],
            "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
            "call another one",
            id="service",
        ),
        pytest.param(["query", "/dev/zero"], None, "accepts 100000000", id="a query without end"),
        pytest.param(
            ["load", "--embeddings", "a" * 5000, "-"], "x", "expected the folder of an embedding model", id="no folder"
        ),
        pytest.param(
            ["load", "--base", "https://maps.example/data#", "-"],
            "x",
            "--base: expected an IRI that ends in / and has no #, such as https://maps.example/, got",
            id="a base with a fragment",
        ),
        pytest.param(
            ["views", "objections", "--set", "status=open"],
            None,
            "expected one of withdrawn, dismissed",
            id="no status",
        ),
        pytest.param(["views", "judgements", "--set", "verdict=no"], None, "one of right, wrong", id="no verdict"),
        pytest.param(["views", "reactions", "--set", "kind=objection"], None, "expected one of Move, Su", id="no kind"),
        pytest.param(["views", "claims", "--set", "rows=many"], None, "rows: expected a whole number", id="no number"),
        pytest.param(["views", "claims", "--set", "rows=" + 20 * "9"], None, "of at most 9 digits", id="huge number"),
        pytest.param(["views", "claims", "--set", "offset=-1"], None, "offset: expected a whole number", id="negative"),
        pytest.param(["views", "claims", "--set", "author=a b"], None, "author: expected an IRI", id="no IRI"),
        pytest.param(["views", "unanswered", "--set", "level=U9"], None, "expected U1, U2, U3 or U4", id="no level"),
        pytest.param(["show", "x://a b"], None, "claim: expected an IRI", id="no IRI to show"),
        pytest.param(["views", "claims", "--set", "x=1"], None, "has no parameter 'x'. It has", id="no parameter"),
        pytest.param(
            ["views", "claims", "--set", "word=a"],
            None,
            "has no parameter 'word'; did you mean words? It has",
            id="near to one",
        ),
        pytest.param(["views", "claims", "--set", "words"], None, "expected PARAMETER=VALUE", id="no value"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_1(
    runner: CliRunner, example_store: Path, words: list[str], given: str | None, says: str
) -> None:
    result = runner.invoke(main, [words[0], "--store", str(example_store), *words[1:]], input=given)
    assert result.exit_code == 1
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.output


def test_a_file_in_place_of_a_command_is_told_what_loads_it(runner: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "my thread.json"
    file.write_text("[]", encoding="utf-8")
    result = runner.invoke(main, [str(file)])
    assert result.exit_code == 2
    assert f"To load it: rejoinder load '{file}'" in result.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(["show", "\udcff"], "expected UTF-8 text, got '\\udcff'", id="bytes that are no text"),
        pytest.param(["explain", "a", "\udcff"], "expected UTF-8 text", id="the same among words"),
        pytest.param(["views", "claims", "--set", "words=\udcff"], "expected UTF-8 text", id="in a parameter"),
        pytest.param(["unanswered", "--thread", "\udcff"], "expected UTF-8 text", id="in a thread's name"),
        pytest.param(["unanswered", "--confidence", "nan"], "expected a number from 0 to 1, got nan", id="no number"),
        pytest.param(["unanswered", "--confidence", "inf"], "not in the range 0<=x<=1", id="infinity"),
        pytest.param(["unanswered", "--confidence", "-1"], "not in the range 0<=x<=1", id="below 0"),
        pytest.param(["unanswered", "--limit", "9" * 20], "not in the range 1<=x<=1000000000", id="huge limit"),
        pytest.param(["views", "claims", "--limit", "9" * 20], "not in the range 1<=x<=1000000000", id="huge rows"),
        pytest.param(["serve", "--host", "\udcff"], "expected UTF-8 text", id="bytes for a host"),
        pytest.param(["serve", "--host", ""], "expected a name, got ''", id="no host"),
        pytest.param(["stats", "--store", ""], "expected a name, got ''", id="no store"),
        pytest.param(
            ["stats", "--store", "sparql+https://db.example/x"], "expected a folder, got the address", id="a server"
        ),
        pytest.param(["stats", "--store", "\udcff"], "expected UTF-8 text", id="bytes for a store"),
        pytest.param(
            ["query", "SELECT * { ?s ?p ?o }"], "or - and the query on standard input", id="no file but a query"
        ),
        pytest.param(["query", f"ASK {{ ?s ?p '{'ä' * 300}' }}"], "or - and the query", id="a long query"),
        pytest.param(["views", "ownd"], "'responses'. Did you mean owed?\n", id="a view that is near to one"),
        pytest.param(["views", "nosuch"], "'responses'.\n", id="a view that is near to none"),
        pytest.param(["export", "--format", "turtl"], "'kialo'. Did you mean turtle?\n", id="a format"),
        pytest.param(["stats", "--format", "JSON"], "'csv'. Did you mean json?\n", id="another case"),
        pytest.param(["load", ""], "expected the name of a file, got ''", id="no file"),
    ],
)
def test_an_argument_of_the_wrong_kind_is_status_2_and_says_what_was_expected(
    runner: CliRunner, example_store: Path, words: list[str], says: str
) -> None:
    result = runner.invoke(main, [words[0], "--store", str(example_store), *words[1:]])
    assert (result.exit_code, says in result.stderr) == (2, True), result.output


def test_a_host_that_has_no_name_is_refused(runner: CliRunner, example_store: Path) -> None:
    result = runner.invoke(main, ["serve", "--store", str(example_store), "--host", "ä" * 70])
    assert (result.exit_code, "(this is no name of a host)" in result.stderr) == (1, True)


def test_nothing_loaded_says_what_to_do(runner: CliRunner, tmp_path: Path) -> None:
    result = runner.invoke(main, ["unanswered", "--store", str(tmp_path / "none")])
    assert result.exit_code == 1
    assert "run `rejoinder load --store" in result.stderr


@pytest.mark.parametrize(
    ("made", "named", "says"),
    [
        (["own"], [], "or name what `make run` has loaded here: `--store .rejoinder/own`"),
        (["own", "example"], [], "`--store .rejoinder/own` or `--store .rejoinder/example`"),
        ([], [], ""),
        (["own"], ["--store", "elsewhere"], ""),
    ],
)
def test_where_no_store_is_named_those_of_make_run_are(
    runner: CliRunner,
    example_store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    made: list[str],
    named: list[str],
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for one in made:
        shutil.copytree(example_store, tmp_path / ".rejoinder" / one)
    result = runner.invoke(main, ["unanswered", *named])
    assert (result.exit_code, "nothing is loaded in" in result.stderr, says in result.stderr) == (1, True, True)
    assert ("make run" in result.stderr) == bool(says)


def test_where_all_was_refused_nothing_is_said_to_be_answered(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_text("nonsense\n", encoding="utf-8")
    store = ["--store", str(tmp_path / "store")]
    runner.invoke(main, ["load", *store, "--format", "jsonl", str(tmp_path / "broken.jsonl")])
    assert run(runner, "unanswered", *store) == "nothing is loaded: this store holds no comment\n"


@pytest.mark.parametrize("form", ["text", "json", "jsonld", "turtle"])
def test_show_gives_a_claim_in_every_format(runner: CliRunner, example_store: Path, form: str) -> None:
    store = ["--store", str(example_store)]
    claim = json.loads(run(runner, "views", "claims", *store, "--limit", "1", "--format", "json"))["rows"][0]
    short = claim["claim"].rsplit("/", 1)[-1][:12]
    shown = run(runner, "show", *store, "--format", form, short)
    if form == "text":
        assert " ".join(claim["text"].split()[:5]) in shown
    elif form == "turtle":
        assert ox.parse(shown.encode(), format=ox.RdfFormat.TURTLE)
    else:
        assert claim["claim"] in json.dumps(json.loads(shown))


@pytest.mark.parametrize("form", ["nquads", "turtle", "jsonld"])
def test_exports_hold_the_same_triples(runner: CliRunner, example_store: Path, example: object, form: str) -> None:
    kinds = {"nquads": ox.RdfFormat.N_QUADS, "turtle": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}
    text = runner.invoke(main, ["export", "--store", str(example_store), "--to", form]).stdout_bytes
    found = {str(quad.triple) for quad in ox.parse(text, format=kinds[form])}
    assert found == {str(quad.triple) for quad in example.store}  # type: ignore[attr-defined]


def test_exports_are_the_same_under_any_hash_seed(tmp_path: Path) -> None:
    exports = set()
    for seed in ("0", "1", "4242"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        rejoinder = [sys.executable, "-m", "rejoinder"]
        store = ["--store", str(tmp_path / seed)]
        files = [str(EXAMPLES / "library-fees.jsonl"), str(EXAMPLES / "library-fees.txt")]
        subprocess.run([*rejoinder, "load", *store, *files], check=True, capture_output=True, env=env)
        exports.add(subprocess.run([*rejoinder, "export", *store], check=True, capture_output=True, env=env).stdout)
    assert len(exports) == 1


def test_a_second_load_changes_not_one_quad(runner: CliRunner, tmp_path: Path) -> None:
    words = [
        "load",
        "--store",
        str(tmp_path / "s"),
        str(EXAMPLES / "library-fees.jsonl"),
        str(EXAMPLES / "library-fees.txt"),
    ]
    first, second = run(runner, *words), run(runner, *words)
    assert "0 quads changed" in second
    assert first.rsplit(" ", 1)[1] == second.rsplit(" ", 1)[1], "another snapshot"


def test_parts_of_a_thread_give_the_same_graph_in_one_load_and_in_two(runner: CliRunner, tmp_path: Path) -> None:
    lines = (EXAMPLES / "library-fees.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    parts = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    parts[0].write_text("".join(lines[1::2]), encoding="utf-8")  # replies before what they reply to
    parts[1].write_text("".join(lines[0::2]), encoding="utf-8")
    run(runner, "load", "--store", str(tmp_path / "once"), *map(str, parts))
    for part in parts:
        run(runner, "load", "--store", str(tmp_path / "twice"), str(part))
    once, twice = (run(runner, "export", "--store", str(tmp_path / name)) for name in ("once", "twice"))
    assert once == twice


def test_a_stated_map_outlives_a_later_load_of_its_thread(runner: CliRunner, tmp_path: Path) -> None:
    lines = [
        '{"id": "c1", "thread": "t", "author": "ann", "text": "Bread is good. Yes. Bread is good."}',
        '{"id": "c2", "thread": "t", "author": "ben", "parent": "c1", "text": "Not every day."}',
        '{"claim": "first", "comment": "c1", "start": 0, "end": 14}',
        '{"claim": "second", "comment": "c1", "start": 20, "end": 34}',
        '{"move": "m1", "kind": "Rebuttal", "source": "c2", "target": "second", "comment": "c2"}',
        '{"move": "m2", "kind": "Quotation", "source": "first", "target": "c2", "comment": "c1"}',
        '{"move": "m3", "kind": "Counter", "source": "first", "target": "m1", "comment": "c1"}',
    ]
    later = '{"id": "c3", "thread": "t", "author": "cy", "text": "Rye keeps longer."}\n'
    (tmp_path / "map.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "later.jsonl").write_text(later, encoding="utf-8")
    parts = [str(tmp_path / "map.jsonl"), str(tmp_path / "later.jsonl")]
    run(runner, "load", "--store", str(tmp_path / "once"), *parts)
    for part in parts:
        run(runner, "load", "--store", str(tmp_path / "twice"), part)
    once, twice = (run(runner, "export", "--store", str(tmp_path / name)) for name in ("once", "twice"))
    assert once == twice
    assert once.count("ns#Move>") == 3


@pytest.mark.parametrize(
    ("names", "target"),
    [
        pytest.param(("1", "2", "1"), "The tram is too slow.", id="a claim before a move"),
        pytest.param(("c1", "c2", "m"), "The tram is too slow.", id="a claim before a comment"),
    ],
)
def test_one_name_for_several_things_means_the_claim(
    runner: CliRunner, tmp_path: Path, names: tuple[str, str, str], target: str
) -> None:
    first, second, move = names
    lines = [
        '{"id": "c1", "thread": "t", "author": "ann", "text": "The tram is too slow."}',
        '{"id": "c2", "thread": "t", "author": "bob", "parent": "c1", "text": "It was, before the new line."}',
        f'{{"claim": "{first}", "comment": "c1", "start": 0, "end": 21}}',
        f'{{"claim": "{second}", "comment": "c2", "start": 0, "end": 28}}',
        f'{{"move": "{move}", "kind": "Rebuttal", "source": "{second}", "target": "{first}", "comment": "c2"}}',
    ]
    store = ["--store", str(tmp_path / "s")]
    run(runner, "load", *store, "-", given="\n".join(lines) + "\n")
    rows = json.loads(run(runner, "views", "objections", *store, "--format", "json"))["rows"]
    assert [row["targetText"] for row in rows] == [target]


def test_a_move_at_its_own_words_is_lost_alone_and_named(runner: CliRunner, tmp_path: Path) -> None:
    lines = [
        '{"id": "c1", "thread": "t", "author": "ann", "text": "No. Never. No."}',
        '{"claim": "a", "comment": "c1", "start": 0, "end": 3}',
        '{"claim": "b", "comment": "c1", "start": 11, "end": 14}',
        '{"move": "m", "kind": "Rebuttal", "source": "a", "target": "b", "comment": "c1"}',
    ]
    words = ["load", "--store", str(tmp_path / "s"), "-"]
    result = runner.invoke(main, words, input="\n".join(lines) + "\n")
    assert (result.exit_code, "1 comment: 1 claim" in result.stdout) == (1, True)
    assert ":4: error: move 'm': expected a target that says something else" in result.stderr


def test_an_author_renamed_leaves_nothing_behind(runner: CliRunner, tmp_path: Path) -> None:
    path, store = tmp_path / "t.jsonl", ["--store", str(tmp_path / "s")]
    for name in ("ann", "anna"):
        path.write_text(f'{{"id": "a", "thread": "t", "text": "Plant early.", "author": "{name}"}}\n', encoding="utf-8")
        run(runner, "load", *store, str(path))
    assert '"ann"' not in run(runner, "export", *store)


@pytest.mark.parametrize(
    ("created", "kept"),
    [
        ("2024-05-01T10:00:00+15:00", "2024-05-01T10:00:00+15:00"),
        ("2024-05-01T10:00:00.1234567890123456789Z", "2024-05-01T10:00:00.123456Z"),
        ("2024-05-01", "2024-05-01"),
    ],
)
def test_an_odd_date_keeps_its_comment(runner: CliRunner, tmp_path: Path, created: str, kept: str) -> None:
    line = f'{{"id": "a", "thread": "t", "text": "Plant early.", "created": "{created}"}}\n'
    run(runner, "load", "--store", str(tmp_path / "s"), "-", given=line)
    assert kept in run(runner, "export", "--store", str(tmp_path / "s"))


def test_replace_drops_what_the_files_no_longer_hold(runner: CliRunner, tmp_path: Path) -> None:
    path, store = tmp_path / "t.jsonl", ["--store", str(tmp_path / "s")]
    one, two = (
        '{"id": "a", "thread": "t", "text": "Plant early."}\n',
        '{"id": "b", "thread": "t", "text": "Plant late."}\n',
    )
    path.write_text(one + two, encoding="utf-8")
    run(runner, "load", *store, str(path))
    path.write_text(one, encoding="utf-8")
    assert "1 thread, 2 comments" in run(runner, "load", *store, str(path))
    assert "1 thread, 1 comment" in run(runner, "load", *store, "--replace", str(path))


def test_a_literal_in_odd_form_is_loaded_without_a_word(
    runner: CliRunner, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "odd.ttl").write_text(
        "PREFIX aif: <http://www.arg.dundee.ac.uk/aif#>\n"
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
        '<urn:n1> a aif:I-node ; aif:claimText "Slugs come at night." ; <urn:x> "soon"^^xsd:dateTime .\n',
        encoding="utf-8",
    )
    run(runner, "load", "--store", str(tmp_path / "s"), str(tmp_path / "odd.ttl"))
    assert not caplog.records


def test_standard_input_is_a_file_too(runner: CliRunner, tmp_path: Path) -> None:
    line = '{"id": "a", "thread": "t", "text": "Plant early."}\n'
    assert "1 comment" in run(runner, "load", "--store", str(tmp_path / "s"), "-", given=line)


def test_the_example_conforms(runner: CliRunner, example_store: Path) -> None:
    assert run(runner, "check", "--store", str(example_store)).endswith("conforms\n")


def test_pyshacl_finds_what_the_compiled_shapes_find(runner: CliRunner, tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "s")]
    run(runner, "load", *store, str(EXAMPLES / "dishwasher.jsonl"))  # the small one: pySHACL takes its time
    compiled, reference = (
        run(runner, "check", *store, "--engine", one, "--format", "csv") for one in ("compiled", "pyshacl")
    )
    assert compiled == reference
    assert "S12" in compiled


def test_formats_and_stats_list_what_there_is(runner: CliRunner, example_store: Path) -> None:
    assert "jsonl" in run(runner, "formats")
    counts = json.loads(run(runner, "stats", "--store", str(example_store), "--format", "json"))["rows"]
    assert {"Thread", "Comment", "Claim", "Move", "Objection", "Answer", "Quotation"} <= {
        row["class"] for row in counts
    }


LONG_TEXT_FIRST = b'{"id": "a", "text": "' + b"Too dry here. " * 6_000 + b'", "thread": "t"}\n'
GOOD = '{"id": "good", "thread": "t", "text": "The well is deep enough."}\n'


@pytest.mark.parametrize(
    ("content", "says", "status"),
    [
        pytest.param(None, "missing.jsonl", 1, id="missing file"),
        pytest.param(b"", "empty", 1, id="empty file"),
        pytest.param(b'{"id": "a"}\n', ":1:", 1, id="a record without text"),
        pytest.param(b'{"id": "a", "thread": "t", "text": "x\xff\xfey"}\n', ":1:", 0, id="invalid UTF-8"),
        pytest.param(
            b'{"id": "a", "thread": "t", "text": "x\\u0000y \\ud800"}\n', ":1:", 0, id="NUL and lone surrogate"
        ),
        pytest.param(
            b'{"id": "a", "thread": "t", "text": "Too dry.", "parent": "gone"}\n', ":1:", 0, id="absent parent"
        ),
        pytest.param(
            b'{"id": "a", "thread": "t", "text": "Dry.", "parent": "b"}\n'
            b'{"id": "b", "thread": "t", "text": "Wet.", "parent": "a"}\n',
            ":1:",
            1,
            id="reply cycle",
        ),
        pytest.param(
            b'{"id": "a", "thread": "t", "text": "Dry."}\n{"id": "a", "thread": "t", "text": "Wet."}\n',
            ":2:",
            1,
            id="two versions",
        ),
        pytest.param(b'{"id": "a b\\"<>", "thread": "t\\"{}", "text": "Too dry here."}\n', "", 0, id="odd ids"),
        pytest.param(b'{"id": "a", "thread": "t", "text": "Fine.", "created": "yesterday"}\n', "", 0, id="odd date"),
        pytest.param(
            b'{"id": "a", "thread": "t", "text": "' + b"Too dry here. " * 750_000 + b'"}\n', "", 0, id="10 MB comment"
        ),
        pytest.param(b"[" * 100_000, ":1:", 1, id="deep JSON"),
        pytest.param(
            b'# exported\n{"id": "a", "thread": "t", "text": "Dry."}\n{"id": "b", "thread": "t", "text": "Wet."}\n',
            ":1:",
            1,
            id="a first line that is no record",
        ),
        pytest.param(LONG_TEXT_FIRST, "", 0, id="a long text before its thread"),
    ],
)
def test_bad_input_is_named_and_the_rest_is_loaded(
    runner: CliRunner, tmp_path: Path, content: bytes | None, says: str, status: int
) -> None:
    bad, good = tmp_path / "missing.jsonl", tmp_path / "good.jsonl"
    if content is not None:
        bad.write_bytes(content)
    good.write_text(GOOD, encoding="utf-8")
    result = runner.invoke(main, ["load", "--store", str(tmp_path / "s"), str(bad), str(good)])
    assert result.exit_code == status, result.output
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert '"The well is deep enough."' in run(runner, "export", "--store", str(tmp_path / "s"))
    assert run(runner, "check", "--store", str(tmp_path / "s")).endswith("conforms\n")


def test_what_lies_in_a_folder_is_loaded(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "may").mkdir()
    (tmp_path / "may" / "good.jsonl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "may" / "style.css").write_text("p { color: red }", encoding="utf-8")
    result = runner.invoke(main, ["load", "--store", str(tmp_path / "s"), str(tmp_path / "may")])
    assert result.exit_code == 0, result.output
    assert "note: left out 1 file (style.css)" in result.stderr
    assert "1 comment" in result.stdout


def test_a_folder_with_nothing_to_load_is_named_and_the_rest_is_loaded(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    files = [str(tmp_path / "empty"), str(tmp_path / "good.jsonl")]
    result = runner.invoke(main, ["load", "--store", str(tmp_path / "s"), *files])
    assert result.exit_code == 1
    assert str(tmp_path / "empty") in result.stderr
    assert "1 comment" in result.stdout


def test_one_mistake_in_every_line_is_shown_so_many_times_and_then_counted(runner: CliRunner, tmp_path: Path) -> None:
    lines = [f'{{"id": "{number}", "thread": "t"}}' for number in range(60)]
    good = '{"id": "good", "thread": "t", "text": "The kettle is on."}'
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join([good, *lines]), encoding="utf-8")
    done = runner.invoke(main, ["load", "--store", str(tmp_path / "store"), str(source)])
    assert done.exit_code == 1
    assert done.stderr.count(': error: expected "text"') == 50
    assert "10 more problems of this file not shown" in done.stderr
    assert "60 errors" in done.stderr


@pytest.mark.parametrize("name", ["moves", "objections"])
def test_in_80_columns_a_view_of_many_columns_is_read_whole(runner: CliRunner, example_store: Path, name: str) -> None:
    words = ["views", name, "--store", str(example_store), "--limit", "3"]
    text = runner.invoke(main, words, env={"COLUMNS": "80"}).stdout
    found = json.loads(run(runner, *words, "--format", "json"))["rows"]
    assert max(map(len, text.splitlines())) <= 80
    paragraphs = text.split("\n\n")
    assert len(paragraphs) == len(found) == 3
    for paragraph, row in zip(paragraphs, found, strict=True):
        assert f"targetText  {' '.join(row['targetText'].split())}" in " ".join(paragraph.split("\n")).replace(
            " " * 13, " "
        ), "its target stands there in words"
    assert text.count("…") == 0
