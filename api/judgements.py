"""`/judgements`: what people judged, as a page, as rows, or as the lines that load it again."""

from __future__ import annotations

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from rejoinder.api import answers, asked
from rejoinder.api.pages import pages
from rejoinder.api.snapshots import served, service
from rejoinder.api.threads import choices
from rejoinder.errors import QueryTooLarge
from rejoinder.graph.exports import judgements as lines
from rejoinder.graph.exports import whole
from rejoinder.graph.queries.counts import counted
from rejoinder.graph.queries.views import Value, rows, view
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.lookup import holds
from rejoinder.graph.triples.terms import Names, rj
from rejoinder.records import Verdict

VERDICTS = (Verdict.RIGHT, Verdict.WRONG)

blueprint = Blueprint("judgements", __name__)


@blueprint.get("/judgements", strict_slashes=False)
def judgements() -> Response:
    """What people judged, thread by thread."""
    snapshot, to = served(), answers.chosen("html", "json", "csv", named=(lines.NAME,))
    at, query = asked.page(to), view("judgements")
    thread, verdict = asked.thread_named("thread", snapshot), asked.one_of("verdict", ("", *VERDICTS))
    if to == lines.NAME:
        return _file(snapshot, thread, verdict)
    filters: dict[str, Value | None] = {"thread": thread, "verdict": verdict or None}
    values = {name: value for name, value in filters.items() if value is not None}
    found = rows(snapshot.store, query, {**values, "offset": at.offset}, most=at.size)
    if to != "html":
        return answers.listing(found, to, at, snapshot)
    html = render_template(
        "judgements.html",
        found=found,
        at=at,
        pages=pages(at, found.truncated, counted(snapshot.store, "judgements", values)),
        thread=thread,
        threads=choices(snapshot),
        verdict=verdict,
        verdicts=VERDICTS,
        snapshot=snapshot,
        sparql=query.sparql(values),
    )
    return answers.continued(answers.answer(html, to, snapshot), at, found.truncated)


def _file(snapshot: Snapshot, thread: ox.NamedNode | None, verdict: str) -> Response:
    """The lines of all that fit; raises QueryTooLarge for more bytes than the server allows."""
    key = None if thread is None else Names(snapshot.base).key_of(thread.value)
    fitting = (
        one for one in whole.judged(snapshot.store) if key in {None, one.thread} and verdict in {"", one.verdict}
    )
    body = "".join(map(lines.line, lines.in_order(fitting))).encode()
    if len(body) > service().settings.result_bytes:
        raise QueryTooLarge(f"the judgements have {len(body):,} bytes; `rejoinder export` has no such limit")
    response = answers.answer(body, lines.NAME, snapshot)
    response.headers["Content-Disposition"] = f'attachment; filename="{lines.NAME}.{lines.EXTENSION}"'
    return response


@blueprint.app_template_global("any_judged")
def any_judged() -> bool:
    """Whether the store holds any judgement."""
    return holds(served().store, None, rj("judgedComment"), None)
