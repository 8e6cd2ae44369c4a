"""Lists of stories: the feed, a section of it, a tag."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path
from wagtail.models import Page, PagePermissionTester

from cms.changes.registry import PAGE_FACTS, shared
from cms.models import BasePage, User
from cms.models.pages import PublicQuerySet
from news.content.pagination import take
from news.content.story import StoryQuerySet, refuse_reserved
from news.content.tags import Tag
from news.models.api_fields import SECTION_FIELDS
from news.models.articles import ArticlePage
from news.models.feeds import FedPage, feed_of
from news.review.permissions import ListingPermissionTester


class StoryListing(FedPage, BasePage):
    """A page that lists the published stories below it, newest first."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=500)

    content_panels = [*BasePage.content_panels, "introduction"]

    class Meta:
        abstract = True

    # What is created here is a story: the form of a new page offers to submit it.
    has_workflow = Page.has_workflow
    get_workflow = Page.get_workflow

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        return ListingPermissionTester(user, self)


@shared(*PAGE_FACTS, "introduction")
class NewsIndexPage(StoryListing):
    """The feed: everything published in this page's locale."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.ArticlePage", "news.SectionPage"]
    max_count_per_parent = 1
    api_fields = SECTION_FIELDS

    class Meta:
        verbose_name = _("news feed")

    def stories(self) -> StoryQuerySet:
        return ArticlePage.objects.published().filter(language_id=self.locale_id)

    @path("tag/<str:slug>/", name="tag")
    def tag(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Stories with one tag. 404 where no published story has it."""
        tag = get_object_or_404(Tag, slug=slug)
        stories = self.stories().filter(tagged_items__tag=tag)
        listing = take(stories, request.GET.get("before"))
        if not listing.stories and not stories.exists():
            raise Http404
        context = {"page": self, "self": self, "request": request, "tag": tag, "listing": listing}
        return TemplateResponse(request, "news/tag.html", context)

    @path("tag/<str:slug>/feed/<str:kind>/", name="tag_feed")
    def tag_feed(self, request: HttpRequest, slug: str, kind: str) -> HttpResponse:
        tag = get_object_or_404(Tag, slug=slug)
        stories = self.stories().filter(tagged_items__tag=tag)
        if not stories.exists():
            raise Http404
        return feed_of(stories, request, kind, tag.name, f"{self.url}tag/{slug}/")


@shared(*PAGE_FACTS, "introduction")
class SectionPage(StoryListing):
    """One desk's part of the feed."""

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = ["news.ArticlePage"]
    api_fields = SECTION_FIELDS

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def clean(self) -> None:
        super().clean()
        refuse_reserved(self.slug)

    def stories(self) -> StoryQuerySet:
        return ArticlePage.objects.published().filter(section=self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """On its first page one story leads the others."""
        context = super().get_context(request, *args, **kwargs)
        if "before" not in request.GET:
            context["signed"] = context["listing"].stories[:1]
        return context


def public_sections() -> PublicQuerySet:
    """The published sections of all locales.

    Named by their ids first: a database that starts from pages instead walks all stories.
    """
    ids = SectionPage.objects.order_by().values("pk")
    return SectionPage.objects.published().filter(pk__in=ids)
