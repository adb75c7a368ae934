"""The benchmarks of extraction run, on small files of their own, and the documentation says what they find."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks import annotated, curve, inprocess, judging, reliability, seeds, speed, tables, tasks, worklist
from benchmarks import dumps as dump_scores
from benchmarks.baselines.cues import Cues
from benchmarks.baselines.trivial import Trivial
from benchmarks.labelled_threads import discussion, register
from benchmarks.reliability import Said
from benchmarks.stages import REST, STAGES
from rejoinder.errors import BadParameter
from rejoinder.graph.maps.wording import CONFIDENCE_BANDS
from rejoinder.loaders.extract import RULES
from rejoinder.loaders.extract.labelled import LabelledThread, corpus, read_thread
from rejoinder.loaders.extract.labelled_dumps import read_dump
from rejoinder.loaders.extract.model.linear import Models
from rejoinder.records import ArgumentMap, Comment, Discussion, Kind, Thread, ThreadKey, Verdict
from tests.conftest import ROOT

SCORER = ROOT / "tests" / "scorer.py"
NEAR = 0.02  # how far a share in the documentation may be from what the code gives
PAIRS = [
    (
        "The dough should rest in the cold for a whole night.",
        "No, that is wrong, a cold night spoils the crust.",
        "attack",
    ),
    ("Rye needs more water than wheat.", "I agree, my rye loaves were always too dry.", "support"),
    ("A steel pan gives the better crust.", "That is not true, steel only scorches the base.", "attack"),
    ("Salt goes in last.", "Good point, it did slow down my starter.", "support"),
    ("Old starter tastes sour.", "The shop on the corner sells flour on Fridays.", "none"),
]
DUMP = "> The oven must be hot from the start.\n\nI don't agree, mine is cold at first.\n\nThanks for the recipe!\n"
DUMP_GOLD = "# by hand\nbre\t1\tquote\t-\t-\nbre\t3\tobjection\t1\t-\nbre\t5\taside\t-\t-\n"
DOC = {
    "doc": "crumbs",
    "title": "Bread without kneading",
    "comments": [
        {"id": "1", "author": "nan", "text": "Nobody needs to knead. Time does the work."},
        {"id": "2", "author": "kit", "text": "No, that is wrong, rye needs your hands."},
        {"id": "3", "author": "nan", "text": "I agree, rye is the exception."},
    ],
    "propositions": [
        {"id": "p0", "comment": "title", "text": "Bread without kneading"},
        {"id": "p1", "comment": "1", "text": "Nobody needs to knead."},
        {"id": "p2", "comment": "2", "text": "No, that is wrong, rye needs your hands."},
        {"id": "p3", "comment": "3", "text": "I agree, rye is the exception."},
    ],
    "relations": [
        {"source": "p2", "target": "p1", "rel": "attack"},
        {"source": "p3", "target": "p2", "rel": "support"},
        {"source": "p1", "target": "p0", "rel": "support"},
    ],
}


def rows() -> list[dict[str, str]]:
    """The pairs as the corpora have them, and a passage that stands alone."""
    made = [
        {"task": "pair", "text": text, "parent_text": parent, "label": label, "thread": f"t{number}"}
        for number, (parent, text, label) in enumerate(PAIRS)
    ]
    return [*made, {"task": "span", "text": "Flour first.", "label": "claim", "thread": "t0"}]


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A folder with two of the files that the tasks name."""
    for name in ("disapere", "cmv_modes"):
        text = "".join(json.dumps(one) + "\n" for one in rows())
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def run(module: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A benchmark as it is run by hand."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["tables", "reliability"])
def test_the_examples_in_the_benchmarks_hold(name: str) -> None:
    tried = doctest.testmod(import_module(f"benchmarks.{name}"))
    assert (tried.failed, tried.attempted > 0) == (0, True)


# ---------------------------------------------------------------------- the table of extraction


def cells(printed: str, title: str) -> list[str]:
    """The cells of the row with that title."""
    (line,) = [one for one in printed.splitlines() if one.startswith(f"| {title}")]
    return [one.strip() for one in line.strip("|").split("|")][1:]


def test_extraction_prints_a_row_for_each_figure_and_says_what_is_left_out(corpora: Path) -> None:
    dumps = corpora / "dumps"
    dumps.mkdir()
    (dumps / "bread.txt").write_text(DUMP, encoding="utf-8")
    (corpora / "gold.tsv").write_text(DUMP_GOLD, encoding="utf-8")
    words = ["--corpora", str(corpora), "--scorer", str(SCORER), "--seeds", str(dumps), "--no-speed", "--classes"]
    done = run("extraction", *words, "--gold", str(corpora / "gold.tsv"))
    assert done.returncode == 0, done.stderr
    assert re.findall(r"left out: (\w+)", done.stderr) == ["threads", "qt30", "wikitactics"]
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
    assert [cells(done.stdout, one)[3] for one in figures + [one.title for one in tasks.SEEDS]].count("") == 0


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
    assert tables.between(page.read_text(encoding="utf-8"), "a") == r"\g<0>"
    assert page.read_text(encoding="utf-8").startswith("before <!-- a -->\n")


# ---------------------------------------------------------------------- baselines


def bread(parent: str | None = "1") -> Discussion:
    """A post and a reply of four sentences."""
    key = ThreadKey("bread.example", "dough")
    post = Comment(key, "1", "Rye needs more water. Wheat does not.", author="nan")
    words = "I agree on rye. No, wheat drinks a lot. Is spelt thirsty? I admit oats are."
    reply = Comment(key, "2", words, parent, author="kit")
    return Discussion(Thread(key), (post, reply))


def told(found: ArgumentMap) -> list[tuple[str, str, str | None]]:
    """What each move does, by which words, to which comment."""
    return sorted((str(one.kind), one.evidence[0].exact, one.target_comment) for one in found.moves)


def test_the_trivial_baseline_takes_each_reply_as_an_objection() -> None:
    found = Trivial().map(bread())
    assert sorted(one.text for one in found.claims) == sorted(one.text for one in bread().comments)
    assert told(found) == [("Rebuttal", bread().comments[1].text, "1")]
    assert told(Trivial().map(bread(parent=None))) == []


def test_the_baseline_of_cues_goes_by_the_table_alone() -> None:
    found = Cues().map(bread())
    assert len(found.claims) == 6
    assert told(found) == [
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
    file.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    query.write_text("PREFIX rj: <https://w3id.org/rejoinder/ns#> SELECT ?move { ?move a rj:Objection }", "utf-8")
    assert run(f"baselines.{name}", "load", "--store", store, str(file)).returncode == 0
    asked = run(f"baselines.{name}", "query", "--store", store, "--format", "json", str(query))
    assert len(json.loads(asked.stdout)["results"]["bindings"]) == 1


# ---------------------------------------------------------------------- dumps


def test_the_list_of_the_dumps_holds_no_words_of_theirs() -> None:
    head, *lines = seeds.GOLD.read_text(encoding="utf-8").splitlines()
    assert head.startswith("# ")
    roles = "aside|claim|concession|objection|question|quote|reply|support"
    shape = re.compile(rf"00[23]\t\d+\t(?:{roles})(?:\|(?:{roles}))*\t(?:-|[\w|]+)\t(?:-|[a-z|]+)")
    assert [one for one in lines if not shape.fullmatch(one)] == []
    assert len(lines) == 109


def test_precision_counts_all_roles_that_fit_and_recall_the_one_that_fits_best() -> None:
    gold = [
        seeds.Paragraph("a", ("quote",)),
        seeds.Paragraph("b", ("claim", "quote")),
        seeds.Paragraph("c", ("aside",)),
    ]
    assert seeds.shares(gold, "quote", {"b", "c"}) == {"p": 0.5, "r": 0.0, "f1": 0.0, "n": 1}
    assert seeds.shares(gold, "quote", set())["p"] is None


# ---------------------------------------------------------------------- speed and curve


def test_jobs_prints_how_many_times_as_fast_a_load_is() -> None:
    done = run("jobs", "--comments", "40", "--rounds", "1", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^\| --jobs 2 \| +[\d.]+ \| +[\d,]+ \| +[\d.]+ \| +\d+ \|$", done.stdout, re.MULTILINE)


def test_speed_prints_comments_a_second_stages_and_multiples() -> None:
    done = run("speed", "--comments", "40", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    assert cells(done.stdout, "comments ") == ["40", "40"]
    short, long = (float(one) for one in cells(done.stdout, "characters a comment"))
    assert 100 < short < 160 < 250 < long
    for work in speed.WORKS:
        assert all(float(one.replace(",", "")) > 0 for one in cells(done.stdout, f"{work}: comments/s"))
    stages = [cells(done.stdout, one) for one in (*STAGES, REST)]
    whole = [float(one) for one in cells(done.stdout, "all")]
    assert [sum(map(float, column)) for column in zip(*stages, strict=True)] == pytest.approx(whole, abs=0.01)
    assert [cells(done.stdout, one)[1] for one in ("one comment", "one thread")] == ["1.0", "1.0"]


def test_the_curve_grows_from_few_threads_to_all(corpora: Path) -> None:
    threads = [one for one in curve.arguing() if register(one) in ("help", "debate")]
    pairs = list(inprocess.pair_tasks(corpora))
    assert [(task.name, len(found)) for task, found in pairs] == [("disapere", 5)]
    found = list(curve.curve(threads, 1, pairs, SCORER))
    assert [part for part, _, _ in found] == list(curve.SHARES)
    sizes = [size for _, size, _ in found]
    assert sizes == sorted(sizes)
    assert sizes[-1] == sum(one.split == "train" for one in threads)
    assert all(0 <= value <= 1 for _, _, draws in found for one in draws for value in one.values())
    assert len(list(curve.curve_rows(found))) == len(curve.SHARES)


def test_the_ceiling_is_learned_from_the_pairs(corpora: Path) -> None:
    ((task, found),) = inprocess.pair_tasks(corpora)
    many = [{**one, "thread": f"{number}"} for number in range(6) for one in found]
    assert curve.ceiling(task, many) == 1.0


def test_pairs_in_process_are_scored_as_through_the_command_line(corpora: Path) -> None:
    ((task, found),) = inprocess.pair_tasks(corpora)
    score = inprocess.macro_f1(inprocess.scorer_at(SCORER), task, found, Trivial())
    assert score == 1.0
    assert 0 < inprocess.macro_f1(inprocess.scorer_at(SCORER), task, found, RULES) < 1


# ---------------------------------------------------------------------- reliability

SOME = [Said("attack", 0.35, True), Said("attack", 0.31, False), Said("attack", 0.8, True)]


@pytest.mark.parametrize(
    ("found", "expected"),
    [([], 0.0), (SOME[:2], 0.17), (SOME[2:], 0.2), (SOME, (0.34 + 0.2) / 3)],
    ids=["none", "one bin", "too shy", "two bins"],
)
def test_the_calibration_error_is_the_mean_gap(found: Sequence[Said], expected: float) -> None:
    assert reliability.error(found) == pytest.approx(expected)


def test_moves_of_annotated_threads_are_held_against_sentence_and_pair(tmp_path: Path) -> None:
    file = tmp_path / "cmv_threads.jsonl"
    file.write_text(json.dumps(DOC) + "\n", encoding="utf-8")
    found = list(annotated.moves(file, inprocess.scorer_at(SCORER)))
    assert [(one.kind, one.sentence, one.comment) for one in sorted(found, key=lambda one: one.kind)] == [
        ("attack", True, True),
        ("support", True, True),
    ]
    assert reliability.of_annotated(tmp_path / "nowhere", SCORER) is None
    assert (reliability.of_annotated(tmp_path, SCORER) or "").startswith("| confidence")


@pytest.fixture(scope="module")
def others() -> list[tuple[LabelledThread, Models]]:
    """The threads of the labelled corpus, each with models of other threads."""
    return list(reliability.with_others(list(corpus())))


@pytest.fixture(scope="module")
def measured(others: list[tuple[LabelledThread, Models]]) -> list[Said]:
    """The moves of the labelled corpus, as said by models of other threads."""
    return [one for thread, models in others for one in reliability.said_in(thread, models)]


def numbers(table: str) -> dict[str, list[float]]:
    """The numbers of each row of a table; none where a cell is empty."""
    lines = [[one.strip() for one in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    return {head: [float(one) if one else 0.0 for one in rest] for head, *rest in lines}


def test_the_documentation_says_how_reliable_moves_are(measured: list[Said]) -> None:
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    said, found = numbers(tables.between(page, "reliability")), numbers(reliability.of_labelled(measured))
    assert said.keys() == found.keys(), "run `python -m benchmarks.reliability --write`"
    for name, row in found.items():
        assert said[name][1::2] == pytest.approx(row[1::2], abs=NEAR), f"{name}: run benchmarks.reliability --write"


def test_explanations_say_how_reliable_moves_are(measured: list[Said]) -> None:
    assert {word: tenths for _, word, tenths in CONFIDENCE_BANDS} == reliability.in_ten(measured)


def test_the_documentation_says_what_the_worklist_is_worth(others: list[tuple[LabelledThread, Models]]) -> None:
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    said, found = (
        numbers(tables.between(page, "worklist")),
        numbers(worklist.drawn(worklist.by_talk(others) | worklist.of_held())),
    )
    assert said.keys() == found.keys(), "run `python -m benchmarks.worklist --write`"
    for name, row in found.items():
        assert said[name][5::2] == pytest.approx(row[5::2], abs=NEAR), f"{name}: run benchmarks.worklist --write"


def test_the_documentation_says_what_judging_is_worth() -> None:
    page = (ROOT / "docs" / "judgements.md").read_text(encoding="utf-8")
    said, found = numbers(tables.between(page, "judging")), numbers(judging.drawn())
    assert said.keys() == found.keys(), "run `python -m benchmarks.judging --write`"
    for name, row in found.items():
        assert said[name][-1] == pytest.approx(row[-1], abs=NEAR), f"{name}: run `python -m benchmarks.judging --write`"


# ---------------------------------------------------------------------- the worklist

THREAD = """\
# title: Should the ferry stop at the reed bank?
# register: village forum
# split: test

@ 1 by Odile
claim | The ferry should stop at the reed bank.
premise -> 1.1 | Forty people asked for it.

@ 2 by Marek to 1
rebuttal -> 1.1 | No, the water there is too shallow for it.
undermine -> 1.2 | That's wrong, half of the forty live elsewhere.

@ 3 by Odile to 2
rebuttal -> 2.1 | It is not too shallow, the old ferry went there.
{more}
"""


def labelled(folder: Path, more: str) -> LabelledThread:
    """The thread with more lines at its end."""
    (folder / "casual-ferry.thread").write_text(THREAD.format(more=more), encoding="utf-8")
    return read_thread(folder / "casual-ferry.thread")


@pytest.mark.parametrize(
    ("more", "left"),
    [
        pytest.param("", {("2", 2), ("3", 1)}, id="nobody else spoke"),
        pytest.param("concession -> 2.2 | True.", {("3", 1)}, id="conceded"),
        pytest.param("question -> 2.2 | Who?", {("2", 2), ("3", 1)}, id="asked back"),
        pytest.param("@ 4 by Marek to 2\nanswer -> 2.2 | I counted.", {("2", 2), ("3", 1)}, id="by its own author"),
        pytest.param("@ 4 by Ilse to 3\nclarification -> 3.1, 2.2 | Both.", set(), id="two at once"),
        pytest.param("@ 4 by Ilse to 2\ndismissal -> 2 | Boring.", {("3", 1), ("4", 1)}, id="as a whole"),
        pytest.param("@ 4 by Ilse to 2\nsupport -> 2.2 | So I heard.", {("2", 2), ("3", 1)}, id="agreed with"),
    ],
)
def test_an_objection_is_open_by_its_labels(more: str, left: set[tuple[str, int]], tmp_path: Path) -> None:
    truth = worklist.truths(labelled(tmp_path, more))
    assert {place for place, told in truth.items() if told == worklist.OPEN} == left


def test_rows_of_the_worklist_are_judged_by_the_labels(tmp_path: Path) -> None:
    found = worklist.worklist(labelled(tmp_path, ""), RULES)
    listed = {one.place: one.truth for one in found.rows if one.listed}
    assert listed == {("3", 1): "open"}  # what answers 2.1 briefly is taken to answer 2.2 as well
    assert cells(worklist.drawn({"here": [found]}), "here") == ["1", "1", "0", "0", "0", "1.00", "2", ".50", ".50"]


def test_the_worklist_of_one_thread_that_is_held_back_can_be_asked_for() -> None:
    (found,) = worklist.of_held(only=["help-disk-filling"])["help-disk-filling"]
    assert found.thread.name == "help-disk-filling"
    with pytest.raises(BadParameter, match="got 'help-disc-filling'"):
        worklist.of_held(only=["help-disc-filling"])


def test_a_reader_judges_rows_by_the_labels(tmp_path: Path) -> None:
    thread = labelled(tmp_path, "")
    listed = judging.rows(thread, discussion(thread))
    (made,) = judging.judged(thread, listed)
    assert (made.comment, made.kind, made.verdict) == ("3", Kind.OBJECTION, Verdict.RIGHT)
    counts = [(dict(told), many) for told, many in judging.rounds(thread)]
    assert counts == [({"open": 1}, 0), *[({"open": 1}, 1)] * judging.ROUNDS]


@pytest.mark.parametrize(
    ("truths", "missing", "expected"),
    [
        pytest.param("o", 0, 1.0, id="one"),
        pytest.param("no", 0, 0.5, id="second"),
        pytest.param("on", 1, 0.5, id="one of two"),
        pytest.param("oano", 0, (1 + 2 / 3) / 2, id="what is said again does not count"),
        pytest.param("", 1, 0.0, id="nothing"),
        pytest.param("", 0, 0.0, id="nothing to find"),
    ],
)
def test_average_precision_is_the_mean_over_open_objections(
    truths: str, missing: int, expected: float, tmp_path: Path
) -> None:
    told = {"o": worklist.OPEN, "n": worklist.NONE, "a": worklist.AGAIN}
    rows = [worklist.Row(1 - at / 10, True, told[one], ("1", at), "") for at, one in enumerate(truths)]
    places = frozenset(("2", at) for at in range(truths.count("o") + missing))
    found = worklist.Worklist(labelled(tmp_path, ""), tuple(rows), places)
    assert worklist.precision([found]) == pytest.approx(expected)


def test_the_worklist_of_a_folder_is_printed_row_by_row(tmp_path: Path) -> None:
    labelled(tmp_path, "")
    done = run("worklist", "--threads", str(tmp_path), "--each")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^\d\.\d{3} open +3\.1 It is not", done.stdout, re.MULTILINE)


# ---------------------------------------------------------------------- dumps


def test_a_dump_is_scored_paragraph_by_paragraph(tmp_path: Path) -> None:
    (tmp_path / "weir.dump").write_text(
        "# owner: a miller\n# register: forum\n# split: test\n"
        "quote | > The weir leaks, and the mill stands still.\n"
        "objection -> 1 | I disagree, your weir is as tight as a drum.\n"
        "question -> post | Who owns the mill?\n"
        "claim | Rye wants cold nights and a dry June.\n",
        encoding="utf-8",
    )
    dump = read_dump(tmp_path / "weir.dump")
    found = dump_scores.counted(dump, list(dump_scores.told(dump, dump_scores.models_from([]))))
    assert {name: (found[name, "said"], found[name, "right"], found[name, "wanted"], found[name, "found"])
            for name in dump_scores.FAMILIES} == {
        "quote": (1, 1, 1, 1), "objection": (1, 1, 1, 1), "question": (1, 1, 1, 1), "support": (0, 0, 0, 0),
        "reply": (0, 0, 0, 0),
    }  # fmt: skip
    assert (found["target", "found"], found["target", "wanted"]) == (1, 1)
