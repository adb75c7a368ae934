"""Text that is a mail, a chat or a pasted page is told what would keep its authors; other prose is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder.loaders.recognising.prose import CHAT_ADVICE, COPIED_ADVICE, PAGE_ADVICE
from tests.reading import Reading, written
from tests.timing import assert_in_proportion

PASTED = "mia_g 3 hours ago | next [-]\n\nThe shed leaks.\n\nreply\n\ntom 2 hours ago | parent | next [-]\n\nNo.\n"
TEXTS: dict[str, tuple[str, str | None]] = {
    "a letter": ("Date: today\n\nDear club, the shed leaks.\n", None),
    "WhatsApp": ("01/09/2026, 14:06 - Mia: The shed leaks.\n01/09/2026, 14:07 - Tom: No.\nI looked.\n", None),
    "WhatsApp of a phone": ("[01.09.26, 14:06:10] Mia: The shed leaks.\n[01.09.26, 14:07:00] Tom: No.\n", None),
    "WhatsApp of one": ("01/09/2026, 14:06 - Mia: It leaks.\n01/09/2026, 14:07 - Mia: No.\n", CHAT_ADVICE),
    "minutes": ("**Mia:** The shed leaks.\n\n**Tom Wood:** No.\n\n- Ida: We should look.\n", CHAT_ADVICE),
    "names beyond ASCII": ("Özil: The shed leaks.\n\nÉva Łoś: No.\n\nÖzil: Yes!\n", CHAT_ADVICE),
    "no names": ("état: the shed leaks.\n\nété: it is dry.\n\nétat: it leaks.\n", None),
    "a page of Hacker News": (PASTED, PAGE_ADVICE),
    "Discord, copied": ("mia — Today at 14:06\nThe shed leaks.\ntom — Yesterday at 2:07 PM\nNo.\n", COPIED_ADVICE),
    "Slack, copied": ("mia  2:06 PM\nThe shed leaks.\n\nTom Wood  2:07 PM\nNo.\n", COPIED_ADVICE),
    "Teams, copied": ("Mia Holm\n14:06\nThe shed leaks.\nTom Wood\n14:07\nNo.\n", COPIED_ADVICE),
    "Facebook, copied": ("Mia Holm\nThe shed leaks.\n3h\nLike · Reply\nTom\nNo.\n2 d\nLike\nReply\n", COPIED_ADVICE),
    "Reddit, copied": (
        "u/mia · 3 days ago\nThe shed leaks.\nUpvote 3 Reply Share\ntom\n• 2 hr. ago\nNo.\nReply\n",
        COPIED_ADVICE,
    ),
    "a forum, copied": (
        "mia wrote on 1 September 2026, 14:06\nIt leaks.\ntom\nSep 1, 2026 2:07 PM\nNo.\n",
        COPIED_ADVICE,
    ),
    "a timetable": (
        "We meet at the shed on Monday at 14:06\nThe bus leaves\n\nIt is old.\n\nBring a hammer.\n\nIt leaks.\n",
        None,
    ),
    "hours of opening": ("The shop opens at 9:00\n\nIt closes at 17:00\n\nI think that is too early.\n", None),
    "one colon": ("Note: the shed leaks.\n\nIt is old.\n\nWe should mend it.\n", None),
    "one speaker": ("Mia: the shed leaks.\n\nMia: it is old.\n", None),
    "prose": ("The shed leaks.\n\nIt was 3 hours ago that I looked.\n", None),
}


@pytest.mark.parametrize(("text", "told"), TEXTS.values(), ids=TEXTS)
def test_text_that_is_something_else_is_told_what_to_do(tmp_path: Path, text: str, told: str | None) -> None:
    reading = Reading(written(tmp_path, text, "club.txt"))
    known = [
        one
        for one in (CHAT_ADVICE, COPIED_ADVICE, PAGE_ADVICE)
        if any(message.endswith(one) for message in reading.messages)
    ]
    assert known == ([told] if told else [])
    assert reading.comments


@pytest.mark.parametrize("unit", ["A", "A: ", "A ", "From:\n", "1", "a 1 hour ago", "- **A"])
def test_prose_is_judged_in_linear_time(tmp_path: Path, unit: str) -> None:
    def made(size: int) -> Path:
        return written(tmp_path, unit * (size // len(unit)), f"{size}.txt")

    assert_in_proportion(made, Reading, small=6_000, floor=0.1)
