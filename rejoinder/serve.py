"""The web server: one process, with threads for pages beside those for queries, until it is interrupted."""

from __future__ import annotations

import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask
from waitress.adjustments import Adjustments

from rejoinder.api.app import create_app
from rejoinder.api.service.snapshots import JUDGING, Service
from rejoinder.errors import StoreError
from rejoinder.graph.sparql.workers import MOST_WAITING
from rejoinder.lines import IDLE_SECONDS, MOST_LINES, Server
from rejoinder.settings import Settings

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
LOCAL_HOSTS = ("127.0.0.1", "::1", "localhost")  # addresses that nobody else can reach
PAGE_THREADS = 8  # threads that are left however many queries run and wait
EXTRA_LINES = 10  # what Waitress counts among the lines and is none, such as the listening socket
BODY_FACTOR = 4  # times what the app reads: more is refused before it is kept anywhere


def serve(folder: Path, settings: Settings, host: str, port: int, judging: str) -> None:
    """Serve the store in `folder` on an address; says where, once it listens. Raises StoreError where it cannot.

    Pages tell the command that does the `judging` in this store, unless others may read them: it has names of folders.
    """
    listener = open_listener(host, port)
    alone = host in LOCAL_HOSTS and not (settings.public_url or settings.trusted_proxy)
    app = create_app(folder, settings, judging if alone else JUDGING)
    server = make_server(app, listener)
    url_host = f"[{host}]" if ":" in host else host
    service: Service = app.extensions["rejoinder"]
    try:
        _end_in_order(service)
        click.echo(f"Rejoinder serves {folder} at http://{url_host}:{listener.getsockname()[1]}/ (Ctrl+C ends it)")
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
        service.close()
    sys.stdout.flush()
    os._exit(0)  # a page or a file of a large thread may still be in the making, and Python would wait for that


def _end_in_order(service: Service) -> None:
    """Have Ctrl+C, and what a service manager sends, break off queries and end the server; a second one, at once.

    A first process in a container would not heed the latter otherwise.
    """

    signals: list[int] = []

    def stop(number: int, _: object) -> NoReturn:
        signals.append(number)  # first of all: the next may come before anything else is done
        if len(signals) > 1:
            _end_at_once(number)
        service.stop()
        raise KeyboardInterrupt

    for stop_signal in STOP_SIGNALS:
        signal.signal(stop_signal, stop)


def _end_at_once(number: int) -> NoReturn:
    with suppress(OSError):
        os.write(2, b"\n" * os.isatty(2) + b"Ended at once: what was being answered is broken off.\n")
    os._exit(128 + number)


def make_server(app: Flask, listener: socket.socket) -> Server:
    """What serves an app on a listening socket, once it is told to run."""
    settings: Settings = app.extensions["rejoinder"].settings
    proxy = settings.trusted_proxy
    chosen = Adjustments(
        sockets=[listener],
        threads=PAGE_THREADS + settings.workers + MOST_WAITING,
        ident=None,
        connection_limit=MOST_LINES + EXTRA_LINES,
        asyncore_use_poll=True,  # `select` knows no file descriptor above 1023
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=IDLE_SECONDS // 3,
        clear_untrusted_proxy_headers=True,
        **({"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for"}} if proxy else {}),
        max_request_body_size=BODY_FACTOR * app.config["MAX_CONTENT_LENGTH"],
    )
    return Server(app, listener, chosen)


def open_listener(host: str, port: int) -> socket.socket:
    """A listening socket; the address is taken before the app is made, so that a taken port is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, TypeError) as error:
        listener.close()
        why = error.strerror if isinstance(error, OSError) else "this is no name of a host"
        raise StoreError(f"cannot listen on {host}:{port} ({why}): choose another --host or --port") from error
    return listener
