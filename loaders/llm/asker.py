"""Gets an answer for one passage: from the cache, else from the server, within the budget, with bounded patience."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from rejoinder.errors import ExtractorStopped
from rejoinder.loaders.llm.cache import Cache, Reply, request_digest
from rejoinder.loaders.llm.client import Client
from rejoinder.loaders.llm.completion import CHARACTERS_A_TOKEN
from rejoinder.loaders.llm.prompt import (
    ATTEMPTS,
    VERSION,
    message_characters,
    request,
    request_after_empty,
    request_after_malformed,
    request_with_penalty,
    request_with_room,
)
from rejoinder.loaders.llm.schema import Answer, Malformed, is_empty_answer, parse_answer
from rejoinder.loaders.llm.troubles import RequestFailed

FAILURES_IN_A_ROW = 3  # passages after which a server that fails is not asked any more


class NoAnswer(Exception):
    """A passage that no answer could be had for; says why, and whether for the `server`, which may mend."""

    def __init__(self, why: str, *, server: bool = False) -> None:
        super().__init__(why)
        self.server = server


class MalformedAnswer(NoAnswer):
    """One that the model gave no answer to in the form asked for."""


class Asker:
    """Asks for passages, in any thread; after the first stop it answers only from the cache."""

    def __init__(self, client: Client, cache: Cache, *, most_tokens: int, budget: int = 0) -> None:
        """A budget of 0 is none; `spent` are the tokens that the server's answers have cost so far."""
        self.client, self.cache, self.most_tokens, self.budget = client, cache, most_tokens, budget
        self.spent, self.answers, self.failures, self.stop = 0, 0, 0, ""
        self.reserved = 0  # tokens of the requests under way
        self.counting, self.learning = Lock(), Lock()

    def ask(self, data: Mapping[str, object], *, doubtful: bool = False) -> Answer:
        """What the model says of the passage in `data`; raises NoAnswer for this one, ExtractorStopped for all others.

        An empty answer is asked for once more where it is `doubtful`; if that gives no answer, the empty one stands.
        """
        first = request(self.client.endpoint.model, data, self.most_tokens)
        answer = self._answer(first)
        if not (doubtful and answer.is_empty):
            return answer
        try:
            return self._answer(request_after_empty(first), anew=True)
        except NoAnswer:
            return answer

    def _answer(self, first: Mapping[str, object], *, anew: bool = False) -> Answer:
        """The well-formed answer to a request, after so many attempts."""
        body, why = first, ""
        for attempt in range(1, ATTEMPTS + 1):
            reply = self._ask_anew(body) if anew else self._reply(body)
            if reply.refusal:
                raise NoAnswer("the model refuses to read it")
            try:
                return parse_answer(reply.content)
            except Malformed as wrong:
                why, body = _mended_request(first, reply, str(wrong), attempt)
        raise MalformedAnswer(f"{why}, {ATTEMPTS} times")

    def _ask_anew(self, body: Mapping[str, object]) -> Reply:
        """The answer to a request; one that is kept and says nothing is used only where the server gives no other."""
        reply = self.cache.get(self._name(body))
        if reply is None or not is_empty_answer(reply.content):
            return self._reply(body)
        try:
            return self._ask_and_keep(body)
        except (ExtractorStopped, NoAnswer):
            return reply

    def _reply(self, body: Mapping[str, object]) -> Reply:
        """The answer to a request: the one that is kept, else the server's."""
        return self.cache.get(self._name(body)) or self._ask_and_keep(body)

    def _ask_and_keep(self, body: Mapping[str, object]) -> Reply:
        """The server's answer, kept as soon as it is there."""
        needed, cost = self._reserve(body), 0
        try:
            reply = self._ask_in_turn(body)
            cost = reply.tokens
            self.cache.put(self._name(body), reply)
        except ExtractorStopped as stop:
            self.stop = str(stop)
            raise
        finally:
            with self.counting:  # at once, lest another request takes what is neither reserved nor spent for free
                self.reserved -= needed
                self.spent += cost
        return reply

    def _ask_in_turn(self, body: Mapping[str, object]) -> Reply:
        """The server's answer; all others wait for the first, from which the client learns how to ask."""
        with self.learning:
            if not self.client.settled:
                self._go_on()
                return self._ask_and_count(body)
        return self._ask_and_count(body)

    def _ask_and_count(self, body: Mapping[str, object]) -> Reply:
        """The server's answer, which ends a row of failures; raises NoAnswer where it fails at it."""
        before = self.answers
        try:
            reply = self.client.ask(body)
        except RequestFailed as failure:
            self._count_failure(failure, before)
            raise NoAnswer(str(failure), server=True) from failure
        with self.counting:
            self.failures, self.answers = 0, self.answers + 1
        return reply

    def _name(self, body: Mapping[str, object]) -> str:
        return request_digest(self.client.endpoint.model, VERSION, {**body})

    def _reserve(self, body: Mapping[str, object]) -> int:
        """The tokens of a request; raises ExtractorStopped after a stop, and where they would go over the budget."""
        needed = message_characters(body) // CHARACTERS_A_TOKEN
        with self.counting:
            if not self.stop and self.budget and self.spent + self.reserved + needed > self.budget:
                self.stop = (
                    f"{self.spent} of the budget of {self.budget} tokens are spent; load again with a larger "
                    "--llm-budget (what was answered is kept, and costs nothing)"
                )
            self._go_on()
            self.reserved += needed
        return needed

    def _go_on(self) -> None:
        """Raises ExtractorStopped after a stop."""
        if self.stop:
            raise ExtractorStopped(self.stop)

    def _count_failure(self, failure: RequestFailed, before: int) -> None:
        """Counts a failure of the server; raises ExtractorStopped after so many in a row.

        One beside which others were answered, of whom there were so many `before`, is in no row.
        """
        with self.counting:
            self.failures += self.answers == before
            self.spent += failure.tokens
        if self.failures >= FAILURES_IN_A_ROW:
            raise ExtractorStopped(str(failure))


def _mended_request(
    first: Mapping[str, object], reply: Reply, wrong: str, attempt: int
) -> tuple[str, dict[str, object]]:
    """What is wrong with an answer, and the request that may get a better one."""
    if reply.repeats_itself:
        return "the answer repeats itself without an end", request_with_penalty(first, attempt)
    if reply.is_cut_off:
        return "the answer was cut off for its length", request_with_room(first, attempt)
    return f"the answer is malformed, {wrong}", request_after_malformed(first, wrong, attempt)
