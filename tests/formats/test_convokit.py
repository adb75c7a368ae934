"""Corpora of ConvoKit: old and new names, the files beside the utterances, dates of every kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rejoinder.loaders.formats import convokit
from rejoinder.records import State, ThreadKey
from tests.reading import Reading, written


def utterance(name: str = "u1", **fields: Any) -> dict[str, Any]:
    base = {
        "id": name,
        "speaker": "kim",
        "conversation_id": "u1",
        "reply_to": None,
        "timestamp": None,
        "text": "Newts.",
    }
    return {**base, "meta": {}, **fields}


def corpus(folder: Path, *utterances: object, **files: object) -> Path:
    home = folder / "newt-corpus"
    home.mkdir()
    for name, content in files.items():
        written(home, content, f"{name}.json")
    lines = "".join(json.dumps(one) + "\n" for one in utterances)
    return written(home, lines, "utterances.jsonl")


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (json.dumps(utterance()), True),
        ('[{"id": "1", "user": "kim", "root": "1", "reply_to": null, "timestamp": 1, "text": "a"}]', True),
        ('{"id": "1", "speaker": "kim", "conversation_id": "1", "reply-to": null, "text": "a"}\n{', True),
        ('{"id": "1", "thread": "t", "parent": null, "text": "a"}', False),
        ('{"id": "1", "speaker": "kim", "text": "a"}', False),
        ('{"speaker": "kim", "conversation_id": "1", "reply_to": null}', False),
    ],
)
def test_utterances_are_known_by_their_names(head: str, known: bool) -> None:
    assert convokit.recognises(Path("any.jsonl"), head) is known


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ({"id": "u1", "user": "kim", "root": "u1", "reply_to": "u0", "timestamp": 1, "text": "Newts."}, "Newts."),
        ({"id": 1, "speaker": "kim", "conversation_id": 1, "reply-to": 0, "timestamp": 1, "text": "Newts."}, "Newts."),
    ],
)
def test_old_names_and_numbers_for_ids(tmp_path: Path, old: dict[str, Any], text: str) -> None:
    comment = Reading(corpus(tmp_path, old)).only()
    assert (comment.id, comment.thread.id, comment.parent, comment.author) in [
        ("u1", "u1", "u0", "kim"),
        ("1", "1", "0", "kim"),
    ]
    assert (comment.thread.site, comment.text) == ("newt-corpus", text)


def test_the_list_of_old_corpora(tmp_path: Path) -> None:
    path = written(tmp_path, [utterance(), 7, utterance("u2", reply_to="u1")], "utterances.json")
    result = Reading(path)
    assert [(comment.id, comment.parent) for comment in result.comments] == [("u1", None), ("u2", "u1")]
    assert [problem.lost for problem in result.problems] == [True]


def test_an_utterance_that_names_no_other_and_does_not_begin_its_conversation_leaves_its_words_to_tell(
    tmp_path: Path,
) -> None:
    result = Reading(corpus(tmp_path, utterance(), utterance("u2"), utterance("u3", reply_to="u1")))
    assert [(comment.parent, comment.addressed) for comment in result.comments] == [
        (None, True),
        (None, False),
        ("u1", True),
    ]


@pytest.mark.parametrize(
    ("timestamp", "created"),
    [
        (1600000000, "2020-09-13T12:26:40Z"),
        (1600000000.0, "2020-09-13T12:26:40Z"),
        ("1600000000", "2020-09-13T12:26:40Z"),
        ("1600000000.0", "2020-09-13T12:26:40Z"),
        ("2020-09-13T12:26:40Z", "2020-09-13T12:26:40Z"),
        ("NOT_RECORDED", "NOT_RECORDED"),
        (12, None),
        ("3", None),
        ("None", None),
        (None, None),
        (True, None),
    ],
)
def test_dates(tmp_path: Path, timestamp: object, created: str | None) -> None:
    assert Reading(corpus(tmp_path, utterance(timestamp=timestamp))).only().created == created


@pytest.mark.parametrize(
    ("fields", "text", "author", "states"),
    [
        ({"text": "[deleted]"}, "", "kim", (State.DELETED,)),
        ({"text": " [removed]\n", "speaker": "[deleted]"}, "", None, (State.DELETED,)),
        ({"text": "&gt; No &amp; yes &copy=1"}, "> No & yes &copy=1", "kim", ()),
        ({"text": "", "speaker": None}, "About newts", None, ()),
    ],
)
def test_the_words_of_an_utterance(
    tmp_path: Path, fields: dict[str, Any], text: str, author: str | None, states: tuple[State, ...]
) -> None:
    comment = Reading(
        corpus(tmp_path, utterance(**fields), conversations={"u1": {"meta": {"title": "About newts"}}})
    ).only()
    assert (comment.text, comment.author, comment.states) == (text, author, states)


@pytest.mark.parametrize(
    ("conversation", "title", "declared"),
    [
        ({"meta": {"title": "About newts", "num_comments": 4}, "vectors": []}, "About newts", 5),
        ({"op-title": " About newts "}, "About newts", None),
        ({"meta": {"title": 7, "num_comments": "4"}}, None, None),
        ("nonsense", None, None),
    ],
)
def test_conversations_have_titles(
    tmp_path: Path, conversation: object, title: str | None, declared: int | None
) -> None:
    threads = Reading(corpus(tmp_path, utterance(), conversations={"u1": conversation})).threads
    assert [(one.key, one.title, one.declared_comments) for one in threads] == (
        [(ThreadKey("newt-corpus", "u1"), title, declared)] if title or declared else []
    )


def test_the_files_of_a_corpus_load_together(tmp_path: Path) -> None:
    others = {"conversations": {"u1": {}}, "speakers": {"kim": {}}, "users": {}, "corpus": {}, "index": {"a": 1}}
    home = corpus(tmp_path, utterance(), **others).parent
    result = Reading(*sorted(home.iterdir()))
    assert ([comment.id for comment in result.comments], [problem for problem in result.problems if problem.lost]) == (
        ["u1"],
        [],
    )


def test_a_broken_description_is_no_obstacle(tmp_path: Path) -> None:
    path = corpus(tmp_path, utterance())
    written(path.parent, '{"u1": {"meta": {"title": "About', "conversations.json")
    assert Reading(path).only().id == "u1"


ONCE = "expected the key {} once in an object, got it before with another value; only that is left out"


@pytest.mark.parametrize(
    ("written_so", "line", "key"),
    [
        ('{"u0": {},\n"u1": {"meta": {"title": "Newts", "title": "About newts"}}}', 2, "title"),
        ('{"u1": {"meta": {"title": "Newts"}},\n"u1": {"meta": {"title": "About newts"}}}', 2, "u1"),
        ('{"u1": {"meta": {"title": "About newts"}},\n"u1": {"meta": {"title": "About newts"}}}', 0, ""),
    ],
    ids=["in a conversation", "a conversation", "a conversation that says the same"],
)
@pytest.mark.parametrize("in_folder", [True, False])
def test_a_key_that_stands_twice_in_a_description_is_told(
    tmp_path: Path, written_so: str, line: int, key: str, in_folder: bool
) -> None:
    path = corpus(tmp_path, utterance())
    beside = written(path.parent, written_so, "conversations.json")
    reading = Reading(path.parent if in_folder else path)
    assert [one.title for one in reading.threads] == ["About newts"]
    told = [(problem.file, problem.line, problem.message) for problem in reading.problems if not problem.note]
    assert told == ([(str(beside), line, ONCE.format(f'"{key}"'))] if key else [])


def test_what_says_nothing_is_left_out_and_counted(tmp_path: Path) -> None:
    result = Reading(corpus(tmp_path, utterance(), utterance("u2", text=" ", reply_to="u1")))
    assert [comment.id for comment in result.comments] == ["u1"]
    assert result.messages == ["left out utterances without words: 1, the first on this line"]


@pytest.mark.parametrize(
    ("permalink", "url"),
    [
        ("/r/pond/comments/u1/", "https://www.reddit.com/r/pond/comments/u1/"),
        ("https://pond.example/1", "https://pond.example/1"),
        ("javascript:x", None),
        (7, None),
    ],
)
def test_permalinks(tmp_path: Path, permalink: object, url: str | None) -> None:
    assert Reading(corpus(tmp_path, utterance(meta={"permalink": permalink}))).only().url == url


@pytest.mark.parametrize(
    "broken",
    [
        utterance(id=None),
        utterance(conversation_id=" "),
        utterance(text=7),
    ],
    ids=["id", "conversation", "text"],
)
def test_a_broken_utterance_is_one_problem(tmp_path: Path, broken: dict[str, Any]) -> None:
    result = Reading(corpus(tmp_path, utterance(), broken))
    assert [comment.id for comment in result.comments] == ["u1"]
    assert [(problem.line, problem.lost) for problem in result.problems] == [(2, True)]


@pytest.mark.parametrize("timestamp", [[], 1e300])
def test_a_timestamp_that_is_none_is_lost_alone(tmp_path: Path, timestamp: object) -> None:
    result = Reading(corpus(tmp_path, utterance(), utterance(id="u2", timestamp=timestamp)))
    assert [(comment.id, comment.created) for comment in result.comments][1:] == [("u2", None)]
    assert [(problem.line, problem.lost) for problem in result.problems] == [(2, True)]
