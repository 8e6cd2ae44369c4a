"""What is not public shows nowhere.

Every story and page that readers may not see carries a word of its own (`zq…`) in each of its
text fields. A reader visits everything that there is to visit; no such word may come back, while
the word of a published story comes back from each place where stories are shown.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.api.v3.urls import api as v3
from wagtail.documents.models import Document
from wagtail.models import APIToken, Page, PageViewRestriction

from cms.models import Image, PublicationSettings
from home.models import FrontSlot, StandardPage
from news.models import ArticlePage, AuthorIndexPage, AuthorPage, Byline, SectionPage
from tests.builders import (
    a_page,
    a_section,
    a_story,
    a_user,
    an_author,
    an_image,
    decide,
    feed,
    home,
    submit,
)

pytestmark = pytest.mark.django_db

# In every story and page, so that a search finds them all.
COMMON = "lighthousekeeper"
OPEN = "zqopen"
PASSWORD = PageViewRestriction.PASSWORD
LOGIN = PageViewRestriction.LOGIN
GROUPS = PageViewRestriction.GROUPS


def a_document(word: str) -> Document:
    file = ContentFile(b"words", name="document.txt")
    return Document.objects.create(title=f"{word} document", file=file)


def texts(word: str) -> dict[str, str]:
    return {
        "summary": f"{word} standfirst {COMMON}",
        "kicker": f"{word} kicker",
        "dateline": f"{word} place",
        "lead_image_caption": f"{word} caption",
        "credit_line": f"{word} helpers",
        "social_title": f"{word} social",
        "social_description": f"{word} social description",
        "seo_title": f"{word} seo",
        "search_description": f"{word} description",
        "canonical_url": f"https://example.org/{word}",
    }


def a_picture(word: str) -> Image:
    return an_image(
        f"{word} picture",
        description=f"{word} alt",
        credit=f"{word} photographer",
        source_url=f"https://example.org/{word}/source",
        copyright=f"{word} copyright",
        usage_terms=f"{word} terms",
    )


def body(word: str) -> list[tuple[str, Any]]:
    video = {"url": f"https://www.youtube.com/watch?v={word}", "title": f"{word} video"}
    file = f'<a linktype="document" id="{a_document(word).pk}">file</a>'
    return [
        ("paragraph", f"<p>{word} paragraph {COMMON} {file}</p>"),
        ("heading", f"{word} heading"),
        ("image", {"image": a_picture(word), "caption": f"{word} use", "alt": f"{word} own alt"}),
        ("quote", {"text": f"{word} quote", "attribution": f"{word} speaker"}),
        ("editors_note", f"<p>{word} note</p>"),
        ("embed", video),
    ]


def canary(word: str, *, live: bool, **fields: Any) -> ArticlePage:
    """A story that says `word` wherever it says anything."""
    pictures = {"lead_image": a_picture(word), "social_image": a_picture(word)}
    fields = {"tags": ("shared", f"{word} tag"), "body": body(word), **fields}
    headline = f"{word} headline {COMMON}"
    return a_story(headline, slug=f"{word}-slug", live=live, **texts(word), **pictures, **fields)


def restricted(page: Page, kind: str) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="open-sesame")


def approved(word: str, *, stages: int, flagged: bool = False, hours_ahead: float = 0) -> Any:
    """A story that has come through so many stages of its review."""
    at = timezone.now() + timedelta(hours=hours_ahead) if hours_ahead else None
    story = canary(word, live=False, needs_legal_review=flagged, go_live_at=at)
    story = submit(story, a_user("Reporters"))
    roles = ["Editors", "Legal reviewers", "Managing editors"]
    for role in [role for role in roles if flagged or role != "Legal reviewers"][:stages]:
        story = decide(story, a_user(role))
    return story


def unpublished(page: Any) -> Any:
    page.unpublish()
    return type(page).objects.get(pk=page.pk)


def in_section(word: str, kind: str) -> list[Page]:
    section = a_section(f"{word} section", slug=f"{word}-section", introduction=f"{word} intro")
    restricted(section, kind)
    return [section, canary(word, live=True, parent=section)]


def rewritten() -> ArticlePage:
    """A public story whose waiting draft says other things in every field."""
    word = "zqrewrite"
    story = a_story("Public text", slug="public-text", tags=("shared",))
    for name, value in texts(word).items():
        setattr(story, name, value)
    story.title, story.slug = f"{word} headline {COMMON}", f"{word}-slug"
    story.lead_image, story.body = a_picture(word), body(word)
    story.tags.set([f"{word} tag"])
    story.bylines = [Byline(author=an_author(f"{word} hand", slug=f"{word}-hand", live=False))]
    story.save_revision()
    return ArticlePage.objects.get(pk=story.pk)


@pytest.fixture
def hidden() -> dict[str, list[Page]]:
    """Every kind of page that is not public, by its word."""
    members = {"introduction": "zqmembers intro", "body": f"<p>zqmembers {COMMON}</p>"}
    members_page = a_page("zqmembers page", slug="zqmembers-page", **members)
    restricted(members_page, LOGIN)
    person = {"role": "zqgone role", "bio": f"<p>zqgone {COMMON}</p>", "location": "zqgone place"}
    gone = an_author("zqgone name", slug="zqgone-name", photo=a_picture("zqgone"), **person)
    moved = canary("zqmoved", live=True)
    vault = a_section("Vault", slug="vault")
    moved.move(vault, pos="last-child")
    restricted(vault, GROUPS)
    return {
        "zqdraft": [canary("zqdraft", live=False, authors=(gone,))],
        "zqdesk": [approved("zqdesk", stages=0)],
        "zqlegal": [approved("zqlegal", stages=1, flagged=True)],
        "zqsign": [approved("zqsign", stages=2, flagged=True)],
        "zqlater": [approved("zqlater", stages=2, hours_ahead=3)],
        "zqwithdrawn": [unpublished(canary("zqwithdrawn", live=True))],
        "zqlogin": in_section("zqlogin", LOGIN),
        "zqpassword": in_section("zqpassword", PASSWORD),
        "zqgroups": in_section("zqgroups", GROUPS),
        "zqmoved": [ArticlePage.objects.get(pk=moved.pk)],
        "zqmembers": [members_page],
        "zqgone": [unpublished(gone)],
        "zqnewpage": [a_page("zqnewpage", slug="zqnewpage", live=False)],
    }


@pytest.fixture
def house(hidden: dict[str, list[Page]]) -> ArticlePage:
    """A published story that refers to everything hidden; front page and menus do so too."""
    pages = [page for group in hidden.values() for page in group]
    links = "".join(f'<a linktype="page" id="{page.pk}">text{page.pk}</a> ' for page in pages)
    related = [("related_story", {"page": page}) for page in pages if isinstance(page, ArticlePage)]
    section = a_section(f"{OPEN} section", slug=f"{OPEN}-section", introduction=links)
    bio = f"<p>{OPEN} bio {links}</p>"
    author = an_author(f"{OPEN} name", slug=f"{OPEN}-name", photo=a_picture(OPEN), bio=bio)
    a_page(f"{OPEN} page", slug=f"{OPEN}-page", body=f"<p>{OPEN} {links}</p>")
    blocks = [*body(OPEN), ("paragraph", f"<p>{links}</p>"), *related, ("editors_note", links)]
    control = canary(OPEN, live=True, parent=section, authors=(author,), body=blocks)
    rewritten()
    front = home()
    front.lead = hidden["zqdraft"][0]
    front.slots = [FrontSlot(story=hidden[word][-1]) for word in ("zqlogin", "zqlater", "zqdesk")]
    front.save()
    settings = PublicationSettings.load()
    settings.publishing_principles = hidden["zqmembers"][0]
    settings.header_menu = [("entry", {"page": page}) for page in pages]
    settings.footer_menu = settings.header_menu
    settings.save()
    return control


def shown() -> list[str]:
    """Where the published story, author, section or page must appear."""
    v2, stories = "/api/v2/pages/", "/api/v2/pages/?type=news.ArticlePage"
    story = ArticlePage.objects.get(slug=f"{OPEN}-slug")
    author = AuthorPage.objects.get(slug=f"{OPEN}-name")
    section = SectionPage.objects.get(slug=f"{OPEN}-section")
    page = StandardPage.objects.get(slug=f"{OPEN}-page")
    by_path = [f"{v2}find/?html_path={one.url}" for one in (story, author, section, page)]
    by_id = [f"{v2}{one.pk}/?fields=*" for one in (story, author, section, page)]
    kinds = ("news.AuthorPage", "news.SectionPage", "home.StandardPage")
    media = ("images", "documents")
    return [
        "/",
        "/news/",
        "/news/tag/shared/",
        f"/news/tag/{OPEN}-tag/",
        "/authors/",
        f"/search/?q={COMMON}",
        *(one.url for one in (story, author, section, page)),
        *by_path,
        *by_id,
        f"{v2}?limit=50",
        f"{v2}?limit=50&fields=_,title,slug,html_url",
        f"{v2}?limit=50&order=-title",
        f"{v2}?limit=50&order=random",
        f"{v2}?search={COMMON}",
        *(f"{v2}?type={kind}&fields=*&limit=50" for kind in kinds),
        f"{stories}&fields=*&limit=50",
        f"{stories}&fields=section(*),lead_image(*),title&limit=50",
        f"{stories}&search={COMMON}&fields=*&limit=50",
        f"{stories}&order=-published_at&limit=50",
        f"{stories}&order=title&limit=50",
        f"{stories}&tags=shared&fields=*&limit=50",
        f"{stories}&child_of={section.pk}&fields=*",
        f"{stories}&descendant_of={home().pk}&fields=*&limit=50",
        f"{v2}?child_of={feed().pk}&limit=50",
        f"{v2}?child_of={AuthorIndexPage.objects.get().pk}&limit=50",
        f"{v2}?ancestor_of={story.pk}",
        f"{stories}&author={author.pk}",
        f"{stories}&section={OPEN}-section",
        *(f"/api/v2/{kind}/?fields=*&limit=50" for kind in media),
        *(f"/api/v2/{kind}/?search=zqopen&fields=*" for kind in media),
    ]


def text_of(client: Client, path: str) -> str:
    """What comes back, less the asked address and the word that the search form repeats.

    Files carry the names of their uploads; they have an issue of their own.
    """
    client.raise_request_exception = False
    response = client.get(path, follow=path.startswith("/api/v2/pages/find/"))
    return response.content.decode().replace(path, "").lower()


def test_public_pages_and_lists_name_nothing_hidden(
    reader: Client, hidden: dict[str, list[Page]], house: ArticlePage
) -> None:
    seen = {path: text_of(reader, path) for path in shown()}
    words = [*hidden, "zqrewrite"]
    leaks = {path: [word for word in words if word in text] for path, text in seen.items()}
    assert {path: found for path, found in leaks.items() if found} == {}
    assert [path for path, text in seen.items() if OPEN not in text] == []


def test_hidden_pages_answer_nothing(reader: Client, hidden: dict[str, list[Page]]) -> None:
    unknown = {
        "author": text_of(reader, "/api/v2/pages/?type=news.ArticlePage&author=nobody"),
        "section": text_of(reader, "/api/v2/pages/?type=news.ArticlePage&section=nothing"),
        "search": text_of(reader, "/search/?q=zqnothing").replace("zqnothing", "…"),
    }
    for word, pages in hidden.items():
        searched = text_of(reader, f"/search/?q={word}").replace(word, "…")
        assert searched == unknown["search"], f"search tells of {word}"
        assert reader.get(f"/news/tag/{word}-tag/").status_code == 404, word
        for page in pages:
            own = page.get_url_parts()[2]
            assert reader.get(own).status_code == (404 if not page.live else own_answer(page)), own
            assert word not in text_of(reader, own).replace(own, ""), own
            for path in (
                f"/api/v2/pages/{page.pk}/",
                f"/api/v2/pages/{page.pk}/?fields=*",
                f"/api/v2/pages/find/?id={page.pk}",
                f"/api/v2/pages/find/?html_path={own}",
                f"/api/v2/pages/?child_of={page.pk}",
                f"/api/v2/pages/?descendant_of={page.pk}",
                f"/api/v2/pages/?ancestor_of={page.pk}",
                f"/api/v2/pages/?translation_of={page.pk}",
            ):
                answer = reader.get(path)
                assert answer.status_code in (400, 404), path
                assert word not in answer.content.decode().replace(own, ""), path
            for name in ("author", "section"):
                for value in (page.pk, page.slug):
                    query = f"/api/v2/pages/?type=news.ArticlePage&{name}={value}"
                    assert text_of(reader, query) == unknown[name], query
            assert reader.get(f"/api/v2/pages/?slug={page.slug}").json()["items"] == []
    rewritten()
    for path in ("/news/tag/zqrewrite-tag/", "/news/zqrewrite-slug/", "/authors/zqrewrite-hand/"):
        assert reader.get(path).status_code == 404, path
    for kind, model in (("images", Image), ("documents", Document)):
        for item in model.objects.all():
            assert reader.get(f"/api/v2/{kind}/{item.pk}/").status_code == 404, item


def own_answer(page: Page) -> int:
    """A password is asked for on the spot, a login on a page of its own."""
    kinds = {one.restriction_type for one in page.get_view_restrictions()}
    return 200 if kinds == {PASSWORD} else 302


@pytest.mark.usefixtures("house")
def test_links_to_hidden_pages_are_text(reader: Client, hidden: dict[str, list[Page]]) -> None:
    story = ArticlePage.objects.get(slug=f"{OPEN}-slug")
    author = AuthorPage.objects.get(slug=f"{OPEN}-name")
    for path in (
        story.url,
        author.url,
        f"/api/v2/pages/{story.pk}/",
        f"/api/v2/pages/{author.pk}/",
    ):
        text = reader.get(path).content.decode()
        for page in (page for pages in hidden.values() for page in pages):
            assert f"text{page.pk}<" in text, path
            assert f'id="{page.pk}"' not in text.replace('\\"', '"'), path


@pytest.mark.usefixtures("house")
def test_a_session_opens_nothing_in_the_api(reader: Client, hidden: dict[str, list[Page]]) -> None:
    ajar, staff = Client(), Client()
    for client in (reader, ajar, staff):
        client.raise_request_exception = False
    restriction = PageViewRestriction.objects.get(restriction_type=PASSWORD)
    url = f"/_util/authenticate_with_password/{restriction.pk}/{hidden['zqpassword'][1].pk}/"
    own = hidden["zqpassword"][1].url
    ajar.post(url, {"password": "open-sesame", "return_url": own})
    assert "zqpassword paragraph" in ajar.get(own).content.decode()
    staff.force_login(a_user("Managing editors", "Editors", superuser=True))
    paths = [path for path in shown() if path.startswith("/api/") and "random" not in path]
    paths += [f"/api/v2/pages/{page.pk}/" for pages in hidden.values() for page in pages]
    for path in paths:
        answer = reader.get(path)
        for client in (ajar, staff):
            other = client.get(path)
            assert other.status_code == answer.status_code, path
            assert other.content == answer.content, path


def operations() -> list[tuple[str, str]]:
    """Every method and path of v3, its documentation included."""
    paths = v3.get_openapi_schema(path_prefix="/api/v3/")["paths"]
    found = [(method, path) for path, methods in paths.items() for method in methods]
    assert len(found) > 50
    return [*found, ("get", "/api/v3/docs/"), ("get", "/api/v3/openapi.json"), ("get", "/api/v3/")]


def test_v3_is_for_token_holders_only() -> None:
    staff = Client()
    user = a_user("Managing editors", superuser=True)
    staff.force_login(user)
    left = a_user("Managing editors", superuser=True)
    revoked, revoked_text = APIToken.create_token(user=user, name="old")
    revoked.revoke()
    _token, left_text = APIToken.create_token(user=left, name="gone")
    left.is_active = False
    left.save()
    wrong = [f"Bearer {text}" for text in ("", "wagtail_nonsense", revoked_text, left_text)]
    for method, path in operations():
        address = path
        for name in ("page_id", "revision_id", "site_id", "redirect_id", "document_id", "pk"):
            address = address.replace(f"{{{name}}}", "1")
        address = address.replace("{image_id}", "1").replace("{type}", "news.Tag")
        address = address.replace("{type_name}", "news.ArticlePage")
        assert "{" not in address
        for headers in ({}, *({"Authorization": value} for value in wrong)):
            response = staff.generic(method.upper(), address, headers=headers)
            assert response.status_code == 401, (method, address, headers)
            assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "path", ["pages/", "whoami/", "images/", "schema/", "openapi.json", "docs/"]
)
def test_v3_with_a_token(path: str, reader: Client) -> None:
    _token, text = APIToken.create_token(user=a_user("Managing editors"), name="mine")
    response = reader.get(f"/api/v3/{path}", headers={"Authorization": f"Bearer {text}"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
