"""What search engines ask for: an index of sitemaps by month, the news of two days, robots.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.models import published
from news.content.story import StoryQuerySet
from news.models import ArticlePage

PAGES = "pages"
XML = "application/xml"


def stories() -> StoryQuerySet:
    """Public stories under their own address; syndicated copy is its original's."""
    public = ArticlePage.objects.published().filter(alias_of=None, canonical_url="")
    return public.order_by("-published_at", "-pk")


class PageSitemap(Sitemap):
    def __init__(self, pages: PageQuerySet) -> None:
        self.pages = pages

    def items(self) -> PageQuerySet:
        return self.pages

    def location(self, item: Page) -> str:
        return str(item.url)

    def lastmod(self, item: Page) -> datetime | None:
        if isinstance(item, ArticlePage):
            return item.updated_at or item.published_at
        return item.last_published_at


def stories_of(month: str) -> StoryQuerySet:
    """The stories of a month in UTC such as `2026-11`. 404 for what names no month until now."""
    is_month = re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month, re.ASCII)
    if not is_month or not "0001" <= month <= f"{timezone.now():%Y-%m}":
        raise Http404
    first = datetime.fromisoformat(f"{month}-01T00:00Z")
    after = (first + timedelta(days=32)).replace(day=1)
    return stories().without_bodies().filter(published_at__gte=first, published_at__lt=after)


def months() -> Iterator[datetime]:
    """The beginnings of the months with stories, the newest first: a look at the index each."""
    left = stories()
    while newest := left.values_list("published_at", flat=True).first():
        first = newest.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        yield first
        left = stories().filter(published_at__lt=first)


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    names = [PAGES, *(f"{first:%Y-%m}" for first in months())]
    addresses = [reverse("sitemap_part", args=(name,)) for name in names]
    entries = [{"location": request.build_absolute_uri(address)} for address in addresses]
    return render(request, "sitemap_index.xml", {"sitemaps": entries}, content_type=XML)


@require_safe
def sitemap_part(request: HttpRequest, name: str) -> HttpResponse:
    """404 for a month without stories."""
    if name == PAGES:
        others = Page.objects.filter(depth__gt=1).not_type(ArticlePage)
        pages = published(others).order_by("path")
    else:
        pages = stories_of(name)
        if not pages.exists():
            raise Http404
    return django_sitemap(request, {name: PageSitemap(pages)}, content_type=XML)


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days, at most 1,000."""
    since = timezone.now() - timedelta(days=2)
    recent = stories().without_bodies().select_related("language").filter(published_at__gte=since)
    context = {"stories": recent[:1000], "base": request.build_absolute_uri("/")[:-1]}
    return render(request, "news/news_sitemap.xml", context, content_type=XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    maps = [reverse("sitemap_index"), reverse("news_sitemap")]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/admin/", "/draft/", "/api/v3/", "/search/")),
        "",
        *(f"Sitemap: {request.build_absolute_uri(address)}" for address in maps),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116, where a contact is configured."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    end = (timezone.now() + timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {end.isoformat()}",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
