"""What a load by a field map says of what the map does not find, does not read, or finds to be no date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rejoinder.errors import Problem
from rejoinder.loaders import read
from rejoinder.loaders.mapping.maps import field_map
from rejoinder.records import Comment, Found

WANTED = "expected created=d to be a date, such as 2024-03-01T10:00, or seconds since 1970"


def told(path: Path, written_map: str) -> list[tuple[int, str]]:
    """Line and message of each problem; none is an error."""
    problems = [one for one in read([path], by=field_map(written_map)) if isinstance(one, Problem)]
    assert not [problem for problem in problems if problem.lost or problem.note]
    return [(problem.line, problem.message) for problem in problems]


SAID: dict[str, tuple[str, str, list[tuple[int, str]]]] = {
    "a column that nothing reads": (
        "id,t,score\n1,a,\n2,b,7\n3,c,8\n",
        "id=id,text=t",
        [(3, "nothing reads 'score', which holds '7' here")],
    ),
    "a blank one": ("id,t,score\n1,a,\n2,b, \n", "id=id,text=t", []),
    "one without a name": ("id,t,\n1,a,x\n", "id=id,text=t", [(2, "nothing reads 'column 3', which holds 'x' here")]),
    "one that is there twice": (
        "id,t,t\n1,a,b\n",
        "id=id,text=t",
        [(2, "nothing reads 't (2)', which holds 'b' here")],
    ),
    "keys of JSON": (
        '[{"id": 1, "t": "a", "by": {"name": "Mia", "rank": 2}},\n{"id": 2, "t": "b", "tags": ["x"], "none": []}]',
        "id=id,text=t,author=by.name",
        [(2, "nothing reads 'tags', which holds ['x'] here")],
    ),
    "a key whose path is an alternative": ('[{"id": 1, "t": "a", "nick": "b"}]', "id=id,text=t,author=name|nick", []),
    "a key that tells a state": ('[{"id": 1, "t": "a", "x": "shut"}]', "id=id,text=t,resolved=x=shut", []),
    "replies": ('[{"id": 1, "t": "a", "r": [{"id": 2, "t": "b"}]}]', "id=id,text=t,children=r[]", []),
    "a long value": (
        '[{"id": 1, "t": "a", "x": "' + "b" * 90 + '"}]',
        "id=id,text=t",
        [(1, f"nothing reads 'x', which holds '{'b' * 39}... here")],
    ),
    "a date that is none": (
        "id,t,d\n1,a,2024-03-01\n2,b,last spring\n3,c,then\n4,d,\n",
        "id=id,text=t,created=d",
        [(3, f"{WANTED}, got 'last spring' here; kept as it is, for 2 of 3 comments")],
    ),
    "dates": (
        "id,t,d\n1,a,2024-03-01\n2,b,2024-03-01T10:00Z\n3,c,1709287200\n4,d,2024-03-01 10:00:00+01:00\n",
        "id=id,text=t,created=d",
        [],
    ),
    "a field of no record": (
        "id,t\n1,a\n",
        "id=id,text=t,author=who",
        [(2, "expected the map's author=who in the records; no record has it; the first holds id, t")],
    ),
}


@pytest.mark.parametrize(("content", "map_", "said"), SAID.values(), ids=SAID)
def test_what_does_not_fit_is_a_warning_with_an_example(
    tmp_path: Path, content: str, map_: str, said: list[tuple[int, str]]
) -> None:
    path = tmp_path / "shed.dat"
    path.write_text(content, encoding="utf-8")
    assert told(path, map_) == said


def test_of_very_many_keys_the_last_warning_names_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "shed.json"
    path.write_text(json.dumps([{"id": 1, "t": "a", **{f"k{n}": n for n in range(50)}}]), encoding="utf-8")
    said = told(path, "id=id,text=t")
    assert len(said) == 21
    assert said[-1] == (1, f"nothing reads 30 more: {', '.join(f'k{n}' for n in range(20, 40))} ...")


def test_numbers_with_gaps_are_ids_all_the_same(tmp_path: Path) -> None:
    table, document = tmp_path / "a.csv", tmp_path / "b.json"
    table.write_text("id,re,t\n1,,a\n2,1.0,b\nx,1.0,c\n", encoding="utf-8")
    document.write_text('[{"id": 1, "re": NaN, "t": "a"}, {"id": 2.0, "re": 1.0, "t": "b"}]', encoding="utf-8")
    everything = read([table, document], by=field_map("id=id,parent=re,text=t"))
    comments = [one.record for one in everything if isinstance(one, Found) and isinstance(one.record, Comment)]
    assert [(comment.id, comment.parent) for comment in comments] == [
        ("1", None),
        ("2", "1"),
        ("x", "1.0"),
        ("1", None),
        ("2", "1"),
    ]
