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
    requests, results = Lots(), Lots()
    for task in (_listen, requests), (_tell, results):
        threading.Thread(target=task[0], args=(line, task[1]), daemon=True).start()
    try:
        _serve(requests, results)
    finally:
        os._exit(1)


def _serve(requests: Lots, results: Lots) -> None:
    from rejoinder.work import build_ahead, rarely_collected  # takes half a second, in which the load is listened to

    names, settings = pickle.loads(requests.get())
    with rarely_collected():
        while True:
            lot = pickle.loads(requests.get())
            results.put(pickle.dumps([build_ahead(thread, names, settings) for thread in lot], pickle.HIGHEST_PROTOCOL))


def _listen(line: Connection, requests: Lots) -> None:
    """Takes what is asked until the load is gone; then ends the process at once, also in the middle of a thread."""
    try:
        while True:
            requests.put(line.recv_bytes())
    except (EOFError, OSError):
        os._exit(0)


def _tell(line: Connection, results: Lots) -> None:
    try:
        while True:
            line.send_bytes(results.get())
    except OSError:
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
