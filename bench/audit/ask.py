"""What the auditors need from inside the newsroom. Runs in `manage.py shell`; prints JSON."""

from __future__ import annotations

import json
import sys
from types import ModuleType

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from cms import urls
from cms.models import User
from news.desk.draft_links import make_link, revoke
from news.models import ArticlePage, AuthorPage, SectionPage

# Not the language that has no prefix.
TRANSLATED = "uk"
ADDRESSES = {"403": "refused/", "500": "broken/"}


def answer() -> None:
    """`stories`, `sections` and `authors` by language, `drafts` by whether their link is open, and
    `rendered`: error pages that no address of the demo leads to."""
    stories = ArticlePage.objects.live().public().order_by("pk")
    sections = SectionPage.objects.live().public().order_by("pk")
    authors = AuthorPage.objects.live().public().order_by("pk")
    print(
        json.dumps(
            {
                "stories": addresses(stories),
                "sections": addresses(sections),
                "authors": addresses(authors),
                "drafts": drafts(),
                "rendered": rendered(),
            }
        )
    )


def addresses(pages: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {settings.LANGUAGE_CODE: [], TRANSLATED: []}
    for page in pages.select_related("locale"):  # type: ignore[attr-defined]
        found[page.locale.language_code].append(page.url)
    return found


def drafts() -> dict[str, str]:
    """Addresses of links to a story that nobody has published: one is open, one has ended."""
    story = ArticlePage.objects.filter(live=False).order_by("pk")[0]
    editor = User.objects.get(username="managing")
    _open, token = make_link(story, editor, 7)
    ended, old = make_link(story, editor, 7)
    revoke(ended, editor)
    return {"open": f"/draft/{token}/", "ended": f"/draft/{old}/"}


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Raised by the audit, to see the page that says so.")


def rendered() -> dict[str, dict[str, str]]:
    """The error pages as the whole of Django answers them, with their policy, by status."""
    module = ModuleType("audit_urls")
    views = [path(ADDRESSES["403"], refused), path(ADDRESSES["500"], broken)]
    vars(module).update(vars(urls), urlpatterns=[*views, *urls.urlpatterns])
    sys.modules["audit_urls"] = module
    found = {}
    with override_settings(ROOT_URLCONF="audit_urls", LOGGING_CONFIG=None):
        host = settings.BASE_URL.partition("://")[2]
        client = Client(raise_request_exception=False, headers={"host": host})
        for status, address in ADDRESSES.items():
            response = client.get(f"/{address}")
            assert response.status_code == int(status), response.status_code  # noqa: S101
            found[status] = {
                "html": response.content.decode(),
                "policy": response.headers.get("Content-Security-Policy", ""),
            }
    return found
