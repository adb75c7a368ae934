"""Numbers of objections: what a list leaves out is said beside it, and every page, command and format counts alike."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from rejoinder.cli import main
from rejoinder.graph.maps.wording import NO_MOVES_NOTE
from rejoinder.graph.queries.unanswered import LEVELS, Tally, count_unanswered, unanswered_values
from rejoinder.graph.queries.views import Value, find_view, view_rows
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.records import Kind
from rejoinder.settings import Settings
from tests import garden
from tests.api.test_pages import claim_id, client_of
from tests.maps import Line, discussion_of

R = Kind.REBUTTAL


@pytest.fixture(scope="module")
def client(example_store: Path) -> Iterator[FlaskClient]:
    yield from client_of(example_store)


def seen(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


@pytest.mark.parametrize("level", list(LEVELS))
@pytest.mark.parametrize("least", [0, 0.3, 0.5, 0.7, 1])
def test_what_is_counted_is_what_is_listed_and_what_would_be_with_everything(
    example: Snapshot, level: str, least: float
) -> None:
    values = {**unanswered_values(example.store, level, Settings()), "confidence": least}
    listed, every = (
        len(view_rows(example.store, find_view("unanswered"), {**values, "confidence": one}).rows) for one in (least, 0)
    )
    comments = len(view_rows(example.store, find_view("waiting"), values).rows)
    assert count_unanswered(example.store, values) == Tally(listed, every - listed, comments)


@pytest.mark.parametrize("name", ["thread", "author", "owed"])
def test_it_is_counted_within_the_same_thread_author_and_debtor(example: Snapshot, name: str) -> None:
    query = {"thread": "?x a rj:Thread", "author": "?o rj:raisedBy ?x", "owed": "?o rj:owedBy ?x"}[name]
    found = example.store.query(
        f"PREFIX rj: <https://w3id.org/rejoinder/ns#> SELECT DISTINCT ?x {{ {query} }}",
        use_default_graph_as_union=True,
    )
    counts = []
    for one in found:  # type: ignore[union-attr]
        values: dict[str, Value] = {name: one["x"], "confidence": 0}
        both = count_unanswered(example.store, {**values, "confidence": 0.5})
        counts.append(both.listed + both.less_sure)
        assert counts[-1] == len(view_rows(example.store, find_view("unanswered"), values).rows)
    assert len(counts) > 1
    assert max(counts) > 1


@pytest.mark.parametrize("query", ["", "&level=U4", "&confidence=0.7", "&author=desk_ghost"])
def test_a_listing_says_how_many_are_less_sure_and_leads_to_them(client: FlaskClient, query: str) -> None:
    everything = query.replace("&confidence=0.7", "") + "&confidence=0"
    listed, every = (client.get(f"/unanswered?format=json{one}").get_json() for one in (query, everything))
    more = len(every["rows"]) - len(listed["rows"])
    assert listed["lessSure"] == more > 0 == every["lessSure"]
    assert client.get(f"/unanswered?format=csv{query}").headers["X-Rejoinder-Less-Sure"] == str(more)
    page = client.get(f"/unanswered?rows=2&page=2{query}").text
    assert f"{more} others are less likely to be objections: show them too" in seen(page)
    address = re.search(r'<a href="([^"]*)">show them', page)
    assert address
    wider = client.get("/unanswered" + address[1].replace("&amp;", "&").replace("rows=2", "format=json")).get_json()
    assert (len(wider["rows"]), wider["lessSure"]) == (len(listed["rows"]) + more, 0)
    assert "less likely to be" not in client.get("/unanswered?confidence=0").text


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_the_command_says_it_where_rows_stay_readable(runner: CliRunner, example_store: Path, form: str) -> None:
    command = ["unanswered", "--store", str(example_store), "--format", form]
    found = runner.invoke(main, command)
    more = len(listed(runner, example_store, 0)) - len(listed(runner, example_store, 0.5))
    assert found.stderr == f"({more} others are less likely to be objections; --confidence 0 lists them too)\n"
    assert "less likely" not in found.stdout
    assert runner.invoke(main, [*command, "--confidence", "0"]).stderr == ""
    if form == "json":
        assert json.loads(found.stdout)["lessSure"] == more


def listed(runner: CliRunner, store: Path, least: float) -> list[dict[str, object]]:
    """The unanswered objections that are at least so sure."""
    command = ["unanswered", "--store", str(store), "--format", "json", "--confidence", str(least)]
    return list(json.loads(runner.invoke(main, command).stdout)["rows"])


def test_where_all_are_less_sure_nobody_is_told_that_there_is_nothing(runner: CliRunner, tmp_path: Path) -> None:
    folder = garden.store(tmp_path / "s", discussion_of([Line("no", R, "bob", "root", 0.48)]))
    claim = str(listed(runner, folder, 0)[0]["claim"]).rsplit("/", 1)[-1][:12]
    found = runner.invoke(main, ["unanswered", "--store", str(folder)])
    assert (found.stdout, found.stderr) == (
        "no open objection that is sure enough\n\n"
        "Less sure. Any of these may not be an objection, so none is counted.\n\n"
        "? bob\n   U1 silent · rank 0.48\n   “no”\n   → ann: “root”\n"
        "   rule, 48% sure, because: test; claim " + claim + "\n\n"
        "1 of 1 stand in threads of unknown or partial coverage: an answer may exist that was not loaded.\n",
        "",
    )


LESS_SURE = "Less sure Any of these may not be an objection, so none is counted."


def test_where_nothing_is_listed_the_likeliest_of_the_rest_are_shown_apart(runner: CliRunner, tmp_path: Path) -> None:
    """Five at most, none below .3, none counted; on all pages, in the table and in JSON."""
    lines = [Line(f"w{sure}", R, f"p{sure}", "root", sure / 100) for sure in (29, 30, 31, 33, 42, 44, 48)]
    folder = garden.store(tmp_path / "s", discussion_of(lines))
    wanted = ["w48", "w44", "w42", "w33", "w31"]
    command = ["unanswered", "--store", str(folder)]
    table = runner.invoke(main, command)
    assert re.findall(r"“(w\d+)”", table.stdout) == wanted
    assert table.stderr == "(2 others are even less likely to be objections; --confidence 0 lists them too)\n"
    told = runner.invoke(main, [*command, "--format", "json"])
    assert told.stderr == "(7 others are less likely to be objections; --confidence 0 lists them too)\n"
    documents = [json.loads(told.stdout)]
    for client in client_of(folder):
        documents.append(client.get("/unanswered?format=json").get_json())
        (thread,) = client.get("/threads?format=json").get_json()["rows"]
        pages = ["/", "/unanswered", thread["thread"].replace("https://rejoinder.example/thread", "/threads")]
        for page in pages:
            before, apart, after = seen(client.get(page).text).partition(LESS_SURE)
            assert apart
            assert "2 others are even less likely to be objections: show them too" in after
            assert "No objection" in before
            listed = re.findall(r"\bw\d\d\b", after.partition("2 others are")[0])
            assert [one for one, other in zip(listed, ["", *listed], strict=False) if one != other] == wanted
        for above in (0.3, 0.2):
            assert "Less sure" not in client.get(f"/unanswered?confidence={above}").text
    for one in documents:
        assert (one["rows"], one["lessSure"]) == ([], 7)
        assert [row["text"] for row in one["likeliest"]] == wanted


def test_where_there_is_none_at_all_nothing_is_said_of_sureness(runner: CliRunner, tmp_path: Path) -> None:
    folder = garden.store(tmp_path / "s", discussion_of([Line("yes", Kind.SUPPORT, "bob", "root", 0.9)]))
    found = runner.invoke(main, ["unanswered", "--store", str(folder)])
    assert (found.stdout, found.stderr) == ("no open objection\n", "")


def test_what_is_less_sure_is_not_shown_beside_what_is_listed(runner: CliRunner, tmp_path: Path) -> None:
    lines = [Line("a", R, "bob", "root", 0.45), Line("b", R, "cy", "root", 0.6)]
    folder = garden.store(tmp_path / "s", discussion_of(lines))
    for client in client_of(folder):
        assert client.get("/unanswered?format=json").get_json()["likeliest"] == []
        assert LESS_SURE not in seen(client.get("/").text)
    assert "less likely" not in runner.invoke(main, ["unanswered", "--store", str(folder)]).stdout


def test_home_threads_claims_embeds_and_commands_count_alike(
    client: FlaskClient, runner: CliRunner, example_store: Path
) -> None:
    threads = client.get("/threads?format=json").get_json()["rows"]
    raised, waiting = (sum(row[name] for row in threads) for name in ("objections", "open"))
    home = seen(client.get("/").text)
    assert f"objections {raised} unaddressed {waiting}" in home
    assert "possible objections" not in home
    stats = json.loads(runner.invoke(main, ["stats", "--store", str(example_store), "--format", "json"]).stdout)
    assert next(row["sure"] for row in stats["rows"] if row["class"] == "Objection") == raised
    assert len(client.get("/unanswered?format=json").get_json()["rows"]) == waiting
    for row in threads:
        page = seen(client.get("/threads/" + row["thread"].partition("/thread/")[2]).text)
        assert f"{row['open']} unaddressed objection" in page


def test_home_says_of_one_that_it_is_one(tmp_path: Path) -> None:
    for client in client_of(garden.store(tmp_path / "s", discussion_of([Line("no", R, "bob", "root", 0.9)]))):
        assert "thread 1 comments 2 claims 2 move 1 objection 1 unaddressed 1" in seen(client.get("/").text)


def test_a_claim_counts_as_its_list_and_its_heading_do(client: FlaskClient) -> None:
    unsure = 0
    for row in client.get("/claims?format=json&rows=60").get_json()["rows"]:
        name = row["claim"].rsplit("/", 1)[1]
        for path in (f"/claims/{name}?limit=1000", f"/embed/claims/{name}?limit=1000"):
            text = seen(client.get(path).text)
            heading = re.search(r" Objections (\d+)( · \d+ less sure)?", text)
            assert int(heading[1] if heading else 0) == row["objections"]
            unsure += bool(heading and heading[2])
            assert f"{row['objections']} objection" in text or not row["objections"]
    assert unsure


@pytest.mark.parametrize("setting", [0.4, 0.5, 0.9])
def test_the_line_is_the_setting_throughout(tmp_path: Path, setting: float) -> None:
    lines = [Line("a", R, "bob", "root", 0.45), Line("b", R, "cy", "root", 0.6), Line("c", R, "dan", "root", 0.95)]
    settings = Settings(objection_threshold=setting)
    count = sum(line.confidence >= setting for line in lines)
    folder = garden.store(tmp_path / "s", discussion_of(lines), settings=settings)
    for client in client_of(folder, settings):
        (thread,) = client.get("/threads?format=json").get_json()["rows"]
        assert (thread["objections"], thread["open"]) == (count, count)
        assert f"objection{'' if count == 1 else 's'} {count} unaddressed {count}" in seen(client.get("/").text)
        page = client.get(thread["thread"].replace("https://rejoinder.example/thread", "/threads")).text
        assert f"{count} unaddressed objection" in seen(page)
        text = client.get(f"/claims/{claim_id(client, 'root')}").text
        assert f"Objections {count}" in seen(text)
        assert text.partition("<aside")[0].count(", unsure") == 3 - count
        form = client.get("/sparql", headers={"Accept": "text/html"}).text
        query = html.unescape(form.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0])
        answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "application/json"})
        assert len(answer.get_json()["results"]["bindings"]) == count


@pytest.mark.parametrize(
    ("lines", "badge", "told", "untold"),
    [
        ([], "settled", ["● stands", NO_MOVES_NOTE], ["no objection to it", "0 objections", "on balance"]),
        (
            [Line("a", R, "bob", "root", 0.4), Line("b", R, "cy", "root", 0.4)],
            "between badge--faint",
            ["○ defeated, unsure", "Only objections to it that are too unsure to be counted stand."],
            ["0 objections", "weak on balance", "At least one objection"],
        ),
        (
            [Line("a", R, "bob", "root", 0.9)],
            "open",
            [
                "○ defeated",
                "neither strong nor weak on balance",
                "1 objection, 1 unaddressed",
                "At least one objection to it stands.",
            ],
            ["defeated, unsure", "Nobody objects"],
        ),
        ([Line("a", Kind.SUPPORT, "bob", "root", 0.9)], "settled", ["● stands", "strong on balance"], ["moderate"]),
    ],
    ids=["nothing", "unsure", "sure", "support"],
)
def test_a_claim_says_once_how_it_stands_and_how_surely(
    tmp_path: Path, lines: list[Line], badge: str, told: list[str], untold: list[str]
) -> None:
    for client in client_of(garden.store(tmp_path / "s", discussion_of(lines))):
        text = client.get(f"/claims/{claim_id(client, 'root')}").text.partition('<details class="glossary">')[0]
        assert f'<a class="badge badge--{badge}" ' in text.partition('<header class="claim">')[2]
        assert [one for one in told if one not in seen(text)] == []
        assert [one for one in untold if one in seen(text)] == []


@pytest.mark.parametrize("size", [1, 7, 100])
@pytest.mark.parametrize("name", ["claims", "moves"])
def test_pages_of_a_view_are_the_whole_of_it_in_its_order(example: Snapshot, name: str, size: int) -> None:
    whole = view_rows(example.store, find_view(name), {}).rows
    size = size if size > 1 or name == "claims" else 3
    paged = [
        row
        for start in range(0, len(whole), size)
        for row in view_rows(example.store, find_view(name), {"offset": start}, most=size).rows
    ]
    assert paged == list(whole)
    assert len({json.dumps(row) for row in whole}) == len(whole) > 100


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (None, "1 less sure objection “ a ”"),
        (Kind.REBUTTAL, "2 less sure objections “ a ”"),
        (Kind.SUPPORT, "2 less sure moves, 1 objection among them “ a ”"),
    ],
)
def test_moves_that_do_not_count_are_folded_away_and_counted(tmp_path: Path, more: Kind | None, words: str) -> None:
    lines = [Line("a", R, "bob", "root", 0.45), Line("c", R, "bob", "root", 0.6, beside="a")]
    lines += [Line("b", more, "bob", "root", 0.3, beside="a")] if more else []
    for client in client_of(garden.store(tmp_path / "s", discussion_of(lines))):
        (thread,) = client.get("/threads?format=json").get_json()["rows"]
        page = client.get(thread["thread"].replace("https://rejoinder.example/thread", "/threads")).text
        before, _, folded = page.partition("<article")[2].partition('<details class="unsure">')
        assert seen(folded).startswith(words)
        assert re.findall(r"\d+% sure", before) == ["60% sure"]
        assert re.findall(r"\d+% sure", folded.partition("</details>")[0]) == ["45% sure", "30% sure"][: 1 + bool(more)]


@pytest.mark.parametrize(
    ("sure", "told"), [(0.499, "49%"), (0.496, "49%"), (0.5, "50%"), (0.999, "99%"), (0.004, "<1%"), (1, "100%")]
)
def test_a_confidence_is_never_rounded_across_the_line_nor_to_all_or_nothing(
    tmp_path: Path, runner: CliRunner, sure: float, told: str
) -> None:
    store = garden.store(tmp_path / "s", discussion_of([Line("a", R, "bob", "root", sure)]))
    for client in client_of(store):
        (row,) = client.get("/unanswered?confidence=0&format=json").get_json()["rows"]
        move = row["objection"].rsplit("/", 1)[-1]
        pages = (f"/claims/{move}", f"/claims/{move}/explanation", "/unanswered?confidence=0")
        texts = [html.unescape(seen(client.get(page).text)) for page in pages]
    commands = (["show", move], ["explain", move], ["unanswered", "--confidence", "0"])
    texts += [runner.invoke(main, [*command, "--store", str(store)]).output for command in commands]
    assert [one for one in texts if f"{told} sure" not in one and f"{told}: " not in one] == []
    steps = {float(one) for text in texts for one in re.findall(r"\d\.\d{3,}", text)} - {row["rank"], sure}
    assert steps & {0.0, 0.5, 1.0} == set()
    table = runner.invoke(main, ["views", "moves", "--store", str(store)]).output
    assert f"confidence  {sure}\n" in table
