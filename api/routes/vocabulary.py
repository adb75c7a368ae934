"""`/ns` and `/shapes`: the terms that answers are made of, and the rules that loads are checked by, of this version."""

from __future__ import annotations

from flask import Blueprint, Response, request

from rejoinder.api.answering import answers
from rejoinder.api.requests import parameters
from rejoinder.api.requests.formats import FORMATS
from rejoinder.graph.queries.written import as_json
from rejoinder.ontology import ONTOLOGY, SHAPES
from rejoinder.ontology.documents import ontology_json_ld

blueprint = Blueprint("vocabulary", __name__)


@blueprint.get("/ns", strict_slashes=False)
def ontology() -> Response:
    """The ontology: every term with its label, definition and example."""
    to = _wanted_format()
    return _answer(ONTOLOGY.read_text(encoding="utf-8") if to == "turtle" else as_json(ontology_json_ld()), to)


@blueprint.get("/shapes", strict_slashes=False)
def shapes() -> Response:
    """The SHACL shapes that each load is checked by."""
    to = _wanted_format()
    return _answer(SHAPES.read_text(encoding="utf-8"), to)


def _wanted_format() -> str:
    to = answers.requested_format()
    parameters.check_parameters(to)
    return to


def _answer(body: str, to: str) -> Response:
    """A response that may be kept and revalidated; it depends on no store, so it is there while nothing is loaded."""
    response = Response(body, mimetype=FORMATS[to])
    response.add_etag()
    response.make_conditional(request)
    return response
