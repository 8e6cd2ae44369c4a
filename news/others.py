"""What a story leads on to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from news.cards import cards_by_id, headlines

if TYPE_CHECKING:
    from news.models import ArticlePage

MORE = 4


def other_stories(story: ArticlePage) -> dict[str, Any]:
    """Two queries: `related`, cards of what the body refers to, by id; `more`, the newest
    headlines of the same section.
    """
    public = type(story)._default_manager.published()
    section = public.filter(section_id=story.section_id, language_id=story.locale_id)
    newest = headlines(section.order_by("-published_at", "-pk")[: MORE + 1])
    named = story.body.stream_block.mentions(story.body.raw_data).stories
    return {
        "related": cards_by_id(public, named),
        "more": [other for other in newest if other.pk != story.pk][:MORE],
    }
