"""Who works on what, and what they have seen of it. Not on record: it changes with the day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.changes.registry import not_shared
from cms.models.append_only import AppendOnly
from news.editions.choices import Kind


@not_shared("readers see nothing of it")
class Claim(models.Model):
    """Somebody has taken a story in hand at the stage where it stands. Gone with the stage."""

    story = models.OneToOneField(
        "news.ArticlePage", on_delete=models.CASCADE, related_name="claim", primary_key=True
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.story_id} {self.person_id}"


@not_shared("readers see nothing of it")
class LastRead(models.Model):
    """The text as somebody last read it, to show what changed since."""

    story = models.ForeignKey("news.ArticlePage", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    document = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "person"], name="one_look_each")]

    def __str__(self) -> str:
        return f"{self.story_id} {self.person_id}"


@not_shared("readers see nothing of it")
class DraftLink(models.Model):
    """An address under which somebody without an account reads a draft, until it expires."""

    story = models.ForeignKey("news.ArticlePage", on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.story_id} {self.expires_at:%Y-%m-%d}"


@not_shared("readers see nothing of it")
class LiveFix(AppendOnly):
    """A change to the live text that waits for its signer, or was signed."""

    story = models.ForeignKey("news.ArticlePage", on_delete=models.CASCADE, related_name="fixes")
    revision_id = models.BigIntegerField()
    after_edition = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=Kind)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.story_id} {self.kind}"
