"""The story."""

from __future__ import annotations

import math
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page, PagePermissionTester, Revision, Workflow

from cms.models import BasePage, User
from cms.models.pages import BasePageManager, PublicQuerySet
from news.api.fields import ARTICLE_FIELDS
from news.blocks import BodyBlock
from news.comments import CommentedPage
from news.desk.involved import note_involved
from news.desk.permissions import StoryPermissionTester
from news.desk.rules import keep_the_legal_flag
from news.desk.signatures import digest_of, is_kept, note_contribution
from news.fields import BodyField, picture
from news.forms import ArticleForm, StoryCopyForm
from news.genres import Genre
from news.indexing import ARTICLE_SEARCH
from news.loading import LoadedPage
from news.models.tags import ArticleTag, Tag, TagManager
from news.others import other_stories
from news.panels import ARTICLE_CONTENT, ARTICLE_PROMOTE, ARTICLE_SETTINGS
from news.writers import Writer

WORDS_PER_MINUTE = 220

# The first word of an address below a listing that is not a story's.
RESERVED_SLUGS = {"feed", "tag"}


class ArticleQuerySet(PublicQuerySet):
    def without_bodies(self) -> ArticleQuerySet:
        """What a list of stories shows: everything but the body, with the section."""
        return self.select_related("section").defer("body")


class ArticlePage(CommentedPage, LoadedPage, BasePage):
    """A story. `title` is its headline, `summary` its standfirst."""

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
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("body"))
    tags = TagManager(through=ArticleTag, blank=True)
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
    needs_legal_review = models.BooleanField(
        _("needs legal review"),
        default=False,
        help_text=_("A lawyer reads it between the desk and publication."),
    )
    shared_with = ParentalManyToManyField(
        User,
        blank=True,
        related_name="+",
        verbose_name=_("shared with"),
        help_text=_("Reporters who may edit this draft too."),
    )

    expiry_reason = models.CharField(
        _("why it expires"),
        max_length=255,
        blank=True,
        help_text=_("Goes on record when its time is over."),
    )

    deadline = models.DateTimeField(
        _("deadline"), null=True, blank=True, help_text=_("When the text is due at the desk.")
    )
    breaking_until = models.DateTimeField(
        null=True,
        editable=False,
        db_index=True,
        help_text=_("Until then readers see that it is breaking news."),
    )

    # Copies of what lists need, so that an index leads to their stories: kept by save() and by
    # moves.
    section = models.ForeignKey(
        "news.SectionPage",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.ForeignKey(
        "wagtailcore.Locale",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    word_count = models.PositiveIntegerField(default=0, editable=False)

    objects = BasePageManager.from_queryset(ArticleQuerySet)()

    base_form_class = ArticleForm
    copy_form_class = StoryCopyForm
    parent_page_types = ["news.NewsIndexPage", "news.SectionPage"]
    subpage_types: list[str] = []
    content_panels = ARTICLE_CONTENT
    promote_panels = ARTICLE_PROMOTE
    settings_panels = ARTICLE_SETTINGS
    api_fields = ARTICLE_FIELDS
    search_fields = [*BasePage.search_fields, *ARTICLE_SEARCH]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes = [
            models.Index(fields=["-published_at", "-page_ptr"], name="story_newest"),
            models.Index(fields=["section", "-published_at", "-page_ptr"], name="story_section"),
            models.Index(fields=["language", "-published_at", "-page_ptr"], name="story_language"),
        ]

    # The desk.

    has_workflow = Page.has_workflow

    def get_workflow(self) -> Workflow | None:
        return Page.get_workflow(self)

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        return StoryPermissionTester(user, self)

    # Facts that follow from others.

    def clean(self) -> None:
        super().clean()
        self.word_count = len(BODY.words(self.body.raw_data).split())
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This slug is taken by a list of stories.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.live and not kwargs.get("update_fields"):
            self.published_at = self.published_at or self.first_published_at or timezone.now()
        if self.path:
            self.section_id = section_id_above(self)
            self.language_id = self.locale_id
        super().save(*args, **kwargs)

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """As Wagtail does; it stays known who changed the text.

        A text that was reviewed or has its time is kept: autosave goes on in a new revision.
        """
        before = self.get_latest_revision()
        keep_the_legal_flag(self, before, kwargs.get("user"))
        changed = before is None or digest_of(before.as_object()) != digest_of(self)
        if overwrite_revision is not None and is_kept(overwrite_revision):
            overwrite_revision = None
        revision = super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)
        if changed and revision.user is not None:
            note_contribution(self.pk, revision)
        note_involved(self)
        return revision

    def with_content_json(self, content: dict[str, Any]) -> ArticlePage:
        """A draft of this story; the dates that readers have seen stay as they are."""
        draft = super().with_content_json(content)
        row = ArticlePage.objects.filter(pk=self.pk).values_list(
            "first_published_at", "published_at", "updated_at", "breaking_until"
        )
        for first_published_at, published_at, updated_at, breaking_until in row:
            draft.updated_at, draft.breaking_until = updated_at, breaking_until
            if first_published_at:
                draft.published_at = published_at
        return draft

    @property
    def draft_digest(self) -> str:
        """What somebody signs who signs the draft as it stands."""
        return digest_of(self.get_latest_revision_as_object())

    @property
    def read_time(self) -> int:
        """Minutes to read the body at 220 words a minute, at least one."""
        return max(1, math.ceil(self.word_count / WORDS_PER_MINUTE))

    @property
    def is_breaking(self) -> bool:
        return self.breaking_until is not None and self.breaking_until > timezone.now()

    @property
    def canonical(self) -> str:
        """Where search engines should look: the original of syndicated copy or of an alias."""
        if self.canonical_url:
            return self.canonical_url
        return (self.alias_of if self.alias_of_id else self).full_url

    # Set by whoever has loaded them for several stories at once.
    shown_tags: list[Tag] | None = None
    writers: list[Writer]

    @property
    def tag_list(self) -> list[Tag]:
        if self.shown_tags is not None:
            return self.shown_tags
        return [item.tag for item in self.tagged_items.all()]

    # Readers.

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | other_stories(self)


BODY = ArticlePage.body.field.stream_block


def section_id_above(story: ArticlePage) -> int | None:
    """The id of the section that the story stands in, None directly under the index."""
    parent_path = Page._get_basepath(story.path, story.depth - 1)
    section = ArticlePage._meta.get_field("section").related_model
    return section.objects.filter(path=parent_path).values_list("pk", flat=True).first()
