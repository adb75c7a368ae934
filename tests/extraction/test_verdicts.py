"""What replies do, in sentences that any reader finds clear: the deed, never how sure the model is of it.

Each pair is a comment and the reply to it. Where the model reads a sentence the wrong way, that is a fault of the model
and no reason to change the sentence.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.labelled_threads import discussion
from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.labelled import threads_to_learn
from rejoinder.loaders.extract.model.linear import shipped_models
from rejoinder.loaders.extract.moves.consenting import UNSPOKEN_CUE
from rejoinder.loaders.extract.moves.making import REPLY_SURE, UNSURE_AT_MOST
from rejoinder.loaders.extract.points.quotes import ANCESTORS
from rejoinder.loaders.extract.weighing.targets import Choice
from rejoinder.loaders.extract.weighing.verdicts import Deed, agreement_needed, agreement_odds, verdicts_of_points
from rejoinder.records import (
    ClaimRef,
    Comment,
    CommentRef,
    Discussion,
    Kind,
    Method,
    Move,
    MoveRef,
    Thread,
    ThreadKey,
    with_wider_kinds,
)
from tests.extraction.test_extract import made, thread
from tests.extraction.test_features import replying

OPENS = "The market should move to the square. It is wide and dry."
ATTACKS_UNSAID = [
    ("The bakery should open at nine.", "Half of its customers are on the train by eight."),
    ("Our hens are quieter than any dog.", "The cockerel wakes the whole lane at four."),
    ("The new bus stop is safer than the old one.", "Two cyclists have been hit there since Easter."),
    ("A wooden bridge would last for a century.", "The one upstream rotted through in eleven years."),
    ("Everybody can afford the swimming pool.", "A family of four pays a day's wages at the gate."),
    ("The festival brings guests to the village.", "They sleep in the city and leave their rubbish on our meadow."),
    ("Painting the crossing is enough.", "Paint wears off in a winter, and drivers stop looking after a week."),
    ("The library can move to the cellar.", "The cellar floods whenever the brook rises."),
    ("One teacher can watch both groups.", "On Tuesday a child walked out of the gate and stood in the road."),
    ("Tomatoes grow best against the north wall.", "The north wall gets an hour of sun in June."),
    ("The choir should sing by heart.", "Half of the basses are past eighty and lose their place already."),
]
ATTACKS_SAID = [
    ("The bakery should open at six.", "No, nobody is up at that hour."),
    ("Slate roofs outlast tiles.", "That's wrong, tiles last as long if they are laid well."),
    ("The pool should open in May.", "I disagree, the water is still far too cold in May."),
    ("The choir is too loud.", "I don't think the choir is too loud, it sings in a bare room."),
    ("Bees need sugar in winter.", "That is simply not true, mine live on their own honey."),
]
SUPPORTS_UNSAID = [
    ("The bakery should open at six.", "I would finally get a warm roll before my shift."),
    ("Rain barrels pay for themselves.", "Mine saved me forty euros in its first summer."),
    ("The hall is too cold in winter.", "We rehearse there in coats and gloves."),
    ("Compost makes the best potting soil.", "My peppers in it are twice as high as the ones in the bought stuff."),
    ("Sourdough keeps longer than yeast bread.", "A loaf of mine was still soft on the sixth day."),
]
SUPPORTS_SAID = [
    ("The bakery should open at six.", "I agree, the early shift would be glad of it."),
    ("The pool should open in May.", "Exactly, the water is warm enough by then."),
    ("Slate roofs outlast tiles.", "Yes, ours is a hundred and ten years old."),
    ("The hedge is too high.", "You're right, I can't see the road from my drive."),
    ("Night trams would help.", "Good point, the nurses have asked for them for years."),
]
QUESTIONS = [
    ("The bakery should open at six.", "Who would bake at that hour?"),
    ("The bus will stop at the mill from June.", "Will it also run on Sundays?"),
    ("The school yard gets a new surface.", "What does it cost per square metre?"),
    ("I repaired the clock in the tower.", "Where did you find the spare parts?"),
    ("We planted forty apple trees.", "Could you tell me which sorts you chose?"),
]
OBJECTING_QUESTIONS = [
    ("The bakery should open at six.", "Doesn't that mean that somebody has to bake at two?"),
    ("Everybody should cycle to work.", "And how is my neighbour with his new hip supposed to do that?"),
    ("A second car park will solve it.", "Since when have more parking spaces led to fewer cars?"),
    ("The fireworks make people happy.", "Isn't it strange that every dog in the street hides under a bed, then?"),
    ("We can cut the music lessons.", "Why would anybody send a child here after that?"),
    ("The fence keeps the deer out.", "So the deer in my beans were a dream?"),
]
BARE = {
    "tolls are unfair": ("tolls hit poor commuters hardest", Deed.SUPPORT),
    "the village needs a doctor": ("the nearest practice is thirty kilometres away", Deed.SUPPORT),
    "nurses deserve higher wages": ("nurses work nights and holidays", Deed.SUPPORT),
    "school starts too early in the morning": ("pupils who sleep longer get better marks", Deed.SUPPORT),
}


def deeds(*texts: str) -> list[str]:
    """What each move of the last comment of a chain does to another comment, in the order of the words."""
    return [deed(move.kind) for move in moves(*texts)]


def moves(*texts: str) -> list[Move]:
    last = str(len(texts) - 1)
    return [move for move in made(extract(thread(*texts)), last) if move.target_comment != last]


def deed(kind: Kind) -> str:
    """Attack, support, answer or ask, as the model tells them apart."""
    if kind in (Kind.ANSWER, Kind.CLARIFICATION):
        return Deed.ANSWER
    if kind == Kind.QUESTION:
        return Deed.ASK
    return Deed.ATTACK if Kind.OBJECTION in with_wider_kinds(kind) else Deed.SUPPORT


def table(rows: list[tuple[str, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("comment", "reply"), rows, ids=[reply for _, reply in rows])


@table(ATTACKS_SAID)
def test_words_of_disagreement_attack(comment: str, reply: str) -> None:
    assert deeds(comment, reply) == [Deed.ATTACK]


@table(ATTACKS_UNSAID)
def test_what_speaks_against_attacks_without_saying_so(comment: str, reply: str) -> None:
    assert deeds(comment, reply) == [Deed.ATTACK]


@table(SUPPORTS_SAID)
def test_words_of_agreement_support(comment: str, reply: str) -> None:
    assert deeds(comment, reply) == [Deed.SUPPORT]


@table(SUPPORTS_UNSAID)
def test_the_same_experience_supports_without_saying_so(comment: str, reply: str) -> None:
    assert deeds(comment, reply) == [Deed.SUPPORT]


@table(QUESTIONS)
def test_who_wants_to_know_asks(comment: str, reply: str) -> None:
    assert deeds(comment, reply) == [Deed.ASK]


@table(OBJECTING_QUESTIONS)
def test_who_asks_but_knows_objects(comment: str, reply: str) -> None:
    assert deeds(comment, reply) == [Deed.ATTACK]


@pytest.mark.parametrize(("claim", "reply", "does"), [(one, *two) for one, two in BARE.items()], ids=BARE)
def test_bare_propositions_stand_for_or_against_each_other(claim: str, reply: str, does: str) -> None:
    assert replying(claim, reply).is_bare_pair
    assert deeds(claim, reply) == [does]


@pytest.mark.parametrize(
    "texts",
    [
        ("We moved the hives to the orchard.", "Will they winter there?", "As long as the snow lies, yes."),
        ("The bus will stop at the mill from June.", "Will it also run on Sundays?", "Every two hours until five."),
        ("Our hall is free on Thursdays.", "Which room has the piano in it?", "The small one behind the stage."),
        ("I repaired the clock in the tower.", "Where did you find the spare parts?", "In the cellar of the inn."),
        ("The oven is too hot for rolls.", "What do you measure it with?", "With a thermometer on the stone."),
    ],
    ids=lambda texts: texts[2],
)  # fmt: skip
def test_what_is_said_to_a_question_answers_it(texts: tuple[str, str, str]) -> None:
    argument_map = extract(thread(*texts))
    (move,), (answer,) = made(argument_map, "1"), made(argument_map, "2")
    assert (move.kind, answer.kind) == (Kind.QUESTION, Kind.ANSWER)
    assert answer.target == MoveRef(move.id)


TURNING = [
    (
        "The hall should be let to weddings.",
        "You're right that it earns money, but the choir would lose its Saturdays.",
    ),
    ("Wood stoves are cheap to run.", "Fair point about the price, but the smoke settles in the whole valley."),
    ("We should buy the cheaper pump.", "Good point, it costs half as much. But it breaks every second winter."),
    ("The orchard needs a fence.", "I see your point about the deer. However, a fence would cut the footpath in two."),
]


@table(TURNING)
def test_who_grants_and_turns_does_both(comment: str, reply: str) -> None:
    assert deeds(comment, reply) == [Deed.SUPPORT, Deed.ATTACK]


AGAIN = {
    "No, the square floods every March.": "That was before the drain was laid, it has been dry ever since.",
    "I doubt that the square is dry in spring.": "It was dry on every market day that I wrote down.",
    "The square floods every March.": "No, it does not, the pipes were laid two years ago.",
}


@pytest.mark.parametrize(("objection", "reply"), AGAIN.items())
def test_who_fights_an_objection_counters_it(objection: str, reply: str) -> None:
    argument_map = extract(thread(OPENS, objection, reply))
    (first, *_), counters = made(argument_map, "1"), made(argument_map, "2")
    assert {one.kind for one in counters} == {Kind.COUNTER}
    assert {one.target for one in counters} == {MoveRef(first.id)}


@pytest.mark.parametrize("reply", ["Fair enough, I had forgotten the floods.", "You're right, I only see it in summer.",
                                   "I stand corrected, it is wet."])  # fmt: skip
def test_who_gives_in_concedes(reply: str) -> None:
    assert [move.kind for move in moves(OPENS, "No, the square floods every March.", reply)] == [Kind.CONCESSION]


IN_SHORT = {
    Deed.SUPPORT: [
        "+1", "This.", "^ this", "So much this!", "👍", "👍🏽", "Ditto", "Amen to that.", "Hear, hear!", "Same.", "QFT",
        "100%",
        "Couldn't agree more.", "Came here to say this.", "Spot on.", "Nailed it.", "Well, consider me convinced.",
        "Strongly agree.", "You got me there.", "Thanks, will do.", "lol yeah, this",
    ],
    Deed.ATTACK: ["-1", "👎", "Nope.", "lol no", "Hard disagree.", "Hard pass.", "Not convinced.", "Rubbish."],
    Deed.ASK: ["Source?", "Why?", "How so?", "Huh?"],
}  # fmt: skip


@pytest.mark.parametrize(("does", "reply"), [(does, reply) for does, rows in IN_SHORT.items() for reply in rows])
def test_who_says_it_in_a_word_or_two(does: Deed, reply: str) -> None:
    (move,) = moves(OPENS, reply)
    assert deed(move.kind) == does
    assert does == Deed.ASK or move.confidence >= UNSURE_AT_MOST


@pytest.mark.parametrize("reply", ["This floods.", "It was -1 at dawn.", "Room 100 is wide.", "Same as the old one?"])
def test_a_word_that_agrees_alone_says_nothing_among_others(reply: str) -> None:
    assert [move.cue for move in moves(OPENS, reply) if move.cue in ("this", "-1", "100", "same")] == []


def test_who_only_joins_in_concedes_nothing() -> None:
    assert [move.kind for move in moves(OPENS, "Strongly agree with everything you said.")] == [Kind.SUPPORT]


THREE = "The square floods every March. The stalls would stand in mud. Nobody buys cheese in rubber boots."


@pytest.mark.parametrize(
    ("reply", "conceded"),
    [
        pytest.param("Fair enough, I was wrong.", 3, id="names nothing"),
        pytest.param("Fair enough about the mud.", 1, id="names one"),
        pytest.param("Fair enough, but I still want it there.", 1, id="turns"),
    ],
)
def test_who_gives_in_briefly_gives_in_to_all_that_was_said(reply: str, conceded: int) -> None:
    argument_map = extract(thread(OPENS, THREE, reply))
    objections = {MoveRef(move.id) for move in made(argument_map, "1") if Kind.OBJECTION in with_wider_kinds(move.kind)}
    made_of = [move.target for move in made(argument_map, "2") if move.kind == Kind.CONCESSION]
    assert (len(objections), len(made_of), {*made_of} <= objections) == (3, conceded, True)


WHOLE = {
    "every point objects": (
        "The square floods every March. The stalls would stand in mud. Nobody buys cheese in rubber boots.",
        {Deed.ATTACK},
    ),
    "objects, and says so": (
        "I disagree with nearly all of this. The square is neither wide nor dry. Last spring the fire brigade "
        "pumped it out twice, and the stalls had to be carried away.",
        {Deed.ATTACK},
    ),
    "agrees throughout": (
        "I agree with all of this. The square is wide, and I would love to see the stalls there. My children "
        "could play at the fountain.",
        {Deed.SUPPORT},
    ),
    "agrees and tells of it": (
        "You are right. I measured it myself last week. There is room for fifty stalls.",
        {Deed.SUPPORT},
    ),
    "thanks": ("Thanks for writing this!", set()),
    "laughs": ("lol", set()),
    "links": ("https://example.org/market", set()),
}  # fmt: skip


@pytest.mark.parametrize(("reply", "does"), WHOLE.values(), ids=WHOLE)
def test_a_whole_reply_decides_what_its_points_may_do(reply: str, does: set[str]) -> None:
    assert set(deeds(OPENS, reply)) == does


EVERYTHING = [
    *ATTACKS_SAID,
    *ATTACKS_UNSAID,
    *SUPPORTS_SAID,
    *SUPPORTS_UNSAID,
    *QUESTIONS,
    *OBJECTING_QUESTIONS,
    *TURNING,
]


@table(EVERYTHING)
def test_a_move_says_what_it_rests_on(comment: str, reply: str) -> None:
    for move in moves(comment, reply):
        assert move.evidence[0].exact in reply
        assert move.cue
        assert 0.05 <= move.confidence <= 0.95
        assert isinstance(move.target, ClaimRef | CommentRef)


@table(EVERYTHING)
def test_agreement_that_no_word_shows_is_never_sure(comment: str, reply: str) -> None:
    """So it holds by construction: whatever the model thinks, it stays below one half."""
    for move in moves(comment, reply):
        if deed(move.kind) == Deed.SUPPORT and move.method == Method.MODEL:
            assert move.cue == UNSPOKEN_CUE
            assert move.confidence <= UNSURE_AT_MOST < 0.5


def test_more_is_asked_of_agreement_in_a_longer_reply() -> None:
    short, long = replying(OPENS, "It is dry. It is wide."), replying(OPENS, "It is dry. It is wide. It is near.")
    assert 0.5 <= agreement_needed(short) < agreement_needed(long) < 1
    assert agreement_needed(replying("tolls are unfair", "tolls hit poor commuters hardest")) > 0.5


CHANCE = st.floats(0.01, 1)


@given(CHANCE, CHANCE, CHANCE, CHANCE)
def test_the_likelier_agreement_is_the_more_a_point_leans_to_it(a: float, b: float, c: float, more: float) -> None:
    one: dict[str, float] = {Deed.ATTACK: a, Deed.SUPPORT: b, Deed.ANSWER: c, Deed.ASK: 0.1, Deed.NOTHING: 0.1}
    assert agreement_odds({**one, Deed.SUPPORT: b + more}, asked=False) > agreement_odds(one, asked=False)
    assert agreement_odds({**one, Deed.ATTACK: a + more}, asked=False) < agreement_odds(one, asked=False)
    assert agreement_odds(one, asked=True) > agreement_odds(one, asked=False), "who was asked agrees by answering"


@given(CHANCE, CHANCE)
def test_as_much_for_as_against_leans_nowhere(a: float, b: float) -> None:
    assert (agreement_odds({Deed.ATTACK: a, Deed.SUPPORT: b}, asked=False) > 0) == (b > a)


@pytest.mark.parametrize(("depth", "found"), [(ANCESTORS, True), (ANCESTORS + 1, False)])
def test_a_quotation_is_sought_as_far_up_as_the_documents_say(depth: int, found: bool) -> None:
    said = "the eels pass the weir on the third night of the flood"
    texts = [f"Yes, {said}, as every year.", *["Hens sleep early."] * (depth - 1), f"> {said}\n\nThat is a tale."]
    (quotation,) = [move for move in extract(chain(texts)).moves if move.kind == Kind.QUOTATION]
    assert (quotation.target_comment == "000") is found


def chain(texts: list[str]) -> Discussion:
    """Comments by two people, each a reply to the one before."""
    key = ThreadKey("local", "chain")
    made = (
        Comment(key, f"{place:03}", text, parent=f"{place - 1:03}" if place else None, author="AB"[place % 2])
        for place, text in enumerate(texts)
    )
    return Discussion(Thread(key), tuple(made))


def test_a_point_is_pulled_towards_the_rest_of_its_reply() -> None:
    between = "The square has a fountain."
    against, without = (
        judged_alone(OPENS, f"{between} {rest}")
        for rest in ("No, it floods. No, it is narrow. No, it is loud.", "Yes, it is wide. Yes, it is dry. I agree.")
    )
    alone = judged_alone(OPENS, between)
    assert against < alone < without


def judged_alone(comment: str, reply: str) -> float:
    """The share of agreement of the first point of a reply."""
    heard = replying(comment, reply)
    choice = Choice(heard.parent.comment, None, 0.0, "comment")
    numbers = range(len(heard.points))
    return verdicts_of_points(heard, dict.fromkeys(numbers, choice), {}, shipped_models())[0].agreeing


WEIR = "We should take down the old weir. It is of no use to anybody. The river would be free again."
FURTHER = {
    "that rather objects": ("It holds the bank. Who repairs the bank once it is gone?", Kind.OBJECTION),
    "that plainly asks": ("It holds the bank. When was it last repaired?", Kind.QUESTION),
    "after a thing": ("It holds the bank. What stone is it made of?", Kind.QUESTION),
    "by the way": ("It holds the bank. Is that granite btw?", Kind.QUESTION),
    "in disbelief": ("It holds the bank. Do you really think the willows can do that?", Kind.OBJECTION),
    "negated after words that lead to it": (
        "It holds the bank. One thing about the river: wouldn't it take the path away?",
        Kind.OBJECTION,
    ),
}


@pytest.mark.parametrize(("reply", "kind"), FURTHER.values(), ids=FURTHER)
def test_a_question_further_down_does_something(reply: str, kind: Kind) -> None:
    """It stands in the midst of a paragraph, and is no claim."""
    move = next(one for one in moves(WEIR, reply) if one.evidence[0].exact.endswith("?"))
    assert kind in with_wider_kinds(move.kind)


def test_a_question_that_objects_answers_the_objection_quoted_above_it() -> None:
    doubts = "The heron fishes there. It holds the bank, and without it the path is gone in a winter."
    reply = "> The heron fishes there.\n\nGood point.\n\n> It holds the bank\n\nWould it not help to plant willows?"
    answers = {move.evidence[0].exact: move.kind for move in moves(WEIR, doubts, reply) if move.kind != Kind.QUOTATION}
    assert answers["Would it not help to plant willows?"] == Kind.COUNTER


def test_what_is_said_against_an_objection_to_oneself_is_as_sure_an_answer_as_any_reply() -> None:
    """Who is addressed replies to that very objection: whatever they do, they do not pass it over."""
    counters = []
    for labelled in list(threads_to_learn())[::4]:
        argument_map = extract(discussion(labelled))
        claimed, made_by = (
            {one.id: one.author for one in argument_map.claims},
            {move.id: move for move in argument_map.moves},
        )
        for one in argument_map.moves:
            if one.kind == Kind.COUNTER and ";" not in one.cue and isinstance(one.target, MoveRef):
                against = made_by[one.target.id].target
                if isinstance(against, ClaimRef) and claimed[against.id] == one.author:
                    counters.append(one)
    assert len(counters) > 50
    assert [one for one in counters if one.confidence < REPLY_SURE] == []


@pytest.mark.parametrize("reply", ["B. Agreed, it stays.", "On B, agreed, it stays.", "**Q2:** Agreed, it stays."])
def test_who_agrees_below_a_letter_or_a_number_agrees(reply: str) -> None:
    mark = "Q2: " if "Q2" in reply else "B. "
    doubts = f"{mark.replace('2', '1').replace('B', 'A')}The heron fishes there.\n\n{mark}It holds the bank."
    (only,) = moves(WEIR, doubts, reply)
    assert (only.kind, only.confidence > 0.5) == (Kind.CONCESSION, True)


HEADS = {
    "problems": ("I have three problems with this:", True),
    "counted": ("I have two concerns and a question.", True),
    "some": ("There are a few issues with the plan.", True),
    "a title": ("Weaknesses", True),
    "as referees head them": ("Minor points", True),
    "in bold": ("**Major comments**", True),
    "none": ("I have no concerns:", False),
    "praise": ("Strengths", False),
    "points of another kind": ("Three points", False),
    "no count": ("I see the problem.", False),
}


@pytest.mark.parametrize(("head", "objects"), HEADS.values(), ids=HEADS)
def test_the_items_below_a_head_of_objections_object(head: str, objects: bool) -> None:
    """But a question among them asks."""
    found = moves(WEIR, f"{head}\n\n1. The heron nests there.\n2. The mill has a right to it.\n3. When was it built?")
    listed = [move.evidence[0].exact for move in found if move.cue == "a list of objections"]
    assert listed == (["The heron nests there.", "The mill has a right to it."] if objects else [])
    assert [move.kind for move in found if move.evidence[0].exact.startswith("When")] in ([Kind.QUESTION], [])
