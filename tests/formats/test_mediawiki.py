"""Talk pages of wikis: who signed when, what is put below what, and what of the markup is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rejoinder.loaders.bodies.wikitext import as_html, from_wikitext
from rejoinder.loaders.formats import mediawiki
from rejoinder.loaders.sites.talkpage import find_signature, talk_sections
from rejoinder.records import ThreadKey
from tests.reading import Reading, reading_of
from tests.timing import assert_in_proportion

TIME = "09:12, 3 May 2021 (UTC)"
NOON = "2021-05-03T09:12:00Z"


def page(folder: Path, text: str) -> Reading:
    path = folder / "Talk_Ferry.wiki"
    path.write_text(text, encoding="utf-8")
    return Reading(path)


@pytest.mark.parametrize(
    ("line", "words", "author", "created"),
    [
        (f"No. --[[User:Ann Lee|Ann]] {TIME}", "No.", "Ann Lee", NOON),
        (
            f"No. [[User talk:ann_Lee#top|<b>A</b>]] ([[Special:Contributions/Ann Lee|c]]) {TIME}",
            "No.",
            "Ann Lee",
            NOON,
        ),
        (f"No. [[Special:Contributions/192.0.2.7|192.0.2.7]] {TIME}", "No.", "192.0.2.7", NOON),
        (f"Ask [[User:Bo|Bo]]! — [[User:Ann|Ann]] ([[User talk:Ann|talk]]) {TIME}", "Ask [[User:Bo|Bo]]!", "Ann", NOON),
        (f"No. <small>[[:de:Benutzer:Ann|Ann]]</small> {TIME}</small>", "No.", "Ann", NOON),
        (f"No. {{{{User:Ann/sig}}}} {TIME}", "No.", "Ann", NOON),
        ("Nein. [[Benutzer:Ann|Ann]] 11:12, 3. Mai 2021 (CEST)", "Nein.", "Ann", NOON),
        ("Non. [[Utilisateur:Ann|Ann]] 3 mai 2021 à 11:12 (CEST)", "Non.", "Ann", NOON),
        ("No. [[Usuario:Ann|Ann]] ([[Usuario Discusión:Ann|discusión]]) 09:12 3 may 2021 (UTC)", "No.", "Ann", NOON),
        ("Não. [[Usuária:Ann|Ann]] 09h12min de 3 de maio de 2021 (UTC)", "Não.", "Ann", NOON),
        ("Нет. [[Участница:Ann|Ann]] 09:12, 3 мая 2021 (UTC)", "Нет.", "Ann", NOON),
        ("No. [[User:Ann|Ann]] 09:12, May 3, 2021 (UTC)", "No.", "Ann", NOON),
        ("No. [[User:Ann|Ann]] 09:12, 3 May 2021 (AEST)", "No.", "Ann", "2021-05-03T09:12:00"),
        (f"No. --Ann {TIME}", "No.", "Ann", NOON),
        (f"No -- not so. — ann Lee, {TIME}", "No -- not so.", "Ann Lee", NOON),
        (f"No. -- 192.0.2.7 {TIME}", "No.", "192.0.2.7", NOON),
        (f"No.{{{{unsigned|Ann|{TIME}}}}}", "No.", "Ann", NOON),
        ("No. {{unsigned2|09:12, 3 May 2021|ann}}", "No.", "Ann", "2021-05-03T09:12:00"),
        ("No. {{unsignedIP|192.0.2.7}}", "No.", "192.0.2.7", None),
        (
            f"No. <small>— Preceding [[Help:Signatures|unsigned]] comment added by [[User:Ann|Ann]] {TIME}</small>",
            "No.",
            "Ann",
            NOON,
        ),
    ],
)
def test_a_signature_says_who_and_when(line: str, words: str, author: str, created: str | None) -> None:
    signature = find_signature(line)
    assert signature is not None
    assert (line[: signature.start].rstrip(), signature.author, signature.created) == (words, author, created)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"[[User:Ann|Ann]] wrote at {TIME} that the ferry is free.", id="within a sentence"),
        pytest.param(f"It sank at {TIME}", id="a time alone"),
        pytest.param("Ask [[User:Ann|Ann]].", id="a link alone"),
        pytest.param(f"See [[Talk:Ferry|there]] {TIME}", id="a link to another page"),
        pytest.param(f"It sank -- as was planned at {TIME}", id="a dash in a sentence"),
        pytest.param("No. --Ann 09:12, 3 May 2021 (CEST)", id="a bare name in a zone that may be none"),
        pytest.param(f"No. --{'a ' * 9}{TIME}", id="too many words for a name"),
        pytest.param(f"[[User:Ann|Ann]] {'has said it ' * 20} {TIME}", id="too far apart"),
    ],
)
def test_what_is_no_signature(line: str) -> None:
    assert find_signature(line) is None


def by(author: str, text: str, minute: int) -> str:
    return f"{text} [[User:{author}|{author}]] 09:{minute:02}, 3 May 2021 (UTC)\n"


@pytest.mark.parametrize(
    ("lines", "parents"),
    [
        pytest.param(["A one.", ":B two.", "::C three."], {"B": "A", "C": "B"}, id="a staircase"),
        pytest.param(["A one.", ":B two.", ":C three."], {"B": "A", "C": "A"}, id="side by side"),
        pytest.param(["A one.", "::B two.", ":C three."], {"B": "A", "C": "A"}, id="a step that is left out"),
        pytest.param(["A one.", "*B two.", "*:C three.", "*D four."], {"B": "A", "C": "B", "D": "A"}, id="votes"),
        pytest.param(["A one.", "#B two.", "##C three."], {"B": "A", "C": "B"}, id="numbers"),
        pytest.param(["A one.", ":B two.", "{{od}}C three.", ":D four."], {"B": "A", "C": "B", "D": "C"}, id="outdent"),
        pytest.param(["A one.", ":B two.", "{{outdent|:}} C three."], {"B": "A", "C": "B"}, id="outdent with a line"),
        pytest.param([":A one.", ":B two.", "::C three."], {"B": "A", "C": "B"}, id="all indented"),
    ],
)
def test_indentation_says_what_is_answered(lines: list[str], parents: dict[str, str], tmp_path: Path) -> None:
    said = (by(line.strip(":*#{}od uten|")[0], line, minute) for minute, line in enumerate(lines))
    found = page(tmp_path, "== Fare ==\n" + "".join(said))
    authors = {comment.id: comment.author for comment in found.comments}
    assert {comment.author: authors[comment.parent] for comment in found.comments if comment.parent} == parents


def test_what_stands_at_the_margin_is_below_the_first_but_need_not_answer_it(tmp_path: Path) -> None:
    found = page(tmp_path, "== Fare ==\n" + by("A", "One.", 1) + by("B", "Two.", 2) + by("C", ":Three.", 3))
    assert [comment.addressed for comment in found.comments] == [True, False, True]
    assert found.comments[1].parent == found.comments[0].id


def test_what_nobody_signed_belongs_to_the_next_who_did(tmp_path: Path) -> None:
    text = "== Fare ==\n:One.\n\n:* Two.\n:" + by("A", "Three.", 1) + "And this?\n== Other ==\nNobody.\n"
    found = page(tmp_path, text)
    assert [(comment.author, comment.text) for comment in found.comments] == [
        ("A", "One.\n\n- Two.\n\nThree."),
        (None, "And this?"),
    ]
    assert [str(problem).partition(": ")[2] for problem in found.problems] == [
        "warning: left out sections in which nobody signed: 1, the first on this line"
    ]


def test_ids_stay_when_a_page_grows(tmp_path: Path) -> None:
    first, second = by("A", "One.", 1), by("B", ":Two.", 2)
    before = page(tmp_path, f"== Fare ==\n{first}{second}")
    after = page(tmp_path, f"== New ==\n{second}\n== Fare ==\n{first}{by('C', ':Late.', 3)}{second}{second}")
    ids = {comment.id for comment in after.comments if comment.thread.id == "Talk Ferry#Fare"}
    assert {comment.id for comment in before.comments} < ids
    assert "B, 2021-05-03T09:02:00Z (2)" in ids


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("a\n== b ==\nc\n=== d ===\ne", ["", "b"]),
        ("=== b ===\nc\n=== d ===\ne", ["", "b", "d"]),
        ("== [[Ferry|The ''ferry'']] ==\nc", ["", "The ferry"]),
        ("= a =\n== b ==\n==\n== c", ["", "a", "b"]),
    ],
)
def test_headings_that_begin_threads(text: str, heads: list[str]) -> None:
    assert [talk_section.heading for talk_section in talk_sections(text)] == heads


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("It is '''very''' ''old''.", "It is very old."),
        ("See [[Ferry]], [[Ferry|the page]] and [[:Category:Boats]].", "See Ferry, the page and Category:Boats."),
        ("[[File:a.jpg|thumb|A [[boat]]]]Old.", "Old."),
        ("So[https://a.example/ it] is [https://a.example/].", "Soit is https://a.example/."),
        ("{{ping|Ann|Bo Lee}} no.", "@Ann, @Bo Lee: no."),
        ("I agree with {{u|Ann}}.", "I agree with @Ann."),
        ("{{tq|It is ''old''.}}\nNo.", "> It is old.\n\nNo."),
        ("You say {{tq|it is old}}, no.", "You say “it is old”, no."),
        ("{{quote|text=It is old.|author=Ann}}No.", "> It is old.\n\nNo."),
        ("<blockquote>It is old.</blockquote>\nNo.", "> It is old.\n\nNo."),
        ("<nowiki>[[a]] ''b''</nowiki> c", "[[a]] ''b'' c"),
        ("Ärger: <NOWIKI>''b''</NOWIKI> c.<REF>p. 4</REF>", "Ärger: ''b'' c."),
        ("<code>a[[b]]</code> c", "`a[[b]]` c"),
        ("<s>Old.</s> New.", "~~Old.~~ New."),
        ("Old.<ref name=a>p. 4</ref> So<ref name=a /> there.", "Old. So there."),
        ("{{cite book|title={{lang|de|Alt}}}}Old.{{citation needed|date=May 2021}}", "Old."),
        ("{{done}} Thanks.", "Done Thanks."),
        ("a\n{| class=x\n| b\n|}\nc", "a c"),
        ("a\n* b\n* c\nd", "a\n\n- b\n- c\n\nd"),
        ("# a\n# b", "1. a\n2. b"),
        ("a<!-- b -->c &amp; d&nbsp;e", "ac & d e"),
        ("{{unclosed|a", "{{unclosed|a"),
    ],
)
def test_wikitext_as_plain_text(markup: str, text: str) -> None:
    assert from_wikitext(markup).text == text


@pytest.mark.parametrize(
    "part", ["{{", "[[a|", "<!--", "<ref>", "<nowiki>", "{{a|[[b|", "''", "<q>", "{|\n", "[http://a "]
)
def test_wikitext_takes_time_in_proportion(part: str) -> None:
    assert_in_proportion(lambda count: part * count, as_html, small=1_000)


@pytest.mark.parametrize(
    "part", ["[[User:A|A]] ", "09:12, 3 May 2021 ", "(", "'''", "<b>", "{{unsigned|", "&nbsp;", "3 mai "]
)
def test_signatures_take_time_in_proportion(part: str) -> None:
    assert_in_proportion(lambda count: part * count + TIME, find_signature, small=2_000)


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (f"{{{{Talk header}}}}\n== Fare ==\nNo. [[User:A|A]] {TIME}\n", True),
        (f"No. [[User:A|A]] {TIME}\n", False),
        ("== Fare ==\nNo.\n", False),
        ("<mediawiki><page>", True),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><title>mediawiki</title>', False),
    ],
)
def test_a_talk_page_is_recognised_by_its_signatures(head: str, is_one: bool) -> None:
    assert mediawiki.recognises(Path("talk.txt"), head) is is_one


TALK = f"== Fares ==\nThey are too high. [[User:Ann|Ann]] {TIME}\n:No. [[User:Bo|Bo]] 09:13, 3 May 2021 (UTC)\n"
MAIN = {"contentmodel": "wikitext", "contentformat": "text/x-wiki"}
ADDRESS = "https://wiki.example/wiki/Talk:Ferry"
ANSWERS: dict[str, tuple[Any, str]] = {
    "query, second version": (
        {"query": {"pages": [{"title": "Talk:Ferry", "revisions": [{"slots": {"main": {**MAIN, "content": TALK}}}]}]}},
        "mediawiki",
    ),
    "query, first version": (
        {"query": {"pages": {"7": {"title": "Talk:Ferry", "revisions": [{"slots": {"main": {**MAIN, "*": TALK}}}]}}}},
        "mediawiki",
    ),
    "query, without slots, with an address": (
        {"query": {"pages": {"7": {"title": "Talk:Ferry", "fullurl": ADDRESS, "revisions": [{**MAIN, "*": TALK}]}}}},
        "wiki.example",
    ),
    "query, with an older revision": (
        {
            "query": {
                "pages": [
                    {
                        "title": "Talk:Ferry",
                        "revisions": [
                            {"timestamp": "2021-05-02T00:00:00Z", "content": "== Old ==\n"},
                            {"timestamp": "2021-05-04T00:00:00Z", "content": TALK},
                        ],
                    }
                ]
            }
        },
        "mediawiki",
    ),
    "parse, second version": ({"parse": {"title": "Talk:Ferry", "pageid": 7, "wikitext": TALK}}, "mediawiki"),
    "parse, first version": ({"parse": {"title": "Talk:Ferry", "wikitext": {"*": TALK}}}, "mediawiki"),
    "REST": (
        {"title": "Talk:Ferry", "latest": {"id": 9}, "content_model": "wikitext", "source": TALK},
        "mediawiki",
    ),
}


@pytest.mark.parametrize(("answer", "site"), ANSWERS.values(), ids=ANSWERS)
def test_the_wikitext_in_an_answer_of_the_api_is_read(answer: Any, site: str, tmp_path: Path) -> None:
    reading = reading_of(tmp_path, answer)
    assert [one.key for one in reading.threads] == [ThreadKey(site, "Talk:Ferry#Fares")]
    assert [(comment.author, comment.text) for comment in reading.comments] == [
        ("Ann", "They are too high."),
        ("Bo", "No."),
    ]
    assert reading.comments[1].parent == reading.comments[0].id


def item(name: str, author: str, html: str, *replies: object) -> dict[str, object]:
    said = {"type": "comment", "id": name, "author": author, "timestamp": NOON, "html": html}
    return {**said, "level": 1, "replies": list(replies)}


def test_what_discussion_tools_finds_is_read(tmp_path: Path) -> None:
    signed = f'<p>They are <b>too</b> high. —<a href="/wiki/User:Ann">Ann</a> (<a href="/wiki/UT">talk</a>) {TIME}</p>'
    below = {"type": "heading", "id": "h-2", "html": "Vote", "replies": [item("c-5", "Bo", "Keep.")]}
    replies = [
        item("c-1", "Ann", signed, item("c-2", "Bo", "No.", item("c-3", "Ann", "Yes."))),
        item("c-4", "Cy", "Why?"),
    ]
    heading = {
        "type": "heading",
        "level": 0,
        "id": "h-1",
        "name": "h-Ann",
        "html": "<i>Fares</i>",
        "replies": [*replies, below],
    }
    answer = {"discussiontoolspageinfo": {"threaditemshtml": [heading, {**heading, "id": "h-9", "replies": []}, 7]}}
    reading = reading_of(tmp_path, answer)
    assert [(one.key, one.title) for one in reading.threads] == [(ThreadKey("mediawiki", "h-1"), "Fares")]
    assert reading.parents == {"c-1": None, "c-2": "c-1", "c-3": "c-2", "c-4": "c-1", "c-5": "c-1"}
    assert [comment.id for comment in reading.comments if not comment.addressed] == ["c-4", "c-5"]
    assert (reading.by_id["c-1"].text, reading.by_id["c-1"].created) == ("They are too high.", NOON)


def test_an_item_that_is_no_comment_is_lost_alone(tmp_path: Path) -> None:
    replies = [
        item("", "Ann", "No."),
        {"type": "comment", "id": "c-2"},
        item("c-3", "Bo", ""),
        item("c-4", "Bo", "Yes."),
    ]
    heading = {"type": "heading", "id": "h-1", "html": "Fares", "replies": replies}
    reading = reading_of(tmp_path, {"discussiontoolspageinfo": {"threaditemshtml": [heading]}})
    assert list(reading.by_id) == ["c-4"]
    assert [problem.lost for problem in reading.problems] == [True, True, False]


def test_wikitext_that_begins_with_a_table_is_no_answer(tmp_path: Path) -> None:
    assert len(page(tmp_path, f'{{| class="box"\n| Rules\n|}}\n{TALK}').comments) == 2
