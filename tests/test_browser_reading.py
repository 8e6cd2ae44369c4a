"""Author, editor and lawyer talk about a story in review, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browsing import in_a_browser
from tests.desk import Colleague
from tests.server import Server, newsroom

pytestmark = in_a_browser

STORY = """
from cms.models import User
from news.models import ArticlePage, NewsIndexPage
from tests.builders import submit
from tests.people import make
make()
story = ArticlePage(title="The quay at six", live=False, needs_legal_review=True)
story.owner = User.objects.get(username="reporter")
story.body = [("paragraph", "<p>The ferry left at six.</p>"),
              ("quote", {"text": "We waited for the tide.", "attribution": "The pilot"})]
NewsIndexPage.objects.get(locale__language_code="en").add_child(instance=story)
story.save_revision(user=story.owner)
submit(story, story.owner)
print("story", story.pk)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with newsroom(tmp_path_factory.mktemp("newsroom"), STORY) as (server, printed):
        server.pk = int(printed.split("story")[-1])
        yield server


def open_thread(comment: Locator) -> None:
    """A click while the panel slides in is lost."""
    for _attempt in range(5):
        comment.click()
        with suppress(AssertionError):
            expect(comment.get_by_role("textbox")).to_be_visible(timeout=3_000)
            return
    raise AssertionError("the thread does not open")


def part(page: Page, words: str) -> Page:
    return page.locator(".reading-part").filter(has_text=words)


def test_they_talk_while_the_story_is_locked_and_the_lawyer_clears_it(
    browser: Browser, server: Server
) -> None:
    reporter, editor, lawyer = (
        Colleague(browser, server.url, name) for name in ("reporter", "editor", "lawyer")
    )
    editing = f"{server.url}/admin/pages/{server.pk}/edit/"

    # The author: from the locked editor to a comment on the quote.
    reporter.page.goto(editing)
    reporter.page.locator(".messages").get_by_role("link", name="Read and comment").click()
    quote = part(reporter.page, "We waited for the tide.")
    quote.get_by_text("Comment", exact=False).first.click()
    quote.get_by_label("Comment", exact=True).fill("The pilot said so on the phone.")
    quote.get_by_role("button", name="Save comment").click()
    expect(part(reporter.page, "We waited")).to_contain_text("The pilot said so on the phone.")

    # The editor: sees it beside the field of the quote in Wagtail's editor, answers, saves.
    editor.page.goto(editing)
    editor.page.locator('[data-side-panel-toggle="comments"]').click()
    comment = editor.page.locator(".comment").filter(has_text="on the phone")
    expect(comment).to_be_visible()
    open_thread(comment)
    comment.get_by_role("textbox").fill("Then it is a paraphrase.")
    comment.get_by_role("button", name="Reply").click()
    expect(comment).to_contain_text("Then it is a paraphrase.")
    expect(editor.page.get_by_text("Saved", exact=True).first).to_be_visible(timeout=15_000)

    # And resolves it in the reading view, from where it is passed on.
    editor.page.goto(f"{server.url}/admin/stories/{server.pk}/read/")
    quote = part(editor.page, "We waited for the tide.")
    expect(quote).to_contain_text("Then it is a paraphrase.")
    quote.get_by_role("button", name="Resolve").click()
    expect(part(editor.page, "We waited")).to_contain_text("1 resolved")
    editor.page.get_by_role("button", name="Pass on").click()
    expect(editor.page.locator(".messages .success")).to_be_visible()

    # The lawyer: one click to the text, one to clear it, and back on the first screen.
    lawyer.page.goto(f"{server.url}/admin/")
    lawyer.page.locator("main").get_by_role("link", name="The quay at six").first.click()
    expect(lawyer.page.locator(".reading")).to_contain_text("The ferry left at six.")
    found = Axe().run(lawyer.page)
    assert found.violations_count == 0, found.generate_report()
    lawyer.page.get_by_role("button", name="Clear").click()
    expect(lawyer.page).to_have_url(f"{server.url}/admin/")
    expect(lawyer.page.locator(".messages .success")).to_be_visible()
    expect(lawyer.page.locator(".messages .error")).to_have_count(0)

    # Last, the signature: its dialog opens from the reading view.
    chief = Colleague(browser, server.url, "chief")
    chief.page.goto(f"{server.url}/admin/stories/{server.pk}/read/")
    chief.page.get_by_role("button", name="Sign").click()
    dialog = chief.page.locator(".modal-dialog")
    expect(dialog).to_contain_text("You sign exactly this text")
    dialog.locator("button[type=submit]").click()
    expect(chief.page.locator(".reading-facts")).to_contain_text("Public")
