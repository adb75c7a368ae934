"""`/embed/claims/<id>`: a claim in little, to stand in an iframe on another site."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from rejoinder.api.answering import answers
from rejoinder.api.requests import query_parameters
from rejoinder.api.routes.claim import surroundings
from rejoinder.api.service.snapshots import served_snapshot, service
from rejoinder.api.showing.claim_page import EMBEDDED_DEPTH, claim_page

THEMES = ("auto", "light", "dark")

blueprint = Blueprint("embed", __name__)


@blueprint.get("/embed/claims/<name>")
def embed(name: str) -> Response:
    """A claim, what stands against it and what was answered; no control in it changes anything."""
    snapshot, theme = served_snapshot(), query_parameters.choice_parameter("theme", THEMES)
    answers.settle_format("html")
    around = surroundings(snapshot, name, depth=EMBEDDED_DEPTH)
    page = claim_page(snapshot, around, service().settings.objection_threshold)
    html = render_template("embed.html", shown=page, theme=theme, snapshot=snapshot)
    return answers.answer(html, "html", snapshot)
