"""The front-page tool by keyboard, by mouse and on a phone, with the preview beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from tests.browsing import in_a_browser
from tests.desk import Colleague
from tests.server import Server, newsroom

pytestmark = in_a_browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
LIVE_WITHIN = 2000
STORIES = """
from tests.people import make
from tests.builders import a_section, a_story
make()
section = a_section("Harbour")
for number in range(12):
    a_story(f"Story {number} " + "with a long headline " * (number % 3), hours_ago=number + 1,
            parent=section)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with newsroom(tmp_path_factory.mktemp("newsroom"), STORIES) as (server, _printed):
        yield server


@pytest.fixture(scope="module")
def managing(browser: Browser, server: Server) -> Colleague:
    return Colleague(browser, server.url, "managing")


@pytest.fixture
def tool(managing: Colleague) -> Page:
    """The tool as it opens from the menu, with its preview loaded and its errors written down."""
    page = managing.page
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(f"{managing.site}/admin/")
    page.get_by_role("link", name="Front page", exact=True).click()
    page.locator("[data-front-preview]").scroll_into_view_if_needed()
    expect(preview(page).locator("article.lead")).to_be_visible()
    page.locator("#front-places").scroll_into_view_if_needed()
    return page


def preview(page: Page) -> FrameLocator:
    return page.frame_locator("[data-front-preview]")


def expect_lead(page: Page, headline: str) -> None:
    """In the tool and, within two seconds, as readers see it."""
    expect(place(page, 0)).to_contain_text(headline)
    lead = preview(page).locator("article.lead h2")
    expect(lead).to_contain_text(headline, timeout=LIVE_WITHIN)


def place(page: Page, at: int) -> Locator:
    return page.locator(f"[data-front-place='{at}']")


def candidate(page: Page, headline: str) -> Locator:
    return page.locator(".front-candidate").filter(has_text=headline)


def status(page: Page) -> Locator:
    return page.locator("[data-front-status]")


def test_by_keyboard(tool: Page) -> None:
    expect_lead(tool, "Story 0")
    choose = candidate(tool, "Story 7").get_by_role("button", name="Make lead")
    choose.focus()
    tool.keyboard.press("Enter")
    expect_lead(tool, "Story 7")
    expect(status(tool)).to_contain_text("stands at: Lead.")
    beside = candidate(tool, "Story 7").get_by_role("button", name="Slot 1")
    expect(beside).to_be_focused()
    down = place(tool, 0).get_by_role("button", name="Move down")
    down.focus()
    tool.keyboard.press("Enter")
    expect(place(tool, 1)).to_contain_text("Story 7")
    expect(place(tool, 1).get_by_role("button", name="Move down")).to_be_focused()
    undo = tool.get_by_role("button", name="Undo")
    undo.focus()
    tool.keyboard.press("Space")
    expect_lead(tool, "Story 7")
    expect(undo).to_be_focused()
    tool.keyboard.press("Space")
    expect_lead(tool, "Story 0")
    expect(undo).to_be_disabled()
    tool.get_by_role("button", name="Redo").press("Enter")
    expect_lead(tool, "Story 7")
    place(tool, 0).get_by_role("button", name="Empty Lead").press("Enter")
    expect_lead(tool, "Story 0")


def test_by_dragging(tool: Page) -> None:
    candidate(tool, "Story 5").drag_to(place(tool, 0))
    expect_lead(tool, "Story 5")
    candidate(tool, "Story 6").drag_to(place(tool, 2))
    expect(place(tool, 2)).to_contain_text("Story 6")
    place(tool, 2).drag_to(place(tool, 0))
    expect_lead(tool, "Story 6")
    expect(place(tool, 2)).to_contain_text("Story 5")
    expect(tool.locator("[data-front-over]")).to_have_count(0)


def test_search_and_then_choose(tool: Page) -> None:
    field = tool.get_by_label("Words of the headline")
    field.press_sequentially("story 11")
    expect(tool.locator(".front-candidate")).to_have_count(1)
    expect(field).to_be_focused()
    expect(status(tool)).to_have_text("1 story")
    candidate(tool, "Story 11").get_by_role("button", name="Slot 3").click()
    expect(place(tool, 3)).to_contain_text("Story 11")
    expect(field).to_have_value("story 11")


def test_two_at_once(browser: Browser, server: Server, tool: Page) -> None:
    other = Colleague(browser, server.url, "chief").page
    other.goto(tool.url)
    candidate(other, "Story 9").get_by_role("button", name="Make lead").click()
    expect(place(other, 0)).to_contain_text("Story 9")
    candidate(tool, "Story 8").get_by_role("button", name="Make lead").click()
    expect(tool.locator(".front-notes")).to_contain_text("changed meanwhile, last by chief")
    expect_lead(tool, "Story 9")
    candidate(tool, "Story 8").get_by_role("button", name="Make lead").click()
    expect_lead(tool, "Story 8")
    other.context.close()


def test_without_script(browser: Browser, managing: Colleague) -> None:
    cookies = managing.page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=cookies)
    page = context.new_page()
    page.goto(f"{managing.site}/admin/front/")
    candidate(page, "Story 3").get_by_role("button", name="Make lead").click()
    expect(place(page, 0)).to_contain_text("Story 3")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_accessible_at_every_width(tool: Page, scheme: str, width: int) -> None:
    tool.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tool.set_viewport_size({"width": width, "height": 900})
    tool.reload()
    found = Axe().run(tool, options=RULES).response["violations"]
    assert not found, [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
    wide = tool.evaluate(
        "[document.documentElement, ...document.querySelectorAll('main, main *')]"
        ".filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth"
        " && getComputedStyle(e).overflowX !== 'visible'"
        " && !e.closest('.w-slim-header, .w-sr-only')).map((e) => e.className)"
    )
    assert wide == [], "nothing has to be scrolled sideways"
    for button in tool.locator(".front-columns button:visible").all()[:12]:
        box = button.bounding_box()
        assert box and box["width"] >= 24 and box["height"] >= 24


def test_the_preview_as_on_a_phone(tool: Page) -> None:
    frame = tool.locator("[data-front-frame]")
    phone = tool.get_by_role("button", name="Phone")
    phone.click()
    expect(phone).to_have_attribute("aria-pressed", "true")
    box = frame.bounding_box()
    assert box and box["width"] == 390
    tool.get_by_role("button", name="Desktop").click()
    box = frame.bounding_box()
    assert box and box["width"] > 800
    expect(preview(tool).locator("wagtail-userbar")).to_have_count(0)
