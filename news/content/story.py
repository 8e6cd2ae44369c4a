"""A story as it is read: its fields, and what follows from them."""

from __future__ import annotations

import math
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.models import Page
from wagtail.search import index

from cms.models import BasePage
from cms.models.pages import BasePageManager, PublicQuerySet
from news.blocks import BODY
from news.blocks.references import Mentions
from news.content.bylines import Writer
from news.content.cards import cards, cards_by_id
from news.content.fields import BodyField, Genre, picture
from news.content.loading import LoadedPage
from news.content.tags import ArticleTag, Tag

WORDS_PER_MINUTE = 220
MORE = 4

RESERVED_SLUGS = {"feed", "tag"}  # addresses below a listing that no page has


def refuse_reserved(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError({"slug": _("This slug is taken by a list of stories.")})


class StoryQuerySet(PublicQuerySet):
    def without_bodies(self) -> Self:
        """What a list of stories shows: everything but the body, with the section."""
        return self.select_related("section").defer("body")


class Story(LoadedPage, BasePage):
    """What readers get. `title` is the headline, `summary` the standfirst."""

    summary = models.TextField(
        _("standfirst"), blank=True, max_length=500, help_text=_("One or two sentences.")
    )
    kicker = models.CharField(
        _("kicker"), max_length=60, blank=True, help_text=_("A word or two above the headline.")
    )
    genre = models.CharField(_("genre"), max_length=16, choices=Genre, default=Genre.NEWS)
    dateline = models.CharField(
        _("dateline"), max_length=80, blank=True, help_text=_("Where it was reported: KYIV.")
    )
    lead_image = picture(_("lead image"))
    lead_image_caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit_line = models.CharField(
        _("credit line"), max_length=255, blank=True, help_text=_("With reporting by …")
    )
    body = BodyField(BODY, blank=True, verbose_name=_("body"))
    tags = ClusterTaggableManager(through=ArticleTag, blank=True)
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("Readers see it and lists sort by it. Empty: the moment of publication."),
    )
    updated_at = models.DateTimeField(_("updated at"), null=True, editable=False)
    canonical_url = models.URLField(
        _("canonical URL"), blank=True, help_text=_("For syndicated copy: the original's address.")
    )
    social_title = models.CharField(_("social title"), max_length=255, blank=True)
    social_description = models.TextField(_("social description"), max_length=500, blank=True)
    social_image = picture(_("social image"))
    breaking_until = models.DateTimeField(
        null=True,
        editable=False,
        db_index=True,
        help_text=_("Until then readers see that it is breaking news."),
    )

    # Copies for the indexes of lists, kept by save() and by moves.
    section = models.ForeignKey(
        "news.SectionPage", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.ForeignKey(
        "wagtailcore.Locale", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    word_count = models.PositiveIntegerField(default=0, editable=False)

    objects = BasePageManager.from_queryset(StoryQuerySet)()

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("kicker"),
        index.SearchField("dateline"),
        index.SearchField("body"),
        index.SearchField("credit_line"),
        index.RelatedFields(
            "bylines", [index.RelatedFields("author", [index.SearchField("title")])]
        ),
        index.RelatedFields(
            "tagged_items", [index.RelatedFields("tag", [index.SearchField("name")])]
        ),
        index.FilterField("published_at"),
        index.FilterField("genre"),
        index.FilterField("section_id"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        self.word_count = len(BODY.words(self.body.raw_data).split())
        refuse_reserved(self.slug)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.live and not kwargs.get("update_fields"):
            self.published_at = self.published_at or self.first_published_at or timezone.now()
        if self.path:
            self.section_id = self._section_id_above()
            self.language_id = self.locale_id
        super().save(*args, **kwargs)

    def _section_id_above(self) -> int | None:
        """None directly under the index."""
        parent_path = Page._get_basepath(self.path, self.depth - 1)
        sections: Any = self._meta.get_field("section").related_model
        return sections.objects.filter(path=parent_path).values_list("pk", flat=True).first()

    def mentions(self) -> Mentions:
        """The ids that the body names; costs no query."""
        return BODY.mentions(self.body.raw_data)

    @property
    def read_time(self) -> int:
        """Minutes to read the body, at least one."""
        return max(1, math.ceil(self.word_count / WORDS_PER_MINUTE))

    @property
    def is_breaking(self) -> bool:
        return self.breaking_until is not None and self.breaking_until > timezone.now()

    @property
    def canonical(self) -> str:
        """Where search engines should look: the original of syndicated copy or of an alias."""
        return self.canonical_url or (self.alias_of if self.alias_of_id else self).full_url

    # Set where they are loaded for several stories at once.
    shown_tags: list[Tag] | None = None
    writers: list[Writer]

    @property
    def tag_list(self) -> list[Tag]:
        if self.shown_tags is not None:
            return self.shown_tags
        return [item.tag for item in self.tagged_items.all()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Also `related`, the stories that the body names, and `more` of the same section."""
        context = super().get_context(request, *args, **kwargs)
        public = type(self)._default_manager.published()
        section = public.filter(section_id=self.section_id, language_id=self.locale_id)
        newest = cards(section.order_by("-published_at", "-pk")[: MORE + 1])
        return context | {
            "related": cards_by_id(public, self.mentions().stories),
            "more": [other for other in newest if other.pk != self.pk][:MORE],
        }
