"""Every setting in one table: name, default, help; read by the command line, the server, the docs and their tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import cache
from ipaddress import ip_address
from typing import Annotated, Any, get_args, get_type_hints
from urllib.parse import urlsplit

from rejoinder.errors import BadParameter

PREFIX = "REJOINDER_"
NEAR_SPELLING = 0.7  # of 1, from which on a name is near another
_HOST = r"(?:\*|(?:\*\.)?[\w.-]+)(?::(?:\d+|\*))?(?:/[\w./~%+-]*)?"
_SOURCE = rf"(?:'self'|[A-Za-z][\w+.-]*:|(?:[A-Za-z][\w+.-]*://)?{_HOST})"  # of Content Security Policy, level 3


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a setting may be, in words and as a test."""

    expected: str
    holds: Callable[[Any], object]


def _whole(least: int, most: int) -> Allowed:
    return Allowed(
        f"a whole number from {least} to {most}", lambda value: value == int(value) and least <= value <= most
    )


def _number(least: float, most: float) -> Allowed:
    return Allowed(f"a number from {least:.15g} to {most:.15g}", lambda value: least <= value <= most)


def _address(text: str) -> bool:
    """True for an http(s) address without user, query and fragment."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    bare = not (parts.query or parts.fragment or parts.username or text.endswith(("?", "#")))
    plain = text.isprintable() and not set(text) & set(' <>"{}|\\^`')
    return parts.scheme in ("http", "https") and bool(host) and port != 0 and bare and plain


def _ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _like(expected: str, pattern: str) -> Allowed:
    return Allowed(expected, re.compile(pattern, re.ASCII).fullmatch)


_TEXT = Allowed("text on one line", str.isprintable)
_FOLDER = Allowed("the name of a folder", lambda text: "\0" not in text)
_SHARE = _number(0, 1)
_SECONDS = _number(0.001, 86_400)
BASE = _like(  # the IRI of a span is that of its comment with a fragment, and an IRI has one at most
    "an IRI that ends in / and has no #, such as https://maps.example/",
    r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20#<>\"{}|\\^`\x7f-\x9f\ud800-\udfff]*/",
)
_EXTRACTOR = _like("one of rules, llm", "rules|llm")
_VARIABLE = _like("the name of an environment variable", "[A-Za-z_][A-Za-z0-9_]*")
_ANCESTORS = _like(
    "*, 'none', or sources such as 'self' or https://news.example, with spaces between",
    rf"'none'|{_SOURCE}(?: +{_SOURCE})*",
)
_PUBLIC = Allowed(
    "an address such as https://maps.example/ without user, query and fragment, or nothing",
    lambda text: not text or _address(text),
)
_PROXY = Allowed("an IP address such as 127.0.0.1, or nothing", lambda text: not text or _ip(text))


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; immutable, passed as an argument, never global.

    Raises BadParameter for a value that a setting may not have.
    """

    base: Annotated[
        str,
        "IRI under which threads, comments, claims and moves are named; fixed by a store's first load",
        BASE,
    ] = "https://rejoinder.example/"
    objection_threshold: Annotated[
        float, "least confidence (0..1) of an objection that is listed as unanswered", _SHARE
    ] = 0.5
    answer_threshold: Annotated[
        float, "least confidence (0..1) of an answer, attack or question that counts against an objection", _SHARE
    ] = 0.3
    open_days: Annotated[
        int,
        "days an objection must have stood before level U5 lists it, before the newest comment in the store",
        _whole(0, 100_000),
    ] = 7
    embeddings: Annotated[str, "folder of a sentence embedding model that a load uses; empty: none", _FOLDER] = ""
    similarity_threshold: Annotated[
        float, "least cosine (0..1) of the embeddings of two claims that are proposed as similar", _SHARE
    ] = 0.8
    jobs: Annotated[
        int,
        "processes that help a large load; 1: it does all by itself, 0: one for each processor, but no more than four",
        _whole(0, 256),
    ] = 0
    query_seconds: Annotated[float, "deadline of a SPARQL query over HTTP, in seconds", _SECONDS] = 30.0
    query_bytes: Annotated[int, "longest SPARQL query accepted over HTTP, in bytes", _whole(1, 1_000_000_000)] = 250_000
    query_depth: Annotated[int, "deepest nesting of brackets in a SPARQL query over HTTP", _whole(1, 50_000)] = 100
    query_patterns: Annotated[
        int,
        "most triple patterns, OPTIONALs, UNIONs and path steps, together, in a SPARQL query over HTTP",
        _whole(1, 1_000_000),
    ] = 96
    result_rows: Annotated[int, "most rows or triples of one SPARQL answer over HTTP", _whole(1, 100_000_000)] = 10_000
    result_bytes: Annotated[int, "largest SPARQL answer or export over HTTP, in bytes", _whole(1, 10**12)] = 50_000_000
    worker_bytes: Annotated[
        int, "memory that a query worker may add to its start size, in bytes", _whole(1, 10**12)
    ] = 1_000_000_000
    workers: Annotated[int, "query worker processes kept ready", _whole(1, 256)] = 2
    client_seconds: Annotated[
        float,
        "query seconds that one client may use at once over HTTP; one comes back each second",
        _number(0.001, 10**9),
    ] = 300.0
    page_rows: Annotated[int, "rows on a page of a listing", _whole(1, 10_000)] = 50
    frame_ancestors: Annotated[
        str,
        "who may frame the pages under /embed: a CSP frame-ancestors list",
        _ANCESTORS,
    ] = "*"
    extractor: Annotated[
        str,
        "what finds claims and moves: rules, or llm (see docs/llm.md)",
        _EXTRACTOR,
    ] = "rules"
    llm_url: Annotated[str, "address under which the model's server has /chat/completions", _TEXT] = ""
    llm_model: Annotated[str, "name of the model, as its server knows it", _TEXT] = ""
    llm_key_variable: Annotated[
        str,
        "name of the environment variable that holds the server's key, if it wants one; the key is nowhere else",
        _VARIABLE,
    ] = "REJOINDER_LLM_KEY"
    llm_budget: Annotated[int, "most tokens that one load may spend on a model; 0 for no limit", _whole(0, 10**15)] = 0
    llm_cache: Annotated[
        str, "folder in which a model's answers are kept; empty for the user's cache folder", _FOLDER
    ] = ""
    llm_seconds: Annotated[float, "how long one answer of a model may take, in seconds", _SECONDS] = 120.0
    llm_answer_tokens: Annotated[
        int, "room for one answer of a model, in tokens; doubled where it is cut off", _whole(1, 10**9)
    ] = 4_000
    llm_parallel: Annotated[int, "most comments that a model is asked about at once", _whole(1, 1_000)] = 1
    traceback: Annotated[str, "not empty: a load stops at a fault of Rejoinder itself and shows where it is", _TEXT] = (
        ""
    )
    public_url: Annotated[
        str,
        "address of the server as others reach it, where a proxy stands before it; with its path, if it has one",
        _PUBLIC,
    ] = ""
    trusted_proxy: Annotated[
        str,
        "address of the proxy whose X-Forwarded-For is believed; empty: none, so that all of its clients are one",
        _PROXY,
    ] = ""

    def __post_init__(self) -> None:
        for setting in settings_table():
            value = getattr(self, setting.name)
            if not setting.allowed.holds(value):
                raise BadParameter(_refusal(setting, value))


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: its name, its type, its default, what it does and what it may be."""

    name: str
    type: type
    default: str | int | float
    help: str
    allowed: Allowed


@cache
def settings_table() -> tuple[Setting, ...]:
    """All settings in the order they are declared."""
    hints = get_type_hints(Settings, include_extras=True)
    declared = {name: get_args(hint) for name, hint in hints.items()}
    defaults: dict[str, Any] = {field.name: field.default for field in fields(Settings)}
    return tuple(Setting(name, type_, defaults[name], *rest) for name, (type_, *rest) in declared.items())


def from_environment(environment: Mapping[str, str]) -> Settings:
    """The settings with every REJOINDER_<NAME> that is set; raises BadParameter for a value that is out of range.

    >>> from_environment({"REJOINDER_PAGE_ROWS": "20"}).page_rows
    20
    """
    texts = {setting: environment.get(PREFIX + setting.name.upper()) for setting in settings_table()}
    return replace(
        Settings(), **{setting.name: _value(setting, text) for setting, text in texts.items() if text is not None}
    )


def unknown_variables(environment: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence for each REJOINDER_<NAME> that is no setting, with the nearest one there is.

    >>> unknown_variables({"REJOINDER_PUBLIC_URI": "https://maps.example/"})
    ('REJOINDER_PUBLIC_URI: there is no such setting; did you mean REJOINDER_PUBLIC_URL?',)
    """
    known_names = ["STORE", *(setting.name.upper() for setting in settings_table())]
    accepted = {*known_names, from_environment(environment).llm_key_variable.removeprefix(PREFIX)}
    names = sorted(variable.removeprefix(PREFIX) for variable in environment if variable.startswith(PREFIX))
    return tuple(_strange(name, known_names) for name in names if name not in accepted)


def _strange(name: str, known_names: list[str]) -> str:
    near = [f"; did you mean {PREFIX}{close}?" for close in get_close_matches(name, known_names, 1, NEAR_SPELLING)]
    return f"{PREFIX}{name}: there is no such setting{''.join(near)}"


def _value(setting: Setting, text: str) -> Any:
    """The text as the setting's type; raises BadParameter for no number."""
    try:
        return setting.type(text)
    except ValueError:
        raise BadParameter(_refusal(setting, text)) from None


def _refusal(setting: Setting, value: object) -> str:
    return f"{PREFIX}{setting.name.upper()}: expected {setting.allowed.expected}, got {str(value)[:60]!r}"
