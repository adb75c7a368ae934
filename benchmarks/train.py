"""Trains the shipped models on the labelled corpus: `python -m benchmarks.train` writes their weights.toml.

All dumps are used, and all threads but those held back; `python -m benchmarks.curve` and `.dumps` measure models of
some of them. Among the models (loaders/extract/model/linear.py) are two that judge single points, one that tells which
claim a point is about, one that tells whom a comment answers, two of paragraphs, and three that tell how often moves
that showed the same were right:

    reply        what a point of a reply does in a conversation: attack, support, answer, ask, or none of these
    proposition  attack or support between two bare propositions, as analysts of speech and argument maps write them
    fits         which claim a point is about that shares no telling words with any (benchmarks/train_fits.py)
    addressee    which comment one of a flat page answers whose words do not show it (benchmarks/train_addressees.py)
    quoted       whether a paragraph of a flattened dump is somebody else's words (benchmarks/train_dumps.py)
    reaction     what a paragraph of its owner's does
    sure_attack  whether a move that attacks is right, where it is said by models that were trained on other threads
    sure_unseen  the same of one that attacks an opening comment which is not loaded
    sure_support the same of one that agrees or answers

Each labelled reply is seen twice: its points in their place, as extraction finds them, and each labelled segment alone,
as a reply to what it is aimed at. How sure a move is, is learned from the threads that are as in life before all, and
all else from the others, which have enough of each kind. Weights are rounded, so that the file is the same wherever it
is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeAlias

import click
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from benchmarks import train_addressees, train_dumps
from benchmarks.train_fits import FIRST, Difference, differences
from rejoinder.loaders.extract.labelled import (
    ASKS,
    ATTACKS,
    LIFE,
    REPLIES,
    SUPPORTS,
    LabelledComment,
    LabelledThread,
    Segment,
    corpus,
)
from rejoinder.loaders.extract.labelled_dumps import REACTING, LabelledDump, dumps
from rejoinder.loaders.extract.model.linear import BIAS, NO, YES, Model, Models, models_of
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.making import group
from rejoinder.loaders.extract.moves.replies import acting_points
from rejoinder.loaders.extract.points.claims import Point
from rejoinder.loaders.extract.points.premises import features_of_premise
from rejoinder.loaders.extract.threads import Heard, hear, thread_moves
from rejoinder.loaders.extract.weighing.fitting import Fitting
from rejoinder.loaders.extract.weighing.situation import features_of
from rejoinder.loaders.extract.weighing.targets import Basis, targets_of
from rejoinder.loaders.extract.weighing.verdicts import Verdict, judged
from rejoinder.loaders.extract.weighing.whole import features_of_whole
from rejoinder.records import Comment, Discussion, Span, Thread, ThreadKey, ThreadRef

WEIGHTS = Path(__file__).parent.parent / "loaders" / "extract" / "model" / "weights.toml"
GROUPS = {
    **dict.fromkeys(ATTACKS, "attack"),
    **dict.fromkeys(SUPPORTS, "support"),
    **dict.fromkeys(REPLIES, "answer"),
    **dict.fromkeys(ASKS, "ask"),
}
# How many of the attacking and agreeing replies attack: the corpus has more of the rare kinds than life has.
ATTACKING = {
    "opinion": 0.65, "talk": 0.65, "issue": 0.6, "list": 0.6, "casual": 0.6, "essay": 0.6,
    "chat": 0.5, "draft": 0.4, "help": 0.35, "review": 0.25, "debate": 0.2, "map": 0.4,
}  # fmt: skip
BARE = "debate"  # the register of bare propositions
APART = ("debate", "map")  # registers that are no conversations
# Inverse of the penalty on large weights.
STRENGTH = {
    "reply": 0.05,
    "proposition": 0.1,
    "kinds": 0.1,
    "fits": 0.2,
    "addressee": 1.0,
    "premise": 0.1,
    "objects": 0.1,
    "agrees": 0.1,
    "asks": 0.1,
    "quoted": 0.1,
    "reaction": 0.05,
    "sure_attack": 0.2,
    "sure_unseen": 0.2,
    "sure_support": 0.1,
}
UNLEARNED = ("objects", "agrees", "asks", "sure_attack", "sure_unseen", "sure_support")  # when points are learned
DIGITS = 2
FOLDS = 5
# What a move of a composed thread counts where sureness is learned: such threads are harder to tell than life is.
COMPOSED = 0.2
# And how much of that where hardly anybody in its thread argues: most threads that are mapped are not like that. What
# is said of a post that is not loaded shows less of what it is, so that these threads tell more.
QUIET = {"attack": 0.18, "support": 0.25, "unseen": 0.5}
Fitted: TypeAlias = tuple[list[str], dict[str, list[float]]]
Table: TypeAlias = dict[str, Fitted]
Listened: TypeAlias = tuple[tuple[Heard, Mapping[str, float]], ...]


@dataclass(frozen=True)
class Outcome:
    """A move that was said: its kind (attack, unseen, support), what tells how sure it is, whether the labels agree.

    `counts` is what it counts beside others.
    """

    kind: str
    shown: Mapping[str, float]
    right: bool
    counts: float


@dataclass(frozen=True)
class Example:
    """Features, the group of the label, and the register and split of the thread."""

    features: Mapping[str, float]
    group: str
    label: str
    register: str
    split: str


def examples(threads: Iterable[LabelledThread], fits: Model) -> Iterator[Example]:
    """Both views of every labelled reply, whose targets are chosen with the model of what fits."""
    for thread in threads:
        yield from in_place(thread, fits)
        yield from alone(thread, fits)


def in_place(thread: LabelledThread, fits: Model) -> Iterator[Example]:
    """The points of each reply as extraction finds them, each with the label of the segment it shares most with."""
    labelled = {one.id: one for one in thread.comments}
    for name, point, features in seen(listened(thread), fits):
        yield example(features, nearest(point, labelled[name]).label, thread)


def alone(thread: LabelledThread, fits: Model) -> Iterator[Example]:
    """Each segment as a reply to what it is aimed at, or to the comment above where it reacts to nothing."""
    texts = {one.id: one.text for one in thread.comments}
    for comment in thread.comments:
        for one in comment.segments:
            aim = one.comment or comment.parent
            if one.label == "quote" or aim is None:
                continue
            target = thread.segment(aim, one.number).exact if one.number else texts[aim]
            for _, _, features in list(seen(listened_pair(target, one.exact), fits))[:1]:
                # In a bare turn, a reason stands to its conclusion as the next speaker's does.
                bare_reason = one.label == "premise" and register(thread) == BARE
                yield example(features, "support" if bare_reason else one.label, thread)


def example(features: Mapping[str, float], label: str, thread: LabelledThread) -> Example:
    """The example, its register named by the file's name."""
    return Example(features, GROUPS.get(label, "none"), label, register(thread), thread.split)


def register(thread: LabelledThread) -> str:
    """The first word of the file's name."""
    return thread.name.split("-")[0]


@cache
def listened(thread: LabelledThread) -> Listened:
    """What extraction reads and hears of a thread; no model has a say in that, so that all of them learn from it."""
    return tuple(hear(discussion(thread), {}))


@cache
def listened_pair(target: str, text: str) -> Listened:
    """The same of a comment and a reply to it."""
    return tuple(hear(pair(target, text), {}))


def seen(found: Listened, fits: Model) -> Iterator[tuple[str, Point, dict[str, float]]]:
    """The points of replies, with the id of the comment and the features that extraction sees."""
    for heard, weight in found:
        if heard.replies:
            choices = targets_of(range(len(heard.points)), heard.reply, heard.others, Basis(weight, Fitting(fits)))
            for number, choice in choices.items():
                shown = features_of(number, heard.reply, choice.chosen, weight)
                yield heard.reading.comment.id, heard.points[number], shown


def nearest(point: Point, comment: LabelledComment) -> Segment:
    """The segment that shares most characters with the point."""
    return nearest_to(point.span, comment)


def nearest_to(span: Span, comment: LabelledComment) -> Segment:
    """The segment that shares most characters with the span."""
    start, end = span.start, span.end
    return max(comment.segments, key=lambda one: min(one.end, end) - max(one.start, start))


def discussion(thread: LabelledThread) -> Discussion:
    """The thread as a loader would give it."""
    key = ThreadKey("corpus", thread.name)
    made = (Comment(key, one.id, one.text, parent=one.parent, author=one.author) for one in thread.comments)
    return Discussion(Thread(key, thread.title), tuple(made))


def pair(target: str, text: str) -> Discussion:
    """A comment and a reply to it."""
    key = ThreadKey("corpus", "pair")
    comments = (Comment(key, "a", target, author="first"), Comment(key, "b", text, parent="a", author="second"))
    return Discussion(Thread(key), comments)


def importance(found: Sequence[Example]) -> list[float]:
    """What each example counts, so that attacks have the share that they have in such places."""
    counts = Counter((one.register, sign(one)) for one in found)
    return [weight_of(one, counts) for one in found]


def weight_of(one: Example, counts: Mapping[tuple[str, str], int]) -> float:
    """What one example counts."""
    side, share = sign(one), ATTACKING.get(one.register)
    if not side or share is None:
        return 1.0
    total = counts[one.register, "attack"] + counts[one.register, "agree"]
    return (share if side == "attack" else 1 - share) * total / counts[one.register, side]


def sign(one: Example) -> str:
    """Attack, agree (support or answer), or nothing."""
    return {"attack": "attack", "support": "agree", "answer": "agree"}.get(one.group, "")


def fitted(found: Sequence[Example], strength: float) -> Fitted:
    """The labels, and the rounded weights of each feature for each of them; examples count by their importance."""
    return weighted(found, importance(found), strength)


def weighted(found: Sequence[Example], counts: Sequence[float], strength: float, *, start: bool = True) -> Fitted:
    """The same, each example counting as much as is said; without a `start` nothing is likelier from the beginning."""
    table = DictVectorizer()
    rows = table.fit_transform([one.features for one in found])
    model = LogisticRegression(C=strength, max_iter=10_000, tol=1e-8, fit_intercept=start)
    with threadpool_limits(1):  # the sums are so short that threads would mostly wait for each other
        model.fit(rows, [one.group for one in found], sample_weight=counts)
    labels = [str(one) for one in model.classes_]
    columns = [*model.coef_.T.tolist()]
    bias = model.intercept_.tolist()
    if len(labels) == 2:  # one row for two labels: the first is the zero point
        columns, bias = [[0.0, *one] for one in columns], [0.0, *bias]
    named = dict(zip([BIAS, *table.feature_names_], [bias, *columns], strict=True))
    rounded = {name: [round(one, DIGITS) + 0.0 for one in row] for name, row in named.items()}
    return labels, {name: row for name, row in rounded.items() if any(row)}


def of_fits(threads: Iterable[LabelledThread]) -> Table:
    """The model of which claim fits best where no words say what a point is about."""
    found = [each for one in threads if register(one) not in APART for each in fitting(one)]
    if not found:
        return {"fits": ([NO, YES], {name: [*row] for name, row in FIRST.weights.items()})}
    rows = [named(one.features, one.label) for one in found]
    labels, weights = weighted(rows, [one.counts for one in found], STRENGTH["fits"], start=False)
    return {"fits": (labels, weights)}


@cache
def fitting(thread: LabelledThread) -> tuple[Difference, ...]:
    """What the replies of a thread tell of which claim fits; no model that is learned has a say in that."""
    return tuple(_fitting(thread))


def _fitting(thread: LabelledThread) -> Iterator[Difference]:
    labelled = {one.id: one for one in thread.comments}
    for heard, weight in listened(thread):
        if heard.replies:
            comment = labelled[heard.reading.comment.id]
            labels = {number: nearest(point, comment) for number, point in enumerate(heard.points)}
            yield from differences(thread, heard, weight, labels)


def of_addressees(threads: Iterable[LabelledThread]) -> Table:
    """The model of which comment another answers on a flat page."""
    found = [each for one in threads if register(one) not in APART for each in addressing(one)]
    if not found:
        return {"addressee": ([NO, YES], {})}
    rows = [named(one.features, one.label) for one in found]
    labels, weights = weighted(rows, [one.counts for one in found], STRENGTH["addressee"], start=False)
    return {"addressee": (labels, weights)}


@cache
def addressing(thread: LabelledThread) -> tuple[Difference, ...]:
    """What a thread tells of whom its comments answer, without any model's say."""
    return tuple(train_addressees.differences(discussion(thread)))


def of_points(found: Sequence[Example]) -> Table:
    """The models of single points."""
    talk = [one for one in found if one.register not in APART]
    bare = [one for one in found if one.register == BARE and one.group in ("attack", "support")]
    attacks = [named(one.features, one.label) for one in found if one.group == "attack"]
    made = {"reply": talk, "proposition": bare, "kinds": attacks}
    return {name: fitted(examples, STRENGTH[name]) for name, examples in made.items()}


def named(features: Mapping[str, float], group: str) -> Example:
    """An example of a model for which registers count alike."""
    return Example(features, group, "", "", "")


def of_reasons(threads: Iterable[LabelledThread]) -> Table:
    """The model of points that are a reason for the one before them."""
    found = [one for thread in threads if register(thread) not in APART for one in second_points(thread)]
    return {"premise": fitted(found, STRENGTH["premise"])}


@cache
def second_points(thread: LabelledThread) -> tuple[Example, ...]:
    """Each point but the first of each comment, and whether it is a premise, without any model's say."""
    return tuple(_second_points(thread))


def _second_points(thread: LabelledThread) -> Iterator[Example]:
    labelled = {one.id: one for one in thread.comments}
    for heard, weight in listened(thread):
        for number in range(1, len(heard.points)):
            features = features_of_premise(number, heard.points, not heard.replies, weight)
            label = nearest(heard.points[number], labelled[heard.reading.comment.id]).label
            yield named(features, YES if label == "premise" else NO)


def of_replies(threads: Iterable[LabelledThread], points: Models) -> Table:
    """The models of whole replies, on top of those of points."""
    seen_replies = [one for thread in threads if register(thread) not in APART for one in replies(thread, points)]
    return {
        name: fitted(
            [named(found, YES if group in groups else NO) for found, groups in seen_replies],
            STRENGTH[name],
        )
        for name, group in (("objects", "attack"), ("agrees", "support"), ("asks", "ask"))
    }


def replies(thread: LabelledThread, points: Models) -> Iterator[tuple[dict[str, float], set[str | None]]]:
    """The features of each reply of several points, and the groups of its labels."""
    labelled = {one.id: one for one in thread.comments}
    for heard, weight in listened(thread):
        if heard.replies and len(heard.points) > 1:
            groups = {GROUPS.get(one.label) for one in labelled[heard.reading.comment.id].segments}
            yield features_of_whole(heard.reply, verdicts_of(heard, weight, points)), groups


def verdicts_of(heard: Heard, weight: Mapping[str, float], models: Models) -> dict[int, Verdict]:
    """What the points of a reply do, as extraction sees them."""
    reply = heard.reply
    acting = acting_points(reply, range(len(reply.points)))
    return judged(reply, targets_of(acting, reply, heard.others, Basis(weight, Fitting(models.fits))), weight, models)


def argues(thread: LabelledThread) -> bool:
    """True if at least half of its replies object or agree: what a move does is learned there.

    How sure it is that there is a move at all is learned from all threads.
    """
    replies = [{GROUPS.get(each.label) for each in one.segments} for one in thread.comments if one.parent]
    return 2 * sum(not {"attack", "support"}.isdisjoint(groups) for groups in replies) >= len(replies)


def trained(threads: Sequence[LabelledThread], dumped: Table | None = None) -> Table:
    """All models but those of sureness, from those of the threads that are composed.

    `dumped` are those of dumps, which without it find nothing.
    """
    threads = [one for one in threads if one.split != LIFE]
    addressed = of_addressees(threads)
    threads = [one for one in threads if argues(one)]
    nothing: Table = {name: ([NO, YES], {}) for name in UNLEARNED}
    fits = of_fits(threads)
    learned = of_points(list(examples(threads, model_of(fits["fits"])))) | of_reasons(threads)
    points = nothing | of_dumps(()) | (dumped or {}) | fits | addressed | learned
    return points | of_replies(threads, models_of(written(points)))


def model_of(made: Fitted) -> Model:
    """The fitted model as extraction uses it."""
    labels, weights = made
    return Model(tuple(labels), {name: tuple(row) for name, row in weights.items()})


def of_dumps(found: Iterable[LabelledDump]) -> Table:
    """The models of dumps; from none, models that find nothing."""
    made: Table = {
        "quoted": ([NO, YES], {BIAS: [0.0, -1.0]}),
        "reaction": (["none", "aside", *sorted(REACTING)], {BIAS: [1.0, *[0.0] * (1 + len(REACTING))]}),
    }
    for name, rows in train_dumps.rows(found).items():
        if rows:
            made[name] = fitted([named(features, label) for features, label in rows], STRENGTH[name])
    return made


@cache
def outcomes(threads: tuple[LabelledThread, ...]) -> tuple[Outcome, ...]:
    """Each move said in these threads by models that were trained on other ones, and whether it is right."""
    return tuple(_outcomes(threads))


def _outcomes(threads: Sequence[LabelledThread]) -> Iterator[Outcome]:
    for fold in range(FOLDS):
        models = models_of(written(trained([one for number, one in enumerate(threads) if number % FOLDS != fold])))
        for thread in threads[fold::FOLDS]:
            yield from said_in(thread, models)


def said_in(thread: LabelledThread, models: Models) -> Iterator[Outcome]:
    """The moves between comments that these models say in a thread, each with the truth.

    Then those against and for the opening comment, as they say them where it is not loaded.
    """
    whole = discussion(thread)
    yield from said_of(whole, thread, models)
    replies = tuple(one for one in whole.comments if one.parent is not None)
    yield from said_of(replace(whole, comments=replies), thread, models, unseen=True)


def said_of(made: Discussion, thread: LabelledThread, models: Models, *, unseen: bool = False) -> Iterator[Outcome]:
    """The moves that these models say in a discussion made of the thread; `unseen`: those to what is not loaded."""
    labelled = {one.id: one for one in thread.comments}
    ledger = Ledger(made.thread.key)
    thread_moves(made, ledger, models)
    for name, shown in ledger.shown.items():
        move = ledger.moves[name]
        if unseen and not isinstance(move.target, ThreadRef):
            continue
        truth = GROUPS.get(nearest_to(move.evidence[0], labelled[move.comment or ""]).label, "none")
        side = group(move.kind)
        right = truth == side or (side == "support" and truth == "answer")
        kind = "unseen" if unseen and side == "attack" else side
        yield Outcome(kind, shown, right, counted(kind, thread))


def of_sureness(found: Sequence[Outcome]) -> Table:
    """The models of how often moves that showed the same were right."""
    made = {}
    for name, kind in (("sure_attack", "attack"), ("sure_unseen", "unseen"), ("sure_support", "support")):
        mine = [one for one in found if one.kind == kind]
        counts = [one.counts for one in mine]
        made[name] = weighted([named(one.shown, YES if one.right else NO) for one in mine], counts, STRENGTH[name])
    return made


def counted(kind: str, thread: LabelledThread) -> float:
    """What a move of a thread counts where sureness is learned."""
    if thread.split == LIFE:
        return 1.0
    return COMPOSED * (1.0 if argues(thread) else QUIET.get(kind, 1.0))


def written(made: Table) -> str:
    """The models as TOML, one feature a line."""
    lines = [
        "# Weights of the models that extraction uses: log odds of each label for each feature (see features.py).",
        "# Made by `python -m benchmarks.train` from loaders/extract/corpus; do not edit.",
    ]
    for name, (labels, weights) in made.items():
        lines += [
            "",
            f"[{name}]",
            "labels = [" + ", ".join(f'"{one}"' for one in labels) + "]",
            "",
            f"[{name}.weights]",
        ]
        lines += [
            f'"{feature}" = [{", ".join(f"{one:.{DIGITS}f}" for one in row)}]'
            for feature, row in sorted(weights.items())
        ]
    return "\n".join(lines) + "\n"


@click.command()
@click.option("--output", type=click.Path(path_type=Path), default=WEIGHTS, help="Where the weights go.")
def main(output: Path) -> None:
    """Train the models and write their weights."""
    threads = tuple(corpus())
    made = trained(threads, of_dumps(dumps())) | of_sureness(outcomes(threads))
    output.write_text(written(made), encoding="utf-8")
    click.echo(f"{len(threads)} threads: {output}")


if __name__ == "__main__":
    main()
