"""`/views`: the named queries with their parameters and text."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from rejoinder.api.answering import answers
from rejoinder.api.service.snapshots import served_snapshot
from rejoinder.graph.queries.views import VIEWS, find_view
from rejoinder.graph.queries.written import as_json

blueprint = Blueprint("views", __name__)


@blueprint.get("/views", strict_slashes=False)
def views() -> Response:
    """All named queries."""
    snapshot, to = served_snapshot(), answers.negotiated_format()
    all_views = [find_view(name) for name in VIEWS]
    if to == "html":
        return answers.answer(render_template("views.html", views=all_views, snapshot=snapshot), to, snapshot)
    listed = [
        {
            "name": view.name,
            "summary": view.summary,
            "parameters": [
                {"name": parameter.name, "default": parameter.default, "help": parameter.help}
                for parameter in view.parameters
            ],
        }
        for view in all_views
    ]
    return answers.answer(as_json({"views": listed}), to, snapshot)


@blueprint.get("/views/<name>")
def named_view(name: str) -> Response:
    """One named query: a page for people, or the text of the query as it runs with its defaults."""
    snapshot, view = served_snapshot(), find_view(name)
    to = answers.negotiated_format()
    body = view.sparql({}) if to == "sparql" else render_template("views.html", views=[view], snapshot=snapshot)
    return answers.answer(body, to, snapshot)
