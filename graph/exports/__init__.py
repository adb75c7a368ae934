"""Formats out: the registry of the writers of one thread; a new one is a module and its name here."""

from __future__ import annotations

from rejoinder.graph.exports import (
    aif,
    argdown,
    csv,
    dot,
    graphml,
    iccma,
    jsonld,
    judgements,
    kialo,
    nquads,
    svg,
    turtle,
    xaif,
)
from rejoinder.graph.exports.writer import Writer

# In the order in which documentation and pages list them.
_MODULES: tuple[Writer, ...] = (
    svg,
    csv,
    graphml,
    dot,
    iccma,
    jsonld,
    turtle,
    nquads,
    aif,
    xaif,
    argdown,
    kialo,
    judgements,
)

EXPORTS: dict[str, Writer] = {module.NAME: module for module in _MODULES}
