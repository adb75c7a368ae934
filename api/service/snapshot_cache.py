"""What is made of a snapshot, which never changes, and kept until something else of its kind is asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar, cast

Made = TypeVar("Made")

MOST_KEPT = 2  # of a kind: what is kept of a long thread takes tens of megabytes


class KeptResults:
    """The last MOST_KEPT things of each kind; whoever asks for one that is being made waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kinds: dict[str, OrderedDict[Hashable, Future[Any]]] = {}

    def make_once(self, kind: str, key: Hashable, make: Callable[[], Made]) -> Made:
        """The thing of this kind under this key, made by whoever asks first; one that could not be made is not kept."""
        with self._lock:
            future_by_key = self._kinds.setdefault(kind, OrderedDict())
            future = future_by_key.get(key)
            if mine := future is None:
                future = future_by_key[key] = Future()
            future_by_key.move_to_end(key)
            while len(future_by_key) > MOST_KEPT:
                future_by_key.popitem(last=False)
        if mine:
            self._fulfil(kind, key, future, make)
        return cast(Made, future.result())

    def _fulfil(self, kind: str, key: Hashable, future: Future[Any], make: Callable[[], object]) -> None:
        try:
            future.set_result(make())
        except BaseException as error:
            with self._lock:
                if self._kinds[kind].get(key) is future:
                    del self._kinds[kind][key]
            future.set_exception(error)
