"""The program of one process that helps a load: it makes of threads what it can, and ends when the load does."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import NoReturn

Lots = SimpleQueue[bytes]


def main(descriptor: str) -> NoReturn:
    """Serve over the socket `descriptor`; the first message holds names and settings, all others a lot of threads.

    What comes is taken, and what is made is given away, beside the work: the load may be busy for seconds.
    """
    line: Connection = Connection(int(descriptor))
    asked, made = Lots(), Lots()
    for beside in (_listen, asked), (_tell, made):
        threading.Thread(target=beside[0], args=(line, beside[1]), daemon=True).start()
    try:
        _serve(asked, made)
    finally:
        os._exit(1)


def _serve(asked: Lots, made: Lots) -> None:
    from rejoinder.work import build_ahead, rarely_collected  # takes half a second, in which the load is listened to

    names, settings = pickle.loads(asked.get())
    with rarely_collected():
        while True:
            lot = pickle.loads(asked.get())
            made.put(pickle.dumps([build_ahead(one, names, settings) for one in lot], pickle.HIGHEST_PROTOCOL))


def _listen(line: Connection, asked: Lots) -> None:
    """Takes what is asked until the load is gone; then ends the process at once, also in the middle of a thread."""
    try:
        while True:
            asked.put(line.recv_bytes())
    except (EOFError, OSError):
        os._exit(0)


def _tell(line: Connection, made: Lots) -> None:
    try:
        while True:
            line.send_bytes(made.get())
    except OSError:
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
