"""Formats out: the registry of the writers of one thread; a new one is a module and its name here."""

from __future__ import annotations

from rejoinder.graph.exports.writer import Writer

_MODULES: tuple[Writer, ...] = ()

EXPORTS: dict[str, Writer] = {one.NAME: one for one in _MODULES}
