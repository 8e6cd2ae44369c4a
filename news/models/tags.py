"""Subjects of stories, kept apart from the tags of pictures."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.search import index

TagManager = ClusterTaggableManager


class Tag(index.Indexed, TagBase):
    free_tagging = True

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]


class ArticleTag(ItemBase):
    # A tag in use cannot go: stories that carry it were signed with it.
    tag = models.ForeignKey(
        Tag, related_name="tagged_items", on_delete=models.PROTECT, verbose_name=_("tag")
    )
    content_object = ParentalKey(
        "news.ArticlePage", related_name="tagged_items", on_delete=models.CASCADE
    )

    def __str__(self) -> str:
        return self.tag.name
