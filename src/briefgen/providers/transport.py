"""HTTP that cannot be held up, blown up, or sent elsewhere.

``httpx2``'s time-outs are per read: a server that drips one byte a second holds a call for ever. Here every
read, write and handshake gets only what is left of one deadline per request. Answers are capped, compressed
ones are refused unread (nothing compressed was asked for), redirects are not followed.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from typing import TYPE_CHECKING, TypeVar

import httpcore2
import httpx2

from briefgen.errors import (
    BadResponse,
    ConfigurationError,
    ModelTimeout,
    ModelUnavailable,
    Redirected,
    ResponseTooBig,
)
from briefgen.providers.connections import DeadlineBackend, Route, open_pool, trust_store
from briefgen.providers.retrying import FULLY, NEVER, ONCE, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

E = TypeVar("E", bound=BaseException)

ANSWER_BYTES = 4 * 1024 * 1024
ERROR_BYTES = 64 * 1024
"""An error answer is read for its message only, so the rest of it is left unread."""

_PACKING = 1032
"""Deflate cannot pack tighter than 1032 to 1: a compressed body this much under the cap is no bomb."""


class GuardedTransport(httpx2.BaseTransport):
    """One connection pool to one server. Raises :class:`Fault` for everything that is not an answer."""

    def __init__(self, base_url: str, *, use_proxy: bool = True, answer_bytes: int = ANSWER_BYTES) -> None:
        """``answer_bytes``: longest answer that is taken."""
        self._most = answer_bytes
        self._backend = DeadlineBackend()
        self._pool, self._route = open_pool(base_url, self._backend, use_proxy=use_proxy)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.headers["Accept-Encoding"] = "identity"
        assert isinstance(request.stream, httpx2.SyncByteStream)
        started = time.monotonic()
        seconds: float = request.extensions["timeout"]["read"]
        # httpcore hands these through to the backend as they are, which reads them as instants.
        deadline = started + seconds
        timeouts = {"connect": deadline, "read": deadline, "write": deadline, "pool": seconds}
        outgoing = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions={"timeout": timeouts},
        )
        try:
            incoming = self._pool.handle_request(outgoing)
        except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            fault = _transport_fault(error, self._route, seconds)
        except httpcore2.ProxyError as error:
            fault = Fault(ModelUnavailable(f"no way to {self._route}: {error}"), attempts=FULLY)
        else:
            return self._response(incoming, seconds)
        raise fault from None

    def close(self) -> None:
        """Cut the connections of requests under way, then close all."""
        self._backend.shut_down()
        self._pool.close()

    def _response(self, incoming: httpcore2.Response, seconds: float) -> httpx2.Response:
        headers = httpx2.Headers(incoming.headers)
        body = _Body(incoming, self._route, seconds, self._most)
        fault = _refusal(incoming.status, headers, self._route, self._most)
        if fault is not None:
            body.close()
            raise fault
        # What is left of it is an error answer's, whose body _Body passes over.
        headers.pop("content-encoding", None)
        headers.pop("content-length", None)
        return httpx2.Response(incoming.status, headers=headers, stream=body)


def _refusal(status: int, headers: httpx2.Headers, route: Route, most: int) -> Fault | None:
    """Return the fault of an answer that must not even be read."""
    if 300 <= status < 400:
        return Fault(
            Redirected(
                f"{route.host} answers with a redirect (HTTP {status}), which is not followed",
                hint="set OPENAI_BASE_URL to the final address",
            )
        )
    if status >= 400:
        return None
    length = headers.get("content-length", "")
    if _encoded(headers):
        if length.isdecimal() and int(length[:12]) * _PACKING <= most:
            return Fault(BadResponse(f"{route.host} sent a compressed answer unasked"), attempts=ONCE)
        return Fault(
            ResponseTooBig(f"{route.host} sent a compressed answer unasked, of no telling what size")
        )
    if length.isdecimal() and (len(length) > 12 or int(length) > most):
        return _too_big(route, most)
    return None


def _encoded(headers: httpx2.Headers) -> bool:
    return headers.get("content-encoding", "").strip().lower() not in ("", "identity")


def _too_big(route: Route, most: int) -> Fault:
    return Fault(ResponseTooBig(f"{route.host} sent an answer of more than {most >> 20} MiB"))


class _Body(httpx2.SyncByteStream):
    """The body of an answer, capped. Of an error answer (status 400 and up) as much as can be had."""

    def __init__(self, incoming: httpcore2.Response, route: Route, seconds: float, most: int) -> None:
        self._most = most
        self._incoming = incoming
        self._route = route
        self._seconds = seconds

    def __iter__(self) -> Iterator[bytes]:
        return self._error_body() if self._incoming.status >= 400 else self._answer()

    def _answer(self) -> Iterator[bytes]:
        size = 0
        chunks = self._chunks()
        while True:
            try:
                chunk = next(chunks, None)
            except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
                fault = _body_fault(error, self._route, self._seconds)
            else:
                if chunk is None:
                    return
                size += len(chunk)
                if size <= self._most:
                    yield chunk
                    continue
                fault = _too_big(self._route, self._most)
            raise fault from None

    def _error_body(self) -> Iterator[bytes]:
        if _encoded(httpx2.Headers(self._incoming.headers)):
            return
        left = ERROR_BYTES
        # The status is known and says more than a broken body.
        with contextlib.suppress(httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError):
            for chunk in self._chunks():
                yield chunk[:left]
                left -= len(chunk)
                if left <= 0:
                    return

    def _chunks(self) -> Iterator[bytes]:
        stream = self._incoming.stream
        assert not isinstance(stream, (bytes, bytearray))
        return iter(stream)  # type: ignore[arg-type]  # a sync pool gives sync streams

    def close(self) -> None:
        self._incoming.close()


def _transport_fault(error: Exception, route: Route, seconds: float) -> Fault:
    """Map what went wrong before the answer's headers were complete."""
    if isinstance(error, httpcore2.TimeoutException):
        if isinstance(error, httpcore2.ConnectTimeout):
            return Fault(ModelTimeout(f"no connection to {route} in time"), attempts=FULLY)
        return Fault(ModelTimeout(f"no answer from {route} in {seconds:.0f} s"), attempts=FULLY)
    tls = _cause(error, ssl.SSLError)
    if isinstance(error, httpcore2.ConnectError) and tls is not None:
        return _tls_fault(tls, route)
    if isinstance(error, httpcore2.ProtocolError) and "disconnected" not in str(error):
        return Fault(BadResponse(f"{route} does not answer in HTTP"), attempts=FULLY)
    if isinstance(error, httpcore2.ConnectError):
        unknown = _cause(error, socket.gaierror) is not None
        what = "the name is not known" if unknown else "no connection"
        return Fault(ModelUnavailable(f"cannot reach {route}: {what}"), attempts=FULLY)
    return Fault(ModelUnavailable(f"{route} closed the connection without an answer"), attempts=FULLY)


def _body_fault(error: Exception, route: Route, seconds: float) -> Fault:
    """Map what went wrong after the headers: the server is there, so its answer was cut off."""
    if isinstance(error, httpcore2.TimeoutException):
        return Fault(ModelTimeout(f"no complete answer from {route} in {seconds:.0f} s"), attempts=FULLY)
    return Fault(ModelUnavailable(f"{route} broke off in the middle of its answer"), attempts=FULLY)


def _tls_fault(error: ssl.SSLError, route: Route) -> Fault:
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return Fault(ModelUnavailable(f"{route} closed the connection without an answer"), attempts=FULLY)
    if isinstance(error, ssl.SSLCertVerificationError):
        problem = f"the certificate of {route} is not trusted ({error.verify_message})"
        hint = f"trust is taken from {trust_store()}; set SSL_CERT_FILE to a file with your authority"
    else:
        problem = f"no secure connection to {route} ({error.reason or 'TLS error'})"
        hint = "check that the base URL is one of https; SSL_CERT_FILE names the authorities to trust"
    return Fault(ConfigurationError(problem, hint=hint), attempts=NEVER)


def _cause(error: BaseException, kind: type[E]) -> E | None:
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, kind):
        seen = seen.__cause__ or seen.__context__
    return seen
