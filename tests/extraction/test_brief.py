"""Objections too brief to say what is wrong: what stands beside them, in rows, cards, maps and pages alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from rejoinder.cli import main
from rejoinder.graph.maps.neighbourhood import neighbourhood
from rejoinder.graph.queries.brief import NEXT, SUPPORT
from rejoinder.graph.queries.unanswered import unanswered_entries, unanswered_rows, unanswered_values
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.outline import outline
from rejoinder.records import Claim, ClaimRef, Comment, CommentRef, Kind, Method, Move, Thread, ThreadKey, make_move
from rejoinder.settings import Settings
from tests import garden
from tests.api.test_pages import claim_id, client_of

KEY = ThreadKey("local", "shelf")
NO, RUST, CHALK = "That won't work.", "The bolts rust within a year.", "The wall is chalk."


def store_of(folder: Path, text: str, said: Sequence[str], *more: tuple[Kind, str, str]) -> Snapshot:
    """A thread in which a reply of this `text` claims what is `said`, objects with the first of it, and does `more`.

    `more` are kinds of moves with the words that make them and those of the reply at which they are aimed ("" for the
    whole opening post).
    """
    root = Comment(KEY, "a", "Fix the shelf with bolts.", author="ana")
    reply = Comment(KEY, "b", text, parent="a", author="ben")
    top = garden.claim(root, root.text)
    claims = {words: garden.claim(reply, words) for words in said}
    moves = [garden.move(Kind.REBUTTAL, claims[said[0]], ClaimRef(top.id), reply)]
    for kind, words, aim in more:
        moves.append(within(kind, claims[words], ClaimRef(claims[aim].id) if aim else CommentRef("a"), reply))
    return open_current(
        garden.store(folder / "s", garden.written(Thread(KEY), [root, reply], [top, *claims.values()], moves))
    )


def within(kind: Kind, made: Claim, target: ClaimRef | CommentRef, comment: Comment) -> Move:
    return make_move(
        KEY,
        kind,
        [ClaimRef(made.id)],
        target,
        comment=comment.id,
        target_comment=comment.id if isinstance(target, ClaimRef) else comment.parent,
        evidence=made.spans,
        author=comment.author,
        confidence=0.6,
        method=Method.RULE,
        cue="for",
    )


def reason_of(snapshot: Snapshot) -> tuple[object, object]:
    rows = unanswered_rows(snapshot.store, unanswered_values(snapshot.store, "U2", Settings())).rows
    row = next(row for row in rows if row["confidence"] == 0.8)
    return row["reason"], row["reasonFrom"]


@pytest.mark.parametrize(
    ("text", "said", "more", "reason"),
    [
        pytest.param(f"{NO} {RUST}", [NO, RUST], [], (RUST, NEXT), id="what comes next"),
        pytest.param(
            f"{NO} {RUST} {CHALK}", [NO, RUST, CHALK], [(Kind.SUPPORT, CHALK, NO)], (CHALK, SUPPORT), id="its premise"
        ),
        pytest.param(
            f"{CHALK} {NO}", [NO, CHALK], [(Kind.SUPPORT, CHALK, NO)], (CHALK, SUPPORT), id="a premise before it"
        ),
        pytest.param(f"{RUST} {CHALK}", [RUST, CHALK], [], (None, None), id="what says itself what is wrong"),
        pytest.param(f"{CHALK} {NO}", [NO, CHALK], [], (None, None), id="what only stands before it"),
        pytest.param(NO, [NO], [], (None, None), id="nothing more"),
        pytest.param(f"{NO} See the wall: {RUST}", [NO], [], (f"See the wall: {RUST}", NEXT), id="what is no claim"),
        pytest.param(f"{NO} Thanks anyway!", [NO], [], (None, None), id="thanks"),
        pytest.param(f"{NO}\n\nBen Miller, Dept of Shelves", [NO], [], (None, None), id="a signature"),
        pytest.param(f"No. {NO} {RUST}", ["No.", NO, RUST], [], (RUST, NEXT), id="brief again, and then a reason"),
        pytest.param(f"{NO}\n\n> So what?\n\n{RUST}", [NO, RUST], [], (None, None), id="to another quotation"),
        pytest.param(f"{NO}\n\n{RUST}", [NO, RUST], [], (RUST, NEXT), id="a paragraph on"),
        pytest.param(
            f"{NO} {RUST}", [NO, RUST], [(Kind.CONCESSION, RUST, "")], (None, None), id="what grants it is no reason"
        ),
    ],
)  # fmt: skip
def test_beside_what_does_not_say_what_is_wrong_stands_the_reason_that_is_given(
    tmp_path: Path, text: str, said: list[str], more: list[tuple[Kind, str, str]], reason: tuple[object, object]
) -> None:
    assert reason_of(store_of(tmp_path, text, said, *more)) == reason


@pytest.mark.parametrize(
    ("more", "marked"),
    [([], "it goes on: “The bolts rust"), ([(Kind.SUPPORT, RUST, NO)], "reason given: “The bolts rust")],
)
def test_a_terminal_says_it(tmp_path: Path, runner: CliRunner, more: list[tuple[Kind, str, str]], marked: str) -> None:
    snapshot = store_of(tmp_path, f"{NO} {RUST}", [NO, RUST], *more)
    told = runner.invoke(main, ["unanswered", "--store", str(tmp_path / "s")]).stdout
    assert marked in " ".join(told.split())
    (entry,) = unanswered_entries(snapshot.store, unanswered_values(snapshot.store, "U2", Settings())).entries
    around = neighbourhood(snapshot, str(entry.objections[0]["target"]))
    assert marked in " ".join(outline(around).split())


def test_tables_and_documents_hold_it(tmp_path: Path, runner: CliRunner) -> None:
    store_of(tmp_path, f"{NO} {RUST}", [NO, RUST])
    command = ["unanswered", "--store", str(tmp_path / "s"), "--format"]
    (row,) = json.loads(runner.invoke(main, [*command, "json"]).stdout)["rows"]
    assert (row["reason"], row["reasonFrom"]) == (RUST, NEXT)
    assert f"{RUST},{NEXT}" in runner.invoke(main, [*command, "csv"]).stdout
    for client in client_of(tmp_path / "s"):
        assert client.get("/unanswered?format=json").get_json()["rows"] == [row]
        assert f"{RUST},{NEXT}" in client.get("/unanswered?format=csv").text
        (objection,) = client.get("/threads/local/shelf?format=json").get_json()["objections"]
        assert (objection["words"], objection["reason"]) == (NO, RUST)
        nodes = client.get(f"/claims/{claim_id(client, 'Fix')}?format=json").get_json()["nodes"]
        assert [node["reason"] for node in nodes if node["kind"] == "Rebuttal"] == [RUST]


def test_what_is_listed_itself_does_not_stand_beside_another_of_its_comment(tmp_path: Path, runner: CliRunner) -> None:
    store_of(tmp_path, f"{NO} {RUST}", [NO, RUST], (Kind.REBUTTAL, RUST, ""))
    told = runner.invoke(main, ["unanswered", "--store", str(tmp_path / "s")]).stdout
    assert (told.count(RUST), "it goes on" in told) == (1, False)
    for client in client_of(tmp_path / "s"):
        assert "It goes on:" not in client.get("/unanswered").text
        assert client.get("/unanswered?format=json").get_json()["rows"][0]["reason"] == RUST


def test_every_page_that_lists_it_shows_it(tmp_path: Path) -> None:
    store_of(tmp_path, f"{NO} {RUST}", [NO, RUST])
    for client in client_of(tmp_path / "s"):
        name = claim_id(client, "Fix")
        for path in ("/", "/unanswered", f"/claims/{name}", f"/embed/claims/{name}"):
            text = client.get(path).text
            assert text.count("It goes on:") == 1, path
            assert RUST in text.split("It goes on:")[1][:200], path
        own = claim_id(client, "work")
        assert [client.get(f"{root}/claims/{own}").text.count("It goes on:") for root in ("", "/embed")] == [1, 1]
        assert "It goes on:" in client.get("/threads/local/shelf").text.split('id="waiting"')[1]
