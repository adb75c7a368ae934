"""`rejoinder unanswered --earlier`: what is new since an earlier list, and what became of those no longer on it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from rejoinder.cli import main
from rejoinder.earlier import read_earlier
from rejoinder.errors import LoadError
from rejoinder.records import Kind
from tests import garden
from tests.maps import Line, discussion_of, lines_of

BEFORE = """kept bob Rebuttal root / met cy Rebuttal root / asked dan Rebuttal root / weaker eve Rebuttal root
    / removed flo Rebuttal root / turned gus Rebuttal root / gone hal Rebuttal root / whole ida Rebuttal root"""
CUT = Line("cut", Kind.REBUTTAL, "ida", "root", beside="whole")
AFTER = """kept bob Rebuttal root / met cy Rebuttal root / meets ann Clarification met / also jo Counter met .9
    / asked dan Rebuttal root / weaker eve Rebuttal root .4 / removed flo Rebuttal root / back flo Concession removed
    / turned gus Support root
    / whole ida Rebuttal root / fresh kim Rebuttal root .7 / first ann Concession fresh .2"""


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return garden.store(tmp_path / "before", discussion_of([*lines_of(BEFORE), CUT]))


@pytest.fixture
def after(tmp_path: Path) -> Path:
    return garden.store(tmp_path / "after", discussion_of(lines_of(AFTER)))


def run(runner: CliRunner, store: Path, *words: str, status: int = 0) -> str:
    result = runner.invoke(main, ["unanswered", "--store", str(store), *words])
    assert result.exit_code == status, result.output
    return result.stdout if status == 0 else result.output


@pytest.fixture
def kept(runner: CliRunner, before: Path, tmp_path: Path) -> Callable[..., str]:
    """The list of the store `before` in a file: `form` is its format, `save` what is done to its text."""

    def write(form: str = "csv", save: Callable[[str], str] = str, encoding: str = "utf-8") -> str:
        file = tmp_path / f"monday.{form}"
        file.write_bytes(save(run(runner, before, "--format", form)).encode(encoding))
        return str(file)

    return write


def semicolons(text: str) -> str:
    """The list as a spreadsheet saves it: columns that nobody wanted are gone, the others stand in another order."""
    out, rows = io.StringIO(), list(csv.DictReader(io.StringIO(text)))
    writer = csv.DictWriter(out, ["text", "claim", "comment", "thread"], extrasaction="ignore", delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


CHANGES = {
    "also": ("new", None, None),
    "fresh": ("new", None, None),
    "met": ("countered", "also", "jo"),
    "weaker": ("less sure", None, None),
    "removed": ("withdrawn", "back", "flo"),
    "turned": ("no objection", None, None),
    "gone": ("gone", None, None),
    "cut": ("reworded", None, None),
}


@pytest.mark.parametrize(
    ("form", "save", "encoding"),
    [
        pytest.param("csv", str, "utf-8", id="CSV"),
        pytest.param("json", str, "utf-8", id="JSON"),
        pytest.param("json", lambda text: json.dumps(json.loads(text)["rows"]), "utf-8", id="rows alone"),
        pytest.param("csv", semicolons, "utf-8-sig", id="saved by a spreadsheet"),
        pytest.param("csv", lambda text: semicolons(text).replace(";", "\t"), "utf-16", id="saved as Unicode text"),
    ],
)
def test_each_change_is_told(
    runner: CliRunner, after: Path, kept: Callable[..., str], form: str, save: Callable[[str], str], encoding: str
) -> None:
    list_ = kept(form, save, encoding)
    found = json.loads(run(runner, after, "--earlier", list_, "--format", "json"))
    told = {row["text"]: (row["change"], row["answer"], row["answerAuthor"]) for row in found["rows"]}
    assert told == CHANGES
    assert (found["asBefore"], found["leftOut"], found["truncated"]) == (3, 0, False)  # kept, asked and whole
    written = list(csv.DictReader(io.StringIO(run(runner, after, "--earlier", list_, "--format", "csv"))))
    assert [(row["text"], row["change"]) for row in written] == [(row["text"], row["change"]) for row in found["rows"]]


def test_it_is_told_in_a_terminal(runner: CliRunner, after: Path, kept: Callable[..., str]) -> None:
    text = " ".join(run(runner, after, "--earlier", kept()).split())
    assert text.startswith("Since monday.csv: 2 new, 6 no longer listed, 3 as before. New 1. jo")
    assert "“met” countered: met a counter that stands ← jo: “also” - " in text
    assert "“weaker” still open, but not sure enough any more to be listed: 40%" in text
    assert "“kept”" not in text


def test_it_is_told_in_markdown(runner: CliRunner, after: Path, kept: Callable[..., str]) -> None:
    text = run(runner, after, "--earlier", kept(), "--format", "markdown")
    html = MarkdownIt().render(text)
    assert (text.count("- [ ] “"), html.count("<ul>"), html.count("<li>")) == (2, 3, 8)
    assert "countered: met a counter that stands" in html
    assert "**" not in html


@pytest.mark.parametrize(
    ("asked", "left_out"),
    [
        pytest.param(["--author", "bob"], 2, id="of one author"),  # all but kept
        pytest.param(["--confidence", "0.9"], 0, id="surer"),
        pytest.param(["--level", "U5"], 3, id="another level"),
    ],
)
def test_what_a_narrower_list_leaves_out_is_not_settled(
    runner: CliRunner, after: Path, kept: Callable[..., str], asked: Sequence[str], left_out: int
) -> None:
    found = json.loads(run(runner, after, "--earlier", kept(), *asked, "--format", "json"))
    assert found["leftOut"] == left_out
    assert not {"kept", "asked", "whole"} & {row["text"] for row in found["rows"]} or asked[0] == "--confidence"
    told = run(runner, after, "--earlier", kept(), *asked).partition("\n")[0]
    assert ("left out by the filters" in told) == bool(left_out)


@pytest.mark.parametrize(
    ("words", "kind", "became"),
    [
        pytest.param(
            ["--by", "Ana", "--note", "she asks"], None, "judged to be no objection by Ana: she asks", id="so"
        ),
        pytest.param([], None, "judged to be no objection by a person", id="by nobody known"),
        pytest.param(["--by", "Ana"], "Move", "judged to be no objection by Ana", id="nothing at all"),
    ],
)
def test_what_was_judged_wrong_says_by_whom(
    runner: CliRunner, example_store: Path, tmp_path: Path, words: Sequence[str], kind: str | None, became: str
) -> None:
    store, list_, wait = copytree(example_store, tmp_path / "s"), tmp_path / "list.csv", "The middle wait over what?"
    list_.write_text(run(runner, store, "--format", "csv"), encoding="utf-8")
    of = ["--kind", kind] if kind else []
    assert runner.invoke(main, ["judge", "--store", str(store), "wrong", wait, *of, *words]).exit_code == 0
    found = json.loads(run(runner, store, "--earlier", str(list_), "--format", "json"))
    assert {row["text"]: row["became"] for row in found["rows"] if row["change"] != "new"}[wait] == became


def test_what_a_person_says_is_the_same_again_is_told(
    runner: CliRunner, kept: Callable[..., str], tmp_path: Path
) -> None:
    lines = [*lines_of(BEFORE), CUT]
    store = garden.store(tmp_path / "same", discussion_of(lines, same=[("asked", "kept")]))
    found = json.loads(run(runner, store, "--earlier", kept(), "--format", "json"))
    assert [row["change"] for row in found["rows"]] == ["same again"]


def test_against_itself_a_list_has_nothing_new(runner: CliRunner, before: Path, kept: Callable[..., str]) -> None:
    assert run(runner, before, "--earlier", kept()) == "Since monday.csv: 0 new, 0 no longer listed, 9 as before.\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(b"", ":1: expected a column named claim", id="empty"),
        pytest.param(b"a,b\n1,2\n", ":1: expected a column named claim", id="other columns"),
        pytest.param(b"**ann**, in a thread:\n", ":1: expected a column named claim", id="Markdown"),
        pytest.param(b"text,claim\nx,https://a.example/1\ny,\n", ":3: expected an IRI as claim", id="no claim"),
        pytest.param(b"claim,thread\nhttps://a.example/1,late fees\n", ":2: expected an IRI as thread", id="no IRI"),
        pytest.param(b'{"rows": [\n', ":2: expected JSON", id="half of it"),
        pytest.param(b'{"rows": 5}', ':1: expected objects in "rows"', id="no rows"),
        pytest.param(b'{"rows": [{"text": "x"}]}', ":1: expected an IRI as claim", id="other objects"),
        pytest.param(b'{"rows": [], "truncated": true}', ":1: expected a complete list", id="cut"),
        pytest.param(b"claim\n\xff\n", ":2: expected UTF-8 text", id="other bytes"),
        pytest.param(b'claim\n"' + b"x" * 200_000 + b'"\n', ":2: expected ", id="a field of 200 kB"),
        pytest.param(b"[" * 100_000, ":1: expected JSON", id="deep"),
    ],
)
def test_what_is_no_such_list_says_where(tmp_path: Path, text: bytes, says: str) -> None:
    (tmp_path / "list").write_bytes(text)
    with pytest.raises(LoadError) as caught:
        read_earlier(tmp_path / "list")
    assert str(caught.value).startswith(f"{tmp_path / 'list'}{says}")


def test_a_limit_cannot_be_held_against_it(runner: CliRunner, before: Path, kept: Callable[..., str]) -> None:
    assert "--limit: a list that is cut" in run(runner, before, "--earlier", kept(), "--limit", "1", status=2)
