"""Connections to one server: deadlines on every read and write, proxy from the environment, TLS trust."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore2

from briefgen.errors import ConfigurationError
from briefgen.providers.settings import is_loopback

if TYPE_CHECKING:
    from collections.abc import Iterable

CONNECT_SECONDS = 5.0
_SLICE = 16 * 1024
_KEPT = 32
_KEPT_SECONDS = 60.0


@dataclass(frozen=True)
class Route:
    """Where requests go. ``proxy`` is an address without user name and password, for messages."""

    host: str
    proxy: str = ""

    def __str__(self) -> str:
        return f"{self.host} through the proxy {self.proxy}" if self.proxy else self.host


def open_pool(
    base_url: str, backend: DeadlineBackend, *, use_proxy: bool
) -> tuple[httpcore2.ConnectionPool, Route]:
    """Return a pool for the server of ``base_url``, and the way it takes.

    Raises :class:`ConfigurationError` for an unusable proxy or trust store.
    """
    target = urlsplit(base_url)
    tls = _tls_context() if target.scheme == "https" else None
    proxy = _proxy_of(target) if use_proxy and not is_loopback(base_url) else None
    if proxy is None:
        pool = httpcore2.ConnectionPool(
            ssl_context=tls,
            max_connections=None,
            max_keepalive_connections=_KEPT,
            keepalive_expiry=_KEPT_SECONDS,
            network_backend=backend,
        )
        return pool, Route(target.netloc)
    port = f":{proxy.port}" if proxy.port else ""
    address = f"{proxy.scheme}://{proxy.hostname}{port}"
    auth = None
    if proxy.username:
        auth = (unquote(proxy.username).encode(), unquote(proxy.password or "").encode())
    through = httpcore2.HTTPProxy(
        proxy_url=address,
        proxy_auth=auth,
        ssl_context=tls,
        max_connections=None,
        max_keepalive_connections=_KEPT,
        keepalive_expiry=_KEPT_SECONDS,
        network_backend=backend,
    )
    return through, Route(target.netloc, address)


def _proxy_of(target: SplitResult) -> SplitResult | None:
    host = target.hostname or ""
    proxies = getproxies()
    named = proxies.get(target.scheme) or proxies.get("all")
    if not named or proxy_bypass(host):
        return None
    try:
        proxy = urlsplit(named if "://" in named else f"http://{named}")
        usable = proxy.scheme in ("http", "https") and bool(proxy.hostname) and proxy.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ConfigurationError(
            f"the proxy for {host} is not an http or https address", hint="correct HTTPS_PROXY or unset it"
        )
    return proxy


def _tls_context() -> ssl.SSLContext:
    try:
        return httpcore2.default_ssl_context()
    except (OSError, ValueError):
        # ssl.SSLError is an OSError; an empty file is one, a missing one another.
        pass
    raise ConfigurationError(
        f"no certificates can be read from {trust_store()}",
        hint="set SSL_CERT_FILE to a file of trusted authorities, or unset it",
    )


def trust_store() -> str:
    """Return where trusted authorities are read from, for messages."""
    named = os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR")
    return named or ssl.get_default_verify_paths().openssl_cafile or "the operating system"


class DeadlineBackend(httpcore2.NetworkBackend):
    """Opens sockets, and reads every ``timeout`` it is given as an instant of the monotonic clock."""

    def __init__(self) -> None:
        self._inner = httpcore2.SyncBackend()
        self._lock = threading.Lock()
        self._open: set[_Stream] = set()
        self._down = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        left = _left(timeout, httpcore2.ConnectTimeout)
        seconds = CONNECT_SECONDS if left is None else min(CONNECT_SECONDS, left)
        stream = self._inner.connect_tcp(host, port, seconds, local_address, socket_options)
        return self.adopt(stream)

    def adopt(self, stream: httpcore2.NetworkStream) -> _Stream:
        wrapped = _Stream(stream, self)
        with self._lock:
            if not self._down:
                self._open.add(wrapped)
                return wrapped
        stream.close()
        raise httpcore2.ConnectError("the client is closed")

    def forget(self, stream: _Stream) -> None:
        with self._lock:
            self._open.discard(stream)

    def shut_down(self) -> None:
        """Wake every thread that waits for a byte: closing a socket does not, shutting it down does."""
        with self._lock:
            self._down = True
            streams = list(self._open)
        for stream in streams:
            with contextlib.suppress(OSError):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


class _Stream(httpcore2.NetworkStream):
    def __init__(self, inner: httpcore2.NetworkStream, backend: DeadlineBackend) -> None:
        self._inner = inner
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # In slices, because one write may wait as often as the server takes a few bytes.
        for start in range(0, len(buffer), _SLICE):
            self._inner.write(buffer[start : start + _SLICE], _left(timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._backend.forget(self)
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        self._backend.forget(self)
        left = _left(timeout, httpcore2.ConnectTimeout)
        return self._backend.adopt(self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(deadline: float | None, error: type[httpcore2.TimeoutException]) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise error
    return left
