"""The labelled corpus is what its guidelines say: readable, large, varied, split cleanly, and nobody else's words."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.corpus import near_duplicates
from benchmarks.labelled_threads import register
from benchmarks.train_weights import ATTACKING
from rejoinder.errors import LoadError
from rejoinder.loaders import read
from rejoinder.loaders.extract.labelled import (
    ASKS,
    HELD_BACK,
    LABELS,
    REACTING,
    SPLITS,
    LabelledComment,
    LabelledThread,
    Segment,
    labelled_threads,
    read_thread,
)
from rejoinder.loaders.extract.text.words import words
from rejoinder.records import Comment, Thread
from tests.conftest import EXAMPLES, ROOT
from tests.formats.test_golden import SOURCES, files_of, map_of

EXTRACT = ROOT / "loaders" / "extract"
FILES = sorted((EXTRACT / "corpus").glob("*.thread"))
THREADS = list(labelled_threads())
RUN = 10  # words
RARE = {"quote", "dismissal"}
ROLES = {"Authors", "Author", "Editor", "Handling Editor", "Chair", "Referee A", "Referee B", "Referee 1"}
ROLES |= {"Reviewer 1", "Reviewer 2", "Reviewer 3"}
NAMED = re.compile(r"([a-z]+)-[a-z0-9]+(?:-[a-z0-9]+)*\.thread")


def comments() -> Iterator[tuple[LabelledThread, LabelledComment]]:
    return ((thread, comment) for thread in THREADS for comment in thread.comments)


def test_every_file_is_a_thread_and_nothing_else_lies_there() -> None:
    assert [one.name for one in THREADS] == [path.stem for path in FILES]
    others = {path.name for path in (EXTRACT / "corpus").iterdir()} - {path.name for path in FILES}
    assert others == {"GUIDELINES.md", "dumps"}


@pytest.mark.parametrize("thread", THREADS, ids=lambda one: one.name)
def test_a_thread_keeps_to_the_guidelines(thread: LabelledThread) -> None:
    assert NAMED.fullmatch(f"{thread.name}.thread")
    assert thread.title.strip()
    assert thread.register.strip()
    assert len({comment.author for comment in thread.comments}) > 1
    assert faults(thread) == []


def faults(thread: LabelledThread) -> list[str]:
    """What of a thread is not as the guidelines say, though it can be read."""
    texts = {comment.id: comment.text for comment in thread.comments}
    found = [
        f"{comment.id}: {rule}"
        for comment in thread.comments
        for rule, holds in of_comment(comment).items()
        if not holds
    ]
    return found + [
        f"{comment.id}.{number}: {rule}"
        for comment in thread.comments
        for number, segment in enumerate(comment.segments, 1)
        for rule, holds in of_segment(comment, number, segment, texts).items()
        if not holds
    ]


def of_comment(comment: LabelledComment) -> dict[str, bool]:
    return {
        "says something": bool(comment.segments),
        "has no words outside of its segments": dense(comment.text)
        == dense(" ".join(s.exact for s in comment.segments)),
    }


def dense(text: str) -> str:
    return "".join(text.split())


def of_segment(comment: LabelledComment, number: int, segment: Segment, texts: Mapping[str, str]) -> dict[str, bool]:
    label, aim = segment.label, segment.comment or ""
    return {
        "stands where it should": comment.text[segment.start : segment.end] == segment.exact,
        "reacts to another comment": label not in REACTING - ASKS or aim != comment.id,
        "is marked if it is a quotation": (label == "quote") == segment.exact.startswith("> "),
        "quotes what is there": label != "quote" or segment.exact.lstrip("> ").rstrip(".… ") in texts[aim],
        "is a reason for another segment": label != "premise" or segment.number not in (None, number),
    }


def test_the_guidelines_name_every_label_and_every_register() -> None:
    text = (EXTRACT / "corpus" / "GUIDELINES.md").read_text(encoding="utf-8")
    assert {*re.findall(r"^\| `([a-z]+)` \| (?:none|needed|may)", text, re.MULTILINE)} == LABELS
    registers = text.partition("## Registers")[2].partition("## ")[0]
    assert {*re.findall(r"^\| `([a-z]+)` \|", registers, re.MULTILINE)} == {register(one) for one in THREADS}


def test_the_example_in_the_guidelines_can_be_read(tmp_path: Path) -> None:
    text = (EXTRACT / "corpus" / "GUIDELINES.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```text\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    found = read_thread(written(tmp_path, example))
    assert (len(found.comments), faults(found)) == (3, [])
    assert list(near_duplicates([*THREADS, found])) == []


def test_every_register_has_its_share_of_attacks() -> None:
    assert {register(one) for one in THREADS} == set(ATTACKING)


def test_there_is_enough_of_it_and_a_fifth_is_for_testing() -> None:
    counts = Counter(thread.split for thread, comment in comments() for _ in comment.segments)
    assert set(counts) == set(SPLITS)
    assert counts["train"] >= 1500
    assert counts["test"] >= 0.2 * (counts["train"] + counts["test"])


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("label", sorted(LABELS))
def test_every_label_is_there_often_enough(label: str, split: str) -> None:
    found = sum(s.label == label for thread, comment in comments() if thread.split == split for s in comment.segments)
    assert found >= (15 if split == "test" and label in RARE else 10 if split == HELD_BACK else 30)


def test_no_two_segments_are_nearly_the_same() -> None:
    assert list(near_duplicates(THREADS)) == []


def test_near_duplicates_would_be_found(tmp_path: Path) -> None:
    one = "@ 1 by A\nclaim | The old weir below the mill should be opened for the eels in spring.\n"
    other = "@ 1 by B\nclaim | Frankly, the old weir below the mill should be opened for the eels, once.\n"
    threads = [
        replace(read_thread(written(tmp_path, HEAD + text)), name=name) for name, text in (("old", one), ("new", other))
    ]
    assert [(first, second) for first, _, second, _ in near_duplicates(threads)] == [("new 1.1", "old 1.1")]


def test_nobody_speaks_in_both_splits() -> None:
    names = {
        split: {comment.author.casefold() for thread, comment in comments() if thread.split == split}
        for split in SPLITS
    }
    assert names["train"] & names["test"] <= {role.casefold() for role in ROLES}


def test_no_topic_is_in_both_splits() -> None:
    titles = {split: {words(one.title) for one in THREADS if one.split == split} for split in SPLITS}
    assert not titles["train"] & titles["test"]


HEAD = "# title: A weir\n# register: talk page\n# split: train\n"
OPEN = HEAD + "@ 1 by Ana\nclaim | The weir leaks.\n@ 2 by Bo to 1\n"
BAD = {
    "not a line of the format": (OPEN + "The weir holds.", 7, "expected '# name: value'"),
    "an unknown header": (HEAD + "# topic: weirs", 4, "expected '# name: value'"),
    "a comment without a name": (HEAD + "@ 1", 4, "expected '# name: value'"),
    "a segment without words": (OPEN + "rebuttal -> 1.1 |", 7, "expected '# name: value'"),
    "a target that is no number": (OPEN + "rebuttal -> 1.x | It holds.", 7, "expected '# name: value'"),
    "an unknown label": (OPEN + "counter -> 1.1 | It holds.", 7, "'counter' is no label"),
    "a rebuttal of nothing": (OPEN + "rebuttal | It holds.", 7, "a rebuttal needs a target"),
    "a quotation from nowhere": (OPEN + "quote | > The weir leaks.", 7, "a quote needs a target"),
    "a premise of nothing": (OPEN + "premise | It is old.", 7, "a premise needs a target"),
    "a claim about something": (OPEN + "claim -> 1.1 | It is old.", 7, "a claim has no target"),
    "a premise of another comment": (OPEN + "premise -> 1.1 | It is old.", 7, "in its own comment"),
    "a target that is not above": (OPEN + "rebuttal -> 9.1 | It holds.", 7, "there is no comment '9' above"),
    "a segment that does not exist": (
        OPEN + "rebuttal -> 1.2 | It holds.\nclaim | So be it.", 7, "there is no segment 1.2",
    ),
    "segment nought": (OPEN + "rebuttal -> 1.0 | It holds.", 7, "there is no segment 1.0"),
    "a reply to nobody": (HEAD + "@ 1 by Ana to 7\nclaim | It leaks.", 4, "there is no comment '7' above to reply to"),
    "a number given twice": (OPEN + "@ 1 by Cy\nclaim | It leaks.", 7, "there is a comment '1' already"),
    "a segment of no comment": (HEAD + "claim | The weir leaks.", 4, "expected '@ N by NAME'"),
    "a paragraph of no comment": (HEAD + "|", 4, "expected '@ N by NAME'"),
    "no split": ("# title: A weir\n# register: talk page\n", 2, "expected the headers title, register and split"),
    "an unknown split": (HEAD.replace("train", "dev"), 3, "split (train, test, life, held)"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), BAD.values(), ids=BAD)
def test_a_bad_line_is_named(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(LoadError, match=re.escape(message)) as caught:
        read_thread(written(tmp_path, text))
    assert (caught.value.file, caught.value.line) == ("talk-weir.thread", line)


def test_a_comment_is_put_together_from_its_segments(tmp_path: Path) -> None:
    text = (
        OPEN
        + "quote -> 1.1 | > The weir leaks.\nrebuttal -> 1.1 | It held\npremise -> 2.2 | in May.\n|\naside | Bye.\n"
    )
    found = read_thread(written(tmp_path, text))
    assert (found.name, found.title, found.register, found.split) == ("talk-weir", "A weir", "talk page", "train")
    assert found.comments[1].text == "> The weir leaks.\nIt held in May.\n\nBye."
    assert found.segment("2", 3).exact == "in May."
    with pytest.raises(KeyError, match=r"2\.5"):
        found.segment("2", 5)


def written(folder: Path, text: str) -> Path:
    """A file of the corpus with this text."""
    path = folder / "talk-weir.thread"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_ten_words_in_a_row_stand_in_the_shared_data(shared: Path) -> None:
    ours: dict[tuple[str, ...], str] = {}
    for name, text in own_texts():
        ours.update(dict.fromkeys(runs(text), name))
    found = {
        (ours[run], path.name, " ".join(run)) for path, text in shared_texts(shared) for run in runs(text) & ours.keys()
    }
    assert sorted(found) == []


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of ten words."""
    said = words(text)
    return {said[at : at + RUN] for at in range(len(said) - RUN + 1)}


def own_texts() -> Iterator[tuple[str, str]]:
    """What was written for extraction and its tests, and the words of the people in the fixtures of all formats."""
    for path in [*EXTRACT.glob("corpus/**/*.*"), *EXTRACT.rglob("*.toml"), *own_files()]:
        yield path.name, path.read_text(encoding="utf-8")
    for thread, comment in comments():
        yield thread.name, comment.text
    for source in SOURCES:
        for record in read(files_of(source), by=map_of(source)):
            if isinstance(record, Comment | Thread):
                yield source.name, record.text if isinstance(record, Comment) else record.title or ""


def own_files() -> Iterator[Path]:
    """Texts and tables of the tests and examples; the tests that are written in sentences."""
    tests = ROOT / "tests"
    for folder in (EXAMPLES, tests / "sources", tests / "graph" / "explained"):
        yield from (
            path for path in sorted(folder.iterdir()) if path.suffix in {".txt", ".jsonl", ".csv", ".tsv", ".md"}
        )
    for name in (
        "extract*",
        "clauses",
        "features",
        "targets",
        "verdicts",
        "model",
        "explanations",
        "llm",
        "explain",
        "looks",
        "dumps",
    ):
        paths = sorted(tests.glob(f"*/test_{name}.py"))
        assert paths, f"no tests called {name}"
        yield from paths


def shared_texts(shared: Path) -> Iterator[tuple[Path, str]]:
    """Every text of the corpora, exports, seeds and design; of JSON each different string."""
    for pattern in ("data/**/*", "seeds/*", "design/*"):
        for path in sorted(one for one in shared.glob(pattern) if one.is_file()):
            text = path.read_text(encoding="utf-8", errors="replace")
            parts = {".jsonl": text.splitlines(), ".json": [text]}.get(path.suffix)
            found = [text] if parts is None else {one for part in parts for one in strings(json.loads(part))}
            yield from ((path, one) for one in found)


def strings(value: object) -> Iterator[str]:
    """The strings in a JSON value, without the names of its keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        inner: Iterable[object] = value.values() if isinstance(value, dict) else value
        for one in inner:
            yield from strings(one)
