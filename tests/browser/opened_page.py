"""A page in the browser, and whatever it did that no page of ours may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass
class Opened:
    """``trouble``: requests, messages, errors and dialogs. ``address``: the file, the one thing it may ask for."""

    page: Page
    address: str
    trouble: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """Directives of the policy that something on the page ran into."""
        found: list[str] = self.page.evaluate("window.violations")
        return found

    def watch(self) -> None:
        self.page.on("request", self._asked)
        self.page.on("console", lambda message: self.trouble.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.trouble.append(f"dialog: {dialog.message}"))
        self.page.on("popup", lambda _: self.trouble.append("popup"))

    def _asked(self, request: Any) -> None:
        if request.url.partition("#")[0] != self.address:
            self.trouble.append(f"request: {request.url}")
