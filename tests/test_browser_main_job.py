"""The main job: a reporter writes a real news page, the desk publishes it, a reader and an app
see every part of it.
"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import in_a_browser
from tests.desk import Colleague
from tests.reference_page import ReferencePage, is_quote, read_reference_page
from tests.server import Server, newsroom

pytestmark = in_a_browser

MAKE = "from tests.people import make; make()"

PICTURES = Path(__file__).parent.parent / "home/demo/pictures"
STANDFIRST = "What was said, who was in the room, and what it changes for those who were not."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with newsroom(tmp_path_factory.mktemp("newsroom"), MAKE) as (server, _printed):
        yield server


def api(server: Server, path: str) -> Any:
    with urllib.request.urlopen(f"{server.url}/api/v2/{path}") as answer:
        return json.load(answer)


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def make_author(managing: Colleague, reference: ReferencePage, picture: Path) -> None:
    managing.new("Author", "/authors/")
    managing.page.fill("#id_title", reference.author)
    managing.page.fill("#id_role", reference.role)
    managing.upload(managing.panel("photo"), reference.author, "Portrait", "Staff", picture)
    managing.write(managing.panel("bio"), [reference.bio])
    managing.action("Publish")


def write_story(
    writer: Colleague, headline: str, caption: tuple[str, str], picture: Path, author: str
) -> None:
    """Everything of a story but its body."""
    writer.new("Story", "/news/")
    writer.page.fill("#id_title", headline)
    writer.page.fill("#id_summary", STANDFIRST)
    writer.panel("byline").get_by_role("button", name="Add author").click()
    modal = writer.page.locator(".modal-dialog")
    modal.get_by_role("checkbox", name=author).check()
    modal.get_by_role("button", name="Confirm selection").click()
    expect(modal).to_be_hidden()
    writer.upload(
        writer.panel("lead_image"), headline[:80], "A press conference", caption[1], picture
    )
    writer.page.fill("#id_lead_image_caption", caption[0])


def write_body(writer: Colleague, paragraphs: list[str]) -> None:
    """Quotations of their own as quote blocks, what stands between them as text."""
    running: list[str] = []
    for paragraph in [*paragraphs, None]:
        if paragraph is not None and not is_quote(paragraph):
            running.append(paragraph)
            continue
        if running:
            writer.write(writer.block("Paragraph"), running)
            running = []
        if paragraph is not None:
            writer.block("Quote").locator("textarea").first.fill(paragraph.strip('"“”'))


def submit(writer: Colleague) -> str:
    """Out: the id of the page."""
    writer.action("Submit to Newsroom")
    links = writer.page.locator(".messages .success a[href*='/edit/']")
    found = re.search(r"/pages/(\d+)/edit/", links.first.get_attribute("href") or "")
    assert found is not None
    return found[1]


def assert_shows(page: Page, *texts: str) -> None:
    content = re.sub(r"\s+", " ", page.locator("body").inner_text()).casefold()
    for text in texts:
        assert text.casefold() in content, text


def test_a_story_from_the_first_word_to_the_reader(server: Server, browser: Browser) -> None:
    reference = read_reference_page()
    reporter = Colleague(browser, server.url, "reporter")
    editor = Colleague(browser, server.url, "editor")
    managing = Colleague(browser, server.url, "managing")
    chief = Colleague(browser, server.url, "chief")

    # The feed's label, the author and the related story are made first.
    managing.edit("/news/")
    managing.page.fill("#id_title", reference.feed)
    managing.action("Publish")
    make_author(managing, reference, PICTURES / "portrait-pelz.webp")
    write_story(
        managing,
        reference.related_headline,
        ("The river", "Staff"),
        PICTURES / "river-ice.webp",
        reference.author,
    )
    write_body(managing, [reference.related_text])
    submit(managing)
    editor.open_waiting(reference.related_headline)
    editor.action("Pass on")
    chief.open_waiting(reference.related_headline)
    chief.sign()

    # The reporter writes and submits.
    caption = (reference.caption, reference.credit)
    write_story(
        reporter, reference.headline, caption, PICTURES / "courthouse.webp", reference.author
    )
    write_body(reporter, reference.paragraphs)
    related = reporter.block("Related story")
    related.get_by_role("button", name="Choose a page").click()
    reporter.choose(reference.related_headline)
    related.locator("[data-contentpath=text] textarea").fill(reference.related_text)
    related.locator("[data-contentpath=note] textarea").fill(reference.related_note)
    story_id = submit(reporter)

    # While it waits, nobody outside sees anything.
    words = "+".join(re.findall(r"[A-Za-z]+", reference.headline)[:6])
    reader = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    assert status(f"{server.url}/api/v2/pages/{story_id}/") == 404
    reader.goto(f"{server.url}/search/?q={words}")
    expect(reader.get_by_role("link", name=reference.headline)).to_have_count(0)
    found = api(server, f"pages/?type=news.ArticlePage&search={words}")
    assert found["meta"]["total_count"] == 0

    # The desk passes it on; a managing editor publishes.
    editor.open_waiting(reference.headline)
    address = editor.page.locator("#id_slug").input_value()
    assert status(f"{server.url}/news/{address}/") == 404
    editor.action("Pass on")
    managing.open_waiting(reference.headline)
    managing.sign()

    see_it_as_a_reader(server, reader, reference, address)
    see_it_as_an_app(server, reference, story_id)


def see_it_as_a_reader(
    server: Server, reader: Page, reference: ReferencePage, address: str
) -> None:
    reader.goto(f"{server.url}/news/{address}/")
    assert_shows(
        reader,
        reference.headline,
        STANDFIRST,
        reference.read_time,
        reference.caption,
        reference.credit,
        *(text.strip('"“”') for text in reference.paragraphs),
        reference.related_headline,
        reference.related_note,
        reference.related_text,
        reference.author,
        reference.role,
        reference.bio,
        "Read more",
    )
    for image in reader.locator("main img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("image => image.naturalWidth") > 0
    assert reader.locator("figure.hero img").count() == 1
    assert reader.locator(".body img").count() == 1, "the related story's picture"
    width = reader.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, "nothing is wider than the phone"

    reader.get_by_role("link", name="Read more").first.click()
    assert_shows(reader, reference.author, reference.role, reference.bio, reference.headline)

    reader.goto(f"{server.url}/news/")
    assert_shows(reader, reference.feed, reference.headline, reference.related_headline)
    reader.goto(f"{server.url}/search/?q={reference.headline.split()[0]}")
    expect(reader.get_by_role("link", name=reference.headline).first).to_be_visible()


def see_it_as_an_app(server: Server, reference: ReferencePage, story_id: str) -> None:
    story = api(server, f"pages/{story_id}/")
    assert story["title"] == reference.headline
    assert story["summary"] == STANDFIRST
    assert f"{story['read_time']} min read" == reference.read_time
    assert story["lead_image"]["caption"] == reference.caption
    assert story["lead_image"]["credit"] == reference.credit
    [author] = story["authors"]
    assert (author["name"], author["role"]) == (reference.author, reference.role)
    body = json.dumps(story["body"], ensure_ascii=False)
    for paragraph in reference.paragraphs:
        plain = paragraph.strip('"“”')
        assert json.dumps(plain, ensure_ascii=False)[1:-1] in body.replace("&quot;", '\\"'), plain
    [related] = [block["value"] for block in story["body"] if block["type"] == "related_story"]
    assert related["headline"] == reference.related_headline
    assert (related["note"], related["text"]) == (reference.related_note, reference.related_text)
    for image in (story["lead_image"], related["image"], author["photo"]):
        for rendition in image["renditions"].values():
            assert status(rendition["url"]) == 200
    listed = api(server, "pages/?type=news.ArticlePage&fields=*&order=-published_at")
    assert [item["title"] for item in listed["items"]] == [
        reference.headline,
        reference.related_headline,
    ]
    profile = api(server, f"pages/{author['id']}/")
    assert reference.bio in profile["bio"]
