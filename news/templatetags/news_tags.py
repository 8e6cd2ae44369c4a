"""Small things that the reader's pages need and a template cannot say."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import template

from cms.media import RENDITIONS
from news.models import ArticlePage

register = template.Library()


@register.simple_tag
def tag_url(tag: Any) -> str:
    """Where the stories with this tag are listed."""
    return f"/news/tag/{quote(tag.slug)}/"


@register.simple_tag
def newest_stories(count: int = 5) -> list[ArticlePage]:
    """For pages that have nothing else to show. One query."""
    return list(ArticlePage.objects.published().cards().order_by("-published_at", "-pk")[:count])


@register.simple_tag
def social_image_url(story: ArticlePage) -> str:
    """The picture for a shared link: absolute address, empty if the story has none."""
    image = story.social_image or story.lead_image
    return image.get_rendition(RENDITIONS["social"]).full_url if image else ""
