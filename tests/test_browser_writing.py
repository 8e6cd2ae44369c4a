"""Writing in a real browser: what is pasted, and what is typed a moment before a click, stays."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browsing import in_a_browser, violations
from tests.desk import Colleague
from tests.server import Server, newsroom

pytestmark = in_a_browser

MAKE = "from tests.people import make; make()"

CLIPBOARD = Path(__file__).parent / "clipboard"

PASTE = """(editor, html) => {
    const clipboard = new DataTransfer();
    clipboard.setData("text/html", html);
    const { body } = new DOMParser().parseFromString(html, "text/html");
    clipboard.setData("text/plain", body.innerText);
    editor.dispatchEvent(new ClipboardEvent("paste", {
        clipboardData: clipboard, bubbles: true, cancelable: true,
    }));
}"""

STATE = ".w-field__input:has([contenteditable]) input[type=hidden]"

LISTS = "<ul><li>Cars</li><li>People</li></ul>"
RULING = '<a href="https://example.org/ruling">the ruling</a>'
KEPT = {
    "word": "<h2>The ferry</h2>"
    "<p><b>Nobody</b> in Odesa had <i>expected</i> it to sail on time.</p>"
    f"<h2>What it carries</h2>{LISTS}<ol><li>Load</li><li>Sail</li></ol><h3>Who decides</h3>"
    '<p>Read <a href="https://example.org/ruling?a=1&amp;b=2">the ruling</a>, not this, that or'
    " the file.</p><p>Line 6</p><p>41,000</p><p>It sailed.</p>",
    "google-docs": "<h2>The ferry</h2><p><b>Nobody</b> had <i>expected</i> it.</p>"
    f"<h2>What it carries</h2>{LISTS}<ol><li>Load</li></ol>"
    f"<p>Read {RULING}, not this.</p><p>Line 6</p><p>41,000</p>",
    "libreoffice": "<h2>The ferry</h2><p><b>Nobody</b> had <i>expected</i> it.</p>"
    f"<h3>Deep down</h3>{LISTS}<p>Read {RULING}.</p>",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with newsroom(tmp_path_factory.mktemp("newsroom"), MAKE) as (server, _printed):
        yield server


@pytest.fixture(scope="module")
def reporter(server: Server, browser: Browser) -> Colleague:
    return Colleague(browser, server.url, "reporter")


def stored(server: Server, title: str) -> list[tuple[str, Any]]:
    """The blocks of the newest draft as the database has them, without the keys of paragraphs."""
    with closing(sqlite3.connect(server.data / "dateline.sqlite3")) as database:
        [(content,)] = database.execute(
            "SELECT content FROM wagtailcore_revision WHERE object_str = ?"
            " ORDER BY created_at DESC LIMIT 1",
            [title],
        )
    body = re.sub(r' data-block-key=\\"\w+\\"', "", json.loads(content)["body"])
    return [(block["type"], block["value"]) for block in json.loads(body)]


@pytest.mark.parametrize("source", KEPT)
def test_pasted_from_a_word_processor(server: Server, reporter: Colleague, source: str) -> None:
    """Headings, links, lists, bold and italics stay, and nothing else."""
    reporter.new("Story", "/news/")
    title = f"Pasted from {source}"
    reporter.page.get_by_placeholder("Headline").fill(title)
    block = reporter.block("Paragraph")
    block.locator("[contenteditable=true]").click()
    block.locator("[contenteditable=true]").evaluate(
        PASTE, (CLIPBOARD / f"{source}.html").read_text()
    )
    expect(block.locator(STATE)).to_have_value(re.compile("The ferry"))
    reporter.action("Save draft")
    assert stored(server, title) == [("paragraph", KEPT[source])]


def test_what_was_typed_a_second_before_a_story_is_added(
    server: Server, reporter: Colleague
) -> None:
    """The button beside an offered story saves the form: nothing that was typed is lost."""
    server.manage("shell", "-v0", "-c", "from tests.people import a_fitting_story as a; a()")
    reporter.new("Story", "/news/")
    page = reporter.page
    page.get_by_placeholder("Headline").fill("Typed with tags")
    page.locator(".tagit-new input").fill("harbour,")
    block = reporter.block("Paragraph")
    reporter.write(block, ["The first words."])
    reporter.action("Save draft")
    button = page.get_by_role("button", name="Add as related story It fits", exact=True)
    expect(button).to_be_visible()
    page.get_by_placeholder("Headline").fill("Typed a second before")
    editor = page.locator("[data-streamfield-child] [contenteditable=true]").last
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" And the last.")
    button.click()
    expect(page.locator(".messages .success", has_text="It fits")).to_be_visible()
    [paragraph, related] = stored(server, "Typed a second before")
    assert paragraph == ("paragraph", "<p>The first words. And the last.</p>")
    assert related[0] == "related_story"
    expect(page.get_by_placeholder("Headline")).to_have_value("Typed a second before")
    expect(button).to_have_count(0)


def test_enter_in_a_field_saves_and_does_no_more(server: Server, reporter: Colleague) -> None:
    """The first button of a form is pressed by Enter: it must not add, nor submit."""
    submit = reporter.page.get_by_role("button", name="Submit to Newsroom")
    expect(submit).to_be_visible()
    reporter.page.get_by_placeholder("Headline").fill("Saved by Enter")
    reporter.page.locator("[name=kicker]").press("Enter")
    expect(reporter.page.locator(".messages .success").first).to_be_visible()
    expect(submit).to_be_visible()
    assert [kind for kind, _value in stored(server, "Saved by Enter")] == [
        "paragraph",
        "related_story",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_screens(server: Server, reporter: Colleague, scheme: str) -> None:
    """Links of a draft, its record, and the advice in the editor: no violation that axe finds."""
    page = reporter.page
    page.emulate_media(color_scheme=scheme)
    story = page.url.split("/pages/")[1].split("/")[0]
    page.locator("#story-advice button:visible").first.wait_for()
    found = violations(page, "#story-advice")
    page.goto(f"{server.url}/admin/stories/{story}/links/")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("Address of the draft")).to_have_value(re.compile("/draft/"))
    found += violations(page, "main")
    page.goto(f"{server.url}/admin/stories/{story}/record/")
    expect(page.locator(".record")).to_contain_text("Shared the draft by a link")
    found += violations(page, "main")
    page.goto(f"{server.url}/admin/pages/{story}/edit/")
    assert found == []
