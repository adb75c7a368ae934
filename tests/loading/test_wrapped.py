"""Files of Apple's programs that hold a page or a mail: read as what they hold, under their own names."""

from __future__ import annotations

import os
import plistlib
from pathlib import Path
from typing import Any

import pytest

from tests.reading import Reading

GOLDEN = Path(__file__).parents[1] / "golden"
PAGE = (GOLDEN / "forum_page.html").read_bytes().replace(b"canonical", b"other")
MAIL = (GOLDEN / "mbox-mail.eml").read_bytes()
FLAGS = b'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>flags</key></dict></plist>\n'


def archived(**resource: Any) -> bytes:
    main = {"WebResourceData": PAGE, "WebResourceURL": "https://bread.example/threads/oven.31/", **resource}
    picture = {"WebResourceData": b"\x89PNG", "WebResourceURL": "https://bread.example/a.png"}
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": [picture]}, fmt=plistlib.FMT_BINARY)


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("named", [True, False], ids=["named", "in a folder"])
def test_a_page_as_safari_saves_it_is_a_saved_page(tmp_path: Path, named: bool) -> None:
    path = saved(tmp_path / "oven.webarchive", archived())
    reading = Reading(path if named else tmp_path)
    assert {(comment.thread.site, comment.thread.id) for comment in reading.comments} == {
        ("bread.example", "threads/oven.31")
    }
    plain = Reading(saved(tmp_path / "oven.html", PAGE))
    assert [comment.text for comment in reading.comments] == [comment.text for comment in plain.comments] != []
    assert {one.file for one in reading.found} == {str(path)}


def test_a_mail_of_apple_mail_is_a_mail(tmp_path: Path) -> None:
    path = saved(tmp_path / "7.emlx", f"{len(MAIL)}      \n".encode() + MAIL + FLAGS)
    assert Reading(path).records == Reading(GOLDEN / "mbox-mail.eml").records


def test_of_many_mails_none_stays_open(tmp_path: Path) -> None:
    """A folder of Apple Mail holds thousands, and few systems let a process have so many files open."""
    for number in range(5):
        saved(tmp_path / f"{number}.emlx", f"{len(MAIL)}      \n".encode() + MAIL + FLAGS)
    before = os.listdir("/dev/fd")
    assert Reading(tmp_path).comments
    assert os.listdir("/dev/fd") == before


BROKEN: dict[str, tuple[bytes, str]] = {
    "cut off": (archived()[:-40], "expected a page as Safari saves it, got one that is cut off or broken"),
    "without a page": (archived(WebResourceData=7), "expected a page as Safari saves it"),
    "no page": (
        archived(WebResourceData=b"<html><p>Bread.</p></html>"),
        "expected a page whose comments are marked up",
    ),
    "other properties": (plistlib.dumps({"a": 1}, fmt=plistlib.FMT_BINARY), "this is a binary file"),
}


@pytest.mark.parametrize(("content", "message"), BROKEN.values(), ids=BROKEN)
def test_what_holds_no_page_is_an_error(tmp_path: Path, content: bytes, message: str) -> None:
    (problem,) = Reading(saved(tmp_path / "oven.webarchive", content)).problems
    assert problem.lost
    assert problem.message.startswith(message)


def test_a_number_above_a_list_is_a_text(tmp_path: Path) -> None:
    reading = Reading(saved(tmp_path / "notes.txt", b"2026\nBread: it is baked on Mondays.\n"))
    assert [comment.text for comment in reading.comments] == ["2026", "Bread: it is baked on Mondays."]
