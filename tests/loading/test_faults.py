"""What nobody foresaw loses one file or the moves of one thread, and is said; a developer can see where it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from rejoinder import load_workers
from rejoinder.cli import main
from rejoinder.errors import Problem, StoreError
from rejoinder.graph.stores.publish import open_current
from rejoinder.load import Tally, load
from rejoinder.loaders import LOADERS, read
from rejoinder.loaders.extract import RULES, Extractor
from rejoinder.loaders.opening.source import Source
from rejoinder.records import ArgumentMap, Comment, Discussion, Extraction, Found, ThreadKey
from rejoinder.settings import Settings
from tests.reading import Reading, written

AIF = "http://www.arg.dundee.ac.uk/aif#"
TURTLE = f'@prefix aif: <{AIF}> .\n<urn:a> a aif:I-node ; aif:claimText "It drips." .\n'
GOOD = '{"id": "good", "thread": "t", "text": "The pump is dry."}\n'
ODD_FILES = {
    "a date of 400 digits": (
        "chat.json",
        [{"id": 1, "text": "It drips.", "author": "ana", "parent_id": None, "created": 10**400}],
        "id=id,text=text,created=created",
        "expected",
    ),
    "an encoding that nobody knows": (
        "disqus.xml",
        '<?xml version="1.0" encoding="klingon"?><disqus xmlns="http://disqus.com"></disqus>',
        "",
        "encoding that is known",
    ),
    "an encoding that the parser cannot read": (
        "disqus.xml",
        '<?xml version="1.0" encoding="utf-7"?><disqus xmlns="http://disqus.com"></disqus>',
        "",
        "encoding that is known",
    ),
    "a variable in Turtle": ("a.ttl", TURTLE + "<urn:b> aif:Premise ?x .\n", "", "no variables"),
    "a rule in Turtle": ("a.ttl", TURTLE + '{ ?a aif:claimText "x" } => { ?a ?b ?c } .\n', "", "expected turtle RDF"),
}


@pytest.mark.parametrize(("name", "content", "map_", "said"), ODD_FILES.values(), ids=ODD_FILES)
def test_an_odd_file_is_an_error_that_says_what_was_expected(
    tmp_path: Path, name: str, content: object, map_: str, said: str
) -> None:
    odd = written(tmp_path, content, name)
    options = ["--map", map_] if map_ else []
    result = CliRunner().invoke(main, ["load", "--store", str(tmp_path / "store"), *options, str(odd)])
    assert result.exit_code == 1
    assert said in result.output
    assert "fault of Rejoinder" not in result.output


@pytest.mark.parametrize(
    "text", ["Fırst of all, it drips.", "Fir\u017ft, it drips. Second, it rusts.", "S\u0130XTH, no."]
)
def test_letters_that_only_look_like_others_name_no_number(tmp_path: Path, text: str) -> None:
    thread = [("1", None, text), ("2", "1", "Your first point is wrong, it never drips.")]
    lines = [json.dumps({"id": a, "parent": b, "author": a, "thread": "t", "text": words}) for a, b, words in thread]
    tally, problems = taken(tmp_path, written(tmp_path, "\n".join(lines), "t.jsonl"))
    assert (tally.comments, problems) == (2, [])


class Odd:
    """A format of which nobody foresaw what its loader does at the second record."""

    NAME, SUMMARY, READS = "odd", "for this test", LOADERS["text"].READS

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def recognises(self, path: Path, head: str) -> bool:
        """True for files of this test."""
        return path.suffix == ".odd"

    def load(self, source: Source) -> Iterator[Found | Problem]:
        """One comment, and then what nobody foresaw."""
        yield Found(Comment(ThreadKey("local", "odd"), "1", "It drips."), source.name, 1)
        raise self.error


class Failing:
    """An extractor that fails at one thread."""

    extraction = Extraction("failing", "1")

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def map(self, discussion: Discussion) -> ArgumentMap:
        """What the rules find."""
        if discussion.thread.key.id == "odd":
            raise self.error
        return replace(RULES.map(discussion), extraction=self.extraction)


def taken(folder: Path, *files: Path, extractor: Extractor = RULES, traceback: str = "") -> tuple[Tally, list[Problem]]:
    problems: list[Problem] = []
    settings = Settings(traceback=traceback)
    tally = load(folder / "store", [str(file) for file in files], settings, report=problems.append, extractor=extractor)
    return tally, [problem for problem in problems if not problem.note]


def test_a_fault_of_a_loader_loses_the_rest_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LOADERS, "odd", Odd(KeyError("the\nhinge")))
    odd, good = written(tmp_path, "odd", "a.odd"), written(tmp_path, GOOD, "good.jsonl")
    tally, (problem,) = taken(tmp_path, odd, good)
    assert (tally.comments, tally.lost) == (2, 1)
    assert (problem.file, problem.lost) == (str(odd), True)
    assert "the rest of this file was not read: KeyError: 'the\\nhinge'" in problem.message


def test_a_fault_of_extraction_loses_the_moves_of_its_thread(tmp_path: Path) -> None:
    odd = written(tmp_path, GOOD.replace('"t"', '"odd"'), "odd.jsonl")
    good = written(tmp_path, GOOD, "good.jsonl")
    tally, (problem,) = taken(tmp_path, odd, good, extractor=Failing(IndexError("no such hinge")))
    assert (tally.threads, tally.comments, tally.claims, tally.lost) == (2, 2, 1, 1)
    assert (problem.file, problem.lost) == (str(odd), True)
    assert "thread 'odd', whose comments are loaded: IndexError: no such hinge" in problem.message
    assert len(list(open_current(tmp_path / "store").store)) > 0


NOT_KEPT = [KeyboardInterrupt(), MemoryError(), StoreError("no room")]


@pytest.mark.parametrize("error", NOT_KEPT, ids=lambda one: type(one).__name__)
def test_what_ends_a_load_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    monkeypatch.setitem(LOADERS, "odd", Odd(error))
    odd = written(tmp_path, "odd", "a.odd")
    with pytest.raises(type(error)):
        list(read([odd]))
    thread = written(tmp_path, GOOD.replace('"t"', '"odd"'), "odd.jsonl")
    if not isinstance(error, MemoryError):  # which is the thread's alone
        with pytest.raises(type(error)):
            taken(tmp_path, thread, extractor=Failing(error))


def test_a_thread_too_large_for_the_memory_is_named_and_loses_no_other(tmp_path: Path) -> None:
    odd = written(tmp_path, GOOD.replace('"t"', '"odd"'), "odd.jsonl")
    tally, (problem,) = taken(tmp_path, odd, written(tmp_path, GOOD, "good.jsonl"), extractor=Failing(MemoryError()))
    assert (tally.threads, tally.lost) == (1, 1)
    said = "error: thread 'odd' was not loaded, for the memory does not suffice for its 1 comment: split it"
    assert str(problem) == f"{odd}: {said}"


def test_a_thread_that_may_be_too_large_is_told_beforehand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_workers, "BYTES_NEEDED", 10**15)
    good = written(tmp_path, GOOD, "good.jsonl")
    tally, (problem,) = taken(tmp_path, good)
    assert (tally.threads, tally.warnings) == (1, 1)
    assert problem.file == str(good)
    assert re.match(r"thread 't' has 1 comment, which may take [\d.]+ GB of memory, and [\d.]+ GB are", problem.message)


def test_a_developer_sees_where_a_fault_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LOADERS, "odd", Odd(KeyError("hinge")))
    odd = written(tmp_path, "odd", "a.odd")
    thread = written(tmp_path, GOOD.replace('"t"', '"odd"'), "odd.jsonl")
    with pytest.raises(KeyError):
        taken(tmp_path, odd, traceback="1")
    with pytest.raises(IndexError):
        taken(tmp_path, thread, extractor=Failing(IndexError("hinge")), traceback="1")


@pytest.mark.parametrize(
    ("words", "odd"),
    [
        ("](/posts/nightTrams00001/should-trams-run-all-night/comment/", "](//[x/comment/"),
        ("https://forum.effectivealtruism.org/", "https://[x/"),
        ("](/posts/counts2024/passenger-counts)", "](//[x)"),
    ],
    ids=["of comments", "of the site", "in a body"],
)
def test_a_bad_address_loses_nothing_of_a_page(tmp_path: Path, words: str, odd: str) -> None:
    page = (Path(__file__).parents[1] / "golden" / "forummagnum_page.md").read_text(encoding="utf-8")
    plain, found = (Reading(written(tmp_path, one, "page.md")) for one in (page, page.replace(words, odd)))
    assert [comment.text for comment in found.comments] == [comment.text for comment in plain.comments]
    assert not [problem for problem in found.problems if problem.lost]
