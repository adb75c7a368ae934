"""Judgements in files and in the store: how they are read, how long they stay, and what does not fit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from rejoinder.errors import Problem
from rejoinder.graph.queries.views import find_view, view_rows
from rejoinder.graph.stores.publish import open_current
from rejoinder.graph.triples.terms import RJ
from rejoinder.load import Tally, load
from rejoinder.loaders.extract import RULES, Extractor, Rules
from rejoinder.records import Extraction
from rejoinder.settings import Settings

THREAD = [
    {"id": "a", "thread": "clay", "author": "ana", "text": "The pond leaks. We should line it with clay."},
    {"id": "b", "thread": "clay", "parent": "a", "author": "ben", "text": "No, clay cracks in summer."},
    {"id": "c", "thread": "clay", "parent": "a", "author": "cy", "text": "That is wrong, ours never leaked."},
]
CRACKS = {"comment": "b", "words": "No, clay cracks in summer.", "kind": "Objection"}
NO = {"thread": "clay", **CRACKS, "judgement": "wrong", "by": "ida", "note": "she is for it"}
LEAKS, CLAY = "The pond leaks.", "We should line it with clay."
Said = tuple[str, str, str | None, str | None]
OPEN = {"No, clay cracks in summer.", "That is wrong, ours never leaked."}


class Another(Rules):
    """An extractor of another name, which finds the same."""

    extraction = Extraction("another", "7", '{"temperature": 0}')


def loaded(
    folder: Path, *lines: Mapping[str, object], replace: bool = False, by: Extractor = RULES
) -> tuple[Tally, list[str]]:
    """Loads these lines as one file; what was done, and what was said."""
    file = folder / "lines.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    problems = list[Problem]()
    tally = load(folder / "store", [str(file)], Settings(), report=problems.append, replace=replace, extractor=by)
    return tally, [str(problem).removeprefix(f"{folder}/") for problem in problems]


def unanswered(folder: Path) -> set[str]:
    """The words of the objections that are listed, sure or not."""
    store = open_current(folder / "store").store
    return {str(row["text"]) for row in view_rows(store, find_view("unanswered"), {"confidence": 0}).rows}


def test_a_judgement_holds_until_it_is_withdrawn(tmp_path: Path) -> None:
    before, _ = loaded(tmp_path, *THREAD)
    assert unanswered(tmp_path) == OPEN
    judged, said = loaded(tmp_path, NO)
    assert (judged.threads, judged.comments, judged.lost, said) == (1, 3, 0, [])
    assert unanswered(tmp_path) == {"That is wrong, ours never leaked."}
    for again in (loaded(tmp_path, *THREAD), loaded(tmp_path, *THREAD, replace=True), loaded(tmp_path, NO)):
        assert (again[0].snapshot, again[0].changed) == (judged.snapshot, 0)
    loaded(tmp_path, {"id": "d", "thread": "clay", "parent": "b", "author": "di", "text": "Why?"})
    assert unanswered(tmp_path) == {"That is wrong, ours never leaked."}
    loaded(tmp_path, *THREAD, replace=True)
    withdrawn, _ = loaded(tmp_path, {**NO, "judgement": "withdrawn"})
    assert withdrawn.snapshot == before.snapshot


def test_the_last_of_several_judgements_counts(tmp_path: Path) -> None:
    yes = {**NO, "judgement": "right"}
    tally, said = loaded(tmp_path, *THREAD, NO, yes, NO)
    assert (said, unanswered(tmp_path)) == ([], {"That is wrong, ours never leaked."})
    other, _ = loaded(tmp_path, yes)
    assert tally.snapshot != other.snapshot
    store = open_current(tmp_path / "store").store
    (row,) = (row for row in view_rows(store, find_view("unanswered"), {}).rows if row["method"] == "human")
    assert (row["confidence"], row["cue"]) == (1.0, "judged by ida")


@pytest.mark.parametrize(
    ("earlier", "later", "left"),
    [
        (("right", "Undermine", None, None), ("wrong", "Objection", None, None), ["wrong Objection"]),
        (("wrong", "Objection", None, None), ("right", "Counter", "a", None), ["right Counter"]),
        (("wrong", "Counter", None, None), ("right", "Rebuttal", None, None), ["right Rebuttal", "wrong Counter"]),
        (("right", "Rebuttal", "a", None), ("right", "Support", "a", "The pond leaks."), ["right Support"]),
        (("right", "Rebuttal", "a", LEAKS), ("right", "Support", "a", CLAY), ["right Rebuttal", "right Support"]),
        (("right", "Rebuttal", "a", None), ("right", "Counter", "c", None), ["right Counter", "right Rebuttal"]),
        (("wrong", "Objection", None, None), ("wrong", "Support", None, None), ["wrong Objection", "wrong Support"]),
        (("wrong", "Objection", None, None), ("right", "Support", None, None), ["right Support", "wrong Objection"]),
        (("wrong", "Counter", "a", None), ("withdrawn", "Objection", None, None), []),
        (("right", "Objection", "a", None), ("withdrawn", "Counter", None, None), ["right Objection"]),
        (("right", "Objection", "a", None), ("withdrawn", "Move", "c", None), ["right Objection"]),
        (("right", "Objection", "a", None), ("withdrawn", "Move", None, None), []),
    ],
)
@pytest.mark.parametrize("at_once", [True, False], ids=["one load", "two loads"])
def test_a_later_judgement_takes_the_place_of_what_it_contradicts(
    tmp_path: Path, at_once: bool, earlier: Said, later: Said, left: list[str]
) -> None:
    one, other = line(*earlier), line(*later)
    if not at_once:
        loaded(tmp_path, *THREAD, one)
    loaded(tmp_path, *(THREAD if at_once else []), *([one, other] if at_once else [other]))
    rows_ = view_rows(open_current(tmp_path / "store").store, find_view("judgements"), {}).rows
    assert sorted(f"{row['verdict']} {row['kind']}" for row in rows_) == left


def line(verdict: str, kind: str, target: str | None, aim: str | None) -> dict[str, object]:
    """A judgement of the words of comment b."""
    return {**NO, "judgement": verdict, "kind": kind, "target": target, "target_words": aim}


def test_what_nobody_judged_cannot_be_withdrawn(tmp_path: Path) -> None:
    loaded(tmp_path, *THREAD, NO)
    tally, said = loaded(tmp_path, {**NO, "judgement": "withdrawn", "kind": "Support"})
    assert said == ["lines.jsonl:1: warning: judgement of comment 'b': nothing of that kind was judged of these words"]
    assert (tally.lost, tally.changed) == (0, 0)


def test_a_line_without_a_thread_is_of_the_comment_above(tmp_path: Path) -> None:
    without = {name: value for name, value in NO.items() if name != "thread"}
    path, other = tmp_path / "one", tmp_path / "other"
    path.mkdir()
    other.mkdir()
    together, said = loaded(path, *THREAD, without)
    assert said == []
    loaded(other, *THREAD)
    apart, _ = loaded(other, NO)
    assert together.snapshot == apart.snapshot


def test_a_judgement_waits_for_its_words_to_come_back(tmp_path: Path) -> None:
    loaded(tmp_path, *THREAD)
    judged, _ = loaded(tmp_path, NO)
    edited, said = loaded(tmp_path, {**THREAD[1], "text": "No, clay dries out."})
    assert said == [
        "(store): warning: judgement of comment 'b': expected words of comment 'b', got 'No, clay cracks in summer.'; "
        "it is kept, and changes nothing"
    ]
    assert (edited.lost, edited.warnings) == (0, 1)
    assert loaded(tmp_path, THREAD[1])[0].snapshot == judged.snapshot


def test_a_judgement_that_is_kept_may_be_loaded_again_whether_it_fits_or_not(tmp_path: Path) -> None:
    loaded(tmp_path, *THREAD, NO)
    edited, _ = loaded(tmp_path, {**THREAD[1], "text": "No, clay dries out."})
    again, _ = loaded(tmp_path, NO)
    assert (again.lost, again.warnings, again.snapshot) == (0, 1, edited.snapshot)
    other, _ = loaded(tmp_path, {**NO, "by": "jo"})
    assert other.lost == 1


def test_judgements_alone_replace_no_thread(tmp_path: Path) -> None:
    loaded(tmp_path, *THREAD)
    replaced, said = loaded(tmp_path, NO, replace=True)
    assert (replaced.comments, replaced.lost, said) == (3, 0, [])
    assert unanswered(tmp_path) == {"That is wrong, ours never leaked."}


def test_the_same_words_may_be_written_in_other_marks(tmp_path: Path) -> None:
    text = "No, “clay” isn’t\n> dry."
    loaded(tmp_path, THREAD[0], {**THREAD[1], "text": text.replace("\n> ", " ")})
    for number, words in enumerate(("No, “clay” isn’t dry.", 'No, "clay" isn\'t dry.', text)):
        _, said = loaded(tmp_path, {**NO, "words": words, "judgement": ("wrong", "right")[number % 2]})
        assert said == []
        (row,) = view_rows(open_current(tmp_path / "store").store, find_view("judgements"), {}).rows
        assert row["words"] == words


def test_a_judgement_does_not_bring_another_reader(tmp_path: Path) -> None:
    before, _ = loaded(tmp_path, *THREAD, by=Another())
    refused, said = loaded(tmp_path, NO)
    assert (refused.lost, refused.changed, refused.snapshot) == (1, 0, before.snapshot)
    assert said == [
        "lines.jsonl: error: thread 'clay' was not loaded, for another {\"temperature\": 0} read it: judge it with the "
        "options that it was loaded with (--extractor, --embeddings)"
    ]
    _, said = loaded(tmp_path, NO, by=Another())
    assert (said, unanswered(tmp_path)) == ([], {"That is wrong, ours never leaked."})
    _, said = loaded(tmp_path, *THREAD)
    assert (said, unanswered(tmp_path)) == ([], {"That is wrong, ours never leaked."}), "a load says who reads"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"judgement": "no"}, "expected \"judgement\" out of right, wrong, withdrawn, got 'no'"),
        ({"judgement": ["wrong"]}, "expected \"judgement\" to be a string, got ['wrong']"),
        ({"kind": "objection"}, 'expected "kind" out of Move, Support, Objection,'),
        ({"judgement": "right", "kind": "Move"}, 'expected "kind" of what is right out of Support, Objection,'),
        ({"comment": " "}, 'expected "comment" to be a string that is not blank'),
        ({"target_words": "clay"}, 'expected the "target" in which the "target_words" stand'),
        ({"comment": "z"}, "judgement of comment 'z': expected a loaded comment, got 'z'"),
        ({"words": "It is dear."}, "judgement of comment 'b': expected words of comment 'b', got 'It is dear.'"),
        ({"target": "z"}, "judgement of comment 'b': expected a loaded comment, got 'z'"),
        (
            {"target": "a", "target_words": "It is dear."},
            "judgement of comment 'b': expected words of comment 'a', got 'It is dear.'",
        ),
        ({"words": None, "target": "b"}, "judgement of comment 'b': expected a target other than the judged words"),
        (
            {"target": "b", "target_words": "No,\n> clay cracks in summer."},
            "judgement of comment 'b': expected a target other than the judged words themselves",
        ),
        ({"quote": "No", "words": None}, 'nothing reads "quote" of a judgement; the key for that is "words"'),
        ({"targetWords": "No"}, 'nothing reads "targetWords" of a judgement; the key for that is "target_words"'),
        ({"to": "a"}, 'nothing reads "to" of a judgement; the key for that is "target"'),
        (
            {"thread": "sand"},
            "judgement of comment 'b': expected a thread that is loaded, got 'sand' of site 'local'",
        ),
        ({"thread": None}, "expected \"thread\", or a line above with the comment 'b'"),
    ],
)
def test_a_judgement_that_does_not_fit_is_lost_alone(tmp_path: Path, line: dict[str, object], said: str) -> None:
    loaded(tmp_path, *THREAD)
    tally, problems = loaded(tmp_path, {**NO, **line}, {**NO, "comment": "c", "words": None})
    assert len(problems) == 1
    assert problems[0].startswith(f"lines.jsonl:1: error: {said}"), problems
    assert (tally.lost, unanswered(tmp_path)) == (1, {"No, clay cracks in summer."})


def test_words_are_found_across_lines_and_marks(tmp_path: Path) -> None:
    loaded(tmp_path, THREAD[0], {**THREAD[1], "text": "No:\n\n- Clay cracks\n  in summer, so no."})
    loaded(tmp_path, {**NO, "words": " Clay cracks in\tsummer, so no."})
    assert not any("cracks" in one for one in unanswered(tmp_path))


def test_what_is_judged_wrong_is_known_only_as_a_judgement(tmp_path: Path) -> None:
    loaded(tmp_path, *THREAD, NO)
    store = open_current(tmp_path / "store").store
    found = {
        (quad.predicate.value.removeprefix(RJ), quad.object.value.removeprefix(RJ))
        for quad in store
        if "/curation/" in str(quad.graph_name) and quad.predicate.value.startswith(RJ)
    }
    comment = "https://rejoinder.example/comment/local/clay/b"
    assert found == {
        ("judgedComment", comment),
        ("judgedWords", "No, clay cracks in summer."),
        ("judgedKind", "Objection"),
        ("verdict", "wrong"),
        ("judge", "ida"),
        ("because", "she is for it"),
    }
