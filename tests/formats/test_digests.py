"""Digests of mailing lists: the mails within them, in plain text and as parts, and which threads they are of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading import Reading, reading_of

ROW, FIRST = "-" * 30, "-" * 70
HEADER = """\
From: pond-request@lists.example
To: pond@lists.example
Date: Mon, 4 Mar 2013 12:00:00 +0100
Subject: Pond Digest, Vol 3, Issue 7
Message-ID: <mailman.7.pond@lists.example>
List-Id: All about the pond <pond.lists.example>
List-Archive: <https://lists.example/pond/>
"""
MASTHEAD = """\
Send Pond mailing list submissions to
\tpond@lists.example

When replying, please edit your Subject line so it is more specific
than "Re: Contents of Pond digest..."


Today's Topics:

   1. Newts (Kim Poe)
   2. Re: Newts (Ann Lee)
"""
FOOTER = f"{'_' * 47}\nPond mailing list\nhttps://lists.example/listinfo/pond\n"
CLOSING = f"Subject: Digest Footer\n\n{FOOTER}"
END = "End of Pond Digest, Vol 3, Issue 7\n**********************************\n"


def mail(number: int, name: str, subject: str, words: str, more: str = "") -> str:
    return (
        f"From: {name} <{name.lower()}@pond.example>\nDate: Mon, 4 Mar 2013 10:0{number}:00 +0100\n"
        f"Subject: {subject}\n{more}\n{words}\n"
    )


def numbered(number: int, more: str = "") -> str:
    return f"Message-ID: <{number}@pond>\n{more}"


NEWTS = mail(1, "Kim", "[pond] Newts", "Newts are fish, I think.", numbered(1))
NO = mail(2, "Ann", "Re: [pond] Newts", "Kim wrote:\n> Newts are fish, I think.\n\nNo, they breathe air.", numbered(2))
FROGS = mail(3, "Bo", "[pond] Frogs", "Are there frogs?\n\n-- \nBo", numbered(3))


def plain(*mails: str, header: str = HEADER, closing: str = CLOSING, end: str = END) -> str:
    numbers = [f"Message: {number}\n{one}" for number, one in enumerate(mails, start=1)]
    parts = [f"{MASTHEAD}\n\n{FIRST}\n\n" + f"\n\n{ROW}\n\n".join(numbers), *filter(None, (closing, end))]
    return f"{header}\n" + f"\n\n{ROW}\n\n".join(parts)


def mime(*mails: str, kind: str = "Content-Type: message/rfc822\nMIME-Version: 1.0\n", header: str = HEADER) -> str:
    held = "".join(f"--in\n{kind}\n{one}\n" for one in mails)
    return (
        f"{header}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=out\n\n"
        f"--out\nContent-Type: text/plain\nContent-Description: Pond Digest, Vol 3, Issue 7\n\n{MASTHEAD}\n"
        f'--out\nContent-Type: multipart/digest; boundary="in"\n\n{held}--in--\n\n'
        f"--out\nContent-Type: text/plain\nContent-Description: Digest Footer\n\n{FOOTER}\n--out--\n"
    )


def told(reading: Reading) -> list[tuple[str, str | None, str | None, str]]:
    return [(comment.id, comment.author, comment.parent, comment.text) for comment in reading.comments]


ALL = [
    ("1@pond", "Kim", None, "Newts are fish, I think."),
    ("2@pond", "Ann", "1@pond", "Kim wrote:\n> Newts are fish, I think.\n\nNo, they breathe air."),
    ("3@pond", "Bo", None, "Are there frogs?"),
]


@pytest.mark.parametrize(
    "digest",
    [
        pytest.param(plain(NEWTS, NO, FROGS), id="plain text"),
        pytest.param(plain(NEWTS, NO, FROGS, closing=""), id="without a footer"),
        pytest.param(plain(NEWTS, NO, FROGS, closing="", end=""), id="cut off"),
        pytest.param(
            plain(NEWTS, NO, FROGS, header="Pond Digest   Monday, 4 Mar 2013   Volume 3 : Issue 7\n"), id="a file"
        ),
        pytest.param(plain(NEWTS, NO, FROGS, header="POND-LIST: Pond Digest, Volume 3\n"), id="a file with a field"),
        pytest.param(plain(NEWTS, NO, FROGS).replace("\n", "\r\n"), id="with other line ends"),
        pytest.param(
            plain(NEWTS, NO, FROGS, header=HEADER.replace("Pond Digest", "Pond Nachrichtensammlung")), id="German"
        ),
        pytest.param(
            plain(NEWTS, NO, FROGS, header=HEADER.replace("Pond Digest, Vol 3, Issue 7", "Pond 3/7")),
            id="by its sender",
        ),
        pytest.param(mime(NEWTS, NO.replace("Message-ID", "In-Reply-To: <1@pond>\nMessage-ID"), FROGS), id="parts"),
        pytest.param(
            mime(NEWTS, NO.replace("Message-ID", "References: <1@pond>\nMessage-ID"), FROGS, kind=""),
            id="parts that do not say what they are",
        ),
    ],
)
def test_a_digest_is_the_mails_within_it(tmp_path: Path, digest: str) -> None:
    reading = reading_of(tmp_path, digest, "7.eml")
    assert (told(reading), reading.messages) == (ALL, [])
    assert [comment.created for comment in reading.comments] == [
        f"2013-03-04T10:0{number}:00+01:00" for number in (1, 2, 3)
    ]
    archive = "https://lists.example/pond/" if "List-Archive" in digest else None
    assert [(one.title, one.url) for one in reading.threads] == [("[pond] Newts", archive), ("[pond] Frogs", archive)]


def test_of_plain_digests_threads_go_by_subject_and_their_words_are_asked_whom_they_answer(tmp_path: Path) -> None:
    (tmp_path / "7.eml").write_text(plain(NEWTS, FROGS), encoding="utf-8")
    (tmp_path / "8.eml").write_text(plain(NO).replace("Issue 7", "Issue 8"), encoding="utf-8")
    newts, frogs, no = Reading(tmp_path).comments
    assert (newts.thread, newts.addressed) == (no.thread, True)
    assert (no.parent, no.addressed) == ("1@pond", False)
    assert frogs.thread != newts.thread
    (alone,) = Reading(tmp_path / "8.eml").comments
    assert (alone.thread, alone.parent, alone.addressed) == (newts.thread, None, False)


def test_without_ids_they_are_made_and_the_same_in_another_copy(tmp_path: Path) -> None:
    bare = [one.replace("Message-ID", "X-Id") for one in (NEWTS, NO)]
    one, two = reading_of(tmp_path, plain(*bare), "7.eml"), reading_of(tmp_path, mime(*bare), "copy.eml")
    assert told(one) == told(two)
    assert [answer.parent for answer in one.comments] == [None, one.comments[0].id]
    assert {comment.thread for comment in one.comments} == {comment.thread for comment in two.comments}


def test_a_mail_that_stands_outside_a_digest_too_is_read_there(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_text(plain(NEWTS, NO), encoding="utf-8")
    (tmp_path / "2.eml").write_text(NEWTS.replace("fish, I think", "fish, I am told"), encoding="utf-8")
    reading = Reading(tmp_path)
    assert [comment.text[:24] for comment in reading.comments if comment.id == "1@pond"] == ["Newts are fish, I am tol"]
    assert [problem.line for problem in reading.problems if "occur twice" in problem.message] == [
        plain(NEWTS, NO).split("\n").index("Message: 1") + 1
    ]


@pytest.mark.parametrize("form", [plain, mime])
@pytest.mark.parametrize("before", ["", "From pond Mon Mar  4 12:00:00 2013\n"])
def test_the_mails_of_a_digest_stand_on_their_lines(tmp_path: Path, form, before: str) -> None:  # type: ignore[no-untyped-def]
    digest = before + form(NEWTS, NO, FROGS)
    begin = "Message: " if form is plain else "From: "
    lines = [number for number, line in enumerate(digest.split("\n"), start=1) if line.startswith(begin)]
    assert reading_of(tmp_path, digest, "7.mbox").lines == lines[-3:]


@pytest.mark.parametrize(
    ("mail", "text"),
    [
        pytest.param(
            plain(NEWTS, NO, header=HEADER.replace("Subject: ", "Subject: Re: ")).replace(
                "\n\n", "\n\nNo, I say.\n\n", 1
            ),
            "No, I say.",
            id="an answer that repeats a digest",
        ),
        pytest.param(f"{HEADER}\nThis week:\n\n{FIRST}\n\nNewts are back.\n", "This week:", id="a newsletter"),
        pytest.param(
            f"{HEADER}\nOne.\n\n{ROW}\n\nFrom: here it goes\nto there.\n", "One.", id="rows of dashes in words"
        ),
    ],
)
def test_what_is_no_digest_is_one_mail(tmp_path: Path, mail: str, text: str) -> None:
    (comment,) = reading_of(tmp_path, mail, "1.eml").comments
    assert comment.text.startswith(text)


def test_a_mail_that_only_speaks_of_a_digest_keeps_its_words_and_not_those_that_it_forwards(tmp_path: Path) -> None:
    header = HEADER.replace("Pond Digest, Vol 3, Issue 7", "About the digest")
    parts = f"--b\n\nIt is late.\n--b\nContent-Type: message/rfc822\n\n{NEWTS}\n--b--\n"
    text = f"{header}Content-Type: multipart/mixed; boundary=b\n\n{parts}"
    assert [comment.text for comment in reading_of(tmp_path, text, "1.eml").comments] == ["It is late."]


def test_a_row_of_dashes_within_a_mail_of_a_digest_parts_nothing(tmp_path: Path) -> None:
    words = f"Newts.\n\n{ROW}\n\nMore of them.\n\n{ROW}\nFrom: me"
    reading = reading_of(tmp_path, plain(mail(1, "Kim", "Newts", words, numbered(1)), NO), "7.eml")
    assert next(comment.text for comment in reading.comments) == words


@pytest.mark.parametrize("kind", ["Content-Type: message/rfc822\n", ""])
def test_mails_that_somebody_forwards_are_not_the_words_of_that_one(tmp_path: Path, kind: str) -> None:
    forward = mime(NEWTS, NO, kind=kind, header=HEADER.replace("Subject: ", "Subject: Fwd: "))
    reading = reading_of(tmp_path, forward.replace(MASTHEAD, "Look what they say.\n"), "1.eml")
    assert [comment.text for comment in reading.comments] == ["Look what they say."]


def test_words_of_a_digest_in_another_charset_and_encoding(tmp_path: Path) -> None:
    header = f"{HEADER}Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n"
    digest = plain(
        NEWTS.replace("fish", "gr=FC=\nne Fische").replace("Kim <", "=?utf-8?Q?J=3DC3=3DB6rg?= <"), header=header
    )
    (comment,) = reading_of(tmp_path, digest, "7.eml").comments
    assert (comment.author, comment.text) == ("Jörg", "Newts are grüne Fische, I think.")
