"""The related story: a story inside a story."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.media.usage import image_data
from cms.models import published
from news.blocks.base import LoadedChooser, PartsBlock
from news.blocks.references import active


class LoadedStoryBlock(LoadedChooser, blocks.PageChooserBlock):
    """While references are loaded, a story that is not public is None."""

    kind = "stories"


class RelatedStoryValue(blocks.StructValue):
    @cached_property
    def story(self) -> Any:
        """The story if everybody may see it, else None."""
        page = self.get("page")
        if page is None:
            return None
        references = active.get()
        if references is not None:
            return references.stories.get(page.pk)
        return published(type(page).objects.filter(pk=page.pk)).first()


class RelatedStoryBlock(PartsBlock):
    page = LoadedStoryBlock(page_type="news.ArticlePage", label=_("Story"))
    headline = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Own headline"),
        help_text=_("Empty: the headline of the story."),
    )
    text = blocks.TextBlock(
        required=False, label=_("Text"), help_text=_("Empty: the standfirst of the story.")
    )
    note = blocks.TextBlock(required=False, label=_("Editor's note"))

    class Meta:
        icon = "doc-full"
        template = "news/blocks/related_story.html"
        description = _("Another story of ours; shows nothing while it is not public.")
        value_class = RelatedStoryValue

    def get_preview_value(self) -> Any:
        """The newest story; empty before the first, as on a page."""
        stories = self.child_blocks["page"].target_model.objects.published()
        newest = stories.order_by("-published_at").first()
        return self.normalize({"page": newest, "note": gettext("Where this began.")})

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        story = value.story
        if story is None:
            return None
        return {
            "id": story.pk,
            "url": story.full_url,
            "headline": value["headline"] or story.title,
            "text": value["text"] or story.summary,
            "note": value["note"],
            "image": image_data(story.lead_image, caption=story.lead_image_caption),
        }
