"""The story editor: what a writer needs first, in the order of the page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel, TitleFieldPanel

from news.editor.advice import AdvicePanel
from news.review.comments import StoryCommentPanel

ARTICLE_CONTENT = [
    FieldPanel("kicker"),
    TitleFieldPanel("title", heading=_("Headline"), placeholder=_("Headline")),
    FieldPanel("summary"),
    MultipleChooserPanel(
        "bylines", chooser_field_name="author", label=_("Author"), heading=_("Byline")
    ),
    MultiFieldPanel(
        [FieldPanel("lead_image"), FieldPanel("lead_image_caption")], heading=_("Lead image")
    ),
    FieldPanel("body"),
    AdvicePanel(),
    MultiFieldPanel(
        [
            FieldPanel("genre"),
            FieldPanel("dateline"),
            FieldPanel("credit_line"),
            FieldPanel("tags"),
        ],
        heading=_("About the story"),
    ),
    MultiFieldPanel(
        [FieldPanel("deadline"), FieldPanel("needs_legal_review"), FieldPanel("shared_with")],
        heading=_("For the desk"),
    ),
]

ARTICLE_PROMOTE = [
    MultiFieldPanel(
        [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
        heading=_("For search engines"),
    ),
    MultiFieldPanel(
        [FieldPanel("social_title"), FieldPanel("social_description"), FieldPanel("social_image")],
        heading=_("When shared"),
        classname="collapsed",
    ),
    FieldPanel("canonical_url"),
]

ARTICLE_SETTINGS = [
    FieldPanel("published_at"),
    MultiFieldPanel(
        [FieldPanel("expire_at"), FieldPanel("expiry_reason")], heading=_("End of publication")
    ),
    StoryCommentPanel(),
]
