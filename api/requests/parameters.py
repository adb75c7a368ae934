"""The parameters of every route in one table: it tells what is none; docs/http.md and /openapi.json are made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice

from flask import Blueprint, request

from rejoinder.errors import BadParameter


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a route: its name, its default and its meaning as Markdown, and its JSON Schema."""

    name: str
    default: str
    meaning: str
    schema: Mapping[str, object] = field(default_factory=lambda: {"type": "string"})
    required: bool = False


@dataclass(frozen=True, slots=True)
class UnknownParameter:
    """A name that is no parameter of the route, and the parameter that may have been meant; empty if none is near."""

    name: str
    near: str

    def __str__(self) -> str:
        hint = f"; did you mean {self.near}?" if self.near else "."
        return f"{self.name[:40]}: there is no such parameter here{hint} Known here are {', '.join(parameter_names())}"


def integer_schema(least: int, most: int) -> Mapping[str, object]:
    """The schema of a whole number within these bounds."""
    return {"type": "integer", "minimum": least, "maximum": most}


def enum_schema(*words: str) -> Mapping[str, object]:
    """The schema of one of these words."""
    return {"type": "string", "enum": list(words)}


PAGE, DEPTH, PIXELS = integer_schema(1, 100_000), integer_schema(0, 6), integer_schema(1, 999_999_999)
LIST_PARAMETERS = (
    Parameter("page", "1", "which page, from 1", PAGE),
    Parameter("rows", "50 for `html`, else 10,000", "rows a page", {"type": "integer", "minimum": 1}),
)
AROUND_PARAMETERS = (
    Parameter("depth", "2", "how many moves away from the claim to go, 0 to 6", DEPTH),
    Parameter("limit", "100", "most nodes, 1 to 1000", integer_schema(1, 1000)),
)
THREAD = Parameter("thread", "", "only this thread")

# The path as Flask has it, without the names of what is between < and >.
ROUTES: dict[str, tuple[Parameter, ...]] = {
    "/": (),
    "/unanswered": (
        Parameter(
            "level",
            "`U2`",
            "what counts as unanswered, `U1` to `U5`; [docs/unanswered.md](unanswered.md) defines them",
            enum_schema("U1", "U2", "U3", "U4", "U5"),
        ),
        THREAD,
        Parameter("author", "", "only objections raised by this author"),
        Parameter("owed", "", "only objections that this author owes an answer to"),
        Parameter(
            "source",
            "`any`",
            "only objections that were found in `comments`, or only those that argument `maps` state",
            enum_schema("any", "comments", "maps"),
        ),
        Parameter(
            "since",
            "",
            "only objections of comments written on this day or later, such as `2025-03-01`; or at a time",
        ),
        Parameter(
            "confidence",
            "0.5",
            "least confidence of the objection, 0 to 1",
            {"type": "number", "minimum": 0, "maximum": 1},
        ),
        *LIST_PARAMETERS,
    ),
    "/claims": (
        Parameter(
            "q", "", 'only claims whose text holds each of these words, in any case; `"words in quotes"` stand together'
        ),
        THREAD,
        Parameter("author", "", "only claims of this author"),
        *LIST_PARAMETERS,
    ),
    "/claims/<>": (
        Parameter("depth", "2 (3 for `html` and `svg`)", AROUND_PARAMETERS[0].meaning, DEPTH),
        AROUND_PARAMETERS[1],
    ),
    "/claims/<>/explanation": (),
    "/claims/<>/neighbourhood": AROUND_PARAMETERS,
    "/threads": LIST_PARAMETERS,
    "/threads/<>": (
        Parameter("page", "1", "which 200 comments (`html` only)", PAGE),
        Parameter("comment", "", "only the comment of this id, with all that it does (`html` only)"),
        Parameter(
            "highlight", "", "words to be highlighted, as `ID:START-END`: a comment and characters in it (`html` only)"
        ),
        Parameter(
            "premises",
            "`outward`",
            "in `aif` and `xaif`, whether edges lead from a premise to its scheme (`outward`) or back (`inward`)",
            enum_schema("outward", "inward"),
        ),
    ),
    "/judgements": (
        THREAD,
        Parameter(
            "verdict",
            "",
            "only what was judged `right`, or only what was judged `wrong`",
            enum_schema("right", "wrong"),
        ),
        *LIST_PARAMETERS,
    ),
    "/views": (),
    "/views/<>": (),
    "/ns": (),
    "/shapes": (),
    "/embed/claims/<>": (
        Parameter(
            "theme",
            "`auto`",
            "`light`, `dark`, or what the reader's system prefers",
            enum_schema("auto", "light", "dark"),
        ),
        *AROUND_PARAMETERS,
    ),
    "/oembed": (
        Parameter(
            "url",
            "",
            "the address of the page of a claim on this server",
            {"type": "string", "minLength": 1},
            required=True,
        ),
        Parameter("maxwidth", "640", "most pixels that the frame may be wide", PIXELS),
        Parameter("maxheight", "", "most pixels that it may be high", PIXELS),
    ),
}
OPEN_ROUTES = {"/oembed"}  # may be asked with parameters of the asker's own, as its specification has it
COMMON_PARAMETER = "format"
MOST_UNKNOWN = 10  # strange names that are told of
# What others add to links to follow their readers, or to get past caches; it names nothing here, and breaks nothing.
TRACKERS = re.compile(
    r"_.*|(?:utm|mtm|pk|piwik|matomo|hsa|mc|oly|vero|wt)_.*|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|ttclid"
    r"|[gw]braid|gad_source|igsh(?:id)?|srsltid|li_fat_id|mkt_tok|ref|ref_src|ref_url|share|cmpid|trk|si|epik|amp|\d*"
)
# What the same thing is called elsewhere.
OTHER_NAMES = {"limit": "rows", "offset": "page", "min": "confidence", "search": "q", "query": "q", "words": "q"}

blueprint = Blueprint("parameters", __name__)


@blueprint.app_template_global("known")
def parameter_names() -> tuple[str, ...]:
    """The names of the parameters of the route that is asked."""
    return (*(parameter.name for parameter in ROUTES.get(route(), ())), COMMON_PARAMETER)


def is_parameter(name: str) -> bool:
    """Whether the route that is asked has a parameter of that name; True where the table has not the route."""
    return route() not in ROUTES or name in parameter_names()


@blueprint.app_template_global("strange")
def unknown_parameters() -> tuple[UnknownParameter, ...]:
    """The first MOST_UNKNOWN names in the query string that the route has not, none of TRACKERS, each once."""
    names = (name for name in request.args if not is_parameter(name) and not TRACKERS.fullmatch(name.lower()))
    return tuple(UnknownParameter(name, _near_parameter(name.lower())) for name in islice(names, MOST_UNKNOWN))


def check_parameters(to: str) -> None:
    """Raise BadParameter for a parameter that clashes with itself, and in data for one that this route has not.

    A page says the latter above its content, for a link may have been lengthened by others.
    """
    for name in filter(is_parameter, request.args):
        if len(values := list(dict.fromkeys(request.args.getlist(name)))) > 1:
            message = f"{name}: expected one value, got {len(values)}: {', '.join(values)[:80]!r}"
            raise BadParameter(message, parameter=name)
    if to != "html" and route() not in OPEN_ROUTES and (unknown := unknown_parameters()):
        raise BadParameter(str(unknown[0]))


def parameter_table(path: str) -> Iterator[str]:
    """A table in Markdown of the parameters of a route."""
    yield "| parameter | default | meaning |\n|---|---|---|"
    for parameter in ROUTES[path]:
        yield f"| `{parameter.name}` | {parameter.default} | {parameter.meaning} |"


def route() -> str:
    """The path of the route that is asked, as ROUTES has it; empty where there is no such route."""
    return route_of(request.url_rule.rule) if request.url_rule else ""


def route_of(rule: str) -> str:
    """What ROUTES calls a route that Flask knows by this rule.

    >>> route_of("/threads/<path:name>")
    '/threads/<>'
    """
    return re.sub(r"<[^>]*>", "<>", rule)


def _near_parameter(name: str) -> str:
    names = parameter_names()
    also = OTHER_NAMES.get(name, "")
    return also if also in names else next(iter(get_close_matches(name, names, 1)), "")
