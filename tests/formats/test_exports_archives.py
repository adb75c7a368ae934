"""Real exports of mail, blogs, Disqus and Stack Exchange: exactly what is in each file, and how it looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rejoinder.graph.triples.date_times import iso_date_time
from rejoinder.records import State
from tests.reading import Reading

# file: messages, answers among them, threads, quoted passages with an origin, links
MAIL = {
    "mbox_complex.mbox": (2, 1, 2, 5, 0),
    "mbox_iso8859_encoding.mbox": (1, 0, 1, 0, 0),
    "mbox_multipart.mbox": (2, 0, 2, 0, 0),
    "mbox_no_fields.mbox": (3, 0, 3, 0, 0),
    "mbox_single.mbox": (1, 0, 1, 0, 0),
    "mbox_unixfrom_encoding.mbox": (1, 1, 1, 1, 0),
    "mbox_unknown_encoding.mbox": (1, 0, 1, 0, 0),
    "pipermail_2015_november.mbox": (4, 3, 2, 6, 5),
    "pipermail_2016_april.mbox": (3, 2, 1, 5, 6),
    "pipermail_2016_march.mbox": (1, 0, 1, 0, 1),
}
AUTHORS = {
    "mbox_complex.mbox": ["Danilo Šegan", "Eugenia Loli-Queru"],
    "mbox_iso8859_encoding.mbox": ["Lucía Charlie"],
    "mbox_multipart.mbox": ["Nehren, Daniel", "yves (yingmin) yang"],
    "mbox_no_fields.mbox": ["Göran Lastname", "goran@domain.com"],
    "mbox_unixfrom_encoding.mbox": ["Christian Aistleitner"],
    "pipermail_2015_november.mbox": ["Andy Grunwald", "Jesus M. Gonzalez-Barahona"],
    "pipermail_2016_march.mbox": ["Germán Poo-Caamaño"],
}
TITLES = {
    "mbox_complex.mbox": ["Low memory hacks", "Revisiting the Gnome Bindings"],
    "mbox_iso8859_encoding.mbox": ["[ovs-dev] Remittance Advice"],
    "mbox_unixfrom_encoding.mbox": ["[Analytics] DNT, standards, and expectations"],
    "pipermail_2016_april.mbox": ["[Metrics-grimoire] [GrimoireLab] Presenting GrimoireLab"],
}
RUBBISH = re.compile(r"was scrubbed|next part|^_{20,}|^-- ?$|=[0-9A-F]{2}|Content-Type:|\ufffd", re.MULTILINE)
INDEXES = ["pipermail_index.html", "pipermail_apache_index.html", "pipermail_index_empty.html"]


def export(shared: Path, name: str) -> Reading:
    return Reading(shared / "data" / "exports" / name)


@pytest.mark.parametrize("name", MAIL)
def test_mail(shared: Path, name: str) -> None:
    result = export(shared, f"mbox/{name}")
    comments = result.comments
    parents, links = (
        [comment.parent for comment in comments if comment.parent],
        [link for comment in comments for link in comment.links],
    )
    counts = (len(comments), len(parents), len({comment.thread for comment in comments}), len(result.moves), len(links))
    assert counts == MAIL[name]
    assert [problem for problem in result.problems if problem.lost] == []
    assert all(
        comment.created and iso_date_time(comment.created) and comment.created[-6] in "+-" for comment in comments
    )
    assert [
        RUBBISH.findall(line) for comment in comments for line in comment.text.split("\n") if not line.startswith(">")
    ] == [[] for comment in comments for line in comment.text.split("\n") if not line.startswith(">")]


@pytest.mark.parametrize("name", AUTHORS)
def test_who_wrote_it(shared: Path, name: str) -> None:
    assert sorted({comment.author or "" for comment in export(shared, f"mbox/{name}").comments}) == AUTHORS[name]


@pytest.mark.parametrize("name", TITLES)
def test_what_it_is_about(shared: Path, name: str) -> None:
    assert sorted(one.title or "" for one in export(shared, f"mbox/{name}").threads) == TITLES[name]


def test_messages_that_stand_twice_are_said(shared: Path) -> None:
    assert export(shared, "mbox/mbox_no_fields.mbox").messages == [
        "left out messages that occur twice: 3, the first on this line"
    ]


def test_a_month_of_a_list_is_a_chain_of_answers(shared: Path) -> None:
    comments = export(shared, "mbox/pipermail_2016_april.mbox").comments
    assert [comment.parent for comment in comments] == [None, comments[0].id, comments[1].id]
    assert comments[0].text.startswith("Hi all,\n\nThis is to present")
    assert comments[2].text.split("\n")[0].endswith("wrote:")
    assert comments[2].text.split("\n")[1].startswith("> Thank")


@pytest.mark.parametrize("name", INDEXES)
def test_the_index_of_an_archive_is_an_error_that_helps(shared: Path, name: str) -> None:
    result = export(shared, f"mbox/{name}")
    assert result.found == []
    assert result.messages == ["this page only lists the mailboxes of an archive; load those it links to"]


def test_disqus(shared: Path) -> None:
    result = export(shared, "disqus/disqus.xml")
    found = {comment.id: comment for comment in result.comments}
    assert {name: (comment.thread.id, comment.parent, comment.author) for name, comment in found.items()} == {
        "4": ("2", "2", "peter"),
        "5": ("2", "4", "user"),
        "6": ("1337", "1337", "where am I?"),
        "8": ("7", "7", "Empty"),
        "9": ("2", "2", "peter"),
        "11": ("2", "9", "user"),
    }
    assert [comment.id for comment in found.values() if comment.states == (State.DELETED,)] == ["9"]
    assert found["5"].url == "http://example.org/#comment-5"
    assert all(iso_date_time(comment.created or "") for comment in found.values())
    assert result.problems == []


def test_wordpress(shared: Path) -> None:
    result = export(shared, "wxr/wordpress_8_comments.xml")
    assert [(comment.thread.id, comment.id, comment.parent) for comment in result.comments] == [
        ("18", "2", "post-18"),
        ("18", "6", "post-18"),
        ("18", "7", "6"),
        ("18", "8", "7"),
        ("18", "9", "7"),
        ("18", "10", "post-18"),
        ("18", "11", "post-18"),
        ("4", "11", "post-4"),
    ]
    assert [one.title for one in result.threads] == ["Hello, World…", "..."]
    assert result.comments[5].text.count("\n") == 1
    assert all(
        (comment.created or "").endswith("Z") and iso_date_time(comment.created or "") for comment in result.comments
    )
    assert result.problems == []


def test_stack_exchange_without_bodies_says_how_to_ask_for_them(shared: Path) -> None:
    result = export(shared, "stackexchange/stackexchange_question_page")
    assert result.comments == []
    assert len(result.problems) == 6
    assert all("filter=withbody" in problem.message and problem.lost for problem in result.problems)
