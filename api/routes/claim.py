"""`/claims/<id>`, its explanation and its neighbourhood: one claim, or move, with all that bears on it."""

from __future__ import annotations

import re

from flask import Blueprint, Response, render_template

from rejoinder.api.answering import answers
from rejoinder.api.requests import query_parameters
from rejoinder.api.service.snapshots import served_snapshot, service
from rejoinder.api.showing.claim_page import claim_page, id_of
from rejoinder.api.showing.layout import draw
from rejoinder.errors import Missing, NotFound
from rejoinder.graph.explanations.explain import explain, explanation_document, move_whys
from rejoinder.graph.maps import documents
from rejoinder.graph.maps.neighbourhood import MOST_NODES, neighbourhood
from rejoinder.graph.maps.nodes import Neighbourhood
from rejoinder.graph.queries.claims import ClaimIds, claim_iri
from rejoinder.graph.queries.written import as_json
from rejoinder.graph.stores.publish import Snapshot

DEPTH, LIMIT, DEEPEST = 2, 100, 6
PAGE_DEPTH = 3  # a page shows a claim, the objections to it, their answers, and the answers to those

blueprint = Blueprint("claim", __name__)


@blueprint.get("/claims/<name>", strict_slashes=False)
def claim(name: str) -> Response:
    """One claim (or move) and all that bears on it."""
    snapshot, to = served_snapshot(), answers.negotiated_format()
    around = surroundings(snapshot, name, depth=PAGE_DEPTH if to in {"html", "svg"} else DEPTH)
    if to != "html":
        return _data(snapshot, around, to)
    moves = move_whys(snapshot, [node.iri for node in around.nodes if node.method])
    page = claim_page(snapshot, around, service().settings.objection_threshold)
    html = render_template("claim.html", shown=page, whys=moves, snapshot=snapshot)
    return answers.answer(html, to, snapshot)


@blueprint.get("/claims/<name>/explanation")
def explanation(name: str) -> Response:
    """Why a claim or a move is in the map, and why it stands as it does."""
    snapshot, to = served_snapshot(), answers.negotiated_format()
    why = explain(snapshot, claim_or_move_iri(snapshot, name))
    if to == "json":
        return answers.answer(as_json(explanation_document(why, snapshot)), to, snapshot)
    return answers.answer(render_template("explanation.html", found=why, snapshot=snapshot), to, snapshot)


@blueprint.get("/claims/<name>/neighbourhood")
def claim_neighbourhood(name: str) -> Response:
    """The nodes and edges around a claim; for people, as a map and a list."""
    snapshot, to = served_snapshot(), answers.negotiated_format()
    around = surroundings(snapshot, name, depth=DEPTH)
    if to != "html":
        return _data(snapshot, around, to)
    html = render_template(
        "neighbourhood.html",
        around=around,
        centre=around.nodes[0],
        map=draw(around, service().settings.objection_threshold),
        id=id_of(around),
        snapshot=snapshot,
    )
    return answers.answer(html, to, snapshot)


def surroundings(snapshot: Snapshot, name: str, *, depth: int) -> Neighbourhood:
    """The neighbourhood of a claim by its id, or the beginning of one, to the depth and limit that are asked for.

    Raises NotFound where no claim or move has that id, BadParameter for a depth or limit out of bounds.
    """
    centre = claim_or_move_iri(snapshot, name)
    deep = query_parameters.integer_parameter("depth", depth, least=0, most=DEEPEST)
    limit = query_parameters.integer_parameter("limit", LIMIT, least=1, most=MOST_NODES)
    return neighbourhood(snapshot, centre, depth=deep, limit=limit)


def claim_or_move_iri(snapshot: Snapshot, name: str) -> str:
    """The IRI of the claim or move of this id, or of this beginning of one; raises NotFound."""
    if not re.fullmatch(r"[0-9a-f]{8,32}", name):
        wanted = "expected an id of 32 hexadecimal digits, or at least the first 8"
        raise NotFound(f"no claim {name[:60]!r}: {wanted}", missing=Missing.CLAIM_ID)
    return claim_iri(
        snapshot, name, lambda: service().make_once(snapshot, "ids", lambda: ClaimIds.of_snapshot(snapshot))
    )


def _data(snapshot: Snapshot, around: Neighbourhood, to: str) -> Response:
    if to == "svg":
        drawn = draw(around, service().settings.objection_threshold)
        body = render_template("map_alone.html", map=drawn, centre=around.nodes[0])
        return answers.answer(body, to, snapshot)
    if to == "turtle":
        return answers.answer(documents.as_turtle(snapshot.store, around), to, snapshot)
    document = documents.as_document(around) if to == "json" else documents.as_json_ld(snapshot.store, around)
    return answers.answer(as_json(document), to, snapshot)
