"""What the models of sureness learn from: moves said by models that were trained on other threads, right or wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from benchmarks.labelled_threads import GROUPS, argues, discussion, nearest_to
from benchmarks.train_models import train_table
from benchmarks.train_weights import STRENGTH, Table, grouped_example, models, weighted
from rejoinder.loaders.extract.labelled import AS_IN_LIFE, LabelledThread
from rejoinder.loaders.extract.model.linear import NO, YES, Models
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.moves.making import sureness_group
from rejoinder.loaders.extract.threads import add_thread_moves
from rejoinder.records import Discussion, ThreadRef

FOLDS = 5
# What a move of a composed thread counts where sureness is learned: such threads are harder to tell than life is.
COMPOSED = 0.2
# And how much of that where hardly anybody in its thread argues: most threads that are mapped are not like that. What
# is said of a post that is not loaded shows less of what it is, so that these threads tell more.
QUIET = {"attack": 0.18, "support": 0.25, "unseen": 0.5}


@dataclass(frozen=True)
class Outcome:
    """A move that was said: its kind (attack, unseen, support), what tells how sure it is, whether the labels agree.

    `counts` is what it counts beside others.
    """

    kind: str
    features: Mapping[str, float]
    right: bool
    counts: float


def of_sureness(all_outcomes: Sequence[Outcome]) -> Table:
    """The models of how often moves that showed the same were right."""
    table = {}
    for name, kind in (("sure_attack", "attack"), ("sure_unseen", "unseen"), ("sure_support", "support")):
        mine = [outcome for outcome in all_outcomes if outcome.kind == kind]
        counts = [outcome.counts for outcome in mine]
        table[name] = weighted(
            [grouped_example(outcome.features, YES if outcome.right else NO) for outcome in mine],
            counts,
            STRENGTH[name],
        )
    return table


@dataclass(frozen=True)
class Fold:
    """Some threads, the models of all others, and the moves that these say there.

    The models do not know how sure they are.
    """

    threads: tuple[LabelledThread, ...]
    models: Table
    outcomes: tuple[Outcome, ...]


@cache
def folds(threads: tuple[LabelledThread, ...]) -> tuple[Fold, ...]:
    """The threads in parts, each read by models of the other parts."""
    return tuple(_fold(threads, number) for number in range(FOLDS))


def _fold(threads: Sequence[LabelledThread], number: int) -> Fold:
    table = train_table([other for place, other in enumerate(threads) if place % FOLDS != number])
    mine, fold_models = tuple(threads[number::FOLDS]), models(table)
    return Fold(mine, table, tuple(outcome for thread in mine for outcome in said_in(thread, fold_models)))


def outcomes(threads: tuple[LabelledThread, ...]) -> list[Outcome]:
    """Each move said in these threads by models that were trained on other ones, and whether it is right."""
    return [outcome for fold in folds(threads) for outcome in fold.outcomes]


def said_in(thread: LabelledThread, models: Models) -> Iterator[Outcome]:
    """The moves between comments that these models say in a thread, each with the truth.

    Then those against and for the opening comment, as they say them where it is not loaded.
    """
    conversation = discussion(thread)
    yield from said_of(conversation, thread, models)
    replies = tuple(comment for comment in conversation.comments if comment.parent is not None)
    yield from said_of(replace(conversation, comments=replies), thread, models, unseen=True)


def said_of(
    conversation: Discussion, thread: LabelledThread, models: Models, *, unseen: bool = False
) -> Iterator[Outcome]:
    """The moves that these models say in a discussion made of the thread; `unseen`: those to what is not loaded."""
    labelled = {comment.id: comment for comment in thread.comments}
    ledger = Ledger(conversation.thread.key)
    add_thread_moves(conversation, ledger, models)
    for name, features in ledger.features_by_move.items():
        move = ledger.moves[name]
        if unseen and not isinstance(move.target, ThreadRef):
            continue
        truth = GROUPS.get(nearest_to(move.evidence[0], labelled[move.comment or ""]).label, "none")
        side = sureness_group(move.kind)
        right = truth == side or (side == "support" and truth == "answer")
        kind = "unseen" if unseen and side == "attack" else side
        yield Outcome(kind, features, right, move_weight(kind, thread))


def move_weight(kind: str, thread: LabelledThread) -> float:
    """What a move of a thread counts where sureness is learned."""
    if thread.split == AS_IN_LIFE:
        return 1.0
    return COMPOSED * (1.0 if argues(thread) else QUIET.get(kind, 1.0))
