"""The baselines that extraction is measured beside: what they find, and their command lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.baselines.cues import Cues
from benchmarks.baselines.trivial import Trivial
from rejoinder.records import ArgumentMap, Comment, Discussion, Thread, ThreadKey
from tests.benchmark_runs import run


def bread(parent: str | None = "1") -> Discussion:
    """A post and a reply of four sentences."""
    key = ThreadKey("bread.example", "dough")
    post = Comment(key, "1", "Rye needs more water. Wheat does not.", author="nan")
    words = "I agree on rye. No, wheat drinks a lot. Is spelt thirsty? I admit oats are."
    reply = Comment(key, "2", words, parent, author="kit")
    return Discussion(Thread(key), (post, reply))


def told(argument_map: ArgumentMap) -> list[tuple[str, str, str | None]]:
    """What each move does, by which words, to which comment."""
    return sorted((str(move.kind), move.evidence[0].exact, move.target_comment) for move in argument_map.moves)


def test_the_trivial_baseline_takes_each_reply_as_an_objection() -> None:
    argument_map = Trivial().map(bread())
    assert sorted(one.text for one in argument_map.claims) == sorted(comment.text for comment in bread().comments)
    assert told(argument_map) == [("Rebuttal", bread().comments[1].text, "1")]
    assert told(Trivial().map(bread(parent=None))) == []


def test_the_baseline_of_cues_goes_by_the_table_alone() -> None:
    argument_map = Cues().map(bread())
    assert len(argument_map.claims) == 6
    assert told(argument_map) == [
        ("Concession", "I admit oats are.", "1"),
        ("Objection", "No, wheat drinks a lot.", "1"),
        ("Question", "Is spelt thirsty?", "1"),
        ("Support", "I agree on rye.", "1"),
    ]
    assert told(Cues().map(bread(parent=None))) == []


@pytest.mark.parametrize("name", ["trivial", "cues"])
def test_a_baseline_is_a_command_line(tmp_path: Path, name: str) -> None:
    file, query, store = tmp_path / "bread.jsonl", tmp_path / "who.rq", str(tmp_path / "store")
    lines = [{"id": "1", "thread": "t", "text": "Salt goes in last."}]
    lines.append({"id": "2", "thread": "t", "parent": "1", "text": "No, it goes in first."})
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    query.write_text("PREFIX rj: <https://w3id.org/rejoinder/ns#> SELECT ?move { ?move a rj:Objection }", "utf-8")
    assert run(f"baselines.{name}", "load", "--store", store, str(file)).returncode == 0
    asked = run(f"baselines.{name}", "query", "--store", store, "--format", "json", str(query))
    assert len(json.loads(asked.stdout)["results"]["bindings"]) == 1
