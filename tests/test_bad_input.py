"""Wrong input gets a clear answer: never a 500, never something half written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from news.models import ArticlePage
from tests.builders import a_page, a_section, a_story, a_user, an_author, an_image, feed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

STORIES = "/api/v2/pages/?type=news.ArticlePage&"
LISTINGS = ("/news/", "/news/world/", "/news/tag/harbour/", "/authors/ada/")
READERS = (*LISTINGS, "/", "/news/world/quay/", "/authors/", "/about/", "/search/")
FAR = "9" * 30
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


def strange(client: Client, paths: Iterable[str], *expected: int) -> dict[str, int]:
    """The paths that answer anything but what is expected, with what they answered."""
    answers = {}
    for path in paths:
        before = transaction.savepoint()
        answers[path] = client.get(path, follow=True).status_code
        transaction.savepoint_rollback(before)  # PostgreSQL: an error ends the transaction
    return {path[:120]: code for path, code in answers.items() if code not in expected}


KEYS = f"""abc -1 -5--5 1 1- -1-1 1.5-1 1-1-1 {FAR} {FAR}-1 1-{FAR} %00 1-1%00 1-1%0A %201-1 %ff
    ٣٣-٣ 1-٣ ²-1 1-1&before=abc [1-1] 1-1&before="""
ENDS_OF_TIME = ("0-0", "1-1", f"{'9' * 17}-{'9' * 18}")


@pytest.mark.parametrize("listing", LISTINGS)
def test_places_in_a_list(client: Client, listing: str) -> None:
    wrong = [f"{listing}?before={key}" for key in ["", *KEYS.split()]]
    assert strange(client, wrong, 400) == {}
    assert strange(client, [f"{listing}?before={key}" for key in ENDS_OF_TIME], 200) == {}
    assert "“before”" in client.get(wrong[1]).content.decode(), "the reader is told what was wrong"


UNKNOWN = "utm_source=mail fbclid=%00 page[]=1 before[]=abc %ff=%ff = a=1&a=2 " + "x" * 4000


def test_unknown_parameters_of_pages_are_ignored(client: Client) -> None:
    queries = [*UNKNOWN.split(), "&".join("abcdefgh" * 50)]
    paths = [f"{page}?{query}" for page in READERS for query in queries]
    assert strange(client, paths, 200) == {}


PHRASES = ["AND OR NOT NEAR(", "quay AND NOT", "NEAR(quay, 2)", "   ", "", "a" * 200, "x " * 100]
SIGNS = """" ' * \\ % _ ;-- AND OR "unclosed title:quay ^quay {quay} quay* -quay &|! ( () "" '' 🚢
    шторм ﷺ <script> \u202e \u0301 İ ٣ 株"""
ENCODED = "%ED%A0%80 %ff quay&page=1000 quay&page= quay&q="
REFUSED = f"%00 quay%00 q&page=0 q&page=abc q&page=-1 q&page={FAR} q&page=1.5 q&page=%00"


def test_anything_may_be_searched_for(client: Client) -> None:
    queries = [*map(quote, [*PHRASES, *SIGNS.split()]), *ENCODED.split()]
    assert strange(client, [f"/search/?q={query}" for query in queries], 200) == {}
    assert "<script>" not in client.get("/search/?q=<script>").content.decode()


@pytest.mark.parametrize("query", ["quay", "QUAY", '"quay"', "quay*", "(quay", "quay'", "+quay"])
def test_signs_do_not_hide_what_is_there(client: Client, query: str) -> None:
    assert "/news/world/quay/" in client.get("/search/", {"q": query}).content.decode()


def test_searches_that_cannot_be_read(client: Client) -> None:
    paths = [f"/search/?q={query}" for query in [*REFUSED.split(), "a" * 5000]]
    assert strange(client, paths, 400) == {}
    assert "page" in client.get("/search/?q=a&page=0").content.decode().split("<h1")[1]


NOWHERE = f"""/%00 /%ff/ /news/%00/ /news/world/%C0%AF/ /news/world/nothing/ /authors/%ff%fe/
    /news/tag/%00/ /news/tag/%ff/ /news/tag/nothing/ /news/tag/шторм/ /news/tag/a/b/
    /media/%00 /media/images/ /media/..%2f..%2fmanage.py /documents/1/%00 /documents/{FAR}/a
    /static/%00 /static/%ff /api/v2/pages/%00/ /api/v2/pages/0/ /api/v2/pages/{FAR}/
    /api/v2/images/{FAR}/ /api/v2/documents/{FAR}/ /{"a" * 8000}/"""
FIND = "/api/v2/pages/find/?html_path="
DEEP = [f"{start}{'a/' * 1500}" for start in ("/", "/news/", f"{FIND}/", f"{FIND}/news/world/")]


def test_addresses_of_nothing(client: Client) -> None:
    finds = [FIND + path for path in ("%00", "/%ff/", "//x", "news/../x", "/%ED%A0%80/")]
    assert strange(client, [*NOWHERE.split(), *finds], 400, 404) == {}


def test_addresses_of_a_thousand_steps(client: Client) -> None:
    assert strange(client, DEEP, 400, 404, 414) == {}


WRONG = {
    STORIES: f"""genre=nope genre=%00 published_after=abc published_before=2026-13-01
        published_after=%00 published_at=abc published_at=%00 author=%00 section=%00
        author={"a" * 300} section={"a" * 300} order=nope order=- order=random&offset=1
        fields=nope fields=body( fields=, tags=%00 kicker=%00 summary=%00 live=abc
        lead_image=abc lead_image=%00 author=a&nope=1 authors=1 first_published_at=abc
        search=%00 search=quay&order=kicker""",
    "/api/v2/pages/?": f"""limit=-1 limit=9999 limit=abc limit= limit={FAR} limit=%00 offset=-1
        offset=abc offset={FAR} child_of=abc child_of=-1 child_of={FAR} child_of=99999
        descendant_of=abc descendant_of={FAR} ancestor_of=abc ancestor_of={FAR}
        translation_of=abc translation_of={FAR} child_of=1&child_of=abc unknown=1
        utm_source=mail genre=news type=nope type=news.Nope type=cms.User type=%00 id=abc
        id=%00 slug=%00 title=%00 search=%00 search=%00%00quay locale=xx locale=%00 site=abc
        search=quay&search_operator=nope site=nowhere.example site=%00 order=nope""",
    "/api/v2/pages/find/?": f"id=abc id= id=-1 id={FAR} id=%00 html_path=%00 x=1 id=1&id=abc",
    "/api/v2/images/?": """width=abc title=%00 tags=%00 fields=nope order=nope limit=abc id=abc
        unknown=1 search=%00""",
    "/api/v2/images/find/?": f"id=abc id={FAR} id=%00",
    "/api/v2/documents/?": "title=%00 tags=%00 fields=nope limit=-1 search=%00",
    "/api/v2/documents/find/?": f"id=abc id={FAR} id=%00",
}


@pytest.mark.parametrize("address", WRONG)
def test_wrong_questions_to_the_api(client: Client, address: str) -> None:
    paths = [address + query for query in WRONG[address].split()]
    assert strange(client, paths, 400, 404) == {}
    assert [path for path in paths if len(client.get(path).json()["message"]) < 6] == []


# Well formed, and the answer is that there is none.
NONE = f"""author=nobody section=nowhere author={FAR} section={FAR} author=-1 author=² section=٣
    genre=live tags=nothing limit=0 published_before=1970-01-01 published_after=2999-01-01"""


def test_questions_without_an_answer(client: Client) -> None:
    paths = [STORIES + query for query in NONE.split()]
    assert strange(client, paths, 200) == {}
    assert [path for path in paths if client.get(path).json()["items"]] == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_readers_and_apps_only_read(client: Client, method: str) -> None:
    paths = (*READERS, "/api/v2/pages/", "/api/v2/images/", "/api/v2/documents/", FIND)
    answers = {path: client.generic(method, path, b"title=x") for path in paths}
    assert {path: one.status_code for path, one in answers.items() if one.status_code != 405} == {}
    assert [path for path, one in answers.items() if "GET" not in one["Allow"]] == []


# The story form, as a browser sends it.


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
    story.get_latest_revision().publish(skip_permission_checks=True)
    for path in (story.url, f"/api/v2/pages/{story.pk}/"):
        text = client.get(path).content.decode()
        assert "click" in text
        assert SCRIPT_ADDRESS not in text
