"""The blocks of a story's body.

Each block knows its editor's form, its template (`news/blocks/<name>.html`), its form in the
API, its plain text, and what it mentions (pictures, stories, pages).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.embeds.oembed_providers import all_providers
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import get_text_for_indexing

from cms.media import image_data
from cms.models import Image, published
from news.links import linked_pages
from news.references import Mentions, active

BLOCK_END = re.compile(r"</(?:p|li|h\d|blockquote)>|<br/?>")
INLINE_FEATURES = ["bold", "italic", "link", "document-link"]
TEXT_FEATURES = [*INLINE_FEATURES, "ol", "ul", "superscript", "subscript"]


class Mentioning:
    """A block that names nothing, or says what it names."""

    def mentions(self, raw: Any, found: Mentions) -> None:
        """In: the block's stored value. Adds the ids in it to `found`."""

    def words(self, raw: Any) -> str:
        """In: the block's stored value. Out: the words of the story that it holds."""
        return ""


class TextBlock(Mentioning, blocks.RichTextBlock):
    def mentions(self, raw: Any, found: Mentions) -> None:
        found.pages |= linked_pages(raw or "")

    def words(self, raw: Any) -> str:
        return get_text_for_indexing(BLOCK_END.sub(" ", raw or ""))


class HeadingBlock(Mentioning, blocks.CharBlock):
    def words(self, raw: Any) -> str:
        return raw or ""


class LoadedImageBlock(ImageChooserBlock):
    def to_python(self, value: int | None) -> Image | None:
        return self.bulk_to_python([value])[0] if value else None

    def bulk_to_python(self, values: list[int]) -> list[Image | None]:
        references = active()
        if references is None:
            return super().bulk_to_python(values)
        return [references.images.get(pk) for pk in values]


class LoadedStoryBlock(blocks.PageChooserBlock):
    """Chooses a story. While references are loaded, a story that is not public is None."""

    def to_python(self, value: int | None) -> Any:
        return self.bulk_to_python([value])[0] if value else None

    def bulk_to_python(self, values: list[int]) -> list[Any]:
        references = active()
        if references is None:
            return super().bulk_to_python(values)
        return [references.stories.get(pk) for pk in values]


class PictureBlock(Mentioning, blocks.StructBlock):
    image = LoadedImageBlock(label=_("Image"))
    caption = blocks.CharBlock(required=False, max_length=500, label=_("Caption"))
    alt = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Alt text for this use"),
        help_text=_("Empty: the description of the image."),
    )

    class Meta:
        icon = "image"
        template = "news/blocks/image.html"

    def mentions(self, raw: Any, found: Mentions) -> None:
        if raw.get("image"):
            found.images.add(raw["image"])

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        return image_data(value["image"], caption=value["caption"], alt=value["alt"])


class QuoteBlock(Mentioning, blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"))
    attribution = blocks.CharBlock(required=False, max_length=255, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        template = "news/blocks/quote.html"

    def words(self, raw: Any) -> str:
        return raw.get("text", "")


class RelatedStoryValue(blocks.StructValue):
    @cached_property
    def story(self) -> Any:
        """The story if everybody may see it, else None."""
        page = self.get("page")
        if page is None:
            return None
        references = active()
        if references is not None:
            return references.stories.get(page.pk)
        return published(type(page).objects.filter(pk=page.pk)).first()


class RelatedStoryBlock(Mentioning, blocks.StructBlock):
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
        value_class = RelatedStoryValue

    def mentions(self, raw: Any, found: Mentions) -> None:
        if raw.get("page"):
            found.stories.add(raw["page"])

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


class EditorsNoteBlock(TextBlock):
    class Meta:
        icon = "edit"
        template = "news/blocks/editors_note.html"


def known_provider(url: str) -> None:
    """Raises ValidationError unless `url` is a page of a provider that can be embedded."""
    patterns = (pattern for provider in all_providers for pattern in provider["urls"])
    if not any(re.match(pattern, url) for pattern in patterns):
        raise ValidationError(_("This is not an address of a known video or audio provider."))


class EmbedValue(blocks.StructValue):
    @property
    def host(self) -> str:
        return (urlsplit(self["url"]).hostname or "").removeprefix("www.")


class EmbedBlock(Mentioning, blocks.StructBlock):
    """A video or post elsewhere, shown as a link: a reader's browser asks nobody unasked."""

    url = blocks.URLBlock(validators=[known_provider], label=_("Address"))
    title = blocks.CharBlock(max_length=255, label=_("Title"))

    class Meta:
        icon = "media"
        template = "news/blocks/embed.html"
        value_class = EmbedValue


class BodyBlock(blocks.StreamBlock):
    """The body of a story."""

    paragraph = TextBlock(
        features=TEXT_FEATURES,
        label=_("Paragraph"),
        icon="pilcrow",
        template="news/blocks/paragraph.html",
    )
    heading = HeadingBlock(
        max_length=255, label=_("Heading"), icon="title", template="news/blocks/heading.html"
    )
    image = PictureBlock(label=_("Image"))
    quote = QuoteBlock(label=_("Quote"))
    related_story = RelatedStoryBlock(label=_("Related story"))
    editors_note = EditorsNoteBlock(features=INLINE_FEATURES, label=_("Editor's note"))
    embed = EmbedBlock(label=_("Embed"))

    class Meta:
        template = "news/blocks/body.html"

    def get_api_representation(self, value: Any, context: Any = None) -> list[dict[str, Any]]:
        """Wagtail's list, without related stories that are not public."""
        items = super().get_api_representation(value, context)
        return [item for item in items if item["value"] is not None]

    def mentions(self, raw_blocks: Iterable[dict[str, Any]]) -> Mentions:
        """In: the raw data of a body. Out: the ids that it names; loads nothing."""
        found = Mentions()
        for raw in raw_blocks:
            if block := self.child_blocks.get(raw["type"]):
                block.mentions(raw["value"], found)
        return found

    def words(self, raw_blocks: Iterable[dict[str, Any]]) -> str:
        """In: the raw data of a body. Out: its words as plain text, a line a block."""
        return "\n".join(
            self.child_blocks[raw["type"]].words(raw["value"])
            for raw in raw_blocks
            if raw["type"] in self.child_blocks
        )
