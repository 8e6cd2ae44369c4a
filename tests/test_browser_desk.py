"""One story through the whole desk by four people, each in a browser of their own, and what it
costs them in clicks.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browsing import in_a_browser
from tests.desk import Colleague
from tests.server import Server, newsroom

pytestmark = in_a_browser

MAKE = "from tests.people import make; make()"
HEADLINE = "The ferry that was never late"
WHY = "Who says so? Name the harbour master."
STOCK = 26
MOST = 18
# Milliseconds until Wagtail looks for changes in a form that was opened.
BEGINS_TO_WATCH = 2500


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with newsroom(tmp_path_factory.mktemp("newsroom"), MAKE) as (server, _printed):
        yield server


def test_written_returned_resubmitted_approved_thrice_and_read(
    server: Server, browser: Browser
) -> None:
    names = ("reporter", "editor", "lawyer", "managing")
    reporter, editor, lawyer, managing = people = [
        Colleague(browser, server.url, name) for name in names
    ]
    for person in people:
        person.count_from_here()

    # Write and submit.
    page = reporter.page
    page.get_by_role("link", name="New story").click()
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.type(HEADLINE)
    reporter.write(reporter.first_block(), ["It left at six, as it had for thirty years."])
    page.locator("#id_needs_legal_review").check()
    reporter.action("Submit to Newsroom")

    # Return, with the reason.
    editor.open_waiting(HEADLINE)
    editor.start("Return with comments")
    dialog = editor.page.locator(".modal-dialog")
    expect(dialog.locator("textarea")).to_be_focused()
    editor.page.keyboard.type(WHY)
    dialog.locator("button[type=submit]").click()
    expect(editor.page.locator(".messages .success").first).to_be_visible()

    # The reporter reads why, mends it, and sends it again.
    page.goto(f"{server.url}/admin/")
    expect(page.locator(".board-notices")).to_contain_text(WHY)
    reporter.open_waiting(HEADLINE)
    reporter.write(reporter.first_block(), [" The harbour master keeps the book."])
    reporter.action("Resubmit to Desk review")

    # Three approvals.
    editor.open_waiting(HEADLINE)
    expect(editor.panel("body")).to_contain_text("The harbour master keeps the book.")
    editor.action("Pass on")
    lawyer.page.goto(f"{server.url}/admin/")
    lawyer.page.locator("main").get_by_role("link", name=HEADLINE).first.click()
    lawyer.page.get_by_role("button", name="Clear", exact=True).click()
    expect(lawyer.page.locator(".messages .success").first).to_be_visible()
    managing.open_waiting(HEADLINE)
    managing.sign()

    reader = browser.new_page()
    reader.goto(f"{server.url}/news/")
    reader.get_by_role("link", name=HEADLINE).first.click()
    expect(reader.locator("article")).to_contain_text("The harbour master keeps the book.")
    spent = {name: person.clicks for name, person in zip(names, people, strict=True)}
    print(f"clicks: {spent}, {sum(spent.values())} in all; stock Wagtail takes {STOCK}")
    assert sum(spent.values()) <= MOST, spent
    for name, person in zip(names, people, strict=True):
        person.page.goto(f"{server.url}/admin/")
        waiting = person.page.locator(".board-waiting")
        expect(waiting, name).not_to_contain_text(HEADLINE)
        assert person.errors == [], name


def a_draft(headline: str) -> str:
    """Run in the newsroom: a draft of the reporter's, with a byline of nobody."""
    return f"""
from cms.models import User
from tests.builders import a_story
story = a_story({headline!r}, live=False, owner=User.objects.get(username="reporter"))
print("story", story.pk)
"""


def make(server: Server, script: str) -> int:
    return int(server.manage("shell", "-v0", "-c", script).split()[-1])


def test_two_editors_in_one_story_lose_no_word(server: Server, browser: Browser) -> None:
    pk = make(server, a_draft("Two at once"))
    first, second = (Colleague(browser, server.url, name) for name in ("editor", "managing"))
    for person in (first, second):
        person.page.goto(f"{server.url}/admin/pages/{pk}/edit/")
        person.page.wait_for_timeout(BEGINS_TO_WATCH)
    first.write(first.first_block(), [" The first editor's words."])
    expect(first.page.locator("#story-advice")).to_contain_text("6 words")

    second.write(second.first_block(), [" The second editor's words."])
    expect(second.page.get_by_text("Saving will overwrite a newer version.")).to_be_visible()
    second.start("Save draft")
    dialog = second.page.get_by_role("dialog")
    expect(dialog).to_contain_text("editor saved a new version")
    expect(dialog.get_by_role("link", name="View latest version")).to_be_visible()
    dialog.get_by_role("button", name="Save draft").click()
    expect(second.page.locator(".messages .success").first).to_be_visible()
    expect(second.first_block()).to_contain_text("The second editor's words.")

    older = make(
        server,
        f"""
from news.models import ArticlePage
newest, older = ArticlePage.objects.get(pk={pk}).revisions.order_by("-pk")[:2]
print(older.pk)
""",
    )
    second.page.goto(f"{server.url}/admin/pages/{pk}/revisions/{older}/revert/")
    expect(second.first_block()).to_contain_text("The first editor's words.")
