"""Debian's chromium for tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")

in_a_browser = [
    pytest.mark.browser,
    pytest.mark.static,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's package chromium"),
]


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def violations(page: Page, part: Any = "main") -> list[str]:
    """What axe finds in a part of a page, a line for each element. In: a selector, or what axe
    calls a context.
    """
    results = Axe().run(page, context=part).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in results for node in rule["nodes"]]
