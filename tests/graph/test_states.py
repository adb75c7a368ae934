"""The state of an objection in tiny maps: the same in the graph, in the views, on the page and on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from rejoinder.cli import main
from rejoinder.graph.maps.wording import DECIDING_VERBS, STATUS_WORDS, UNKNOWN_AUTHOR, percent
from rejoinder.graph.queries.views import Value, find_view, view_rows
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.graph.triples.terms import Names, rj
from rejoinder.records import Kind, State, ThreadKey
from rejoinder.settings import Settings
from tests import garden
from tests.api.test_pages import client_of
from tests.maps import Line, derived, discussion_of, lines_of

NAMES = Names(Settings().base)
ASKED = "o bob Rebuttal root / q ann Question o"

# A map, what becomes of its first objection, and the levels at which that is unanswered.
MAPS = {
    "silent": ("o bob Rebuttal root", "silent U1 U2 U3 U4"),
    "silent: to nobody known": ("o ? Rebuttal root", "silent U1 U2 U3 U4"),
    "unaddressed: replied to beside the point": ("o bob Rebuttal root / s cy Support o.claim", "unaddressed U2 U3 U4"),
    "awaiting-objector: nothing but a question": (ASKED, "awaiting-objector U2 U3 U4"),
    "awaiting-objector: a question beside an answer": (
        f"{ASKED} / a ann Clarification o",
        "awaiting-objector U4",
    ),
    "clarified: the question was answered": (
        f"{ASKED} / r bob Clarification q / a ann Clarification o",
        "clarified U4",
    ),
    "third-party-only": ("o bob Rebuttal root / a cy Clarification o", "third-party-only U3 U4"),
    "countered: by its addressee": ("o bob Rebuttal root / a ann Counter o", "countered"),
    "countered: beside a question": (f"{ASKED} / a ann Counter o", "countered"),
    "countered: the counter was conceded by others": (
        "o bob Rebuttal root / a ann Counter o / c cy Concession a",
        "countered",
    ),
    "countered: by one of two": (
        "o bob Rebuttal root / a ann Counter o / b cy Counter o / c bob Counter b",
        "countered",
    ),
    "reinstated: its only counter is objected to": (
        "o bob Rebuttal root / a ann Counter o / b bob Counter a",
        "reinstated U4",
    ),
    "reinstated: the claim of its counter is objected to": (
        "o bob Rebuttal root / a ann Counter o / b cy Rebuttal a.claim",
        "reinstated U4",
    ),
    "countered: that objection is countered in turn": (
        "o bob Rebuttal root / a ann Counter o / b bob Counter a / c ann Counter b",
        "countered",
    ),
    "undecided: it and its counter object to each other": (
        "o bob Rebuttal a.claim / a ann Rebuttal o.claim",
        "undecided",
    ),
    "conceded before it is countered": (
        "o bob Rebuttal root / a ann Counter o / c ann Concession o",
        "conceded",
    ),
    "dismissed before it is conceded": (
        "o bob Rebuttal root / d ann Dismissal o / c ann Concession o",
        "dismissed U4",
    ),
    "withdrawn before all": (
        "o bob Rebuttal root / d ann Dismissal o / w bob Concession o",
        "withdrawn U4",
    ),
    "an objection to oneself": ("o ann Rebuttal root", "silent"),
    "own: elaborated below": ("o bob Rebuttal root / e bob Support o.claim", "unaddressed U2 U3 U4"),
    "own: clarified": ("o bob Rebuttal root / e bob Clarification o", "unaddressed U2 U3 U4"),
    "own: countered": ("o bob Rebuttal root / e bob Counter o", "unaddressed U2 U3 U4"),
    "own: objected to in its claim": ("o bob Rebuttal root / e bob Rebuttal o.claim", "unaddressed U2 U3 U4"),
    "own: dismissed": ("o bob Rebuttal root / e bob Dismissal o", "unaddressed U2 U3 U4"),
    "own: asked back": ("o bob Rebuttal root / q bob Question o", "unaddressed U2 U3 U4"),
    "own: beside an answer": ("o bob Rebuttal root / e bob Clarification o / a cy Counter o", "countered U3"),
    "own: a question about it, answered": (f"{ASKED} / r bob Clarification q", "unaddressed U2 U3 U4"),
    "own: the asker answers the question": (f"{ASKED} / r ann Clarification q", "awaiting-objector U2 U3 U4"),
    "own: taken back": ("o bob Rebuttal root / w bob Concession o", "withdrawn U3 U4"),
    "own: taken back after an answer": ("o bob Rebuttal root / a ann Counter o / w bob Concession a", "withdrawn"),
    "own: conceded to oneself": (
        "o bob Rebuttal root / e bob Counter o / w bob Concession e",
        "unaddressed U2 U3 U4",
    ),
    "unknown: an unknown answers an unknown": ("o ? Rebuttal root / a ? Clarification o", "third-party-only U3 U4"),
    "unknown: an unknown counters an unknown": ("o ? Rebuttal root / a ? Counter o", "countered U3"),
    "unknown: an unknown asks an unknown back": ("o ? Rebuttal root / q ? Question o", "awaiting-objector U2 U3 U4"),
    "unknown: one unknown answers the question of another": (
        "o ? Rebuttal root / q ? Question o / r ? Clarification q",
        "unaddressed U2 U3 U4",
    ),
    "unknown: nobody known takes it back": ("o ? Rebuttal root / w ? Concession o", "conceded U3 U4"),
    "sure .29: a counter": ("o bob Rebuttal root / a ann Counter o .29", "unaddressed U2 U3 U4"),
    "sure .30: a counter": ("o bob Rebuttal root / a ann Counter o .3", "countered"),
    "sure .29: an objection to its claim": ("o bob Rebuttal root / a ann Rebuttal o.claim .29", "unaddressed U2 U3 U4"),
    "sure .30: an objection to its claim": ("o bob Rebuttal root / a ann Rebuttal o.claim .3", "countered"),
    "sure .29: a counter of the counter": (
        "o bob Rebuttal root / a ann Counter o / b cy Counter a .29",
        "countered",
    ),
    "sure .30: a counter of the counter": (
        "o bob Rebuttal root / a ann Counter o / b cy Counter a .3",
        "reinstated U4",
    ),
    "sure .29: a clarification": ("o bob Rebuttal root / a ann Clarification o .29", "unaddressed U2 U3 U4"),
    "sure .30: a clarification": ("o bob Rebuttal root / a ann Clarification o .3", "clarified U4"),
    "sure .29: a dismissal": ("o bob Rebuttal root / a ann Dismissal o .29", "unaddressed U2 U3 U4"),
    "sure .30: a dismissal": ("o bob Rebuttal root / a ann Dismissal o .3", "dismissed U4"),
    "sure .29: a concession": ("o bob Rebuttal root / a ann Concession o .29", "unaddressed U2 U3 U4"),
    "sure .30: a concession": ("o bob Rebuttal root / a ann Concession o .3", "clarified U4"),
    "sure .49: a concession": ("o bob Rebuttal root / a ann Concession o .49", "clarified U4"),
    "sure .50: a concession": ("o bob Rebuttal root / a ann Concession o .5", "conceded U4"),
    "sure .30: taken back": ("o bob Rebuttal root / w bob Concession o .3", "unaddressed U2 U3 U4"),
    "sure .49: taken back": ("o bob Rebuttal root / w bob Concession o .49", "unaddressed U2 U3 U4"),
    "sure .50: taken back": ("o bob Rebuttal root / w bob Concession o .5", "withdrawn U3 U4"),
    "sure .49: taken back after an answer": (
        "o bob Rebuttal root / a ann Counter o / w bob Concession a .49",
        "countered",
    ),
    "sure .50: taken back after an answer": (
        "o bob Rebuttal root / a ann Counter o / w bob Concession a .5",
        "withdrawn",
    ),
    "sure .29: taken back after an answer that does not count": (
        "o bob Rebuttal root / a ann Counter o .29 / w bob Concession a",
        "unaddressed U2 U3 U4",
    ),
    "sure .29: a question": ("o bob Rebuttal root / q ann Question o .29", "unaddressed U2 U3 U4"),
    "sure .30: a question": ("o bob Rebuttal root / q ann Question o .3", "awaiting-objector U2 U3 U4"),
    "sure .29: a question about its claim": (
        "o bob Rebuttal root / q ann Question o.claim .29",
        "unaddressed U2 U3 U4",
    ),
    "sure .30: a question about its claim": (
        "o bob Rebuttal root / q ann Question o.claim .3",
        "awaiting-objector U2 U3 U4",
    ),
    "sure .29: an answer to the question": (f"{ASKED} / r cy Clarification q .29", "awaiting-objector U2 U3 U4"),
    "sure .30: an answer to the question": (f"{ASKED} / r cy Clarification q .3", "unaddressed U2 U3 U4"),
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    made = [discussion_of(lines_of(text), key=ThreadKey("test", name)) for name, (text, _) in MAPS.items()]
    return open_current(garden.store(tmp_path_factory.mktemp("states") / "s", *made))


@pytest.fixture(scope="module")
def client(snapshot: Snapshot) -> Iterator[FlaskClient]:
    yield from client_of(snapshot.path.parent.parent)


def thread_of(name: str) -> ox.NamedNode:
    """The thread of a map."""
    return ox.NamedNode(NAMES.thread(ThreadKey("test", name)))


def objection_of(name: str) -> str:
    """The IRI of the first objection of a map."""
    text, _ = MAPS[name]
    _, argument = discussion_of(lines_of(text), key=ThreadKey("test", name))
    first = lines_of(text)[0].name
    return NAMES.move(next(move.id for move in argument.moves if move.name == first))


@pytest.mark.parametrize("name", MAPS)
def test_the_state_of_an_objection(snapshot: Snapshot, name: str) -> None:
    status, *levels = MAPS[name][1].split()
    found = view_rows(snapshot.store, find_view("objections"), {"thread": thread_of(name)}).rows
    assert [row["status"] for row in found if row["objection"] == objection_of(name)] == [status]
    at = {level for level in ("U1", "U2", "U3", "U4") if objection_of(name) in unanswered(snapshot, name, level)}
    assert at == set(levels)


@pytest.mark.parametrize("name", MAPS)
def test_text_json_and_page_say_the_same_of_its_state(
    snapshot: Snapshot, client: FlaskClient, runner: CliRunner, name: str
) -> None:
    status, *levels = MAPS[name][1].split()
    move = objection_of(name)
    standing = json.loads(told(runner, snapshot, move, "--format", "json"))["standing"]
    assert (standing["status"], standing["levels"]) == (status, levels)
    assert standing["taken_back"] == (standing["decided_by"] if status == "withdrawn" else [])
    text = " ".join(told(runner, snapshot, move).split())
    page = client.get(f"/claims/{move.rsplit('/', 1)[1]}/explanation").text
    at = f"; unanswered at {', '.join(levels)}" if levels else ""
    assert f"status {status}: {STATUS_WORDS[status]}{at}" in text
    assert f"{STATUS_WORDS[status].capitalize()}." in page
    for one in standing["decided_by"]:
        who = one["author"] or UNKNOWN_AUTHOR
        said = f"{one['kind']}, {who}, {percent(one['confidence'])} · {one['id'][:12]} · comment {one['made_in']['id']}"
        assert f"{DECIDING_VERBS[status]} {said}: “{one['text']}”" in text
        assert f"/claims/{one['id']}" in page


@pytest.mark.parametrize(
    ("text", "deciding"),
    [
        ("o bob Rebuttal root", ""),
        ("o bob Rebuttal root / a ann Counter o / b cy Clarification o", "a"),
        ("o bob Rebuttal root / a ann Counter o / b cy Counter o / c bob Counter b", "a"),
        ("o bob Rebuttal root / a ann Counter o / b cy Counter o / c bob Counter b / d bob Counter a", "a b"),
        ("o bob Rebuttal root / a ann Rebuttal o.claim", "a"),
        ("o bob Rebuttal root / a ann Concession o / b cy Concession o .4", "a"),
        ("o bob Rebuttal root / a ann Dismissal o / b cy Concession o", "a"),
        ("o bob Rebuttal root / a ann Counter o / b bob Concession a", "b"),
        ("o bob Rebuttal root / a ann Counter o / b bob Concession a.comment", "b"),
        ("o bob Rebuttal root / a ann Counter o / b bob Concession a / c bob Concession o", "b c"),
        ("o bob Rebuttal root / a ann Question o / b cy Question o.claim / c dan Clarification o", "a b"),
        ("o bob Rebuttal root / a ann Question o / b cy Question o / c bob Clarification a", "b"),
        ("o bob Rebuttal root / a ann Clarification o / b cy Clarification o", "a"),
        ("o bob Rebuttal root / a cy Clarification o / b dan Clarification o", "a b"),
    ],
)
def test_which_moves_give_an_objection_its_status(text: str, deciding: str) -> None:
    assert derived(lines_of(text))["o"].get("decidedBy", set()) == set(deciding.split())


@pytest.mark.parametrize("state", [State.DELETED, State.RETRACTED])
def test_an_objection_whose_comment_is_gone_says_so(runner: CliRunner, tmp_path: Path, state: State) -> None:
    discussion = discussion_of([Line("o", Kind.REBUTTAL, "bob", "root", states=(state,))])
    gone = open_current(garden.store(tmp_path / "s", discussion))
    assert f"taken back its comment was {state}" in told(runner, gone, NAMES.move(discussion[1].moves[0].id))


def told(runner: CliRunner, snapshot: Snapshot, move: str, *words: str) -> str:
    """What the command line explains of a move."""
    store = str(snapshot.path.parent.parent)
    done = runner.invoke(main, ["explain", "--store", store, move, *words], env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return done.output


def unanswered(snapshot: Snapshot, name: str, level: str) -> set[str]:
    """The objections of a map that the worklist lists at a level."""
    values: dict[str, Value] = {"thread": thread_of(name), "level": rj(level), "confidence": 0.0}
    return {str(row["objection"]) for row in view_rows(snapshot.store, find_view("unanswered"), values).rows}
