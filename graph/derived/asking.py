"""Questions that an objector was asked and has not come back to."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice

from rejoinder.graph.derived.argument import Argument, Node

MOST_QUESTIONS = 100  # questions that are listed for each objection


class Questions:
    """The questions that nobody but their asker has answered, by what they are aimed at."""

    def __init__(self, argument: Argument, threshold: float) -> None:
        self.argument, self.threshold = argument, threshold
        self.open_by_target: dict[str, list[Node]] = defaultdict(list)
        self.reactions: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for node in argument.instances_of("Question"):
            if node.confidence >= threshold and not self._is_answered(node):
                self._add(node)
        self.question_cache: dict[tuple[str, str | None], tuple[Node, ...]] = {}

    def unanswered_by(self, objection: Node, author: str | None, owner: str | None) -> tuple[Node, ...]:
        """Those that others ask `author` about an objection; without words only `owner`, its addressee, asks any."""
        targets = (objection.iri, *objection.all_values("rj:source"))
        nodes = [
            node for target in targets if target in self.open_by_target for node in self._open_questions(target, author)
        ]
        if self.reactions and owner is not None and owner != author:
            nodes += [reaction for target in targets for reaction in self.reactions.get((target, owner), ())]
        return tuple(nodes)

    def _add(self, question: Node) -> None:
        for target in question.all_values("rj:target"):
            if question.has_words:
                self.open_by_target[target].append(question)
            elif (asker := self.argument.owner_of(question.iri)) is not None:
                self.reactions[target, asker].append(question)

    def _is_answered(self, question: Node) -> bool:
        asker = self.argument.owner_of(question.iri)
        answers = (
            node
            for node in self.argument.moves_at(question.iri)
            if node.is_instance_of("Answer") and node.confidence >= self.threshold
        )
        return any(not self.argument.is_by(answer, asker) for answer in answers)

    def _open_questions(self, target: str, author: str | None) -> tuple[Node, ...]:
        """Looked up once for all objections by one author that rest on one claim."""
        if (target, author) not in self.question_cache:
            waiting = (node for node in self.open_by_target[target] if not self._asks_or_replied(node, author))
            self.question_cache[target, author] = tuple(islice(waiting, MOST_QUESTIONS))
        return self.question_cache[target, author]

    def _asks_or_replied(self, question: Node, author: str | None) -> bool:
        """Whether it is `author` who asks, or who replies to the comment that asks."""
        repliers = self.argument.repliers.get(question.one_value("rj:inComment") or "", ())
        return author is not None and (author in repliers or self.argument.is_by(question, author))
