"""The story as the desk works on it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page, PagePermissionTester, Revision

from cms.changes.registry import not_shared
from cms.models import User
from news.content.bylines import Byline
from news.content.story import Story
from news.content.tags import ArticleTag, Tag
from news.editions.signatures import digest_of, is_kept, note_contribution
from news.editor.forms import ArticleForm, StoryCopyForm
from news.editor.panels import ARTICLE_CONTENT, ARTICLE_PROMOTE, ARTICLE_SETTINGS
from news.models.api_fields import ARTICLE_FIELDS
from news.review.comments import CommentedPage
from news.review.participants import note_participants
from news.review.permissions import StoryPermissionTester, keep_the_legal_flag

# References that no form fills in.
SET_BY_PROGRAMS = ("content_type", "latest_revision", "live_revision", "section", "language")
# Of a draft's content, what the row says instead.
OF_THE_ROW = {*SET_BY_PROGRAMS, "locale", "owner", "locked_by", "alias_of"}


@not_shared("recorded by editions")
class ArticlePage(CommentedPage, Story):
    """A story: the row is what is public, revisions are drafts."""

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

    base_form_class = ArticleForm
    copy_form_class = StoryCopyForm
    parent_page_types = ["news.NewsIndexPage", "news.SectionPage"]
    subpage_types: list[str] = []
    content_panels = ARTICLE_CONTENT
    promote_panels = ARTICLE_PROMOTE
    settings_panels = ARTICLE_SETTINGS
    api_fields = ARTICLE_FIELDS

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes = [
            models.Index(fields=["-published_at", "-page_ptr"], name="story_newest"),
            models.Index(fields=["section", "-published_at", "-page_ptr"], name="story_section"),
            models.Index(fields=["language", "-published_at", "-page_ptr"], name="story_language"),
        ]

    # See `news/content/indexing.py`.
    search_auto_update = False

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet:
        return cls.objects.prefetch_related(
            models.Prefetch("bylines", Byline.objects.select_related("author")),
            models.Prefetch("tagged_items", ArticleTag.objects.select_related("tag")),
        )

    has_workflow = Page.has_workflow
    get_workflow = Page.get_workflow

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        return StoryPermissionTester(user, self)

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
        note_participants(self)
        return revision

    def full_clean(self, exclude: Any = None, **kwargs: Any) -> None:
        """What programs set is not looked up again."""
        super().full_clean(exclude={*(exclude or ()), *SET_BY_PROGRAMS}, **kwargs)

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> ArticlePage:
        """Authors and tags are looked up all at once, not one by one."""
        if check_fks:
            data = dict(data)
            for rows, name, model in (("bylines", "author", Page), ("tagged_items", "tag", Tag)):
                ids = {row[name] for row in data.get(rows, ())}
                found: set[Any] = set()
                if ids:
                    found |= set(model.objects.filter(pk__in=ids).values_list("pk", flat=True))
                data[rows] = [row for row in data.get(rows, ()) if row[name] in found]
        return super().from_serializable_data(data, check_fks, strict_fks)

    def with_content_json(self, content: dict[str, Any]) -> ArticlePage:
        """A draft of this story; the dates that readers have seen stay as they are."""
        content = {name: value for name, value in content.items() if name not in OF_THE_ROW}
        draft = super().with_content_json(content)
        draft.live_revision_id = self.live_revision_id
        draft.section_id, draft.language_id = self.section_id, self.locale_id
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
