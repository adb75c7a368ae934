"""The form of the SPARQL endpoint for people: a query, and below it what came of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from string import Template
from typing import NamedTuple

from flask import Response, render_template

from rejoinder.api.service.snapshots import service
from rejoinder.graph.queries.views import VIEWS, find_view
from rejoinder.graph.sparql.guard import Form
from rejoinder.graph.sparql.protocol import Answer

LEAST_LINES, MOST_LINES = 6, 14  # of the field, so that a short query leaves its answer in sight
JSON_RESULTS = "application/sparql-results+json"
EXAMPLE = Template("""PREFIX rj: <https://w3id.org/rejoinder/ns#>
PREFIX sioc: <http://rdfs.org/sioc/ns#>
# The objections that nobody has addressed and that are sure enough to count, the most pressing first
SELECT ?claim ?text ?author ?status ?rank WHERE {
  ?objection rj:unansweredAt rj:U2 ; rj:status ?status ; rj:rank ?rank ; rj:source ?claim ; rj:confidence ?sure .
  FILTER(?sure >= $least)
  FILTER NOT EXISTS { ?objection rj:repeats/rj:unansweredAt rj:U2 }
  ?claim rj:text ?text .
  OPTIONAL { ?objection rj:raisedBy/sioc:name ?author }
}
ORDER BY DESC(?rank)
LIMIT 20
""")


_MARKED = re.compile(r"(.*)\n  (.*)\n  ( *)\^", re.DOTALL)
_WORD = re.compile(r"\w+|.|$")


class Place(NamedTuple):
    """The line of a query in which a mistake is: what stands before it, its first word, what stands behind that."""

    before: str
    at: str
    behind: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands below the form: nothing, a refusal with advice, a truth value, a graph as Turtle, or a table.

    Above it stands what the query asks for and is `unknown`.
    """

    title: str = ""
    detail: str = ""
    advice: str = ""
    boolean: bool | None = None
    turtle: str | None = None
    names: tuple[str, ...] | None = None
    table: tuple[tuple[dict[str, str] | None, ...], ...] = ()
    truncated: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[str, Place | None]:
        """Why there is no answer, and where; a mark below the line would stray where a narrow screen breaks that.

        >>> Outcome(detail="line 1, column 5: expected {\\n  ASK }\\n      ^").refused
        ('line 1, column 5: expected {', Place(before='ASK ', at='}', behind=''))
        """
        match = _MARKED.fullmatch(self.detail)
        if match is None:
            return self.detail, None
        words, line, indent = match.groups()
        word_match = _WORD.search(line, len(indent))
        end = word_match.end() if word_match else len(line)
        return words, Place(line[: len(indent)], line[len(indent) : end], line[end:])


NOTHING = Outcome()


def page(query: str, outcome: Outcome = NOTHING, status: int = 200) -> Response:
    """The form with the query in it, and the outcome below."""
    html = render_template(
        "sparql.html",
        query=query,
        outcome=outcome,
        named=[find_view(name) for name in VIEWS] if outcome == NOTHING else (),
        lines=min(max(LEAST_LINES, query.count("\n") + 1), MOST_LINES),
        status=status,
        rows=service().settings.result_rows,
        seconds=service().settings.query_seconds,
        formats={"HTML": "text/html", "JSON": JSON_RESULTS, "CSV": "text/csv", "Turtle": "text/turtle"},
    )
    return Response(html, status, mimetype="text/html")


def example() -> str:
    """The query to begin with, which finds what the worklist shows."""
    return EXAMPLE.substitute(least=service().settings.objection_threshold)


def outcome_of(answer: Answer, form: Form) -> Outcome:
    """What an answer in JSON or Turtle shows below the form."""
    if form.kind not in ("SELECT", "ASK"):
        return Outcome(turtle=answer.body.decode(), truncated=answer.truncated)
    document = json.loads(answer.body)
    if form.kind == "ASK":
        return Outcome(boolean=document["boolean"])
    names = tuple(document["head"]["vars"])
    table = tuple(tuple(row.get(name) for name in names) for row in document["results"]["bindings"])
    return Outcome(names=names, table=table, truncated=answer.truncated)
