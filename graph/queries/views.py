"""The named views: SPARQL files with parameters, their text with values put in, and their rows.

CONTRIBUTING.md (A view) says how such a file is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

import pyoxigraph as ox

from rejoinder.errors import BadParameter, NotFound
from rejoinder.graph.queries.near import did_you_mean
from rejoinder.graph.triples.terms import XSD, decimal

VIEWS = (
    "unanswered",
    "waiting",
    "tally",
    "objections",
    "claims",
    "threads",
    "owed",
    "moves",
    "supports",
    "quotations",
    "reactions",
    "judgements",
    "links",
    "stats",
    "comments",
    "statements",
    "aims",
    "responses",
)

Value: TypeAlias = ox.NamedNode | ox.Literal | str | int | float | tuple[ox.NamedNode | ox.Literal, ...]
Cell: TypeAlias = str | int | float | None
Row: TypeAlias = Mapping[str, Cell]  # by the names of the columns

_DECLARED = re.compile(r"^# @(\w+) (\w+) (\S+) : (.+)$", re.MULTILINE)
_USED = re.compile(r"\$(\w+)")
_MARK = re.compile(r"\s*# \[((?!without\b)\w+(?: or \w+)*)?(?: ?without (\w+(?:, \w+)*))?\]\s*$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a view: its name, type and help, and its default as SPARQL (None: lines with it are left out).

    Types are iri, iris, thread (an IRI), level (U1 to U4), time (xsd:dateTime), decimal, integer, status,
    verdict, kind and words.
    """

    name: str
    type: str
    default: str | None
    help: str


@dataclass(frozen=True, slots=True)
class View:
    """One named query: what it answers (the first line of its header), its parameters, and its text."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    text: str

    def sparql(self, values: Mapping[str, Value]) -> str:
        """The query with these values put in: plain SPARQL 1.1, to be run here or anywhere.

        A line that names a parameter without a value is left out, one that names words is there for each of them.
        `$last` is the number of the last row that is asked for; `$apart` are the words with letters and their marks
        apart (NFD), where that is another form of some of them. Raises BadParameter for a name the view has not.
        """
        defaults = {parameter.name: parameter.default for parameter in self.parameters}
        if strange := sorted(set(values) - set(defaults)):
            raise BadParameter(no_parameter_message(self.name, strange[0], defaults))
        terms = {name: [text] for name, text in defaults.items() if text is not None}
        terms.update({name: _terms(value) for name, value in values.items()})
        if "rows" in terms:
            terms["last"] = [str(sum(int(terms[name][0]) for name in ("rows", "offset") if name in terms))]
        apart = [unicodedata.normalize("NFD", word) for word in terms.get("words", ())]
        terms |= {"apart": apart} if apart != terms.get("words", []) else {}
        lines = (line for line in self.text.splitlines() if not line.startswith("# @"))
        return (
            "\n".join(filled_line for line in _active_lines(lines, terms) for filled_line in _filled_lines(line, terms))
            + "\n"
        )

    def default_sparql(self, most: int) -> str:
        """The query with its defaults, for at most so many rows where it lists any."""
        return self.sparql({"rows": most} if any(parameter.name == "rows" for parameter in self.parameters) else {})


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a view: column names in order, one dict a row, and whether more rows were left."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, Cell], ...]
    truncated: bool


@cache
def find_view(name: str) -> View:
    """The view of that name; raises NotFound."""
    if name not in VIEWS:
        raise NotFound(f"no view {name[:40]!r}{did_you_mean(name, VIEWS) or '.'} There are {', '.join(VIEWS)}")
    return read_query(name)


@cache
def read_query(name: str) -> View:
    """The query of that name, which need not be a view that others may ask."""
    text = files("rejoinder.graph.queries").joinpath(f"{name}.rq").read_text(encoding="utf-8")
    parameters = tuple(
        Parameter(declared, type_, None if default == "-" else default, purpose)
        for declared, type_, default, purpose in _DECLARED.findall(text)
    )
    return View(name, text.splitlines()[0].removeprefix("# "), parameters, text)


def no_parameter_message(name: str, strange: str, parameters: Collection[str]) -> str:
    """What to say of a name that is none of the parameters of a view."""
    near = did_you_mean(strange, parameters) or "."
    return f"the view {name} has no parameter {strange[:40]!r}{near} It has {', '.join(parameters)}"


def view_rows(store: ox.Store, view: View, values: Mapping[str, Value], *, most: int | None = None) -> Rows:
    """The rows of a view, at most `most` of them; whether there are more is told in `truncated`."""
    bounded = values if most is None else {**values, "rows": most + 1}
    rows = select_rows(store, view.sparql(bounded))
    cut = most is not None and len(rows.rows) > most
    return Rows(rows.columns, rows.rows[:most] if cut else rows.rows, cut)


def select_rows(store: ox.Store, query: str) -> Rows:
    """The rows of a SELECT of our own over all graphs; numbers as numbers, everything else as its string."""
    answer = store.query(query, use_default_graph_as_union=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise BadParameter("expected a SELECT query")
    columns = tuple(variable.value for variable in answer.variables)
    return Rows(columns, tuple({name: _cell(solution[name]) for name in columns} for solution in answer), False)


def _active_lines(lines: Iterable[str], parameters: Collection[str]) -> Iterator[str]:
    """The lines, without marks, that are there with these parameters: others go with the groups that they open."""
    within = 0  # braces of a group that is left out
    for line in lines:
        mark = _MARK.search(line)
        if within or (mark and not _mark_holds(mark[1], mark[2], parameters)):
            within += line.count("{") - line.count("}")
        else:
            yield line[: mark.start()] if mark else line


def _mark_holds(wanted: str | None, unwanted: str | None, parameters: Collection[str]) -> bool:
    """True if one of the parameters that a mark wants is given, if it names any, and none that it does not want."""
    has_wanted = wanted is None or not set(parameters).isdisjoint(wanted.split(" or "))
    return has_wanted and (unwanted is None or set(parameters).isdisjoint(unwanted.split(", ")))


def _filled_lines(line: str, terms: Mapping[str, list[str]]) -> list[str]:
    """The line with the values put in: once for each value of those that have several, not at all for none."""
    names = list(dict.fromkeys(_USED.findall(line)))
    if not set(names) <= set(terms):
        return []
    most = max((len(terms[name]) for name in names), default=1)
    return [_substitute(line, {name: terms[name][at % len(terms[name])] for name in names}) for at in range(most)]


def _substitute(line: str, terms: Mapping[str, str]) -> str:
    return _USED.sub(lambda match: terms[match[1]], line)


def _terms(value: Value) -> list[str]:
    """A value as SPARQL writes it, escaped: IRIs as one list, and of words each."""
    if isinstance(value, tuple):
        words = [str(term) for term in value if isinstance(term, ox.Literal)]
        return words or [" ".join(map(str, value))]
    if isinstance(value, bool | int):
        return [str(int(value))]
    if isinstance(value, float):
        return [str(decimal(value))]
    return [str(ox.Literal(value) if isinstance(value, str) else value)]


def _cell(term: object) -> Cell:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        if term.datatype.value == XSD + "integer":
            return int(term.value)
        if term.datatype.value == XSD + "decimal":
            return float(term.value)
    return str(getattr(term, "value", term))
