"""The formats that each route answers in, in one table: view functions answer by it, /openapi.json is made of it."""

from __future__ import annotations

from collections.abc import Mapping

from rejoinder.graph.exports import EXPORTS, judgements

# The media type of each format.
FORMATS = {
    "html": "text/html",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "turtle": "text/turtle",
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "atom": "application/atom+xml",
    "markdown": "text/markdown",
    "xml": "text/xml",
    "metrics": "text/plain",
    "sparql": "application/sparql-query",
    **{name: writer.MEDIA_TYPE for name, writer in EXPORTS.items()},
}
AROUND_FORMATS = ("html", "json", "jsonld", "turtle", "svg")  # a claim with what is around it
NEGOTIATED_FORMATS = ("jsonld", "turtle")  # of a thread's files; the media types of the others do not tell them apart
NAMED_FORMATS = tuple(name for name in EXPORTS if name not in NEGOTIATED_FORMATS)
# The formats of each route, as `parameters.ROUTES` names it; the first is the default.
OFFERED: Mapping[str, tuple[str, ...]] = {
    "/": ("html",),
    "/unanswered": ("html", "json", "csv", "atom", "markdown"),
    "/claims": ("html", "json", "csv"),
    "/claims/<>": AROUND_FORMATS,
    "/claims/<>/explanation": ("html", "json"),
    "/claims/<>/neighbourhood": AROUND_FORMATS,
    "/threads": ("html", "json", "csv"),
    "/threads/<>": ("html", "json", *NEGOTIATED_FORMATS, *NAMED_FORMATS),
    "/judgements": ("html", "json", "csv", judgements.NAME),
    "/views": ("html", "json"),
    "/views/<>": ("html", "sparql"),
    "/embed/claims/<>": ("html",),
    "/oembed": ("json", "xml"),
    "/ns": ("turtle", "jsonld"),
    "/shapes": ("turtle",),
    "/healthz": ("json",),
    "/metrics": ("metrics",),
    "/openapi.json": ("json",),
}
# Those of them that only `format=` asks for, whatever the Accept header likes.
FORMATS_BY_NAME: Mapping[str, tuple[str, ...]] = {"/threads/<>": NAMED_FORMATS, "/judgements": (judgements.NAME,)}
