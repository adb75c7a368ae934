"""What a reply does to the comment it replies to, point by point: it repeats, asks, agrees or objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

from rejoinder.loaders.extract.model.linear import Models
from rejoinder.loaders.extract.model.sureness import StepKind, sureness_from
from rejoinder.loaders.extract.moves.answering import add_answer, answers_question, refuses_proposal
from rejoinder.loaders.extract.moves.consenting import (
    add_agreement,
    add_clarification,
    add_unspoken_agreement,
    add_willing_reply,
)
from rejoinder.loaders.extract.moves.ledger import Grounds, Ledger
from rejoinder.loaders.extract.moves.making import UNSURE_AT_MOST, add_point_move
from rejoinder.loaders.extract.moves.objecting import (
    DENYING_ACTS,
    INTERJECTION_WORDS,
    add_listed_objection,
    add_objection,
    add_objection_unless_fragment,
    contradicts_target,
)
from rejoinder.loaders.extract.moves.passages import add_vague_answers, answer_in_order, answer_passages, is_answered
from rejoinder.loaders.extract.moves.remedying import add_remedies, leaves_open
from rejoinder.loaders.extract.moves.reply_points import (
    ReplyPoint,
    agreement_phrase,
    opening_confidence,
    opens_with_agreement,
    owes_answer,
    turns_after_grant,
)
from rejoinder.loaders.extract.moves.satisfaction import add_satisfaction, is_satisfied
from rejoinder.loaders.extract.moves.withdrawing import add_withdrawals, withdrawal_cue
from rejoinder.loaders.extract.people.misplaced import is_note
from rejoinder.loaders.extract.points import acts, asides, purposes
from rejoinder.loaders.extract.points.features import OPENERS
from rejoinder.loaders.extract.points.late_answers import says_no_more
from rejoinder.loaders.extract.points.quotes import repeated_words
from rejoinder.loaders.extract.text.reading import Sentence
from rejoinder.loaders.extract.weighing.fitting import Fitting
from rejoinder.loaders.extract.weighing.reply_stance import ReplyStance, stance_of_reply
from rejoinder.loaders.extract.weighing.situation import Reply
from rejoinder.loaders.extract.weighing.targets import POINTED_AT, Basis, Choice, TargetComment, targets_of
from rejoinder.loaders.extract.weighing.verdicts import Deed, Verdict, plainly_asks, verdicts_of_points
from rejoinder.records import Kind, Method

MOST_POINTS = 300  # points of one comment that may make moves
CONCEDES_FROM = 0.6  # share of agreement from which an addressee concedes without saying so
AGREEMENT_DENIED_BELOW = 0.3  # share of agreement below which words of agreement are not believed
GENTLE_WORDS = 60
PLAIN_QUESTION_SURE = 0.6  # how sure a question is at least whose form or words say that it wants an answer
YES_OR_NO = OPENERS["yes"] | OPENERS["no"]  # who begins so says it in their own name, whatever words follow
STANCE_ACTS = frozenset({"agree", "concede", "withdraw", "done", "disagree", "wrong", "no"})


def add_reply_moves(
    reply: Reply, others: Sequence[TargetComment], weight: Mapping[str, float], models: Models, ledger: Ledger
) -> None:
    """Adds the moves of a reply; `others` are the comment replied to and those above it that it quotes."""
    acting = [number for number in range(len(reply.points[:MOST_POINTS])) if not add_repetition(number, reply, ledger)]
    acting = acting_points(reply, acting)
    choices = targets_of(acting, reply, others, Basis(weight, Fitting(models.fits)))
    verdicts = verdicts_of_points(reply, choices, weight, models)
    on_the_whole = stance_of_reply(reply, verdicts, models)
    reply_points = [
        make_reply_point(number, reply, choices[number], verdicts[number], on_the_whole, models, ledger)
        for number in acting
    ]
    done = [add_point_moves(point, ledger) for point in reply_points]
    add_likeliest_move(reply_points, done, on_the_whole, ledger)
    answer_passages(reply_points, ledger)
    add_vague_answers(reply_points, done, ledger)
    answer_in_order(reply_points, ledger)


def acting_points(reply: Reply, numbers: Sequence[int]) -> list[int]:
    """The points that belong to the argument.

    What only leads to the next does not, by restating what the other said or as the head of a list of objections.
    """
    last, (heads, items) = len(reply.points) - 1, reply.announced_numbers
    remaining = [
        number for number in numbers if number == last or not acts.restates(reply.points[number].first_sentence)
    ]
    return [
        n
        for n in remaining
        if n in items or (n not in heads and not is_aside_in_reply(reply.points[n].first_sentence, reply))
    ]


def add_likeliest_move(
    reply_points: Sequence[ReplyPoint], done: Sequence[Deed], on_the_whole: ReplyStance, ledger: Ledger
) -> None:
    """Where the reply as a whole objects, or agrees, and none of its points did, the likeliest of them does.

    Who was objected to and replies with anything has answered somehow: to call that silence would accuse them falsely.
    Of what is said to a post that is not loaded, too little is known for that.
    """
    if any(reply_point.reply.unseen for reply_point in reply_points):
        return
    idle = [reply_point for reply_point, deed in zip(reply_points, done, strict=True) if deed == Deed.NOTHING]
    free = [
        reply_point
        for reply_point in idle
        if not reply_point.sentence.asks and not withdrawal_cue(reply_point.sentence)
    ]
    if free and on_the_whole.may_object and Deed.ATTACK not in done:
        add_objection(min(free, key=lambda reply_point: reply_point.verdict.agreeing), ledger)
        return
    if free and on_the_whole.may_agree and Deed.SUPPORT not in done:
        add_unspoken_agreement(max(free, key=lambda reply_point: reply_point.verdict.agreeing), ledger)
        return
    owed = [reply_point for reply_point in free if owes_answer(reply_point, ledger)]
    pointed = [reply_point for reply_point in owed if reply_point.choice.chosen_by in POINTED_AT]
    for point in pointed:
        if not is_answered(point, ledger):
            add_clarification(point, ledger)
    if owed and not pointed and set(done) == {Deed.NOTHING}:
        add_clarification(max(owed, key=lambda reply_point: reply_point.choice.share), ledger)


def add_repetition(number: int, reply: Reply, ledger: Ledger) -> bool:
    """Adds a Quotation where the point only repeats what the other said; tells whether it does."""
    first = reply.points[number].first_sentence
    own = first.words[:1] and first.words[0] in YES_OR_NO
    repeated = None if reply.is_bare_pair or own else repeated_words(first, reply.parent)
    if repeated is not None:
        author = reply.reading.comment.author
        ledger.quotation(repeated, Grounds(first.span, author, 0.6, Method.RULE, "repeated wording"))
    return repeated is not None


def is_aside_in_reply(first: Sentence, reply: Reply) -> bool:
    """True for what belongs to no argument; between bare propositions nothing is an aside."""
    if is_note(first) or asides.is_box(first) or (len(reply.points) > 1 and asides.is_in_brackets(first)):
        return True
    if not first.asks and (purposes.means_to_ask(first) or says_no_more(first, reply.reading)):
        return True
    if leaves_open(first, any(sentence.asks for sentence in reply.parent.sentences)):
        return True
    stands = (
        bool(STANCE_ACTS & first.acts) or reply.is_bare_pair or (is_satisfied(first) and replier_spoke_above(reply))
    )
    stands = stands or is_verbless_reply(first, reply)
    return asides.is_aside(first) and not stands


def is_verbless_reply(first: Sentence, reply: Reply) -> bool:
    """True for words without verb and end mark that are all of a reply by who spoke before: "leaves 110"."""
    return len(reply.points) == 1 and asides.is_heading(first) and first.exact[-1] != ":" and replier_spoke_above(reply)


def make_reply_point(
    number: int,
    reply: Reply,
    choice: Choice,
    verdict: Verdict,
    on_the_whole: ReplyStance,
    models: Models,
    ledger: Ledger,
) -> ReplyPoint:
    """The point with all that decides what it does."""
    span = choice.span
    objection = None if span is None else ledger.objection_near(span)
    if objection is not None and ledger.is_move_by(objection, reply.reading.comment.author):
        objection = None  # nobody answers themselves
    support = None if span is None else ledger.supports.get(span)
    return ReplyPoint(reply.points[number], reply, choice, verdict, on_the_whole, models, objection, support)


def add_point_moves(reply_point: ReplyPoint, ledger: Ledger) -> Deed:
    """Adds what the point does, as far as the reply as a whole does such a thing; tells what it was."""
    sentence = reply_point.sentence
    if is_announced_objection(reply_point):
        return Deed.ATTACK if add_listed_objection(reply_point, ledger) else Deed.NOTHING
    if point_asks(reply_point):
        return Deed.ASK if add_question(reply_point, ledger) else Deed.NOTHING
    if (closed := add_closing_moves(reply_point, ledger)) is not None:
        return closed
    if not sentence.asks and answers_question(reply_point, ledger):
        return Deed.ANSWER if add_answer(reply_point, ledger) else Deed.NOTHING
    agreement = None if sentence.asks else agreement_phrase(sentence, reply_point.reply.by_starter)
    may_agree, agreeing = reply_point.stance.may_agree, reply_point.verdict.agreeing
    if agreement is not None and (opens_with_agreement(sentence) or (may_agree and agreeing >= AGREEMENT_DENIED_BELOW)):
        return Deed.SUPPORT if add_agreement(reply_point, agreement, ledger) else Deed.NOTHING
    if (
        turns_after_grant(reply_point)
        or refuses_proposal(reply_point)
        or denies_plainly(reply_point)
        or contradicts_target(reply_point)
    ):
        return Deed.ATTACK if add_objection_unless_fragment(reply_point, ledger) else Deed.NOTHING
    if reply_point.verdict.deed == Deed.ATTACK or (owes_answer(reply_point, ledger) and agreeing < CONCEDES_FROM):
        objects = reply_point.stance.may_object and add_objection_unless_fragment(reply_point, ledger)
        return Deed.ATTACK if objects else Deed.NOTHING
    return Deed.SUPPORT if may_agree and add_willing_reply(reply_point, ledger) else Deed.NOTHING


def point_asks(reply_point: ReplyPoint) -> bool:
    """True for a question that asks; further down a passage it need only be likelier to ask than to object.

    A word or two can only ask: "And the bus?".
    """
    if not reply_point.sentence.asks or reply_point.verdict.deed == Deed.ASK:
        return reply_point.sentence.asks
    if purposes.is_rhetorical(reply_point.sentence):
        return False
    if len(reply_point.sentence.words) <= INTERJECTION_WORDS and not reply_point.reply.is_bare_pair:
        return True
    return (
        reply_point.point.place > 0
        and reply_point.verdict.chances.get(Deed.ASK, 0.0) > reply_point.verdict.chances[Deed.ATTACK]
    )


def add_closing_moves(reply_point: ReplyPoint, ledger: Ledger) -> Deed | None:
    """What the point does where it takes something back, or reports what was done; None where it does neither."""
    if withdrawal_cue(reply_point.sentence) and (deed := add_point_withdrawal(reply_point, ledger)) is not None:
        return deed
    if add_satisfaction(reply_point.point, reply_point.reply.reading, reply_point.reply.above, ledger):
        return Deed.SUPPORT
    return Deed.SUPPORT if add_remedies(reply_point, ledger) else None


def is_announced_objection(reply_point: ReplyPoint) -> bool:
    """True if the point begins an item of a list that its head calls objections, and does not plainly ask."""
    _, items = reply_point.reply.announced_numbers
    only_asks = reply_point.sentence.asks and reply_point.verdict.deed == Deed.ASK
    return bool(items) and not only_asks and reply_point.reply.points.index(reply_point.point) in items


def add_point_withdrawal(reply_point: ReplyPoint, ledger: Ledger) -> Deed | None:
    """Adds what the point takes back: what its writer objected to, else what they said in a comment above.

    None where it also concedes an objection to them.
    """
    withdrawn = add_withdrawals(
        reply_point.point, reply_point.reply.reading, reply_point.reply.above, reply_point.reply.opening, ledger
    )
    if owes_answer(reply_point, ledger):
        return None
    if withdrawn:
        return Deed.SUPPORT
    cue = agreement_phrase(reply_point.sentence, reply_point.reply.by_starter)
    return (
        Deed.SUPPORT
        if replier_spoke_above(reply_point.reply) and cue and add_agreement(reply_point, cue, ledger)
        else Deed.NOTHING
    )


def replier_spoke_above(reply: Reply) -> bool:
    """True if who replies is known, and wrote one of the comments above."""
    author = reply.reading.comment.author
    return author is not None and any(above.comment.author == author for above in reply.above)


def denies_plainly(reply_point: ReplyPoint) -> bool:
    """True if the point plainly denies something, and is all of its reply, or quotes or numbers what it denies.

    A question that objects does so below what it quotes or numbers.
    """
    if reply_point.sentence.asks:
        return purposes.is_rhetorical(reply_point.sentence) and reply_point.choice.chosen_by in POINTED_AT
    if not opening_confidence(reply_point.sentence, *DENYING_ACTS):
        return False
    return reply_point.stance.single or reply_point.choice.chosen_by in POINTED_AT or opens_reply(reply_point)


def opens_reply(reply_point: ReplyPoint) -> bool:
    """True if nothing but asides stands before the point, so that it says what the whole reply is."""
    before = takewhile(lambda point: point is not reply_point.point, reply_point.reply.points)
    return all(
        asides.is_aside(point.first_sentence) or is_aside_in_reply(point.first_sentence, reply_point.reply)
        for point in before
    )


def add_question(reply_point: ReplyPoint, ledger: Ledger) -> bool:
    """Adds a Question; it is sure only where the comment does nothing but ask."""
    reading = reply_point.reply.reading
    only = len(reading.words) <= GENTLE_WORDS and all(
        sentence.asks or is_aside_in_reply(sentence, reply_point.reply) for sentence in reading.sentences
    )
    plain = plainly_asks(reply_point.sentence, reply_point.reply.asking)
    cue, itself = reply_point.sentence.cue("ask", "request"), reply_point.verdict.chances.get(Deed.ASK, 0.0)
    if only or reply_point.stance.asks > reply_point.stance.objects:
        sure = sureness_from(
            StepKind.CHANCE if reply_point.stance.single else StepKind.REPLY_ASKS, reply_point.stance.asks
        ).at_least(StepKind.ASKS_ITSELF, itself)
    else:
        sure = sureness_from(StepKind.CHANCE, itself).at_most(StepKind.AMONG, UNSURE_AT_MOST)
    if plain:
        sure = sure.at_least(StepKind.WORDS, PLAIN_QUESTION_SURE)
    return add_point_move(Kind.QUESTION, reply_point, Method.MODEL, cue.phrase if cue else "?", ledger, sure=sure)
