"""`rejoinder judge`: what it understands, what it prints, and what it says where that is not enough."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from rejoinder.cli import main
from rejoinder.graph.stores.publish import current
from tests.conftest import EXAMPLES

WAIT, FAIR = "The middle wait over what?", "wasn't that handed out at the summer fair, with a prize draw?"
POSTAL, MINE = "To be clear, I meant the postal one.", "They aren't mine to publish, I'm afraid."
RESERVED = "Most reservations are one person wanting one old book, and those will always move."
PLACE = {"site": "forum.example", "thread": "late-fees"}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loaded") / "store"
    run(CliRunner(), "load", "--store", str(folder), str(EXAMPLES / "library-fees.jsonl"))
    return folder


@pytest.fixture
def store(tmp_path: Path, loaded: Path) -> Path:
    """A store of its own for each test, as each judges in it."""
    return copytree(loaded, tmp_path / "store")


def run(runner: CliRunner, *words: str, status: int = 0, given: str | None = None) -> str:
    result = runner.invoke(main, list(words), input=given)
    assert result.exit_code == status, result.output
    return result.stdout if status == 0 else result.output


def judge(runner: CliRunner, store: Path, *words: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(run(runner, "judge", "--store", str(store), *words))
    return found


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ["wrong", WAIT, "--by", "Ana", "--note", "she only asks"],
            {"comment": "z6hk2", "words": WAIT, "judgement": "wrong", "kind": "Objection"}
            | {"by": "Ana", "note": "she only asks"},
        ),
        (["right", WAIT], {"comment": "z6hk2", "words": WAIT, "judgement": "right", "kind": "Counter"}),
        (
            ["right", POSTAL, "--kind", "Clarification", "--to", FAIR],
            {"comment": "p1zr8", "words": POSTAL, "judgement": "right", "kind": "Clarification"}
            | {"target": "b6jq5", "target_words": FAIR},
        ),
        (["wrong", MINE, "--kind", "Move"], {"words": MINE, "judgement": "wrong", "kind": "Move"}),
        (["wrong", MINE], {"words": MINE, "judgement": "wrong", "kind": "Objection"}),
        (
            ["right", "p1zr8", "--kind", "Clarification", "--to", FAIR],
            {
                "comment": "p1zr8",
                "judgement": "right",
                "kind": "Clarification",
                "target": "b6jq5",
                "target_words": FAIR,
            },
        ),
        (
            ["right", POSTAL, "--kind", "Clarification", "--to", "b6jq5"],
            {"words": POSTAL, "judgement": "right", "kind": "Clarification", "target": "b6jq5"},
        ),
        (["right", RESERVED], {"words": RESERVED, "judgement": "right", "kind": "Counter"}),
    ],
)
def test_a_judgement_is_printed_as_a_line_and_carried_out(
    runner: CliRunner, store: Path, words: list[str], line: dict[str, str]
) -> None:
    before = current(store)
    printed = judge(runner, store, *words)
    assert printed == {**PLACE, **line, "comment": printed["comment"]}
    after = current(store)
    assert after != before
    listed = run(runner, "export", "--store", str(store), "--to", "judgements")
    assert json.loads(listed) == printed
    assert run(runner, "export", "--store", str(store), "--to", "judgements", "--thread", "late-fees") == listed
    assert json.loads(run(runner, "views", "judgements", "--store", str(store), "--format", "json"))["rows"]
    run(runner, "judge", "--store", str(store), "withdrawn", printed.get("words", printed["comment"]))
    assert current(store) == before
    run(runner, "load", "--store", str(store), "-", given=listed)
    assert current(store) == after


def test_a_move_is_judged_by_its_own_kind(runner: CliRunner, store: Path) -> None:
    rows = json.loads(run(runner, "unanswered", "--store", str(store), "--format", "json"))["rows"]
    move = next(row["objection"] for row in rows if row["text"] == WAIT)
    assert judge(runner, store, "right", move)["kind"] == "Counter"
    assert "judged by a person" in run(runner, "explain", "--store", str(store), WAIT)


def test_who_judged_and_why_is_told(runner: CliRunner, store: Path) -> None:
    judge(runner, store, "right", WAIT, "--by", "Ana", "--note", "of what?")
    rows = json.loads(run(runner, "unanswered", "--store", str(store), "--format", "json"))["rows"]
    (row,) = (row for row in rows if row["text"] == WAIT)
    assert (row["confidence"], row["method"], row["cue"]) == (1.0, "human", "judged by Ana")
    why = run(runner, "explain", "--store", str(store), row["objection"])
    assert "judged by Ana" in why
    assert "of what?" in why
    assert "made by" not in why, "no program made it"
    found = json.loads(run(runner, "explain", "--store", str(store), row["objection"], "--format", "json"))
    assert (found["origin"], found["reason"]) == ("judgement", "judged by Ana: of what?")
    assert (found["judgement"]["by"], found["judgement"]["because"]) == ("Ana", "of what?")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["wrong", "I volunteer at the Market Street"], "--kind: expected a kind of move, for these words were not"),
        (["withdrawn", WAIT], "expected one judgement of these words, got no judgement"),
        (
            ["withdrawn", WAIT, "--kind", "Support"],
            "expected one judgement of these words as Support, got no judgement",
        ),
        (["right", WAIT, "--kind", "Move"], "--kind: a Move cannot be judged right, only wrong"),
        (["right", "no such words anywhere"], "no claim 'no such words anywhere'"),
        (["right", WAIT, "--to", "no such words"], "no claim 'no such words'"),
        (["right", "p1zr8"], "--kind: expected what the comment does, or does not"),
    ],
)
def test_what_is_not_enough_changes_nothing(runner: CliRunner, store: Path, words: list[str], said: str) -> None:
    before = current(store)
    assert said in run(runner, "judge", "--store", str(store), *words, status=1)
    assert current(store) == before


def test_several_judgements_of_the_same_words_are_withdrawn_one_by_one(runner: CliRunner, store: Path) -> None:
    judge(runner, store, "wrong", WAIT, "--kind", "Objection")
    judge(runner, store, "right", WAIT, "--kind", "Question")
    said = run(runner, "judge", "--store", str(store), "withdrawn", WAIT, status=1)
    assert "got several judgements: of Objection, Question" in said
    judge(runner, store, "withdrawn", WAIT, "--kind", "Question")
    assert judge(runner, store, "withdrawn", WAIT)["kind"] == "Objection"


def test_what_somebody_says_again_is_judged_in_each_comment(runner: CliRunner, tmp_path: Path) -> None:
    thread = [
        {"id": "a", "author": "ana", "text": "We should line it with clay."},
        {"id": "b", "parent": "a", "author": "ben", "text": "Hm. No, clay cracks in summer."},
        {"id": "c", "parent": "a", "author": "cy", "text": "It does not crack when wet."},
        {"id": "d", "parent": "c", "author": "ben", "text": "No, clay cracks in summer."},
    ]
    store = tmp_path / "store"
    lines = "".join(json.dumps({**one, "thread": "clay"}) + "\n" for one in thread)
    run(runner, "load", "--store", str(store), "-", given=lines)
    before = current(store)
    printed = run(runner, "judge", "--store", str(store), "wrong", "No, clay cracks")
    assert [json.loads(one)["comment"] for one in printed.splitlines()] == ["b", "d"]
    listed = run(runner, "unanswered", "--store", str(store), "--confidence", "0", "--format", "json")
    assert {row["author"] for row in json.loads(listed)["rows"]} <= {"cy"}
    run(runner, "judge", "--store", str(store), "withdrawn", "No, clay cracks")
    assert current(store) == before


def test_a_target_in_another_thread_is_none(runner: CliRunner, store: Path) -> None:
    run(runner, "load", "--store", str(store), str(EXAMPLES / "dishwasher.jsonl"))
    rows = json.loads(run(runner, "views", "claims", "--store", str(store), "--format", "json"))["rows"]
    other = next(row["claim"] for row in rows if "dishwasher" in row["thread"])
    said = run(runner, "judge", "--store", str(store), "right", WAIT, "--to", other, status=1)
    assert "--to: expected a claim or move of the same thread" in said
