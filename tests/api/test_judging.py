"""What the pages say of a move that may be judged: the source's own ids and words, whatever they hold, and where."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rejoinder.records import ClaimRef, Comment, CommentRef, Kind, Method, MoveRef, Thread, ThreadKey
from tests import garden
from tests.api.test_pages import Seen, claim_id, client_of

UGLY = {
    "plain": ("beds.example", "hedge/2024", "a1", "b2"),
    "quotes": ('it\'s "one"', "'two'", '"three"', "`four`"),
    "script": ("<script>alert(1)</script>", "</div><script>", "--><b>", "&amp;&quot;"),
    "percent": ("a%20b", "100%", "%2F..%2F", "%25"),
    "dots": ("..", ".", "a/b", "a?b#c"),
    "unicode": ("ćwierć", "日本語", "\u202eleft", "🦉"),
    "spaces": (" a b ", "tab\there", "line\nhere", "cr\r\nhere"),
}
WORDS = "But \"wrens\" nest\nin <it>, 100 % & 'more'  till July."


class Judges(HTMLParser):
    """Reads what a page says of moves that may be judged."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.moves: list[dict[str, str]] = []
        self.given: list[dict[str, str]] = []
        Seen.of(text)
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("class") == "judge":
            self.given.append(given)
            self.moves.append(json.loads(given["data-judged"]))


@pytest.mark.parametrize("ids", UGLY.values(), ids=UGLY)
def test_ids_and_words_stand_as_the_source_has_them(tmp_path: Path, ids: tuple[str, str, str, str]) -> None:
    site, thread, asked, answered = ids
    key = ThreadKey(site, thread)
    root = Comment(key, asked, "Let us cut\nthe hedge.", None, "ines")
    reply = Comment(key, answered, WORDS, asked, "tom")
    one, two = garden.claim(root, root.text), garden.claim(reply, reply.text)
    objection = garden.move(Kind.REBUTTAL, two, ClaimRef(one.id), reply)
    folder = garden.store(tmp_path / "s", garden.written(Thread(key), [root, reply], [one, two], [objection]))
    expected = {
        "site": site,
        "thread": thread,
        "comment": answered,
        "words": WORDS,
        "kind": "Rebuttal",
        "target": asked,
        "target_words": root.text,
    }
    for client in client_of(folder):
        claim = claim_id(client, "hedge")
        for path in ("/", "/unanswered", f"/claims/{claim}", f"/claims/{claim_id(client, 'wrens')}"):
            found = Judges(client.get(path).text)
            assert found.moves == [expected], path
        if "." not in ids[:2]:  # an address that clients resolve away
            place = found.given[0]["data-comments"]
            read = client.get(place).get_json()
            assert [row["comment"] for row in read["comments"]] == [asked, answered]
            assert [(row["comment"], row["words"]) for row in read["objections"]] == [(answered, WORDS)]
            assert Judges(client.get(place.partition("?")[0]).text).moves == [expected]


KINDS = {
    Kind.OBJECTION: ("Objection", "It does not object", True),
    Kind.REBUTTAL: ("Objection", "It does not object", True),
    Kind.UNDERMINE: ("Objection", "It does not object", True),
    Kind.UNDERCUT: ("Objection", "It does not object", True),
    Kind.COUNTER: ("Objection", "It does not object", True),
    Kind.SUPPORT: ("Support", "It is no reason", False),
    Kind.QUESTION: ("Question", "It does not ask", False),
    Kind.ANSWER: ("Answer", "It does not answer", False),
    Kind.CONCESSION: ("Concession", "It does not grant it", False),
    Kind.CLARIFICATION: ("Clarification", "It does not explain", False),
    Kind.DISMISSAL: ("Dismissal", "It does not dismiss it", False),
    Kind.SIMILARITY: ("Similarity", "It does not say the same", False),
}


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_denied_in_its_own_words_and_only_objections_can_be_answered(tmp_path: Path, kind: Kind) -> None:
    key = ThreadKey("beds.example", "hedge")
    said = [
        Comment(key, "a", "Let us cut the hedge.", None, "ines"),
        Comment(key, "b", "But wrens nest in it.", "a", "tom"),
        Comment(key, "c", "They left last week.", "b", "ines"),
    ]
    claims = [garden.claim(comment, comment.text) for comment in said]
    first = garden.move(Kind.REBUTTAL, claims[1], ClaimRef(claims[0].id), said[1])
    second = garden.move(kind, claims[2], MoveRef(first.id), said[2])
    folder = garden.store(tmp_path / "s", garden.written(Thread(key), said, claims, [first, second]))
    for client in client_of(folder):
        found = Judges(client.get(f"/claims/{claim_id(client, 'hedge')}").text)
        told = [
            (one["data-denied"], one["data-wrong"], "data-comments" in one)
            for one, move in zip(found.given, found.moves, strict=True)
            if move["comment"] == "c"
        ]
        assert told == ([KINDS[kind]] if kind in KINDS else [])
        aims = {(move["target"], move["target_words"]) for move in found.moves if move["comment"] == "c"}
        assert aims <= {("b", "But wrens nest in it.")}


def test_a_target_that_was_deleted_or_is_not_loaded_is_not_named(tmp_path: Path) -> None:
    for client in client_of(garden.store(tmp_path / "s", garden.deserted())):
        moves = Judges(client.get("/unanswered").text).moves
        assert {move["comment"] for move in moves} == {"g3", "h4", "i5"}
        assert not any({"target", "target_words"} & set(move) for move in moves)


def test_a_target_that_claims_nothing_is_named_without_words(tmp_path: Path) -> None:
    key = ThreadKey("beds.example", "hedge")
    said = [Comment(key, "a", "Hedges", None, "ines"), Comment(key, "b", "Wrens nest in it.", "a", "tom")]
    made = garden.claim(said[1], said[1].text)
    objection = garden.move(Kind.REBUTTAL, made, CommentRef("a"), said[1])
    for client in client_of(garden.store(tmp_path / "s", garden.written(Thread(key), said, [made], [objection]))):
        (one,) = Judges(client.get("/unanswered").text).moves
        assert (one["target"], "target_words" in one) == ("a", False)


def test_what_is_less_sure_may_be_judged_too(tmp_path: Path) -> None:
    key = ThreadKey("beds.example", "hedge")
    said = [Comment(key, "a", "Let us cut it.", None, "ines"), Comment(key, "b", "Wrens nest in it.", "a", "tom")]
    claims = [garden.claim(comment, comment.text) for comment in said]
    unsure = garden.move(Kind.REBUTTAL, claims[1], ClaimRef(claims[0].id), said[1], 0.4)
    for client in client_of(garden.store(tmp_path / "s", garden.written(Thread(key), said, claims, [unsure]))):
        for path in ("/", "/unanswered"):
            text = client.get(path).text
            assert 'class="likely"' in text
            assert [move["comment"] for move in Judges(text).moves] == ["b"]


@pytest.mark.parametrize(("name", "judged"), [("1.1", False), (None, True)])
def test_what_the_source_itself_states_is_not_judged_but_what_people_judged_is(
    tmp_path: Path, name: str | None, judged: bool
) -> None:
    key = ThreadKey("beds.example", "hedge")
    said = [Comment(key, "a", "Let us cut it.", None, "ines"), Comment(key, "b", "Wrens nest in it.", "a", "tom")]
    claims = [garden.claim(comment, comment.text) for comment in said]
    move = garden.move(Kind.REBUTTAL, claims[1], ClaimRef(claims[0].id), said[1], 1.0)
    stated = replace(move, method=Method.HUMAN, name=name)
    for client in client_of(garden.store(tmp_path / "s", garden.written(Thread(key), said, claims, [stated]))):
        assert bool(Judges(client.get("/unanswered").text).moves) is judged


def test_reactions_and_quotations_are_not_judged(example_store: Path) -> None:
    for client in client_of(example_store):
        for row in client.get("/claims?format=json").get_json()["rows"][:12]:
            found = Judges(client.get(f"/claims/{row['claim'].rsplit('/', 1)[1]}").text)
            assert all(move["words"] and move["kind"] not in {"Quotation", "Reply"} for move in found.moves)


@pytest.mark.parametrize("path", ["/embed/claims/CUT", "/claims", "/threads", "/views", "/sparql"])
def test_nothing_is_judged_in_embeds_and_on_other_pages(tmp_path: Path, path: str) -> None:
    for client in client_of(garden.store(tmp_path / "s", garden.garden())):
        text = client.get(path.replace("CUT", claim_id(client, "hedge")), headers={"Accept": "text/html"}).text
        assert not Judges(text).moves
        assert "judge.js" not in text


def test_a_thread_lists_its_objections_once_in_the_order_of_its_comments(tmp_path: Path) -> None:
    for client in client_of(garden.store(tmp_path / "s", garden.garden())):
        found = client.get("/threads/beds.example/hedge%2F2024?format=json").get_json()["objections"]
        assert [(one["comment"], one["words"], one["author"], one["status"]) for one in found] == [
            ("b2", "But wrens nest in it until July.", "tom", "countered"),
            ("c3", "the nest is empty.", "ines", "silent"),
            ("d4", "Beans like some shade anyway.", "uli", "silent"),
        ]
        assert {"objection", "confidence"} <= found[0].keys()
