"""Wrong input in the forms of the admin is a message; markup is shown as text."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from markupsafe import escape
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from news.models import ArticlePage
from tests.builders import a_page, a_section, a_story, a_user, an_author, an_image, feed, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

SCRIPT = '"><script>alert(1)</script><b onmouseover=alert(2)>&amp;'


@pytest.fixture
def client() -> Client:
    """A reader who is told of a 500 as a 500."""
    return Client(raise_request_exception=False)


@pytest.fixture
def site(db: None) -> None:
    world, ada = a_section("World", slug="world"), an_author("Ada", slug="ada")
    a_page("About", slug="about")
    a_story("Quay", slug="quay", parent=world, authors=(ada,), tags=("harbour",))


@pytest.fixture
def reporter(client: Client) -> None:
    client.force_login(a_user("Reporters"))


def create(client: Client, body: list[Any] | None = None, **fields: Any) -> HttpResponse:
    url = reverse("wagtailadmin_pages:add", args=("news", "articlepage", feed().pk))
    data = querydict_from_html(client.get(url).content.decode(), form_id="page-edit-form")
    data.update(nested_form_data({"body": streamfield(body or [])}))
    for name, value in {"title": "A headline", "slug": "a-slug", **fields}.items():
        data[name] = value
    return client.post(url, data)


TOMORROW = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
SCRIPT_ADDRESS = "javascript:alert(1)"
BAD_FIELDS = {
    "title": ("", "   ", "x" * 256),
    "slug": ("taken", "tag", "feed", "with space", "a/b", "x" * 256, "<b>", ""),
    "published_at": (TOMORROW, "yesterday", "2026-99-99 00:00"),
    "canonical_url": (SCRIPT_ADDRESS, "data:text/html,x", "not an address", "//"),
    "genre": ("nope",),
    "summary": ("x" * 501,),
    "kicker": ("x" * 61,),
    "social_description": ("x" * 501,),
    "lead_image": ("99999",),
}
A_STORY = {"headline": "", "text": "", "note": ""}
BAD_BLOCKS = [
    ("embed", {"url": SCRIPT_ADDRESS, "title": "A video"}),
    ("embed", {"url": "https://nobody.example/video", "title": "A video"}),
    ("heading", "x" * 256),
    ("quote", {"text": "", "attribution": "Nobody"}),
    ("image", {"image": "99999", "caption": "", "alt": ""}),
    ("related_story", {"page": "99999", **A_STORY}),
    ("related_story", {"page": "2", **A_STORY}),
]
FORMS = {name: [(None, {name: value}) for value in found] for name, found in BAD_FIELDS.items()}
FORMS["body"] = [([block], {"action-submit": "1"}) for block in BAD_BLOCKS]


@pytest.mark.usefixtures("reporter")
@pytest.mark.parametrize("field", FORMS)
def test_a_form_that_is_filled_in_wrongly(client: Client, field: str) -> None:
    a_story("Taken", slug="taken")
    before = (Page.objects.count(), Revision.objects.count())
    for body, fields in FORMS[field]:
        response = create(client, body, **fields)
        assert response.status_code == 200, (body, fields)
        assert field in response.context["form"].errors
        assert (Page.objects.count(), Revision.objects.count()) == before


HEADLINES = {
    "longest": "x" * 255,
    "right to left": "מזג האוויר \u200fالعاصفة",
    "emoji": "Ships 🚢👩‍👩‍👧 sail",
    "cyrillic": "Шторм зупинив пороми",
    "markup": "<b>&amp; \"quoted\" 'so'",
}


@pytest.mark.usefixtures("reporter")
@pytest.mark.parametrize("headline", HEADLINES.values(), ids=HEADLINES.keys())
def test_headlines_of_every_kind(client: Client, headline: str) -> None:
    """Kept and shown as typed, under the address that the editor's form makes of it."""
    slug = slugify(headline, allow_unicode=True)
    assert create(client, title=headline, slug=slug).status_code == 302
    story = ArticlePage.objects.get(slug=slug)
    assert story.title == headline
    signed(story)
    story.get_latest_revision().publish(skip_permission_checks=True)
    page = client.get(f"/news/{quote(slug)}/")
    assert page.status_code == 200
    assert f">{escape(headline)}</h1>" in page.content.decode()
    assert client.get(f"/api/v2/pages/{story.pk}/").json()["title"] == headline
    assert client.get(f"/api/v2/pages/find/?html_path=/news/{slug}/").status_code == 302


TEXTS = """summary kicker dateline lead_image_caption credit_line seo_title social_title
    social_description search_description"""


def test_markup_in_every_field_is_shown_as_text(client: Client) -> None:
    picture = an_image(SCRIPT, description=SCRIPT, credit=SCRIPT, copyright=SCRIPT)
    world = a_section(SCRIPT, slug="markup", introduction=SCRIPT)
    ada = an_author(SCRIPT, slug="script", role=SCRIPT, location=SCRIPT, photo=picture)
    fields: Any = dict.fromkeys(TEXTS.split(), SCRIPT[:60])
    fields |= {"parent": world, "authors": (ada,), "tags": (SCRIPT,), "lead_image": picture}
    target = a_story(SCRIPT, slug="target", **fields)
    fields["body"] = [
        ("heading", SCRIPT),
        ("quote", {"text": SCRIPT, "attribution": SCRIPT}),
        ("image", {"image": picture, "caption": SCRIPT, "alt": SCRIPT}),
        ("embed", {"url": "https://www.youtube.com/watch?v=a", "title": SCRIPT}),
        ("related_story", {"page": target, "headline": SCRIPT, "text": SCRIPT, "note": SCRIPT}),
    ]
    story = a_story(SCRIPT, slug="story", **fields)
    tag = f"/news/tag/{story.tags.get().slug}/"
    for path in (
        story.url,
        world.url,
        ada.url,
        tag,
        "/",
        "/news/",
        "/authors/",
        "/search/?q=alert",
    ):
        text = client.get(path).content.decode()
        assert "alert(1)" in text, path
        assert "<script>alert" not in text, path
        assert "<b onmouseover" not in text, path


LINK = (
    '{"blocks":[{"key":"a","text":"click","type":"unstyled","depth":0,"inlineStyleRanges":[],'
    '"entityRanges":[{"offset":0,"length":5,"key":0}]}],"entityMap":{"0":{"type":"LINK",'
    '"mutability":"MUTABLE","data":{"url":"javascript:alert(1)"}}}}'
)


@pytest.mark.usefixtures("reporter")
def test_a_link_to_a_script_is_text(client: Client) -> None:
    assert create(client, [("paragraph", LINK)]).status_code == 302
    story = ArticlePage.objects.get(slug="a-slug")
    signed(story)
    story.get_latest_revision().publish(skip_permission_checks=True)
    for path in (story.url, f"/api/v2/pages/{story.pk}/"):
        text = client.get(path).content.decode()
        assert "click" in text
        assert SCRIPT_ADDRESS not in text
