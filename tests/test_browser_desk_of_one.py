"""A desk of one: from an empty newsroom to the first published story without reading anything, and
a typo in it.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import in_a_browser
from tests.desk import PASSWORD, Colleague
from tests.server import Server, prepared

pytestmark = in_a_browser

HEADLINE = "The market opens again"
MOST_SECONDS = 300
MOST_CLICKS = 3
MOST_CLICKS_OF_A_FIX = 4


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("newsroom")
    shutil.copytree(prepared(), data, dirs_exist_ok=True)
    server = Server(data)
    server.environment["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
    server.manage("createsuperuser", "--noinput", "--username=owner", "--email=owner@example.org")
    server.manage("setup_newsroom", "--owner", "owner")
    server.start()
    yield server
    assert server.stop() == 0


def test_from_the_first_look_to_the_first_story_and_a_typo(
    server: Server, browser: Browser
) -> None:
    begun = time.monotonic()
    owner = Colleague(browser, server.url, "owner")
    owner.count_from_here()
    page = owner.page
    expect(page.locator(".board-signing")).to_contain_text("whoever writes may also sign")
    page.get_by_role("link", name="New story").click()
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.type(HEADLINE)
    owner.write(owner.first_block(), ["Stalls stand where the snow lay, teh first since March."])
    owner.action("Publish")
    seconds, clicks = time.monotonic() - begun, owner.clicks
    reader = browser.new_page()
    reader.goto(f"{server.url}/")
    reader.get_by_role("link", name=HEADLINE).first.click()
    expect(reader.locator("article")).to_contain_text("teh first")
    print(f"new story to published: {clicks} clicks, {seconds:.0f} s with signing in")
    assert seconds < MOST_SECONDS and clicks <= MOST_CLICKS

    # A typo at night: from the page to its text.
    story = reader.url
    page.goto(story)
    owner.count_from_here()
    begun = time.monotonic()
    page.get_by_role("button", name="View Wagtail quick actions").click()
    page.get_by_role("menuitem", name="Fix the live text").click()
    fix_the_typo(page)
    page.get_by_role("button", name="Save the fix").click()
    expect(page.locator(".messages .success")).to_contain_text("The live text is fixed.")
    seconds, clicks = time.monotonic() - begun, owner.clicks
    print(f"typo in a live story: {clicks} clicks, {seconds:.0f} s")
    assert clicks <= MOST_CLICKS_OF_A_FIX
    reader.reload()
    expect(reader.locator("article")).to_contain_text("the first since March")
    assert reader.url == story


def fix_the_typo(page: Page) -> None:
    words = page.locator("[data-streamfield-child] [contenteditable=true]").first
    words.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Stalls stand where the snow lay, the first since March.")
    stored = page.locator(".w-field__input:has([contenteditable]) input[name$=value]")
    expect(stored.first).to_have_value(re.compile("the first"))
