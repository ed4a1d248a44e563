"""What a model costs, from the table that ships with ``genai-prices``: nothing is fetched.

A price that is not known stays unknown; it is never zero. Zero is what the embedded model costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from briefgen.errors import Usage

_LOCAL = "local:"


@runtime_checkable
class Priced(Protocol):
    """A model whose address tells who bills it."""

    @property
    def billed(self) -> tuple[str, str]:
        """Base URL of the server, and what it calls the model."""
        ...


def cost_usd(model: object, usage: Usage) -> float | None:
    """What ``usage`` of ``model`` costs in US dollars; ``None`` where price or tokens are not known.

    ``model`` is a :class:`briefgen.providers.base.LanguageModel`. Cached tokens have their own price.
    """
    if str(getattr(model, "name", "")).startswith(_LOCAL):
        return 0.0
    if not isinstance(model, Priced) or usage.input_tokens is None or usage.output_tokens is None:
        return None
    from genai_prices import Usage as Tokens  # noqa: PLC0415 - a fifth of a second, and a network client
    from genai_prices import calc_price  # noqa: PLC0415

    address, name = model.billed
    counted = Tokens(
        input_tokens=usage.input_tokens,
        cache_read_tokens=min(usage.cached_tokens or 0, usage.input_tokens),
        output_tokens=usage.output_tokens,
    )
    try:
        return float(calc_price(counted, name, provider_api_url=f"{address}/").total_price)
    except LookupError:
        return None


def is_priced(model: object) -> bool:
    """Whether the price of a model is known."""
    from briefgen.errors import Usage  # noqa: PLC0415 - this module imports nothing of ours at the top

    return cost_usd(model, Usage(input_tokens=1000, output_tokens=1000)) is not None
