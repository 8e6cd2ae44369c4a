"""A reader's page whose console and requests are written down."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page


class Watched:
    """A page whose console and requests are written down."""

    def __init__(self, browser: Browser, site: str, **context: Any) -> None:
        self.page: Page = browser.new_context(**context).new_page()
        self.errors: list[str] = []
        self.strangers: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self.note)
        self.page.on(
            "request",
            lambda request: (
                request.url.startswith((site, "data:")) or self.strangers.append(request.url)
            ),
        )

    def note(self, message: Any) -> None:
        # The browser itself reports the answer of a page that is not there.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)
