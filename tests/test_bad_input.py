"""Wrong input gets a clear answer: never a 500, never something half written."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client

from tests.builders import a_page, a_section, a_story, an_author

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

STORIES = "/api/v2/pages/?type=news.ArticlePage&"
LISTINGS = ("/news/", "/news/world/", "/news/tag/harbour/", "/authors/ada/")
READERS = (*LISTINGS, "/", "/news/world/quay/", "/authors/", "/about/", "/search/")
FAR = "9" * 30


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
