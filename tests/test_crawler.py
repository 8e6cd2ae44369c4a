"""An anonymous crawler finds nothing before its time, and everything when its time has come.

Each story says a word of its own in each of its fields: `zqdraft kicker`. The crawler visits every
address of the URLconf, filled with the ids and slugs of what there is, every sub-route of a page,
what the house plan names, every question that search and API understand, and each link it meets.
It reads headers and bodies, whatever the status. It may not meet a word of a hidden story unless
it asked with that very word, and it must meet the words of a published one on every surface.

Left out of the crawl until files have an issue of their own, since they leak: `/media/…` (pictures
of drafts, originals and renditions, for whoever knows a file's name) and `/documents/<id>/<name>`
(documents of drafts). Titles, alt texts, credits, tags and names of such files may show nowhere.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from itertools import cycle, islice, product
from math import prod
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve
from django.utils import translation
from django.utils.regex_helper import normalize
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.documents.models import Document
from wagtail.models import Locale, Page, PageViewRestriction, Revision, Site, TaskState, Workflow

from cms.background.schedule import run_due
from cms.models import Image
from news.content.pagination import key_of
from news.models import ArticlePage, SectionPage, Tag
from tests.builders import an_author, home
from tests.canaries import COMMON, OPEN, changed_stories, hidden_stories, naming
from tests.signing import pass_time

pytestmark = pytest.mark.django_db

HIDDEN = "draft|desk|legal|later|embargo|gone|login|vault|moved|rewrite|change|fix"
WORD = re.compile(rf"(zq(?:open|plain|{HIDDEN}))(?:[\W_]([a-z]+))?")
LINK = re.compile(
    r"""(?:href|src|action|Location)["']?\s*[=:]\s*["']([^"'#]+)|data-[\w-]+=["']([/?][^"']+)"""
    r"""|(https?://(?:localhost|testserver)[^\s"'<>\\)]*)"""
)
HOSTS = ("", "localhost", "localhost:8000", "testserver")
FILES = re.compile(r"/media/|/static/|/documents/\d+/.+\.txt$")
LOGINS = ("/admin/login/", "/_util/login/")
FEEDS = ["rss", "atom", "json"]
PLANNED = ("/sitemap.xml", "/news-sitemap.xml", "/robots.txt", "/api/delivery/v1/openapi.json")
STORIES = "type=news.ArticlePage&fields=*&limit=50"
MANY = 100
# Words that a story brings with its pictures, its document, its tag and its author.
PICTURE = "picture alt photographer source copyright terms keyword photo"
NAMES = f"{PICTURE} document file label tag name role bio residence author"


class Answer(NamedTuple):
    status: int
    words: set[str]


class Route(NamedTuple):
    """An address of the URLconf: its route, and its form with the names of its open places."""

    route: str
    form: str
    names: tuple[str, ...]


def doors(inside: Any, route: str = "", form: str = "/", names: Any = ()) -> Iterator[Route]:
    for pattern in inside:
        whole = route + str(pattern.pattern).removeprefix("^" * bool(route))
        for part, more in normalize(pattern.pattern.regex.pattern):
            channel = Route(whole, form + part, (*names, *more))
            deeper = getattr(pattern, "url_patterns", None)
            yield from [channel] if deeper is None else doors(deeper, *channel)


def urlconf(language: str = "en") -> list[Route]:
    with translation.override(language):
        return list(doors(get_resolver().url_patterns))


def kinds() -> dict[str, list[Any]]:
    """What fills the open places of addresses: ids, slugs and paths of what there is, by kind."""
    models = {"page": Page, "article": ArticlePage, "image": Image, "doc": Document, "snippet": Tag}
    models |= {"restriction": PageViewRestriction, "revision": Revision, "redirect": Redirect}
    models |= {"state": TaskState, "workflow": Workflow, "tag": Tag, "locale": Locale, "site": Site}
    ids = {kind: list(m.objects.values_list("pk", flat=True)) for kind, m in models.items()}
    slugs = [slug for m in (Page, Tag) for slug in m.objects.values_list("slug", flat=True)]
    paths = [page.url.lstrip("/") for page in Page.objects.filter(depth__gt=1)]
    named = {"type": ["news.Tag"], "app": ["news"], "model": ["articlepage"], "action": ["publish"]}
    return {**named, **ids, "slug": slugs, "format": FEEDS, "": [*ids["page"][-5:], *paths]}


def addresses(channel: Route, filling: dict[str, list[Any]]) -> Iterator[str]:
    def kind(name: str) -> str:
        """By the name of the place, else by the last thing that the address names before it."""
        before = re.sub(r"%\(\w+\)s", "", channel.form.partition(f"%({name})s")[0])
        by_place = sorted(filling, key=lambda kind: before.rfind(kind) if kind else 0)
        return [*by_place, *(kind for kind in filling if kind and kind in name)][-1]

    values = [filling[kind(name)] for name in channel.names]
    rows: Iterable[tuple[Any, ...]] = product(*values)
    # The admin gives all combinations the same answer.
    if values and (prod(map(len, values)) > MANY or channel.route.startswith("admin/")):
        rows = islice(zip(*map(cycle, values), strict=False), max(map(len, values)))
    yield from (channel.form % dict(zip(channel.names, row, strict=True)) for row in rows)


def seeds() -> Iterator[str]:
    """Every address of the URLconf and of pages' own routes, and what the house plan names."""
    filling = kinds()
    for channel in urlconf():
        yield from addresses(channel, filling)
    yield from (channel.form for channel in urlconf("uk") if not channel.names)
    for page in Page.objects.filter(depth__gt=1).specific():
        for channel in doors(
            page.get_subpage_urls() if isinstance(page, RoutablePageMixin) else []
        ):
            yield from (page.url + address[1:] for address in addresses(channel, filling))
        yield from (f"{page.url}feed/{kind}" for kind in FEEDS)
    yield from [*PLANNED, *Redirect.objects.values_list("old_path", flat=True)]


def questions() -> Iterator[str]:
    """What search and the APIs may be asked."""
    for text in (COMMON, "headline", "picture"):
        yield from (f"q={text}", f"search={text}&fields=*&limit=50", f"{STORIES}&search={text}")
    for kind in ("news.SectionPage", "news.AuthorPage", "news.NewsIndexPage"):
        yield f"type={kind}&fields=*&limit=50"
    yield from (f"{STORIES}&{rest}" for rest in ("tags=shared", "author=anna", "order=title"))
    yield from (STORIES, "fields=*&limit=50", "order=random&limit=50", "order=-title&limit=50")
    for page in SectionPage.objects.all():
        yield from (f"child_of={page.pk}&fields=*&limit=50", f"{STORIES}&section={page.slug}")
    yield f"descendant_of={home().pk}&fields=*&limit=50"
    for page in Page.objects.filter(slug__startswith="zq", slug__endswith="-slug"):
        word = page.slug.removesuffix("-slug")
        yield from (f"child_of={page.pk}", f"id={page.pk}", f"html_path={page.url}")
        yield from (f"slug={page.slug}&fields=*", f"{STORIES}&author={word}-author")
        yield f"{STORIES}&tags={word} tag"


def words_in(text: str) -> set[str]:
    return {" ".join(found) for found in WORD.findall(unquote(text).lower())}


class Crawler:
    """Visits addresses and all that they lead to, once each."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        self.answers: dict[str, Answer] = {}

    def crawl(self, addresses: Iterable[str]) -> None:
        waiting = deque(addresses)
        while waiting:
            address = waiting.popleft()
            if address not in self.answers and not FILES.match(address):
                waiting.extend(self.visit(address))

    def visit(self, address: str) -> set[str]:
        """Out: the addresses to which the answer leads."""
        response = self.client.get(address)
        body = unescape(response.getvalue().decode(errors="replace")).replace("<mark>", "")
        text = f"{response.headers} {response.cookies} {body}"
        self.answers[address] = Answer(response.status_code, words_in(text) - words_in(address))
        links = {urlsplit(urljoin(address, "".join(found))) for found in LINK.findall(text)}
        ours = {link for link in links if link.scheme in ("", "http") and link.netloc in HOSTS}
        # What was asked for is repeated to a login: one look at it is enough.
        local = {link._replace(scheme="", netloc="").geturl() for link in ours}
        return {url.partition("?")[0] if url.startswith(LOGINS) else url for url in local}


def everything() -> Crawler:
    crawler = Crawler()
    crawler.crawl(seeds())
    lists = [one.form for one in urlconf() if re.match("/(api|search)/[^%]+$", one.form)]
    asked = [url for url in lists if crawler.answers[url].status in (200, 400, 404)]
    crawler.crawl([f"{url}?{question}" for url in asked for question in questions()])
    keys = [key_of(ArticlePage.objects.get(slug=f"{OPEN}-slug")), f"{10**16}-1"]
    pages = [url for url in crawler.answers if re.match(r"/(news|authors)/[^?]*$", url)]
    pages = [url for url in pages if crawler.answers[url].status == 200]
    crawler.crawl([f"{url}?before={key}" for url in pages for key in keys])
    return crawler


def unreached(addresses: Iterable[str]) -> set[str]:
    """The routes of the URLconf to which none of the addresses leads."""
    routes = {channel.route for channel in urlconf()}
    for address in addresses:
        with suppress(Resolver404), translation.override("en"):
            routes.discard(resolve(urlsplit(address).path).route)
    return routes


def surfaces(word: str) -> dict[str, str]:
    """Every place that shows a public story: its address, and what must stand there."""
    story = ArticlePage.objects.published().get(slug=f"{word}-slug")
    v2, base = "/api/v2/pages/", f"/api/v2/pages/?{STORIES}"
    places = ("/", "/news/", "/authors/anna/", f"/news/tag/{word}-tag/", story.get_parent().url)
    found = dict.fromkeys((*places, f"/search/?q={COMMON}", "/search/?q=headline"), "headline")
    found |= dict.fromkeys((f"{v2}?limit=50", f"{v2}?search={COMMON}&limit=50"), "headline")
    found |= dict.fromkeys((f"{v2}{story.pk}/?fields=*", base, f"{base}&search=speaker"), "cell")
    found |= dict.fromkeys((story.url, f"{base}&tags=shared", f"{base}&author=anna"), "cell")
    for kind, title in (("images", "picture"), ("documents", "document")):
        whole = f"/api/v2/{kind}/?fields=*&limit=50"
        found |= dict.fromkeys((whole, f"{whole}&search={title}"), title)
    return {address: f"{word} {name}" for address, name in found.items()}


def missing(crawler: Crawler, word: str) -> list[str]:
    """The surfaces on which the crawler does not meet a public story."""
    expected = surfaces(word)
    crawler.crawl(expected)
    return [url for url, words in expected.items() if words not in crawler.answers[url].words]


def test_what_a_crawler_finds(django_capture_on_commit_callbacks: Any, caplog: Any) -> None:
    caplog.set_level("CRITICAL", logger="django.request")
    with django_capture_on_commit_callbacks(execute=True):
        an_author("Anna", slug="anna")
        hidden = hidden_stories()
        changed_stories()
        control = naming(hidden)
    assert {page.slug[2:].removesuffix("-slug") for page in hidden} <= set(HIDDEN.split("|"))
    crawler = everything()
    answers = crawler.answers
    assert [url for url, answer in answers.items() if answer.status >= 500] == []
    met = set().union(*(answer.words for answer in answers.values()))
    texts = words_in(json.dumps(control.serializable_data(), default=str))
    assert (texts | {f"{OPEN} {name}" for name in NAMES.split()}) - met == set()
    assert missing(crawler, OPEN) == []
    for planned in ("sitemap", "/feed/", "/api/delivery/"):
        there = [one for url, one in answers.items() if planned in url and one.status == 200]
        assert not there or any("zqplain slug" in one.words for one in there), planned
    assert [route for route in unreached(answers) if not route.startswith("^media/")] == []
    public = {word for word in met if word.startswith((OPEN, "zqplain"))}
    leaks = [f"{u}: {one.words - public}" for u, one in answers.items() if one.words - public]
    assert not leaks, "\n".join(leaks)
    with django_capture_on_commit_callbacks(execute=True):
        pass_time(ArticlePage.objects.get(slug="zqlater-slug"))
        assert run_due() == 1
    assert missing(Crawler(), "zqlater") == []
