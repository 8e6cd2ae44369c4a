"""Blocks made of words."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

from cms.templating import richtext
from news.blocks.base import (
    INLINE_FEATURES,
    TEXT_FEATURES,
    ItemsBlock,
    Mentioning,
    PartsBlock,
    PlainBlock,
    TextBlock,
)


class ParagraphBlock(TextBlock):
    """Most of a story, like headings: a template for each would cost more than the rest of it."""

    class Meta:
        icon = "pilcrow"
        description = _("Running text: one paragraph or many, lists and links.")
        preview_value = _("<p>The ferry left at six. Nobody on the quay had expected it to.</p>")

    def render_basic(self, value: Any, context: Any = None) -> SafeString:
        return format_html('<div class="paragraph">{}</div>', richtext(value.source))


class HeadingBlock(PlainBlock):
    class Meta:
        icon = "title"
        description = _("Divides a long story.")
        preview_value = _("What the harbour master knew")

    def render_basic(self, value: Any, context: Any = None) -> SafeString:
        return format_html("<h2>{}</h2>", value)


class QuoteText(Mentioning, blocks.TextBlock):
    def words(self, raw: Any) -> str:
        return raw or ""


class QuoteBlock(PartsBlock):
    text = QuoteText(label=_("Quote"))
    attribution = blocks.CharBlock(required=False, max_length=255, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        template = "news/blocks/quote.html"
        description = _("Somebody's words, as part of the story.")
        preview_value = {"text": _("We waited for the tide."), "attribution": _("The pilot")}


class PullQuoteBlock(QuoteBlock):
    """Repeats words of the story in large type: they are not counted twice."""

    text = blocks.TextBlock(label=_("Quote"))

    class Meta:
        template = "news/blocks/pull_quote.html"
        description = _("A sentence of the story, large, to break a long text.")


class EditorsNoteBlock(TextBlock):
    class Meta:
        icon = "edit"
        template = "news/blocks/editors_note.html"
        description = _("A word from the editors, labelled as such.")
        preview_value = _("<p>Names in this story were changed.</p>")


class FactBoxBlock(PartsBlock):
    title = PlainBlock(max_length=120, label=_("Title"))
    text = TextBlock(features=TEXT_FEATURES, label=_("Text"))

    class Meta:
        icon = "info-circle"
        template = "news/blocks/fact_box.html"
        description = _("Background beside the story.")
        preview_value = {
            "title": _("The ferry in numbers"),
            "text": _("<p>Built in 1971, 48 metres long, 120 seats.</p>"),
        }


class KeyPointsBlock(PartsBlock):
    title = PlainBlock(max_length=120, required=False, label=_("Title"))
    points = ItemsBlock(PlainBlock(max_length=300), min_num=1, label=_("Points"))

    class Meta:
        icon = "list-ul"
        template = "news/blocks/key_points.html"
        description = _("What a reader should know, in a few lines.")
        preview_value = {
            "title": _("In short"),
            "points": [_("The ferry sails."), _("The fare stays.")],
        }


class EventBlock(PartsBlock):
    date = PlainBlock(max_length=60, label=_("Date"), help_text=_("As readers see it: 3 March."))
    text = TextBlock(features=INLINE_FEATURES, label=_("What happened"))


class TimelineBlock(PartsBlock):
    title = PlainBlock(max_length=120, required=False, label=_("Title"))
    events = ItemsBlock(EventBlock(), min_num=1, label=_("Events"))

    class Meta:
        icon = "history"
        template = "news/blocks/timeline.html"
        description = _("Events in their order.")
        preview_value = {
            "title": _("How it came to this"),
            "events": [{"date": _("3 March"), "text": _("<p>The first sample.</p>")}],
        }


class DataTableBlock(Mentioning, TypedTableBlock):
    text = blocks.CharBlock(required=False, label=_("Text"))
    number = blocks.FloatBlock(required=False, label=_("Number"))

    class Meta:
        icon = "table"
        template = "news/blocks/table.html"
        description = _("Rows and columns; numbers are aligned.")
        preview_value = {
            "columns": [
                {"type": "text", "heading": _("Line")},
                {"type": "number", "heading": _("Passengers")},
            ],
            "rows": [{"values": ["6", 41000]}, {"values": ["9", 18000]}],
            "caption": _("Passengers a day"),
        }

    def words(self, raw: Any) -> str:
        rows = raw.get("rows", ()) if raw else ()
        cells = [cell for row in rows for cell in row["values"] if cell is not None]
        return " ".join(str(cell) for cell in cells)

    def get_api_representation(self, table: TypedTable, context: Any = None) -> dict[str, Any]:
        data = super().get_api_representation(table, context)
        return data | {"rows": [row["values"] for row in data["rows"]]}


class DividerBlock(Mentioning, blocks.StaticBlock):
    class Meta:
        icon = "minus"
        template = "news/blocks/divider.html"
        admin_text = description = _("A pause between two parts.")
        preview_value = None

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        return {}
