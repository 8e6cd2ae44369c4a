"""Every block of a body: in the page, in the API, in the editor's preview, in the words counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents.models import Document

from news.blocks.body import BodyBlock
from news.blocks.media import known_provider, player_of
from news.editions.differences import differences
from news.editions.document import document
from news.models import ArticlePage
from tests.builders import a_story, a_user, an_image

pytestmark = pytest.mark.django_db


def every_block() -> list[tuple[str, Any]]:
    document = Document.objects.create(
        title="The ruling", file=ContentFile(b"words", name="ruling.txt")
    )
    related = a_story("Target story", lead_image=an_image())
    return [
        ("paragraph", "<p>In a paragraph</p>"),
        ("heading", "In a heading"),
        ("image", {"image": an_image(), "caption": "In a caption", "alt": "In an alt"}),
        ("quote", {"text": "In a quote", "attribution": "In its name"}),
        ("related_story", {"page": related, "headline": "", "text": "", "note": "In a note"}),
        ("key_points", {"title": "In points", "points": ["In a point", "In another"]}),
        ("fact_box", {"title": "In a box", "text": "<p>In its text</p>"}),
        (
            "timeline",
            {"title": "In a line", "events": [{"date": "In March", "text": "<p>In an event</p>"}]},
        ),
        ("pull_quote", {"text": "In large type", "attribution": ""}),
        ("editors_note", "<p>In the editors’ note</p>"),
        ("divider", None),
        (
            "gallery",
            [
                {"image": an_image(), "caption": "In the first", "alt": ""},
                {"image": an_image(), "caption": "In the second", "alt": ""},
            ],
        ),
        ("embed", {"url": "https://www.youtube.com/watch?v=abc", "title": "In a film"}),
        ("document", {"document": document, "title": ""}),
        (
            "table",
            {
                "columns": [
                    {"type": "text", "heading": "In a head"},
                    {"type": "number", "heading": "Count"},
                ],
                "rows": [{"values": ["In a cell", 7.5]}],
                "caption": "In a table",
            },
        ),
    ]


WORDS = {
    "paragraph": ["In a paragraph"],
    "heading": ["In a heading"],
    "image": ["In a caption", "In an alt"],
    "quote": ["In a quote", "In its name"],
    "related_story": ["Target story", "In a note"],
    "key_points": ["In points", "In a point", "In another"],
    "fact_box": ["In a box", "In its text"],
    "timeline": ["In a line", "In March", "In an event"],
    "pull_quote": ["In large type"],
    "editors_note": ["In the editors’ note"],
    "divider": [],
    "gallery": ["In the first", "In the second"],
    "embed": ["In a film", "youtube.com"],
    "document": ["The ruling", "ruling"],
    "table": ["In a table", "In a head", "In a cell", "7.5"],
}

# Other people's words, names and captions are not the story's.
COUNTED = set(WORDS) - {
    *("image", "related_story", "pull_quote", "divider", "gallery", "embed", "document")
}


def test_every_block_is_tested() -> None:
    assert list(WORDS) and set(WORDS) == set(BodyBlock().child_blocks)


def test_every_block_in_page_and_api(reader: Client) -> None:
    story = a_story(body=every_block())
    page = reader.get(story.url)
    assert page.status_code == 200
    html = page.content.decode()
    data = reader.get(f"/api/v2/pages/{story.pk}/").json()
    values = {block["type"]: block["value"] for block in data["body"]}
    assert set(values) == set(WORDS)
    for name, words in WORDS.items():
        for text in words:
            assert text in html, (name, text)
            assert text in str(values[name]), (name, text)
    assert '<hr class="divider">' in html
    assert values["table"]["rows"] == [["In a cell", 7.5]]
    assert values["embed"]["player"].startswith("https://www.youtube-nocookie.com/embed/abc")
    assert "youtube-nocookie" in html and "<iframe" not in html
    assert values["document"]["filename"].startswith("ruling")
    assert len(values["gallery"]) == 2 and values["gallery"][0]["credit"]


def test_words_that_count() -> None:
    for name, value in every_block():
        story = ArticlePage(title="x", slug="x", body=[(name, value)])
        words = BodyBlock().words(story.body.raw_data)
        assert bool(words.strip()) == (name in COUNTED), name


def test_previews_in_the_editor(client: Client) -> None:
    """The picker shows each block as readers will see it."""
    an_image()
    a_story("A story to refer to")
    Document.objects.create(title="Paper", file=ContentFile(b"x", name="paper.txt"))
    client.force_login(a_user(superuser=True))
    for name, block in ArticlePage.body.field.stream_block.child_blocks.items():
        assert block.get_description(), name
        assert block.is_previewable, name
        answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert answer.status_code == 200, name
        html = answer.content.decode()
        assert "css/blocks" in html and 'class="body"' in html, name
        assert name != "related_story" or "A story to refer to" in html


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://www.youtube.com/watch?v=a_B-1", "https://www.youtube-nocookie.com/embed/a_B-1"),
        ("https://youtu.be/a_B-1", "https://www.youtube-nocookie.com/embed/a_B-1"),
        ("https://vimeo.com/123", "https://player.vimeo.com/video/123"),
        ("https://soundcloud.com/a/b", "https://w.soundcloud.com/player/?url=https%3A%2F%2F"),
        ("https://open.spotify.com/episode/x", "https://open.spotify.com/embed/episode/x"),
    ],
)
def test_players(url: str, player: str) -> None:
    known_provider(url)
    assert player_of(url).startswith(player)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/watch?v=1",
        "javascript:alert(1)",
        "https://youtube.com.evil.example/watch?v=1",
        'https://www.youtube.com@evil.example/watch?v="><script>',
    ],
)
def test_addresses_that_are_no_video(url: str) -> None:
    with pytest.raises(ValidationError):
        known_provider(url)


PASTED = "<h2>What it carries</h2><p>Cars and people.</p><h3>Who decides</h3><p>Nobody.</p>"


def test_headings_within_a_paragraph_block() -> None:
    """In the page, in the API, in the words counted, found and compared."""
    story = a_story("Pasted", slug="pasted", body=[("paragraph", PASTED)])
    page = Client().get("/news/pasted/").content.decode()
    assert PASTED in page
    answer = Client().get(f"/api/v2/pages/{story.pk}/").json()
    assert answer["body"][0]["value"] == PASTED
    story.full_clean()
    assert story.word_count == 9
    assert "carries Cars" in BodyBlock().words(story.body.raw_data)
    assert "<mark>carries</mark>" in Client().get("/search/?q=carries").content.decode()
    before = document(story)
    story.body = [("paragraph", PASTED.replace("Nobody", "The port"))]
    [changed] = differences(before, document(story))
    assert "<del>Nobody.</del> <ins>The port.</ins>" in changed.marked


def test_what_a_program_sends_as_rich_text() -> None:
    """The form keeps what the editor offers, whoever fills it in."""
    features = BodyBlock().child_blocks["paragraph"].features
    blocks = [
        {"key": "a", "type": "header-one", "text": "Title", "entityRanges": []},
        {
            "key": "b",
            "type": "unstyled",
            "text": "this",
            "entityRanges": [{"offset": 0, "length": 4, "key": 0}],
        },
    ]
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
    for block in blocks:
        block |= {"depth": 0, "inlineStyleRanges": []}
    sent = json.dumps({"blocks": blocks, "entityMap": {"0": link}})
    html = ContentstateConverter(features).to_database_format(sent)
    assert "javascript" not in html and "<h1" not in html and "this" in html


def test_a_paragraph_that_nobody_wrote_in_is_left_out() -> None:
    """A new story opens with one; it goes with no word, and where the story begins otherwise."""
    block = BodyBlock()
    begun = block.to_write_in()
    assert [child.block_type for child in begun] == ["paragraph"]
    assert list(block.clean(begun)) == []
    empty = {"type": "paragraph", "value": '<p data-block-key="a"></p>'}
    words = {"type": "paragraph", "value": "<p>Words</p>"}
    cleaned = block.clean(block.to_python([empty, {"type": "heading", "value": "First"}, words]))
    assert [child.block_type for child in cleaned] == ["heading", "paragraph"]
