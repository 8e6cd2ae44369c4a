"""What became public, and who stands for it: rows that are written once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.changes.registry import not_shared
from cms.models.append_only import AppendOnly
from news.editions.choices import Channel, Kind, Role


@not_shared("is recorded itself")
class Edition(AppendOnly):
    """One public state of a story. What is live equals the newest edition."""

    story = models.ForeignKey("news.ArticlePage", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=Kind)
    live = models.BooleanField(help_text=_("Whether the row of the story is live."))
    public = models.BooleanField(help_text=_("Whether everybody may see it."))
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    # In which its document was made: see `document.py`.
    format = models.PositiveSmallIntegerField(default=1)
    signatures = models.JSONField(help_text=_('[{"person", "name", "role", "at"}]'))
    signatures_asked = models.PositiveSmallIntegerField()
    revision_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=16, choices=Channel)
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True, help_text=_("What readers are told."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    unreviewed = models.BooleanField(
        default=False, help_text=_("Published as breaking news: a second person has to sign it.")
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who was asked to read it."),
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["story_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="one_edition_per_number")
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(unreviewed=True), name="unreviewed_editions")
        ]

    def __str__(self) -> str:
        return f"{self.story_id} #{self.number} {self.kind}"


@not_shared("readers see nothing of it")
class EditionReference(AppendOnly):
    """What an edition refers to: it may not be deleted, nor its file replaced."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="references")
    model = models.CharField(max_length=100, help_text=_("Such as cms.image."))
    object_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["model", "object_id"], name="named_by_editions")]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"


@not_shared("readers see nothing of it")
class Signature(AppendOnly):
    """A person stands for an exact text, or does not.

    Bound to the digest and to the edition that was live: a changed text, or a changed live text,
    is unsigned.
    """

    story = models.ForeignKey(
        "news.ArticlePage", on_delete=models.CASCADE, related_name="signature_set"
    )
    digest = models.CharField(max_length=64)
    # In which its document was made: see `document.py`.
    format = models.PositiveSmallIntegerField(default=1)
    after_edition = models.PositiveIntegerField()
    role = models.CharField(max_length=8, choices=Role)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.UPDATE)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    public_from = models.DateTimeField(null=True)
    embargo = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["story", "digest"], name="signature_of_text")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.digest[:8]}"


@not_shared("readers see nothing of it")
class Contribution(AppendOnly):
    """Somebody saved a text that differs from the one before."""

    story = models.ForeignKey(
        "news.ArticlePage", on_delete=models.CASCADE, related_name="contributions"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story", "person", "revision_id"], name="one_contribution_per_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.person_id}"
