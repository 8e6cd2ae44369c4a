"""What is not public shows nowhere.

Every story and page that readers may not see carries a word of its own (`zq…`) in each of its
text fields. A reader visits everything that there is to visit; no such word may come back, while
the word of a published story comes back from each place where stories are shown.
"""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Page, PageViewRestriction

from cms.models import Image, PublicationSettings
from home.models import FrontSlot, StandardPage
from news.models import ArticlePage, AuthorIndexPage, AuthorPage, SectionPage
from tests.builders import a_page, a_section, a_user, an_author, feed, home, move
from tests.canaries import (
    COMMON,
    GROUPS,
    LOGIN,
    OPEN,
    PASSWORD,
    a_picture,
    approved,
    body,
    canary,
    in_section,
    restricted,
    rewritten,
    unpublished,
)

pytestmark = pytest.mark.django_db


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
    move(moved, vault)
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
