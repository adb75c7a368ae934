"""A server of chat completions and its model: where it is, and the connection to it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

import httpx

from rejoinder.errors import BadParameter


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server and its model; the key is never shown, and `key_variable` is the environment variable it came from."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    key_variable: str = ""
    seconds: float = 120.0

    @property
    def host(self) -> str:
        """Host and port, for messages."""
        return httpx.URL(self.url).netloc.decode("ascii")


def endpoint_url(written: str) -> str:
    """The address of chat completions under a base such as `http://localhost:8080/v1`; raises BadParameter.

    >>> endpoint_url("http://localhost:8080/v1/")
    'http://localhost:8080/v1/chat/completions'
    """
    try:
        url = httpx.URL(written)
    except (httpx.InvalidURL, ValueError) as error:
        raise BadParameter("--llm-url: expected an address such as http://localhost:8080/v1") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise BadParameter("--llm-url: expected an address such as http://localhost:8080/v1")
    if url.userinfo or url.query or url.fragment:  # not repeated in the message: it may hold a secret
        raise BadParameter("--llm-url: expected no user, password, query or fragment; a key belongs in the environment")
    return written.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"


def connection(endpoint: Endpoint) -> httpx.Client:
    """A connection that follows no redirect; raises BadParameter where the environment names no proxy that will do."""
    try:
        trusted = httpx.create_ssl_context()  # SSL_CERT_FILE counts for this machine too
    except OSError as error:
        raise BadParameter("expected SSL_CERT_FILE or SSL_CERT_DIR to name certificates in PEM") from error
    try:
        return httpx.Client(
            headers={"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {},
            verify=trusted,
            timeout=endpoint.seconds,
            limits=httpx.Limits(max_connections=None),  # whoever asks limits them
            trust_env=not _is_local(httpx.URL(endpoint.url).host),  # a local model is never asked through a proxy
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:  # not repeated: a proxy's address may hold a password
        raise BadParameter("expected HTTP_PROXY, HTTPS_PROXY and ALL_PROXY to look like http://host:port") from error


def _is_local(host: str) -> bool:
    """True for this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
