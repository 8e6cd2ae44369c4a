"""`{% structured_data %}`: the page as schema.org data; `{% feed_links %}`: where to follow it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.media import RENDITIONS
from cms.models import Image
from news.feeds import FORMATS, authors_of
from news.formats import json_ld
from news.models import ArticlePage, AuthorPage, NewsIndexPage, SectionPage

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> SafeString:
    """In: a template with `page`, `publication` and `request`. Out: a script element of data."""
    request, publication = context["request"], context["publication"]
    base = request.build_absolute_uri("/")
    logo = picture_url(publication.logo, "medium", base)
    profiles = [link.value["url"] for link in publication.social_links]
    publisher = json_ld.organization(publication.name, base, logo, profiles)
    parts = [publisher, *parts_of(context, base, publisher["@id"])]
    # Safe: `script` escapes what could end the element.
    data = mark_safe(json_ld.script(json_ld.graph(*parts)))  # noqa: S308
    return format_html('<script type="application/ld+json">{}</script>', data)


def parts_of(context: template.Context, base: str, publisher: str) -> list[json_ld.Data]:
    page, name = context.get("page"), context["publication"].name
    home = (name, base)
    if isinstance(page, ArticlePage):
        section = context.get("section")
        trail = [home, *([(section.title, urljoin(base, section.url))] if section else [])]
        steps = json_ld.breadcrumbs([*trail, (page.title, page.canonical)])
        return [article_of(page, section, base, {"@id": publisher}), steps]
    if isinstance(page, AuthorPage):
        url = urljoin(base, page.url)
        photo = picture_url(page.photo, "portrait", base)
        about = json_ld.person(page.title, url, jobTitle=page.role, image=photo)
        about["sameAs"] = [link.value["url"] for link in page.contact_links]
        return [{"@type": "ProfilePage", "url": url, "mainEntity": about}]
    if isinstance(page, NewsIndexPage | SectionPage):
        title, address = page.title, page.url
        if tag := context.get("tag"):
            title, address = tag.name, f"{page.url}tag/{tag.slug}/"
        url = urljoin(base, address)
        steps = json_ld.breadcrumbs([home, (title, url)])
        return [{"@type": "CollectionPage", "name": title, "url": url}, steps]
    search = {
        "@type": "SearchAction",
        "target": f"{base}search/?q={{search_term_string}}",
        "query-input": "required name=search_term_string",
    }
    return [{"@type": "WebSite", "name": name, "url": base, "potentialAction": search}]


def article_of(story: ArticlePage, section: Any, base: str, publisher: json_ld.Data) -> Any:
    image = story.social_image or story.lead_image
    pictures = [picture_url(image, size, base) for size in ("social", "large")] if image else []
    return json_ld.article(
        genre=story.genre,
        url=story.canonical,
        headline=story.title,
        standfirst=story.search_description or story.summary,
        published=story.published_at,
        updated=story.updated_at,
        authors=[json_ld.person(name, url) for name, url in authors_of(story, base)],
        images=pictures,
        section=section.title if section else "",
        tags=[tag.name for tag in story.tag_list],
        words=story.word_count,
        language=get_language() or "",
        dateline=story.dateline,
        publisher=publisher,
    )


def picture_url(image: Image | None, size: str, base: str) -> str:
    return urljoin(base, image.get_rendition(RENDITIONS[size]).url) if image else ""


@register.simple_tag
def feed_links(address: str, title: str) -> SafeString:
    """In: the address of a list of stories and its title. Out: links to its feeds, for the head."""
    return format_html_join(
        "\n  ",
        '<link rel="alternate" type="{}" title="{}" href="{}feed/{}/">',
        ((mime, title, address, kind) for kind, (_write, mime) in FORMATS.items()),
    )
