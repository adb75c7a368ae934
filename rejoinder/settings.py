"""Every setting in one table: name, default, help; read by the command line, the server, the docs and their tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Annotated, get_args, get_type_hints

from rejoinder.errors import BadParameter

PREFIX = "REJOINDER_"
FROM_ZERO = {"open_days": 1e5, "llm_budget": 1e15}  # settings that may be 0, with their highest value


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; immutable, passed as an argument, never global."""

    base: Annotated[
        str, "IRI under which threads, comments, claims and moves are named; fixed by a store's first load"
    ] = "https://rejoinder.example/"
    objection_threshold: Annotated[float, "least confidence (0..1) of an objection that is listed as unanswered"] = 0.5
    answer_threshold: Annotated[
        float, "least confidence (0..1) of an answer, attack or question that counts against an objection"
    ] = 0.3
    open_days: Annotated[
        int, "days an objection must have stood before level U5 lists it, before the newest comment in the store"
    ] = 7
    embeddings: Annotated[str, "folder of a sentence embedding model that a load uses; empty: none"] = ""
    similarity_threshold: Annotated[
        float, "least cosine (0..1) of the embeddings of two claims that are proposed as similar"
    ] = 0.8
    query_seconds: Annotated[float, "deadline of a SPARQL query over HTTP, in seconds"] = 30.0
    query_bytes: Annotated[int, "longest SPARQL query accepted over HTTP, in bytes"] = 250_000
    query_depth: Annotated[int, "deepest nesting of brackets in a SPARQL query over HTTP"] = 100
    query_patterns: Annotated[
        int, "most triple patterns, OPTIONALs, UNIONs and path steps, together, in a SPARQL query over HTTP"
    ] = 64
    result_rows: Annotated[int, "most rows or triples of one SPARQL answer over HTTP"] = 10_000
    result_bytes: Annotated[int, "largest SPARQL answer or export over HTTP, in bytes"] = 50_000_000
    worker_bytes: Annotated[int, "memory that a query worker may add to its start size, in bytes"] = 1_000_000_000
    workers: Annotated[int, "query worker processes kept ready"] = 2
    client_seconds: Annotated[
        float, "query seconds that one client may use at once over HTTP; one comes back each second"
    ] = 300.0
    page_rows: Annotated[int, "rows on a page of a listing"] = 50
    frame_ancestors: Annotated[str, "who may frame the pages under /embed: a CSP frame-ancestors list"] = "*"
    extractor: Annotated[str, "what finds claims and moves: rules, or llm (see docs/llm.md)"] = "rules"
    llm_url: Annotated[str, "address under which the model's server has /chat/completions"] = ""
    llm_model: Annotated[str, "name of the model, as its server knows it"] = ""
    llm_key_variable: Annotated[
        str, "name of the environment variable that holds the server's key, if it wants one; the key is nowhere else"
    ] = "REJOINDER_LLM_KEY"
    llm_budget: Annotated[int, "most tokens that one load may spend on a model; 0 for no limit"] = 0
    llm_cache: Annotated[str, "folder in which a model's answers are kept; empty for the user's cache folder"] = ""
    llm_seconds: Annotated[float, "how long one answer of a model may take, in seconds"] = 120.0
    llm_answer_tokens: Annotated[int, "room for one answer of a model, in tokens; doubled where it is cut off"] = 4_000
    llm_parallel: Annotated[int, "most comments that a model is asked about at once"] = 1
    traceback: Annotated[str, "not empty: a load stops at a fault of Rejoinder itself and shows where it is"] = ""
    public_url: Annotated[str, "address of the server as others reach it, where a proxy stands before it"] = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: its name, its type, its default and what it does."""

    name: str
    type: type
    default: str | int | float
    help: str


def table() -> tuple[Setting, ...]:
    """All settings in the order they are declared."""
    hints, defaults = get_type_hints(Settings, include_extras=True), asdict(Settings())
    declared = {name: get_args(hint) for name, hint in hints.items()}
    return tuple(Setting(name, type_, defaults[name], purpose) for name, (type_, purpose) in declared.items())


def from_environment(environment: Mapping[str, str]) -> Settings:
    """The settings with every REJOINDER_<NAME> that is set; raises BadParameter for a value that is out of range.

    >>> from_environment({"REJOINDER_PAGE_ROWS": "20"}).page_rows
    20
    """
    found: dict[str, str | int | float] = {}
    for one in table():
        text = environment.get(PREFIX + one.name.upper())
        if text is None:
            continue
        found[one.name] = _value(one, text)
    return replace(Settings(), **found)  # type: ignore[arg-type]


def _value(one: Setting, text: str) -> str | int | float:
    """The setting's value; thresholds lie between 0 and 1, FROM_ZERO from 0 upwards, all other numbers above 0."""
    lowest, highest = (0.0, 1.0) if one.name.endswith("_threshold") else (1e-3, 1e15)
    if one.name in FROM_ZERO:
        lowest, highest = 0.0, FROM_ZERO[one.name]
    try:
        value: str | int | float = one.type(text)
    except ValueError:
        value = float("nan")
    if isinstance(value, str) or lowest <= value <= highest:
        return value
    span = "from 0 to 1" if highest == 1 else "of 0 or more" if lowest == 0 else "above 0"
    kind = "a whole number" if one.type is int else "a number"
    raise BadParameter(f"{PREFIX}{one.name.upper()}: expected {kind} {span}, got {text[:40]!r}")
