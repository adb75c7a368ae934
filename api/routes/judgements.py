"""`/judgements`: what people judged, as a page, as rows, or as the lines that load it again."""

from __future__ import annotations

import pyoxigraph as ox
from flask import Blueprint, Response

from rejoinder.api.answering import answers
from rejoinder.api.answering.listings import listing
from rejoinder.api.requests import query_parameters
from rejoinder.api.routes.threads import thread_choices
from rejoinder.api.service.snapshots import served_snapshot, service
from rejoinder.errors import QueryTooLarge
from rejoinder.graph.exports import judgements as lines
from rejoinder.graph.exports import whole_store
from rejoinder.graph.queries.counts import count_rows
from rejoinder.graph.stores.publish import Snapshot
from rejoinder.graph.triples.lookup import holds_quad
from rejoinder.graph.triples.terms import Names, rj
from rejoinder.records import Verdict

VERDICTS = (Verdict.RIGHT, Verdict.WRONG)

blueprint = Blueprint("judgements", __name__)


@blueprint.get("/judgements", strict_slashes=False)
def judgements() -> Response:
    """What people judged, thread by thread."""
    snapshot, to = served_snapshot(), answers.negotiated_format()
    at, thread = query_parameters.page_parameter(to), query_parameters.thread_parameter("thread", snapshot)
    verdict = query_parameters.choice_parameter("verdict", ("", *VERDICTS))
    if to == lines.NAME:
        return _file(snapshot, thread, verdict)
    listed = listing(snapshot, "judgements", {"thread": thread, "verdict": verdict or None}, at)
    if to != "html":
        return listed.data(to)
    context = {"thread": thread, "threads": thread_choices(snapshot), "verdict": verdict, "verdicts": VERDICTS}
    return listed.page("judgements.html", count_rows(snapshot.store, "judgements", listed.values), context)


def _file(snapshot: Snapshot, thread: ox.NamedNode | None, verdict: str) -> Response:
    """The lines of all that fit; raises QueryTooLarge for more bytes than the server allows."""
    key = None if thread is None else Names(snapshot.base).key_of(thread.value)
    fitting = (
        stored_judgement
        for stored_judgement in whole_store.stored_judgements(snapshot.store)
        if key in {None, stored_judgement.thread} and verdict in {"", stored_judgement.verdict}
    )
    body = "".join(map(lines.judgement_line, lines.sort_judgements(fitting))).encode()
    if len(body) > service().settings.result_bytes:
        raise QueryTooLarge(f"the judgements have {len(body):,} bytes; `rejoinder export` has no such limit")
    response = answers.answer(body, lines.NAME, snapshot)
    response.headers["Content-Disposition"] = f'attachment; filename="{lines.NAME}.{lines.EXTENSION}"'
    return response


@blueprint.app_template_global("any_judged")
def any_judged() -> bool:
    """Whether the store holds any judgement."""
    return holds_quad(served_snapshot().store, None, rj("judgedComment"), None)
