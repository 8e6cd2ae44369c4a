"""The v2 API over the wire format: fields, filters, media."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.documents.models import Document

from cms.models import PublicationSettings
from tests.builders import a_page, a_section, a_story, an_author, an_image, withdraw

pytestmark = pytest.mark.django_db

STORIES = "/api/v2/pages/?type=news.ArticlePage"


def get(reader: Client, path: str) -> Any:
    answer = reader.get(path)
    assert answer.status_code == 200, answer.content
    return answer.json()


def found(reader: Client, path: str) -> list[str]:
    return [item["title"] for item in get(reader, path)["items"]]


def test_a_story_in_full(reader: Client) -> None:
    section = a_section("World", slug="world", introduction="Elsewhere")
    author = an_author("Ada Writer", role="Reporter", photo=an_image(), bio="<p>Writes.</p>")
    story = a_story(
        "Headline",
        parent=section,
        authors=(author,),
        tags=("zebra", "ant"),
        summary="Standfirst",
        kicker="Kicker",
        genre="analysis",
        dateline="KYIV",
        lead_image=an_image(credit="Jane / Agency", description="A quay"),
        lead_image_caption="At noon",
        credit_line="With reporting by B",
        social_title="Shared",
        body=[
            ("heading", "Part one"),
            ("paragraph", f'<p>See <a linktype="page" id="{author.pk}">Ada</a></p>'),
            ("image", {"image": an_image(), "caption": "Own caption", "alt": "Own alt"}),
            ("quote", {"text": "Said", "attribution": "Somebody"}),
            ("editors_note", "<p>Note</p>"),
            ("embed", {"url": "https://www.youtube.com/watch?v=abc", "title": "A film"}),
        ],
    )
    data = get(reader, f"/api/v2/pages/{story.pk}/")
    assert {name: data[name] for name in ("title", "summary", "kicker", "genre", "dateline")} == {
        "title": "Headline",
        "summary": "Standfirst",
        "kicker": "Kicker",
        "genre": "analysis",
        "dateline": "KYIV",
    }
    assert data["section"] == {
        "id": section.pk,
        "title": "World",
        "slug": "world",
        "url": section.full_url,
    }
    assert [(a["name"], a["role"], a["url"]) for a in data["authors"]] == [
        ("Ada Writer", "Reporter", author.full_url)
    ]
    assert data["tags"] == ["ant", "zebra"]
    image = data["lead_image"]
    assert (image["alt"], image["caption"], image["credit"]) == (
        "A quay",
        "At noon",
        "Jane / Agency",
    )
    assert set(image["renditions"]["small"]) == {"url", "width", "height"}
    assert data["canonical_url"] == story.full_url
    assert (data["social_title"], data["credit_line"], data["read_time"]) == (
        "Shared",
        "With reporting by B",
        1,
    )
    blocks = {block["type"]: block["value"] for block in data["body"]}
    assert blocks["heading"] == "Part one"
    assert f'<a href="{author.url}">Ada</a>' in blocks["paragraph"]
    assert (blocks["image"]["caption"], blocks["image"]["alt"]) == ("Own caption", "Own alt")
    assert blocks["quote"] == {"text": "Said", "attribution": "Somebody"}
    assert "Note" in blocks["editors_note"]
    assert blocks["embed"]["title"] == "A film"


def test_filters(reader: Client) -> None:
    culture = a_section("Culture", slug="culture")
    ada, ben = an_author("Ada", slug="ada"), an_author("Ben", slug="ben")
    a_story("One", parent=culture, authors=(ada,), genre="opinion", hours_ago=1)
    a_story("Two", authors=(ada, ben), hours_ago=30)
    a_story("Three", authors=(ben,), hours_ago=100, tags=("harbour",))
    assert sorted(found(reader, f"{STORIES}&author=ada")) == ["One", "Two"]
    assert sorted(found(reader, f"{STORIES}&author={ben.pk}")) == ["Three", "Two"]
    assert found(reader, f"{STORIES}&section=culture") == ["One"]
    assert found(reader, f"{STORIES}&section={culture.pk}") == ["One"]
    assert found(reader, f"{STORIES}&genre=opinion") == ["One"]
    assert found(reader, f"{STORIES}&tags=harbour") == ["Three"]
    assert found(reader, f"{STORIES}&author=ada&genre=news") == ["Two"]
    day = (timezone.now() - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert sorted(found(reader, f"{STORIES}&published_after={day}")) == ["One", "Two"]
    assert found(reader, f"{STORIES}&published_before={day}") == ["Three"]
    assert found(reader, f"{STORIES}&order=-published_at") == ["One", "Two", "Three"]
    assert sorted(found(reader, f"{STORIES}&search=two")) == ["Two"]


def test_an_author_with_two_stories_is_listed_once_each(reader: Client) -> None:
    ada = an_author("Ada")
    a_story("One", authors=(ada, an_author("Ben")))
    assert found(reader, f"{STORIES}&author={ada.pk}") == ["One"]


@override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}})
def test_media_in_public_use_is_judged_at_once(reader: Client) -> None:
    """Also while Wagtail's own index of references waits in a queue that nobody works off."""
    names = ("lead", "body", "portrait", "logo", "unused", "draft")
    images = {name: an_image(name) for name in names}
    document = Document.objects.create(title="paper", file=ContentFile(b"x", name="paper.txt"))
    Document.objects.create(title="secret", file=ContentFile(b"y", name="secret.txt"))
    a_story(lead_image=images["draft"], live=False)
    a_page(body=f'<p><a linktype="document" id="{document.pk}">paper</a></p>')
    an_author(photo=images["portrait"])
    story = a_story(
        lead_image=images["lead"],
        body=[("image", {"image": images["body"], "caption": "", "alt": ""})],
    )
    settings = PublicationSettings.load()
    settings.logo = images["logo"]
    settings.save()
    expected = {"lead", "body", "portrait", "logo"}
    assert set(found(reader, "/api/v2/images/")) == expected
    assert found(reader, "/api/v2/documents/") == ["paper"]
    assert reader.get(f"/api/v2/images/{images['draft'].pk}/").status_code == 404
    withdraw(story)
    assert set(found(reader, "/api/v2/images/")) == expected - {"lead", "body"}
