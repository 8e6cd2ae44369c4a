"""What a story leads on to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from news.cards import cards

if TYPE_CHECKING:
    from news.models import ArticlePage

MORE = 4


def other_stories(story: ArticlePage) -> dict[str, Any]:
    """In one query: `related`, what the body refers to, by id; `more`, the newest others of
    the same section.
    """
    public = type(story)._default_manager.published()
    section = public.filter(section_id=story.section_id, language_id=story.locale_id)
    newest = section.exclude(pk=story.pk).order_by("-published_at", "-pk").values("pk")[:MORE]
    named = story.body.stream_block.mentions(story.body.raw_data).stories
    others = public.filter(Q(pk__in=named) | Q(pk__in=newest))
    found = cards(others.order_by("-published_at", "-pk"))
    more = [
        other for other in found if other.section_id == story.section_id and other.pk != story.pk
    ]
    return {
        "related": {other.pk: other for other in found if other.pk in named},
        "more": more[:MORE],
    }
