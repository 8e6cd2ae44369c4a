"""The board in a browser: fresh without a reload, by keyboard, on a phone, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browsing import in_a_browser, violations
from tests.desk import Colleague
from tests.server import Server, newsroom

pytestmark = in_a_browser

# The page asks every five seconds what is new.
FRESH_WITHIN = 15_000
MAKE = """
from datetime import timedelta
from django.utils import timezone
from cms.models import User
from tests.builders import a_section, a_story, submit
from tests.people import make
make()
reporter = User.objects.get(username="reporter")
section = a_section("Harbour")
for number in range(13):
    a_story(f"Draft {number}", live=False, owner=reporter, parent=section,
            deadline=timezone.now() + timedelta(hours=number - 3))
submit(a_story("Waits for the desk", live=False, owner=reporter, parent=section), reporter)
"""
MORE = """
from cms.models import User
from tests.builders import a_story, submit
reporter = User.objects.get(username="reporter")
submit(a_story("Just submitted", live=False, owner=reporter), reporter)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with newsroom(tmp_path_factory.mktemp("newsroom"), MAKE) as (server, _printed):
        yield server


@pytest.fixture(scope="module")
def editor(server: Server, browser: Browser) -> Colleague:
    return Colleague(browser, server.url, "editor")


@pytest.fixture
def board(editor: Colleague) -> Page:
    page = editor.page
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.emulate_media(color_scheme="light")
    page.goto(f"{editor.site}/admin/")
    return page


def claim_of(part: Locator, headline: str) -> Locator:
    return part.get_by_role("button", name=re.compile(rf"Claim\W+{headline}"))


def test_a_submission_appears_and_a_colleague_s_claim(
    server: Server, browser: Browser, board: Page
) -> None:
    """Focus stays where it was while the board is drawn anew."""
    board.locator("#column-desk").get_by_role("link", name="Waits for the desk").focus()
    server.manage("shell", "-v0", "-c", MORE)
    desk = board.locator("#column-desk")
    expect(desk).to_contain_text("Just submitted", timeout=FRESH_WITHIN)
    expect(desk.get_by_role("link", name="Waits for the desk")).to_be_focused()
    expect(board.locator("[data-board-status]")).to_contain_text("2 stories wait for you")

    chief = Colleague(browser, server.url, "chief").page
    chief.locator("#column-desk").get_by_role(
        "button", name=re.compile(r"Claim\W+Just submitted")
    ).click()
    expect(chief.locator("#column-desk")).to_contain_text("Release")
    waiting = board.locator(".board-waiting")
    expect(waiting).not_to_contain_text("Just submitted", timeout=FRESH_WITHIN)
    expect(desk).to_contain_text("Take over from")


def test_claimed_and_opened_by_keyboard(board: Page) -> None:
    claim = board.locator(".board-waiting").get_by_role(
        "button", name=re.compile(r"Claim\W+Waits for the desk")
    )
    claim.press("Enter")
    expect(board.locator(".messages .success")).to_be_visible()
    board.locator(".board-waiting").get_by_role("link", name="Waits for the desk").first.press(
        "Enter"
    )
    expect(board.locator("#id_title")).to_have_value("Waits for the desk")


def test_it_goes_on_after_the_connection_was_lost(server: Server, board: Page) -> None:
    board.context.set_offline(True)
    expect(board.locator("[data-board-lost]")).to_be_visible(timeout=FRESH_WITHIN)
    board.context.set_offline(False)
    expect(board.locator("[data-board-lost]")).to_be_hidden(timeout=FRESH_WITHIN)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_accessible_at_every_width(board: Page, width: int, scheme: str) -> None:
    board.set_viewport_size({"width": width, "height": 900})
    board.emulate_media(color_scheme=scheme)
    for query in ("", "?stage=draft", "?scope=mine"):
        board.goto(f"{board.url.split('?')[0]}{query}")
        assert violations(board, "body") == []
        assert board.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_it_is_a_plain_page(server: Server, browser: Browser, board: Page) -> None:
    state = board.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=state)
    page = context.new_page()
    page.goto(f"{server.url}/admin/")
    expect(page.locator("#column-draft")).to_contain_text("Draft 12")
    page.get_by_role("link", name=re.compile(r"Show all 13\W+Drafts")).click()
    expect(page.locator("#column-draft .board-card")).to_have_count(13)
