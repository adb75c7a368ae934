"""Exports of JSON on one line of more than 100 kB are recognised, though what tells them apart is cut off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.formats.test_golden import SOURCES, files_of, format_of, map_of
from tests.reading import Reading, known_as, written

LONG = 100_000


def document(path: Path) -> object:
    """The one JSON document of the file, None where it holds none or several."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None


def grows(value: object) -> bool:
    """True if there is a list in it."""
    if isinstance(value, dict):
        return any(map(grows, value.values()))
    return isinstance(value, list) and value != []


DOCUMENTS = [
    pytest.param(format_of(source), Path(file), id=f"{source.name}-{Path(file).name}")
    for source in SOURCES
    for file in files_of(source)
    if map_of(source) is None and grows(document(Path(file)))
]


def blown_up(value: object, times: int) -> object:
    """The value with the elements of each of its lists so many times."""
    if isinstance(value, dict):
        return {key: blown_up(one, times) for key, one in value.items()}
    if isinstance(value, list):
        return [blown_up(one, 1) for one in value] * times
    return value


def on_one_line(value: object) -> str:
    """The value on one line that is longer than a head."""
    line, times = "", 1
    while len(line) < LONG:
        line, times = json.dumps(blown_up(value, times)), 2 * times
    return line


@pytest.mark.parametrize(("name", "path"), DOCUMENTS)
def test_a_document_on_one_long_line_is_what_it_was(tmp_path: Path, name: str, path: Path) -> None:
    plain = Reading(path)
    long = written(tmp_path, on_one_line(document(path)), path.name)
    assert long.stat().st_size > LONG
    assert known_as(long) == name
    found = Reading(long)
    assert {comment.id for comment in found.comments} == {comment.id for comment in plain.comments}
