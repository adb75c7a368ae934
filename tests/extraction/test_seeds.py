"""The user's own two documents come out right; they stand beside the repository, so lines are named by number here."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from rejoinder.errors import Problem
from rejoinder.graph.queries.views import select_rows
from rejoinder.graph.shapes import check
from rejoinder.graph.stores.publish import Snapshot, open_current
from rejoinder.load import Tally, load
from rejoinder.settings import Settings

PREFIXES = """PREFIX rj: <https://w3id.org/rejoinder/ns#>
PREFIX schema: <https://schema.org/>
PREFIX sioc: <http://rdfs.org/sioc/ns#>
"""
MOVES = f"""{PREFIXES} SELECT ?thread ?line ?kind ?aim ?cue ?confidence WHERE {{
  ?move a rj:Move ; a ?kind ; rj:cue ?cue ; rj:confidence ?confidence ; rj:inComment ?comment .
  ?comment schema:position ?line ; sioc:has_container/sioc:id ?thread .
  OPTIONAL {{ ?move rj:targetComment/schema:position ?aim }} }}"""
CLAIMS = f"""{PREFIXES} SELECT ?claim ?thread ?line WHERE {{
  ?claim a rj:Claim ; rj:statedIn/rj:inComment ?comment .
  ?comment schema:position ?line ; sioc:has_container/sioc:id ?thread . }}"""
UNSEEN = -1

# file: {line: kinds that must be there}; lines count from 1 as an editor shows them
KINDS = {
    "002": {
        2: "Rebuttal", 5: "Question", 16: "Question", 26: "Question Objection", 31: "Rebuttal", 32: "Objection",
        33: "Objection", 34: "Rebuttal", 38: "Objection", 39: "Rebuttal", 42: "Rebuttal", 44: "Clarification",
        53: "Rebuttal", 55: "Support", 58: "Clarification",
    },
    "003": {
        3: "Concession Counter", 11: "Support", 15: "Answer", 18: "Answer", 28: "Rebuttal", 32: "Objection",
        35: "Question", 36: "Rebuttal", 39: "Support", 42: "Clarification", 44: "Question", 45: "Question",
    },
}  # fmt: skip
QUOTED = {"002": {15, 28, 29, 30, 35, 41, 47, 48, 50, 54}, "003": {5, 10, 12, 14, 17, 30}}
AIMS = {
    "002": {16: 15, 31: 29, 32: 29, 33: 29, 34: 30, 37: 35, 38: 35, 39: 35, 42: 41, 49: 48, 51: 50, 55: 54},
    "003": {6: 5, 11: 10, 13: 12, 15: 14, 18: 17, 39: 37, 42: 43},
}
NO_CLAIM = {"002": {1, 3, 8, 11, 20, 21, 25, 43, 46, 57, 60}, "003": {1, 2, 7, 16, 20, 25, 26, 27, 29, 31, 34, 48}}
# A reader would not be sure of these either: no move of theirs may be.
UNSURE = {"002": {15, 17, 18, 19, 26, 37, 41, 49}, "003": {5, 6, 8, 10, 12, 13, 32, 35}}


class Loaded:
    """Both documents, loaded once, and loaded again."""

    def __init__(self, folder: Path, files: list[str]) -> None:
        self.problems: list[Problem] = []
        load(folder, files, Settings(), report=self.problems.append)
        self.again: Tally = load(folder, files, Settings(), report=self.problems.append)
        self.snapshot: Snapshot = open_current(folder)
        self.kinds: dict[tuple[str, int], set[str]] = defaultdict(set)
        self.aims: dict[tuple[str, int], set[int]] = defaultdict(set)
        self.sure: dict[tuple[str, int], float] = defaultdict(float)
        for row in select_rows(self.snapshot.store, MOVES).rows:
            place = (str(row["thread"])[:3], int(row["line"] or 0) + 1)
            self.kinds[place].add(str(row["kind"]).rpartition("#")[2])
            self.sure[place] = max(self.sure[place], float(row["confidence"] or 0))
            self.aims[place].add(UNSEEN if row["aim"] is None else int(row["aim"]) + 1)
        self.claims: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for row in select_rows(self.snapshot.store, CLAIMS).rows:
            self.claims[str(row["claim"])].add((str(row["thread"])[:3], int(row["line"] or 0) + 1))


@pytest.fixture(scope="module")
def seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    files = sorted(str(path) for path in (shared / "seeds").glob("*.txt"))
    return Loaded(tmp_path_factory.mktemp("seeds") / "store", files)


def test_they_load_without_a_warning_and_a_second_load_changes_nothing(seeds: Loaded) -> None:
    assert [str(problem) for problem in seeds.problems if not problem.note] == []
    assert (seeds.again.threads, seeds.again.comments, seeds.again.changed) == (2, 109, 0)


def test_they_conform(seeds: Loaded) -> None:
    assert check.check_store(seeds.snapshot.store) == ()


@pytest.mark.parametrize("file", sorted(KINDS))
def test_paragraphs_do_what_a_reader_sees_them_do(seeds: Loaded, file: str) -> None:
    for line, wanted in KINDS[file].items():
        assert set(wanted.split()) <= seeds.kinds[file, line], line


@pytest.mark.parametrize("file", sorted(QUOTED))
def test_quoted_passages_are_somebody_elses_words(seeds: Loaded, file: str) -> None:
    found = {line for (name, line), kinds in seeds.kinds.items() if name == file and "Quotation" in kinds}
    assert QUOTED[file] <= found
    assert len(found - QUOTED[file]) <= 1


@pytest.mark.parametrize("file", sorted(AIMS))
def test_reactions_are_aimed_at_what_they_react_to(seeds: Loaded, file: str) -> None:
    assert {line: aim for line, aim in AIMS[file].items() if aim not in seeds.aims[file, line]} == {}


@pytest.mark.parametrize("file", sorted(UNSURE))
def test_what_is_doubtful_is_unsure(seeds: Loaded, file: str) -> None:
    assert {line: seeds.sure[file, line] for line in UNSURE[file] if not 0 < seeds.sure[file, line] < 0.5} == {}


@pytest.mark.parametrize("file", sorted(NO_CLAIM))
def test_thanks_bylines_titles_marks_and_links_claim_nothing(seeds: Loaded, file: str) -> None:
    claiming = {line for places in seeds.claims.values() for name, line in places if name == file}
    assert claiming & NO_CLAIM[file] == set()


def test_a_repeated_block_counts_once(seeds: Loaded) -> None:
    assert {("002", 2), ("002", 4)} in seeds.claims.values()
    assert seeds.kinds["002", 2]
    assert not seeds.kinds["002", 4]


def test_every_objection_is_listed_with_an_unknown_coverage(seeds: Loaded) -> None:
    command = [sys.executable, "-m", "rejoinder", "unanswered", "--store", str(seeds.snapshot.path.parent.parent)]
    done = subprocess.run([*command, "--format", "json"], capture_output=True, text=True, check=True)
    listed = json.loads(done.stdout)["rows"]
    assert len(listed) >= 10
    assert {row["coverage"] for row in listed} == {"unknown"}
    assert all(row["text"] and row["cue"] and row["target"] for row in listed)


MODES = {
    "threads": ["threads", "cmv_threads.jsonl", "--limit", "30"],
    "pairs": ["pairs", "cmv_modes.jsonl", "--task", "relation", "--kind", "inter", "--no-none", "--limit", "200"],
    "acts": ["acts", "wikitactics.jsonl", "--task", "act", "--limit", "200"],
    "units": ["units", "cmv_modes.jsonl", "--task", "span", "--limit", "400"],
}


@pytest.mark.parametrize("words", MODES.values(), ids=MODES)
def test_the_scorer_drives_the_command(shared: Path, words: list[str], tmp_path: Path) -> None:
    mode, file, *options = words
    scorer = [sys.executable, str(shared / "evaluation" / "score.py"), mode, str(shared / "data" / "corpora" / file)]
    command = [*scorer, *options, "--keep", str(tmp_path / "kept"), "--rejoinder", f"{sys.executable} -m rejoinder"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    if mode == "threads":
        assert found["comment_pairs_macro_f1"] > 0.5
    else:
        assert found["macro_f1"] > found["majority_macro_f1"]
