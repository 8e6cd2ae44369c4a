"""The demo newsroom as readers see it: accessible, quiet, complete without JavaScript."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browsing import in_a_browser
from tests.server import Server, prepared
from tests.watching import Watched

pytestmark = in_a_browser

PAGES = {
    "front": "/",
    "feed": "/news/",
    "section": "/news/city/",
    "subject": "/news/tag/city-council/",
    "further down": "/news/?before=9999999999999999-1",
    "story": "/news/culture-and-ideas/school-of-sound/",
    "story with pictures": "/news/coast-and-delta/river-ice-calendar/",
    "opinion without a picture": "/news/culture-and-ideas/praise-of-the-timetable/",
    "authors": "/authors/",
    "author": "/authors/maren-holubets/",
    "standard page": "/principles/",
    "search": "/search/?q=harbour",
    "empty search": "/search/?q=nosuchword",
    "every block": "/news/city/nineteen-weeks-without-a-lift/",
    "front page in Ukrainian": "/uk/",
    "feed in Ukrainian": "/uk/news/",
    "not found": "/nothing-here/",
    "bad request": "/news/?before=abc",
}

MANY_STORIES = """
from tests.builders import a_story
for hours in range(45):
    a_story(f"Story of hour {hours}", hours_ago=200 + hours)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("newsroom")
    shutil.copytree(prepared(), data, dirs_exist_ok=True)
    server = Server(data)
    server.start("--demo")
    yield server
    server.stop()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_accessible_and_asks_nobody_else(
    server: Server, browser: Browser, width: int, scheme: Any
) -> None:
    watched = Watched(
        browser, server.url, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = watched.page
    for name, path in PAGES.items():
        page.goto(server.url + path, wait_until="load")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.locator("h1").count() == 1, name
    assert watched.errors == []
    assert watched.strangers == []


@pytest.mark.parametrize("javascript", [True, False])
def test_show_more(server: Server, browser: Browser, javascript: bool) -> None:
    if "Story of hour 44" not in server.manage("shell", "-v0", "-c", COUNT):
        server.manage("shell", "-v0", "-c", MANY_STORIES)
    page = Watched(browser, server.url, java_script_enabled=javascript).page
    page.goto(f"{server.url}/news/")
    seen: list[str] = []
    headlines = page.locator("main h3, main h2.headline").filter(has=page.locator("a"))
    while True:
        titles = [title.strip() for title in headlines.all_inner_texts()]
        seen = titles if javascript else seen + titles
        more = page.get_by_role("link", name="Show more")
        if not more.count():
            break
        before = len(titles)
        more.click()
        if javascript:
            expect(headlines.nth(before)).to_be_visible()
            assert "before" not in page.url
        else:
            page.wait_for_url("**before=**")
    assert len(seen) == len(set(seen)) == 18 + 45


COUNT = """
from news.models import ArticlePage
print(list(ArticlePage.objects.values_list("title", flat=True)))
"""


def test_search_by_keyboard_from_any_page(server: Server, browser: Browser) -> None:
    page = Watched(browser, server.url, viewport={"width": 1280, "height": 900}).page
    page.goto(f"{server.url}/news/city/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    field = page.get_by_role("searchbox")
    field.focus()
    page.keyboard.type("tram")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Number 6 tram climbs Linden Hill again")).to_be_visible()


DIFFICULT = """
from tests.builders import a_story
a_story("W" * 200, slug="one-word", summary="x" * 300, kicker="K" * 60)
a_story("Long " * 51, slug="long", summary="")
a_story("خبر عاجل من الميناء القديم", slug="right-to-left", body=[("paragraph", "<p>نص</p>")])
a_story("🚢 Emoji & <b>markup</b>", slug="emoji")
"""


def test_every_address_of_the_demo_and_difficult_headlines(
    server: Server, browser: Browser
) -> None:
    server.manage("shell", "-v0", "-c", DIFFICULT)
    watched = Watched(browser, server.url, viewport={"width": 320, "height": 700})
    page = watched.page
    addresses: list[str] = ["/", "/news/", "/uk/"]
    for offset in (0, 50, 100):
        query = f"/api/v2/pages/?limit=50&offset={offset}&order=-id&format=json"
        answer = page.goto(server.url + query)
        assert answer is not None
        addresses += [item["meta"]["html_url"] for item in answer.json()["items"]]
    assert len(addresses) > 60
    for address in addresses:
        answer = page.goto(address if "://" in address else server.url + address)
        assert answer is not None and answer.status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    assert watched.errors == []
    assert watched.strangers == []
