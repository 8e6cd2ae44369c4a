"""What a reader does from page to page: with a pointer, with keys alone, on paper, in another
language, without JavaScript.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import in_a_browser
from tests.server import Server, newsroom
from tests.watching import Watched

pytestmark = in_a_browser

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

DEMO_AND_MORE = """
from django.core.management import call_command
call_command("seed_demo")
from tests.builders import a_story, an_image
for hours in range(12):
    a_story(f"Story of hour {hours}", hours_ago=200 + hours)
pictures = [{"image": an_image(f"Quay {n}"), "caption": f"Quay {n}", "alt": ""} for n in range(3)]
a_story("Three quays", slug="three-quays", body=[("gallery", pictures)], hours_ago=300)
a_story("Just now", slug="just-now", hours_ago=0.2)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with newsroom(tmp_path_factory.mktemp("newsroom"), DEMO_AND_MORE) as (server, _printed):
        yield server


def opened(watched: Watched, address: str) -> Page:
    watched.page.goto(address)
    return watched.page


def test_a_reader_goes_from_the_front_page_to_a_search(server: Server, browser: Browser) -> None:
    watched = Watched(browser, server.url, viewport=PHONE)
    page = opened(watched, f"{server.url}/")
    page.get_by_role("link", name="All news").click()
    expect(page.get_by_role("heading", level=1, name="News")).to_be_visible()
    while page.get_by_role("link", name="Show more").count():
        rows = page.locator(".row").count()
        page.get_by_role("link", name="Show more").click()
        expect(page.locator(".row").nth(rows)).to_be_attached()
    page.get_by_role("link", name="Nineteen weeks on the ninth floor").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nineteen weeks on the ninth floor")
    soon = time.monotonic() + 240  # made beside the web
    while not page.locator(".hero source[type='image/avif']").count():
        assert time.monotonic() < soon, "no size of the picture was made"
        time.sleep(1)
        page.reload()
    page.locator(".names a").first.click()
    expect(page.get_by_text("Stories by")).to_be_visible()
    page.go_back()
    page.locator(".tags a").first.click()
    expect(page.get_by_text("Subject", exact=True)).to_be_visible()
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").press_sequentially("ferry", delay=20)
    expect(page.locator("#results mark").first).to_have_text(re.compile("ferry", re.I))
    expect(page).to_have_url(re.compile(r"[?&]q=ferry"))
    page.get_by_role("searchbox").fill("nosuchword")
    expect(page.get_by_text("No story holds all the words")).to_be_visible()
    assert watched.errors == watched.strangers == []


def test_a_theme_of_ones_own_stays(server: Server, browser: Browser) -> None:
    watched = Watched(browser, server.url, viewport=DESK, color_scheme="light")
    page = opened(watched, f"{server.url}/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Dark pages").click()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(f"{server.url}/news/")
    assert page.evaluate(ground) == dark
    expect(page.get_by_role("button", name="Dark pages")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Dark pages").click()
    assert page.evaluate(ground) == light
    assert watched.errors == []


def test_another_language(server: Server, browser: Browser) -> None:
    watched = Watched(browser, server.url, viewport=DESK)
    page = opened(watched, f"{server.url}/news/")
    assert page.locator("link[hreflang=uk]").get_attribute("href") == f"{server.url}/uk/news/"
    page.get_by_role("link", name="Українська").click()
    expect(page).to_have_url(f"{server.url}/uk/news/")
    assert page.locator("html").get_attribute("lang") == "uk"
    expect(page.get_by_role("heading", level=1, name="Новини")).to_be_visible()
    page.locator(".row a").first.click()
    expect(page.get_by_text("хв читання")).to_be_visible()
    words = page.locator("body").inner_text()
    assert not re.search(r"\b(By|Search|Find|Updated|Share|Read more|More from|min read)\b", words)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{server.url}/")
    assert watched.errors == watched.strangers == []


def test_minutes_ago_stay_right_on_a_page_that_is_kept(server: Server, browser: Browser) -> None:
    watched = Watched(browser, server.url, viewport=DESK)
    page = watched.page
    page.clock.install(time=datetime.now(UTC))
    opened(watched, f"{server.url}/news/")
    row = page.locator(".row", has_text="Just now")
    at_first = int(re.sub(r"\D", "", row.locator("time").inner_text()))
    assert "ago" in row.locator("time").inner_text() and 11 <= at_first <= 20
    page.clock.fast_forward(timedelta(minutes=10).total_seconds() * 1000)
    expect(row.locator("time")).to_have_text(re.compile(f"{at_first + 10}|{at_first + 11}"))
    page.clock.fast_forward(timedelta(hours=1).total_seconds() * 1000)
    expect(row.locator("time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    assert watched.errors == []


def test_a_gallery_and_a_shared_address(server: Server, browser: Browser) -> None:
    watched = Watched(
        browser, server.url, viewport=DESK, permissions=["clipboard-read", "clipboard-write"]
    )
    page = opened(watched, f"{server.url}/news/three-quays/")
    page.get_by_role("button", name="Show this picture large").nth(1).click()
    viewer = page.get_by_role("dialog")
    expect(viewer).to_contain_text("Quay 1")
    expect(viewer.get_by_role("status")).to_have_text("2 of 3")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(viewer.get_by_role("status")).to_have_text("1 of 3")
    page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("button", name="The link is copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{server.url}/news/three-quays/"
    assert watched.errors == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def tab_to(page: Page, text: str, *, at_most: int = 80) -> None:
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if focused(page).startswith(text):
            outline = page.evaluate(
                "[document.activeElement, document.activeElement.closest('li, article, section')]"
                ".some(one => one && getComputedStyle(one).outlineStyle !== 'none')"
            )
            assert outline, f"{text}: nobody sees where the focus is"
            return
    pytest.fail(f"{text} is not reached by the keyboard")


def test_keys_alone(server: Server, browser: Browser) -> None:
    page = opened(Watched(browser, server.url, viewport=DESK), f"{server.url}/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    tab_to(page, "Harbour board halts")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Harbour board halts")
    tab_to(page, "Tadei Kravisz")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Tadei Kravisz")
    tab_to(page, "Dark pages")
    page.keyboard.press("Space")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.goto(f"{server.url}/news/three-quays/")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.enlarge')"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.enlarge')")


def test_on_paper(server: Server, browser: Browser, tmp_path: Path) -> None:
    watched = Watched(browser, server.url, viewport=DESK, color_scheme="dark")
    page = opened(watched, f"{server.url}/news/city/nineteen-weeks-without-a-lift/")
    page.emulate_media(media="print")
    for part in (".masthead-bar", ".colophon-links", ".related", ".more-from", ".share", ".tags"):
        for found in page.locator(part).all():
            expect(found).to_be_hidden()
    for part in ("h1", ".wordmark >> nth=0", ".names", ".body .paragraph >> nth=0", ".hero img"):
        expect(page.locator(part)).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    paper = tmp_path / "story.pdf"
    page.pdf(path=paper, format="A4")
    sheets = paper.read_bytes().count(b"/Type /Page\n")
    assert paper.read_bytes().startswith(b"%PDF") and 2 <= sheets <= 6


def test_without_javascript(server: Server, browser: Browser) -> None:
    watched = Watched(browser, server.url, viewport=PHONE, java_script_enabled=False)
    page = opened(watched, f"{server.url}/news/")
    expect(page.get_by_role("button", name="Dark pages")).to_be_hidden()
    expect(page.locator(".row time").first).to_have_text(re.compile(r"^\d\d:\d\d$"))
    page.get_by_role("link", name="Show more").click()
    page.get_by_role("link", name="Three quays").click()
    assert page.locator(".gallery img").count() == 3
    expect(page.get_by_role("button", name="Share")).to_be_hidden()
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("ferry")
    page.keyboard.press("Enter")
    expect(page.locator("#results mark").first).to_be_visible()
    page.get_by_role("link", name="Українська").click()
    expect(page).to_have_url(f"{server.url}/uk/")
