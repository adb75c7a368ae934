"""The benchmark of two readers, on small threads of its own, and what documentation says of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import readers, worklist
from benchmarks.readers import Agreement
from rejoinder.loaders.extract.labelled import ATTACKS, LABELS, LabelledThread, Place, read_thread, threads_held_back
from tests.benchmark_runs import cells
from tests.conftest import ROOT
from tests.llm_server import model
from tests.measuring.test_worklist_measured import THREAD, labelled

BRANCHED = """\
# title: A bell for the ferry
# register: village forum
# split: held

@ 1 by Odile
claim | The ferry should ring a bell.

@ 2 by Marek to 1
objection -> 1.1 | Bells wake the herons.

@ 3 by Ilse to 1
objection -> 1.1 | Bells freeze in winter.

@ 4 by Vasil to 3
clarification -> 3.1 | Ours hangs under a roof.

@ 5 by Odile to 1
concession -> 2.1, 3.1 | The herons and the winter, granted.
{more}
"""


def branched(folder: Path, more: str = "", page: str = "") -> LabelledThread:
    """A thread whose last comment answers two others than its parent."""
    text = BRANCHED.format(more=more).replace("# split: held\n", f"# split: held\n{page}")
    if page:
        text = re.sub(r" to \d+$", "", text, flags=re.MULTILINE)
    (folder / "casual-bell.thread").write_text(text, encoding="utf-8")
    return read_thread(folder / "casual-bell.thread")


@pytest.mark.parametrize("page", ["", "# page: flat\n"])
def test_what_a_perfect_reader_says_reaches_the_worklist(page: str, tmp_path: Path) -> None:
    thread = branched(tmp_path, "@ 6 by Marek to 5\nobjection -> 5.1 | The bitterns remain.", page)
    found = readers.worklist_of_reader(thread, thread)
    assert [(row.place, row.truth) for row in found.rows if row.is_listed] == [(("6", 1), worklist.OPEN)]


def test_another_reader_is_judged_by_the_labels_of_the_first(tmp_path: Path) -> None:
    first = branched(tmp_path)
    labels: dict[Place, tuple[str, tuple[Place, ...]]] = {
        ("1", 1): ("claim", ()),
        ("2", 1): ("objection", (("1", 1),)),
        ("3", 1): ("claim", ()),
        ("4", 1): ("objection", (("3", 1),)),
        ("5", 1): ("concession", (("2", 1),)),
    }
    second = readers.relabelled(first, labels)
    found = readers.worklist_of_reader(second, first)
    assert [(row.place, row.truth) for row in found.rows if row.is_listed] == [(("4", 1), worklist.NONE)]
    told = readers.agreements([(first, second)])
    assert told == {"object": Agreement(5, 2, 2, 1), "object and are open": Agreement(5, 0, 1, 0)}
    assert cells(readers.agreement_table(told), "object  ") == ["5", "2", "2", "1", ".50", ".50", ".17"]


@pytest.mark.parametrize(
    ("counts", "kappa"),
    [
        pytest.param((10, 5, 5, 5), 1.0, id="always"),
        pytest.param((10, 5, 5, 0), -1.0, id="never"),
        pytest.param((4, 2, 2, 1), 0.0, id="as chance has it"),
        pytest.param((4, 4, 4, 4), 1.0, id="where there is nothing to tell apart"),
    ],
)
def test_kappa(counts: tuple[int, int, int, int], kappa: float) -> None:
    assert Agreement(*counts).kappa == pytest.approx(kappa)


def test_the_second_reader_has_labelled_each_sentence_of_thirty_threads_that_are_held_back() -> None:
    labels, threads = readers.second_labels(), {one.name: one for one in threads_held_back()}
    assert len(labels) == 30
    for name, mine in labels.items():
        thread = threads[name]
        places = {(one.id, at) for one in thread.comments for at in range(1, len(one.segments) + 1)}
        assert (name, set(mine)) == (name, places)
        for label, aims in mine.values():
            assert label in LABELS
            assert bool(aims) or label not in ATTACKS
            for comment, number in aims:
                assert thread.segment(comment, number or 1)


def test_the_documentation_says_how_far_they_agree() -> None:
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    assert readers.agreement_table(readers.agreements(readers.threads_labelled_twice(threads_held_back()))) in page


def test_a_language_model_reads_threads_of_ones_own(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    labelled(folder, "")
    with model() as server:
        env = {
            "REJOINDER_LLM_URL": server.url,
            "REJOINDER_LLM_MODEL": "tiny",
            "REJOINDER_LLM_CACHE": str(tmp_path / "c"),
        }
        result = CliRunner().invoke(worklist.main, ["--threads", str(folder), "--llm", "--each"], env=env)
        assert (result.exit_code, len(server.requests)) == (0, 3), result.output
    assert "No, the water there is too shallow for it." in THREAD
    assert cells(result.stdout, "in mine")[0] != "0"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(["--llm"], "--extractor llm needs --llm-url and --llm-model", id="no model"),
        pytest.param(["--llm", "--write"], "--write is for the labelled corpus", id="written"),
    ],
)
def test_what_cannot_be_measured_says_so(words: list[str], says: str) -> None:
    result = CliRunner().invoke(worklist.main, words)
    assert (result.exit_code, says in result.stderr) == (2, True), result.output
