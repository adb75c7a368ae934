"""Speaks with a chat completions endpoint: bounded in time, size and tries, and never with another host."""

from __future__ import annotations

import ipaddress
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any

import httpx

from rejoinder.errors import BadParameter, ExtractorStopped
from rejoinder.loaders.llm.cache import Reply
from rejoinder.loaders.llm.dialect import Dialect
from rejoinder.loaders.llm.prompt import characters, narrowed

LARGEST = 4_000_000  # bytes of an answer
WAITS = (1.0, 2.0, 4.0, 8.0)  # seconds before each further try
LONGEST_WAIT = 120.0  # seconds, whatever a Retry-After says
SLOW_TRIES = 1  # further tries where no answer came in time
SUCCESS = 200
BUSY = 429
NOT_READY = 503  # a model that is still being loaded; large ones take minutes
FORBIDDEN = 403
REFUSED_KEY = frozenset({401, FORBIDDEN})
NOT_TAKEN = frozenset({400, 413, 415, 422, 501})
STATUSES = {  # by what servers and routers call them
    "invalid_request_error": 400,
    "invalid_argument": 400,
    "context_length_exceeded": 400,
    "invalid_api_key": 401,
    "authentication_error": 401,
    "unauthenticated": 401,
    "insufficient_credits": 402,
    "permission_error": FORBIDDEN,
    "permission_denied": FORBIDDEN,
    "not_found": 404,
    "not_found_error": 404,
    "model_not_found": 404,
    "rate_limit_exceeded": BUSY,
    "rate_limit_error": BUSY,
    "too_many_requests": BUSY,
    "insufficient_quota": BUSY,
    "resource_exhausted": BUSY,
    "internal": 500,
    "internal_error": 500,
    "internal_server_error": 500,
    "server_error": 500,
    "api_error": 500,
    "overloaded": NOT_READY,
    "overloaded_error": NOT_READY,
    "service_unavailable": NOT_READY,
    "unavailable": NOT_READY,
    "timeout": 504,
    "deadline_exceeded": 504,
}
CROWDED = re.compile(rb"context[ _-]?(length|size|window)", re.IGNORECASE)  # in a refusal: all of it is too long
HALVED = 2  # times that the room for an answer is halved, where request and answer do not fit together
SHORTENED, LONGEST_TOKENS = 1_000, 7  # from so many tokens, of so many characters on average, a request was cut
CHARACTERS_A_TOKEN = 4  # where a server does not count itself


class Failed(Exception):
    """One request that this server cannot answer, though it may answer others; says why, and the tokens it cost."""

    def __init__(self, why: str, tokens: int = 0) -> None:
        super().__init__(why)
        self.tokens = tokens


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server and its model; the key is never shown, and `key_variable` is the environment variable it came from."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    key_variable: str = ""
    seconds: float = 120.0

    @property
    def host(self) -> str:
        """Host and port, for messages."""
        return httpx.URL(self.url).netloc.decode("ascii")


@dataclass(frozen=True, slots=True)
class Received:
    """An answer over HTTP; status 0 is none in time."""

    status: int
    body: bytes = b""
    location: str = ""
    retry_after: float | None = None

    @property
    def refused(self) -> bool:
        """True for a request that the server does not take as it is; some say so as if they had failed."""
        said = b"response_format" in self.body or CROWDED.search(self.body) is not None
        return self.status in NOT_TAKEN or (self.status >= 500 and said)

    @property
    def crowded(self) -> bool:
        """True for a request that is refused since it, or it with the room for its answer, is too long."""
        return self.refused and CROWDED.search(self.body) is not None

    @property
    def passing(self) -> bool:
        """True for what another try may mend."""
        return not self.refused and (self.status in (0, BUSY) or self.status >= 500)

    def named(self) -> Received:
        """With the status that its error has: routers answer with 200, and say inside what went wrong behind them."""
        status = _status(self.error()) if self.status == SUCCESS and b'"error"' in self.body else 0
        return replace(self, status=status) if status else self

    def error(self) -> Any:
        """What its JSON says of an error, of the whole or of the first choice; None where it says nothing."""
        whole = self.json()
        if not isinstance(whole, dict):
            return None
        choices = whole.get("choices")
        first = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
        found = (whole.get("error"), whole.get("message"), whole.get("detail"), first.get("error"))
        return next((one for one in found if one), None)

    def json(self) -> Any:
        """The body as JSON, None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


def _status(error: object) -> int:
    """The status that an error says it has, as a number, in digits or by a name; 0 where it says none that is known.

    >>> _status({"code": "429"}), _status({"code": None, "type": "server_error"}), _status({"code": 7}), _status("no")
    (429, 500, 0, 0)
    """
    said = [error.get(name) for name in ("code", "status", "type")] if isinstance(error, dict) else []
    names = [str(one).strip().casefold() for one in said]
    found = [STATUSES.get(one, int(one) if re.fullmatch("[45][0-9][0-9]", one) else 0) for one in names]
    return next((one for one in found if one), 0)


def endpoint_url(written: str) -> str:
    """The address of chat completions under a base such as `http://localhost:8080/v1`; raises BadParameter.

    >>> endpoint_url("http://localhost:8080/v1/")
    'http://localhost:8080/v1/chat/completions'
    """
    try:
        url = httpx.URL(written)
    except (httpx.InvalidURL, ValueError) as error:
        raise BadParameter("--llm-url: expected an address such as http://localhost:8080/v1") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise BadParameter("--llm-url: expected an address such as http://localhost:8080/v1")
    if url.userinfo or url.query or url.fragment:  # not repeated in the message: it may hold a secret
        raise BadParameter("--llm-url: expected no user, password, query or fragment; a key belongs in the environment")
    return written.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"


class Client:
    """A connection to one endpoint, which learns how its server wants to be asked."""

    def __init__(self, endpoint: Endpoint, waits: tuple[float, ...] = WAITS) -> None:
        self.endpoint, self.waits = endpoint, waits
        self.dialect, self.settled, self.learning = Dialect(), False, Lock()
        self.http = _connection(endpoint)

    def close(self) -> None:
        """Hangs up."""
        self.http.close()

    def ask(self, body: Mapping[str, object]) -> Reply:
        """The server's answer; raises Failed for this request alone, ExtractorStopped where no other would do better.

        Until a first request succeeds, one that is refused is tried in the other forms that servers are known to want;
        later only without a parameter that was not needed before.
        """
        dialect: Dialect | None = self.dialect
        first: Failed | None = None
        while dialect is not None:
            got = self._fitting(dialect.spoken(body))
            if not got.refused:
                reply = self._reply(got, body)
                with self.learning:  # another thread may have learnt something else
                    self.dialect, self.settled = self.dialect.joined(dialect), True
                return reply
            said = self._said(got)
            first = first or Failed(f"{self.endpoint.host} refuses the request ({got.status}){said}")
            dialect = None if got.crowded else dialect.lacking(said) if self.settled else dialect.other(said)
        raise first or Failed("nothing was asked")

    def _fitting(self, body: dict[str, object]) -> Received:
        """An answer, with half or a quarter of the room for it where there is not enough in the server's context."""
        got = self._patiently(body)
        for times in range(1, HALVED + 1):
            if not got.crowded:
                return got
            got = self._patiently(narrowed(body, times))
        return got

    def _patiently(self, body: Mapping[str, object]) -> Received:
        """An answer, after a bounded number of tries where the server is busy, fails or is slow.

        One that is not ready, or busy as many are for the rest of a minute, is tried for as long as an answer may take.
        """
        content = json.dumps(body, ensure_ascii=False).encode("utf-8")
        got = self._post(content)
        slow, until = 0, time.monotonic() + self.endpoint.seconds
        for wait in self.waits:
            slow += got.status == 0
            if not got.passing or slow > SLOW_TRIES:
                return got
            got = self._after(wait, got, content)
        while got.status in (BUSY, NOT_READY) and time.monotonic() < until:
            got = self._after(self.waits[-1], got, content)
        return got

    def _after(self, wait: float, got: Received, content: bytes) -> Received:
        """What another try gives, after a pause or as long as the server says."""
        pause = wait if got.retry_after is None else max(self.waits[0], got.retry_after)
        time.sleep(min(LONGEST_WAIT, pause))
        return self._post(content)

    def _post(self, content: bytes) -> Received:
        deadline = time.monotonic() + self.endpoint.seconds
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        try:
            with self.http.stream("POST", self.endpoint.url, content=content, headers=headers) as answer:
                return Received(
                    answer.status_code,
                    self._body(answer, deadline),
                    answer.headers.get("location", ""),
                    _seconds(answer.headers.get("retry-after", ""), answer.headers.get("date", "")),
                ).named()
        except (httpx.ReadError, httpx.RemoteProtocolError, httpx.TimeoutException) as error:
            if isinstance(error, httpx.ConnectTimeout):
                raise self._unreachable("no answer") from error
            return Received(0)
        except httpx.HTTPError as error:
            raise self._unreachable(str(error) or type(error).__name__) from error

    def _body(self, answer: httpx.Response, deadline: float) -> bytes:
        """The body as far as time and size allow; raises Failed or a timeout."""
        found = bytearray()
        if answer.headers.get("content-encoding", "identity").casefold() != "identity":
            raise ExtractorStopped(f"{self.endpoint.host} answers in a compressed form, which was not asked for")
        for part in answer.iter_raw():
            found += part
            if len(found) > LARGEST:
                why = f"{self.endpoint.host} answers with more than {LARGEST} bytes"
                raise Failed(why, LARGEST // CHARACTERS_A_TOKEN)
            if time.monotonic() > deadline:
                raise httpx.ReadTimeout("the answer takes too long")
        return bytes(found)

    def _reply(self, got: Received, body: Mapping[str, object]) -> Reply:
        """The message in an answer; raises Failed or ExtractorStopped for all that holds none."""
        if got.status != SUCCESS:
            raise self._trouble(got, characters(body) // CHARACTERS_A_TOKEN)
        whole = got.json()
        if whole is None:
            raise self._no_json(got.body.lstrip())
        reply = reply_of(whole, body)
        if reply is None:
            raise self._without(whole, got, _tokens(whole.get("usage") if isinstance(whole, dict) else None, body, ""))
        if read := _shortened(whole.get("usage"), body):
            raise Failed(
                f"{self.endpoint.host} read only {read} tokens of a request of {characters(body)} characters: "
                "its context is too small",
                reply.tokens,
            )
        if full := _full(reply, whole.get("usage"), body):
            raise Failed(
                f"{self.endpoint.host} cut the answer off after {full} of {body['max_tokens']} tokens: its context "
                "seems to be full, give it a larger one",
                reply.tokens,
            )
        return reply

    def _no_json(self, begins: bytes) -> ExtractorStopped:
        """What to raise for a success that is not JSON."""
        if begins.startswith((b"data:", b"event:")):
            return self._stopped("answers with a stream of events, expected one JSON object, as `stream` is not set")
        what = "HTML" if begins[:1] == b"<" else "something else"
        return self._stopped(f"answers with {what}, expected JSON: does --llm-url end in /v1?")

    def _without(self, whole: Any, got: Received, tokens: int) -> Exception:
        """What to raise for a success without a message, which cost so many tokens."""
        members = whole if isinstance(whole, dict) else {}
        if isinstance(members.get("choices"), list):
            return Failed(f"{self.endpoint.host} answers without a message", tokens)
        if members.get("error"):
            return Failed(f"{self.endpoint.host} answers with an error{self._said(got)}", tokens)
        return self._stopped(f"does not answer as chat completions do{self._said(got)}: is --llm-url right?")

    def _trouble(self, got: Received, asked: int) -> Exception:
        """What to raise for an answer that is no success to a request of so many tokens."""
        host, tries = self.endpoint.host, len(self.waits) + 1
        if got.status == FORBIDDEN and self.settled:  # the key was good: some refuse so what a comment says
            return Failed(f"{host} refuses this request ({got.status}){self._said(got)}")
        if got.status in REFUSED_KEY:
            where = self.endpoint.key_variable or "the environment"
            return self._stopped(f"refuses the key ({got.status}): set {where} to one that may use this model")
        if 300 <= got.status < 400:
            return self._stopped(f"redirects to {_host(got.location)}, which is not followed: correct --llm-url")
        if got.status == BUSY:
            return self._stopped(f"is too busy, or its quota is spent ({BUSY}){self._said(got)}: go on later")
        if got.status == 0:
            slow = f"gave no whole answer (within {self.endpoint.seconds:g} s), {SLOW_TRIES + 1} times"
            why = f"{host} {slow}: REJOINDER_LLM_SECONDS gives it longer"
            return Failed(why, (SLOW_TRIES + 1) * asked)  # it has read them, whether or not it was heard
        if got.status == NOT_READY:
            return self._stopped(f"is not ready ({NOT_READY}){self._said(got)}: go on later")
        if got.status >= 500:
            return Failed(f"{host} failed {tries} times ({got.status}){self._said(got)}")
        return self._stopped(f"answers {got.status}{self._said(got)}: are --llm-url and --llm-model right?")

    def _stopped(self, what: str) -> ExtractorStopped:
        return ExtractorStopped(f"{self.endpoint.host} {what}")

    def _unreachable(self, why: str) -> ExtractorStopped:
        hint = "is the server running, and is --llm-url right?"
        if "CERTIFICATE" in why:
            hint = "SSL_CERT_FILE may name a file of certificates to trust"
        return self._stopped(f"cannot be reached ({_clean(why)}): {hint}")

    def _said(self, got: Received) -> str:
        """What the server says of a failure, made harmless: one short line, without the key."""
        error = got.error()
        text = error.get("message") if isinstance(error, dict) else error
        if not isinstance(text, str) or not text.strip():
            return ""
        if self.endpoint.key:
            text = text.replace(self.endpoint.key, "(key)")
        return f": {_clean(text)}"


def reply_of(whole: Any, body: Mapping[str, object]) -> Reply | None:
    """The first message of a chat completion, None where there is none."""
    try:
        choice = whole["choices"][0]
        message = choice["message"]
        content = _text(message.get("content"))
        finish, refusal = choice.get("finish_reason"), message.get("refusal")
    except (AttributeError, IndexError, KeyError, TypeError):
        return None
    if content is None:
        return None
    refused = bool(refusal) or finish == "content_filter"
    return Reply(content, str(finish or ""), refused, _tokens(whole.get("usage"), body, content))


def _text(content: Any) -> str | None:
    """The text of a message, whole or in parts, without what the model thinks; None where it has no such form."""
    if isinstance(content, list):
        parts = [one.get("text") for one in content if isinstance(one, dict) and one.get("type") == "text"]
        return "".join(one for one in parts if isinstance(one, str))
    return content if isinstance(content, str) else None if content else ""


def _shortened(usage: Any, body: Mapping[str, object]) -> int:
    """The tokens of a request by the server's count, where that cannot be the whole of it; else 0."""
    read = _count(usage.get("prompt_tokens") if isinstance(usage, dict) else None)
    return read if read >= SHORTENED and read * LONGEST_TOKENS < characters(body) else 0


def _full(reply: Reply, usage: Any, body: Mapping[str, object]) -> int:
    """The tokens of an answer that was cut off before it used up its room, without repeating itself; else 0."""
    answered, most = _count(usage.get("completion_tokens") if isinstance(usage, dict) else None), body["max_tokens"]
    assert isinstance(most, int)  # set by `request`
    return answered if reply.cut and not reply.loops and answered < most else 0


def _tokens(usage: Any, body: Mapping[str, object], content: str) -> int:
    """The tokens that a request and its answer cost: by the server's count, where it gives none by their characters.

    A total may hold more than its parts, such as what a model thinks before it answers.
    """
    counts = usage if isinstance(usage, dict) else {}
    asked, answered, total = (_count(counts.get(f"{part}_tokens")) for part in ("prompt", "completion", "total"))
    if not (total or (asked and answered)):
        asked = asked or characters(body) // CHARACTERS_A_TOKEN
        answered = answered or len(content) // CHARACTERS_A_TOKEN
    return max(total, asked + answered)


def _count(value: object) -> int:
    """A count of tokens; 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _host(location: str) -> str:
    """The host that a redirect leads to: the rest of its address may hold anything."""
    try:
        return _clean(httpx.URL(location).netloc.decode("ascii")) or "another path"
    except (httpx.InvalidURL, ValueError):
        return "nowhere"


def _seconds(text: str, date: str) -> float | None:
    """The seconds of a Retry-After, or to it where it is a date, of an answer of that date; None where it is neither.

    >>> _seconds("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:30 GMT")
    7.0
    >>> _seconds("3", ""), _seconds("Mon, 02 Jan 1995 08:49:37 GMT", ""), _seconds("1 Jan 99999999999 08:49:37", "")
    (3.0, 0.0, None)
    """
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", text.strip()):
        return float(text)
    until, now = _moment(text), _moment(date) or datetime.now(UTC)
    return None if until is None else max(0.0, (until - now).total_seconds())


def _moment(text: str) -> datetime | None:
    """A date of a header, None for anything else."""
    try:
        return parsedate_to_datetime(text).replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return None


def _clean(text: str) -> str:
    """One line of at most 160 characters without controls."""
    return "".join(one if one.isprintable() else " " for one in " ".join(text.split()))[:160]


def _connection(endpoint: Endpoint) -> httpx.Client:
    """A connection that follows no redirect; raises BadParameter where the environment names no proxy that will do."""
    try:
        trusted = httpx.create_ssl_context()  # SSL_CERT_FILE counts for this machine too
    except OSError as error:
        raise BadParameter("expected SSL_CERT_FILE or SSL_CERT_DIR to name certificates in PEM") from error
    try:
        return httpx.Client(
            headers={"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {},
            verify=trusted,
            timeout=endpoint.seconds,
            limits=httpx.Limits(max_connections=None),  # whoever asks limits them
            trust_env=not _is_local(httpx.URL(endpoint.url).host),  # a local model is never asked through a proxy
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:  # not repeated: a proxy's address may hold a password
        raise BadParameter("expected HTTP_PROXY, HTTPS_PROXY and ALL_PROXY to be as http://host:port") from error


def _is_local(host: str) -> bool:
    """True for this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
