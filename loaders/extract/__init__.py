"""From a Discussion to an ArgumentMap: claims, objections, replies and supports, each with its evidence."""

from __future__ import annotations

from rejoinder import __version__
from rejoinder.loaders.extract.dumps import dump_moves
from rejoinder.loaders.extract.moves import Ledger
from rejoinder.loaders.extract.stated import stated_map
from rejoinder.loaders.extract.threads import thread_moves
from rejoinder.records import ArgumentMap, Discussion, Extraction

RULES = Extraction("rejoinder-rules", __version__, "{}")
STATED = Extraction("stated", __version__, "{}")


def extract(discussion: Discussion) -> ArgumentMap:
    """The thread's claims and moves; what the source itself states is taken as it is, and nothing is added to it."""
    if discussion.stated_moves or discussion.stated_claims:
        return stated_map(discussion, STATED)
    ledger = Ledger(discussion.thread.key)
    if discussion.flattened:
        dump_moves(discussion, ledger)
    else:
        thread_moves(discussion, ledger)
    return ledger.finished(RULES)
