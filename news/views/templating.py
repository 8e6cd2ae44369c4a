"""What readers' templates may say of stories: their subjects, the page as data, its feeds."""

from __future__ import annotations

import re
import zoneinfo
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urljoin

import jinja2
from django.conf import settings
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from jinja2.ext import Extension
from jinja2.runtime import Context

from cms.models import Image
from news.content.cards import Card, cards
from news.formats.json_ld import Data, article, breadcrumbs, graph, organization, person, script
from news.models import ArticlePage, AuthorPage, NewsIndexPage, SectionPage
from news.models.feeds import FORMATS, authors_of


@jinja2.pass_context
def structured_data(context: Context) -> SafeString:
    """What the page is about, as a script element of data."""
    publication, base = context["publication"], f"{settings.BASE_URL}/"
    logo = picture_url(publication.logo, "medium", base)
    profiles = [link.value["url"] for link in publication.social_links]
    publisher = organization(publication.name, base, logo, profiles)
    parts = [publisher, *parts_of(context, base, publisher["@id"])]
    # Safe: `script` escapes what could end the element.
    data = mark_safe(script(graph(*parts)))  # noqa: S308
    return format_html('<script type="application/ld+json">{}</script>', data)


def parts_of(context: Context, base: str, publisher: str) -> list[Data]:
    page, name = context.get("page"), context["publication"].name
    home = (name, base)
    if isinstance(page, ArticlePage):
        section = context.get("section")
        trail = [home, *([(section.title, urljoin(base, section.url))] if section else [])]
        steps = breadcrumbs([*trail, (page.title, page.canonical)])
        return [article_of(page, section, base, {"@id": publisher}), steps]
    if isinstance(page, AuthorPage):
        url = urljoin(base, page.url)
        photo = picture_url(page.photo, "portrait", base)
        profiles = [link.value["url"] for link in page.contact_links]
        about = person(page.title, url, jobTitle=page.role, image=photo, sameAs=profiles)
        return [{"@type": "ProfilePage", "url": url, "mainEntity": about}]
    if isinstance(page, NewsIndexPage | SectionPage):
        title, address = page.title, page.url
        if tag := context.get("tag"):
            title, address = tag.name, f"{page.url}tag/{tag.slug}/"
        url = urljoin(base, address)
        steps = breadcrumbs([home, (title, url)])
        return [{"@type": "CollectionPage", "name": title, "url": url}, steps]
    search = {
        "@type": "SearchAction",
        "target": f"{base}search/?q={{search_term_string}}",
        "query-input": "required name=search_term_string",
    }
    return [{"@type": "WebSite", "name": name, "url": base, "potentialAction": search}]


def article_of(story: ArticlePage, section: Any, base: str, publisher: Data) -> Data:
    image = story.social_image or story.lead_image
    return article(
        genre=story.genre,
        url=story.canonical,
        headline=story.title,
        standfirst=story.search_description or story.summary,
        published=story.published_at,
        updated=story.updated_at,
        authors=[person(name, url) for name, url in authors_of(story, base)],
        images=[picture_url(image, size, base) for size in ("social", "large") if image],
        section=section.title if section else "",
        tags=[tag.name for tag in story.tag_list],
        words=story.word_count,
        language=get_language() or "",
        dateline=story.dateline,
        publisher=publisher,
    )


def picture_url(image: Image | None, size: str, base: str) -> str:
    made = image.nearest(size, "jpeg") if image else None
    return urljoin(base, made.url) if made else ""


def feed_links(address: str, title: str) -> SafeString:
    """Links to the feeds of a list of stories, for the head of its page."""
    return format_html_join(
        "\n  ",
        '<link rel="alternate" type="{}" title="{}" href="{}feed/{}/">',
        ((mime, title, address, kind) for kind, (_write, mime) in FORMATS.items()),
    )


def tag_url(tag: Any) -> str:
    """Where the stories with this tag are listed."""
    return reverse("wagtail_serve", args=[f"news/tag/{tag.slug}/"])


def newest_stories(count: int = 5) -> list[Card]:
    """For pages that have nothing else to show: those in their language. One query."""
    public = ArticlePage.objects.published().filter(language__language_code=get_language())
    return cards(public.order_by("-published_at", "-pk")[:count])


def mark_words(text: str, query: str) -> SafeString:
    """Plain text as HTML with each word of the query in <mark>. Long words are marked by their
    beginning, as the search finds them.
    """
    words = sorted(set(re.findall(r"[^\W_]+", query)), key=len, reverse=True)[:10]
    if not words:
        return conditional_escape(text)
    found = "|".join(re.escape(word) + r"\w*" * (len(word) > 4) for word in words)
    parts = re.split(rf"(?<!\w)((?:{found})(?!\w))", text, flags=re.IGNORECASE)
    pieces = (
        format_html("<mark>{}</mark>", part) if n % 2 else part for n, part in enumerate(parts)
    )
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@jinja2.pass_context
def by_day(context: Context, stories: list[Card]) -> list[tuple[date, list[Card]]]:
    """The days of the newsroom's zone, each with its stories, in their order."""
    zone = zoneinfo.ZoneInfo(context["publication"].time_zone)
    days = groupby(stories, lambda story: story.published_at.astimezone(zone).date())
    return [(day, list(of_day)) for day, of_day in days]


def as_minutes(count: int) -> str:
    return ngettext("%(count)d min read", "%(count)d min read", count) % {"count": count}


def as_stories(count: int) -> str:
    return ngettext("%(count)d story", "%(count)d stories", count) % {"count": count}


GLOBALS = (feed_links, newest_stories, structured_data, tag_url)
FILTERS = (as_minutes, as_stories, by_day, mark_words)


class NewsExtension(Extension):
    def __init__(self, environment: jinja2.Environment) -> None:
        super().__init__(environment)
        environment.globals |= {function.__name__: function for function in GLOBALS}
        environment.filters |= {function.__name__: function for function in FILTERS}
