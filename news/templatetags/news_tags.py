"""Small things that the reader's pages need and a template cannot say."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from cms.media import RENDITIONS
from news.models import ArticlePage

register = template.Library()


@register.simple_tag
def tag_url(tag: Any) -> str:
    """Where the stories with this tag are listed."""
    return reverse("wagtail_serve", args=[f"news/tag/{tag.slug}/"])


@register.simple_tag
def newest_stories(count: int = 5) -> list[ArticlePage]:
    """For pages that have nothing else to show. One query."""
    return list(ArticlePage.objects.published().cards().order_by("-published_at", "-pk")[:count])


@register.filter
def mark_words(text: str, query: str) -> SafeString:
    """In: plain text, and what somebody searched for. Out: HTML with each word found in <mark>.

    Long words are marked by their beginning, as the search finds them.
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


@register.simple_tag
def social_image_url(story: ArticlePage) -> str:
    """The picture for a shared link: absolute address, empty if the story has none."""
    image = story.social_image or story.lead_image
    return image.get_rendition(RENDITIONS["social"]).full_url if image else ""
