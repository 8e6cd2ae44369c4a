"""The story editor: what a writer needs first, in the order of the page."""

from __future__ import annotations

from typing import Any

from django.forms import Script
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel, MultipleChooserPanel, Panel, TitleFieldPanel

from news.editor.advice import advice
from news.review.comments import StoryCommentPanel


class AdvicePanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "news/admin/advice_panel.html"

        class Media:
            js = [Script("news/js/add-related.js", type="module")]

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | advice(self.instance, self.request.user)


ARTICLE_CONTENT = [
    "kicker",
    TitleFieldPanel("title", heading=_("Headline"), placeholder=_("Headline")),
    "summary",
    MultipleChooserPanel(
        "bylines", chooser_field_name="author", label=_("Author"), heading=_("Byline")
    ),
    MultiFieldPanel(["lead_image", "lead_image_caption"], heading=_("Lead image")),
    "body",
    AdvicePanel(),
    MultiFieldPanel(["genre", "dateline", "credit_line", "tags"], heading=_("About the story")),
    MultiFieldPanel(["deadline", "needs_legal_review", "shared_with"], heading=_("For the desk")),
]

ARTICLE_PROMOTE = [
    MultiFieldPanel(["slug", "seo_title", "search_description"], heading=_("For search engines")),
    MultiFieldPanel(
        ["social_title", "social_description", "social_image"],
        heading=_("When shared"),
        classname="collapsed",
    ),
    "canonical_url",
]

ARTICLE_SETTINGS = [
    "published_at",
    MultiFieldPanel(["expire_at", "expiry_reason"], heading=_("End of publication")),
    StoryCommentPanel(),
]
