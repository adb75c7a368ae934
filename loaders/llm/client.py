"""Speaks with a chat completions endpoint: bounded in time, size and tries, and never with another host."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from threading import Lock

import httpx

from rejoinder.errors import ExtractorStopped
from rejoinder.loaders.llm.cache import Reply
from rejoinder.loaders.llm.completion import (
    CHARACTERS_A_TOKEN,
    answer_tokens_if_cut_off,
    prompt_tokens_if_shortened,
    reply_of,
    token_count,
)
from rejoinder.loaders.llm.dialect import Dialect
from rejoinder.loaders.llm.endpoint import Endpoint, connection
from rejoinder.loaders.llm.prompt import message_characters, request_with_less_room
from rejoinder.loaders.llm.received import BUSY, NOT_READY, SUCCESS, HttpAnswer, seconds_until
from rejoinder.loaders.llm.troubles import SLOW_TRIES, RequestFailed, ServerTroubles

LARGEST = 4_000_000  # bytes of an answer
PAUSES = (1.0, 2.0, 4.0, 8.0)  # seconds before each further try
LONGEST_WAIT = 120.0  # seconds, whatever a Retry-After says
MOST_HALVINGS = 2  # times that the room for an answer is halved, where request and answer do not fit together


class Client:
    """A connection to one endpoint, which learns how its server wants to be asked."""

    def __init__(self, endpoint: Endpoint, waits: tuple[float, ...] = PAUSES) -> None:
        self.endpoint, self.waits = endpoint, waits
        self.dialect, self.settled, self.learning = Dialect(), False, Lock()
        self.http, self.troubles = connection(endpoint), ServerTroubles(endpoint)

    def close(self) -> None:
        """Hangs up."""
        self.http.close()

    def ask(self, body: Mapping[str, object]) -> Reply:
        """The server's answer; raises RequestFailed for this one alone, ExtractorStopped where none would do better.

        Until a first request succeeds, one that is refused is tried in the other forms that servers are known to want;
        later only without a parameter that was not needed before.
        """
        dialect: Dialect | None = self.dialect
        first: RequestFailed | None = None
        while dialect is not None:
            fitting = self._fitting(dialect.request_as_taken(body))
            if not fitting.is_refused:
                reply = self._reply(fitting, body)
                with self.learning:  # another thread may have learnt something else
                    self.dialect, self.settled = self.dialect.joined_with(dialect), True
                return reply
            message = self.troubles.message_of(fitting)
            refused = RequestFailed(f"{self.endpoint.host} refuses the request ({fitting.status}){message}")
            if fitting.is_too_long:  # that is why, whatever it said of other forms
                raise refused
            first = first or refused
            dialect = dialect.without_refused_parameter(message) if self.settled else dialect.after_refusal(message)
        raise first or RequestFailed("nothing was asked")

    def _fitting(self, body: dict[str, object]) -> HttpAnswer:
        """An answer, with half or a quarter of the room for it where there is not enough in the server's context."""
        http_answer = self._post_patiently(body)
        for times in range(1, MOST_HALVINGS + 1):
            if not http_answer.is_too_long:
                return http_answer
            http_answer = self._post_patiently(request_with_less_room(body, times))
        return http_answer

    def _post_patiently(self, body: Mapping[str, object]) -> HttpAnswer:
        """An answer, after a bounded number of tries where the server is busy, fails or is slow.

        One that is not ready, or busy as many are for the rest of a minute, is tried for as long as an answer may take.
        """
        content = json.dumps(body, ensure_ascii=False).encode("utf-8")
        http_answer = self._post(content)
        slow, deadline = 0, time.monotonic() + self.endpoint.seconds
        for wait in self.waits:
            slow += http_answer.status == 0
            if not http_answer.may_pass or slow > SLOW_TRIES:
                return http_answer
            http_answer = self._retry_after_wait(wait, http_answer, content)
        while http_answer.status in (BUSY, NOT_READY) and time.monotonic() < deadline:
            http_answer = self._retry_after_wait(self.waits[-1], http_answer, content)
        return http_answer

    def _retry_after_wait(self, wait: float, http_answer: HttpAnswer, content: bytes) -> HttpAnswer:
        """What another try gives, after a pause or as long as the server says."""
        pause = wait if http_answer.retry_after is None else max(self.waits[0], http_answer.retry_after)
        time.sleep(min(LONGEST_WAIT, pause))
        return self._post(content)

    def _post(self, content: bytes) -> HttpAnswer:
        deadline = time.monotonic() + self.endpoint.seconds
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        try:
            with self.http.stream("POST", self.endpoint.url, content=content, headers=headers) as answer:
                return HttpAnswer(
                    answer.status_code,
                    self._body(answer, deadline),
                    answer.headers.get("location", ""),
                    seconds_until(answer.headers.get("retry-after", ""), answer.headers.get("date", "")),
                ).with_status_of_error()
        except (httpx.ReadError, httpx.RemoteProtocolError, httpx.TimeoutException) as error:
            if isinstance(error, httpx.ConnectTimeout):
                raise self.troubles.unreachable("no answer") from error
            return HttpAnswer(0)
        except httpx.HTTPError as error:
            raise self.troubles.unreachable(str(error) or type(error).__name__) from error

    def _body(self, answer: httpx.Response, deadline: float) -> bytes:
        """The body as far as time and size allow; raises RequestFailed or a timeout."""
        received = bytearray()
        if answer.headers.get("content-encoding", "identity").casefold() != "identity":
            raise ExtractorStopped(f"{self.endpoint.host} answers in a compressed form, which was not asked for")
        for part in answer.iter_raw():
            received += part
            if len(received) > LARGEST:
                why = f"{self.endpoint.host} answers with more than {LARGEST} bytes"
                raise RequestFailed(why, LARGEST // CHARACTERS_A_TOKEN)
            if time.monotonic() > deadline:
                raise httpx.ReadTimeout("the answer takes too long")
        return bytes(received)

    def _reply(self, http_answer: HttpAnswer, body: Mapping[str, object]) -> Reply:
        """The message in an answer; raises RequestFailed or ExtractorStopped for all that holds none."""
        if http_answer.status != SUCCESS:
            tokens_sent, tries = message_characters(body) // CHARACTERS_A_TOKEN, len(self.waits) + 1
            raise self.troubles.no_success(http_answer, tokens_sent, tries=tries, settled=self.settled)
        completion = http_answer.json()
        if completion is None:
            raise self.troubles.no_json(http_answer.body.lstrip())
        reply = reply_of(completion, body)
        if reply is None:
            usage = completion.get("usage") if isinstance(completion, dict) else None
            raise self.troubles.no_message(completion, http_answer, token_count(usage, body, ""))
        if read := prompt_tokens_if_shortened(completion.get("usage"), body):
            raise RequestFailed(
                f"{self.endpoint.host} read only {read} tokens of a request of {message_characters(body)} characters: "
                "its context is too small",
                reply.tokens,
            )
        if answered := answer_tokens_if_cut_off(reply, completion.get("usage"), body):
            raise RequestFailed(
                f"{self.endpoint.host} cut the answer off after {answered} of {body['max_tokens']} tokens: its context "
                "seems to be full, give it a larger one",
                reply.tokens,
            )
        return reply
