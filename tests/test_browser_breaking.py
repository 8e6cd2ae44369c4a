"""Breaking news in a browser: live with the click, owed until another has signed; a legal hold."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browsing import in_a_browser, violations
from tests.desk import Colleague
from tests.server import Server, newsroom

pytestmark = in_a_browser

FIRST, SECOND = "A train has left the rails", "The line is closed"
LIVE_WITHIN = 2.0
# The clock looks for what is late every few seconds.
TOLD_WITHIN = 15_000
MAKE = f"""
from cms.models import User
from news.models import DeskSettings
from tests.builders import a_story
from tests.people import make
make()
settings = DeskSettings.load()
settings.most_unreviewed = 1
settings.save()
reporter = User.objects.get(username="reporter")
for headline in ({FIRST!r}, {SECOND!r}):
    print(a_story(headline, live=False, owner=reporter).pk)
"""
LATE = """
from news.models import DeskSettings
DeskSettings.objects.update(review_minutes=0)
"""
TOLD = """
from news.models import Notice
print(Notice.objects.filter(event="late", person__username="chief").count())
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with newsroom(tmp_path_factory.mktemp("newsroom"), MAKE) as (server, printed):
        server.first, server.second = (int(pk) for pk in printed.split()[-2:])
        yield server


@pytest.fixture(scope="module")
def people(server: Server, browser: Browser) -> dict[str, Colleague]:
    names = ("managing", "chief", "editor", "lawyer")
    return {name: Colleague(browser, server.url, name) for name in names}


def front_page(server: Server) -> str:
    with urllib.request.urlopen(f"{server.url}/news/") as answer:
        return str(answer.read().decode())


def open_form(person: Colleague, pk: int) -> Page:
    page = person.page
    page.goto(f"{person.site}/admin/pages/{pk}/edit/")
    footer = page.locator("footer")
    footer.get_by_role("button", name="More actions").click()
    footer.get_by_role("link", name="Publish as breaking news").click()
    expect(page.get_by_label("Why it cannot wait")).to_be_visible()
    return page


def look(page: Page) -> list[str]:
    """What axe finds on an admin screen, light and dark, wide and on a phone."""
    found = []
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found += violations(page)
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{wide} px wide on {width}"] if wide > width else []
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.emulate_media(color_scheme="light")
    return found


def test_live_with_the_click_and_owed_until_another_signs(
    server: Server, browser: Browser, people: dict[str, Colleague]
) -> None:
    managing, chief, editor = people["managing"], people["chief"], people["editor"]
    page = open_form(managing, server.first)
    assert look(page) == []
    page.get_by_label("Why it cannot wait").fill("People wait on the platforms.")
    page.get_by_label("Who reads it next").select_option(label="editor")
    assert FIRST not in front_page(server)
    waited = [publish(page, server, FIRST)]
    assert "Breaking" in front_page(server)
    expect(page.locator(".messages .success")).to_contain_text("waits for its second reader")

    # Who published cannot clear the debt, and is told so.
    review = f"{server.url}/admin/stories/{server.first}/editions/1/review/"
    page.goto(review)
    expect(page.locator("main")).to_contain_text("somebody else has to review it")
    expect(page.get_by_role("button", name="I have read it: sign")).to_have_count(0)

    # Late is said once, to those above.
    server.manage("shell", "-v0", "-c", LATE)
    chief.page.goto(f"{server.url}/admin/notices/")
    late = chief.page.get_by_text("still unreviewed")
    expect(reloading(chief.page, late)).to_have_count(1)
    chief.page.wait_for_timeout(5000)
    assert server.manage("shell", "-v0", "-c", TOLD).split()[-1] == "1"

    # The limit is reached: one more asks for a reason of its own.
    page = open_form(managing, server.second)
    expect(page.locator("main")).to_contain_text("say why another cannot wait")
    page.get_by_label("Why it cannot wait").fill("Buses are on their way.")
    page.get_by_label("Who reads it next").select_option(label="editor")
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".error-message")).to_contain_text("This field is required")
    assert SECOND not in front_page(server)
    page.get_by_label("Why one more goes unreviewed").fill("The editor reads both in a minute.")
    waited.append(publish(page, server, SECOND))
    expect(page.locator(".messages .success")).to_be_visible()
    print(f"before readers after {waited} s")
    assert min(waited) < LIVE_WITHIN, "one of them may have met a busy machine, not both"

    # The second reader finds both on the board, and signs.
    for headline in (FIRST, SECOND):
        editor.page.goto(f"{server.url}/admin/")
        waiting = editor.page.locator(".board-waiting")
        waiting.get_by_role("link", name=headline, exact=True).click()
        if headline == FIRST:
            assert look(editor.page) == []
        editor.page.get_by_role("button", name="I have read it: sign").click()
        expect(editor.page.locator(".messages .success")).to_contain_text("Reviewed")
    expect(editor.page.locator("#column-unreviewed")).to_contain_text("None")
    assert "Breaking" not in front_page(server)


def publish(page: Page, server: Server, headline: str) -> float:
    """Press the button. Out: seconds until readers see the story."""
    begun = time.monotonic()
    page.get_by_role("button", name="Publish now").click(no_wait_after=True)
    while headline not in front_page(server):
        assert time.monotonic() - begun < 10 * LIVE_WITHIN, "not before readers yet"
    return time.monotonic() - begun


def reloading(page: Page, wanted: Locator) -> Locator:
    """Out: the same locator, once it is there; the page is asked for anew until then."""
    end = time.monotonic() + TOLD_WITHIN / 1000
    while not wanted.count() and time.monotonic() < end:
        page.wait_for_timeout(500)
        page.reload()
    return wanted


def test_a_legal_hold_stops_everything_until_it_is_released(
    server: Server, people: dict[str, Colleague]
) -> None:
    lawyer, managing = people["lawyer"].page, people["managing"].page
    address = f"{server.url}/admin/stories/{server.second}/hold/"
    lawyer.goto(address)
    assert look(lawyer) == []
    lawyer.get_by_label("Why").fill("A name has to go.")
    lawyer.locator("main button[type=submit]").click()
    managing.goto(f"{server.url}/admin/pages/{server.second}/edit/")
    expect(managing.locator(".messages .warning")).to_contain_text("A name has to go.")
    lawyer.goto(address)
    assert look(lawyer) == []
    lawyer.get_by_label("Why").fill("It is gone.")
    lawyer.locator("main button[type=submit]").click()
    managing.reload()
    expect(managing.locator(".messages .warning")).to_have_count(0)
