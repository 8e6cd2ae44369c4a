"""Who writes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PagePermissionTester
from wagtail.search import index

from cms.changes.registry import PAGE_FACTS, shared
from cms.models import BasePage, User
from news.blocks.base import INLINE_FEATURES
from news.content.fields import picture
from news.content.loading import LoadedPage
from news.content.story import StoryQuerySet
from news.models.api_fields import AUTHOR_FIELDS
from news.models.articles import ArticlePage
from news.models.feeds import FedPage
from news.review.permissions import RecordPermissionTester


class ContactLinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=60, label=_("Label"))
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Contact link")


@shared(*PAGE_FACTS)
class AuthorIndexPage(LoadedPage, BasePage):
    """Everybody who writes here."""

    subpage_types = ["news.AuthorPage"]
    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of authors")

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        return RecordPermissionTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        authors = AuthorPage.objects.published().child_of(self).order_by("title")
        return context | {"authors": list(authors)}


@shared(*PAGE_FACTS, "role", "photo", "bio", "location", "contact_links")
class AuthorPage(FedPage, BasePage):
    """A profile. `title` is the name."""

    role = models.CharField(_("role"), max_length=120, blank=True)
    photo = picture(_("photo"))
    bio = RichTextField(_("bio"), blank=True, features=INLINE_FEATURES)
    location = models.CharField(_("location"), max_length=120, blank=True)
    contact_links = StreamField(
        [("link", ContactLinkBlock())], blank=True, verbose_name=_("contact links")
    )
    # Not one to one: a translation of the page is the same person.
    user = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author_pages",
        verbose_name=_("account"),
        help_text=_("Their account here, if they have one."),
    )

    content_panels = [*BasePage.content_panels, "role", "photo", "bio", "location", "contact_links"]
    settings_panels = [*BasePage.settings_panels, "user"]
    parent_page_types = ["news.AuthorIndexPage"]
    subpage_types: list[str] = []
    api_fields = AUTHOR_FIELDS
    search_fields = [*BasePage.search_fields, index.SearchField("role"), index.SearchField("bio")]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        return RecordPermissionTester(user, self)

    def stories(self) -> StoryQuerySet:
        """An author's page in another language is the same author."""
        stories = ArticlePage.objects.published()
        return stories.filter(bylines__author__translation_key=self.translation_key)
