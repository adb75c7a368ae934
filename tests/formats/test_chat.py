"""Chats as plain text: the forms they come in, whom a message answers, what their dates begin with, what is none."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from rejoinder.loaders.formats import chat
from rejoinder.loaders.sites.chatlog import Message
from rejoinder.loaders.sites.line_joining import join_broken_lines
from tests.reading import Reading, written
from tests.timing import assert_in_proportion

FORMS: dict[str, tuple[str, list[tuple[str, str, str | None]]]] = {
    "IRC": (
        "[12:34] <ann> It leaks.\n[12:35] <@bo> No.\n[12:36] <ann> It does.\n",
        [("ann", "It leaks.", None), ("bo", "No.", None), ("ann", "It does.", None)],
    ),
    "IRC without times": (
        "<ann> It leaks.\n<bo> No.\n*** bo has left\n<ann> It does.\n",
        [("ann", "It leaks.", None), ("bo", "No.", None), ("ann", "It does.", None)],
    ),
    "IRC with seconds and dates": (
        "2021-05-05 12:34:56 <ann> So.\n2021-05-05T12:35:00 <bo> No.\n2021-05-05 12:36:00 <ann> Yes.\n",
        [
            ("ann", "So.", "2021-05-05T12:34:56"),
            ("bo", "No.", "2021-05-05T12:35:00"),
            ("ann", "Yes.", "2021-05-05T12:36:00"),
        ],
    ),
    "IRC with colons": (
        "2021-05-05 12:34:56 ann: So: it is.\n2021-05-05 12:35:00 bo: No.\n2021-05-05 12:36:00 ann: Yes.\n",
        [
            ("ann", "So: it is.", "2021-05-05T12:34:56"),
            ("bo", "No.", "2021-05-05T12:35:00"),
            ("ann", "Yes.", "2021-05-05T12:36:00"),
        ],
    ),
    "IRC with tabs": (
        "2021-05-05 12:34:56\tann\tSo.\n2021-05-05 12:35:00\t-->\tcy joined\n2021-05-05 12:35:00\t--\tcy is away\n"
        "2021-05-05 12:35:00\tbo\tNo.\n2021-05-05 12:36:00\tann\tYes.\n",
        [
            ("ann", "So.", "2021-05-05T12:34:56"),
            ("bo", "No.", "2021-05-05T12:35:00"),
            ("ann", "Yes.", "2021-05-05T12:36:00"),
        ],
    ),
    "WhatsApp": (
        "13/05/21, 9:05 PM - Ann Lee: It\nleaks.\nHere.\n13/05/21, 9:06 PM - Ann Lee added Bo\n"
        "13/05/21, 9:07\u202fPM - Bo: No: it\n\nis dry.\n",
        [("Ann Lee", "It leaks.\nHere.", "2021-05-13T21:05:00"), ("Bo", "No: it\n\nis dry.", "2021-05-13T21:07:00")],
    ),
    "WhatsApp of a phone": (
        "[05.05.21, 12:34:56] Ann: So.\n\u200e[05.05.21, 12:35:00] Bo: \u200eimage omitted\n"
        "[05.05.21, 12:36:00] Bo: No.\n",
        [("Ann", "So.", "2021-05-05T12:34:56"), ("Bo", "No.", "2021-05-05T12:36:00")],
    ),
    "WhatsApp with what was edited, left out or taken back, in other languages": (
        "[13.05.21, 12:34:56] Ann: So. \u200e<This message was edited>\n"
        "[13.05.21, 12:35:00] Bo: <Medien ausgeschlossen>\n[13.05.21, 12:35:30] Bo: Diese Nachricht wurde gelöscht.\n"
        "[13.05.21, 12:35:40] Bo: Se eliminó este mensaje\n[13.05.21, 12:36:00] Bo: <No>.\n",
        [("Ann", "So.", "2021-05-13T12:34:56"), ("Bo", "<No>.", "2021-05-13T12:36:00")],
    ),
    "Discord as DiscordChatExporter writes it": (
        "=" * 62 + "\nGuild: Roofs\nChannel: Talk / water\n" + "=" * 62 + "\n\n"
        "[5/13/2021 9:06 PM] ann\nIt leaks.\n\n{Attachments}\nhttps://pictures.example/1.png\n\n"
        "[5/13/2021 9:07 PM] bo (pinned)\nNo.\n\nDry.\n\n[5/13/2021 9:08 PM] ann\nHm.\n\n{Reactions}\n:+1: (2)\n\n"
        + "=" * 62 + "\nExported 3 message(s)\n" + "=" * 62 + "\n",
        [
            ("ann", "It leaks.", "2021-05-13T21:06:00"),
            ("bo", "No.\n\nDry.", "2021-05-13T21:07:00"),
            ("ann", "Hm.", "2021-05-13T21:08:00"),
        ],
    ),
    "Slack": (
        "Ann Lee  12:34 PM\nIt leaks.\n\nBo  12:35 PM\nNo.\nIt is dry.\nAnn Lee  12:36 PM\nHm.\n",
        [("Ann Lee", "It leaks.", None), ("Bo", "No.\nIt is dry.", None), ("Ann Lee", "Hm.", None)],
    ),
    "Slack as it was": (
        "ann [12:34 PM]\nIt leaks.\nbo [12:35 PM]\nNo.\nann [12:36 PM]\nHm.\n",
        [("ann", "It leaks.", None), ("bo", "No.", None), ("ann", "Hm.", None)],
    ),
    "Teams": (
        "[Yesterday 10:06 PM] Lee, Ann\n    It leaks.\n\n"
        "[Monday 9:10] Bo Day (Guest)\nNo.\nDry.\n\n[10:42] Lee, Ann\nHm.\n"
        "[5/13/2021 9:36 PM] Bo Day (Guest)\n\nSo?\n",
        [
            ("Lee, Ann", "It leaks.", None),
            ("Bo Day (Guest)", "No.\nDry.", None),
            ("Lee, Ann", "Hm.", None),
            ("Bo Day (Guest)", "So?", "2021-05-13T21:36:00"),
        ],
    ),
    "Teams with the words behind the name": (
        "[9:05 AM] Ann Lee: It leaks: here.\nAnd there.\n[9:06 AM] Bo: No.\n[9:07 AM] Ann Lee: Hm.\n",
        [("Ann Lee", "It leaks: here.\nAnd there.", None), ("Bo", "No.", None), ("Ann Lee", "Hm.", None)],
    ),
    "IRC with lines that go on": (
        "[12:34] <ann> It leaks\nand it is wet.\n[12:35] <bo> No.\n[12:35] The topic is set\n[12:36] <ann> It does.\n",
        [("ann", "It leaks\nand it is wet.", None), ("bo", "No.", None), ("ann", "It does.", None)],
    ),
    "Discord": (
        "Ann Lee — Today at 12:34\nIt leaks.\nBo — Yesterday at 9:35 PM\nNo.\nAnn Lee — 05/13/2021 9:36 PM\nHm.\n"
        "Bo — 5/14/21, 12:37\nDry.\n",
        [
            ("Ann Lee", "It leaks.", None),
            ("Bo", "No.", None),
            ("Ann Lee", "Hm.", "2021-05-13T21:36:00"),
            ("Bo", "Dry.", "2021-05-14T12:37:00"),
        ],
    ),
    "a forum": (
        "Ann Lee\nPosted on May 5, 2021 at 3:12 pm\n\nIt leaks.\n\n"
        "Bo\n2021-05-06\nNo.\n\nDry.\nAnn Lee\n7 May 2021\nHm.\n",
        [
            ("Ann Lee", "It leaks.", "2021-05-05T15:12:00"),
            ("Bo", "No.\n\nDry.", "2021-05-06"),
            ("Ann Lee", "Hm.", "2021-05-07"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), FORMS.values(), ids=FORMS)
def test_a_chat_in_one_of_its_forms(tmp_path: Path, text: str, said: list[tuple[str, str, str | None]]) -> None:
    found = Reading(written(tmp_path, text, "pier.txt"))
    assert [(comment.author, comment.text, comment.created) for comment in found.comments] == said
    assert [one.key.id for one in found.threads] == ["pier"]
    assert [problem for problem in found.problems if problem.lost] == []


NO_CHATS = {
    "prose": "It leaks.\n\nAnn: it does not.\n\nIt is old.\n",
    "a transcript without times": "Ann: It leaks.\nBo: No.\nAnn: It does.\n",
    "a log of a program": "2021-05-05 12:34:56 ERROR: a\n2021-05-05 12:34:57 INFO: b\n2021-05-05 12:34:58 INFO: c\n",
    "a timetable": "Upper quay  8:00 AM\nLower quay  8:20 AM\nUpper quay  9:00 AM\nLower quay  9:20 AM\n",
    "an index": "The ferry\n5 May 2021\nIt leaks.\nThe pier\n6 May 2021\nOld.\nThe lamp\n7 May 2021\nDark.\n",
    "one who speaks": "<ann> It leaks.\n<ann> Still.\n<ann> Hm.\n",
    "few lines in prose": "It leaks.\nSo said they:\nFirst.\nThen.\nLast.\n<ann> It leaks.\n<bo> No.\n<ann> Yes.\n",
    "HTML": "<b> It leaks.\n<i> No.\n</b> It does.\n",
}


@pytest.mark.parametrize("text", NO_CHATS.values(), ids=NO_CHATS)
def test_what_is_no_chat(text: str) -> None:
    assert not chat.recognises(Path("pier.txt"), text)


@pytest.mark.parametrize(
    ("said", "parent"),
    [
        pytest.param("ann: No.", "3", id="the latest of hers"),
        pytest.param("Ann, no.", "3", id="with a comma"),
        pytest.param("@ann no", "3", id="marked"),
        pytest.param("bo: No.", "2", id="another"),
        pytest.param("cy: No.", None, id="oneself"),
        pytest.param("dee: No.", None, id="a stranger"),
        pytest.param("No, ann: it is dry.", None, id="in passing"),
        pytest.param("ann is wrong.", None, id="spoken of"),
    ],
)
def test_whom_a_message_answers(tmp_path: Path, said: str, parent: str | None) -> None:
    text = f"<ann> It leaks.\n<bo> No.\n<ann> It does.\n<cy> {said}\n"
    last = Reading(written(tmp_path, text, "pier.txt")).comments[-1]
    assert (last.parent, last.addressed) == (parent, parent is not None)


@pytest.mark.parametrize(
    ("first", "second", "created", "unsure"),
    [
        ("05/06/2021", "13/06/2021", "2021-06-05T12:34:00", False),
        ("05/06/2021", "06/13/2021", "2021-05-06T12:34:00", False),
        ("05.06.2021", "06.06.2021", "2021-06-05T12:34:00", False),
        ("05/06/2021", "06/06/2021", "05/06/2021 12:34", True),
    ],
)
def test_day_or_month_is_told_by_the_whole_file(
    tmp_path: Path, first: str, second: str, created: str, unsure: bool
) -> None:
    text = f"{first}, 12:34 - Ann: It leaks.\n{second}, 12:35 - Bo: No.\n"
    found = Reading(written(tmp_path, text, "pier.txt"))
    assert found.comments[0].created == created
    assert any("begins with the day or the month" in message for message in found.messages) is unsure


def test_days_above_messages_are_theirs(tmp_path: Path) -> None:
    text = "--- Log opened Wed May 05 12:00:01 2021\n23:59 <ann> It leaks.\n--- Day changed Thu May 06 2021\n"
    found = Reading(written(tmp_path, f"{text}00:01 <bo> No.\n00:02 <ann> Yes.\n", "pier.log"))
    assert [comment.created for comment in found.comments] == [
        "2021-05-05T23:59:00",
        "2021-05-06T00:01:00",
        "2021-05-06T00:02:00",
    ]


GOING_ON: dict[str, tuple[str, str]] = {
    "a sentence in three lines": (
        "I use the gate\nevery Sunday\nand on Mondays.",
        "I use the gate every Sunday and on Mondays.",
    ),
    "after a word that hangs": ("because it\nis shut", "because it is shut"),
    "after a comma": ("if so,\nwe wait", "if so, we wait"),
    "the next sentence": ("I use the gate.\nevery Sunday", "I use the gate.\nevery Sunday"),
    "a capital": ("I use the gate\nEvery Sunday", "I use the gate\nEvery Sunday"),
    "a writer without capitals": ("we use the gate\nthey never did", "we use the gate\nthey never did"),
    "a word of its own": ("Thanks Ann\nwe use the gate", "Thanks Ann\nwe use the gate"),
    "an item": ("We use two gates\n- one\n- two", "We use two gates\n- one\n- two"),
    "a paragraph": ("We use the gate\n\nevery Sunday", "We use the gate\n\nevery Sunday"),
    "an address": (
        "It says so at https://gate.example/a\nand there",
        "It says so at https://gate.example/a\nand there",
    ),
    "code": ("```\nLet x be the\nsum\n```", "```\nLet x be the\nsum\n```"),
}


@pytest.mark.parametrize(("said", "text"), GOING_ON.values(), ids=GOING_ON)
def test_a_line_in_which_a_sentence_goes_on_is_put_to_the_one_above(tmp_path: Path, said: str, text: str) -> None:
    log = f"13/05/2021, 12:34 - Ann: {said}\n13/05/2021, 12:35 - Bo: No.\n"
    assert Reading(written(tmp_path, log, "gate.txt")).comments[0].text == text


def test_a_file_in_no_form_is_told_so(tmp_path: Path) -> None:
    found = Reading(written(tmp_path, "It leaks.\n", "pier.txt"), format="chat")
    assert [problem.lost for problem in found.problems] == [True]
    assert "<ann> So" in found.messages[0]


@pytest.mark.parametrize("unit", ["a", "a ", "1", "12:34 ", "05/05/21, ", "<a", "\n", "a\n", "[", "a  1:00\n", ": "])
def test_chats_are_recognised_in_linear_time(unit: str) -> None:
    def recognised(text: str) -> bool:
        return chat.recognises(Path("pier.txt"), text)

    assert_in_proportion(lambda size: unit * (size // len(unit)), recognised, small=6_000, floor=0.05)


def test_chats_that_every_phone_calls_the_same_are_called_by_their_archives(tmp_path: Path) -> None:
    for name in ("Pond", "Ferry"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as held:
            log = f"[05.05.21, 12:34:56] Ann: The {name}.\n[05.05.21, 12:35:56] Bo: No.\n"
            held.writestr("_chat.txt", log)
    found = Reading(tmp_path / "Pond.zip", tmp_path / "Ferry.zip")
    assert [(one.key.id, one.title) for one in found.threads] == [("Pond", "Pond"), ("Ferry", "Ferry")]
    assert found.messages == []


def test_two_chats_of_one_name_are_not_one(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pier.txt").write_text(FORMS["IRC"][0], encoding="utf-8")
        (tmp_path / folder / "pier.csv").write_text("id,text,author\n1,It leaks.,Ann\n", encoding="utf-8")
    found = Reading(tmp_path / "a", tmp_path / "b")
    assert len(found.comments) == 4
    assert [
        (Path(problem.file).name, problem.lost) for problem in found.problems if "named the same" in problem.message
    ] == [
        ("pier.csv", True),
        ("pier.txt", True),
    ]


def test_a_long_message_takes_time_in_proportion() -> None:
    assert_in_proportion(
        lambda size: ["So we use the gate", *["and then the other one we have"] * size], join_broken_lines, small=200
    )
    assert_in_proportion(lambda size: ["A" + "a" * size, "and so on"], join_broken_lines, small=2_000)
    assert_in_proportion(
        lambda size: Message(1, "Ann", lines_said=[f"So{' ' * size}we use it."]),
        lambda message: message.text,
        small=2_000,
    )
