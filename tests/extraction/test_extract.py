"""Extraction step by step: blocks, sentences, cues, claims, quotations, replies, supports, stated maps."""

from __future__ import annotations

from pathlib import Path

import pytest

from rejoinder.loaders import read
from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.points import acts, asides, purposes
from rejoinder.loaders.extract.text import cues
from rejoinder.loaders.extract.text.blocks import blocks_of_text
from rejoinder.loaders.extract.text.reading import Sentence, read_comment
from rejoinder.loaders.extract.text.sentences import sentences
from rejoinder.loaders.extract.text.words import content_stems, weighted_overlap, words
from rejoinder.loaders.gathering.merge import merge
from rejoinder.records import (
    ArgumentMap,
    ClaimRef,
    Comment,
    Discussion,
    Kind,
    Method,
    Move,
    MoveRef,
    Span,
    State,
    Thread,
    ThreadKey,
    ThreadRef,
    with_wider_kinds,
)
from tests.timing import assert_in_proportion

HERE = Path(__file__).parents[1] / "sources"
KEY = ThreadKey("local", "t")


def discussion(name: str) -> Discussion:
    (found,) = (one for one in merge(read([HERE / name]), lambda key: None) if isinstance(one, Discussion))
    return found


def thread(*texts: str, authors: str = "ABABABAB") -> Discussion:
    """A chain of replies by the given authors."""
    comments = (
        Comment(KEY, str(place), text, parent=str(place - 1) if place else None, author=authors[place])
        for place, text in enumerate(texts)
    )
    return Discussion(Thread(KEY), tuple(comments))


def only(text: str) -> Sentence:
    (sentence,) = read_comment(Comment(KEY, "c", text)).sentences
    return sentence


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("One.\nTwo.", ["paragraph", "paragraph"]),
        ("> One.\n> Two.\n\nThree.", ["quote", "quote", "paragraph"]),
        ("&gt; One.\nTwo.", ["quote", "paragraph"]),
        ("Head:\n- a\n* b\n1. c", ["paragraph", "item", "item", "item"]),
        ("```\ncode > here\n```\nafter", ["code", "code", "code", "paragraph"]),
        ("a line that is long enough to have been wrapped by\nhand before it went on", ["paragraph"]),
        ("", []),
    ],
)
def test_blocks(text: str, shapes: list[str]) -> None:
    assert [block.shape for block in blocks_of_text(text)] == shapes


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rains. It pours!", ["It rains.", "It pours!"]),
        ("See https://example.org/a?b=c. Then go.", ["See https://example.org/a?b=c. Then go."]),
        ("Ask Dr. Moss, e.g. on Monday. Or not?", ["Ask Dr. Moss, e.g. on Monday.", "Or not?"]),
        ("He said “no.” Then he left.", ["He said “no.”", "Then he left."]),
        ("Well… maybe later.", ["Well… maybe later."]),
        ("The gap under “Who waters them?” is the pump.", ["The gap under “Who waters them?” is the pump."]),
        ("~~It rains.~~ It pours.", ["~~It rains.~~", "It pours."]),
        ("why so late? nobody knows.", ["why so late?", "nobody knows."]),
        ("J. Moss wrote `a. B`. Fine.", ["J. Moss wrote `a. B`.", "Fine."]),
        ("J. Moss wrote ``a. ` B. C``. Fine.", ["J. Moss wrote ``a. ` B. C``.", "Fine."]),
        ("So ` is a tick. ``a. B`` not.", ["So ` is a tick.", "``a. B`` not."]),
        ("Only `` one. Two.", ["Only `` one.", "Two."]),
        ("``quoted. As'' in TeX.", ["``quoted.", "As'' in TeX."]),
        ("   ", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == parts


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("~~It rains.~~ It pours.", ["It pours."]),
        ("~~It rains. It pours.~~\n\nEDIT: it snows.", ["EDIT: it snows."]),
        ("It ~~rains~~ pours.", ["It ~~rains~~ pours."]),
        ("~~It rains.\n\nIt pours.~~", ["~~It rains.", "It pours.~~"]),
        ("~~It rains~~. It pours.", ["It pours."]),
        ("~~It rains~~, sorry.", ["~~It rains~~, sorry."]),
        ("~~It rains. It pours~~. Yes.", ["Yes."]),
        ("~~It rains\nand pours.~~ No.", ["No."]),
        (
            "Run `git reset HEAD~~`. It rains. Run `git show HEAD~~`.",
            ["Run `git reset HEAD~~`.", "It rains.", "Run `git show HEAD~~`."],
        ),
        (
            "Run git reset HEAD~~1 first. It rains. Then HEAD~~2.",
            ["Run git reset HEAD~~1 first.", "It rains.", "Then HEAD~~2."],
        ),
        ("```\na ~~ b\n```\nIt rains. So ~~ it pours.", ["It rains.", "So ~~ it pours."]),
        ("> ~~It rains.\n\nIt pours.~~", ["It pours.~~"]),
        ("It took ~~5 minutes. It is ~ 3 metres long.", ["It took ~~5 minutes.", "It is ~ 3 metres long."]),
        ("- ~~It rains.~~\n- It pours.", ["It pours."]),
        ("Run ``a ` ~~ b``. It rains. Or ~~ so.", ["Run ``a ` ~~ b``.", "It rains.", "Or ~~ so."]),
    ],
)
def test_what_is_struck_out_says_nothing(text: str, left: list[str]) -> None:
    assert [sentence.exact for sentence in read_comment(Comment(KEY, "c", text)).sentences] == left


def test_a_cue_that_is_struck_out_is_none() -> None:
    assert only("You are ~~wrong~~ right about the lamp.").acts == {"agree"}


@pytest.mark.parametrize("part", [" ~~ ", "~~a~~. ", "~~a ", "`~~` "])
def test_marks_of_striking_take_time_in_proportion(part: str) -> None:
    def read(text: str) -> None:
        read_comment(Comment(KEY, "c", text))

    assert_in_proportion(lambda count: "~~a" + part * count, read, small=800)


def test_a_sentence_without_end_is_cut_so_that_it_can_be_a_claim() -> None:
    text = "wind " * 4000
    found = list(sentences(text, 0, len(text)))
    assert max(b - a for a, b in found) <= 5000
    assert "".join(text[a:b] for a, b in found).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("cue", cues.cue_table(), ids=lambda cue: f"{cue.act}: {cue.phrase}")
def test_every_cue_is_found_in_its_example(cue: cues.Cue) -> None:
    assert cue in cues.cues_in(words(cue.example))
    assert 0 < cue.confidence < 1


def test_every_cue_stands_once() -> None:
    assert len({(cue.phrase, cue.act) for cue in cues.cue_table()}) == len(cues.cue_table())


@pytest.mark.parametrize("text", ["I don't agree.", "Nobody has changed my mind, I was never convinced I agree."])
def test_a_negated_agreement_is_none(text: str) -> None:
    assert "i agree" not in {cue.phrase for cue in cues.cues_in(words(text))}


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("You're not wrong about the draught.", {"agree"}),
        ("+1, the lamp is dim.", {"agree"}),
        ("-1 from me.", {"disagree"}),
        ("-1.5 degrees in the cellar.", set()),
        ("It was -1 at noon.", set()),
        ("I don't disagree with the sketch.", {"agree"}),
        ("That is not entirely false.", set()),
        ("No, wrong.", {"no", "wrong"}),
        ("It is not that the caption is wrong.", {"wrong"}),
        ("I disagree.", {"disagree"}),
        ("I was wrong about the lamp.", {"concede"}),
        ("I was wrong, and so is the caption: it is false.", {"concede", "wrong"}),
    ],
)
def test_a_negated_denial_is_none(text: str, acts: set[str]) -> None:
    assert {cue.act for cue in cues.cues_in(words(text))} == acts


@pytest.mark.parametrize(
    ("text", "is_claim"),
    [
        ("The quay was built before the church.", True),
        ("Bread needs salt.", True),
        ("Not so.", False),
        ("Salt bread.", False),
        ("That is what salt is for.", True),
        ("That is what salt is for", False),
        ("EDIT 2: I meant the rye bread, not the wheat bread.", False),
        ("The quay was built first, and", False),
        ("Thank you so much for the jam.", False),
        ("Was the quay built first?", False),
        ("EDIT: the quay was built before the church.", False),
        ("https://example.org/quay", False),
        ("See https://example.org/quay for the plans of the quay and the church.", False),
        ("Some more thoughts on the quay:", False),
        ("[moved here from the parish list]", False),
        ("On Monday the 3rd of May at noon, Ida Quayle wrote:", False),
        ("Ida Quayle <ida@harbour.example> on Monday:", False),
        ("Ida Quayle schrieb am 03.05.2024 um 12:00:", False),
        ("Am 03.05.24 um 12:00 schrieb Ida Quayle:", False),
        ("Ida Quayle wrote on 3/5/24 12:00 PM:", False),
        ("The architect who wrote the plans was never paid for them.", True),
    ],
)
def test_what_is_a_claim(text: str, is_claim: bool) -> None:
    assert acts.is_claim(only(text)) == is_claim


@pytest.mark.parametrize(
    ("text", "rhetorical"),
    [
        ("Doesn't a ferry need a pier?", True),
        ("So you would close the whole market?", True),
        ("Who built the pier?", False),
        ("Is the pier still open in winter?", False),
    ],
)
def test_which_questions_object(text: str, rhetorical: bool) -> None:
    assert purposes.is_rhetorical(only(text)) == rhetorical
    assert purposes.is_question(only(text)) == (not rhetorical)


def test_overlap_sees_through_endings() -> None:
    one, other = content_stems(words("it requires planting")), content_stems(words("plants required"))
    assert weighted_overlap(one, other, {}) == 1.0
    assert weighted_overlap(one, frozenset(), {}) == 0.0


def made(argument_map: ArgumentMap, comment: str) -> list[Move]:
    return sorted((move for move in argument_map.moves if move.comment == comment), key=lambda move: move.evidence)


ROOT = "The market should move to the square. The square is dry and wide."
REPLIES = {
    "objection": ("The square is not dry, it floods every March after the thaw.", Kind.REBUTTAL),
    "doubt about a premise": ("There is no evidence that the square is wide enough for forty stalls.", Kind.UNDERMINE),
    "rhetorical question": ("Doesn't the square flood every March after the thaw?", Kind.REBUTTAL),
    "support": ("I agree, the square has room for forty stalls and a stage.", Kind.SUPPORT),
    "question": ("How wide is the square?", Kind.QUESTION),
    "concession": ("Fair enough, I was wrong about the width of the square.", Kind.CONCESSION),
}


@pytest.mark.parametrize(("text", "kind"), REPLIES.values(), ids=REPLIES)
def test_what_a_reply_does(text: str, kind: Kind) -> None:
    moves = made(extract(thread(ROOT, text)), "1")
    assert [move.kind for move in moves] == [kind]
    assert moves[0].target_comment == "0"


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for the photographs!",
        "ok",
        "https://example.org/market",
        "No worries, take your time.",
        "Poor butcher lol.",
        "My goat would like it, too :)",
    ],
)
def test_pleasantries_and_links_do_nothing(text: str) -> None:
    assert made(extract(thread(ROOT, text)), "1") == []


def test_a_remark_in_brackets_does_nothing_unless_it_takes_a_side() -> None:
    reply = (
        "The square floods. (The stalls are from my cousin's barn, in case anybody cares.) (That is wrong, it is dry.)"
    )
    said = [move.evidence[0].exact for move in made(extract(thread(ROOT, reply)), "1")]
    assert [one for one in said if one.startswith("(")] == ["(That is wrong, it is dry.)"]


@pytest.mark.parametrize(
    "text",
    [
        "Great write-up, thanks!",
        "Love this",
        "Loved it!",
        "Excellent post.",
        "Brilliant!",
        "This is a wonderful summary.",
        "Beautifully written.",
        "Fantastic work, as always.",
        "Best post of the week.",
        "Good job!",
        "Kudos to the team.",
        "Congrats on opening the market!",
    ],
)
@pytest.mark.parametrize("above", [(ROOT,), (ROOT, "The square floods every March.")], ids=["a post", "an objection"])
def test_praise_is_no_objection_and_concedes_nothing(above: tuple[str, ...], text: str) -> None:
    assert made(extract(thread(*above, text)), str(len(above))) == []


@pytest.mark.parametrize("box", ["[x]", "[X]", "[ ]"])
def test_boxes_that_are_ticked_do_nothing(box: str) -> None:
    reply = f"- {box} I disagree with the rules of the square.\n- {box} No stall is wrong.\n\nThe square floods."
    argument = extract(thread(ROOT, reply))
    assert {move.evidence[0].exact for move in made(argument, "1")} <= {"The square floods."}
    assert [one.text for one in argument.claims if one.spans[0].comment == "1"] == ["The square floods."]


@pytest.mark.parametrize(
    "text", ["The best stalls are under water.", "Good, the square floods.", "Love is no argument."]
)
def test_what_says_more_than_praise_is_none(text: str) -> None:
    assert not asides.is_aside(only(text))


@pytest.mark.parametrize("text", ["Nice catch", "Good catch!"])
def test_a_catch_objects_to_nothing(text: str) -> None:
    assert [move.kind for move in made(extract(thread(ROOT, text)), "1")] == [Kind.SUPPORT]
    assert [move.kind for move in made(extract(thread(ROOT, "The square floods every March.", text)), "2")] == [
        Kind.CONCESSION
    ]


def test_a_program_claims_nothing_and_can_still_be_objected_to() -> None:
    notice = "Your post about the square is not long enough, so it was removed."
    comments = (
        Comment(KEY, "0", ROOT, author="A"),
        Comment(KEY, "1", notice, parent="0", author="AutoModerator"),
        Comment(KEY, "2", "That is wrong, the post has two whole sentences.", parent="1", author="A"),
    )
    argument_map = extract(Discussion(Thread(KEY), comments))
    assert made(argument_map, "1") == []
    assert [Kind.OBJECTION in with_wider_kinds(move.kind) for move in made(argument_map, "2")] == [True]


def test_a_notice_of_moderators_claims_nothing_and_they_may_argue_elsewhere() -> None:
    comments = (
        Comment(KEY, "0", "The pool should open at six.", author="A"),
        Comment(KEY, "1", "No, this thread is not about fees.", "0", "M", states=(State.NOTICE,)),
        Comment(KEY, "2", "No, nobody would come to the pool at six.", "0", "M"),
    )
    argument_map = extract(Discussion(Thread(KEY), comments))
    assert made(argument_map, "1") == []
    assert {span.comment for claim in argument_map.claims for span in claim.spans} == {"0", "2"}
    assert len(made(argument_map, "2")) == 1


def test_nobody_answers_their_own_objection() -> None:
    doubt = "I doubt that the square is dry, it floods every March after the thaw."
    own = f"> {doubt}\n\nI doubt that you read this; your plan is wrong about the thaw."
    argument_map = extract(thread(ROOT, doubt, "Which March do you mean?", own, authors="ABAB"))
    own_moves = {move.id for move in argument_map.moves if move.author == "B"}
    assert not [
        move for move in made(argument_map, "3") if isinstance(move.target, MoveRef) and move.target.id in own_moves
    ]


def test_a_quoted_line_too_long_for_a_claim_is_cut_and_loses_nothing_else() -> None:
    line = "the wind is strong and " * 700
    text = f"> {line}\n\nThat is wrong, the wind is weak."
    argument_map = extract(Discussion(Thread(KEY), (Comment(KEY, "b", text, parent="gone", author="bo"),)))
    lengths = sorted(len(one.text) for one in argument_map.claims)
    assert lengths == [len("That is wrong, the wind is weak."), 10_000]
    assert all(span.exact == text[span.start : span.end] for one in argument_map.claims for span in one.spans)
    assert [move.kind for move in made(argument_map, "b") if move.kind != Kind.QUOTATION] == [Kind.REBUTTAL]


def test_nobody_quotes_what_is_yet_to_be_said() -> None:
    words = "The market hall was built for a thousand traders."
    argument_map = extract(thread(f"> {words}\n\nNo way it was that large.", words))
    assert {move.target_comment for move in made(argument_map, "0") if move.kind == Kind.QUOTATION} == {None}


def test_who_was_objected_to_and_replies_with_anything_has_answered_somehow() -> None:
    argument_map = extract(
        thread(ROOT, "No, the square floods every March after the thaw.", "March, in a wet year.", authors="ABA")
    )
    assert [Kind.ANSWER in with_wider_kinds(move.kind) for move in made(argument_map, "2")] == [True]


def test_who_goes_on_does_not_object_to_themselves() -> None:
    argument_map = extract(thread(ROOT, "The old hall is not dry, it floods every March.", authors="AA"))
    assert [move for move in argument_map.moves if Kind.OBJECTION in with_wider_kinds(move.kind)] == []


def test_an_answer_to_an_objection_targets_the_objection() -> None:
    replies = "The square is not dry, it floods in March.", "The March flood was ten years ago, not now."
    argument_map = extract(thread(ROOT, *replies))
    (objection,), (counter,) = made(argument_map, "1"), made(argument_map, "2")
    assert counter.kind == Kind.COUNTER
    assert counter.target == MoveRef(objection.id)


def test_a_doubted_step_is_undercut() -> None:
    argument_map = extract(
        thread(
            "The mill is older than the church. For example, the mill door has medieval hinges.",
            "That the mill door has medieval hinges does not imply that the building is so old.",
        )
    )
    (support,) = [move for move in argument_map.moves if move.kind == Kind.SUPPORT]
    (undercut,) = made(argument_map, "1")
    assert (undercut.kind, undercut.target) == (Kind.UNDERCUT, MoveRef(support.id))


def test_an_objection_can_be_dismissed() -> None:
    argument_map = extract(
        thread(
            "The choir should sing outdoors in the summer.",
            "The choir is not loud enough to sing outdoors, nobody would hear the altos.",
            "How loud the altos are outdoors is beside the point, the choir sings for itself.",
        )
    )
    (objection,), (dismissal,) = made(argument_map, "1"), made(argument_map, "2")
    assert (dismissal.kind, dismissal.target) == (Kind.DISMISSAL, MoveRef(objection.id))


def test_a_quotation_is_found_and_what_follows_aims_at_it() -> None:
    argument_map = extract(discussion("threads.jsonl"))
    moves = made(argument_map, "r1")
    assert moves[0].kind == Kind.QUOTATION
    assert moves[0].method == Method.STRUCTURAL
    target = moves[0].target
    assert isinstance(target, Span)
    assert target.exact == "The river road is empty at night"
    claims = {one.id: one.text for one in argument_map.claims}
    assert isinstance(moves[1].target, ClaimRef)
    assert claims[moves[1].target.id].startswith("The river road is empty at night")
    assert moves[1].kind == Kind.REBUTTAL


def test_who_answers_an_objection_without_agreeing_clarifies_it() -> None:
    post, objection = "The market should move to the square.", "An empty square is not safe at night, is it lit?"
    argument_map = extract(thread(post, objection, "There are flats above every shop and the lamps stay on all night."))
    (move,) = [one for one in made(argument_map, "2") if one.kind != Kind.SUPPORT]
    assert move.kind == Kind.CLARIFICATION
    assert move.confidence < 0.5


def test_words_quoted_twice_are_theirs_who_said_them_first() -> None:
    altos = "Half of the altos teach on Tuesdays and could not come."
    texts = [
        ("Ruth", "Let us move the rehearsal to Tuesday."),
        ("Paul", altos),
        ("Gwen", f"> {altos}\n\nThat is not true, it is two of nine."),
        ("Paul", f"> > {altos}\n>\n> That is not true, it is two of nine.\n\nNo, it is four by now."),
    ]
    key = ThreadKey("local", "choir")
    said = (
        Comment(key, str(number), text, parent=str(number - 1) if number else None, author=author)
        for number, (author, text) in enumerate(texts)
    )
    moves = extract(Discussion(Thread(key), tuple(said))).moves
    quotations = [move for move in moves if move.kind == Kind.QUOTATION and move.comment == "3"]
    quoted = {quotation.evidence[0].exact: quotation.target_comment for quotation in quotations}
    assert quoted == {altos: "1", "That is not true, it is two of nine.": "2"}


def test_who_grants_a_point_and_turns_does_both() -> None:
    reply = "Good point, I had not measured the square. But the thaw is over by April, and the market opens in May."
    argument_map = extract(
        thread(ROOT, "The square is not dry, it floods every March after the thaw.", reply, authors="ABA")
    )
    objection = made(argument_map, "1")[0]
    moves = made(argument_map, "2")
    assert [move.kind for move in moves] == [Kind.CONCESSION, Kind.COUNTER]
    assert {move.target for move in moves} == {MoveRef(objection.id)}


def test_a_bystander_who_agrees_with_an_objection_supports_it() -> None:
    argument_map = extract(
        thread(ROOT, "No, the square floods every March.", "Fair enough, you're right about March.", authors="ABC")
    )
    assert [move.kind for move in made(argument_map, "2")] == [Kind.SUPPORT]


def test_a_mild_reply_to_who_only_asks_answers_the_question() -> None:
    argument_map = extract(thread(ROOT, "Who owns the square?", "The parish, as far as I know.", authors="ABA"))
    question, answer = *made(argument_map, "1"), *made(argument_map, "2")
    assert (question.kind, answer.kind) == (Kind.QUESTION, Kind.ANSWER)
    assert answer.target == MoveRef(question.id)


def test_an_answer_to_any_sentence_of_an_objectors_comment_reaches_the_objection() -> None:
    doubt = "I don't think the square is dry. My cousin sold lamps there in March and lost a whole box of shades."
    reply = "No, that box of shades was lost in the hall, and your cousin said so."
    argument_map = extract(thread(ROOT, doubt, reply, authors="ABA"))
    objections = {move.id for move in made(argument_map, "1") if Kind.OBJECTION in with_wider_kinds(move.kind)}
    answers = made(argument_map, "2")
    assert Kind.COUNTER in {answer.kind for answer in answers} <= {Kind.COUNTER, Kind.CLARIFICATION}
    assert {answer.target.id for answer in answers if isinstance(answer.target, MoveRef)} <= objections


def test_the_addressee_may_counter_or_concede() -> None:
    argument_map = extract(discussion("threads.jsonl"))
    assert sorted(move.kind for move in made(argument_map, "r2")) == [Kind.CLARIFICATION, Kind.COUNTER]
    assert [move.kind for move in made(argument_map, "r3")] == [Kind.CONCESSION]
    assert [move.kind for move in made(argument_map, "r4")] == [Kind.QUESTION]
    assert made(argument_map, "r5") == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The mill stood idle all winter. Therefore the baker bought flour in town.", "therefore"),
        ("Some crops stay out in the snow. For example, the leeks were dug in January.", "for example"),
        ("The fair needs a larger field:\n- The carousel alone takes half of the green.", "list"),
    ],
)
def test_support_within_a_comment(text: str, cue: str) -> None:
    (move,) = extract(thread(text)).moves
    assert (move.kind, move.cue) == (Kind.SUPPORT, cue)


def test_a_stated_map_is_taken_as_it_is() -> None:
    argument_map = extract(discussion("stated.jsonl"))
    assert argument_map.extraction.name == "stated"
    assert {one.name: one.text for one in argument_map.claims} == {
        "beach": "Kites belong on the beach.",
        "steady": "The wind is steady there.",
        "bathers": "The beach is full of bathers.",
    }
    moves = {move.name: move for move in argument_map.moves}
    assert {name: move.kind for name, move in moves.items()} == {
        "why": Kind.SUPPORT,
        "no": Kind.REBUTTAL,
        "so": Kind.UNDERCUT,
    }
    assert moves["so"].target == MoveRef(moves["why"].id)
    assert (moves["no"].confidence, moves["no"].method, moves["no"].target_comment) == (0.9, Method.HUMAN, "a")


@pytest.fixture(scope="module")
def dump() -> tuple[Discussion, ArgumentMap]:
    found = discussion("allotment.txt")
    return found, extract(found)


def paragraph(found: Discussion, number: int) -> str:
    return found.comments[number - 1].id


QUOTED = [9, 10, 12, 15, 18, 21, 22, 34]


def test_quoted_paragraphs_are_somebody_elses(dump: tuple[Discussion, ArgumentMap]) -> None:
    found, argument = dump
    quoted = {move.comment for move in argument.moves if move.kind == Kind.QUOTATION and move.target == ThreadRef()}
    assert [number for number in range(1, 40) if paragraph(found, number) in quoted] == QUOTED
    authors = {span.comment: one.author for one in argument.claims for span in one.spans}
    assert {authors[paragraph(found, number)] for number in QUOTED} == {None}


@pytest.mark.parametrize(
    ("number", "kind", "target"),
    [(11, Kind.REBUTTAL, 10), (16, Kind.CLARIFICATION, 15), (19, Kind.CLARIFICATION, 18),
     (23, Kind.REBUTTAL, 22), (31, Kind.SUPPORT, 29), (32, Kind.SUPPORT, 29), (35, Kind.REBUTTAL, 34),
     (36, Kind.CLARIFICATION, 37)],
)  # fmt: skip
def test_a_reaction_targets_what_it_reacts_to(
    dump: tuple[Discussion, ArgumentMap], number: int, kind: Kind, target: int
) -> None:
    found, argument = dump
    aims = {(move.kind, move.target_comment) for move in argument.moves if move.comment == paragraph(found, number)}
    assert (kind, paragraph(found, target)) in aims


def test_a_repeated_paragraph_counts_once(dump: tuple[Discussion, ArgumentMap]) -> None:
    found, argument = dump
    (claim,) = [one for one in argument.claims if "shared water tank" in one.text]
    assert [span.comment for span in claim.spans] == sorted([paragraph(found, 2), paragraph(found, 4)])
    assert [move.comment for move in argument.moves if ClaimRef(claim.id) in move.sources] == [paragraph(found, 2)]


@pytest.mark.parametrize("number", [1, 3, 6, 7, 14, 17, 24, 25, 28, 30, 33, 38, 39])
def test_asides_claim_nothing(dump: tuple[Discussion, ArgumentMap], number: int) -> None:
    found, argument = dump
    assert paragraph(found, number) not in {span.comment for one in argument.claims for span in one.spans}
    assert paragraph(found, number) not in {move.comment for move in argument.moves}


def test_a_rhetorical_question_objects_to_the_unseen_post(dump: tuple[Discussion, ArgumentMap]) -> None:
    found, argument = dump
    (move,) = made(argument, paragraph(found, 2))
    assert (move.kind, move.target, move.target_comment) == (Kind.REBUTTAL, ThreadRef(), None)
    assert move.evidence[0].exact.endswith("Sounds like a hard sell.")


def paragraphs(*texts: str) -> Discussion:
    """A dump of these paragraphs."""
    comments = (Comment(KEY, str(place), text, position=place) for place, text in enumerate(texts))
    return Discussion(Thread(KEY), tuple(comments))


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("I agree that the pump is old, as you say.", 0.75),
        ("Well, I agree that the pump is old, as you say.", 0.75),
        ("That is true, you have an old pump.", 0.55),
        ("Your neighbour is right about the pump.", 0.3),
        ("Mending your pump a second time makes sense in May.", 0.3),
    ],
)
def test_an_agreement_is_surer_where_its_words_open_the_paragraph(text: str, sure: float) -> None:
    (move,) = made(extract(paragraphs(text)), "0")
    assert (move.kind, move.target) == (Kind.CONCESSION, ThreadRef())
    assert move.confidence == pytest.approx(sure)


def test_of_many_quotations_in_a_row_the_last_ones_are_reacted_to() -> None:
    quoted = [f"> The ferry to island {number} leaves at noon." for number in range(100)]
    argument_map = extract(paragraphs(*quoted, "I doubt that any “ferry to island 95 leaves at noon” in May."))
    assert {move.target_comment for move in made(argument_map, "100")} == {"95"}


def test_conceding_and_countering_are_two_moves(dump: tuple[Discussion, ArgumentMap]) -> None:
    found, argument = dump
    moves = made(argument, paragraph(found, 8))
    assert [(move.kind, move.target) for move in moves] == [
        (Kind.CONCESSION, ThreadRef()),
        (Kind.COUNTER, ThreadRef()),
    ]


def test_what_stands_between_odd_quotation_marks_objects_to_nothing(dump: tuple[Discussion, ArgumentMap]) -> None:
    found, argument = dump
    inside = {paragraph(found, number) for number in (26, 27)}
    assert not inside & {move.comment for move in argument.moves}


def test_a_question_to_the_unseen_post(dump: tuple[Discussion, ArgumentMap]) -> None:
    found, argument = dump
    assert [(move.kind, move.target) for move in made(argument, paragraph(found, 5))] == [(Kind.QUESTION, ThreadRef())]


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        pytest.param("I disagree.", [("Rebuttal", "I disagree.")], id="says so"),
        pytest.param("Thanks! Cheers from the coast.", [], id="says nothing against anybody"),
        pytest.param("I agree with all of this.", [("Support", "I agree with all of this.")], id="agrees"),
        pytest.param("Great photo! Where was it taken?", [("Question", "Where was it taken?")], id="asks"),
        pytest.param(
            "> The night buses are empty.\n\nThat is wrong, they were full all summer.",
            [("Quotation", "The night buses are empty."), ("Rebuttal", "That is wrong, they were full all summer.")],
            id="what follows a quotation is about its words",
        ),
    ],
)
def test_a_reply_to_a_comment_that_is_not_loaded(text: str, moves: list[tuple[str, str]]) -> None:
    key = ThreadKey("test", "t")
    argument_map = extract(Discussion(Thread(key), (Comment(key, "b", text, parent="gone", author="bo"),)))
    said = {one.id: one.text for one in argument_map.claims}
    made = [
        (str(move.kind), said[source.id] if isinstance(source, ClaimRef) else source.exact)
        for move in argument_map.moves
        for source in move.sources
        if isinstance(source, ClaimRef | Span)
    ]
    assert sorted(made) == sorted(moves)
