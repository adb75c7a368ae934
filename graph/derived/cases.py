"""Each objection of a thread with all that bears on whether it is answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from rejoinder.graph.derived.argument import Argument, Node
from rejoinder.graph.derived.asking import Questions
from rejoinder.graph.derived.duplicates import Duplicates
from rejoinder.graph.derived.grounds import Ground, GroundKey, Grounds, label_objections
from rejoinder.graph.derived.retracting import Retractions
from rejoinder.graph.derived.semantics import Label
from rejoinder.graph.triples.ntriples import rj
from rejoinder.settings import Settings

TAKEN_BACK_STATES = frozenset((rj("retracted"), rj("deleted")))  # states of a comment that take back what it says
SETTLED_STATES = TAKEN_BACK_STATES | {rj("resolved")}  # those in which nobody waits for an answer to it any more


@dataclass(frozen=True, slots=True)
class Case:
    """One objection with all that bears on whether it is answered.

    `answers` are those that count, with their labels in `labels`, and `surest_confidence` is that of the surest,
    however unsure; `counter_labels` are those of all that attack it, `questions` what its author was asked and has not
    answered, `retractions` the concessions that withdraw it. `states` are those of its comment, `repeats` the
    objections that stand for this one in lists.
    """

    node: Node
    author: str | None
    owner: str | None
    label: Label
    questions: tuple[Node, ...]
    states: Collection[str]
    has_reply: bool
    answers: tuple[Node, ...] = ()
    answerers: frozenset[str] = frozenset()
    surest_confidence: float | None = None
    counter_labels: frozenset[Label] = frozenset()
    retractions: tuple[Node, ...] = ()
    labels: Mapping[str, Label] = field(default_factory=dict)
    repeats: tuple[Node, ...] = ()

    @property
    def comment(self) -> str:
        """The comment that raises it; there is one, since reactions are no cases."""
        return self.node.one_value("rj:inComment") or ""

    @property
    def is_taken_back(self) -> bool:
        """Its comment was deleted or retracted."""
        return not TAKEN_BACK_STATES.isdisjoint(self.states)

    @property
    def rank(self) -> float:
        """How much it deserves to be listed, 0 to 1: nothing where its comment is gone, or was marked as resolved."""
        return (
            0.0
            if not SETTLED_STATES.isdisjoint(self.states)
            else self.node.confidence * (1 - (self.surest_confidence or 0))
        )

    @property
    def is_against_oneself(self) -> bool:
        """Raised against oneself: labelled, never listed."""
        return self.author is not None and self.author == self.owner


def objection_cases(argument: Argument, settings: Settings) -> tuple[Case, ...]:
    """All objections in words, sorted by IRI; `settings` hold the least confidences of what counts."""
    return _Cases(argument, settings).all_cases()


class _Cases:
    """What all objections of a thread share is looked up once."""

    def __init__(self, argument: Argument, settings: Settings) -> None:
        self.argument, self.settings = argument, settings
        self.objections = [node for node in argument.instances_of("Objection") if node.has_words]
        self.reactions = _reactions(argument)
        self.duplicates = Duplicates(argument)
        self.answers_by_objection = {node.iri: self._given_answers(node) for node in self.objections}
        self.grounds = Grounds(argument, self.objections, self.duplicates, settings.answer_threshold)
        attacks = {
            iri: [node for node in nodes if self._is_attack(node)] for iri, nodes in self.answers_by_objection.items()
        }
        self.labels = label_objections(attacks, self.grounds)
        self.ground_by_key: dict[GroundKey, Ground] = self.grounds.ground_by_key(self.labels)
        self.questions = Questions(argument, settings.answer_threshold)
        self.retractions = Retractions(argument, settings.objection_threshold)
        self.replied_comments = _replied_comments(argument)

    def all_cases(self) -> tuple[Case, ...]:
        return tuple(map(self._case, self.objections))

    def _case(self, node: Node) -> Case:
        author, owner = self._author(node), self._owner(node)
        case = Case(
            node=node,
            author=author,
            owner=owner,
            label=self.labels[node.iri],
            questions=self.questions.unanswered_by(node, author, owner),
            states=self._states(node),
            has_reply=node.one_value("rj:inComment") in self.replied_comments,
            repeats=self.duplicates.representatives(node),
        )
        return (
            self._with_answers(case)
            if self.answers_by_objection[node.iri] or self.grounds.keys_by_objection[node.iri]
            else case
        )

    def _with_answers(self, case: Case) -> Case:
        """The case with all that answers it."""
        author, nodes, owner_of = case.author, self.answers_by_objection[case.node.iri], self.argument.owner_of
        grounds = [
            (key, self.ground_by_key[key])
            for key in self.grounds.keys_by_objection[case.node.iri]
            if key in self.ground_by_key
        ]
        answers = {node.iri: node for node in nodes if self._is_sure_enough(node, author)}
        own = {iri: node for iri, node in answers.items() if self.argument.is_by(node, author)}
        conceded = self.retractions.concessions_of(
            author, (node for iri, node in answers.items() if iri not in own), grounds
        )
        attacking = {self.labels[answer.iri] for answer in answers.values() if answer.iri in self.labels}
        for _, ground in grounds:
            answers.update((answer.iri, answer) for answer in ground.answers(case.owner))
        sure = [*(node.confidence for node in nodes), *(ground.surest_confidence for _, ground in grounds)]
        return replace(
            case,
            answers=tuple(answers[iri] for iri in sorted(answers)),
            answerers=frozenset(who for answer in answers.values() if (who := owner_of(answer.iri)) is not None),
            surest_confidence=max(sure, default=None),
            counter_labels=frozenset(attacking).union(*(ground.labels for _, ground in grounds)),
            retractions=(*own.values(), *(node for node in conceded if node.iri not in own)),
            labels=self.labels,
        )

    def _given_answers(self, objection: Node) -> tuple[Node, ...]:
        """The answers to the objection itself, however unsure.

        Whoever raised it answers it with nothing but a Concession, which takes it back.
        """
        author, owner = self._author(objection), self._owner(objection)
        nodes = [node for node in self.argument.moves_at(objection.iri) if self._is_answer(node, objection, author)]
        nodes += self._shared_answers(objection, author)
        if self.reactions and owner is not None and owner != author:
            for target in (objection.iri, objection.one_value("rj:inComment") or ""):
                nodes += self.reactions.get((target, owner), ())
        return tuple(nodes)

    def _shared_answers(self, objection: Node, author: str | None) -> Iterator[Node]:
        """What others answered to an objection that says the same; nobody takes back what somebody else objected."""
        for same in self.duplicates.same_objections(objection):
            raiser = self._author(same)
            for node in self.argument.moves_at(same.iri):
                own = self.argument.is_by(node, author) or self.argument.is_by(node, raiser)
                if not own and self._is_answer(node, objection, author):
                    yield node

    def _is_answer(self, move: Node, objection: Node, author: str | None) -> bool:
        if not move.has_words or move is objection:
            return False
        if self.argument.is_by(move, author):
            return move.is_instance_of("Concession")
        return move.is_instance_of("Answer") or move.is_instance_of("Objection")

    def _is_sure_enough(self, answer: Node, author: str | None) -> bool:
        """To take an objection back asks for as much as to list it, for own words are no answer."""
        own = self.argument.is_by(answer, author)
        return answer.confidence >= (self.settings.objection_threshold if own else self.settings.answer_threshold)

    def _is_attack(self, answer: Node) -> bool:
        return answer.is_instance_of("Objection") and answer.confidence >= self.settings.answer_threshold

    def _states(self, objection: Node) -> Collection[str]:
        comment = self.argument.nodes.get(objection.one_value("rj:inComment") or "")
        return () if comment is None else comment.all_values("rj:state")

    def _author(self, objection: Node) -> str | None:
        return self.argument.owner_of(objection.iri)

    def _owner(self, objection: Node) -> str | None:
        return self.argument.owner_of(objection.one_value("rj:target") or "")


def _reactions(argument: Argument) -> dict[tuple[str, str], list[Node]]:
    """Answers without words, by what they are aimed at and by whom."""
    reactions: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in argument.instances_of("Answer"):
        if not node.has_words and (author := argument.owner_of(node.iri)) is not None:
            for target in node.all_values("rj:target"):
                reactions[target, author].append(node)
    return reactions


def _replied_comments(argument: Argument) -> set[str]:
    """The comments that some comment replies to or that something quotes."""
    return set(argument.repliers) | {
        place for node in argument.instances_of("Quotation") for place in node.all_values("rj:targetComment")
    }
