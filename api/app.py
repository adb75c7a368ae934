"""The Flask application: its blueprints, its service, its errors and its headers."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from werkzeug.routing import PathConverter

from rejoinder.api.answering import errors, headers
from rejoinder.api.answering.prefix import BelowPublicPath
from rejoinder.api.requests import parameters
from rejoinder.api.routes import (
    claim,
    claims,
    embed,
    health,
    home,
    judgements,
    judging,
    metrics,
    names,
    oembed,
    openapi,
    sparql,
    threads,
    unanswered,
    views,
    vocabulary,
)
from rejoinder.api.service import charging
from rejoinder.api.service.snapshots import JUDGING, Service
from rejoinder.api.showing import templating
from rejoinder.api.showing.absence import Absent
from rejoinder.settings import Settings

BLUEPRINTS = (
    health.blueprint,
    metrics.blueprint,
    sparql.blueprint,
    templating.blueprint,
    judging.blueprint,
    judgements.blueprint,
    parameters.blueprint,
    home.blueprint,
    views.blueprint,
    threads.blueprint,
    names.blueprint,
    claims.blueprint,
    claim.blueprint,
    unanswered.blueprint,
    embed.blueprint,
    oembed.blueprint,
    openapi.blueprint,
    vocabulary.blueprint,
)


class AnyPath(PathConverter):
    """Whatever an id may hold; werkzeug's own ends at a line end."""

    regex = r"[^/][\s\S]*?"


def create_app(folder: Path, settings: Settings, judging: str = JUDGING) -> Flask:
    """The server of the store in `folder`; `app.extensions["rejoinder"]` is its Service.

    Pages tell `judging`, the command that carries judgements out in that store.

    Nothing need be loaded yet: data routes then answer 503, and the first publish is picked up.
    """
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static")
    # A percent-encoded query is at most three times as long; the dataset and other parameters come on top.
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = 3 * settings.query_bytes + 100_000
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_options = {**app.jinja_options, "autoescape": True, "undefined": Absent}
    app.extensions["rejoinder"] = Service(folder, settings, judging)
    errors.register(app)
    headers.register(app, settings)
    metrics.register(app)
    charging.register(app)
    app.url_map.converters["path"] = AnyPath
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.wsgi_app = BelowPublicPath(app.wsgi_app, settings.public_url)  # type: ignore[method-assign]
    return app
