"""Mail: what parts messages, who answers whom, encodings of every kind, and what of a body stays."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders import choose, read
from rejoinder.loaders.bodies.armour import without_armour
from rejoinder.loaders.bodies.letters import join_flowed, quoted_passages, tidy_mail
from rejoinder.loaders.containers.encoded import decode_base64, decode_text, encoded_words
from rejoinder.loaders.formats import mbox
from rejoinder.loaders.formats.mbox import mail_date, writer_name
from rejoinder.loaders.sites.mailbox import message_ids
from rejoinder.loaders.sites.subjects import thread_subject
from rejoinder.records import Comment, Found, PlatformMove, State, Thread
from tests.reading import Reading
from tests.timing import assert_in_proportion

FROM = b"From kim at pond.example  Mon Mar  4 09:00:00 2013\n"
BASIC = (
    b"From: kim at pond.example (Kim Poe)\nDate: Mon, 4 Mar 2013 10:00:00 +0100\nSubject: Newts\nMessage-ID: <1@pond>\n"
)
UNNAMED = BASIC[: BASIC.index(b"Message-ID")]


def letter(body: bytes, header: bytes = b"", basic: bytes = BASIC) -> bytes:
    return FROM + basic + header + b"\n" + body + b"\n"


def loaded(folder: Path, raw: bytes) -> tuple[list[Found], list[Problem]]:
    path = folder / "list.mbox"
    path.write_bytes(raw)
    everything = list(read([path]))
    problems = [one for one in everything if isinstance(one, Problem)]
    return [one for one in everything if isinstance(one, Found)], problems


def comments(folder: Path, raw: bytes) -> list[Comment]:
    found, problems = loaded(folder, raw)
    assert problems == []
    return [one.record for one in found if isinstance(one.record, Comment)]


def only(folder: Path, raw: bytes) -> Comment:
    (comment,) = comments(folder, raw)
    return comment


def numbered(number: int, answers: int | None, references: tuple[int, ...] = (), text: str = "") -> bytes:
    lines = [f"From: p{number}@pond.example", f"Message-ID: <{number}@pond>", "Subject: Re: Newts"]
    if answers is not None:
        lines.append(f"In-Reply-To: <{answers}@pond>")
    if references:
        lines.append("References: " + "\n\t".join(f"<{one}@pond>" for one in references))
    return FROM + "\n".join(lines).encode() + f"\n\n{text or f'Words of {number}.'}\n\n".encode()


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (FROM.decode() + "From: a@b\n", True),
        ("\n\n" + FROM.decode() + "X: y\n", True),
        ("From 1234567890@xxx Mon Jan 01 10:10:10 +0000 2018\nX-GM-THRID: 1\n", True),
        ("From - Tue Mar 12 10:10:10 2019\r\nX-Mozilla-Status: 0001\r\n", True),
        ("From kim Mon Mar  4 09:00:00 2013", False),
        ("From my window I see a pond.\nNote: it is green.\n", False),
        ("From 10:30 on, in 2013, it rained.\nIt was wet.\n", False),
        ("From: kim@pond.example\nSubject: Newts\n\nHello.", False),
        ("Date: Mon, 4 Mar 2013 10:00:00 +0100\nFrom: kim@pond.example\n\nHello.", True),
        ("received: by x\r\n\tfor y\r\nfrom: kim@pond.example\r\ndate: today\r\n\r\nHello.", True),
        ("Date: today\n\nDear club, the pond is green.\n", False),
        ("", False),
    ],
)
def test_a_mailbox_begins_with_a_line_that_names_a_date_before_a_field(head: str, known: bool) -> None:
    assert mbox.recognises(Path("any"), head) is known
    assert (choose(Path("any.txt"), head).NAME == "mbox") is known


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE HTML>\n<HTML><HEAD><title>The Pond Archives</title></HEAD><BODY><table border=3></table>",
        "<html>\n<head><title>The Pond's Archives</title></head><body><table>",
    ],
)
def test_a_page_that_only_lists_mailboxes_says_so(tmp_path: Path, page: str) -> None:
    _, problems = loaded(tmp_path, page.encode())
    assert [problem.message for problem in problems] == [
        "this page only lists the mailboxes of an archive; load those it links to"
    ]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (b">From here on it is deep.", "From here on it is deep."),
        (b">>From here on it is deep.", "> From here on it is deep."),
        (b"From here on it is deep.", "From here on it is deep."),
        (b"From 10:30 in 2013 on it was deep.", "From 10:30 in 2013 on it was deep."),
        (b"> quoted\n>From quoted, too", "> quoted\n> From quoted, too"),
    ],
)
def test_lines_of_a_body_that_begin_with_from(tmp_path: Path, line: bytes, kept: str) -> None:
    assert only(tmp_path, letter(b"\n" + line + b"\nThe end.")).text == kept + "\nThe end."


def test_messages_are_parted_with_and_without_a_blank_line_and_with_either_line_end(tmp_path: Path) -> None:
    raw = numbered(1, None).rstrip(b"\n") + b"\n" + numbered(2, 1) + numbered(3, 2).replace(b"\n", b"\r\n")
    assert [comment.text for comment in comments(tmp_path, raw)] == ["Words of 1.", "Words of 2.", "Words of 3."]


@pytest.mark.parametrize(
    ("letters", "parents", "roots"),
    [
        pytest.param([(1, None, ()), (2, 1, (1,)), (3, 2, (1, 2))], [None, 1, 2], [1, 1, 1], id="a thread"),
        pytest.param([(3, 2, (1, 2)), (2, 1, (1,)), (1, None, ())], [2, 1, None], [1, 1, 1], id="in any order"),
        pytest.param([(2, 1, ()), (3, 2, ())], [1, 2], [1, 1], id="the root is not in the file"),
        pytest.param([(5, 4, (2, 4)), (4, 2, (1, 2))], [4, 2], [1, 1], id="a list of references cut short"),
        pytest.param([(5, None, (1, 2))], [2], [1], id="references alone"),
        pytest.param([(5, 3, (1, 2))], [3], [1], id="the parent is not among the references"),
        pytest.param([(1, 2, ()), (2, 1, ())], [2, 1], [1, 1], id="a circle"),
        pytest.param([(1, 1, (1,))], [None], [1], id="an answer to itself"),
        pytest.param([(1, None, ()), (9, None, ())], [None, None], [1, 9], id="a subject makes no reply"),
    ],
)
def test_threads_go_back_to_the_first_message_that_is_named(
    tmp_path: Path,
    letters: list[tuple[int, int | None, tuple[int, ...]]],
    parents: list[int | None],
    roots: list[int],
) -> None:
    found = comments(tmp_path, b"".join(numbered(*one) for one in letters))
    assert [comment.parent for comment in found] == [None if parent is None else f"{parent}@pond" for parent in parents]
    assert [comment.thread.id for comment in found] == [f"{root}@pond" for root in roots]


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("<a@x>", ["a@x"]),
        ("a@x", ["a@x"]),
        ("<a@x>\t<b$c@y>", ["a@x", "b$c@y"]),
        ("Message from kim@pond.example of Monday <a@x>", ["a@x"]),
        ("<with space@x>", ["space@x"]),
        ("", []),
    ],
)
def test_ids_with_and_without_brackets(value: str, ids: list[str]) -> None:
    assert message_ids(value) == ids


def test_in_old_mail_the_parent_is_the_id_and_not_the_address(tmp_path: Path) -> None:
    header = (
        b"In-Reply-To: Your letter, Kim Poe <kim@pond.example>, of Monday <9@pond>\nReferences: <8@pond> <9@pond>\n"
    )
    assert only(tmp_path, letter(b"So it is.", header)).parent == "9@pond"


@pytest.mark.parametrize("field", [b"Message-Id:\n", b"", b"Message-Id:  <>\n"])
def test_a_message_without_id_gets_one_that_is_made_of_its_header(tmp_path: Path, field: bytes) -> None:
    comment, two = comments(tmp_path, letter(b"Ah.", field, UNNAMED) + letter(b"Oh.", field, UNNAMED))
    assert (comment.id, two.id) == (f"{comment.id[:-2]}.1", f"{comment.id[:-2]}.2")
    assert comments(tmp_path, letter(b"Changed.", field, UNNAMED))[0].id == comment.id


def test_a_message_that_stands_twice_is_taken_once(tmp_path: Path) -> None:
    again = letter(b"Newts  are back.", b"X-Copy: 1\n") + letter(b"Toads are back.")
    found, problems = loaded(tmp_path, letter(b"Newts are back.") + again)
    assert [one.record.text for one in found if isinstance(one.record, Comment)] == ["Newts are back."]
    assert [(problem.line, problem.lost, problem.message) for problem in problems] == [
        (8, False, "left out messages that occur twice: 1, the first on this line"),
        (16, True, "expected one message of the id '1@pond', got another; kept the first"),
    ]


def test_each_depth_of_quotation_is_from_one_message_further_up(tmp_path: Path) -> None:
    words = "Kim wrote:\n> > Newts are fish.\n> No, they are not.\n>\nThey breathe air.\n> > > Older still."
    found, _ = loaded(tmp_path, numbered(3, 2, (1, 2), words))
    text = next(one.record.text for one in found if isinstance(one.record, Comment))
    moves = [one.record for one in found if isinstance(one.record, PlatformMove)]
    assert [(text[platform_move.start : platform_move.end], platform_move.target) for platform_move in moves] == [
        ("> > Newts are fish.", "1@pond"),
        ("> No, they are not.", "2@pond"),
    ]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Re: Re: Newts", "Newts"),
        ("RE: [pond] AW: Newts", "[pond] Newts"),
        ("[pond] Re: [pond] Newts", "[pond] Newts"),
        ("Fwd: Re[4]: Newts", "Newts"),
        ("Recipe: newts", "Recipe: newts"),
        ("Re:", ""),
    ],
)
def test_the_title_is_the_subject_without_its_answers(said: str, title: str) -> None:
    assert thread_subject(said) == title


def test_a_thread_is_named_after_its_root_or_else_its_first_message(tmp_path: Path) -> None:
    header = b"List-Archive: <https://lists.example/pond/>\n"
    found, _ = loaded(tmp_path, numbered(7, 6) + numbered(2, 1) + letter(b"Hello.", header))
    assert [
        (one.record.key.id, one.record.title, one.record.url) for one in found if isinstance(one.record, Thread)
    ] == [
        ("6@pond", "Newts", None),
        ("1@pond", "Newts", "https://lists.example/pond/"),
    ]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("kim at pond.example (Kim Poe)", "Kim Poe"),
        ("kim at pond.example", "kim@pond.example"),
        ("kim@pond.example", "kim@pond.example"),
        ("<kim@pond.example>", "kim@pond.example"),
        ('"Poe, Kim" <kim@pond.example>', "Poe, Kim"),
        ('"Kim \\"Newt\\" Poe" <kim@pond.example>', 'Kim "Newt" Poe'),
        ("'Kim Poe' via Pond <pond@lists.example>", "Kim Poe"),
        ("Kim  Poe <kim@pond.example>", "Kim Poe"),
        ("kim@pond.example ()", "kim@pond.example"),
        ("", ""),
        ("(" * 5000, "(" * 5000),
    ],
    ids=lambda value: value[:20],
)
def test_who_wrote(value: str, name: str) -> None:
    assert writer_name(value) == name


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("=?utf-8?Q?J=C3=B6rg?=", "Jörg"),
        ("=?iso-8859-1?B?SvZyZw==?= <j@x>", "Jörg <j@x>"),
        ("=?utf-8?q?J=C3?= =?utf-8?q?=B6rg?=", "Jörg"),
        ("=?x-unheard-of?Q?J=C3=B6rg?=", "Jörg"),
        ("=?unknown-8bit?q?J=F6rg?=", "Jörg"),
        ("=??Q?J=F6rg?=", "Jörg"),
        ("=?x-win-1251?Q?=CF=F0=F3=E4?=", "Пруд"),
        ("=?cp-1251?B?z/Dz5A==?=", "Пруд"),
        ("=?utf-8*de?Q?J=C3=B6rg?=", "Jörg"),
        ("=?us-ascii?Q?J=F6rg?=", "Jörg"),
        ("=?utf-8?Q?J=C3=\n B6rg?=", "Jörg"),
        ("=?utf-8?Q?J=C3=B6rg?=\n =?utf-8?Q?_Poe?=", "Jörg Poe"),
        ("=?utf-8?B?SsO2\n cmc=?=", "Jörg"),
        ("=?utf-8?B?SsO2cmc?=", "Jörg"),
        ("=?utf-8?Q?J=C3=B6rg of\n Poe?=", "Jörg of Poe"),
        ("=?utf-8?Q?J=C3=B6rg?= =?utf-8?B?x?= <j@x>", "Jörg =?utf-8?B?x?= <j@x>"),
        ("=?utf-8?Q?J=C3=B6rg?= and\n =?utf-8?Q?=C3=96zi?=", "Jörg and Özi"),
        ("Newts =?utf-8?Q?J=C3=B6rg?=\n\tPoe", "Newts Jörg Poe"),
        ("=?utf-8?Q?Where??=", "Where?"),
        ("Jörg\n Poe", "Jörg Poe"),
        ("=?utf-8?B?not base64?=", "=?utf-8?B?not base64?="),
        ("=?utf-8?Q?unclosed", "=?utf-8?Q?unclosed"),
        ("=?=?=?", "=?=?=?"),
    ],
)
def test_encoded_words(value: str, words: str) -> None:
    assert encoded_words(value) == words


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Jörg Poe".encode(), "Jörg Poe"),
        ("Jörg Poe".encode("cp1252"), "Jörg Poe"),
        ("Jörg “Newt” Poe".encode("cp1252"), "Jörg “Newt” Poe"),
        ("Jörg".encode("cp1252") + b"\n Poe", "Jörg Poe"),
        (b"=?iso-8859-1?Q?J=F6rg_Po\n e?=", "Jörg Poe"),
    ],
    ids=["UTF-8", "Latin-1", "Windows-1252", "folded", "folded within a word"],
)
def test_a_header_that_was_never_encoded_is_utf_8_or_windows_1252(tmp_path: Path, name: bytes, told: str) -> None:
    basic = b"From: " + name + b" <j@pond.example>\nMessage-ID: <2@pond>\nSubject: Of " + name + b"\n"
    found, problems = loaded(tmp_path, letter(b"Hm.", basic=basic))
    assert problems == []
    assert [getattr(one.record, "author", None) or getattr(one.record, "title", None) for one in found] == [
        f"Of {told}",
        told,
    ]


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("Mon, 4 Mar 2013 10:00:00 +0100", "2013-03-04T10:00:00+01:00"),
        ("4 Mar 2013 10:00 GMT", "2013-03-04T10:00:00Z"),
        ("Mon, 4 Mar 2013 10:00:00 -0000", "2013-03-04T10:00:00Z"),
        ("Mon, 4 Mar 13 10:00:00 EST", "2013-03-04T10:00:00-05:00"),
        ("Mon Mar  4 09:00:00 2013", "2013-03-04T09:00:00"),
        ("Mon, 4 Mar 2013 10:00:00 +0100 (CET)", "2013-03-04T10:00:00+01:00"),
        ("Mon, 4 Mar 2013 10:00:00 +1700", "2013-03-03T17:00:00Z"),
        ("Mon, 44 Mar 2013 10:00:00 +0100", "Mon, 44 Mar 2013 10:00:00 +0100"),
        ("4 Mar 99999 10:00:00 +9999", "4 Mar 99999 10:00:00 +9999"),
        ("after tea", "after tea"),
        ("  ", None),
    ],
)
def test_dates(value: str, iso: str | None) -> None:
    assert mail_date(value) == iso


def test_without_a_date_that_of_the_separator_counts(tmp_path: Path) -> None:
    assert only(tmp_path, letter(b"Hm.", basic=b"Message-ID: <2@pond>\nDate: \n")).created == "2013-03-04T09:00:00"


@pytest.mark.parametrize(
    ("raw", "charset", "text"),
    [
        ("Grüße".encode("latin-1"), "iso-8859-1", "Grüße"),
        ("Grüße".encode(), "iso-8859-1", "Grüße"),
        ("Grüße".encode(), "us-ascii", "Grüße"),
        ("Grüße".encode("latin-1"), "utf-8", "Grüße"),
        (b"\x93so\x94", "iso-8859-1", "“so”"),
        ("池塘".encode("gb18030"), "gb2312", "池塘"),
        ("пруд".encode("koi8-r"), "KOI8-R", "пруд"),
        ("池".encode("iso2022_jp"), "iso-2022-jp", "池"),
        ("Grüße".encode(), "x-no-such", "Grüße"),
        ("Grüße".encode(), "punycode", "Grüße"),
        (b"aGk=", "base64", "aGk="),
        ("Grüße".encode(), '"utf-8"', "Grüße"),
        (b"\x81", "", "\ufffd"),
    ],
)
def test_charsets_right_wrong_and_unheard_of(raw: bytes, charset: str, text: str) -> None:
    assert decode_text(raw, charset) == text


@pytest.mark.parametrize(
    ("raw", "bytes_"),
    [(b"SGVsbG8=", b"Hello"), (b"SGVs\nbG8", b"Hello"), (b"SGVs!bG8=", b"Hello"), (b"SGk=SGk=", b"HiHi"), (b"S", b"")],
)
def test_base64_whole_cut_off_and_dirty(raw: bytes, bytes_: bytes) -> None:
    assert decode_base64(raw) == bytes_


def part(kind: bytes, body: bytes, more: bytes = b"") -> bytes:
    return b"--b\nContent-Type: " + kind + b"\n" + more + b"\n" + body + b"\n"


SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
SIGNATURE = "-----BEGIN PGP SIGNATURE-----\n\niQIzBAEBCAAdFiEE\n=abcd\n-----END PGP SIGNATURE-----"
ALTERNATIVE = b'Content-Type: multipart/alternative;\n\tboundary="b"\n'
MIXED = b"Content-Type: multipart/mixed; boundary=b\n"
FILE = b"Content-Disposition: attachment; filename=a.txt\n"
SHOWN, INLINE = b"Content-Disposition: inline;\n filename*=utf-8''a.patch\n", b"Content-Disposition: inline\n"
LISTED = b"You have this from the mailing list Pond.\nTo unsubscribe, write to stop@pond.example."
NESTED = b"Preamble\n--b\n" + ALTERNATIVE.replace(b'"b"', b'"c"') + b"\n"


@pytest.mark.parametrize(
    ("header", "body", "text"),
    [
        pytest.param(b"Content-Type: text/html\n", b"<p>One<br>two</p>", "One\ntwo", id="html alone"),
        pytest.param(
            ALTERNATIVE, part(b"text/html", b"<b>H</b>") + part(b"text/plain", b"P") + b"--b--\nafter", "P", id="plain"
        ),
        pytest.param(ALTERNATIVE, part(b"text/plain", b" ") + part(b"text/html", b"<b>H</b>"), "H", id="blank plain"),
        pytest.param(MIXED, part(b"text/plain", b"A") + part(b"text/plain", b"B") + b"--b--", "A\n\nB", id="both"),
        pytest.param(MIXED, part(b"text/html", b"<p>A") + part(b"text/plain", b"B"), "A\n\nB", id="html and footer"),
        pytest.param(MIXED, part(b"text/plain", b"A") + part(b"text/plain", b"B", FILE), "A", id="a file"),
        pytest.param(MIXED, part(b"text/plain", b"A") + part(b"message/rfc822", b"Subject: x\n\nB"), "A", id="forward"),
        pytest.param(
            MIXED, part(b"text/plain", b"A") + part(b"text/plain", b"B", SHOWN), "A", id="a file that is shown"
        ),
        pytest.param(MIXED, part(b"text/plain", b"B", SHOWN) + part(b"text/plain", b"A"), "A", id="a file above"),
        pytest.param(MIXED, part(b"text/plain; name=a.log", b"B") + part(b"text/plain", b"A"), "A", id="a named part"),
        pytest.param(
            MIXED, part(b"text/plain", b"A", INLINE) + part(b"text/plain", b"B", INLINE), "A\n\nB", id="inline"
        ),
        pytest.param(MIXED, part(b"image/png", b"iVBOR") + part(b"text/plain", b"B", SHOWN), "B", id="only a file"),
        pytest.param(MIXED, part(b"text/html", b"<p>A") + part(b"text/plain", LISTED, INLINE), "A", id="a footer"),
        pytest.param(
            MIXED,
            part(b"text/plain", b"A") + part(b"text/plain", b"Ask the mailing list, pond@pond.example, please."),
            "A\n\nAsk the mailing list, pond@pond.example, please.",
            id="no footer",
        ),
        pytest.param(
            MIXED,
            part(b"text/plain", b"A") + part(b"text/plain", b"Pond mailing list\nhttps://p.example"),
            "A",
            id="name",
        ),
        pytest.param(MIXED, part(b"text/plain", LISTED), LISTED.decode(), id="nothing but a footer"),
        pytest.param(MIXED, part(b"image/png", b"iVBOR") + part(b"text/plain", b"B"), "B", id="a picture"),
        pytest.param(MIXED, b"--b\n\nno header\n--b--", "no header", id="part without header"),
        pytest.param(
            MIXED,
            NESTED + b"--c\n\nP\n--c\nContent-Type: text/html\n\n<b>H</b>\n--c--\n" + part(b"text/plain", b"F"),
            "P\n\nF",
            id="nested",
        ),
        pytest.param(MIXED, NESTED + b"--c\n\nP\n--b--\n", "P", id="inner end missing"),
        pytest.param(b"Content-Type: nonsense\n", b"A", "A", id="no such type"),
        pytest.param(b"Content-Transfer-Encoding: BASE64\n", base64.encodebytes(b"A\r\nB"), "A\nB", id="base64"),
        pytest.param(
            b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n",
            b"Gr=C3=BC=\n=C3=9Fe =3D",
            "Grüße =",
            id="quoted-printable",
        ),
        pytest.param(
            b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n",
            b"5 =E2=82=AC =E2=8",
            "5 \u20ac \ufffd=8",
            id="quoted-printable that breaks off",
        ),
        pytest.param(MIXED, b"No part\nbegins.", "No part\nbegins.", id="no boundary"),
        pytest.param(
            b"Content-Type: text/plain; format=flowed; delsp=yes\n", b"pond- \nside \nis", "pond-sideis", id="delsp"
        ),
    ],
)
def test_what_is_read_of_a_body(tmp_path: Path, header: bytes, body: bytes, text: str) -> None:
    assert only(tmp_path, letter(body, header)).text == text


def test_links_stay_where_they_are_when_parts_are_joined(tmp_path: Path) -> None:
    body = part(b"text/plain", b"First.") + part(b"text/html", b"<p>See <a href='https://p.example/a'>this</a>.")
    comment = only(tmp_path, letter(body, MIXED))
    assert [(comment.text[link.start : link.end], link.url) for link in comment.links] == [
        ("this", "https://p.example/a")
    ]


def test_html_is_tidied_too_and_its_links_stay_where_they_are(tmp_path: Path) -> None:
    body = (
        "<div>So <a href='https://p.example/a'>it is</a>.</div><div>-- <br><div class='gmail_signature'>Kim, "
        "<a href='https://p.example/kim'>here</a></div></div><div>Get <a href='https://p.example/o'>Outlook for iOS</a>"
        "</div><hr><div><b>From:</b> Ann<br><b>Sent:</b> Monday<br><b>To:</b> Kim<br><b>Subject:</b> Newts</div>"
        "<div>See <a href='https://p.example/b'>this</a>.</div>"
    )
    comment = only(tmp_path, letter(body.encode(), b"Content-Type: text/html\n"))
    assert comment.text == "So it is.\n\n> From: Ann\n> Sent: Monday\n> To: Kim\n> Subject: Newts\n>\n> See this."
    assert [(comment.text[link.start : link.end], link.url) for link in comment.links] == [
        ("it is", "https://p.example/a"),
        ("this", "https://p.example/b"),
    ]


def test_preformatted_words_of_html_are_no_code(tmp_path: Path) -> None:
    body = (
        b"<blockquote><pre class='moz-quote-pre'>Newts\n  are fish.</pre></blockquote><p>No.</p>"
        b"<pre class='moz-signature'>-- \nKim</pre>"
    )
    assert only(tmp_path, letter(body, b"Content-Type: text/html\n")).text == "> Newts\n>   are fish.\n\nNo."


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        (f"{SIGNED}\nHash: SHA256\n\nYes.\n- -- \nKim\n{SIGNATURE}\n", "Yes.\n-- \nKim\n\n"),
        (f"{SIGNED}\n\n- From here.\n{SIGNATURE}\n\nA footer.", "From here.\n\n\nA footer."),
        (SIGNATURE.replace("SIGNATURE", "PUBLIC KEY BLOCK"), ""),
        (f"- not escaped\n{SIGNATURE}", "- not escaped\n"),
        (SIGNATURE.replace("SIGNATURE", "MESSAGE"), ""),
        ("See:\n" + SIGNATURE.replace("PGP SIGNATURE", "CERTIFICATE") + "\nYes.", "See:\n\nYes."),
        ("See:\n\nbegin 644 pond.txt\n-5&AE('!O;F0@:7,@9')Y\n`\nend\n\nYes.", "See:\n\n\n\nYes."),
        ("We begin 644 days from now\nand then it will end\n", "We begin 644 days from now\nand then it will end\n"),
        ("begin 644 pond.txt\nNo end.", "begin 644 pond.txt\nNo end."),
        ("-----BEGIN PGP SIGNATURE-----\nNo end.", "-----BEGIN PGP SIGNATURE-----\nNo end."),
    ],
)
def test_what_openpgp_puts_around_words_goes(text: str, bare: str) -> None:
    assert without_armour(text) == bare


@pytest.mark.parametrize(
    ("field", "states"),
    [
        (b"Auto-Submitted: auto-replied (vacation)\n", (State.NOTICE,)),
        (b"X-Autoreply: yes\n", (State.NOTICE,)),
        (b"Auto-Submitted: no\n", ()),
        (b"Auto-Submitted: auto-generated\n", ()),
    ],
)
def test_an_answer_that_a_program_gives_is_a_notice(tmp_path: Path, field: bytes, states: tuple[State, ...]) -> None:
    assert only(tmp_path, letter(b"I am away until Monday.", field)).states == states


def test_a_message_without_words_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    found, problems = loaded(tmp_path, letter(b"-- \nKim") + numbered(2, 1))
    assert [one.record.id for one in found if isinstance(one.record, Comment)] == ["2@pond"]
    assert [(problem.line, problem.lost) for problem in problems] == [(1, True)]


SCRUBBED = "-------------- next part --------------\nA non-text attachment was scrubbed...\nName: a.asc\nSize: 1 bytes"
RULE = "_" * 47
FRAME = "-=" * 11 + "-"
HEAD = "From: Ann <a@x.example>\nSent: Monday, March 4, 2013 10:00 AM\nTo: Kim\nSubject: Newts"
QUOTED_HEAD = "> " + HEAD.replace("\n", "\n> ")
PATCH = """\
diff --git a/pond.txt b/pond.txt
index 1111111..2222222 100644
--- a/pond.txt
+++ b/pond.txt
@@ -1,4 +1,4 @@
-newts = 2  # that is wrong, because there are more

+newts = 3  # but who counts them?
-
 frogs = 1"""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Yes.\n-- \nKim\npond.example", "Yes."),
        ("Yes.\n--\nKim", "Yes."),
        ("Yes.\n-- \nKim\n\nAnn wrote:\n> So?", "Yes.\n\nAnn wrote:\n> So?"),
        (
            "Yes.\n-- \nKim\n\nAnn schrieb am 03.05.24 um 12:00:\n> So?",
            "Yes.\n\nAnn schrieb am 03.05.24 um 12:00:\n> So?",
        ),
        ("Yes.\n-- \n> So?\nNo.", "Yes.\n\n> So?\nNo."),
        ("Yes.\n--\n" + "More words.\n" * 11, "Yes.\n--\n" + "More words.\n" * 10 + "More words."),
        (f"Yes.\n{RULE}\nPond mailing list\nhttps://p.example/listinfo", "Yes."),
        (f"One.\n{RULE}\nTwo.", f"One.\n{RULE}\nTwo."),
        (f"Yes.\n{SCRUBBED}\n", "Yes."),
        (f"Yes.\n{SCRUBBED}\n\nMore.", "Yes.\n\nMore."),
        ("Yes.\n-------------- next part --------------\nMore.", "Yes.\n\nMore."),
        (
            "Yes.\n-----Original Message-----\nFrom: Ann\n\n> So?",
            "Yes.\n-----Original Message-----\n> From: Ann\n>\n> > So?",
        ),
        (">>So?\n >No.\n> > > > > > > Deep.", "> > So?\n> No.\n> > > > > Deep."),
        (f"Yes.\n\n{HEAD}\n\nSo?\n\n", f"Yes.\n\n{QUOTED_HEAD}\n>\n> So?"),
        (f"Yes.\n{'_' * 32}\n{HEAD}\n\nSo?", f"Yes.\n\n{QUOTED_HEAD}\n>\n> So?"),
        (
            f"Yes.\n\n{HEAD}\nSo?\n\n{HEAD}\n\nWell.",
            f"Yes.\n\n{QUOTED_HEAD}\n> So?\n>\n" + QUOTED_HEAD.replace("> ", "> > ") + "\n> >\n> > Well.",
        ),
        (
            f"Yes.\n-----Original Message-----\n{HEAD}\n\nSo?",
            f"Yes.\n-----Original Message-----\n{QUOTED_HEAD}\n>\n> So?",
        ),
        (
            "Ja.\n\nVon: Ann\nGesendet: Montag, 4. März 2013 10:00\nAn: Kim\nBetreff: Newts\n\nSo?",
            "Ja.\n\n> Von: Ann\n> Gesendet: Montag, 4. März 2013 10:00\n> An: Kim\n> Betreff: Newts\n>\n> So?",
        ),
        ("From: the pond\nTo: the sea", "From: the pond\nTo: the sea"),
        ("-----Ursprüngliche Nachricht-----\nSo?", "-----Ursprüngliche Nachricht-----\n> So?"),
        (
            "I do not think so.\n\nOn Monday, March 4, 2013, 10:00 AM, Ann <a@x.example> wrote:\n\nSo?\nYes.",
            "I do not think so.\n\nOn Monday, March 4, 2013, 10:00 AM, Ann <a@x.example> wrote:\n>\n> So?\n> Yes.",
        ),
        ("Hi Ann,\nAt 10:00, you wrote:\n\nSo?\nI say no.", "Hi Ann,\nAt 10:00, you wrote:\n\nSo?\nI say no."),
        (
            "I do not think so.\nAt 10:00, Ann wrote:\n\n| So?\nNo.",
            "I do not think so.\nAt 10:00, Ann wrote:\n\n| So?\nNo.",
        ),
        ("I do not think so, as Ann wrote:\nNo.", "I do not think so, as Ann wrote:\nNo."),
        ("Yes.\n\nSent from my iPhone\n\n> So?", "Yes.\n\n> So?"),
        ("Yes.\nGet Outlook for Android", "Yes."),
        ("Yes.\n\nVon meinem iPad gesendet", "Yes."),
        ("Yes.\n\nSent with [Proton Mail](https://proton.example/) secure email.", "Yes."),
        ("> Yes.\n>\n> -- \n> Kim\n> pond.example\nNo.", "> Yes.\n\nNo."),
        (
            f"> > Yes.\n> > {RULE}\n> > Pond mailing list\n> > https://p.example/listinfo\n> > \n> No.",
            "> > Yes.\n>\n> No.",
        ),
        ("> a\n>\n>\n> b\n>\n\nc", "> a\n>\n> b\n\nc"),
        (
            f"Yes.\n\n{HEAD}\n\nSo?\n{RULE}\nPond mailing list\nhttps://p.example/listinfo",
            f"Yes.\n\n{QUOTED_HEAD}\n>\n> So?",
        ),
        (f"Yes.\n\n{FRAME}\nGroups.io Links: You receive all.\n\nUnsubscribe: https://p.example\n{FRAME}\n\n", "Yes."),
        (f"Yes.\n{'#' * 72}\n\nTo unsubscribe from the POND list, click the link:\nhttps://p.example", "Yes."),
        (f"Yes.\n{'#' * 72}\nNo.\n{'#' * 72}", f"Yes.\n{'#' * 72}\nNo.\n{'#' * 72}"),
        ("> Look.\n> >From here\n> it is far.", "> Look.\n> From here\n> it is far."),
        ("> Look.\n> >From here\n> > it is far.", "> Look.\n> > From here\n> > it is far."),
        (
            f"See.\n---\n pond.txt | 2 +-\n 1 file changed\n\n{PATCH}",
            f"See.\n\n```\n---\n pond.txt | 2 +-\n 1 file changed\n\n{PATCH}\n```",
        ),
        (
            '>>>>> "Kim" == Kim Poe <k@x.example> writes:\n\n    KP> Newts?\n    KP> All.\n    Ann> KP> So?\n\nNo.',
            '> > > > > "Kim" == Kim Poe <k@x.example> writes:\n\n> Newts?\n> All.\n    Ann> KP> So?\n\nNo.',
        ),
        ("Ann writes:\nAnn> a\nAnn> Kim> b\nNo.", "Ann writes:\n> a\n> > b\nNo."),
        ("SQL> select 1\nSQL> select 2", "SQL> select 1\nSQL> select 2"),
        ("Ann wrote:\nSQL> select 1\nNo.", "Ann wrote:\nSQL> select 1\nNo."),
        ("It was sent from my pond.", "It was sent from my pond."),
        (
            "Yes.\n\nThis e-mail may hold confidential words. If you are not\nthe recipient, delete it.\n\n> So?",
            "Yes.\n\n> So?",
        ),
        ("This message is not confidential.", "This message is not confidential."),
        (f"See:\n\n{PATCH}\n-- \n2.43.0", f"See:\n\n```\n{PATCH}\n```"),
        (f"See:\n{PATCH}\nThat is all.", f"See:\n\n```\n{PATCH}\n```\n\nThat is all."),
        ("\n".join(PATCH.split("\n")[2:]), "```\n" + "\n".join(PATCH.split("\n")[2:]) + "\n```"),
        ("--- a\n+++ b\nNo patch.", "--- a\n+++ b\nNo patch."),
        ("a \n\n\n\nb  ", "a\n\nb"),
        ("  indented\n> $ code  here", "  indented\n> $ code  here"),
    ],
)
def test_what_stays_of_a_letter(text: str, kept: str) -> None:
    assert tidy_mail(text) == kept


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("one \ntwo\nthree", "one two\nthree"),
        ("> one \n> two", "> one two"),
        (">> one \n> two", ">> one \n> two"),
        ("one \n> two", "one \n> two"),
        (" >not quoted", ">not quoted"),
        ("one \n-- \nKim", "one \n-- \nKim"),
        ("", ""),
    ],
)
def test_soft_line_ends(text: str, joined: str) -> None:
    assert join_flowed(text) == joined


def test_quoted_passages_without_words_are_none() -> None:
    text = "> a\n> > b\n>\nc\n>\n> >\nd\n> e"
    assert [(text[start:end], depth) for start, end, depth in quoted_passages(text)] == [
        ("> a", 1),
        ("> > b", 2),
        ("> e", 1),
    ]


def test_the_load_of_a_page_that_lists_mailboxes_raises(tmp_path: Path) -> None:
    from rejoinder.loaders.opening.source import Source

    path = tmp_path / "index.html"
    path.write_text("<html><title>The Pond Archives</title><table>", encoding="utf-8")
    with pytest.raises(LoadError, match="only lists the mailboxes"):
        list(mbox.load(Source(path)))


HEADER = FROM + BASIC
DIGEST = HEADER.replace(b"Newts", b"Pond Digest")
HOSTILE: dict[str, Callable[[int], bytes]] = {
    "parts": lambda n: HEADER + MIXED + b"\n" + b"--b\n\nhello\n" * (n // 11),
    "nested": lambda n: (
        HEADER
        + MIXED
        + b"\n"
        + b"--b\n\nhi\n"
        + b"".join(b"--b\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(n // 50))
    ),
    "brackets": lambda n: HEADER + b"\nhi\n" + b">" * n,
    "signatures": lambda n: HEADER + b"\nhi\n" + b"-- \n" * (n // 4),
    "rules": lambda n: HEADER + b"\nhi\n" + (b"_" * 30 + b"\n") * (n // 31),
    "folded": lambda n: HEADER + b"X: 1" + b"\n a" * (n // 3) + b"\n\nhi",
    "references": lambda n: HEADER + b"References:" + b" <a@b>" * (n // 6) + b"\n\nhi",
    "words": lambda n: HEADER + b"X-A: " + b"=?utf-8?q?a" * (n // 11) + b"\n\nhi",
    "separators": lambda n: HEADER + b"\nhi\n" + b"From a 10:10 2010\n" * (n // 18),
    "armour": lambda n: HEADER + b"\nhi\n" + b"-----BEGIN A KEY-----\n" * (n // 22),
    "letters": lambda n: HEADER + b"\nhi\n" + b"begin 644 A\n" * (n // 12),
    "rows": lambda n: DIGEST + b"\n\n" + (b"-" * 30 + b"\n\n") * (n // 32),
    "digest": lambda n: (
        DIGEST
        + b"\n"
        + b"".join(b"\n%s\n\nFrom: a%d\nSubject: Re: b\n\nhi %d\n" % (b"-" * 30, i, i) for i in range(n // 70))
    ),
    "digested": lambda n: (
        DIGEST
        + b"Content-Type: multipart/digest; boundary=b\n\n"
        + b"".join(b"--b\n\nFrom: a%d\nSubject: Re: b\n\nhi %d\n" % (i, i) for i in range(n // 50))
    ),
    "chain": lambda n: b"".join(numbered(i, i + 1) for i in range(n // 160)),
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_mail_costs_time_in_proportion_to_its_size(tmp_path: Path, shape: str) -> None:
    def made(size: int) -> Path:
        path = tmp_path / f"{size}.mbox"
        path.write_bytes(HOSTILE[shape](size))
        return path

    def act(path: Path) -> None:
        assert sum(isinstance(one, Found) for one in read([path])) >= 2

    assert_in_proportion(made, act, small=30_000)


ZONES = {
    b"+0530": "+05:30",
    b"+0545": "+05:45",
    b"-0330": "-03:30",
    b"-0030": "-00:30",
    b"+1245": "+12:45",
    b"+05:30": "+05:30",
    b"+5:30": "+05:30",
    b"+530": "+05:30",
    b"+05": "+05:00",
    b"GMT+0530": "+05:30",
    b"+0530 (IST)": "+05:30",
    b"EST": "-05:00",
    b"GMT": "Z",
    b"-0000": "Z",
}


@pytest.mark.parametrize(("zone", "iso"), ZONES.items(), ids=map(str, ZONES))
def test_zones_are_read_with_their_minutes(tmp_path: Path, zone: bytes, iso: str) -> None:
    basic = b"Message-ID: <2@pond>\nDate: Mon, 4 Mar 2013 10:00:00 " + zone + b"\n"
    assert only(tmp_path, letter(b"Hm.", basic=basic)).created == f"2013-03-04T10:00:00{iso}"


def mail(number: int, answers: int | None, text: str = "", references: tuple[int, ...] = ()) -> bytes:
    """A message as it stands in a file of its own."""
    date = b"Date: Mon, 4 Mar 2013 10:00:00 +0100\n"
    return date + numbered(number, answers, references, text).removeprefix(FROM).rstrip(b"\n") + b"\n"


def test_single_mails_of_one_load_are_one_thread_whatever_their_order(tmp_path: Path) -> None:
    for number, answers in ((1, 2), (2, 3), (3, None)):
        (tmp_path / f"{number}.eml").write_bytes(mail(number, answers))
    reading = Reading(*sorted(tmp_path.iterdir()))
    assert reading.parents == {"1@pond": "2@pond", "2@pond": "3@pond", "3@pond": None}
    assert {comment.thread.id for comment in reading.comments} == {"3@pond"}
    assert [Path(one.file).name for one in reading.found if isinstance(one.record, Comment)] == [
        "1.eml",
        "2.eml",
        "3.eml",
    ]


def test_a_maildir_is_read_without_what_is_not_yet_delivered(tmp_path: Path) -> None:
    for place, name, raw in (
        ("cur", "1362387600.M1P1.pond:2,S", mail(1, None)),
        ("new", "1362387601.M2P1.pond", mail(2, 1)),
        ("tmp", "1362387602.M3P1.pond", mail(3, 1)),
    ):
        (tmp_path / place).mkdir()
        (tmp_path / place / name).write_bytes(raw)
    reading = Reading(tmp_path)
    assert (reading.parents, reading.messages) == ({"1@pond": None, "2@pond": "1@pond"}, [])


def test_an_answer_in_the_mailbox_of_the_next_month_is_in_the_thread_of_the_first(tmp_path: Path) -> None:
    (tmp_path / "2013-April.txt.gz").write_bytes(gzip.compress(numbered(3, 2)))
    (tmp_path / "2013-March.txt.gz").write_bytes(gzip.compress(numbered(1, None) + numbered(2, 1)))
    reading = Reading(tmp_path)
    assert reading.parents == {"3@pond": "2@pond", "1@pond": None, "2@pond": "1@pond"}
    assert {comment.thread.id for comment in reading.comments} == {"1@pond"}


def test_a_message_in_two_files_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(numbered(1, None))
    (tmp_path / "b.eml").write_bytes(mail(1, None))
    reading = Reading(tmp_path)
    assert len(reading.comments) == 1
    assert reading.messages == ["left out messages that occur twice: 1, the first on this line"]


def test_a_single_mail_ends_with_its_file_whatever_its_lines_are(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(b"\r\n" + mail(1, None, FROM.decode() + "Note: it is green."))
    (comment,) = Reading(tmp_path / "1.eml").comments
    assert comment.text == FROM.decode() + "Note: it is green."


def test_a_file_of_mail_that_goes_wrong_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.mbox.gz").write_bytes(gzip.compress(numbered(1, None) * 400)[:-40])
    (tmp_path / "b.eml").write_bytes(mail(2, 1))
    (tmp_path / "index.html").write_text("<html><title>The Pond Archives</title><table>", encoding="utf-8")
    reading = Reading(tmp_path)
    assert reading.parents["2@pond"] == "1@pond"
    assert [Path(problem.file).name for problem in reading.problems if problem.lost] == ["a.mbox.gz"]
    assert "left out 1 file (index.html)" in reading.messages[0]
