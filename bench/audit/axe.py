"""axe-core on every page, as a telephone and as a desktop, light and dark."""

from __future__ import annotations

from itertools import product
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab

from bench.audit.newsroom import Newsroom, Page, say
from bench.audit.weight import fulfil
from tests.browsing import chromium

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")


def show(tab: Tab, address: str, page: Page) -> None:
    if page.html:
        tab.route(address, lambda route: fulfil(route, page))
    tab.goto(address, wait_until="load")


def audit(room: Newsroom) -> list[str]:
    """Prints and returns a line for each element that breaks a rule in some look of a page."""
    say("axe …")
    failures: list[str] = []
    with chromium() as browser:
        for width, scheme in product(WIDTHS, SCHEMES):
            look: Any = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
            tab = browser.new_context(**look).new_page()
            for page in room.pages:
                own = room.url + page.address
                show(tab, own, page)
                for rule in Axe().run(tab).response["violations"]:
                    failures += [
                        f"  {page.address} {width} {scheme}: {rule['id']}: {node['html'][:120]}"
                        for node in rule["nodes"]
                    ]
                if tab.evaluate("document.documentElement.scrollWidth") > width:
                    failures.append(f"  {page.address} {width}: wider than the window")
                tab.unroute_all()
            tab.context.close()
    looks = len(WIDTHS) * len(SCHEMES)
    print(f"axe: {len(room.pages)} pages in {looks} looks, {len(failures)} failures")
    print(*failures, sep="\n")
    return failures
