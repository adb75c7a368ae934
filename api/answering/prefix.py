"""The path of the public address: where a proxy serves this server below a path, all links begin with it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class BelowPublicPath:
    """An application below the path of a public address, whether the proxy passes that path on or takes it away."""

    def __init__(self, inner: WSGIApplication, public_url: str) -> None:
        self.inner = inner
        self.prefix = unquote_to_bytes(urlsplit(public_url).path.rstrip("/")).decode("latin-1")  # as WSGI has paths

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        if self.prefix and f"{path}/".startswith(f"{self.prefix}/"):
            path = path.removeprefix(self.prefix) or "/"
        inside = {"SCRIPT_NAME": self.prefix or environ.get("SCRIPT_NAME", ""), "PATH_INFO": path}
        return self.inner({**environ, **inside}, start_response)
