"""Subjects of stories, kept apart from the tags of pictures."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.models import Page
from wagtail.search import index

from cms.changes.registry import not_shared, shared
from cms.models import published
from news.content.fields import StoryRow


def of_public_stories(tags: QuerySet) -> QuerySet:
    return tags.filter(tagged_items__content_object__in=published(Page.objects.values("pk")))


@shared("name", "slug", public=of_public_stories)
class Tag(index.Indexed, TagBase):
    free_tagging = True

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]


@not_shared("recorded by editions")
class ArticleTag(StoryRow, ItemBase):
    # A tag in use cannot go: stories that carry it were signed with it.
    tag = models.ForeignKey(
        Tag, related_name="tagged_items", on_delete=models.PROTECT, verbose_name=_("tag")
    )
    content_object = ParentalKey(
        "news.ArticlePage", related_name="tagged_items", on_delete=models.CASCADE
    )

    def __str__(self) -> str:
        return self.tag.name
