"""The web server: one process, eight threads, until it is interrupted."""

from __future__ import annotations

import socket
from pathlib import Path

import click
import waitress

from rejoinder.api.app import create_app
from rejoinder.errors import StoreError
from rejoinder.settings import Settings

THREADS = 8


def serve(folder: Path, settings: Settings, host: str, port: int) -> None:
    """Serve the store in `folder` on an address; says where, once it listens. Raises StoreError where it cannot."""
    listener = listen(host, port)
    app = create_app(folder, settings)
    server = waitress.create_server(
        app, sockets=[listener], threads=THREADS, ident=None, clear_untrusted_proxy_headers=True
    )
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Rejoinder serves {folder} at http://{shown}:{listener.getsockname()[1]}/ (Ctrl+C ends it)")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
        app.extensions["rejoinder"].close()


def listen(host: str, port: int) -> socket.socket:
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
