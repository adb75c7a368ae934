"""What is raised where a server gives no message: it names the server and what may mend it, and never the key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from rejoinder.errors import ExtractorStopped
from rejoinder.loaders.llm.endpoint import Endpoint
from rejoinder.loaders.llm.received import BUSY, FORBIDDEN, NOT_READY, HttpAnswer

REFUSED_KEY = frozenset({401, FORBIDDEN})
SLOW_TRIES = 1  # further tries where no answer came in time


class RequestFailed(Exception):
    """One request that this server cannot answer, though it may answer others; says why, and the tokens it cost."""

    def __init__(self, why: str, tokens: int = 0) -> None:
        super().__init__(why)
        self.tokens = tokens


@dataclass(frozen=True, slots=True)
class ServerTroubles:
    """What one server does instead of answering with a message."""

    endpoint: Endpoint

    def no_json(self, begins: bytes) -> ExtractorStopped:
        """What to raise for a success that is not JSON."""
        if begins.startswith((b"data:", b"event:")):
            return self.stop_error("answers with a stream of events, expected one JSON object, as `stream` is not set")
        received = "HTML" if begins[:1] == b"<" else "something else"
        return self.stop_error(f"answers with {received}, expected JSON: does --llm-url end in /v1?")

    def no_message(self, completion: Any, answer: HttpAnswer, tokens: int) -> Exception:
        """What to raise for a success without a message, which cost so many tokens."""
        members = completion if isinstance(completion, dict) else {}
        if isinstance(members.get("choices"), list):
            return RequestFailed(f"{self.endpoint.host} answers without a message", tokens)
        if members.get("error"):
            return RequestFailed(f"{self.endpoint.host} answers with an error{self.message_of(answer)}", tokens)
        return self.stop_error(f"does not answer as chat completions do{self.message_of(answer)}: is --llm-url right?")

    def no_success(self, answer: HttpAnswer, tokens_sent: int, *, tries: int, settled: bool) -> Exception:
        """What to raise for an answer that is no success to a request of so many tokens."""
        host = self.endpoint.host
        if answer.status == FORBIDDEN and settled:  # the key was good: some refuse so what a comment says
            return RequestFailed(f"{host} refuses this request ({answer.status}){self.message_of(answer)}")
        if answer.status in REFUSED_KEY:
            where = self.endpoint.key_variable or "the environment"
            return self.stop_error(f"refuses the key ({answer.status}): set {where} to one that may use this model")
        if 300 <= answer.status < 400:
            return self.stop_error(f"redirects to {_host(answer.location)}, which is not followed: correct --llm-url")
        if answer.status == BUSY:
            return self.stop_error(f"is too busy, or its quota is spent ({BUSY}){self.message_of(answer)}: go on later")
        if answer.status == 0:
            slow = f"gave no whole answer (within {self.endpoint.seconds:g} s), {SLOW_TRIES + 1} times"
            why = f"{host} {slow}: REJOINDER_LLM_SECONDS gives it longer"
            return RequestFailed(why, (SLOW_TRIES + 1) * tokens_sent)  # it has read them, whether or not it was heard
        if answer.status == NOT_READY:
            return self.stop_error(f"is not ready ({NOT_READY}){self.message_of(answer)}: go on later")
        if answer.status >= 500:
            return RequestFailed(f"{host} failed {tries} times ({answer.status}){self.message_of(answer)}")
        return self.stop_error(
            f"answers {answer.status}{self.message_of(answer)}: are --llm-url and --llm-model right?"
        )

    def stop_error(self, trouble: str) -> ExtractorStopped:
        """What to raise where the server is to be asked no more."""
        return ExtractorStopped(f"{self.endpoint.host} {trouble}")

    def unreachable(self, why: str) -> ExtractorStopped:
        """What to raise where no connection comes about."""
        hint = "is the server running, and is --llm-url right?"
        if "CERTIFICATE" in why:
            hint = "SSL_CERT_FILE may name a file of certificates to trust"
        return self.stop_error(f"cannot be reached ({_clean(why)}): {hint}")

    def message_of(self, answer: HttpAnswer) -> str:
        """What the server says of a failure, made harmless: one short line, without the key."""
        error = answer.error()
        text = error.get("message") if isinstance(error, dict) else error
        if not isinstance(text, str) or not text.strip():
            return ""
        if self.endpoint.key:
            text = text.replace(self.endpoint.key, "(key)")
        return f": {_clean(text)}"


def _host(location: str) -> str:
    """The host that a redirect leads to: the rest of its address may hold anything."""
    try:
        return _clean(httpx.URL(location).netloc.decode("ascii")) or "another path"
    except (httpx.InvalidURL, ValueError):
        return "nowhere"


def _clean(text: str) -> str:
    """One line of at most 160 characters without controls."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))[:160]
