"""A real server process on loopback for tests, over a store made on the spot."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from rejoinder.api.app import create_app
from rejoinder.api.service.budget import REFILL
from rejoinder.api.service.snapshots import JUDGING
from rejoinder.graph.sparql import workers
from rejoinder.graph.stores.publish import publish
from rejoinder.serve import make_server, open_listener
from rejoinder.settings import Settings

WAITS = 50.0  # seconds for a worker, fewer than a client waits for its answer
BASE = "https://allotment.example/"
TEMPLATES = Path(__file__).parent.parent / "build" / "templates"


@dataclass(frozen=True)
class Server:
    """A running server: its root URL and its process."""

    url: str
    process: subprocess.Popen[str]
    client: httpx.Client

    @property
    def endpoint(self) -> str:
        return f"{self.url}/sparql"

    def ask(self, query: str, accept: str = "application/sparql-results+json", **headers: str) -> httpx.Response:
        """POST a query and return whatever comes back."""
        sent = {"Accept": accept, "Content-Type": "application/sparql-query", **headers}
        return self.client.post(self.endpoint, content=query.encode(), headers=sent)

    def lives(self) -> bool:
        return self.process.poll() is None and self.ask("ASK {}").status_code == 200


def store_of(folder: Path, quads: Iterable[ox.Quad]) -> ox.Store:
    """A store in `folder` with its first snapshot published; keep it to publish more."""
    folder.mkdir(exist_ok=True)
    store = ox.Store(str(folder / "store"))
    store.extend(quads)
    (folder / "base").write_text(BASE, encoding="utf-8")
    publish(store, folder)
    return store


@contextmanager
def serving(folder: Path, settings: Settings, judging: str = JUDGING, *, refill: float = REFILL) -> Iterator[Server]:
    """Serve `folder` in another process until the block ends; pages tell the command for `judging`.

    `refill` query seconds come back each second to whoever has used some. Whoever waits for a worker does so for as
    long as that takes to start on whatever machine.
    """
    command = [sys.executable, "-W", "error", __file__, str(folder), json.dumps(asdict(settings)), judging, str(refill)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process, httpx.Client(timeout=60) as client:
        assert process.stdout is not None
        try:
            yield Server(f"http://127.0.0.1:{int(process.stdout.readline())}", process, client)
        finally:
            process.kill()


def keep_templates() -> FileSystemBytecodeCache:
    """Lets all apps of this process take templates that any process of the tests has compiled; where they are kept."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    kept = FileSystemBytecodeCache(str(TEMPLATES))
    Flask.jinja_options = {"bytecode_cache": kept}
    return kept


def main(folder: str, settings: str, judging: str, refill: str) -> None:
    keep_templates()
    workers.WAIT_SECONDS = WAITS
    app = create_app(Path(folder), Settings(**json.loads(settings)), judging)
    app.extensions["rejoinder"].budget.refill = float(refill)
    listener = open_listener("127.0.0.1", 0)
    server = make_server(app, listener)
    print(listener.getsockname()[1], flush=True)
    server.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
