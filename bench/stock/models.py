"""A news site as Wagtail's tutorial and documentation write it, without the editor's panels."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import Tag, TaggedItemBase
from wagtail import blocks
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.images.api.fields import ImageRenditionField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Orderable, Page
from wagtail.query import PageQuerySet
from wagtail.search import index

__all__ = ["Tag"]
PER_PAGE = 20
ARTICLE = "stock.ArticlePage"
LISTING = "stock/listing_page.html"
IMAGE = {"to": "wagtailimages.Image", "null": True, "on_delete": models.SET_NULL}


class BodyBlock(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock()
    heading = blocks.CharBlock(template="stock/blocks/heading.html")
    image = blocks.StructBlock(
        [("image", ImageChooserBlock()), ("caption", blocks.CharBlock(required=False))],
        template="stock/blocks/image.html",
    )
    quote = blocks.StructBlock(
        [("text", blocks.TextBlock()), ("attribution", blocks.CharBlock(required=False))],
        template="stock/blocks/quote.html",
    )
    related_story = blocks.PageChooserBlock(ARTICLE, template="stock/blocks/related.html")


def newest_stories() -> PageQuerySet:
    stories = ArticlePage.objects.live().public().select_related("lead_image")
    return stories.order_by("-first_published_at")


class ListingPage(Page):
    class Meta:
        abstract = True

    def stories(self) -> PageQuerySet:
        return newest_stories().descendant_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["stories"] = Paginator(self.stories(), PER_PAGE).get_page(request.GET.get("page"))
        return context


class HomePage(Page):
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        newest = list(newest_stories()[:13])
        context |= {"lead": newest[0], "slots": newest[1:5], "latest": newest[1:]}
        sections = SectionPage.objects.live().public()
        context["rows"] = [(section, section.stories()[:4]) for section in sections]
        return context


class NewsIndexPage(ListingPage):
    template = LISTING


class SectionPage(ListingPage):
    template = LISTING


class AuthorIndexPage(Page):
    pass


class AuthorPage(ListingPage):
    template = LISTING
    role = models.CharField(max_length=120, blank=True)
    photo = models.ForeignKey(**IMAGE, related_name="+")
    bio = RichTextField(blank=True)

    def stories(self) -> PageQuerySet:
        return newest_stories().filter(bylines__author=self)


class ArticleTag(TaggedItemBase):
    content_object = ParentalKey(
        "ArticlePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class ArticlePage(Page):
    summary = models.TextField(blank=True)
    lead_image = models.ForeignKey(**IMAGE, related_name="+")
    body = StreamField(BodyBlock())
    tags = ClusterTaggableManager(through=ArticleTag, blank=True)

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    api_fields = [
        APIField("summary"),
        APIField("lead_image"),
        APIField("teaser", serializer=ImageRenditionField("fill-720x480", source="lead_image")),
        APIField("large", serializer=ImageRenditionField("width-960", source="lead_image")),
        APIField("bylines"),
        APIField("body"),
        APIField("tags"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["more"] = newest_stories().sibling_of(self, inclusive=False)[:4]
        return context


class Byline(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(AuthorPage, models.PROTECT, related_name="bylines")

    api_fields = [APIField("author")]
