"""From a Discussion to an ArgumentMap: claims, objections, replies and supports, each with its evidence."""

from __future__ import annotations

from typing import Protocol

from rejoinder import __version__
from rejoinder.loaders.extract.flattened import add_dump_moves
from rejoinder.loaders.extract.judged_map import apply_judgements
from rejoinder.loaders.extract.model.linear import Models, shipped_models
from rejoinder.loaders.extract.moves.ledger import Ledger
from rejoinder.loaders.extract.stated_map import stated_map
from rejoinder.loaders.extract.text.meaning import Meaning
from rejoinder.loaders.extract.threads import add_thread_moves
from rejoinder.records import ArgumentMap, Discussion, Extraction

STATED = Extraction("stated", __version__, "{}")


class Extractor(Protocol):
    """Whatever finds the claims and moves of a thread whose source does not state them itself."""

    @property
    def extraction(self) -> Extraction:
        """Who finds them: name, version and parameters; no time in it."""

    def map(self, discussion: Discussion) -> ArgumentMap:
        """The thread's claims and moves; the same for the same discussion."""


class Rules:
    """The default extractor: rules and a small model, without network or download."""

    extraction = Extraction("rejoinder-rules", __version__, "{}")

    def __init__(self, meaning: Meaning | None = None, models: Models | None = None) -> None:
        """With what knows the words' meaning, if anything does, and with the shipped models unless others are given."""
        self.meaning, self.models = meaning, models

    def map(self, discussion: Discussion) -> ArgumentMap:
        """The thread's claims and moves, in time linear in its text."""
        ledger = Ledger(discussion.thread.key)
        if discussion.flattened:
            add_dump_moves(discussion, ledger, self.models or shipped_models())
        else:
            add_thread_moves(discussion, ledger, self.models or shipped_models(), self.meaning)
        return ledger.argument_map(self.extraction)


RULES = Rules()


def extract(discussion: Discussion, extractor: Extractor = RULES) -> ArgumentMap:
    """The thread's claims and moves as people judge them; what the source itself states is not sought anew."""
    stated = bool(discussion.stated_moves or discussion.stated_claims)
    return apply_judgements(stated_map(discussion, STATED) if stated else extractor.map(discussion), discussion)
