"""Whom comments are addressed to where their source does not say it, and what follows from that."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.addressees import findings_of, found_in, site_table
from benchmarks.train_addressees import comments_to_learn
from rejoinder.errors import Problem
from rejoinder.graph.derived.derive import derive
from rejoinder.graph.triples.build import build_thread
from rejoinder.graph.triples.ntriples import iri
from rejoinder.graph.triples.terms import RJ, SIOC, Names
from rejoinder.loaders import read
from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.addressing.addressees import RULE_SURE, Rule
from rejoinder.loaders.extract.addressing.conversation import parents_first
from rejoinder.loaders.extract.addressing.guesses import RULE_CUES
from rejoinder.loaders.extract.addressing.post import opening_post, without_addressee_if_flat
from rejoinder.loaders.extract.model.sureness import sureness_by_rule
from rejoinder.loaders.extract.people.names import first_name, name_key
from rejoinder.loaders.extract.text.reading import read_comment
from rejoinder.loaders.formats.mapped import MappedFormat
from rejoinder.loaders.gathering.merge import merge
from rejoinder.loaders.mapping import FieldMap
from rejoinder.loaders.opening.source import Source
from rejoinder.records import Comment, Discussion, Found, Kind, Move, Thread, ThreadKey, with_wider_kinds
from rejoinder.settings import Settings
from tests.plain_models import plain_models
from tests.timing import assert_in_proportion

KEY = ThreadKey("local", "t")
NAMES = Names("https://example.org/")
OPENING = ("Ada", "The library should close at six. Nobody comes later than that.")
BEN = ("ben-li", "I come at seven, after work, on most days of the week.")
CLEO = ("Cleo Park", "The heating of the reading room costs too much in the evening.")


def flat(*said: tuple[str | None, str], parent: str | None = "0") -> Discussion:
    """A page without replies: an opening post, and comments below it in the order of time."""
    comments = (
        Comment(
            KEY,
            str(place),
            text,
            parent=parent if place else None,
            author=author,
            created=f"2024-01-{place + 1:02}T10:00:00Z",
            addressed=not place,
        )
        for place, (author, text) in enumerate(said)
    )
    return Discussion(Thread(KEY), tuple(comments))


def found(thread: Discussion) -> list[tuple[str, Rule]]:
    """Whom the last comment is addressed to, and by which rule, where a model set by hand has a say."""
    told = found_in(thread, plain_models().addressee).addressees
    return [(addressee.comment, addressee.rule) for addressee in told.get(thread.comments[-1].id, ())]


def shown(thread: Discussion) -> list[tuple[str, Rule]]:
    """Whom the words of the last comment address."""
    return [one for one in found(thread) if one[1] not in (Rule.LIKELIEST, Rule.PERHAPS)]


TO, UP, QUOTES = Rule.SPEAKS_TO, Rule.TAKES_UP, Rule.QUOTES
WORDS = [
    ("@ben-li Which days are that?", [("1", TO)]),
    ("@BEN-LI Which days are that?", [("1", TO)]),
    ("@ben_li: which days are that?", [("1", TO)]),
    ("@BenLi's days are few.", [("1", UP)]),
    ("Ben-Li, which days are that?", [("1", TO)]),
    ("Hi @ben-li, which days are that?", [("1", TO)]),
    ("Thanks Cleo!", [("2", TO)]),
    ("Cleo Park: have you seen the bill?", [("2", TO)]),
    ("cleo: have you seen the bill?", [("2", TO)]),
    ("@CleoPark have you seen the bill?", [("2", TO)]),
    ("@Cleo Park have you seen the bill?", [("2", TO)]),
    ("Nobody counts them. @ben-li you do not, either.", [("1", TO)]),
    ("Have you seen the bill, @cleo?", [("2", TO)]),
    ("I know I am late, but @ben-li: nobody counts them.", [("1", TO)]),
    ("They count them in spring and @ben-li, who rows, does not.", []),
    ("I agree with @ben-li that evenings are busy.", [("1", UP)]),
    ("@ben-li is right.", [("1", UP)]),
    ("As @ben-li says, evenings are busy.", []),
    ("We should ask @ben-li's boss.", []),
    ("We could close the cellar. cc @ben-li", []),
    ("ben-li comes at seven.", []),
    ("@ben-li Which days?\n\n@cleo Have you seen the bill?", [("1", TO), ("2", TO)]),
    ("@ben-li @cleo What do you both want?", [("1", TO), ("2", TO)]),
    ("@nobody-here @cleo What do you want?", [("2", TO)]),
    ("@zoe Which days are that?", []),
    ("@dan I forgot: the cellar could close.", []),
    ("ben-li@post.example is where to write to.", []),
    ("Write to post@ben-li today.", []),
    ("@ben-li/readers is the package.", []),
    ("`@ben-li` is how one writes it.", []),
    ("```\n@ben-li\ndef close(): ...\n```\nThat is all.", []),
    ("@property and @types/node are in the file.", []),
    ("> @ben-li Which days are that?\n\nNobody knows.", []),
    ("> I come at seven, after work\n\nWhich days are that?", [("1", QUOTES)]),
    (
        "> I come at seven, after work\n\nOn Mondays?\n\n> costs too much in the evening.\n\nHow much?",
        [("1", QUOTES), ("2", QUOTES)],
    ),
    ("@cleo no.\n\n> I come at seven, after work, on most days\n\nOn Mondays?", [("2", TO), ("1", QUOTES)]),
    ("ben-li wrote:\n\n> I come at seven, after work, on most days\n\nOn Mondays?", [("1", QUOTES)]),
    ("> words that nobody in this thread has ever said\n\nWho said so?", []),
    ('It says "costs too much in the evening", and by how much?', [("2", UP)]),
    ("OP, which library is it?", [("0", TO)]),
    ("The original poster is right.", [("0", UP)]),
    ("The cellar could close.", []),
]


@pytest.mark.parametrize(
    ("author", "text", "expected"),
    [
        ("GravelGrete", "Hi Grete! Which days are that?", [("1", TO)]),
        ("GravelGrete", "Grete, which days are that?", [("1", TO)]),
        ("audax_ferdie", "@ferdie which days are that?", [("1", TO)]),
        ("old_mill_joe", "Hi Joe! Which days are that?", []),  # three letters
        ("LateReader", "Never, not even at eight.", []),
        ("Devon (Library team)", "Library, six o'clock, Monday: shut.", []),
        ("early_spring", "Hi Sprung! Which days are that?", []),
    ],
)
def test_a_later_part_of_a_name_in_one_word_names_its_bearer(
    author: str, text: str, expected: list[tuple[str, Rule]]
) -> None:
    spoken_to = found(flat(OPENING, (author, BEN[1]), CLEO, ("Dan", text)))
    assert [one for one in spoken_to if one[1] == TO] == expected


@pytest.mark.parametrize(("text", "expected"), WORDS, ids=[text[:40] for text, _ in WORDS])
def test_words_show_whom_a_comment_is_addressed_to(text: str, expected: list[tuple[str, Rule]]) -> None:
    said = shown(flat(OPENING, BEN, CLEO, ("dan", text)))
    assert said == expected


CROWD = [
    ("Petra", "The ferry should run on Sundays, too."),
    ("Nils B.", "A second crew would cost more than the fares bring in."),
    ("greta_h", "The pier is too short for two boats."),
    ("May Olsen", "In winter the sound freezes."),
    ("user_1234", "Tickets could be sold on board."),
    ("Zoé Ngũgĩ", "Cyclists would pay a little more."),
    ("Ирина К.", "The old ferry still has its engine."),
    ("🌊 Runa 🌊", "The school needs a boat at eight."),
    ("प्रिया", "The harbour master has not been asked."),
    ("fair_wind", "The wind turns at noon."),
    ("OleHansen", "Two of the crew are retiring."),
    ("Dr. Eva Lind", "The doctor crosses on Sundays by rowing."),
]
NAMED = [
    ("Nils, which crew is that?", [("1", TO)]),
    ("Hi Nils - which crew is that?", [("1", TO)]),
    ("NILS: which crew is that?", [("1", TO)]),
    ("To Greta: the pier has grown.", [("2", TO)]),
    ("Replying to Greta: the pier has grown.", [("2", TO)]),
    ("Re: Greta's point about the pier, it has grown.", [("2", TO)]),
    ("Greta's point about the pier is an old one.", [("2", UP)]),
    ("Greta's dog fell off the pier.", []),
    ("Greta has seen the pier.", [("2", UP)]),
    ("Greta will know how long the pier is.", []),
    ("May, it did not freeze last year.", [("3", TO)]),
    ("@May it did not freeze last year.", [("3", TO)]),
    ("May I ask which winter that was?", []),
    ("May was the wrong month for it.", []),
    ("May, June and July are busy.", []),
    ("May: ice. June: none.", []),
    ("Mark, my words, it will freeze.", []),
    ("Nils, Greta and May all sail.", []),
    ("Nils, Bodil and Anton all sail.", []),
    ("Nils and Greta, who of you sails?", [("1", TO), ("2", TO)]),
    ("Nils, Greta is right.", [("1", TO)]),
    ("@nils @greta both of you are wrong.", [("1", TO), ("2", TO)]),
    ("u/greta_h the pier has grown.", [("2", TO)]),
    ("/u/greta_h, the pier has grown.", [("2", TO)]),
    ("u/greta_h u/user_1234 the pier has grown.", [("2", TO), ("4", TO)]),
    ("See forum.example/u/greta_h for more.", []),
    ("@user_1234 there is no room on board.", [("4", TO)]),
    ("user_1234, there is no room on board.", [("4", TO)]),
    ("User, there is no room on board.", []),
    ("Zoe, how much more?", [("5", TO)]),
    ("Zoé Ngũgĩ, how much more?", [("5", TO)]),
    ("@ZoéNgugi how much more?", [("5", TO)]),
    ("Ирина, does it run?", [("6", TO)]),
    ("@Ирина does it run?", [("6", TO)]),
    ("Runa, which school?", [("7", TO)]),
    ("@प्रिया who would ask them?", [("8", TO)]),
    ("प्रिया, who would ask them?", [("8", TO)]),
    ("Fair, but the wind does not always turn.", []),
    ("Ole, who is retiring?", [("10", TO)]),
    ("Eva, does he get there?", [("11", TO)]),
    ("Dr, does he get there?", []),
    ("Good question, Nils - which crew is that?", [("1", TO)]),
    ("Nils!", [("1", TO)]),
    ("Nils -- which crew is that?", [("1", TO)]),
    ("In response to Greta's point: the pier has grown.", [("2", TO)]),
    ("Nils, my brother, sailed with them.", []),
    ("Nils, of course, is right.", []),
    ("Nils, who told you that?", [("1", TO)]),
    ("Thanks to @greta_h for the pictures of the pier.", []),
    ("Bodil, which crew is that?", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[text[:40] for text, _ in NAMED])
def test_names_are_those_of_one_person_however_they_are_written(text: str, expected: list[tuple[str, Rule]]) -> None:
    assert shown(flat(*CROWD, ("dan", text))) == expected


SCHOOL = ("greta_h", "The school needs a boat at eight, or two teachers and thirty kids come late.")
FARES = ("greta_h", "Fares could be paid by the year, as parents asked for ages ago.")
MEANT = {
    "the latest, where words are few": ([SCHOOL, FARES], "@greta_h That is no good.", "2"),
    "the one whose words are taken up": ([SCHOOL, FARES], "@greta_h No boat at eight takes teachers.", "1"),
    "the latest, where both are": ([SCHOOL, FARES], "@greta_h No boat takes teachers whose fares are paid.", "2"),
    "the latest, where one word is shared": ([SCHOOL, FARES], "@greta_h The teachers are on strike.", "2"),
    "the latest, where everyday words are shared": (
        [("greta_h", "Two parents told me of the years when kids had no time."), SCHOOL],
        "@greta_h My kids, and two parents, say that there was time in all those years.",
        "2",
    ),
    "the latest, where the thread is full of the words": (
        [
            ("greta_h", "The ferry has a timetable."),
            *[("nils", f"A ferry without a timetable is no ferry, in case {place}.") for place in "abcdefgh"],
            ("greta_h", "Gulls sleep on the sunken crane."),
        ],
        "@greta_h Would a timetable on the ferry not frighten gulls that nest beside the old lighthouse?",
        "10",
    ),
    "what is said to somebody else does not count": (
        [SCHOOL, FARES],
        "@greta_h That is no good.\n\n@Petra Does a boat at eight take teachers?",
        "2",
    ),
}


@pytest.mark.parametrize("name", MEANT)
def test_which_of_their_comments_is_meant_by_a_name(name: str) -> None:
    said, text, expected = MEANT[name]
    assert found(flat(("Petra", "The ferry should run on Sundays, too."), *said, ("dan", text)))[0] == (expected, TO)


ECHO = ("Bodil", "The school needs a boat at eight, says a card on my door.")
ATTRIBUTED = {
    "a line": ("greta_h wrote:\n\n> The school needs a boat at eight\n\nWhy not at seven?", [("2", QUOTES)]),
    "a first name": ("Greta said:\n> The school needs a boat at eight\n\nWhy not at seven?", [("2", QUOTES)]),
    "whoever said it first": ("> The school needs a boat at eight\n\nWhy not at seven?", [("1", QUOTES)]),
    "as a mailer does": (
        "On 3 May, Nils Brun <nils@post.example> wrote:\n> It was seven\n\nWhen?",
        [("3", QUOTES)],
    ),
    "as a German one does": ("Am 3. Mai schrieb Nils Brun:\n> It was seven\n\nWhen?", [("3", QUOTES)]),
    "words within a line": ('Greta said "the school needs a boat at eight", but why not at seven?', [("2", UP)]),
    "not quite the words": (
        "greta_h wrote:\n> The school needs boats at eight, or teachers come late\n\nWhy?",
        [("2", QUOTES)],
    ),
    "words that are not theirs": (
        "Nils wrote:\n> The school needs a boat at eight\n\nWhy not at seven?",
        [("1", QUOTES)],
    ),
    "a stranger": ('The mayor said: "Nobody needs a boat at all." Why not?', []),
}


@pytest.mark.parametrize("name", ATTRIBUTED)
def test_a_quotation_is_of_whom_the_comment_names(name: str) -> None:
    text, expected = ATTRIBUTED[name]
    nils = ("Nils Brun", "It was seven until last autumn.")
    thread = flat(("Petra", "The ferry should run on Sundays, too."), ECHO, SCHOOL, nils, ("dan", text))
    assert shown(thread) == expected


@given(st.text(max_size=30))
@example("𝕊am Ott")
def test_a_first_name_is_the_beginning_of_a_name(author: str) -> None:
    first = first_name(author)
    assert first is None or (name_key(first) == first and first in name_key(author) and first != name_key(author))


TOLD = {
    "without a name": ("Which days are that?", "ben-li", [("1", Rule.TOLD)]),
    "and by name": ("@ben-li Which days are that?", "ben-li", [("1", Rule.TOLD)]),
    "and somebody else by name": ("@cleo Which days are that?", "ben-li", [("1", Rule.TOLD), ("2", TO)]),
    "and by a quotation": (
        "> I come at seven, after work, on most days\n\nWhich days?",
        "ben-li",
        [("1", Rule.TOLD)],
    ),
    "who opened the thread": ("Which library is that?", "Ada", [("0", Rule.TOLD)]),
    "who has not spoken": ("@ben-li Which days are that?", "zoe", [("1", TO)]),
    "the author": ("Which days are that?", "dan", []),
}


@pytest.mark.parametrize(("text", "to", "expected"), TOLD.values(), ids=TOLD)
def test_whom_a_source_names_is_addressed(text: str, to: str, expected: list[tuple[str, Rule]]) -> None:
    thread = flat(OPENING, BEN, CLEO, ("dan", text))
    thread = replace(thread, comments=(*thread.comments[:-1], replace(thread.comments[-1], to=to)))
    assert shown(thread) == expected
    assert [
        addressee.remaining_sureness(sureness_by_rule(1.0)).value
        for addressee in found_in(thread).addressees.get("3", ())
        if addressee.rule == Rule.TOLD
    ] == ([0.95] if (expected or [("", TO)])[0][1] == Rule.TOLD else [])


LIKELY, PERHAPS = Rule.LIKELIEST, Rule.PERHAPS
GUESSED: dict[str, tuple[list[tuple[str | None, str]], list[tuple[str, Rule]]]] = {
    "who opened the thread answers the last of the others": (
        [OPENING, BEN, ("Ada", "On which days?")],
        [("1", LIKELY)],
    ),
    "who opened it goes on": ([OPENING, ("Ada", "One more thing: the cellar.")], []),
    "two take turns": ([OPENING, BEN, CLEO, ("ben-li", "Not much.")], [("2", LIKELY)]),
    "two take turns, one of them says two things": (
        [OPENING, BEN, CLEO, ("Cleo Park", "Far too much."), ("ben-li", "Not much.")],
        [("3", PERHAPS)],
    ),
    "a third comes in": ([OPENING, BEN, CLEO, ("dan", "Ask the mayor.")], [("2", PERHAPS)]),
    "who takes up the words of one": ([OPENING, BEN, CLEO, ("dan", "Evening heating? The cost!")], [("2", LIKELY)]),
    "who was spoken to": (
        [OPENING, BEN, CLEO, ("dan", "@ben-li Which days?"), CLEO, ("ben-li", "All of them.")],
        [("3", LIKELY)],
    ),
    "who was spoken to by two": (
        [OPENING, BEN, ("dan", "@ben-li Which days?"), ("Cleo Park", "@ben-li Why?"), ("ben-li", "All of them.")],
        [("3", LIKELY), ("2", PERHAPS)],
    ),
    "who was spoken to and has answered": (
        [OPENING, BEN, CLEO, ("dan", "@ben-li Which days?"), ("ben-li", "@dan All."), CLEO, ("ben-li", "Or none.")],
        [("5", LIKELY)],
    ),
    "the first answer": ([OPENING, BEN], []),
    "who is unknown": ([OPENING, BEN, (None, "Close the cellar.")], []),
    "a program": ([OPENING, BEN, ("stale[bot]", "@ben-li This is stale.")], []),
    "a program is not whom one answers": (
        [OPENING, BEN, ("stale[bot]", "This is stale."), ("Ada", "No.")],
        [("1", LIKELY)],
    ),
    "somebody speaks who was spoken to before": (
        [OPENING, ("dan", "@ben-li When do you come?"), CLEO, BEN],
        [("1", LIKELY)],
    ),
    "whoever names themselves first": ([OPENING, ("ben-li", "@ben-li is me."), ("ben-li", "Or at eight.")], []),
    "but not twice": (
        [OPENING, ("dan", "@ben-li When do you come?"), BEN, CLEO, ("pia", "No."), ("ben-li", "Or at eight.")],
        [("4", PERHAPS)],
    ),
    "the latest comment of whoever is meant": (
        [OPENING, BEN, CLEO, ("ben-li", "Not much."), ("dan", "@ben-li It is.")],
        [("3", TO)],
    ),
    "one name of two people, spoken to": (
        [OPENING, CLEO, ("Cleo Stone", "The cellar is damp."), ("dan", "@cleo It is.")],
        [("2", TO)],
    ),
    "one name of two people, without a mark": (
        [OPENING, CLEO, ("Cleo Stone", "The cellar is damp."), ("dan", "Cleo, it is.")],
        [("2", PERHAPS)],
    ),
    "oneself": ([OPENING, BEN, CLEO, ("Cleo Park", "@cleo that is me.")], [("1", PERHAPS)]),
}


@pytest.mark.parametrize("name", GUESSED)
def test_place_and_words_show_whom_a_comment_is_likely_addressed_to(name: str) -> None:
    said, expected = GUESSED[name]
    assert found(flat(*said)) == expected


def test_without_any_parent_what_nothing_is_known_of_is_to_a_post_that_stands_out() -> None:
    said = [POST, BEN, ("Cleo Park", "The library is dear."), ("dan", "Ask the mayor.")]
    assert found(flat(*said, parent=None)) == [("0", LIKELY), ("2", PERHAPS)]


def test_in_a_chat_the_first_message_is_one_among_others() -> None:
    said = [(f"u{place % 7}", f"The cellar is damp on day {place}.") for place in range(60)]
    thread = flat(OPENING, *said, ("dan", "Ask the mayor."), parent=None)
    assert found(thread)[0] == ("60", LIKELY)
    assert "0" not in {one for one, _ in found(thread)}


def test_what_may_be_answered_is_the_post_and_the_last_comments_of_others() -> None:
    said = [
        OPENING,
        *[(f"u{place}", f"The cellar is damp on day {place}.") for place in range(40)],
        ("u38", "So it is."),
    ]
    thread = flat(*said)
    *_, (comment, able) = comments_to_learn(thread)
    assert comment.author == "u38"
    assert [candidate.reading.comment.id for candidate in able] == ["0", *map(str, [32, 33, 34, 35, 36, 37, 38, 40])]


@pytest.mark.parametrize(("people", "guessed"), [(12, True), (29, False)])
def test_in_a_crowd_nobody_is_guessed(people: int, *, guessed: bool) -> None:
    said = ((f"u{place % people}", "It is dear, the evening heating of the place.") for place in range(39))
    told = found_in(flat(OPENING, *said)).addressees
    assert any(addressee.rule == Rule.LIKELIEST for addressees in told.values() for addressee in addressees) == guessed


def test_of_whom_one_likeliest_answers_the_chances_sum_to_one_and_tell_how_sure_it_is() -> None:
    thread = flat(POST, BEN, ("Cleo Park", "The library is dear."), ("dan", "Ask the mayor."), parent=None)
    addressees = found_in(thread, plain_models().addressee).addressees["3"]
    assert [addressee.odds and addressee.odds.probability for addressee in addressees] == [0.67, 0.24]
    assert [round(addressee.remaining_sureness(sureness_by_rule(0.6)).value, 3) for addressee in addressees] == [
        0.6,
        0.288,
    ]


POST = (
    "Ada",
    "The library on the quay should close at six in winter, for nobody comes later, and its heating is dear.",
)
OTHERS = [
    ("Cleo Park", "The heating of the library is not that dear.", None),
    ("dan", "Have you asked at the school?", None),
    ("ben-li", "I come to the library at seven.", None),
    ("Cleo Park", "On which days?", "3"),
]
TOPS = {
    "the first stands out": ([(*POST, None), *OTHERS], "0"),
    "somebody is said to answer it": ([(*POST, None), *OTHERS, ("dan", "So it is.", "0")], None),
    "it is no longer than others": ([("Ada", "The library should close.", None), *OTHERS], None),
    "the others speak of something else": (
        [
            ("Ada", "We sell our old boat, with its oars, its mast and both of its sails, to whoever likes it.", None),
            *OTHERS,
        ],
        None,
    ),
    "all but one have a parent": ([(*POST, None), ("dan", "Why?", "0")], None),
    "two alone": ([(*POST, None), OTHERS[0]], "0"),
}


@pytest.mark.parametrize("name", TOPS)
def test_the_first_of_several_comments_without_a_parent_is_the_post_they_stand_below(name: str) -> None:
    said, expected = TOPS[name]
    thread = tree(*said)
    post = opening_post(thread.comments, {comment.id: read_comment(comment) for comment in thread.comments}, {})
    assert (post and post.id) == expected


def test_what_stands_beside_the_post_is_said_to_it_but_for_its_own_writer() -> None:
    thread = tree((*POST, None), *OTHERS, ("Ada", "I have asked there.", None), ("Eve", "@ben-li So do I.", None))
    told = {
        name: [(addressee.comment, addressee.rule) for addressee in addressees]
        for name, addressees in found_in(thread).addressees.items()
    }
    assert told == {
        "1": [("0", Rule.POST)],
        "2": [("0", Rule.POST)],
        "3": [("0", Rule.POST)],
        "6": [("3", Rule.ELSEWHERE)],
    }


@pytest.mark.parametrize("author", ["u{}", None], ids=["a crowd", "nobody is named"])
def test_where_nobody_has_a_parent_and_no_model_can_tell_the_post_that_stands_out_is_answered(
    author: str | None,
) -> None:
    said = ((author and author.format(place), OTHERS[place % 3][1], None) for place in range(60))
    thread = tree((*POST, None), *said)
    thread = replace(thread, comments=tuple(without_addressee_if_flat(thread.comments)))
    told = found_in(thread).addressees
    assert [(addressee.comment, addressee.rule) for addressees in told.values() for addressee in addressees] == [
        ("0", Rule.POST)
    ] * 60


def test_a_reply_to_the_post_it_stands_beside_objects_to_it() -> None:
    (move,) = (one for one in moves(tree((*POST, None), *OTHERS), "1") if one.kind != Kind.REPLY)
    assert (move.target_comment, move.kind in (Kind.OBJECTION, Kind.REBUTTAL)) == ("0", True)
    assert move.confidence >= 0.5
    assert move.cue.endswith(RULE_CUES[Rule.POST])


def test_where_nobody_has_a_parent_their_words_are_asked_as_on_a_flat_page() -> None:
    thread = tree(*((author, text, None) for author, text in (OPENING, BEN, CLEO, ("dan", "@ben-li Which days?"))))
    (move,) = (one for one in moves(thread, "3") if one.kind == Kind.REPLY)
    assert (move.target_comment, move.cue) == ("1", "mentions @ben-li")


@pytest.mark.parametrize(
    ("comments", "same"),
    [
        ([Comment(KEY, "0", "Alone.")], True),
        ([Comment(KEY, "0", "One."), Comment(KEY, "1", "Two.", parent="0")], True),
        ([Comment(KEY, "0", "One."), Comment(KEY, "1", "Two.", parent="gone")], True),
        ([Comment(KEY, "0", "One.", position=0), Comment(KEY, "1", "Two.", position=1)], True),
        ([Comment(KEY, "0", "One."), Comment(KEY, "1", "Two.")], False),
    ],
    ids=["one", "a reply", "a reply to what is not loaded", "a dump", "two without a parent"],
)
def test_only_where_no_comment_has_a_parent_nobody_is_known_to_answer(comments: list[Comment], *, same: bool) -> None:
    assert (without_addressee_if_flat(comments) == comments) == same
    assert all(comment.addressed == same for comment in without_addressee_if_flat(comments))


def test_below_an_answer_who_speaks_there_is_meant() -> None:
    comments = [
        Comment(KEY, "1", "When does it close?", author="Ada"),
        Comment(KEY, "2", "At six, as the sign says.", parent="1", author="ben"),
        Comment(KEY, "3", "At seven, since May.", parent="1", author="cleo"),
        Comment(KEY, "c4", "The sign is old.", parent="2", author="cleo", addressed=False),
        Comment(KEY, "c5", "Not so in winter.", parent="3", author="dan", addressed=False),
        Comment(KEY, "c6", "@cleo How old?", parent="2", author="ben", addressed=False),
        Comment(KEY, "c7", "Which winter?", parent="3", author="cleo", addressed=False),
    ]
    conversation = found_in(Discussion(Thread(KEY), tuple(comments)))
    assert {name: mine[0].comment for name, mine in conversation.addressees.items()} == {"c6": "c4", "c7": "c5"}


def tree(*said: tuple[str | None, str, str | None]) -> Discussion:
    """A page with replies: author, words, and the place of the comment that it answers."""
    comments = (
        Comment(KEY, str(place), text, parent=parent, author=author)
        for place, (author, text, parent) in enumerate(said)
    )
    return Discussion(Thread(KEY), tuple(comments))


QUAY = (
    ("Petra", "The quay should be closed to cars. Nobody needs to park beside the boats.", None),
    ("Nils B.", "The fish lorry has to reach the boats somehow.", "0"),
    ("greta_h", "Half of the cars belong to people who go to the bank.", "0"),
    ("Bodil", "The lorry came at five, when nobody is there.", "1"),
    ("Nils B.", "Since spring it comes at nine.", "3"),
)
THERE, MISPLACED, TOLD_SO = Rule.ELSEWHERE, Rule.MISPLACED, Rule.TOLD
BESIDE = {
    "by name below the post": ("Greta, that is wrong, the bank is gone.", "0", [("2", THERE)]),
    "by name, with a greeting": ("Hi Greta - that is wrong, the bank is gone.", "0", [("2", THERE)]),
    "by name, to": ("To Greta: the bank is gone.", "0", [("2", THERE)]),
    "by name, of a point": ("Re: Greta's point about the bank, it is gone.", "0", [("2", THERE)]),
    "by name, the latest comment": ("Nils, that is wrong, it never came.", "0", [("4", THERE)]),
    "by name, the comment that is taken up": ("Nils, no fish lorry can reach boats there.", "0", [("1", THERE)]),
    "by name, later on": ("Close it.\n\nGreta, the bank is gone.", "0", [("0", TOLD_SO), ("2", THERE)]),
    "by name, who wrote the post": ("Petra, some do need to park there.", "0", []),
    "by name, a stranger": ("Ulf, the bank is gone.", "0", []),
    "by name, only spoken of": ("Greta has seen the cars.", "0", []),
    "by name, below somebody": ("Greta, the bank is gone.", "1", []),
    "with a mark, below somebody": ("@greta_h The bank is gone.", "1", [("2", THERE)]),
    "with a mark, later on": ("It is too wide.\n\nu/greta_h The bank is gone.", "1", [("1", TOLD_SO), ("2", THERE)]),
    "with a mark, in the middle": (
        "It is too wide. /u/greta_h, is the bank gone?",
        "1",
        [("1", TOLD_SO), ("2", THERE)],
    ),
    "with a mark, and back by name": (
        "It is too wide.\n\n@greta_h The bank is gone.\n\n@nils Is it wide?",
        "1",
        [("1", TOLD_SO), ("2", THERE), ("1", TOLD_SO)],
    ),
    "with a mark, and back by a quotation": (
        "@greta_h The bank is gone.\n\n> The fish lorry has to reach\n\nIt is too wide.",
        "1",
        [("2", THERE), ("1", TOLD_SO)],
    ),
    "with a mark, one above": ("@nils When does it come, then?", "3", [("1", THERE)]),
    "with a mark, several": ("@greta_h @petra The bank is gone.", "1", [("2", THERE), ("0", THERE)]),
    "with a mark, others beside the one above": ("@nils @greta_h The bank is gone.", "1", []),
    "with a mark, the one above": ("It is too wide. @nils have you seen it?", "1", []),
    "with a mark, a stranger": ("It is too wide.\n\n@ulf look at this.", "1", []),
    "with a mark, oneself": ("@dan is me.", "1", []),
    "with a mark, in passing": ("As @greta_h said, they go to the bank.", "1", []),
    "with a mark, agreed with": ("It is too wide, and I agree with @greta_h that they go to the bank.", "1", []),
    "with a mark, spoken of": ("@greta_h is right.", "1", []),
    "in copy": ("It is too wide. cc @greta_h", "1", []),
    "misplaced, in brackets": ("(meant to go below greta_h) The bank is gone.", "1", [("2", MISPLACED)]),
    "misplaced, as a reply": ("(this was meant as a reply to @greta_h) The bank is gone.", "1", [("2", MISPLACED)]),
    "misplaced, at the end": (
        "The bank is gone. (Sorry, this was supposed to be a reply to Greta.)",
        "1",
        [("2", MISPLACED)],
    ),
    "misplaced, oops": ("Oops, wrong place - replying to greta_h. The bank is gone.", "1", [("2", MISPLACED)]),
    "misplaced, wrong spot": (
        "Replied in the wrong spot, this is for Greta. The bank is gone.",
        "1",
        [("2", MISPLACED)],
    ),
    "misplaced, wrong comment": (
        "Wrong comment, sorry. I meant to reply to Greta. The bank is gone.",
        "1",
        [("2", MISPLACED)],
    ),
    "misplaced, by somebody's comment": (
        "(Meant to post this below Greta's comment.) The bank is gone.",
        "1",
        [("2", MISPLACED)],
    ),
    "misplaced, was meant for": (
        "Replied to the wrong comment. Was meant for Greta. The bank is gone.",
        "1",
        [("2", MISPLACED)],
    ),
    "misplaced, by that word": ("Misplaced reply, was for greta_h. The bank is gone.", "1", [("2", MISPLACED)]),
    "misplaced, should be below": (
        "Edit: this should have gone under Greta's comment. The bank is gone.",
        "1",
        [("2", MISPLACED)],
    ),
    "misplaced, belongs below": (
        "Whoops, this belongs under Greta's comment. The bank is gone.",
        "1",
        [("2", MISPLACED)],
    ),
    "misplaced, in reply to": ("(Replying to Greta here, as I have to.) The bank is gone.", "1", [("2", MISPLACED)]),
    "misplaced, accidentally": (
        "I accidentally replied to Nils, this is for Greta. The bank is gone.",
        "1",
        [("2", MISPLACED)],
    ),
    "somebody else misplaced theirs": ("You replied to the wrong person, Greta said nothing.", "1", []),
    "misplaced, which of theirs": ("(meant for Nils) No fish lorry can reach boats there.", "2", [("1", MISPLACED)]),
    "misplaced, to the post": ("(meant as a reply to OP) Cars do park there.", "1", [("0", MISPLACED)]),
    "misplaced, nobody named": ("Oops, wrong place. The bank is gone.", "1", []),
    "misplaced, a stranger": ("(meant to reply to u/ulf) The bank is gone.", "1", []),
    "misplaced, the one above": ("(meant as a reply to Nils) It is too wide.", "1", []),
    "something else was meant": ("The letter was meant as a reply to Greta. It was late.", "1", []),
    "something of theirs": ("This was meant for Greta's father. It was late.", "1", []),
    "something else in a wrong place": ("It is the wrong place for Greta to park.", "1", []),
    "something else is for them": ("It is in the wrong place, this is for Greta to say.", "1", []),
    "a quotation of who is named": ("greta_h wrote:\n> Half of the cars belong\n\nWhose is the rest?", "1", []),
}


@pytest.mark.parametrize("name", BESIDE)
def test_words_show_whom_a_comment_answers_beside_the_one_above(name: str) -> None:
    text, parent, expected = BESIDE[name]
    assert found(tree(*QUAY, ("dan", text, parent))) == expected


PLACED = ("misplaced, which of theirs", "misplaced, to the post", "misplaced, a stranger", "misplaced, the one above")
NOTES = [name for name in BESIDE if name.startswith("misplaced") and name not in PLACED]


@pytest.mark.parametrize("name", NOTES)
def test_a_note_that_a_comment_is_misplaced_objects_to_nothing(name: str) -> None:
    text, parent, _ = BESIDE[name]
    whole = text.replace("The bank is gone.", "No, that is wrong.").replace(") No", ")\n\nNo")
    made = [move for move in moves(tree(*QUAY, ("dan", whole, parent)), "5") if move.kind != Kind.REPLY]
    shown = [move.evidence[0].exact for move in made]
    assert [one for one in shown if re.search("meant|supposed|place|spot|Wrong|under|Replying|accid", one)] == []


def test_a_note_that_a_comment_is_misplaced_counts_on_flat_pages_too() -> None:
    said = [(author, text) for author, text, _ in QUAY]
    assert found(flat(*said, ("dan", "Oops, that was meant for Greta. The bank is gone."))) == [("2", MISPLACED)]


def test_what_the_source_says_is_left_alone() -> None:
    thread = tree(*QUAY, ("dan", "@petra Nobody parks there.", "0"), ("Greta", "Nils, I do.", "1"))
    conversation = found_in(thread)
    assert not conversation.addressees


def test_a_line_that_is_said_to_be_of_somebody_else_than_the_one_above_is_theirs() -> None:
    echo = ("Bodil", "Half of the cars belong to people, says the mayor.", "0")
    thread = tree(*QUAY[:1], echo, *QUAY[2:3], ("dan", "greta_h wrote:\n> Half of the cars belong\n\nNo.", "0"))
    (quoted,) = (move for move in extract(thread).moves if move.kind == Kind.QUOTATION)
    assert quoted.target_comment == "2"


def test_what_is_said_to_another_than_the_one_above_is_aimed_there_and_less_sure() -> None:
    thread = tree(*QUAY, ("dan", "That is wrong, it is too wide.\n\n@greta_h That is wrong, the bank is gone.", "1"))
    made = [move for move in moves(thread, "5") if move.kind != Kind.REPLY]
    assert [move.target_comment for move in made] == ["1", "2"]
    assert made[1].cue is not None
    assert made[1].cue.endswith("; mentions @greta_h")
    assert made[1].confidence < made[0].confidence
    assert [move.target_comment for move in moves(thread, "5") if move.kind == Kind.REPLY] == ["2"]


def test_comments_stand_in_the_order_of_time_but_after_their_parents() -> None:
    made = [("10", "2024-01-03", None), ("9", "2024-01-01", "10"), ("a", "2024-01-02T01:00:00+02:00", None)]
    comments = [Comment(KEY, name, "Words.", parent=parent, created=when) for name, when, parent in made]
    assert [comment.id for comment in parents_first(comments)] == ["a", "10", "9"]
    undated = [Comment(KEY, name, "Words.") for name in ("c10", "c9", "1")]
    assert [comment.id for comment in parents_first(undated)] == ["1", "c9", "c10"]


CROWDS: dict[str, Callable[[int], tuple[str, str]]] = {
    "mentions": lambda place: (f"u{place % 50}", f"@u{place % 7} That was wrong on day {place}."),
    "a line that is quoted again and again": lambda place: (
        f"u{place}",
        "> Nobody comes later than that.\n\nOn Mondays?",
    ),
    "one of very many comments is meant": lambda place: (
        f"u{place % 2}",
        f"@u{1 - place % 2} The cellar number {place % 9} is damp.",
    ),
    "words that are said to be of one who said very much": lambda place: (
        f"u{place % 2}",
        f"u{1 - place % 2} wrote:\n> The cellar number {place - 30} is damp\n\nIt is not, nor is {place}.",
    ),
    "one name of very many": lambda place: (f"Ann Lee{place}", "@ann No, and @ann again, @ann."),
    "one person alone": lambda place: ("Ada", "And one more thing: the cellar."),
}


@pytest.mark.parametrize("name", CROWDS)
def test_time_grows_in_proportion_to_the_thread(name: str) -> None:
    assert_in_proportion(lambda size: flat(OPENING, *map(CROWDS[name], range(size))), found_in, small=100)


@pytest.mark.parametrize("name", CROWDS)
def test_time_grows_in_proportion_to_comments_without_a_parent(name: str) -> None:
    def grown(size: int) -> Discussion:
        return tree((*POST, None), *((*CROWDS[name](place), None) for place in range(size)))

    assert_in_proportion(grown, found_in, small=100)


@pytest.mark.parametrize("name", CROWDS)
@pytest.mark.parametrize("deep", [False, True], ids=["broad", "deep"])
def test_time_grows_in_proportion_to_a_thread_with_replies(name: str, *, deep: bool) -> None:
    def grown(size: int) -> Discussion:
        below = ((*CROWDS[name](place), str(place) if deep else "0") for place in range(size))
        return tree((*OPENING, None), *below)

    assert_in_proportion(grown, found_in, small=100)


def test_time_grows_in_proportion_to_a_comment() -> None:
    assert_in_proportion(
        lambda size: flat(OPENING, BEN, ("dan", "@ben-li @ada, hi @ben-li's. > @" * size)), found_in, small=20
    )


def moves(thread: Discussion, comment: str) -> list[Move]:
    """The moves made in a comment but quotations and supports of its own, in the order of their words."""
    made = [move for move in extract(thread).moves if move.comment == comment and move.target_comment != comment]
    return sorted((move for move in made if move.kind != Kind.QUOTATION), key=lambda move: (move.evidence, move.kind))


def test_what_is_said_to_each_is_aimed_at_each() -> None:
    thread = flat(
        OPENING, BEN, CLEO, ("dan", "@ben-li That is wrong, nobody does.\n\n@cleo I agree, it costs too much.")
    )
    made = [(move.target_comment, move.kind == Kind.REPLY, move.evidence[0].exact[:8]) for move in moves(thread, "3")]
    assert {("1", True, "@ben-li"), ("2", True, "@cleo")} <= {*made}
    assert {("1", False, "@ben-li "), ("2", False, "@cleo I ")} <= {*made}
    assert "0" not in {target for target, _, _ in made}


def test_a_move_says_how_its_addressee_was_found_and_is_less_sure_of_it() -> None:
    discussion = Discussion(
        Thread(KEY),
        tuple(
            Comment(KEY, str(place), text, parent=None if place == 0 else "0" if place == 1 else "1", author=author)
            for place, (author, text) in enumerate([OPENING, BEN, ("dan", "That is wrong, nobody does.")])
        ),
    )
    (sure,) = moves(discussion, "2")
    hidden = moves(flat(OPENING, BEN, CLEO, ("dan", "@ben-li That is wrong, nobody does.")), "3")
    move = next(one for one in hidden if one.kind != Kind.REPLY)
    assert move.cue == f"{sure.cue}; mentions @ben-li"
    assert 0 < move.confidence < sure.confidence


def test_the_documentation_tells_every_rule_with_its_confidence() -> None:
    told = (Path(__file__).parents[2] / "docs" / "extraction.md").read_text(encoding="utf-8")
    rows = {
        tuple(cell.strip() for cell in line.split("|")[1:4:2]) for line in told.splitlines() if line.count("|") == 4
    }
    said = {(name, sure.split(",")[0].lstrip("0")) for name, sure in rows}
    assert {(rule.value, f"{sure:.2f}".lstrip("0")) for rule, sure in RULE_SURE.items()} <= said
    assert {(rule.value, "the model's") for rule in {*Rule} - {*RULE_SURE}} <= said


def test_what_is_rather_not_said_to_whom_it_is_aimed_at_is_less_sure() -> None:
    said = [OPENING, BEN, CLEO, ("eve", "Cold evenings."), ("dan", "No, that is wrong, it is warm in there.")]
    thread = flat(*said, parent=None)
    (likely, *_) = found_in(thread).addressees["4"]
    assert likely.odds is not None
    made = [move for move in moves(thread, "4") if move.kind != Kind.REPLY]
    assert made
    assert all(move.target_comment == likely.comment for move in made)
    steps = [{by: value for by, _, *value in json.loads(move.explanation or "{}")["steps"]} for move in made]
    assert all(step["addressee"] == [min(1.0, 2 * likely.odds.probability)] for step in steps)


def test_who_is_addressed_is_no_reply_of_the_source() -> None:
    thread = flat(OPENING, BEN, CLEO, ("dan", "@ben-li That is wrong, nobody does."), parent=None)
    assert not [one for one in build_thread(thread, extract(thread), NAMES).thread if one[1] == SIOC + "reply_of"]


def test_mention_of_the_post_above_leaves_its_moves_as_sure_as_they_are() -> None:
    plain = moves(flat(OPENING, ("dan", "That is wrong, many do.")), "1")
    named = moves(flat(OPENING, ("dan", "@Ada That is wrong, many do.")), "1")
    near = pytest.approx([move.confidence for move in plain], abs=0.05)  # a word more weighs a little
    assert [move.confidence for move in named] == near


def levels(thread: Discussion) -> dict[str, set[str]]:
    """The levels at which objections are unanswered, by the comment they are raised in."""
    argument = extract(thread)
    built = build_thread(thread, argument, NAMES)
    raised = {
        iri(NAMES.move(move.id)): move for move in argument.moves if Kind.OBJECTION in with_wider_kinds(move.kind)
    }
    held: dict[str, set[str]] = {move.comment or "": set() for move in raised.values()}
    for subject, predicate, level in derive([*built.thread, *built.shared], Settings()):
        if predicate == RJ + "unansweredAt":
            held[raised[subject].comment or ""].add(level.removeprefix(f"<{RJ}").rstrip(">"))
    return held


OBJECTION = ("ben-li", "That is wrong, I come at seven.")
SPOKEN = {
    "nobody says anything more": ([], True),
    "somebody is addressed by name, with an aside": ([("dan", "@ben-li Thanks!")], False),
    "its words are quoted": ([("dan", "> That is wrong, I come at seven.\n\nOh.")], False),
    "who opened the thread comes back": ([("Ada", "It was seven once, on Mondays.")], False),
    "perhaps the comment before is meant": ([("dan", "It was seven once, on Mondays.")], False),
    "whom it was said to comes back": (
        [
            ("Cleo Park", "Close the cellar."),
            ("dan", "@cleo No, that is wrong."),
            ("Pia", "@Ada Well."),
            ("Cleo Park", "It is wet."),
        ],
        False,
    ),
    "somebody else is addressed": ([("dan", "@Ada It was seven once, on Mondays.")], True),
}


@pytest.mark.parametrize("name", SPOKEN)
def test_silence_is_only_said_where_nobody_is_known_to_have_spoken(name: str) -> None:
    said, silent = SPOKEN[name]
    assert ("U1" in levels(flat(OPENING, OBJECTION, *said))["1"]) == silent


WORDS_OF_MANY = st.sampled_from(
    [
        "That is wrong.",
        "I agree.",
        "@ada no.",
        "@ben-li why?",
        "Cleo, yes.",
        "> Nobody comes later than that.\n\nNot true.",
        "OP is wrong.",
    ]
)
SAID = st.tuples(st.sampled_from(["Ada", "ben-li", "Cleo Park", None]), WORDS_OF_MANY)


@given(st.lists(SAID, min_size=1, max_size=8), st.sampled_from(["0", None]))
def test_levels_imply_each_other_in_any_flat_thread(said: list[tuple[str | None, str]], parent: str | None) -> None:
    thread = flat(OPENING, *said, parent=parent)
    for level in levels(thread).values():
        assert "U1" not in level or {"U2"} <= level
        assert "U2" not in level or {"U3", "U4"} <= level


@given(st.lists(SAID, min_size=1, max_size=8), st.sampled_from(["0", None]))
def test_addressees_are_earlier_comments_of_others(said: list[tuple[str | None, str]], parent: str | None) -> None:
    thread = flat(OPENING, *said, parent=parent)
    known = {comment.id: comment for comment in thread.comments}
    for name, mine in found_in(thread).addressees.items():
        for addressee in mine:
            assert int(addressee.comment) < int(name)
            assert known[name].author is None or known[addressee.comment].author != known[name].author
            assert known[name].text[addressee.words.start : addressee.words.end] == addressee.words.exact != ""


def unaddressed(*paths: Path) -> set[str]:
    """The comments of the files whose source does not say whom they answer."""
    threads = [one for one in merge(read(list(paths)), lambda key: None) if isinstance(one, Discussion)]
    return {comment.id for thread in threads for comment in thread.comments if not comment.addressed}


GOLDEN = Path(__file__).parents[1] / "golden"
SOURCES = {
    "github-issue": {"issuecomment-901", "issuecomment-902"},
    "discourse.json": {"2"},
    "stackexchange.json": {"comment90", "comment91", "comment93"},
    "reddit.json": set(),
    "hackernews.jsonl": set(),
    "disqus.xml": set(),
}


@pytest.mark.parametrize("name", SOURCES)
def test_sources_say_whether_they_know_whom_a_comment_answers(name: str) -> None:
    path = GOLDEN / name
    assert unaddressed(*(sorted(path.iterdir()) if path.is_dir() else [path])) == SOURCES[name]


@pytest.mark.parametrize(
    ("by", "addressed"), [(FieldMap(id="n", text="t"), False), (FieldMap(id="n", text="t", parent="p"), True)]
)
def test_a_field_map_without_parents_knows_nothing_of_them(tmp_path: Path, by: FieldMap, addressed: bool) -> None:
    (tmp_path / "hall.csv").write_text("n,t,p\n1,Open the hall.,\n2,Not today.,1\n", encoding="utf-8")
    found = [one.record for one in MappedFormat(by).load(Source(tmp_path / "hall.csv")) if isinstance(one, Found)]
    assert [one.addressed for one in found if isinstance(one, Comment)] == [addressed, addressed]


def test_jsonl_may_say_that_it_does_not_know(tmp_path: Path) -> None:
    line = '{"id": "1", "thread": "t", "text": "No.", "addressed": false}\n'
    (tmp_path / "hall.jsonl").write_text(line, encoding="utf-8")
    assert unaddressed(tmp_path / "hall.jsonl") == {"1"}
    (tmp_path / "hall.jsonl").write_text(line.replace("false", '"no"'), encoding="utf-8")
    (problem,) = (one for one in read([tmp_path / "hall.jsonl"]) if isinstance(one, Problem))
    assert 'expected "addressed" to be true or false' in problem.message


def test_the_benchmark_hides_parents_and_counts_what_is_found() -> None:
    said = [OPENING, BEN, ("cleo", "> I come at seven, after work\n\nOn Mondays?"), ("dan", "Close the cellar.")]
    parents = [None, "0", "1", "0"]
    comments = [
        Comment(KEY, str(place), text, parent=parent, author=author, created=f"2024-01-0{place + 1}")
        for place, ((author, text), parent) in enumerate(zip(said, parents, strict=True))
    ]
    findings = list(findings_of(Discussion(Thread(KEY), tuple(comments))))
    assert [(finding.rule, finding.right, finding.opening, finding.before) for finding in findings] == [
        (None, True, True, True),
        (Rule.QUOTES, True, False, True),
        (None, True, True, False),
    ]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in site_table({"here": findings}).splitlines()]
    assert rows[2:4] == [["here", "3", "1.00", "1.00", ".67", ".67"], ["- quotes", "1", "1.00", "1.00", ".00", "1.00"]]


def test_a_program_that_opened_the_thread_is_nobody_to_speak_to() -> None:
    thread = flat(("dependabot[bot]", "Bumps the kiln to 2.0."), ("ana", "OP, why is this needed at all?"))
    assert [move for move in extract(thread).moves if move.kind == Kind.REPLY] == []
