"""The table of extraction: its rows, its figures, and what is left of a page when it is written."""

from __future__ import annotations

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks import seeds, tables, tasks
from tests.benchmark_runs import SCORER, cells, run, small_corpora
from tests.conftest import ROOT

DUMP = "> The oven must be hot from the start.\n\nI don't agree, mine is cold at first.\n\nThanks for the recipe!\n"
DUMP_GOLD = "# by hand\nbre\t1\tquote\t-\t-\nbre\t3\tobjection\t1\t-\nbre\t5\taside\t-\t-\n"


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    return small_corpora(tmp_path)


@pytest.mark.parametrize("name", ["tables", "reliability"])
def test_the_examples_in_the_benchmarks_hold(name: str) -> None:
    tried = doctest.testmod(import_module(f"benchmarks.{name}"))
    assert (tried.failed, tried.attempted > 0) == (0, True)


def test_extraction_prints_a_row_for_each_figure_and_says_what_is_left_out(corpora: Path) -> None:
    (corpora / "cmv_modes.jsonl").unlink()  # which two tasks read
    dumps = corpora / "dumps"
    dumps.mkdir()
    (dumps / "bread.txt").write_text(DUMP, encoding="utf-8")
    (corpora / "gold.tsv").write_text(DUMP_GOLD, encoding="utf-8")
    words = ["--corpora", str(corpora), "--scorer", str(SCORER), "--seeds", str(dumps), "--no-speed", "--classes"]
    done = run("extraction", *words, "--gold", str(corpora / "gold.tsv"))
    assert done.returncode == 0, done.stderr
    assert re.findall(r"left out: (\w+)", done.stderr) == ["threads", "cmv", "qt30", "wikitactics", "units"]
    majority, trivial, _, product, goal = cells(done.stdout, "DISAPERE")
    assert (majority, trivial, goal) == (".50", "1.00", "* .62" if float(product) >= 0.62 else ".62")
    assert cells(done.stdout, "Dumps: quoted paragraphs, recall")[1:4] == [".00", ".00", "1.00"]
    assert cells(done.stdout, "Dumps: objections, recall")[1:4] == [".00", "1.00", "1.00"]
    assert cells(done.stdout, "Dumps: quoted paragraphs, precision")[1] == ""
    assert cells(done.stdout, "disapere: attack, trivial") == ["1.00", "1.00", "1.00", "5"]


def test_a_table_with_holes_is_not_written(corpora: Path) -> None:
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    done = run("extraction", "--corpora", str(corpora), "--scorer", str(SCORER), "--no-speed", "--write")
    assert (done.returncode, "--write needs all of the corpora" in done.stderr) == (2, True)
    assert (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8") == page


def test_a_run_that_fails_leaves_the_others_alone(corpora: Path) -> None:
    (corpora / "disapere.jsonl").write_text("no JSON\n", encoding="utf-8")
    (corpora / "cmv_modes.jsonl").unlink()
    done = run("extraction", "--corpora", str(corpora), "--scorer", str(SCORER), "--no-speed")
    assert done.returncode == 0
    assert done.stderr.count("failed: disapere of") == 3
    assert cells(done.stdout, "DISAPERE") == ["", "", "", "", ".62"]


def test_the_whole_table_with_the_corpora(shared: Path) -> None:
    words = ["--corpora", str(shared / "data" / "corpora"), "--scorer", str(shared / "evaluation" / "score.py")]
    done = run("extraction", *words, "--seeds", str(shared / "seeds"), "--limit", "20", "--no-speed")
    assert (done.returncode, done.stderr) == (0, "")
    figures = [figure.title for task in tasks.TASKS for figure in task.figures]
    assert [cells(done.stdout, one)[3] for one in figures + [seed.title for seed in tasks.SEEDS]].count("") == 0


@pytest.mark.parametrize(
    ("path", "expected"),
    [(("macro_f1",), 0.5), (("open", "f1"), 0.25), (("open", "gone"), None), (None, None), (("open",), None)],
    ids=["top", "within", "absent", "no path", "no number"],
)
def test_figures_are_found_in_an_answer(path: tuple[str, ...] | None, expected: float | None) -> None:
    assert tasks.number({"macro_f1": 0.5, "open": {"f1": 0.25}}, path) == expected


def test_classes_are_found_however_deep() -> None:
    score = {"p": 0.1, "r": 0.2, "f1": 0.3, "n": 4}
    answer = {"attack": score, "macro_f1": 0.3, "unanswered": {"open": score}}
    assert tasks.classes(answer) == {"attack": (0.1, 0.2, 0.3, 4), "unanswered open": (0.1, 0.2, 0.3, 4)}


@pytest.mark.parametrize("text", ["", "<!-- a -->", "<!-- a --><!-- /a -->" * 2], ids=["none", "half", "twice"])
def test_a_page_without_its_markers_is_left_alone(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="expected the markers"):
        tables.put(page, "a", "new")
    assert page.read_text(encoding="utf-8") == text


def test_a_table_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before <!-- a -->old\\1<!-- /a --> after <!-- b --><!-- /b -->", encoding="utf-8")
    tables.put(page, "a", r"\g<0>")
    assert tables.text_between_markers(page.read_text(encoding="utf-8"), "a") == r"\g<0>"
    assert page.read_text(encoding="utf-8").startswith("before <!-- a -->\n")


def test_the_list_of_the_dumps_holds_no_words_of_theirs() -> None:
    head, *lines = seeds.GOLD.read_text(encoding="utf-8").splitlines()
    assert head.startswith("# ")
    roles = "aside|claim|concession|objection|question|quote|reply|support"
    shape = re.compile(rf"00[23]\t\d+\t(?:{roles})(?:\|(?:{roles}))*\t(?:-|[\w|]+)\t(?:-|[a-z|]+)")
    assert [line for line in lines if not shape.fullmatch(line)] == []
    assert len(lines) == 109


def test_precision_counts_all_roles_that_fit_and_recall_the_one_that_fits_best() -> None:
    gold = [
        seeds.Paragraph("a", ("quote",)),
        seeds.Paragraph("b", ("claim", "quote")),
        seeds.Paragraph("c", ("aside",)),
    ]
    assert seeds.shares(gold, "quote", {"b", "c"}) == {"p": 0.5, "r": 0.0, "f1": 0.0, "n": 1}
    assert seeds.shares(gold, "quote", set())["p"] is None
