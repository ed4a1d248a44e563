"""What a model behind an OpenAI-compatible server is opened with, checked before anything is sent."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from pydantic import SecretStr

from briefgen.errors import ConfigurationError, UsageError
from briefgen.providers.base import ModelProfile

if TYPE_CHECKING:
    from collections.abc import Mapping

OPENAI_URL = "https://api.openai.com/v1"
_EXAMPLE = "write it like https://api.openai.com/v1 or http://127.0.0.1:11434/v1"


@dataclass(frozen=True)
class OpenAISettings:
    """One model on one server.

    ``name`` is the spec it was opened by, ``model`` the name sent to the server, ``base_url`` ends before
    ``/chat/completions``. ``request_deadline``: seconds for one request from connecting to the last byte.
    ``strict_dialect``: the schema is cut to what OpenAI's strict mode accepts; otherwise length limits stay,
    because local servers enforce them while decoding. ``extra_body``: more fields for every request.
    ``reasoning_allowance``: tokens on top of the prompt's limit for a model that thinks before it answers.
    ``output_cap``: an answer cut at the limit is asked for once more with twice the limit, up to this.
    ``temperature``: ``None`` leaves it out. ``use_proxy``: honour HTTPS_PROXY and its kin.

    Raises :class:`UsageError` for an unusable address, :class:`ConfigurationError` for an unusable key.
    """

    name: str
    model: str
    base_url: str
    api_key: SecretStr
    profile: ModelProfile = field(default_factory=ModelProfile)
    request_deadline: float = 120.0
    strict_dialect: bool = True
    extra_body: Mapping[str, Any] = field(default_factory=dict)
    limit_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    reasoning_allowance: int = 0
    output_cap: int = 4096
    temperature: float | None = 0.0
    use_proxy: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_url", checked_base_url(self.base_url))
        object.__setattr__(self, "api_key", checked_key(self.api_key))

    @property
    def host(self) -> str:
        """Host and port, for messages."""
        return urlsplit(self.base_url).netloc


def checked_base_url(url: str) -> str:
    """Return the address without white space and closing slash, or raise :class:`UsageError`."""
    url = url.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        host = None
    if (
        not host
        or parts.scheme not in ("http", "https")
        or not url.isprintable()
        or not url.isascii()
        or " " in url
    ):
        raise UsageError("the base URL is not a web address", hint=_EXAMPLE)
    if "@" in parts.netloc:
        raise UsageError(
            "the base URL holds a user name or password",
            hint=f"put the key into OPENAI_API_KEY and {_EXAMPLE}",
        )
    if parts.query or parts.fragment:
        raise UsageError("the base URL has a query or a fragment", hint=_EXAMPLE)
    if parts.scheme == "http" and not is_loopback(url):
        raise UsageError(
            f"the base URL would send key and article to {host} in clear",
            hint="use https, or a loopback address",
        )
    return url


def is_loopback(url: str) -> bool:
    """Whether the address is this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked_key(key: SecretStr) -> SecretStr:
    """Return the key without outer white space; the error never shows it."""
    value = key.get_secret_value().strip()
    if not value:
        raise ConfigurationError("the API key is empty", hint="set OPENAI_API_KEY")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ConfigurationError(
            "the API key has characters that no key has", hint="copy it again into OPENAI_API_KEY"
        )
    return SecretStr(value)
