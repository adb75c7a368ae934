"""Why a claim or move is in the map, as text, JSON and pages; explanations that are hostile or broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from rejoinder import __version__
from rejoinder.cli import main
from rejoinder.graph.explanations import choosing
from rejoinder.graph.explanations.explain import explain, move_whys
from rejoinder.graph.explanations.extraction_notes import Alternative
from rejoinder.graph.explanations.reasons import LONGEST_TEXT, MOST_COMPLAINTS, MOST_LISTED, read_reasons
from rejoinder.graph.explanations.whys import ClaimWhy, MoveWhy
from rejoinder.graph.maps.neighbourhood import neighbourhood
from rejoinder.graph.maps.wording import NO_MOVES_NOTE
from rejoinder.graph.queries.views import find_view, view_rows
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.graph.triples.terms import TYPE, rj
from rejoinder.load import load
from rejoinder.outline import outline
from rejoinder.records import Kind
from rejoinder.settings import Settings
from rejoinder.why import explanation_text as as_text
from tests import garden, live, night_tram
from tests.api.test_pages import Seen, client_of
from tests.maps import Line, discussion_of

FOLDER = Path(__file__).parent / "explained"
DOCS = Path(__file__).parents[2] / "docs"
BASE = Settings().base
WIDE = {"COLUMNS": "90"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    threads = (night_tram.night_tram(), night_tram.bakery_stop(), night_tram.ticket_forum())
    return garden.store(tmp_path_factory.mktemp("tram") / "s", *threads)


@pytest.fixture(scope="module")
def snapshot(folder: Path) -> Snapshot:
    return open_current(folder)


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    yield from client_of(folder)


def run(runner: CliRunner, folder: Path, *words: str, status: int = 0) -> str:
    done = runner.invoke(main, ["explain", "--store", str(folder), *words], env=WIDE)
    assert done.exit_code == status, done.output
    return done.output


def made(thread: Any, kind: Kind, cue: str | None = None) -> str:
    """The id of the first move of that kind, and that cue, in the map of a thread."""
    moves = thread[1].moves
    return str(next(move.id for move in moves if move.kind == kind and cue in (None, move.cue)))


OBJECTION = made(night_tram.night_tram(), Kind.REBUTTAL, "nobody")
COUNTER = made(night_tram.night_tram(), Kind.COUNTER)
UNSEEN = made(night_tram.night_tram(), Kind.REBUTTAL, "should")
SUPPORT = made(night_tram.night_tram(), Kind.SUPPORT)
QUESTION = made(night_tram.night_tram(), Kind.QUESTION, "?")
BY_HAND = made(night_tram.night_tram(), Kind.QUESTION, "by hand")
STATED = made(night_tram.bakery_stop(), Kind.REBUTTAL)
ACCEPTED = made(night_tram.ticket_forum(), Kind.ANSWER, "accepted answer")
LIKED = made(night_tram.ticket_forum(), Kind.SUPPORT, "+1")
MOVES = {
    "objection": OBJECTION,
    "counter": COUNTER,
    "unseen": UNSEEN,
    "support": SUPPORT,
    "question": QUESTION,
    "by-hand": BY_HAND,
    "stated": STATED,
    "accepted": ACCEPTED,
    "liked": LIKED,
}
NIGHT = night_tram.NIGHT.id


def why(snapshot: Snapshot, name: str) -> MoveWhy:
    found = explain(snapshot, f"{BASE}move/{name}")
    assert isinstance(found, MoveWhy)
    return found


@pytest.mark.parametrize(
    ("name", "origin", "reason"),
    [
        ("objection", "extractor", "found by a rule about wording (nobody); likely, 82%"),
        ("counter", "extractor", "found by a statistical model (no noise); more likely than not, 64%"),
        ("support", "extractor", "read off the structure of the thread (next sentence); more likely than not, 60%"),
        ("by-hand", "person", "entered by a person"),
        ("stated", "source", "stated by the source itself"),
        ("accepted", "platform", "recorded by the platform beside the words (accepted answer); nearly certain, 95%"),
        ("liked", "platform", "recorded by the platform beside the words (+1); nearly certain, 95%"),
    ],
)
def test_a_move_says_whose_word_it_rests_on(snapshot: Snapshot, name: str, origin: str, reason: str) -> None:
    move_why = why(snapshot, MOVES[name])
    assert (move_why.origin, move_why.reason) == (origin, reason)


@pytest.mark.parametrize(
    ("name", "kind", "text", "loaded"),
    [
        ("objection", "Claim", "Line 7 should run all night.", True),
        ("counter", "Rebuttal", "Nobody there would sleep, and you know it.", True),
        ("question", "Comment", night_tram.ROOT.text, True),
        ("unseen", "Thread", "A night tram on line 7", False),
        ("liked", "Comment", "The kiosk by the bridge sells them until midnight.", True),
    ],
)
def test_a_move_says_what_it_is_aimed_at(snapshot: Snapshot, name: str, kind: str, text: str, loaded: bool) -> None:
    target = why(snapshot, MOVES[name]).target
    assert target is not None
    assert (target.kind, target.text, target.loaded) == (kind, text, loaded)


def test_a_move_shows_its_words_among_those_around_them(snapshot: Snapshot) -> None:
    (words,) = why(snapshot, OBJECTION).evidence
    assert words.before + words.exact + words.after == night_tram.NOISE.text
    assert (words.exact, words.cut_before, words.cut_after) == (
        "Nobody there would sleep, and you know it.",
        False,
        False,
    )


def test_what_was_weighed_comes_with_the_weightiest_first(snapshot: Snapshot) -> None:
    reasons = why(snapshot, OBJECTION).reasons
    assert reasons is not None
    assert [(feature.name, feature.weight) for feature in reasons.features] == [
        ("speaks of sleep", 0.58),
        ("opens with thanks", -0.47),
        ("second person", 0.16),
    ]
    assert [(alternative.kind, alternative.chosen) for alternative in reasons.alternatives] == [
        ("Objection", True),
        ("Question", False),
        ("none", False),
    ]
    assert reasons.aim is not None
    assert (reasons.aim.by, reasons.aim.share, reasons.aim.others[0].text) == (
        "quote",
        0.44,
        "The drivers want it too.",
    )
    assert (reasons.rule, reasons.unread) == ("a quotation, then words against it", ())
    assert [(feature.name, feature.weight) for feature in reasons.weighed[3:]] == [
        ("12 other features", 0.29),
        ("the start, before anything is looked at", 0.4),
    ]
    assert (reasons.between, reasons.total) == (("Objection", "Question"), 0.96)


def test_an_objection_says_why_it_is_answered(snapshot: Snapshot) -> None:
    standing = why(snapshot, OBJECTION).standing
    assert standing is not None
    assert (standing.status, standing.label, standing.levels) == ("countered", "out", ())
    assert [(answer_given.kind, answer_given.author) for answer_given in standing.answers] == [("Counter", "odile")]
    assert why(snapshot, SUPPORT).standing is None


@pytest.mark.parametrize(
    ("lines", "taken", "others"),
    [
        ([Line("yes", Kind.CONCESSION, "bob", "no")], ["yes"], []),
        ([Line("but", Kind.COUNTER, "ann", "no"), Line("yes", Kind.CONCESSION, "bob", "but")], ["yes"], ["but"]),
        ([Line("yes", Kind.CONCESSION, "ann", "no")], [], ["yes"]),
    ],
    ids=["itself", "an answer", "somebody else"],
)
def test_an_objection_says_what_took_it_back(
    runner: CliRunner, tmp_path: Path, lines: list[Line], taken: list[str], others: list[str]
) -> None:
    discussion = discussion_of([Line("no", Kind.REBUTTAL, "bob", "root"), *lines])
    folder = garden.store(tmp_path / "s", discussion)
    move = next(one.id for one in discussion[1].moves if one.name == "no")
    standing = why(open_current(folder), move).standing
    assert standing is not None
    assert [answer_given.text for answer_given in standing.taken_back] == taken
    assert [answer_given.text for answer_given in standing.answers if answer_given not in standing.taken_back] == others
    told = run(runner, folder, move)
    assert [line.partition("“")[2].strip("”") for line in told.splitlines() if line.startswith("taken back")] == taken
    for client in client_of(folder):
        page = client.get(f"/claims/{move}/explanation").text
        assert ("Taken back:" in page) == bool(taken)


def test_a_claim_lists_its_moves_by_side(snapshot: Snapshot) -> None:
    found = explain(snapshot, f"{BASE}claim/{NIGHT}")
    assert isinstance(found, ClaimWhy)
    sides = {name: [one.id for one in getattr(found, name)] for name in ("makes", "against", "in_favour", "about")}
    assert sides == {"makes": [UNSEEN], "against": [OBJECTION], "in_favour": [SUPPORT], "about": [BY_HAND]}
    assert (found.objections, found.open_objections, found.truncated) == (1, 0, False)


def test_the_same_store_gives_the_same_explanation(folder: Path) -> None:
    first, second = (explain(open_current(folder), f"{BASE}claim/{NIGHT}") for _ in range(2))
    assert asdict(first) == asdict(second)


@pytest.mark.parametrize("name", [*(move for move in MOVES if move not in {"accepted", "liked"}), "claim"])
def test_the_text_is_the_golden_one(runner: CliRunner, folder: Path, name: str, request: pytest.FixtureRequest) -> None:
    found = run(runner, folder, MOVES.get(name, NIGHT)).replace(f"stated {__version__}", "stated VERSION")
    golden = FOLDER / f"{name}.txt"
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["objection", "claim"])
def test_the_json_is_the_golden_one(
    runner: CliRunner, folder: Path, snapshot: Snapshot, name: str, request: pytest.FixtureRequest
) -> None:
    found = run(runner, folder, "--format", "json", MOVES.get(name, NIGHT)).replace(snapshot.id, "SNAPSHOT")
    golden = FOLDER / f"{name}.json"
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["objection.txt", "claim.txt"])
def test_the_documentation_shows_what_the_command_prints(page: str) -> None:
    assert (FOLDER / page).read_text(encoding="utf-8") in (DOCS / "explain.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [OBJECTION, OBJECTION[:8], f"{BASE}move/{OBJECTION}"], ids=["id", "beginning", "iri"])
def test_a_move_goes_by_its_id_the_beginning_of_it_and_its_iri(runner: CliRunner, folder: Path, name: str) -> None:
    assert f"{BASE}move/{OBJECTION}\n" in run(runner, folder, name)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("00000000", "no claim '00000000', and no move"),
        (OBJECTION[:7], f"no claim '{OBJECTION[:7]}', and no move"),
        (f"{BASE}move/none", f"no claim or move {BASE}move/none"),
        (f"{BASE}thread/lines.example/night-tram", "no claim or move"),
        ("a b<>", "no claim 'a b<>', and no move"),
        ("x://a b", "expected an IRI, got 'x://a b'"),
        ("", "no claim '', and no move"),
    ],
)
def test_what_is_not_there_is_named(runner: CliRunner, folder: Path, name: str, says: str) -> None:
    assert says in run(runner, folder, name, status=1)


@pytest.mark.parametrize("command", ["explain", "show"])
@pytest.mark.parametrize("words", [["Nobody there"], ["THERE", "nobody"]], ids=["one", "two"])
def test_words_that_only_one_claim_holds_show_it(
    runner: CliRunner, folder: Path, command: str, words: list[str]
) -> None:
    done = runner.invoke(main, [command, "--store", str(folder), *words], env=WIDE)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("“Nobody there would sleep, and you know it.”\n")


def test_words_of_several_claims_list_ten_of_them_with_their_ids(runner: CliRunner, tmp_path: Path) -> None:
    lines = [Line(f"word{number}", Kind.REBUTTAL, "bob", "root") for number in range(12)]
    store = garden.store(tmp_path / "s", discussion_of(lines))
    told = run(runner, store, "word", status=1).splitlines()
    assert len(told) == 12
    assert told[0] == "Error: 12 claims hold the words 'word': choose one by its id, or give more of its words"
    assert told[-1].strip() == "and 2 more"
    name, _, text = told[1].strip().partition("  bob: ")
    assert run(runner, store, name).startswith(f"“{text}”\n")
    assert run(runner, store, "“WORD1.”").startswith("“word1”\n"), "the whole of a claim names it beside longer ones"


def test_words_of_a_move_alone_show_that_move(runner: CliRunner, tmp_path: Path) -> None:
    """A question that an opening asks is no claim, nor part of one; where it is quoted that is a move."""
    said: list[tuple[str, str | None, str, str]] = [("1", None, "ann", "The ferry is slow. When does it leave?")]
    said += [("2", "1", "bob", "> When does it leave?\n\nThanks for asking!")]
    lines = [{"id": one, "thread": "t", "parent": up, "author": by, "text": text} for one, up, by, text in said]
    (tmp_path / "ferry.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    load(tmp_path / "s", [str(tmp_path / "ferry.jsonl")], Settings(), report=print)
    assert run(runner, tmp_path / "s", "When does it leave?").startswith("Quotation")


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("nobody sleeps there", "bram: Nobody there would sleep, and you know it."),
        ("the divers want", "odile: The drivers want it too."),
        ("zzzqqq", None),
    ],
)
def test_words_that_nothing_holds_say_what_was_searched_and_what_comes_near(
    runner: CliRunner, folder: Path, words: str, near: str | None
) -> None:
    told = run(runner, folder, *words.split(), status=1).splitlines()
    assert re.fullmatch(
        rf"Error: no claim '{words}', and no move: searched were \d+ claims and the words of all moves", told[0]
    )
    assert told[-1].startswith("Give words that a claim holds, an IRI, or an id")
    assert [one.strip().partition("  ")[2] for one in told[2:3] if near] == [near][: bool(near)]
    assert near or len(told) == 2


def test_in_an_empty_store_nothing_is_sought(runner: CliRunner, tmp_path: Path) -> None:
    live.store_of(tmp_path / "s", [])
    assert "no claim 'bells', and no move: nothing is loaded" in run(runner, tmp_path / "s", "bells", status=1)


def test_a_beginning_that_several_have_lists_them(runner: CliRunner, tmp_path: Path) -> None:
    names = [f"claim/abcdef01{number:024}" for number in range(8)] + [
        f"move/abcdef01{number:024}" for number in range(5)
    ]
    graph = ox.NamedNode(f"{live.BASE}graph/x/y")
    classes = {"claim": rj("Claim"), "move": rj("Move")}
    live.store_of(
        tmp_path / "s",
        [ox.Quad(ox.NamedNode(live.BASE + name), TYPE, classes[name.split("/")[0]], graph) for name in names],
    )
    told = run(runner, tmp_path / "s", "abcdef01", status=1)
    assert "13 claims and moves begin with 'abcdef01': claim abcdef01" in told
    assert "move abcdef01" in told
    assert told.strip().endswith("and 3 more")


@pytest.mark.parametrize("name", [*MOVES, "claim"])
def test_http_gives_what_the_command_gives(client: FlaskClient, runner: CliRunner, folder: Path, name: str) -> None:
    which = MOVES.get(name, NIGHT)
    response = client.get(f"/claims/{which[:10]}/explanation", headers={"Accept": "application/json"})
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.get_json() == json.loads(run(runner, folder, "--format", "json", which))


@pytest.mark.parametrize("name", [*MOVES, "claim"])
def test_each_claim_and_move_has_a_page_of_why(client: FlaskClient, name: str) -> None:
    response = client.get(f"/claims/{MOVES.get(name, NIGHT)}/explanation", headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (200, "text/html")
    Seen.of(response.text)


@pytest.mark.parametrize(
    "path", ["/claims/00000000/explanation", "/claims/x/explanation", "/claims/%3Cb%3E/explanation"]
)
def test_an_unknown_id_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_explanation_can_be_kept_and_revalidated(client: FlaskClient) -> None:
    path = f"/claims/{OBJECTION}/explanation"
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(f"{path}?format=json").headers["ETag"] != tag
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406


def test_each_move_on_the_page_of_a_claim_says_why(client: FlaskClient) -> None:
    text = client.get(f"/claims/{NIGHT}").text
    Seen.of(text)
    steps = text.count('class="step')
    assert text.count('<details class="why">') == steps > 3
    for words in (
        "second person",
        "which was chosen",
        "The drivers want it too.",
        "12 other features",
        "Step by step",
        "not quoted",
        "It reacts to a quotation of this one",
        "entered by a person",
    ):
        assert words.lower() in text.lower(), words


def test_the_page_of_a_move_says_why_at_once(client: FlaskClient) -> None:
    text = client.get(f"/claims/{OBJECTION}").text
    assert text.count('<details class="why" open>') == 1


BROKEN = {
    "nothing": "",
    "no JSON": "{alternatives",
    "a list": "[1, 2]",
    "a number": "7",
    "null": "null",
    "deep": "[" * 100_000,
    "long number": '{"features": {"x": ' + "9" * 5000 + "}}",
    "wrong parts": '{"alternatives": [1], "features": "x", "target": 3, "rule": {}}',
    "wrong members": '{"alternatives": {"Support": "x"}, "features": {"y": [1]}, "target": {"others": [1, {"by": 2}]}}',
    "no numbers": '{"features": {"x": NaN, "y": Infinity, "z": true, "w": null}, "target": {"share": -Infinity}}',
    "out of bounds": '{"alternatives": {"Support": 7, "none": -1}, "target": {"share": 1.5}}',
    "half a pair": '{"features": {"\\ud800": 1, "a": 1e308, "b": 5e-324}, "rule": "\\udfff"}',
    "steps elsewhere": '{"steps": [["rule", 0.3]], "between": ["a", "b"], "start": 1e308}',
    "sums without end": '{"between": ["a", "b"], "start": 1e308, "rest": {"count": 9, "weight": 1e308}}',
    "steps of nothing": '{"steps": [[], ["rule"], 7, null], "between": 7, "start": null, "rest": [1, 2]}',
    "hostile steps": json.dumps(
        {"steps": [[garden.HOSTILE + "\x1b[31m", 0.82]], "between": [garden.HOSTILE, "x"], "start": 1}
    ),
    "zeros": '{"features": {"x": 0, "y": -0.0}, "alternatives": {}}',
    "very many": json.dumps({"features": {f"f{number}": number for number in range(9000)}, "alternatives": {"x": 0.1}}),
    "very wrong": json.dumps({"features": {f"f{number}": "x" for number in range(9000)}}),
    "hostile": json.dumps(
        {
            "features": {garden.HOSTILE: 1},
            "alternatives": {garden.HOSTILE: 0.5},
            "target": {"by": garden.HOSTILE, "others": [{"text": garden.HOSTILE}]},
            "rule": garden.HOSTILE + "\x1b[31m",
        }
    ),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_explanation_breaks_nothing_else(runner: CliRunner, tmp_path: Path, text: str) -> None:
    folder = garden.store(tmp_path / "s", night_tram.night_tram(text))
    told = run(runner, folder, OBJECTION)
    assert "Nobody there would sleep" in told
    assert "\x1b" not in told
    json.loads(run(runner, folder, "--format", "json", NIGHT))
    for client in client_of(folder):
        for path in (f"/claims/{NIGHT}", f"/claims/{OBJECTION}/explanation", f"/claims/{NIGHT}/explanation"):
            response = client.get(path, headers={"Accept": "text/html"})
            assert response.status_code == 200, response.text
            Seen.of(response.text)


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    thread = garden.hostile()
    folder = garden.store(tmp_path / "s", thread)
    for client in client_of(folder):
        for name in [one.id for one in thread[1].claims] + [move.id for move in thread[1].moves]:
            response = client.get(f"/claims/{name}/explanation", headers={"Accept": "text/html"})
            assert response.status_code == 200
            Seen.of(response.text)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("{", ("expected a JSON object, found something else",)),
        ("[]", ("expected a JSON object, found another kind of JSON",)),
        ('{"rule": 1}', ("rule: expected text",)),
        ('{"features": {"a": "b"}}', ("features: expected a number for 'a'",)),
        ('{"alternatives": 1}', ("alternatives: expected an object of numbers",)),
        (
            '{"target": {"others": 1, "share": 2}}',
            ("target.others: expected a list", "target.share: expected a share from 0 to 1"),
        ),
        ('{"between": ["a"]}', ("between: expected a list of two names",)),
        ('{"rest": {"count": 0, "weight": 1}}', ("rest: expected an object with a count and a weight",)),
        ('{"start": "x"}', ("start: expected a number",)),
        ('{"later": 1}', ()),
        ("{}", ()),
    ],
)
def test_what_cannot_be_read_is_named(text: str, unread: tuple[str, ...]) -> None:
    reasons = read_reasons(text, "Rebuttal")
    assert reasons is not None
    assert reasons.unread == unread


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda one: st.lists(one, max_size=4) | st.dictionaries(st.text(max_size=5), one, max_size=4),
    max_leaves=12,
)
KEYS = ("alternatives", "between", "features", "rest", "rule", "start", "steps", "target")
PARTS = st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON))


@given(found=PARTS | JSON, kind=st.sampled_from([*map(str, Kind), "Claim", ""]))
def test_any_json_is_read_or_told(found: object, kind: str) -> None:
    read = read_reasons(json.dumps(found), kind)
    assert read is not None
    assert len(read.unread) <= MOST_COMPLAINTS
    assert max(len(read.features), len(read.alternatives)) <= MOST_LISTED
    assert all(0 <= alternative.probability <= 1 for alternative in read.alternatives)
    assert [abs(feature.weight) for feature in read.features] == sorted(
        (abs(feature.weight) for feature in read.features), reverse=True
    )
    assert sum(alternative.chosen for alternative in read.alternatives) <= 1
    assert len(read.rule or "") <= LONGEST_TEXT
    json.dumps(asdict(read), allow_nan=False).encode("utf-8")


@given(text=st.text())
def test_any_text_is_read_or_told(text: str) -> None:
    assert read_reasons(text, "Support") is not None


def test_what_is_chosen_without_being_the_likeliest_says_why(example: Snapshot) -> None:
    """Of every move of the bundled discussions, and of no move that took the likeliest."""
    moves = {str(row["move"]) for row in view_rows(example.store, find_view("moves"), {}).rows}
    told = [
        move_why
        for move_why in move_whys(example, sorted(moves)).values()
        if move_why.reasons and move_why.reasons.alternatives
    ]
    behind = {move_why.iri for move_why in told if move_why.reasons and _behind(move_why.reasons.alternatives)}
    assert {move_why.iri for move_why in told if move_why.choice_words} == behind
    assert len({move_why.choice_words for move_why in told}) >= 4, (
        "as many reasons as there are, and none where none is needed"
    )


def _behind(alternatives: Sequence[Alternative]) -> bool:
    return max(alternative.probability for alternative in alternatives) > next(
        alternative.probability for alternative in alternatives if alternative.chosen
    )


def test_both_faces_say_why_the_likeliest_was_not_chosen(
    runner: CliRunner, example: Snapshot, example_store: Path
) -> None:
    moves = {str(row["move"]) for row in view_rows(example.store, find_view("moves"), {}).rows}
    move_why = next(
        one for one in move_whys(example, sorted(moves)).values() if one.choice_words == choosing.BY_RULE_WORDS
    )
    assert f"chosen, though not the likeliest: {move_why.choice_words}" in " ".join(
        run(runner, example_store, move_why.id).split()
    )
    for client in client_of(example_store):
        assert (
            f"Chosen, though not the likeliest: {move_why.choice_words}." in client.get(f"/claims/{move_why.id}").text
        )


INTERNAL = r"\b(Span|Undermine|Undercut|Similarity|by unknown|1 objections|[02-9] objection|label (in|out))\b"


def test_a_terminal_has_the_names_for_readers(example: Snapshot) -> None:
    """Of all moves and all claims of the bundled discussions."""
    found = [str(row["move"]) for row in view_rows(example.store, find_view("moves"), {}).rows]
    found += [str(row["claim"]) for row in view_rows(example.store, find_view("claims"), {}).rows]
    told = [text for iri in dict.fromkeys(found) for text in (as_text(explain(example, iri)), _shown(example, iri))]
    plain = [re.sub("[“»].*?[”«]", "", text, flags=re.DOTALL) for text in told]
    assert [one for one in plain if re.search(INTERNAL, one)] == []
    assert any("Passage by " in one for one in plain)


def _shown(snapshot: Snapshot, iri: str) -> str:
    return outline(neighbourhood(snapshot, iri, depth=1, limit=50))


@pytest.mark.parametrize("lines", [[], [Line("a", Kind.SUPPORT, "bob", "root")]], ids=["alone", "taken up"])
def test_a_claim_without_moves_says_so_on_every_face(runner: CliRunner, tmp_path: Path, lines: list[Line]) -> None:
    store = garden.store(tmp_path / "s", discussion_of(lines))
    (claim,) = [
        row for row in view_rows(open_current(store).store, find_view("claims"), {}).rows if row["text"] == "root"
    ]
    name = str(claim["claim"]).rsplit("/", 1)[-1]
    commands = (["explain", name], ["show", name], ["show", "--depth", "0", name])
    faces = [" ".join(runner.invoke(main, [*command, "--store", str(store)]).output.split()) for command in commands]
    for client in client_of(store):
        pages = (f"/claims/{name}", f"/claims/{name}/explanation", f"/embed/claims/{name}")
        faces += [client.get(page).text for page in pages]
    assert [NO_MOVES_NOTE in face for face in faces] == [not lines] * len(faces)
