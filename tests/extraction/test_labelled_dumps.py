"""The labelled dumps are what their guidelines say: readable, varied, split cleanly, each sentence only once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.corpus import ALIKE, LEAST, runs
from benchmarks.train_dumps import discussion
from rejoinder.errors import LoadError
from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.labelled import LEARNED_SPLITS
from rejoinder.loaders.extract.labelled_dumps import LABELS, LabelledDump, labelled_dumps, read_dump
from tests import garden
from tests.conftest import ROOT

FOLDER = ROOT / "loaders" / "extract" / "corpus" / "dumps"
DUMPS = list(labelled_dumps())
GUIDELINES = (FOLDER / "GUIDELINES.md").read_text(encoding="utf-8")


def test_every_file_is_a_dump_and_nothing_else_lies_there() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{labelled_dump.name}.dump" for labelled_dump in DUMPS} | {
        "GUIDELINES.md"
    }


@pytest.mark.parametrize("dump", DUMPS, ids=lambda one: one.name)
def test_a_dump_keeps_to_the_guidelines(dump: LabelledDump) -> None:
    counts = Counter(labelled_paragraph.labels[0] for labelled_paragraph in dump.paragraphs)
    assert 60 <= len(dump.paragraphs) <= 110
    assert 0.1 <= counts["quote"] / len(dump.paragraphs) <= 0.24
    assert counts["objection"] >= 8
    for number, paragraph in enumerate(dump.paragraphs, 1):
        assert number not in paragraph.targets, "nothing is about itself"
        assert "quote" not in paragraph.labels or paragraph.labels == ("quote",)


def test_there_is_enough_and_some_is_for_testing() -> None:
    counts = Counter(labelled_dump.split for labelled_dump in DUMPS)
    assert set(counts) == set(LEARNED_SPLITS)
    assert 0.25 <= counts["test"] / len(DUMPS) <= 0.4
    for split in LEARNED_SPLITS:
        found = Counter(
            p.labels[0] for labelled_dump in DUMPS if labelled_dump.split == split for p in labelled_dump.paragraphs
        )
        assert min(found[label] for label in LABELS) >= 20, found


def test_no_two_dumps_share_an_owner_or_a_sentence() -> None:
    assert len({labelled_dump.owner for labelled_dump in DUMPS}) == len(DUMPS)
    holders: dict[tuple[str, ...], str] = {}
    shared = Counter[tuple[str, str, str]]()
    for one in DUMPS:
        for paragraph in one.paragraphs:
            mine = runs(paragraph.text)
            for run in mine:
                other = holders.setdefault(run, one.name)
                if other != one.name:
                    shared[one.name, other, paragraph.text] += 1
            found = [(key, n) for key, n in shared.items() if key[2] == paragraph.text]
            assert all(len(mine) < LEAST or n < ALIKE * len(mine) for _, n in found), found


def test_every_dump_can_be_stored(tmp_path: Path) -> None:
    threads = map(discussion, DUMPS)
    garden.store(tmp_path / "s", *((one, extract(one)) for one in threads))


def test_the_guidelines_name_every_label_and_their_example_can_be_read(tmp_path: Path) -> None:
    assert {*re.findall(r"^\| `([a-z]+)` \| (?:none|needed)", GUIDELINES, re.MULTILINE)} == LABELS
    (example,) = re.findall(r"^```text\n(.*?)^```", GUIDELINES, re.MULTILINE | re.DOTALL)
    labelled_dump = read_dump(written(tmp_path, example))
    assert [labelled_paragraph.labels[0] for labelled_paragraph in labelled_dump.paragraphs] == [
        "aside", "quote", "objection", "concession", "head", "claim", "premise",
    ]  # fmt: skip
    assert (labelled_dump.paragraphs[2].targets, labelled_dump.paragraphs[3].targets) == ((2,), ())


HEAD = "# owner: a miller\n# register: forum\n# split: train\n"
BAD = {
    "no line of the format": (HEAD + "The weir leaks.", 4, "expected '# name: value'"),
    "an unknown header": (HEAD + "# topic: weirs", 4, "expected '# name: value'"),
    "no words": (HEAD + "claim |", 4, "expected '# name: value'"),
    "an unknown label": (HEAD + "rebuttal -> post | It holds.", 4, "'rebuttal' is no label"),
    "an objection to nothing": (HEAD + "objection | It holds.", 4, "a objection needs a target"),
    "a claim about something": (HEAD + "claim -> 1 | It leaks.", 4, "a claim has no target"),
    "a target that is not there": (HEAD + "claim | It leaks.\nobjection -> 7 | It holds.", 5, "no paragraph 7"),
    "no split": ("# owner: a miller\n# register: forum\nclaim | It leaks.", 1, "expected the headers"),
    "an unknown split": (HEAD.replace("train", "dev") + "claim | It leaks.", 1, "split (train or test)"),
}


@pytest.mark.parametrize(("text", "line", "message"), BAD.values(), ids=BAD)
def test_a_bad_line_is_named(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(LoadError, match=re.escape(message)) as caught:
        read_dump(written(tmp_path, text))
    assert (caught.value.file, caught.value.line) == ("weir.dump", line)


def written(folder: Path, text: str) -> Path:
    """A file of the corpus with this text."""
    path = folder / "weir.dump"
    path.write_text(text, encoding="utf-8")
    return path
