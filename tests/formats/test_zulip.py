"""Zulip: topics of channels, whom the words quote, and both ways in which they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.records import ThreadKey
from tests.reading import known_as, reading_of

NEAR = "https://chat.example/#narrow/channel/1-roof/topic/leaks/near/1"
SAID: dict[str, Any] = {
    "id": 2,
    "type": "stream",
    "display_recipient": "roof",
    "subject": "leaks",
    "sender_full_name": "Ana",
    "timestamp": 1777881600,
    "content": "<p>It leaks.</p>",
}
TYPED = {"content_type": "text/x-markdown"}
BODIES: dict[str, tuple[dict[str, str], str, str | None]] = {
    "no quotation": ({"content": "<p>Who said it?</p>"}, "Who said it?", None),
    "quoted": (
        {
            "content": f'<p><span class="user-mention silent" data-user-id="5">Bo</span> <a href="{NEAR}">said</a>:</p>'
            "<blockquote><p>It leaks.</p></blockquote><p>No.</p>"
        },
        "> It leaks.\n\nNo.",
        "1",
    ),
    "quoted, as typed": (
        {**TYPED, "content": f"@_**Bo|5** [said]({NEAR}):\n```quote\nIt leaks.\n\nA lot.\n```\n@**Bo** No."},
        "> It leaks.\n\n> A lot.\n\n@Bo No.",
        "1",
    ),
    "a link to a message": ({"content": f'<p>See <a href="{NEAR}">there</a>.</p>'}, "See there.", None),
}


@pytest.mark.parametrize(("changes", "text", "parent"), BODIES.values(), ids=BODIES)
def test_who_is_quoted_first_is_answered(
    tmp_path: Path, changes: dict[str, str], text: str, parent: str | None
) -> None:
    comment = reading_of(tmp_path, {"messages": [{**SAID, **changes}]}).only()
    assert (comment.text, comment.parent, comment.addressed) == (text, parent, parent is not None)


def test_each_topic_is_a_thread_and_what_is_no_message_of_one_is_told(tmp_path: Path) -> None:
    direct = {**SAID, "id": 4, "display_recipient": [{"id": 5, "full_name": "Bo"}], "subject": ""}
    reading = reading_of(tmp_path, {"messages": [SAID, {**SAID, "id": 3, "subject": "paint"}, direct, 7]})
    assert [(one.key, one.title) for one in reading.threads] == [
        (ThreadKey("zulip", "roof/leaks"), "roof > leaks"),
        (ThreadKey("zulip", "roof/paint"), "roof > paint"),
    ]
    assert [problem.lost for problem in reading.problems] == [True, False]
    assert known_as(tmp_path / "export.json") == "zulip"


HOSTS: dict[str, tuple[dict[str, object], str]] = {
    "nothing tells it": ({"sender_email": "ana@mail.example"}, "zulip"),
    "a hidden address of mail": ({"sender_email": "user7@roofs.example"}, "roofs.example"),
    "a quotation": ({"content": f'<p><a href="{NEAR}">said</a>: no.</p>'}, "chat.example"),
    "a link to elsewhere": ({"content": '<p><a href="https://z.example/#narrow/near/1">x</a></p>'}, "zulip"),
}


@pytest.mark.parametrize(("changes", "site"), HOSTS.values(), ids=HOSTS)
def test_the_site_is_the_server_where_it_is_told(tmp_path: Path, changes: dict[str, object], site: str) -> None:
    reading = reading_of(tmp_path, {"messages": [{**SAID, "stream_id": 9, "subject": "leaks & drips", **changes}]})
    (thread,) = reading.threads
    place = f"https://{site}/#narrow/channel/9-roof/topic/leaks.20.26.20drips"
    wanted = (site, None, None) if site == "zulip" else (site, place, f"{place}/near/2")
    assert (thread.key.site, thread.url, reading.only().url) == wanted
