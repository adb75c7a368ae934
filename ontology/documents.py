"""The ontology as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from rdflib import OWL, RDFS, SKOS

from rejoinder.ontology import PREFIXES, ontology

ALSO_PREFIXES = {"owl": OWL, "rdfs": RDFS, "skos": SKOS}  # what the terms are described with


def ontology_json_ld() -> dict[str, Any]:
    """Every term as a member of `@graph`, in the order of their names, under prefixes alone."""
    context = {name: str(iri) for name, iri in sorted({**PREFIXES, **ALSO_PREFIXES}.items())}
    written = json.loads(ontology().serialize(format="json-ld", context=context, auto_compact=False, sort_keys=True))
    terms = sorted((_ordered(term) for term in written["@graph"]), key=lambda term: str(term["@id"]))
    return {"@context": context, "@graph": terms}


def _ordered(value: Any) -> Any:
    """JSON in one order: keys, and the members of every list, all of which are sets here."""
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=lambda member: json.dumps(member, sort_keys=True))
    return value
