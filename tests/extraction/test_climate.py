"""How a thread talks, and that an objection is surer where people write at length and argue."""

from __future__ import annotations

import random
from statistics import mean, pstdev

from benchmarks.labelled_threads import APART, discussion, register
from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.labelled import LEARNED_SPLITS, threads_to_learn
from rejoinder.loaders.extract.points.climate import USUAL, climate_features, rates_in_replies, replies_with_words
from rejoinder.loaders.extract.text.reading import read_comment
from rejoinder.records import Comment, Discussion, Kind, Thread, ThreadKey, with_wider_kinds
from tests.extraction.test_extract import KEY

POST = "The market should move to the square."
DOUBT = "The square floods every March after the thaw."
BANTER = [
    "My goat would love it.",
    "Lovely goat!",
    "Free cheese for all.",
    "Who let the goat in?",
    "It was Tuesday again.",
]
TALK = [
    "The square is wider than the lane, so the stalls would have room, and the carts could turn without a second man.",
    "If the stalls stand in rows there must be a way through for the fire engine, which the bylaw asks for since 1990.",
    "The figures of last year show that the lane loses customers, because nobody can park there before ten.",
    "A market in the square needs water and power, and the council would have to dig for both; that is not cheap.",
    "However, the digging is planned anyway, since the pipes below the square are older than the town hall.",
]


def thread(replies: list[str]) -> Discussion:
    others = (
        Comment(KEY, str(number), text, parent="0", author=f"n{number}") for number, text in enumerate(replies, 2)
    )
    said = (Comment(KEY, "0", POST, author="ana"), Comment(KEY, "1", DOUBT, parent="0", author="ben"))
    return Discussion(Thread(ThreadKey("local", "t")), (*said, *others))


def sure(replies: list[str]) -> float:
    moves = extract(thread(replies)).moves
    return max(
        move.confidence for move in moves if move.comment == "1" and Kind.OBJECTION in with_wider_kinds(move.kind)
    )


def test_an_objection_is_surer_among_arguments_than_among_jokes() -> None:
    assert sure(TALK) > sure(BANTER)


def test_what_is_usual_is_what_the_composed_threads_show() -> None:
    talks = [one for one in threads_to_learn() if one.split in LEARNED_SPLITS and register(one) not in APART]
    shown = [
        rates_in_replies(replies_with_words([read_comment(comment) for comment in discussion(talk).comments]))
        for talk in talks
    ]
    found = {name: [one[name] for one in shown] for name in shown[0]}
    assert {name: (round(mean(each), 3), round(pstdev(each), 3)) for name, each in found.items()} == dict(USUAL)


def test_one_unusual_reply_shows_less_than_many() -> None:
    one, many = (
        climate_features([read_comment(comment) for comment in thread(BANTER[:1] * count).comments])
        for count in (1, 20)
    )
    assert abs(one["thread tells"]) < abs(many["thread tells"])


def test_the_order_of_comments_does_not_matter_and_the_opening_post_does_not_count() -> None:
    readings = [read_comment(comment) for comment in thread(TALK).comments]
    shuffled = readings[:]
    random.Random(3).shuffle(shuffled)
    assert climate_features(shuffled) == climate_features(readings) == climate_features(readings[1:])


def test_a_thread_of_which_no_reply_is_known_is_taken_as_a_whole_and_one_without_words_shows_nothing() -> None:
    alone = [read_comment(Comment(KEY, name, text)) for name, text in (("a", TALK[0]), ("b", ""))]
    assert climate_features(alone) == climate_features(alone[:1]) != {}
    assert climate_features(alone[1:]) == climate_features([]) == {}
