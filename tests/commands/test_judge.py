"""`rejoinder judge`: what it understands, what it prints, and what it says where that is not enough."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from click.testing import CliRunner

from rejoinder.cli import main
from rejoinder.graph.stores.publish import current_id
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


def judge(runner: CliRunner, store: Path, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(runner, "judge", "--store", str(store), *words))
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
    before = current_id(store)
    printed = judge(runner, store, *words)
    assert printed == {**PLACE, **line, "comment": printed["comment"]}
    after = current_id(store)
    assert after != before
    listed = run(runner, "export", "--store", str(store), "--to", "judgements")
    assert json.loads(listed) == printed
    assert run(runner, "export", "--store", str(store), "--to", "judgements", "--thread", "late-fees") == listed
    assert json.loads(run(runner, "views", "judgements", "--store", str(store), "--format", "json"))["rows"]
    run(runner, "judge", "--store", str(store), "withdrawn", printed.get("words", printed["comment"]))
    assert current_id(store) == before
    run(runner, "load", "--store", str(store), "-", given=listed)
    assert current_id(store) == after


def test_several_ids_are_judged_at_once(runner: CliRunner, store: Path) -> None:
    rows = json.loads(run(runner, "unanswered", "--store", str(store), "--format", "json"))["rows"][:3]
    ids = [row["claim"].rsplit("/", 1)[1][:12] for row in rows]
    lines = run(runner, "judge", "--store", str(store), "wrong", *ids, ids[0], "--by", "Ana").splitlines()
    made = [json.loads(line) for line in lines]
    assert [(one["words"], one["by"]) for one in made] == [(row["text"], "Ana") for row in rows]
    left = json.loads(run(runner, "unanswered", "--store", str(store), "--format", "json"))["rows"]
    assert not {row["claim"] for row in rows} & {row["claim"] for row in left}


def test_of_several_ids_none_is_judged_where_one_is_none(runner: CliRunner, store: Path) -> None:
    before = current_id(store)
    said = run(runner, "judge", "--store", str(store), "wrong", "40ab5b2dca45", "00000000", status=1)
    assert "no claim '00000000'" in said
    assert current_id(store) == before


def test_a_move_is_judged_by_its_own_kind(runner: CliRunner, store: Path) -> None:
    rows = json.loads(run(runner, "unanswered", "--store", str(store), "--format", "json"))["rows"]
    move = next(row["objection"] for row in rows if row["text"] == WAIT)
    assert judge(runner, store, "right", move)["kind"] == "Counter"
    assert "judged by a person" in run(runner, "explain", "--store", str(store), WAIT)


def test_whoever_calls_a_counter_right_is_told_that_it_is_listed_itself(runner: CliRunner, store: Path) -> None:
    made = [POSTAL, "--to", FAIR, "--kind"]
    for kind, told in (("Counter", True), ("Clarification", False)):
        result = runner.invoke(main, ["judge", "--store", str(store), "right", *made, kind])
        rows = json.loads(run(runner, "unanswered", "--store", str(store), "--format", "json"))["rows"]
        assert FAIR not in {row["text"] for row in rows}
        assert [row["kind"] for row in rows if row["text"] == POSTAL] == ["Counter"] * told
        assert ("a Counter is an objection itself" in result.stderr) == told


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
    before = current_id(store)
    assert said in run(runner, "judge", "--store", str(store), *words, status=1)
    assert current_id(store) == before


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
    before = current_id(store)
    printed = run(runner, "judge", "--store", str(store), "wrong", "No, clay cracks")
    assert [json.loads(line)["comment"] for line in printed.splitlines()] == ["b", "d"]
    listed = run(runner, "unanswered", "--store", str(store), "--confidence", "0", "--format", "json")
    assert {row["author"] for row in json.loads(listed)["rows"]} <= {"cy"}
    run(runner, "judge", "--store", str(store), "withdrawn", "No, clay cracks")
    assert current_id(store) == before


def test_a_target_in_another_thread_is_none(runner: CliRunner, store: Path) -> None:
    run(runner, "load", "--store", str(store), str(EXAMPLES / "dishwasher.jsonl"))
    rows = json.loads(run(runner, "views", "claims", "--store", str(store), "--format", "json"))["rows"]
    other = next(row["claim"] for row in rows if "dishwasher" in row["thread"])
    said = run(runner, "judge", "--store", str(store), "right", WAIT, "--to", other, status=1)
    assert "--to: expected a claim or move of the same thread" in said


def test_a_file_of_judgements_is_carried_out_and_the_worklist_shrinks(runner: CliRunner, store: Path) -> None:
    line = json.dumps({**PLACE, "comment": "z6hk2", "words": WAIT, "judgement": "wrong", "kind": "Objection"})
    open_ = len(json.loads(run(runner, "unanswered", "--store", str(store), "--format", "json"))["rows"])
    said = run(runner, "judge", "--store", str(store), "-", given=line + "\n")
    assert f"1 judgement read; {open_ - 1} unanswered objections, {open_} before; snapshot" in said
    assert json.loads(run(runner, "export", "--store", str(store), "--to", "judgements")) == json.loads(line)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            '{"thread": "t", "id": "a", "text": "x"}',
            "-:1: error: expected a judgement; `rejoinder load` takes all other",
        ),
        ('{"thread": "t", "comment": "a", "words": "x"}', "-:1: error: "),
        (
            '{"comment": "nowhere", "thread": "t", "judgement": "wrong", "kind": "Move"}',
            "expected a thread that is loaded",
        ),
    ],
)
def test_of_a_file_what_is_no_judgement_is_told_and_the_rest_counts(
    runner: CliRunner, store: Path, given: str, said: str
) -> None:
    line = json.dumps({**PLACE, "comment": "z6hk2", "words": WAIT, "judgement": "wrong", "kind": "Objection"})
    told = run(runner, "judge", "--store", str(store), "-", given=f"{given}\n{line}\n", status=1)
    assert said in told
    assert WAIT in run(runner, "export", "--store", str(store), "--to", "judgements")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([WAIT], "expected right, wrong or withdrawn, or a file of judgements; no file"),
        (["right"], "expected a claim, move or comment after 'right'"),
        (["-", "--by", "Ana"], "--by: a file says this of each judgement"),
    ],
)
def test_a_command_that_says_nothing_is_told_what_is_missing(
    runner: CliRunner, store: Path, words: list[str], said: str
) -> None:
    assert said in run(runner, "judge", "--store", str(store), *words, status=2)


TWICE = [
    {"id": "a", "author": "ana", "text": "The bolts hold for twenty years. The paint never peels."},
    {
        "id": "b",
        "parent": "a",
        "author": "ben",
        "text": "> The bolts hold\n\nNot true.\n\n> The paint never peels.\n\nNot true.",
    },
]


def test_of_words_that_stand_twice_either_is_judged(runner: CliRunner, tmp_path: Path) -> None:
    store = tmp_path / "store"
    lines = "".join(json.dumps({**one, "thread": "bolts"}) + "\n" for one in TWICE)
    run(runner, "load", "--store", str(store), "-", given=lines)
    words = {"words": "Not true.", "occurrence": 2, "judgement": "right", "kind": "Rebuttal"}
    aim = {"target": "a", "target_words": "The paint never peels."}
    line = json.dumps({"site": "local", "thread": "bolts", "comment": "b", **words, **aim})
    run(runner, "judge", "--store", str(store), "-", given=line)
    assert run(runner, "export", "--store", str(store), "--to", "judgements") == line + "\n"
    found = json.loads(run(runner, "unanswered", "--store", str(store), "--format", "json"))["rows"]
    assert {row["targetText"]: row["confidence"] == 1 for row in found} == {
        "The bolts hold for twenty years.": False,
        "The paint never peels.": True,
    }
    move = next(row["objection"] for row in found if row["confidence"] == 1)
    assert judge(runner, store, "wrong", move)["occurrence"] == 2
    left = json.loads(run(runner, "unanswered", "--store", str(store), "--format", "json"))["rows"]
    assert [row["targetText"] for row in left] == ["The bolts hold for twenty years."]
    assert judge(runner, store, "withdrawn", "Not true.", "--occurrence", "2")["occurrence"] == 2
    said = run(runner, "judge", "--store", str(store), "right", "Not true.", "--occurrence", "3", status=1)
    assert "--occurrence: expected a number up to" in said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"words": "Not true.", "occurrence": 3}, "got 'Not true.' for the 3. time"),
        ({"words": "Not true.", "occurrence": 0}, 'expected "occurrence" from 1 on, got 0'),
        ({"occurrence": 2}, 'expected the "words" of which the "occurrence" is meant'),
    ],
)
def test_a_place_that_is_none_is_an_error(
    runner: CliRunner, tmp_path: Path, more: dict[str, object], said: str
) -> None:
    lines: list[dict[str, object]] = [{**one, "thread": "bolts"} for one in TWICE]
    lines.append({"thread": "bolts", "comment": "b", "judgement": "wrong", "kind": "Objection", **more})
    given = "".join(json.dumps(line) + "\n" for line in lines)
    assert said in run(runner, "load", "--store", str(tmp_path / "store"), "-", given=given, status=1)
