"""Files around whose comments something else stands: told what that is and how it comes off, and not read as prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder.errors import Problem
from rejoinder.loaders import read
from rejoinder.loaders.recognising.wrapped_files import dressed_advice

JSON = '{"comments": [{"id": 1, "author": "Ann", "text": "The kettle is on."}]}'
TELEGRAM = """<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title></head>
<body onload="CheckLocation();"><div class="page_wrap"><div class="page_body chat_page"><div class="history">
<div class="message default clearfix" id="message2"><div class="body"><div class="from_name">Ann</div>
<div class="text">The kettle is on.</div></div></div></div></div></div></body></html>
"""
TOLD = {
    "curl -i": (f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{JSON}", "remove all lines above line 4"),
    "after a redirect": (
        f"HTTP/2 301 \nlocation: /b\n\nHTTP/2 200 \ndate: x\n\n{JSON}\n",
        "remove all lines above line 7",
    ),
    "JSONP": (f"onComments({JSON});\n", "remove 'onComments(' before it and ) behind it"),
    "guarded JSONP": (f"/**/ typeof a.b === 'function' && a.b({JSON});", "this is JSONP"),
    "a remark above": (f"// from the forum\n/* in\nMay */\n{JSON}", "this is JSON with comments in it"),
    "a remark within": (f"[ // all\n{JSON}]", "this is JSON with comments in it"),
    "Telegram": (TELEGRAM, "choose as its format JSON (machine-readable), which gives a result.json"),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_stands_around_it_is_told(tmp_path: Path, name: str) -> None:
    content, message = TOLD[name]
    path = tmp_path / ("messages.html" if name == "Telegram" else "comments.json")
    path.write_text(content, encoding="utf-8", newline="")
    (told,) = read([path])
    assert isinstance(told, Problem)
    assert (told.line, told.lost, message in told.message) == (1, True, True), told


PROSE = [
    "HTTP/1.1 is older than HTTP/2.\n\nNo it is not.",
    "The call (see [1]) is wrong.",
    "# Notes\n[[kettle]] and more",
    '# Notes\n["a"](b)',
    "// I disagree.\n\nSo do I.",
    JSON,
    "",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_and_plain_json_are_left_alone(text: str) -> None:
    assert dressed_advice(text) is None
