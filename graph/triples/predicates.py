"""Predicates of other vocabularies that the graph uses."""

from __future__ import annotations

from rejoinder.graph.triples.terms import DCT, PROV, SCHEMA, SIOC

TITLE = DCT + "title"
IDENTIFIER = DCT + "identifier"
CREATED = DCT + "created"
LINK = SIOC + "link"
SIOC_ID = SIOC + "id"
CONTENT = SIOC + "content"
CREATOR = SIOC + "has_creator"
CONTAINER = SIOC + "has_container"
LINKS_TO = SIOC + "links_to"
REPLY_OF = SIOC + "reply_of"
ADDRESSED_TO = SIOC + "addressed_to"
SIOC_NAME = SIOC + "name"
POSITION = SCHEMA + "position"
NAME = SCHEMA + "name"
VERSION = SCHEMA + "softwareVersion"
ATTRIBUTED = PROV + "wasAttributedTo"
GENERATED = PROV + "wasGeneratedBy"
