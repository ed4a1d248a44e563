"""What a run has used of its budgets, and whether there is enough left for one more article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefgen.batch.options import Budgets
    from briefgen.errors import Usage


@dataclass(frozen=True)
class Cost:
    """Tokens and US dollars of an article, expected or spent."""

    tokens: float = 0.0
    usd: float = 0.0


class Rations:
    """Keeps the books of one run. Instants are of the caller's clock.

    Articles under way are reserved at what they are expected to cost, so that a budget is passed by no more
    than those cost beyond that. Expectations follow what the articles before have cost.
    """

    def __init__(self, budgets: Budgets, started: float) -> None:
        self._budgets = budgets
        self._ends = started + budgets.seconds if budgets.seconds is not None else None
        self._reserved: dict[int, Cost] = {}
        self._expected = Cost()
        self._spent = Cost()
        self._asked = 0
        self._factor = 1.0
        """What articles cost, over what they were expected to."""

    @property
    def ends(self) -> float | None:
        return self._ends

    def exhausted(self, now: float) -> str:
        """The budget that is used up, as people call it; "" while there is something left."""
        budgets = self._budgets
        if self._ends is not None and now >= self._ends:
            return f"{budgets.seconds:g} seconds"
        if budgets.articles is not None and self._asked >= budgets.articles:
            return f"{budgets.articles} articles"
        if budgets.tokens is not None and self._spent.tokens >= budgets.tokens:
            return f"{budgets.tokens} tokens"
        if budgets.cost is not None and self._spent.usd >= budgets.cost:
            return f"{budgets.cost:g} USD"
        return ""

    @property
    def tight(self) -> str:
        """The budgets that one more article might not fit into, as people call them."""
        budgets = self._budgets
        named = [(budgets.tokens, f"{budgets.tokens} tokens"), (budgets.cost, f"{budgets.cost} USD")]
        return " or ".join(name for budget, name in named if budget is not None)

    def enough_for(self, expected: Cost) -> bool:
        """Whether one more article fits, beside those under way. The first always does."""
        tokens = self._spent.tokens + self._factor * (self._expected.tokens + expected.tokens)
        usd = self._spent.usd + self._factor * (self._expected.usd + expected.usd)
        budgets = self._budgets
        return not self._asked or (
            (budgets.tokens is None or tokens <= budgets.tokens)
            and (budgets.cost is None or usd <= budgets.cost)
        )

    def reserve(self, number: int, expected: Cost, *, first: bool = True) -> None:
        """Set aside what the article ``number`` is expected to cost; ``first``: it is asked about for the first time."""
        self._reserved[number] = expected
        self._expected = Cost(self._expected.tokens + expected.tokens, self._expected.usd + expected.usd)
        self._asked += first

    def settle(self, number: int, usage: Usage, usd: float | None) -> None:
        """Book what it cost. What the server did not say is booked as expected."""
        expected = self._reserved.pop(number)
        left = self._expected
        self._expected = Cost(left.tokens - expected.tokens, left.usd - expected.usd)
        if not usage.requests:
            return
        known = usage.input_tokens is not None or usage.output_tokens is not None
        tokens = (
            (usage.input_tokens or 0) + (usage.output_tokens or 0)
            if known
            else self._factor * expected.tokens
        )
        spent = Cost(tokens, usd if usd is not None else self._factor * expected.usd)
        self._spent = Cost(self._spent.tokens + spent.tokens, self._spent.usd + spent.usd)
        if known and expected.tokens:
            self._factor += 0.1 * (tokens / expected.tokens - self._factor)
