"""Certificates, trust stores and proxies: how the way to a server is found, and what is said if there is none."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from typing import TYPE_CHECKING, Any

import pytest
from fake_server import FakeServer, head
from harness import OK, ask, ask_at, opened

from briefgen.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

covers = pytest.mark.covers


def certificate(folder: Path, days: int, name: str) -> tuple[Path, Path]:
    """Make a self-signed certificate that is good for ``days`` days, from yesterday on if negative."""
    key, request, cert, names = (folder / f"{part}.pem" for part in ("key", "request", "cert", "names"))
    names.write_text(f"subjectAltName={name}\n", encoding="ascii")
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    openssl(
        "openssl", "req", *curve, "-nodes", "-subj", "/CN=test", "-keyout", str(key), "-out", str(request)
    )
    sign = ["x509", "-req", "-days", str(days), "-in", str(request), "-signkey", str(key)]
    openssl("openssl", *sign, "-extfile", str(names), "-out", str(cert))
    return key, cert


def openssl(*command: str) -> None:
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this openssl cannot make such a certificate")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
@pytest.mark.parametrize(
    ("case", "days", "name"),
    [
        ("self-signed", 1, "IP:127.0.0.1"),
        ("wrong name", 1, "DNS:other.example"),
        ("expired", -1, "IP:127.0.0.1"),
    ],
)
@covers("N-27")
def test_a_certificate_that_cannot_be_trusted_is_a_matter_of_configuration(
    case: str, days: int, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, cert = certificate(tmp_path, days, name)
    if case != "self-signed":
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    outcome = ask(OK, tls=context)
    assert isinstance(outcome.error, ConfigurationError)
    assert outcome.error.exit_code == 3
    assert "SSL_CERT_FILE" in outcome.error.hint
    assert outcome.sent == 0


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
def test_a_trusted_certificate_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, cert = certificate(tmp_path, 1, "IP:127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    assert ask(OK, tls=context).code == "done"


def test_https_towards_a_server_of_http_is_a_matter_of_configuration() -> None:
    with FakeServer([OK]) as server:
        outcome = ask_at(server.url.replace("http:", "https:") + "/v1")
    assert isinstance(outcome.error, ConfigurationError)


@covers("N-28")
@pytest.mark.parametrize("content", [None, ""], ids=["missing", "empty"])
def test_a_trust_store_that_cannot_be_read_is_named(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store.pem"
    if content is not None:
        store.write_text(content, encoding="ascii")
    monkeypatch.setenv("SSL_CERT_FILE", str(store))
    with pytest.raises(ConfigurationError, match=r"store\.pem"), opened("https://model.invalid/v1"):
        pass


@covers("N-29")
def test_a_dead_proxy_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:secret@127.0.0.1:{port}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("https_proxy", raising=False)
    outcome = ask_at("https://model.example/v1")
    assert outcome.code == "api_unavailable"
    assert f"through the proxy http://127.0.0.1:{port}" in str(outcome.error)
    assert "secret" not in str(outcome.error)


@covers("N-29")
def test_a_proxy_that_refuses_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeServer([(head(407, length=0),)]) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:secret@127.0.0.1:{proxy.port}")
        for name in ("NO_PROXY", "no_proxy", "https_proxy"):
            monkeypatch.delenv(name, raising=False)
        outcome = ask_at("https://model.example/v1")
        assert {request.method for request in proxy.requests} == {"CONNECT"}
        assert "proxy-authorization" in proxy.requests[0].headers
    assert outcome.code == "api_unavailable"
    assert f"through the proxy http://127.0.0.1:{proxy.port}" in str(outcome.error)


@covers("N-29")
@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "http://[::1", "http://"])
def test_an_unusable_proxy_is_a_matter_of_configuration(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(ConfigurationError, match="proxy"), opened("https://model.example/v1"):
        pass


@pytest.mark.parametrize(
    ("exempt", "named"), [("model.invalid", False), (".invalid", False), ("other.invalid", True)]
)
def test_a_host_that_no_proxy_names_is_reached_directly(
    exempt: str, named: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("https_proxy", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", exempt)

    def unknown(*_: object, **__: object) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    outcome = ask_at("https://model.invalid/v1")
    assert ("proxy" in str(outcome.error)) is named


def test_a_server_that_closes_in_the_handshake_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def slam() -> None:
            for _ in range(3):
                sock, _ = listener.accept()
                sock.recv(1)
                sock.close()

        thread = threading.Thread(target=slam)
        thread.start()
        outcome = ask_at(f"https://127.0.0.1:{listener.getsockname()[1]}/v1")
        thread.join(timeout=5)
    assert (outcome.code, outcome.usage.requests) == ("api_unavailable", 3)


def test_a_loopback_server_is_never_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert ask(OK).code == "done"
