"""A real server process that speaks chat completions as scripted: it answers by simple rules, or misbehaves.

`python tests/llm_server.py SCRIPT` (JSON) prints its port and serves until it is killed. GET / tells what it was
asked. The script: `first`, a list of behaviours for the first requests, one each; `then`, the behaviour ever after;
`forms`, the response formats it takes; `bare`, whether it refuses a schema beside a JSON object;
`refuses`, parameters it refuses; `refusal`, the status of what it refuses;
`usage`, whether it counts tokens; `key`, the key it wants; `loading`, how often it is still loading;
`penalty`, from which it no longer repeats itself; `gather`, how many requests should wait at once; `context`, how many
tokens it has room for, the request and what may be answered together if it is `strict`, else an answer ends where the
room does; `shortens`, whether it cuts what is too long for it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

SENTENCE = re.compile(r"[^\s>][^.?!\n]*[.?!]?")
AGAINST = re.compile(r"\b(not|never|no|nobody|but)\b", re.IGNORECASE)
FOR_EVER = 600  # seconds, longer than any test waits
AGREEING = re.compile(r"\b(agree|right|fair)\b")


@dataclass(frozen=True)
class Model:
    """A running server: its base address, and its process."""

    url: str
    process: subprocess.Popen[str]

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The bodies of all requests so far."""
        return list(httpx.get(self.url.removesuffix("/v1"), trust_env=False, timeout=60).json())

    @property
    def most(self) -> int:
        """The most requests that it was asked at once."""
        return int(httpx.get(self.url.removesuffix("v1") + "most", trust_env=False, timeout=60).json())

    @property
    def data(self) -> list[dict[str, Any]]:
        """What each request was about."""
        return [asked(request) for request in self.requests]


@contextmanager
def model(**script: Any) -> Iterator[Model]:
    """Serve in another process until the block ends."""
    command = [sys.executable, "-W", "error", __file__, json.dumps(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Model(f"http://127.0.0.1:{int(process.stdout.readline())}/v1", process)
        finally:
            process.kill()


def asked(body: dict[str, Any]) -> dict[str, Any]:
    """The data object in a request's first message of the user."""
    text = body["messages"][1]["content"]
    found: dict[str, Any] = json.JSONDecoder().raw_decode(text[text.index("{") :])[0]
    return found


def prompt_tokens(body: dict[str, Any]) -> int:
    """The tokens of a request, roughly."""
    return sum(len(one["content"]) for one in body["messages"]) // 4


def good(data: dict[str, Any]) -> dict[str, Any]:
    """Each sentence is a claim; a word decides what it does to the claim that shares most words.

    In a dump, what begins with "We" is somebody else's.

    As models do, it copies words with straight quotation marks, and joins lines.
    """
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", data["comment"]["text"]).translate(str.maketrans("“”", '""'))
    own = [match[0].strip() for match in SENTENCE.finditer(text) if not text[: match.start()].endswith("> ")]
    moves = []
    for number, words in enumerate(own, 1):
        said = re.findall(r"[a-z']+", words.casefold())
        if number > 1 and "because" in said:
            moves.append(move("Support", words, "own 1", "because"))
        elif target := nearest(said, data):
            kind, cue = act(words, data, target)
            moves.append(move(kind, words, target, cue))
    return {
        "claims": [{"words": one, "quoted": "before" in data and one[:3] == "We "} for one in own],
        "moves": [one for one in moves if one["kind"]],
    }


def act(words: str, data: dict[str, Any], target: str) -> tuple[str, str]:
    """The kind of a move and the word that shows it; no kind where no word does."""
    does = [one["does"] for one in data["claims"] if str(one["number"]) == target]
    objected = bool(does) and bool({"Rebuttal", "Objection", "Counter"} & {*does[0]})
    if match := AGREEING.search(words):
        return ("Concession" if objected else "Support"), match[0]
    if match := AGAINST.search(words):
        return ("Counter" if objected else "Rebuttal"), match[0]
    return ("Question", "?") if words.endswith("?") else ("", "")


def nearest(said: list[str], data: dict[str, Any]) -> str:
    """The number of the offered claim that shares most words, else the comment replied to, if there is one.

    What its writer said before is only taken back.
    """
    own = {f"earlier {one['number']}" for one in data.get("earlier", ()) if one["why"] == "is the writer's own"}
    shares = [
        (len({*said} & {*re.findall(r"[a-z']+", one["text"].casefold())}), -one["number"])
        for one in data["claims"]
        if one["in"] not in own or "right" in said
    ]
    if shares and max(shares)[0] > 1:
        return str(-max(shares)[1])
    return "comment" if data["parent"] else ""


def move(kind: str, words: str, target: object, cue: str = "", confidence: object = 0.8) -> dict[str, object]:
    """One move of an answer."""
    return {"kind": kind, "words": words, "target": target, "cue": cue, "confidence": confidence}


def invented(data: dict[str, Any]) -> dict[str, Any]:
    """A good answer among inventions: each of them must be left out, and nothing else."""
    found, words = good(data), data["comment"]["text"].splitlines()[-1]
    found["claims"].append({"words": "Nobody ever wrote this sentence.", "quoted": False})
    found["moves"] += [
        move("Rebuttal", "Nor this one.", "comment"),
        move("Delete", words, "comment"),
        move("Rebuttal", words, "99"),
        move("Rebuttal", words, "own 1"),
        move("Support", words, "comment", confidence="certain"),
    ]
    return found


def obedient(data: dict[str, Any]) -> dict[str, Any]:
    """Does whatever a comment says after `SYSTEM:`, as a model that is taken in would."""
    order = re.search(r"SYSTEM: (\{.*\})", data["comment"]["text"])
    return json.loads(order[1]) if order else good(data)


def bold(data: dict[str, Any]) -> dict[str, Any]:
    """Good, but surer than anybody may be."""
    found = good(data)
    for one in found["moves"]:
        one["confidence"] = 1e9
    return found


def empty(data: dict[str, Any]) -> dict[str, Any]:
    """Claims nothing, does nothing; it has the right form."""
    return {"claims": [], "moves": []}


CONTENTS = {"good": good, "empty": empty, "invented": invented, "obedient": obedient, "bold": bold}


def upper(match: re.Match[str]) -> str:
    """What was found, in upper case."""
    return match[0].upper()


class Handler(BaseHTTPRequestHandler):
    """Answers as the script says."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        self.send(200, json.dumps(STATE.most if self.path == "/most" else STATE.bodies))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        STATE.bodies.append(body)
        STATE.paths.append(self.path)
        refusal = self.refusal(body) or self.overflow(body)
        if refusal:
            self.error(*refusal)
            return
        first, STATE.first = STATE.first[:1], STATE.first[1:]
        behaviour = first[0] if first else STATE.then
        getattr(self, behaviour.replace(" ", "_"), lambda asked: self.content(behaviour, asked))(body)

    def refusal(self, body: dict[str, Any]) -> tuple[int, str] | None:
        """What this server takes no request with."""
        if STATE.key and self.headers.get("Authorization") != f"Bearer {STATE.key}":
            return 401, f"Incorrect key: {self.headers.get('Authorization')}"
        for name in STATE.refuses:
            if name in body:
                return STATE.refusal, f"Unsupported parameter: '{name}'"
        asked_for = body.get("response_format", {})
        form = asked_for.get("type", "text")
        if "schema" in asked_for and STATE.bare:
            return STATE.refusal, "1 validation error: response_format.schema: extra inputs are not permitted"
        return None if form in STATE.forms else (STATE.refusal, f"1 validation error: response_format: not {form}")

    def overflow(self, body: dict[str, Any]) -> tuple[int, str] | None:
        """What is said, by vLLM if it is strict and else by llama.cpp, of a request that is too long."""
        long = prompt_tokens(body)
        if STATE.context and STATE.strict and long + body["max_tokens"] > STATE.context:
            return 400, f"This model's maximum context length is {STATE.context} tokens. However, you requested more."
        if STATE.context and long > STATE.context and not STATE.shortens:
            return 400, f"request ({long} tokens) exceeds the available context size ({STATE.context} tokens)"
        return None

    def content(self, behaviour: str, body: dict[str, Any]) -> None:
        """A message with what a behaviour makes of the comment."""
        self.message(body, json.dumps(CONTENTS[behaviour](asked(body)), ensure_ascii=False))

    def message(self, body: dict[str, Any], content: Any, finish: str = "stop", **more: object) -> None:
        whole: dict[str, Any] = {
            "object": "chat.completion",
            "model": body["model"],
            "choices": [
                {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **more}}
            ],
        }
        if STATE.usage:
            answered = body.get("max_tokens", 50) if finish == "length" else 50
            whole["usage"] = {"prompt_tokens": 300, "completion_tokens": answered, "total_tokens": 300 + answered}
        if STATE.shortens:
            long = prompt_tokens(body)
            whole["usage"] = {"prompt_tokens": long if long <= STATE.context else STATE.context // 2 + 2}
        elif STATE.context:
            room, long = STATE.context - prompt_tokens(body), len(content) // 4
            if long > min(room, body["max_tokens"]):
                whole["choices"][0]["finish_reason"] = "length"
                whole["choices"][0]["message"]["content"] = content[: room * 4]
            answered = min(room, long, body["max_tokens"])
            whole["usage"] = {"prompt_tokens": prompt_tokens(body), "completion_tokens": answered}
        self.send(200, json.dumps(whole, ensure_ascii=False))

    def error(self, status: int, message: str, **headers: str) -> None:
        self.send(status, json.dumps({"error": {"message": message, "code": status}}), **headers)

    def send(self, status: int, text: str, kind: str = "application/json", **headers: str) -> None:
        content = text.encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def fenced(self, body: dict[str, Any]) -> None:
        made = json.dumps(good(asked(body)))
        self.message(body, f"<think>Is it {{one}}?</think>Here you are:\n```json\n{made}\n```")

    def half_thought(self, body: dict[str, Any]) -> None:
        """As a model whose template has opened its thoughts: they hold a draft, and only their end is marked."""
        made = json.dumps(good(asked(body)))
        self.message(body, f'A draft: {{"claims": [], "moves": []}}</think>\n\n{made}\nIs {{that}} well?')

    def apart(self, body: dict[str, Any]) -> None:
        """Thoughts and text apart, as a list, and a field of its own."""
        made = json.dumps(good(asked(body)))
        thought = {"type": "thinking", "thinking": [{"type": "text", "text": "Well."}]}
        self.message(body, [thought, {"type": "text", "text": made}], reasoning_content="Well.")

    def capitals(self, body: dict[str, Any]) -> None:
        """Names and kinds in upper case, as where no schema holds a model to their case."""
        made = json.dumps(good(asked(body)))
        self.message(body, re.sub(r'"\w+":', upper, re.sub(r'("kind": )"\w+"', upper, made)))

    def prose(self, body: dict[str, Any]) -> None:
        self.message(body, "I think that the comment is quite right.")

    def wrong_shape(self, body: dict[str, Any]) -> None:
        self.message(body, '{"claims": "none", "moves": []}')

    def deep(self, body: dict[str, Any]) -> None:
        self.message(body, '{"claims": ' + "[" * 200_000 + "]" * 200_000 + "}")

    def cut(self, body: dict[str, Any]) -> None:
        """Runs out of room below 1000 tokens."""
        if body["max_tokens"] < 1000:
            self.message(body, '{"claims": [{"wor', finish="length")
        else:
            self.content("good", body)

    def loops(self, body: dict[str, Any]) -> None:
        """Gives one claim for ever, as small models do at temperature 0, unless repetition is penalised."""
        if body.get("presence_penalty", 0) >= STATE.penalty:
            self.content("good", body)
        else:
            one = json.dumps({"words": asked(body)["comment"]["text"][:60], "quoted": False})
            self.message(body, '{"claims": [' + f"{one}, " * (body["max_tokens"] // 25), finish="length")

    def counts(self, body: dict[str, Any]) -> None:
        """The same, but that a number changes each time."""
        if body.get("presence_penalty", 0) >= STATE.penalty:
            self.content("good", body)
        else:
            one = json.dumps(move("Rebuttal", asked(body)["comment"]["text"][:60], "1"))
            many = (one.replace("0.8", f"0.{number}") for number in range(body["max_tokens"] // 40))
            self.message(body, '{"claims": [], "moves": [' + ", ".join(many), finish="length")

    def refuses(self, body: dict[str, Any]) -> None:
        self.message(body, "", refusal="I cannot help with that.")

    def busy(self, _: dict[str, Any]) -> None:
        self.error(429, "slow down", Retry_After="0")

    def fails(self, _: dict[str, Any]) -> None:
        self.error(500, "out of memory")

    def routed_busy(self, _: dict[str, Any]) -> None:
        """As a router that passes on what went wrong behind it: its own status is 200."""
        self.send(200, json.dumps({"error": {"message": "Provider is busy", "code": 429}}))

    def routed_failure(self, body: dict[str, Any]) -> None:
        """The same, where the answer had begun."""
        error = {"message": "Provider went away", "code": 502}
        message = {"role": "assistant", "content": '{"claims": ['}
        self.send(200, json.dumps({"choices": [{"finish_reason": "error", "message": message, "error": error}]}))

    def worded_busy(self, _: dict[str, Any]) -> None:
        """As routers and proxies that say the status as text, or by its name."""
        self.within(code="429")

    def named_busy(self, _: dict[str, Any]) -> None:
        self.within(code="rate_limit_exceeded", type="tokens")

    def busy_by_status(self, _: dict[str, Any]) -> None:
        self.within(code=None, status="RESOURCE_EXHAUSTED")

    def failure_by_type(self, _: dict[str, Any]) -> None:
        self.within(code=True, type="server_error")

    def unnamed_error(self, _: dict[str, Any]) -> None:
        self.within(code="E17", type="gateway")

    def plain_error(self, _: dict[str, Any]) -> None:
        self.send(200, json.dumps({"error": "Something went wrong"}))

    def within(self, **error: object) -> None:
        """A success with an error in it."""
        self.send(200, json.dumps({"error": {"message": "Something went wrong", **error}}))

    def routed_refusal(self, _: dict[str, Any]) -> None:
        self.send(200, json.dumps({"error": {"message": "This text is too much for me", "code": 400}}))

    def routed_bill(self, _: dict[str, Any]) -> None:
        self.send(200, json.dumps({"error": {"message": "No credits are left", "code": 402}}))

    def forbids(self, _: dict[str, Any]) -> None:
        self.error(403, "The text was flagged")

    def no_choices(self, body: dict[str, Any]) -> None:
        self.send(200, json.dumps({"choices": [], "usage": {"prompt_tokens": 300, "completion_tokens": 0}}))

    def no_message(self, body: dict[str, Any]) -> None:
        self.send(200, json.dumps({"choices": [{"message": None, "finish_reason": "stop"}]}))

    def streams(self, _: dict[str, Any]) -> None:
        self.send(200, 'data: {"choices": [{"delta": {"content": "{"}}]}\n\ndata: [DONE]\n\n', kind="text/event-stream")

    def stuck(self, body: dict[str, Any]) -> None:
        """Hangs at comments that say so, as a model does that thinks about some without an end."""
        if "stuck" in asked(body)["comment"]["text"]:
            time.sleep(FOR_EVER)
        self.content("good", body)

    def hangs(self, _: dict[str, Any]) -> None:
        """Never answers."""
        time.sleep(FOR_EVER)

    def gathers(self, body: dict[str, Any]) -> None:
        """Takes a while, and longer until as many requests wait as should; counts them."""
        STATE.waiting += 1
        STATE.most = max(STATE.most, STATE.waiting)
        time.sleep(0.4)
        for _ in range(200):
            if STATE.most >= STATE.gather:
                break
            time.sleep(0.05)
        STATE.waiting -= 1
        self.content("good", body)

    def loading(self, _: dict[str, Any]) -> None:
        """As llama.cpp answers while it loads its model."""
        STATE.loading -= 1
        if STATE.loading == 0:
            STATE.then = "good"
        self.error(503, "Loading model")

    def slow(self, body: dict[str, Any]) -> None:
        time.sleep(1.5)
        self.content("good", body)

    def drips(self, _: dict[str, Any]) -> None:
        """Sends a byte now and then, so that no single read takes long."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _turn in range(1000):
            self.wfile.write(b" ")
            time.sleep(0.05)

    def breaks_off(self, _: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"choices"')
        self.close_connection = True

    def squeezed(self, _: dict[str, Any]) -> None:
        self.send(200, "a bomb would stand here", Content_Encoding="gzip")

    def html(self, _: dict[str, Any]) -> None:
        self.send(200, "<!doctype html><title>Welcome</title>", kind="text/html")

    def other_json(self, _: dict[str, Any]) -> None:
        self.send(200, '{"status": "ok"}')

    def huge(self, _: dict[str, Any]) -> None:
        self.send(200, '{"choices": "' + "x" * 5_000_000 + '"}')

    def no_model(self, _: dict[str, Any]) -> None:
        self.error(404, "model not found")

    def too_long(self, _: dict[str, Any]) -> None:
        self.error(400, "the request exceeds the available context size")

    def redirect(self, _: dict[str, Any]) -> None:
        self.send(307, "", Location="http://elsewhere.example/v1/chat/completions")


class Server(ThreadingHTTPServer):
    """Lives on when a client hangs up."""

    def handle_error(self, *_: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            raise


@dataclass
class State:
    """The script, and what was asked so far."""

    first: list[str] = field(default_factory=list)
    then: str = "good"
    forms: list[str] = field(default_factory=lambda: ["json_schema", "json_object", "text"])
    bare: bool = False
    refuses: list[str] = field(default_factory=list)
    refusal: int = 400
    usage: bool = True
    key: str = ""
    loading: int = 0
    penalty: int = 1
    context: int = 0
    strict: bool = False
    shortens: bool = False
    gather: int = 1
    waiting: int = 0
    most: int = 0
    bodies: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


STATE = State()

if __name__ == "__main__":
    STATE = State(**json.loads(sys.argv[1]))
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
