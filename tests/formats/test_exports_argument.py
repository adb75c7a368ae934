"""The real samples of argument formats, where they are: what is read of each, in numbers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from rejoinder.graph.exports import argdown as writer
from rejoinder.graph.exports.writer import Options
from rejoinder.graph.triples.coverage import coverage_of
from rejoinder.records import Coverage
from tests.argdown_parser import running
from tests.formats.test_argdown_written import same
from tests.thread_maps import maps_in

# statements, arguments, relations and inferences, on which its parser agrees; then our comments, claims and moves
ARGDOWN = {
    "argdown-primer.argdown": ((17, 4, 10, 1), (20, 20, 11)),
    "greenspan-schefczyk_hardwrap.argdown": ((36, 6, 5, 5), (42, 38, 11)),
    "legalisation-softdrugs.argdown": ((1, 17, 19, 0), (18, 18, 19)),
    "state-censorship.argdown": ((28, 7, 4, 10), (35, 28, 14)),
}


@pytest.mark.parametrize(("name", "expected"), ARGDOWN.items(), ids=list(ARGDOWN))
def test_argdown_is_read_as_its_own_parser_reads_it(
    name: str, expected: tuple[tuple[int, ...], tuple[int, ...]], shared: Path, tmp_path: Path
) -> None:
    counts, ours = expected
    path = shared / "data" / "exports" / "argdown" / name
    (thread_map,) = maps_in(path)
    discussion = thread_map.discussion
    assert (len(discussion.comments), len(discussion.stated_claims), len(discussion.stated_moves)) == ours
    assert coverage_of(discussion) is Coverage.UNKNOWN
    with running() as parser:
        assert same(path, parser) == counts
        again = tmp_path / name
        again.write_text(writer.write(thread_map, Options()), encoding="utf-8")
        assert same(again, parser) == counts


DBAS = {
    "burgerbeteiligung-in-der-kommune": (8, 7, 0, Counter(Rebuttal=4, Undercut=1, Support=1)),
    "cat-or-dog": (36, 35, 0, Counter(Rebuttal=8, Undercut=10, Support=13)),
    "elektroautos": (12, 11, 2, Counter(Rebuttal=3, Undercut=2, Support=4)),
    "make-the-world-better": (1, 0, 0, Counter[str]()),
    "read-only-issue": (1, 0, 0, Counter[str]()),
    "town-has-to-cut-spending": (23, 22, 5, Counter(Rebuttal=6, Undercut=6, Support=7)),
    "unterstutzung-der-sekretariate": (8, 7, 0, Counter(Rebuttal=3, Support=2)),
    "verbesserung-des-informatik-studiengangs": (1, 0, 0, Counter[str]()),
}


def test_dbas_issues_are_threads(shared: Path) -> None:
    found = {}
    for thread_map in maps_in(shared / "data" / "exports" / "dbas" / "002_development_seed.sql"):
        comments = thread_map.discussion.comments
        kinds = Counter(str(move.kind) for move in thread_map.discussion.stated_moves)
        parents, authors = (
            sum(comment.parent is not None for comment in comments),
            sum(bool(comment.author) for comment in comments),
        )
        found[thread_map.key.id] = (len(comments), parents, authors, kinds)
    assert found == DBAS
