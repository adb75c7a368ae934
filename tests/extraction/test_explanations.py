"""What the extractor notes down about each move of a reply: a small JSON object of a fixed form, in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.labelled_threads import discussion
from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.labelled import threads_to_learn
from rejoinder.loaders.extract.model.linear import BIAS, shipped_models
from rejoinder.loaders.extract.moves.explanations import FEATURES, SHOWN, as_json, largest_reasons, round_to_hundredths
from rejoinder.loaders.extract.moves.naming import NAMES, PHRASES, PREFIXES, readable_feature
from rejoinder.loaders.extract.moves.naming import WORDS as WORD_KINDS
from rejoinder.loaders.extract.text.cues import cue_table
from rejoinder.loaders.extract.text.lexicon import kinds_of
from rejoinder.loaders.extract.weighing.targets import RIVALS, WORDS
from rejoinder.records import ChosenBy, Comment, Discussion, Kind, Method, Move, Thread, ThreadKey, with_wider_kinds
from tests.extraction.test_extract import made, thread

THREADS = list(threads_to_learn())[::6]
POSSIBLE = {"Objection", "Support", "Answer", "Question", "none"}
POSSIBLE |= {"Reply", "Reply to the likeliest", "Reply to the next likeliest", "Reply to another"}
CHOSEN_BY = {*ChosenBy}
TAKING_BACK = {cue.phrase for cue in cue_table() if cue.act == "withdraw"} | {"is satisfied"}
ROUNDING = 0.005  # of each number
MODELS = (
    shipped_models().addressee,
    shipped_models().reply,
    shipped_models().proposition,
    shipped_models().premise,
    shipped_models().quoted,
    shipped_models().reaction,
)
FEATURE_NAMES = sorted({name for model in MODELS for name in model.weights} - {BIAS})


@pytest.fixture(scope="module")
def moves() -> list[Move]:
    """The moves of some threads of the corpus."""
    return [move for thread in THREADS for move in extract(discussion(thread)).moves]


KEYS = {"alternatives", "between", "features", "rest", "rule", "shown", "start", "steps", "target"}


def explained(moves: list[Move]) -> Iterator[tuple[Move, dict[str, Any]]]:
    return ((move, json.loads(move.explanation)) for move in moves if move.explanation is not None)


def test_every_move_of_a_reply_is_explained_but_for_what_takes_something_back(moves: list[Move]) -> None:
    said = [
        move for move in moves if move.comment != move.target_comment and move.kind not in (Kind.QUOTATION, Kind.REPLY)
    ]
    replying = [move for move in said if move.cue not in TAKING_BACK]
    assert len(replying) > 100
    assert [move for move in replying if move.explanation is None] == []


def test_what_the_model_found_is_explained_and_what_words_show_need_not_be(moves: list[Move]) -> None:
    assert [move for move in moves if move.method == Method.MODEL and move.explanation is None] == []
    within = [move for move in moves if move.comment == move.target_comment and move.explanation is not None]
    assert {move.method for move in within} == {Method.MODEL}


def test_every_explanation_has_the_documented_form(moves: list[Move]) -> None:
    for move, found in explained(moves):
        assert found.keys() <= KEYS
        assert found.get("shown", {}).keys() <= {"features", "rest", "start"}
        assert ("shown" in found) == (found["steps"][0][0] == "shown")
        assert found["alternatives"].keys() <= POSSIBLE
        assert all(isinstance(one, int | float) and 0 <= one <= 1 for one in found["alternatives"].values())
        assert len(found.get("features", {})) <= FEATURES == 6
        assert all(isinstance(one, int | float) and one for one in found.get("features", {}).values())
        assert {*found.get("between", ())} <= found["alternatives"].keys()
        assert found["steps"][-1][1] == move.confidence
        assert ("target" in found) == (move.comment != move.target_comment)
        assert target_faults(found.get("target", {"by": "comment", "share": 0})) == []


def target_faults(target: dict[str, Any]) -> list[str]:
    others = target.get("others", [])
    shares = [other["share"] for other in others]
    rules = {
        "keys": target.keys() <= {"by", "of", "others", "share", "text", "words"},
        "words": len(target.get("words", ())) <= WORDS == 4,
        "by": target["by"] in CHOSEN_BY,
        "share": 0 <= target["share"] <= 1,
        "how many": len(others) <= RIVALS,
        "keys of others": all(other.keys() == {"share", "text", "why"} for other in others),
        "their shares": all(0 <= share <= 1 for share in shares),
        "their words": all(0 < len(other["text"]) <= SHOWN == 80 for other in others),
    }
    return [rule for rule, holds in rules.items() if not holds]


def test_alternatives_sum_to_one_within_rounding(moves: list[Move]) -> None:
    for _, found in explained(moves):
        chances = found["alternatives"].values()
        assert abs(sum(chances) - 1) <= ROUNDING * len(chances) + 1e-9


AS_ALTERNATIVE = {Kind.CONCESSION: "Support", Kind.CLARIFICATION: "Support", Kind.DISMISSAL: "Objection"}


def test_what_was_chosen_is_among_the_alternatives(moves: list[Move]) -> None:
    """Of a question between bare propositions there is none: the model for them knows only for and against."""
    for move, found in explained(moves):
        chosen = AS_ALTERNATIVE.get(
            move.kind, "Objection" if Kind.OBJECTION in with_wider_kinds(move.kind) else str(move.kind)
        )
        assert chosen in found["alternatives"] or found["alternatives"].keys() == {"Objection", "Support"}


def test_it_is_written_compactly_in_a_fixed_order(moves: list[Move]) -> None:
    for move, found in explained(moves):
        assert move.explanation == json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert move.explanation == as_json(found)


def test_the_same_thread_is_explained_alike_whatever_the_order_of_its_comments() -> None:
    found = discussion(THREADS[0])
    turned = Discussion(found.thread, tuple(reversed(found.comments)))
    assert {move.explanation for move in extract(turned).moves} == {move.explanation for move in extract(found).moves}


PLAN = "The tower needs a new roof. The bell in the tower is cracked."


def test_a_reply_says_how_its_target_was_chosen_and_what_it_was_not() -> None:
    (move,) = made(extract(thread(PLAN, "No, the bell rings as it did, and the tower is dry.")), "1")
    target = json.loads(move.explanation or "")["target"]
    assert target["by"] == "shared words"
    assert [one["text"] for one in target["others"]] == ["The tower needs a new roof."]


def test_only_the_beginning_of_what_was_not_chosen_is_shown() -> None:
    long = "The tower, which stands beside the old granary at the end of the lane, needs a new roof before the winter."
    (move,) = made(
        extract(thread(f"{long} The bell in the tower is cracked.", "No, no bell in a tower is cracked.")), "1"
    )
    (other,) = json.loads(move.explanation or "")["target"]["others"]
    assert other["text"] == long[:SHOWN]


def test_a_reason_within_a_comment_is_explained_without_a_target(moves: list[Move]) -> None:
    within = [(move, found) for move, found in explained(moves) if move.comment == move.target_comment]
    assert {(move.kind, move.method) for move, _ in within} == {(Kind.SUPPORT, Method.MODEL)}
    for _, found in within:
        assert found.keys() >= {"alternatives", "between", "features", "start", "steps"}
        assert "target" not in found


def test_a_comment_that_replies_to_nothing_loaded_is_weighed_without_a_target() -> None:
    comment = Comment(ThreadKey("local", "t"), "b", "I disagree, the bell rings.", parent="gone", author="bo")
    (move,) = extract(Discussion(Thread(comment.thread), (comment,))).moves
    found = json.loads(move.explanation or "{}")
    assert found.keys() >= {"alternatives", "features", "shown", "steps"}
    assert found["target"] == {"by": "comment", "share": 0.0}
    assert move.explanation == as_json(found)


def test_no_two_features_have_one_name_for_readers() -> None:
    assert len({readable_feature(name) for name in FEATURE_NAMES}) == len(FEATURE_NAMES)


@pytest.mark.parametrize("name", FEATURE_NAMES)
def test_every_feature_is_named_in_words(name: str) -> None:
    prefix = "" if name in NAMES else next((one for one in PREFIXES if name.startswith(one)), "")
    assert name.removeprefix(prefix) in NAMES
    assert "kind '" not in readable_feature(name)


def test_every_word_and_phrase_that_names_a_kind_is_of_it() -> None:
    examples = re.compile(r"\(([^()]+)\)$")
    for kind, said in (*WORD_KINDS.items(),):
        named = examples.findall(said) or [said]
        for word in re.findall(r"[a-z]+(?:'[a-z]+)?", named[0].casefold()):
            assert word == "or" or kind in kinds_of(word), (kind, word)
    phrases = {(cue.act, cue.phrase) for cue in cue_table()}
    for act, said in PHRASES.items():
        (named,) = examples.findall(said)
        for phrase in named.split(", "):
            assert (act, phrase.casefold()) in phrases, (act, phrase)


@given(st.dictionaries(st.sampled_from(FEATURE_NAMES), st.floats(-3, 3), max_size=12))
def test_of_the_reasons_the_six_largest_are_kept(reasons: dict[str, float]) -> None:
    ordered = dict(sorted(reasons.items(), key=lambda item: (-abs(item[1]), item[0])))
    found = largest_reasons(ordered)
    assert list(found) == [
        readable_feature(name) for name in list(ordered)[:FEATURES] if round_to_hundredths(ordered[name])
    ]
    assert all(value == round(value, 2) != 0 for value in found.values())
