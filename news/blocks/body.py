"""The body of a story: which blocks there are, and in which order an editor is offered them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from news.blocks.base import INLINE_FEATURES, PARAGRAPH_FEATURES
from news.blocks.media import DocumentBlock, EmbedBlock, GalleryBlock, PictureBlock
from news.blocks.references import Mentions
from news.blocks.related import RelatedStoryBlock
from news.blocks.text import (
    DataTableBlock,
    DividerBlock,
    EditorsNoteBlock,
    FactBoxBlock,
    HeadingBlock,
    KeyPointsBlock,
    ParagraphBlock,
    PullQuoteBlock,
    QuoteBlock,
    TimelineBlock,
)

COMMON = _("Common")
AROUND = _("Around the text")
MEDIA = _("Media and data")


class BodyBlock(blocks.StreamBlock):
    paragraph = ParagraphBlock(
        features=PARAGRAPH_FEATURES, required=False, label=_("Paragraph"), group=COMMON
    )
    heading = HeadingBlock(max_length=255, label=_("Heading"), group=COMMON)
    image = PictureBlock(label=_("Image"), group=COMMON)
    quote = QuoteBlock(label=_("Quote"), group=COMMON)
    related_story = RelatedStoryBlock(label=_("Related story"), group=COMMON)
    key_points = KeyPointsBlock(label=_("Key points"), group=AROUND)
    fact_box = FactBoxBlock(label=_("Fact box"), group=AROUND)
    timeline = TimelineBlock(label=_("Timeline"), group=AROUND)
    pull_quote = PullQuoteBlock(label=_("Pull quote"), group=AROUND)
    editors_note = EditorsNoteBlock(
        features=INLINE_FEATURES, label=_("Editor's note"), group=AROUND
    )
    divider = DividerBlock(label=_("Divider"), group=AROUND)
    gallery = GalleryBlock(PictureBlock(), min_num=2, label=_("Gallery"), group=MEDIA)
    embed = EmbedBlock(label=_("Video or audio"), group=MEDIA)
    document = DocumentBlock(label=_("Document"), group=MEDIA)
    table = DataTableBlock(label=_("Table"), group=MEDIA)

    class Meta:
        required = False

    def to_write_in(self) -> blocks.StreamValue:
        """A body for somebody who begins: one paragraph without words."""
        return self.to_python([{"type": "paragraph", "value": ""}])

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """A paragraph that nobody wrote in is left out."""
        cleaned = super().clean(value)
        kept = [
            (child.block_type, child.value, child.id)
            for child in cleaned
            if child.block_type != "paragraph" or self.words([child.get_prep_value()]).strip()
        ]
        return blocks.StreamValue(self, kept)

    def get_api_representation(self, value: Any, context: Any = None) -> list[dict[str, Any]]:
        """Leaves out what is not public."""
        items = super().get_api_representation(value, context)
        return [item for item in items if item["value"] is not None]

    def mentions(self, raw_blocks: Iterable[dict[str, Any]]) -> Mentions:
        """The ids in the raw data of a body, or of several; loads nothing."""
        found = Mentions()
        for raw in raw_blocks:
            if block := self.child_blocks.get(raw["type"]):
                block.mentions(raw["value"], found)
        return found

    def words(self, raw_blocks: Iterable[dict[str, Any]]) -> str:
        """The words of a body as plain text, a line a block."""
        return "\n".join(
            self.child_blocks[raw["type"]].words(raw["value"])
            for raw in raw_blocks
            if raw["type"] in self.child_blocks
        )


BODY = BodyBlock()
