"""The page of a thread or of a dump: what is quoted is set apart, repeats are marked, links lead out, code is code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from rejoinder.api.routes import threads
from rejoinder.api.routes.threads import COMMENTS_PER_PAGE as COMMENTS_SHOWN
from rejoinder.cli import main
from rejoinder.graph.queries.views import Cell, Value, find_view, view_rows
from rejoinder.load import load
from rejoinder.loaders.extract.moves.objecting import TOGETHER_CUE
from rejoinder.records import ClaimRef, Comment, Kind, MoveRef, Thread, ThreadKey
from rejoinder.settings import Settings
from tests import garden
from tests.api.test_pages import Seen, client_of
from tests.maps import Line, discussion_of

POND = "The pond should be drained in winter, because the ice breaks the lining of it."
CODE = "if ice > 3:\n    drain(pond)  # <b>all</b>"
ASKED = f"{POND}\n\n```python\n{CODE}\n```\n\nSee https://pond.example/?a=1&b=2 first."
ANSWERED = f"> {POND}\n\nNo, that is wrong, since rubber never breaks.\n\n> Who has a pond?"
COMMENTS = [
    {"id": "a", "author": "ana", "text": ASKED},
    {"id": "b", "author": "ben", "parent": "a", "text": ANSWERED},
    {"id": "c", "author": "cy", "parent": "b", "text": "But it does, see https://pond.example/rubber for proof of it."},
]
DUMP = f"""Ponds in winter
{POND}
> {POND}
I disagree, since rubber never breaks in the cold.
Ponds in winter
> Newts sleep in the mud of a pond from October until March or so.
They do not, since mud freezes too.
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("ponds")
    lines = [
        json.dumps({"thread": "ponds", "thread_title": "Ponds", "site": "pond.example", **comment})
        for comment in COMMENTS
    ]
    (folder / "ponds.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "winter.txt").write_text(DUMP, encoding="utf-8")
    load(folder / "store", [str(folder / "ponds.jsonl"), str(folder / "winter.txt")], Settings(), report=print)
    yield from client_of(folder / "store")


@pytest.fixture(scope="module")
def fees(example_store: Path) -> Iterator[FlaskClient]:
    yield from client_of(example_store)


def articles(client: FlaskClient, path: str) -> list[str]:
    page = client.get(path).text
    Seen.of(page)
    return [one.partition("</article>")[0] for one in page.split("<article")[1:]]


def seen(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def test_quoted_lines_are_a_quotation_that_says_whose_words_they_are(client: FlaskClient) -> None:
    known, unknown = re.findall("<figure.*?</figure>", articles(client, "/threads/pond.example/ponds")[1], re.DOTALL)
    assert "<blockquote><p>" in known
    assert "&gt;" not in known
    assert "Words of ana , in this thread" in seen(known)
    assert 'href="/comment/pond.example/ponds/a"' in known
    assert "Quoted, by somebody unknown" in seen(unknown)


def test_a_quotation_is_told_once(client: FlaskClient) -> None:
    for path in ("/threads/pond.example/ponds", "/threads/text/winter"):
        for article in articles(client, path):
            assert article.count("about this quotation") == article.count("<figcaption>")
            assert "Quotation</span>" not in article


def test_code_is_set_as_it_was_written(client: FlaskClient) -> None:
    first = articles(client, "/threads/pond.example/ponds")[0]
    code = first.partition("<pre>")[2].partition("</pre>")[0]
    assert re.sub("<[^>]*>", "", code) == CODE.replace("<", "&lt;").replace(">", "&gt;")
    assert "```" not in first


@pytest.mark.parametrize(
    ("number", "address"), [(0, "https://pond.example/?a=1&amp;b=2"), (2, "https://pond.example/rubber")]
)
def test_links_lead_out_of_the_text_also_from_within_a_claim(client: FlaskClient, number: int, address: str) -> None:
    article = articles(client, "/threads/pond.example/ponds")[number]
    assert f'rel="nofollow noopener ugc" href="{address}"' in article
    assert "links to" not in article


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "mailto:a@pond.example", "//x", "https:x"]
)
def test_a_link_that_is_no_web_address_is_none(tmp_path: Path, address: str) -> None:
    line = {"id": "a", "thread": "t", "author": "ana", "text": POND, "links": [{"start": 0, "end": 8, "url": address}]}
    (tmp_path / "t.jsonl").write_text(json.dumps(line), encoding="utf-8")
    load(tmp_path / "store", [str(tmp_path / "t.jsonl")], Settings(), report=print)
    for client in client_of(tmp_path / "store"):
        (thread,) = client.get("/threads?format=json").get_json()["rows"]
        (article,) = articles(client, thread["thread"].replace("https://rejoinder.example/thread", "/threads"))
        assert address not in article
        assert re.search(rf'<mark><a href="/claims/\w+">{POND}</a></mark>', article)


@pytest.mark.parametrize("before", ["", "c", "t3_"], ids=["numbers", "a letter before", "letters and a number before"])
def test_comments_without_a_time_stand_in_the_order_of_the_numbers_in_their_ids(before: str, tmp_path: Path) -> None:
    lines = [
        {"id": f"{before}{n}", "thread": "t", "author": "ana", "text": f"Pond {n} is deep."} for n in range(12, 7, -1)
    ]
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    load(tmp_path / "store", [str(tmp_path / "t.jsonl")], Settings(), report=print)
    for client in client_of(tmp_path / "store"):
        (thread,) = client.get("/threads?format=json").get_json()["rows"]
        found = articles(client, thread["thread"].replace("https://rejoinder.example/thread", "/threads"))
        assert [int(re.search(r"Pond (\d+)", one)[1]) for one in found] == [8, 9, 10, 11, 12]  # type: ignore[index]


def test_a_later_page_says_what_its_moves_are_aimed_at_on_an_earlier_one(tmp_path: Path) -> None:
    talk = [
        {"id": f"m{n}", "thread": "t", "parent": "a", "author": "ben", "text": "Hm."} for n in range(COMMENTS_SHOWN)
    ]
    late = {
        "id": "m999",
        "thread": "t",
        "parent": "a",
        "author": "cy",
        "text": "That is wrong, since rubber never breaks.",
    }
    lines = [{"id": "a", "thread": "t", "author": "ana", "text": POND}, *talk, late]
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    load(tmp_path / "store", [str(tmp_path / "t.jsonl")], Settings(), report=print)
    for client in client_of(tmp_path / "store"):
        *_, last = articles(client, "/threads/local/t?page=2")
        assert f"to {POND}" in seen(last)


@pytest.mark.parametrize("name", ["statements", "moves", "quotations", "links", "reactions"])
def test_a_view_tells_of_some_comments_alone(client: FlaskClient, name: str) -> None:
    everywhere = asked(client, name)
    places = {one: f"https://rejoinder.example/comment/pond.example/ponds/{one}" for one in "abc"}
    for comment, place in places.items():
        values: dict[str, Value] = {"comments": (ox.NamedNode(place),)}
        assert asked(client, name, values) == [row for row in everywhere if row["comment"] == comment]


def asked(client: FlaskClient, name: str, values: dict[str, Value] | None = None) -> list[dict[str, Cell]]:
    snapshot = client.application.extensions["rejoinder"].snapshot()
    thread = ox.NamedNode("https://rejoinder.example/thread/pond.example/ponds")
    return list(view_rows(snapshot.store, find_view(name), {"thread": thread, **(values or {})}).rows)


def test_a_dump_names_its_owner_once_and_marks_what_is_not_their_own(client: FlaskClient) -> None:
    page = client.get("/threads/text/winter").text
    assert page.partition("<article")[0].count("author of winter") == 1
    title, own, quoted, reaction, again, newts, no = articles(client, "/threads/text/winter")
    assert not any("author of winter" in one for one in (title, own, quoted, reaction, again, newts, no))
    assert ["<blockquote>" in one for one in (own, quoted, reaction, newts, no)] == [False, True, False, True, False]
    assert "Words of ana in Ponds" in seen(quoted)
    assert "Quoted, by somebody unknown" in seen(newts)
    assert "paragraph--idle" in title
    assert "paragraph--idle" not in reaction
    assert "Repeats an earlier paragraph : “ Ponds in winter ”" in seen(again)


def test_a_dump_counts_paragraphs(client: FlaskClient) -> None:
    page = client.get("/threads/text/winter").text
    assert "7 paragraphs are loaded." in page
    assert "comments are loaded" not in page


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([Line("no", Kind.REBUTTAL, "bob", "root", 0.9)], "nothing answers them, as far as is loaded (level U2"),
        ([Line("no", Kind.REBUTTAL, "bob", "root", 0.9)], "silent no reply at all"),
        (
            [Line("no", Kind.REBUTTAL, "bob", "root", 0.9), Line("yes", Kind.CONCESSION, "ann", "no")],
            "Every objection here that is at least half sure has an answer.",
        ),
        ([Line("yes", Kind.SUPPORT, "bob", "root", 0.9)], "No objection was found here."),
        ([Line("no", Kind.REBUTTAL, "bob", "root", 0.4)], "No objection here is at least half sure."),
        ([Line("no", Kind.REBUTTAL, "bob", "root", 0.2)], "1 other is less likely to be an objection: show it too"),
    ],
)
def test_a_thread_says_what_is_unaddressed_in_it_and_what_that_means(
    tmp_path: Path, lines: list[Line], words: str
) -> None:
    for client in client_of(garden.store(tmp_path / "s", discussion_of(lines))):
        (thread,) = client.get("/threads?format=json").get_json()["rows"]
        page = client.get(thread["thread"].replace("https://rejoinder.example/thread", "/threads")).text
        assert words in seen(page).replace("◆ ", "")


def test_moves_stand_below_the_words_that_make_them(tmp_path: Path) -> None:
    key = ThreadKey("frost.example", "frost")
    first = Comment(key, "a", "Frost kills the beans.", None, "ann")
    second = Comment(key, "b", "Is that so? Mine lived through two frosts of last May. They were small.", "a", "bob")
    third = Comment(key, "c", "> Mine lived through two frosts of last May.\n\nBeans never do", "b", "ann")
    kills, lived = garden.claim(first, first.text), garden.claim(second, "Mine lived through two frosts of last May.")
    asks, small, never = (
        garden.claim(*one) for one in ((second, "Is that so?"), (second, "They were small."), (third, "Beans never do"))
    )
    aim = ClaimRef(kills.id)
    moves = [
        garden.move(Kind.SUPPORT, small, ClaimRef(lived.id), second, 0.9),
        garden.move(Kind.REBUTTAL, lived, aim, second, 0.8),
        garden.move(Kind.COUNTER, never, ClaimRef(lived.id), third, 0.8),
        garden.move(Kind.QUESTION, asks, aim, second, 0.7),
        garden.move(Kind.SUPPORT, lived, aim, second, 0.2),
        garden.move(Kind.REPLY, lived, aim, second, 0.6),
    ]
    made = garden.written(Thread(key, "Frost"), [first, second, third], [kills, lived, asks, small, never], moves)
    for client in client_of(garden.store(tmp_path / "s", made)):
        _, many, one = articles(client, "/threads/frost.example/frost")
        sure, _, unsure = many.partition("<details")
        assert re.findall(r'class="from">“<bdi[^>]*>(.*?)</bdi>”', sure) == [
            "Is that so?",
            "Mine lived through two frosts of last May.",
            "They were small.",
        ]
        kinds = re.findall(r'class="kind[^>]*><span[^>]*>.</span> (\w+)', sure)
        assert (kinds[0], set(kinds[1:3]), kinds[3]) == ("Question", {"Rebuttal", "Reply"}, "Support")
        assert "Mine lived" in seen(unsure)
        assert 'class="from"' not in one  # it makes one move, and all of its own words make it


def test_a_claim_that_no_words_lead_to_is_listed_and_no_link_is_empty(tmp_path: Path) -> None:
    key = ThreadKey("frost.example", "frost")
    said = Comment(key, "a", "Frost kills. It does. So beans die.", None, "ann")
    claims = [
        garden.claim(said, words) for words in ("Frost kills. It does.", "Frost kills.", "It does.", "So beans die.")
    ]
    for client in client_of(garden.store(tmp_path / "s", garden.written(Thread(key, "Frost"), [said], claims, []))):
        (article,) = articles(client, "/threads/frost.example/frost")
        listed = article.partition('<details class="claims">')[2]
        assert "1 more claim in these words" in listed
        assert re.findall(r"<a [^>]*>(.*?)</a>", listed) == ['<bdi dir="auto">Frost kills. It does.</bdi>']
        assert not re.search(r"<a [^>]*>\s*</a>", article)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "silent"),
        ("/unanswered", "U3"),
        ("/threads/pond.example/ponds", "Rebuttal"),
        ("/claims/CLAIM", "63% sure"),
        ("/embed/claims/CLAIM", "63% sure"),
        ("/claims", "stands"),
    ],
)
def test_a_page_explains_its_words(client: FlaskClient, path: str, words: str) -> None:
    claim = client.get("/claims?q=pond&format=json").get_json()["rows"][0]["claim"].rsplit("/", 1)[1]
    page = client.get(path.replace("CLAIM", claim)).text
    glossary = page.partition('<details class="glossary">')[2].partition("</details>")[0]
    assert words in seen(glossary)


def test_the_place_of_a_claim_is_set_as_on_the_page_of_its_thread(client: FlaskClient) -> None:
    claim = client.get("/claims?q=rubber+never&format=json").get_json()["rows"]
    name = next(row["claim"] for row in claim if "pond.example" in row["thread"]).rsplit("/", 1)[1]
    context = client.get(f"/claims/{name}").text.partition('class="context"')[2].partition("</section>")[0]
    assert context.count('<figure class="quotation"><blockquote>') == 2
    assert "&gt;" not in context
    assert "rubber never breaks" in context.partition("<mark>")[2].partition("</mark>")[0]


def listing(folder: Path, cue: str, query: str = "") -> str:
    """The page of unanswered objections of a small thread of unknown size, with two that rest on this cue."""
    key = ThreadKey("frost.example", "frost")
    said = [Comment(key, "a", "Frost kills.", None, "ann")]
    said += [Comment(key, name, f"No, doesn’t {name}.", "a", name) for name in ("bob", "cy")]
    kills, *others = (garden.claim(comment, comment.text) for comment in said)
    first, second = (
        garden.move(Kind.REBUTTAL, claim, ClaimRef(kills.id), comment, 0.8, cue)
        for claim, comment in zip(others, said[1:], strict=True)
    )
    third = Comment(key, "d", "Hm, but it did.", "bob", "ann")
    hm = garden.claim(third, third.text)
    unsure = garden.move(Kind.COUNTER, hm, MoveRef(first.id), third, 0.2)
    made = garden.written(Thread(key, "Frost"), [*said, third], [kills, *others, hm], [first, second, unsure])
    (page,) = [client.get(f"/unanswered{query}").text for client in client_of(garden.store(folder, made))]
    return str(page)


@pytest.mark.parametrize(
    ("cue", "shown"),
    [
        ("doesn't", '<q class="cue"><bdi dir="auto">doesn&#39;t</bdi></q>'),
        ("list", ': <bdi dir="auto">list</bdi>'),
        (TOGETHER_CUE, ""),
    ],
)
def test_only_words_that_were_said_are_quoted(tmp_path: Path, cue: str, shown: str) -> None:
    page = listing(tmp_path / "s", cue)
    how = page.partition('class="how"')[2].partition("</p>")[0]
    assert shown in how
    assert ("<q" in how, cue in seen(how)) == ("<q" in shown, cue == "list")


def test_a_cue_may_stand_in_what_a_move_is_aimed_at(tmp_path: Path) -> None:
    key = ThreadKey("frost.example", "frost")
    said = Comment(key, "a", "Frost kills. So beans die.", None, "ann")
    kills, die = garden.claim(said, "Frost kills."), garden.claim(said, "So beans die.")
    move = garden.move(Kind.SUPPORT, kills, ClaimRef(die.id), said, cue="so")
    made = garden.written(Thread(key, "Frost"), [said], [kills, die], [move])
    for client in client_of(garden.store(tmp_path / "s", made)):
        for path in ("/threads/frost.example/frost", f"/claims/{kills.id}", f"/claims/{die.id}"):
            assert '<q class="cue"><bdi dir="auto">so</bdi></q>' in client.get(path).text


def test_the_worklist_says_nothing_twice(tmp_path: Path) -> None:
    page = seen(listing(tmp_path / "half", "doesn't"))
    assert page.count("an answer may exist that is not here") == 1
    assert page.count("Thread of unknown size") == 2
    assert re.findall(r"rank 0\.\d+", page) == ["rank 0.64"], "where an unsure answer makes it less than 80% sure"
    assert "at least half sure" in page
    assert "at least 0% sure" not in seen(listing(tmp_path / "all", "doesn't", "?confidence=0"))


CONCEDES = re.compile('/claims/(\\w+)">Why\\?<span class="hidden"> This concession')


def test_where_no_comment_has_a_parent_an_explanation_tells_to_whom_it_was_said(tmp_path: Path) -> None:
    said = [
        ("ada", "The library on the quay should close at six in winter. Nobody comes later, and its heating is dear."),
        ("ben", "I come to the library at seven."),
        ("cleo", "No, that is wrong: the heating of the library is not dear."),
    ]
    rows = [{"id": str(at), "thread": "t", "author": who, "text": text} for at, (who, text) in enumerate(said)]
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, rows)))
    load(tmp_path / "s", [str(tmp_path / "t.jsonl")], Settings(), report=print)

    def told(name: str) -> str:
        return CliRunner().invoke(main, ["explain", "--store", str(tmp_path / "s"), name]).output

    (objection,) = re.findall(
        "(?:Rebuttal|Objection|Counter) ([0-9a-f]{12})", told("heating of the library is not dear")
    )
    assert re.search("said to +(?:ada|ben), found, not stated: ", told(objection))


def test_whom_a_comment_speaks_to_stands_in_its_head_with_how_that_was_found(tmp_path: Path) -> None:
    """A page of GitHub does not say who answers whom, so what was found stands there instead of the post above all."""
    load(tmp_path / "s", [str(Path(__file__).parents[1] / "golden" / "github-flat.json")], Settings(), report=print)
    for client in client_of(tmp_path / "s"):
        page = client.get("/threads/github.com/ada%2Fovenclock%2331").text
        move = CONCEDES.findall(page)[0]
        why = seen(client.get(f"/claims/{move}/explanation").text)
        told = CliRunner().invoke(main, ["explain", "--store", str(tmp_path / "s"), move]).output
    found = re.findall(r'id="c-issuecomment-(\d+)".*?(<p class="card-head">.*?</p>)', page, re.DOTALL)
    heads = {name: seen(text) for name, text in found}
    assert "to grace , found, not stated : 90% sure, mentions @grace" in heads["1000"]
    assert "to rosa-lee , found, not stated : 90% sure, mentions @rosa-lee" in heads["1000"]
    assert "to rosa-lee , found, not stated : 90% sure, quotes an earlier comment" in heads["1001"]
    assert all("below the post of linus-baker" in head for head in heads.values())
    assert "in reply to" not in page
    assert "</span> Reply</span>" not in page, "it is said once"
    assert "grace , found, not stated: 90% sure, mentions @grace" in why
    assert "grace, found, not stated: 90% sure, mentions @grace\n" in told


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("ponds", "no thread 'ponds'; near, by SITE/ID: pond.example/ponds"),
        ("pond.example/pond", "no thread 'pond.example/pond'; near, by SITE/ID: pond.example/ponds"),
        ("none", "no thread 'none'; expected SITE/ID, as /threads has it"),
        ("p" * 500, f"no thread {'p' * 80!r}; expected SITE/ID, as /threads has it"),
    ],
)
def test_of_a_name_that_is_no_path_the_threads_near_are_told(client: FlaskClient, path: str, said: str) -> None:
    answer = client.get(f"/threads/{path}?format=json")
    assert (answer.status_code, answer.get_json()["detail"]) == (404, said)


def test_a_link_to_words_leads_to_them_and_marks_nothing_else(client: FlaskClient) -> None:
    claim = client.get("/claims?q=rubber+breaks&thread=pond.example/ponds&format=json").get_json()["rows"][0]
    page = client.get(f"/claims/{claim['claim'].rsplit('/', 1)[1]}").text
    link = re.search(r'href="(/comment/[^"]*)">in the thread', page)
    assert link
    place = client.get(link[1]).headers["Location"]
    assert place.endswith("#words")
    shown = client.get(place.partition("#")[0]).text
    Seen.of(shown)
    (words,) = re.findall(r'<mark class="sought" id="words">(.*?)</mark></mark>', shown)
    assert "rubber never breaks" in words
    assert shown.count('id="words"') == 1


@pytest.mark.parametrize(
    ("highlight", "marked"),
    [
        ("a:0-8", ["The pond"]),
        (f"a:{len(POND) - 6}-{len(POND) + 23}", ["of it.", "if ice > 3:"]),
        ("a:0-999999999", [POND]),
        ("a:9999-10000", []),
        ("nobody:0-8", []),
        ("a:8-0", []),
    ],
)
def test_any_words_can_be_highlighted(client: FlaskClient, highlight: str, marked: list[str]) -> None:
    shown = client.get(f"/threads/pond.example/ponds?highlight={highlight}").text
    found = re.findall(r'<mark class="sought"[^>]*>(.*?)(?:</mark>)+', shown)
    assert [unescape(re.sub("<[^>]*>", "", one)) for one in found][: len(marked)] == marked
    assert bool(found) is bool(marked)
    assert ('id="words"' in shown) is bool(marked)


@pytest.mark.parametrize("highlight", ["a", "a:", ":0-8", "a:0", "a:-8", "a:x-y", "a:0-8-9"])
def test_what_names_no_words_is_refused(client: FlaskClient, highlight: str) -> None:
    response = client.get(f"/threads/pond.example/ponds?highlight={highlight}")
    assert response.status_code == 400
    assert response.get_json()["detail"].startswith("highlight: expected the id of a comment and characters in it")


def test_an_address_of_a_comment_with_other_words_leads_to_the_comment(client: FlaskClient) -> None:
    response = client.get("/comment/pond.example/ponds/a?highlight=no")
    assert response.headers["Location"] == "/threads/pond.example/ponds#c-a"


def test_one_comment_can_be_read_alone(client: FlaskClient) -> None:
    (alone,) = articles(client, "/threads/pond.example/ponds?comment=b")
    assert 'aria-label="Comment 2 by ben"' in alone
    page = client.get("/threads/pond.example/ponds?comment=b").text
    assert "This is one comment of 3" in page
    assert 'href="/comment/pond.example/ponds/b">Read it among the others' in page
    missing = client.get("/threads/pond.example/ponds?comment=zz")
    assert (missing.status_code, missing.get_json()["detail"]) == (404, "comment: no comment 'zz' is in this thread")


@pytest.mark.parametrize("most", [0, 200])
def test_a_page_with_too_many_unsure_moves_says_how_many_and_leads_to_them(
    fees: FlaskClient, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """All words stay, and so do the moves that count; the others are a press away, without scripts."""
    client, path = fees, "/threads/forum.example/late-fees"
    before = articles(client, path)
    monkeypatch.setattr(threads, "MOST_UNSURE", most)
    lean = articles(client, path)
    assert [said(one) for one in lean] == [said(one) for one in before]
    folded = [one for one in before if '<details class="unsure"' in one]
    assert folded, "the test needs an unsure move"
    assert any('<details class="unsure"' in one for one in lean) is (most > 0)
    links = re.findall(r'<a class="quiet" href="(\?comment=[^"]+)">(\d+) less sure', "".join(lean))
    assert len(links) == (0 if most else len(folded))
    for link, many in links:
        (alone,) = articles(client, path + link)
        assert alone.partition('<details class="unsure" open>')[2].count("Why?") == int(many)


def said(article: str) -> str:
    return article.partition('<div class="said">')[2].partition("</div>")[0]
