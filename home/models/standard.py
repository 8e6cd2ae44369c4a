from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.changes.registry import PAGE_FACTS, shared
from cms.models import BasePage


@shared(*PAGE_FACTS, "introduction", "body")
class StandardPage(BasePage):
    """About us, contacts, rules: what is not a story."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=500)
    body = RichTextField(_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    api_fields = [APIField("introduction"), APIField("body")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
