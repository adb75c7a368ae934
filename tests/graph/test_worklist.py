"""The worklist: in which order open objections come, and what it says of those whose comment was answered in part."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from markdown_it import MarkdownIt

from rejoinder.cards import cards
from rejoinder.cli import main
from rejoinder.graph.explanations.explain import explain
from rejoinder.graph.maps.checklist import checklist, markdown_text
from rejoinder.graph.maps.neighbourhood import neighbourhood
from rejoinder.graph.queries.alike import SETTLED_STATUSES
from rejoinder.graph.queries.unanswered import (
    LEVELS,
    Entry,
    count_unanswered,
    unanswered_entries,
    unanswered_rows,
    unanswered_values,
)
from rejoinder.graph.queries.values import STATUSES, parse_time
from rejoinder.graph.queries.views import VIEWS, Row, Value, find_view, read_query, view_rows
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.graph.triples.predicates import SIOC_NAME
from rejoinder.loaders.extract import extract
from rejoinder.outline import outline
from rejoinder.records import Comment, Discussion, Kind, State, Thread, ThreadKey
from rejoinder.settings import Settings
from rejoinder.why import explanation_text
from tests import garden
from tests.api.test_pages import claim_id, client_of
from tests.maps import Line, discussion_of

R, C, GRANTED = Kind.REBUTTAL, Kind.COUNTER, Kind.CONCESSION

# All of rank 0.5 but for "sure" (0.9) and the counter "b2" (0.8).
LINES = [
    Line("taken", R, "bob", "root", 0.5),
    Line("taken2", R, "bob", "root", beside="taken"),
    Line("a1", GRANTED, "ann", "taken2"),
    Line("quiet", R, "cy", "root", 0.5),
    Line("passed", R, "dan", "root", 0.5),
    Line("s1", Kind.SUPPORT, "eve", "passed.claim"),
    Line("back", R, "flo", "root", 1.0),
    Line("a2", C, "gus", "back", 0.5),
    Line("b2", C, "flo", "a2", 0.8),
    Line("sure", R, "hal", "root", 0.9),
    Line("sure2", R, "hal", "root", 0.7, beside="sure"),
    Line("sure3", R, "hal", "root", 0.6, beside="sure"),
    Line("a3", GRANTED, "ann", "sure2"),
    Line("a4", GRANTED, "ann", "sure3"),
]


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return open_current(garden.store(tmp_path / "s", discussion_of(LINES)))


@pytest.mark.parametrize(
    ("level", "texts"),
    [
        ("U1", "b2 quiet"),
        ("U2", "sure b2 quiet passed taken"),
        ("U4", "sure b2 quiet passed back taken"),
    ],
)
def test_of_equal_ranks_the_silent_come_first_and_then_those_of_whose_comment_nothing_was_answered(
    snapshot: Snapshot, level: str, texts: str
) -> None:
    found = view_rows(
        snapshot.store, find_view("unanswered"), unanswered_values(snapshot.store, level, Settings())
    ).rows
    assert [row["text"] for row in found if row["status"] != "conceded"] == texts.split()


def test_a_row_says_how_many_others_of_its_comment_have_an_answer(snapshot: Snapshot) -> None:
    found = view_rows(snapshot.store, find_view("unanswered"), unanswered_values(snapshot.store, "U2", Settings()))
    assert {row["text"]: row["answeredBeside"] for row in found.rows} == {
        "sure": 2,
        "b2": 0,
        "quiet": 0,
        "passed": 0,
        "taken": 1,
    }
    text = cards(unanswered_entries(snapshot.store, unanswered_values(snapshot.store, "U2", Settings())).entries)
    assert text.count("a reply took up another point of this comment") == 1
    assert text.count("2 other points of this comment were taken up") == 1


def test_a_claim_and_its_explanation_say_it_too(snapshot: Snapshot) -> None:
    found = view_rows(snapshot.store, find_view("unanswered"), unanswered_values(snapshot.store, "U2", Settings())).rows
    first = next(row for row in found if row["text"] == "sure")
    move, claim = str(first["objection"]), str(first["claim"])
    counts = {node.iri: node.answered_beside for node in neighbourhood(snapshot, claim).nodes}
    assert (counts[claim], counts[move]) == (None, 2)
    assert "2 other points of this comment were taken up" in " ".join(explanation_text(explain(snapshot, move)).split())
    for client in client_of(snapshot.path.parent.parent):
        for path in (f"/claims/{move.rsplit('/', 1)[1]}", f"/claims/{claim.rsplit('/', 1)[1]}/explanation"):
            assert "2 other points of this comment were taken up" in client.get(path).text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("", []),
        ("level=U1&author=pim", ["--level", "U1", "--author", "pim"]),
        ("since=2125-01-01", ["--since", "2125-01-01"]),
        ("confidence=1", ["--confidence", "1"]),
    ],
    ids=["all", "narrowed", "none", "none so sure"],
)
def test_the_server_has_the_markdown_of_the_command_line(example_store: Path, asked: str, words: list[str]) -> None:
    store = ["--store", str(example_store)]
    printed = CliRunner().invoke(main, ["unanswered", *store, "--format", "markdown", *words]).stdout
    for client in client_of(example_store):
        response = client.get(f"/unanswered?format=markdown&{asked}")
        assert (response.text, response.mimetype) == (printed, "text/markdown")


def test_markdown_comes_in_pages_of_comments(example_store: Path) -> None:
    for client in client_of(example_store):
        whole = client.get("/unanswered?format=markdown")
        first, last = (client.get(f"/unanswered?format=markdown&rows=20&page={number}") for number in (1, 2))
        assert first.headers["Link"] == '<?format=markdown&rows=20&page=2>; rel="next"'
        assert ("Link" in whole.headers, "Link" in last.headers) == (False, False)
        boxes = [one.text.count("- [ ] ") for one in (whole, first, last)]
        assert boxes[0] == boxes[1] + boxes[2] == len(client.get("/unanswered?format=json").get_json()["rows"])


@pytest.mark.parametrize("level", list(LEVELS))
@pytest.mark.parametrize("size", [1, 3, 50])
def test_pages_of_comments_hold_each_objection_once_in_the_order_of_the_rows(
    example: Snapshot, level: str, size: int
) -> None:
    values = unanswered_values(example.store, level, Settings())
    flat = unanswered_rows(example.store, values).rows
    entries: list[Entry] = []
    for number in range(len(flat) + 1):
        page = unanswered_entries(example.store, values, most=size, offset=number * size)
        entries.extend(page.entries)
        if not page.truncated:
            break
    said = [(row["thread"], row["comment"]) for row in flat]
    assert [(entry.comment["thread"], entry.comment["comment"]) for entry in entries] == list(dict.fromkeys(said))
    assert [entry.comment["open"] for entry in entries] == [len(entry.objections) for entry in entries]
    assert [entry.comment["rank"] for entry in entries] == [entry.objections[0]["rank"] for entry in entries]
    assert sorted((row for entry in entries for row in entry.objections), key=flat.index) == list(flat)


def test_the_page_shows_a_comment_once_with_all_its_open_objections(example_store: Path) -> None:
    for client in client_of(example_store):
        flat = client.get("/unanswered?format=json").get_json()["rows"]
        many = {(row["thread"], row["comment"]) for row in flat}
        texts = [client.get(f"/unanswered?rows=7&page={n}").text for n in range(1, (len(many) + 6) // 7 + 1)]
        shown = [article for text in texts for article in text.split("<article")[1:]]
        assert len(shown) == len(many) < len(flat)
        assert [">2 objections<" in one for one in shown] == [one.count("Why?") == 2 for one in shown]
        assert sum(one.count("Why?") for one in shown) == len(flat)
        assert 'rel="next"' not in texts[-1]
        taken = [row for row in flat if row["answeredBeside"] == 1]
        assert sum(one.count("A reply took up another point") for one in shown) == len(
            {row["comment"] for row in taken}
        )


def test_who_wrote_a_comment_that_claims_nothing_is_named_where_that_is_objected_to(tmp_path: Path) -> None:
    key = ThreadKey("local", "kettle")
    said = (
        Comment(key, "1", "Kettle", author="mia"),
        Comment(key, "2", "That is wrong, it is a pan.", parent="1", author="tom"),
    )
    thread = Discussion(Thread(key), said)
    store = open_current(garden.store(tmp_path / "s", (thread, extract(thread)))).store
    (row,) = view_rows(store, find_view("unanswered"), unanswered_values(store, "U2", Settings())).rows
    assert (row["targetText"], row["targetAuthor"]) == ("Kettle", "mia")


SAME = [Line("one", R, "bob", "root", 0.8), Line("two", R, "cy", "root", 0.7), Line("three", R, "dan", "root", 0.6)]


@pytest.mark.parametrize(
    ("lines", "filters", "texts"),
    [
        ([], {}, "one three"),
        ([], {"author": "cy"}, "two"),
        ([], {"confidence": 0.85}, ""),
        ([Line("back", GRANTED, "bob", "one")], {}, "two three"),
    ],
)
def test_of_those_that_a_person_says_are_the_same_one_is_listed(
    tmp_path: Path, lines: list[Line], filters: dict[str, Value], texts: str
) -> None:
    folder = garden.store(tmp_path / "s", discussion_of(SAME + lines, same=[("one", "two")]))
    store = open_current(folder).store
    values = unanswered_values(store, "U2", Settings())
    values |= {name: author_of(store, one) if isinstance(one, str) else one for name, one in filters.items()}
    found = unanswered_rows(store, values).rows
    assert " ".join(str(row["text"]) for row in found) == texts
    assert [row["saidAgain"] for row in found if row["text"] == "one"] == [1] * texts.count("one")
    counted = count_unanswered(store, values)
    assert (
        (counted.listed, counted.comments)
        == (len(found), len(unanswered_entries(store, values).entries))
        == (len(texts.split()),) * 2
    )
    if not filters:
        assert {row["open"] for row in view_rows(store, find_view("threads"), {}).rows} == {len(found)}
        assert {row["open"] for row in view_rows(store, find_view("owed"), {}).rows} == {len(found)}


# "o" objects to two things at once, and is once more what answers "a", which objected to it.
AT_ONCE = [
    Line("p", R, "dan", "root", 0.7),
    Line("o", R, "bob", "root", 0.8),
    Line("o-p", C, "bob", "p", 0.6, words_of="o"),
    Line("o-s", R, "bob", "p.claim", 0.55, words_of="o"),
]


@pytest.mark.parametrize(
    ("lines", "filters", "also"),
    [
        pytest.param([], {}, {"o": ["p", "p"]}, id="the surest stands for all"),
        pytest.param([Line("a", GRANTED, "ann", "o")], {}, {"o": ["p"]}, id="of those that nobody answered"),
        pytest.param([], {"owed": "dan"}, {"o": ["p", "root"]}, id="of those that somebody owes"),
        pytest.param([], {"confidence": 0.7}, {"o": ["p", "p"]}, id="less sure ones too"),
        pytest.param(
            [Line(f"a{one}", GRANTED, who, one) for one, who in (("o", "ann"), ("o-p", "dan"), ("o-s", "dan"))],
            {},
            {},
            id="none",
        ),
    ],
)
def test_the_same_words_against_several_things_are_one_entry(
    tmp_path: Path, lines: list[Line], filters: dict[str, Value], also: dict[str, list[str]]
) -> None:
    folder = garden.store(tmp_path / "s", discussion_of(AT_ONCE + lines))
    store = open_current(folder).store
    values = unanswered_values(store, "U2", Settings())
    values |= {name: author_of(store, one) if isinstance(one, str) else one for name, one in filters.items()}
    shown = [row for row in unanswered_rows(store, values).rows if row["text"] == "o"]
    assert {row["text"]: sorted(str(row["alsoTargetTexts"]).split("\n")) for row in shown} == also
    assert all(row["saidAgain"] == 0 for row in shown), "nobody said it again"
    counted, entries = count_unanswered(store, values), unanswered_entries(store, values).entries
    assert counted.listed == len(unanswered_rows(store, values).rows) == sum(len(one.objections) for one in entries)
    told = [[str(other["targetText"]) for other in entry.others(row)] for entry in entries for row in shown]
    assert [sorted(one) for one in told if one] == [*also.values()]


@pytest.mark.parametrize(
    ("level", "filters", "changes", "texts"),
    [
        pytest.param("U2", {}, {}, "one", id="the first stands for both"),
        pytest.param("U2", {"since": "2024-02-01"}, {}, "two", id="the first is too old"),
        pytest.param("U2", {"since": "2024-02-01"}, {"one": {"created": "2024-02-02"}}, "one", id="a day alone"),
        pytest.param("U2", {"since": "2024-02-01"}, {"one": {"created": None}}, "two", id="the first has no date"),
        pytest.param("U5", {}, {}, "one", id="open for long"),
        pytest.param("U5", {}, {"one": {"states": (State.RESOLVED,)}}, "two", id="the first is resolved"),
    ],
)
def test_a_filter_that_leaves_out_the_first_lets_one_that_repeats_it_stand(
    tmp_path: Path, level: str, filters: dict[str, str], changes: dict[str, dict[str, Any]], texts: str
) -> None:
    lines = [*SAME[:2], Line("q", Kind.QUESTION, "ann", "root", replies=False)]
    discussion, argument = discussion_of(lines, same=[("one", "two")])
    dates = {"one": "2024-01-01T00:00:00Z", "two": "2024-03-01T00:00:00Z", "q": "2024-06-01T00:00:00Z"}
    said = tuple(replace(comment, created=dates.get(comment.id)) for comment in discussion.comments)
    said = tuple(replace(comment, **changes.get(comment.id, {})) for comment in said)
    whole = Discussion(replace(discussion.thread, declared_comments=len(said)), said)
    store = open_current(garden.store(tmp_path / "s", (whole, argument))).store
    values = unanswered_values(store, level, Settings()) | {
        name: parse_time(name, one) for name, one in filters.items()
    }
    found = unanswered_rows(store, values).rows
    assert [row["text"] for row in found] == texts.split()
    assert (count_unanswered(store, values).listed, len(unanswered_entries(store, values).entries)) == (1, 1)


def test_whoever_reads_the_list_is_told_all_that_the_same_words_object_to(tmp_path: Path) -> None:
    folder = garden.store(tmp_path / "s", discussion_of(AT_ONCE))
    entries = unanswered_entries(open_current(folder).store, {}).entries
    assert "→ ann: “root”\n   → also in answer to dan: “p”\n   → also dan: “p”" in cards(entries)
    assert "also in answer to **dan**: “p”" in checklist(entries)
    for client in client_of(folder):
        pages = [re.sub("<[^>]*>", " ", client.get(path).text) for path in ("/unanswered", "/threads/test/t")]
        worked, brief = (" ".join(page.split()) for page in pages)
        assert "against ann root also in answer to dan p also against dan p" in worked
        assert "”, and 2 more" in brief


def test_at_level_u5_a_settled_objection_stands_for_none_that_is_open(tmp_path: Path) -> None:
    discussion, argument = discussion_of([*AT_ONCE, Line("q", Kind.QUESTION, "ann", "o", replies=False)])
    dated = tuple(
        replace(comment, created="2024-03-01T00:00:00Z" if comment.id == "q" else "2024-01-01T00:00:00Z")
        for comment in discussion.comments
    )
    whole = Discussion(replace(discussion.thread, declared_comments=len(dated)), dated)
    store = open_current(garden.store(tmp_path / "s", (whole, argument))).store
    values = unanswered_values(store, "U5", Settings())
    found = unanswered_rows(store, values).rows
    assert [(row["text"], row["kind"], row["alsoTargetTexts"]) for row in found] == [("o", "Counter", "p")]
    assert (count_unanswered(store, values).listed, len(unanswered_entries(store, values).entries)) == (1, 1)


def test_what_level_u5_leaves_out_is_the_same_in_all_lists_and_beside_them() -> None:
    lists = re.compile(r"NOT IN \(([^)]*)\)\) # \[before\]$", re.MULTILINE)
    found = {
        name: [frozenset(re.findall('"([a-z-]+)"', one)) for one in lists.findall(read_query(name).text)]
        for name in VIEWS
    }
    assert {name: one for name, one in found.items() if one} == {
        name: [SETTLED_STATUSES, SETTLED_STATUSES] for name in ("unanswered", "waiting", "tally")
    }
    assert SETTLED_STATUSES.issubset(STATUSES)


def author_of(store: ox.Store, name: str) -> ox.NamedNode:
    quads = store.quads_for_pattern(None, ox.NamedNode(SIOC_NAME), ox.Literal(name))
    found = next(quad.subject for quad in quads)
    assert isinstance(found, ox.NamedNode)
    return found


MIXED = [
    Line("granted", R, "bob", "root", 0.95),
    Line("yes", Kind.CONCESSION, "ann", "granted"),
    Line("asked", R, "cy", "root", 0.9),
    Line("back", Kind.QUESTION, "ann", "asked"),
    Line("doubtful", R, "dan", "root", 0.45),
    Line("open", R, "eve", "root", 0.6),
    Line("why", Kind.SUPPORT, "flo", "root", 0.99),
]
ORDER = ["open", "doubtful", "asked", "granted"]
FOLDED = ["open", "asked", "granted", "doubtful"]  # on pages what does not count stands below, folded away


def test_the_open_objections_to_a_claim_stand_on_top_by_rank(tmp_path: Path) -> None:
    folder = garden.store(tmp_path / "s", discussion_of(MIXED))
    for client in client_of(folder):
        name = claim_id(client, "root")
        for path in (f"/claims/{name}", f"/embed/claims/{name}"):
            part = client.get(path).text.partition('id="s-objection"')[2].partition("</section>")[0]
            assert [one for one in re.findall(r'<bdi dir="auto">(\w+)</bdi></a></p>', part) if one in ORDER] == FOLDED
        snapshot = open_current(folder)
        text = outline(neighbourhood(snapshot, f"{snapshot.base}claim/{name}"))
        assert [one for one in re.findall(r"“(\w+)”", text) if one in ORDER] == ORDER


MARKED: dict[str, Row] = {
    "comment": {"author": "a_b", "created": "2025-03-03", "threadTitle": "Fees [2]", "link": "https://f.example/<1>"},
    "found": {
        "text": "*No*,\nsee #3.",
        "status": "silent",
        "confidence": 0.8,
        "judgement": None,
        "coverage": "unknown",
    },
    "against": {"kind": "Counter", "targetAuthor": None, "targetText": "Yes <b>"},
    "reason": {"author": "a_b", "reason": "It is `late`.", "reasonFrom": "support"},
    "judged": {"author": "Cy", "judgement": "urn:j", "cue": "judged by Ana", "because": "so", "coverage": "complete"},
}


def test_as_markdown_each_open_objection_has_a_box_and_its_words_as_they_are() -> None:
    first = {**MARKED["found"], **MARKED["against"], **MARKED["reason"]}
    entry = Entry(MARKED["comment"], (first, {**first, **MARKED["judged"], "reason": None}))
    assert checklist([entry]).splitlines() == [
        "**a\\_b**, 2025-03-03, in [Fees \\[2\\]](<https://f.example/%3C1%3E>):",
        "",
        "- [ ] “\\*No\\*, see \\#3.”  ",
        "  reason given: “It is \\`late\\`.”  ",
        "  in answer to **somebody unknown**: “Yes \\<b\\>”  ",
        "  silent: no reply at all; 80% sure it objects",
        "- [ ] “\\*No\\*, see \\#3.”  ",
        "  in answer to **somebody unknown**: “Yes \\<b\\>”  ",
        "  silent: no reply at all; judged by Ana: so, by Cy",
        "",
        "Some of these threads may not be loaded completely: an answer may exist that is not known here.",
    ]


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ({"targetText": None, "targetAuthor": None}, "against the post, which was not loaded"),
        ({"targetText": "", "targetAuthor": "a*"}, "against a deleted comment by a\\*"),
    ],
)
def test_as_markdown_what_has_no_words_is_objected_to_all_the_same(targets: Row, said: str) -> None:
    row = {**MARKED["found"], **MARKED["reason"], **targets, "kind": "Rebuttal", "reason": None}
    assert f"\n  {said}  \n" in checklist([Entry(MARKED["comment"], (row,))])


def test_as_markdown_paragraphs_of_a_dump_share_their_head() -> None:
    row = {**MARKED["found"], **MARKED["against"], **MARKED["reason"], "reason": None}
    entry, other = (Entry({**MARKED["comment"], "created": day}, (row,)) for day in (None, "2025-03-04"))
    text = checklist([entry, entry, other, entry])
    assert (text.count("- [ ] "), text.count("**a\\_b**")) == (4, 3)
    assert "objects\n- [ ] " in text


@pytest.mark.parametrize(
    "text", ["# a", "> b", "![c](http://c.example)", "&amp; <i>d</i>", "~~e~~ | *f* _g_ `h`", "\\*"]
)
def test_what_is_written_as_markdown_reads_as_it_was(text: str) -> None:
    (inline,) = MarkdownIt().parseInline(f"“{markdown_text(text)}”")
    assert "".join(child.content for child in inline.children or ()) == f"“{text}”"


def test_markdown_has_the_comments_of_the_table(example_store: Path, runner: CliRunner) -> None:
    done = runner.invoke(main, ["unanswered", "--store", str(example_store), "--format", "markdown", "--limit", "3"])
    store = open_current(example_store).store
    entry_page = unanswered_entries(store, unanswered_values(store, "U2", Settings()), most=3)
    assert done.stdout.count("- [ ] “") == sum(len(entry.objections) for entry in entry_page.entries)
    assert done.stdout.count("**, 2025-") == 3
    assert "--confidence 0 lists them" in done.stderr


@pytest.fixture(scope="module")
def client(example_store: Path) -> Iterator[FlaskClient]:
    yield from client_of(example_store)


@pytest.mark.parametrize("since", ["2025-03-08", "2025-03-08T12:00:00Z", "2025-03-08T13:00:00+01:00", "2030-01-01"])
def test_since_a_day_or_time_only_what_was_written_then_or_later_is_listed(
    client: FlaskClient, example_store: Path, runner: CliRunner, since: str
) -> None:
    start = datetime.fromisoformat(since).astimezone(UTC) if "T" in since else datetime.fromisoformat(f"{since}T00:00Z")
    every = client.get("/unanswered?format=json").get_json()["rows"]
    late = [row for row in every if row["created"] and datetime.fromisoformat(row["created"]) >= start]
    answer = client.get("/unanswered", query_string={"format": "json", "since": since}).get_json()
    assert answer["rows"] == late
    page = client.get("/unanswered", query_string={"since": since}, headers={"Accept": "text/html"}).text
    assert not late or f"<strong>{len(late)} objections</strong>" in page
    assert f'name="since" value="{since[:10]}"' in page
    words = ["unanswered", "--store", str(example_store), "--format", "json", "--since", since]
    assert json.loads(runner.invoke(main, words).stdout)["rows"] == late


DATED = {
    "day": "2025-03-08",
    "before": "2025-03-07",
    "time": "2025-03-08T00:00:00Z",
    "east": "2025-03-08T00:30:00+01:00",
    "nowhere": "2025-03-08T00:00:00",
    "none": None,
}


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one thread in which comments have days, times of all kinds, or nothing."""
    folder = tmp_path_factory.mktemp("dated")
    said = "No, that is wrong: the old boiler does not leak at all."
    first = {"id": "1", "thread": "t", "author": "Ann", "text": "We should buy a new boiler before the winter."}
    lines: list[dict[str, str | None]] = [{**first}]
    for name, created in DATED.items():
        lines.append({"id": name, "thread": "t", "parent": "1", "author": name, "text": said, "created": created})
    (folder / "t.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    CliRunner().invoke(main, ["load", "--store", str(folder / "s"), str(folder / "t.jsonl")])
    return folder / "s"


def test_of_days_the_beginning_counts_and_what_has_no_date_is_left_out(dated: Path, runner: CliRunner) -> None:
    words = ["unanswered", "--store", str(dated), "--format", "json", "--confidence", "0.3", "--since", "2025-03-08"]
    found = json.loads(runner.invoke(main, words).stdout)["rows"]
    assert {row["comment"] for row in found} == {"day", "time", "nowhere"}


@pytest.mark.parametrize("path", ["/unanswered", "/claims"])
def test_a_day_without_a_time_stands_in_lists_too(dated: Path, path: str) -> None:
    for client in client_of(dated):
        rows = client.get(path, query_string={"format": "json"}).get_json()["rows"]
        assert {row["comment"]: row["created"] for row in rows}["day"] == "2025-03-08"
        page = client.get(path, headers={"Accept": "text/html"}).text
        assert '<time datetime="2025-03-08" title="2025-03-08"><bdi dir="auto">8 March 2025</bdi></time>' in page


@pytest.mark.parametrize("since", ["2025-03", "2025-02-30", "yesterday", "2025-03-08 12:00"])
def test_what_is_no_day_and_no_time_is_an_error(
    client: FlaskClient, example_store: Path, runner: CliRunner, since: str
) -> None:
    told = f"since: expected a day or time such as 2025-01-31 or 2025-01-31T09:30:00Z, got {since!r}"
    answer = client.get("/unanswered", query_string={"format": "json", "since": since})
    assert (answer.status_code, answer.get_json()["detail"]) == (400, told)
    done = runner.invoke(main, ["unanswered", "--store", str(example_store), "--since", since])
    assert (done.exit_code, done.stderr) == (1, f"Error: --{told}\n")


def test_what_is_since_then_is_counted_and_grouped_alike(example_store: Path) -> None:
    store = open_current(example_store).store
    values = {**unanswered_values(store, "U2", Settings()), "since": parse_time("since", "2025-03-05")}
    waiting = unanswered_entries(store, values).entries
    assert count_unanswered(store, values).comments == len(waiting) > 1
    found = view_rows(store, find_view("unanswered"), values).rows
    assert count_unanswered(store, values).listed == sum(len(entry.objections) for entry in waiting) == len(found)
