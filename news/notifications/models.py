"""What people are told: written with what happened, mailed afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.changes.registry import not_shared


class Event(models.TextChoices):
    """What happened to a story on the desk, as people are told of it."""

    SUBMITTED = "submitted", _("Waits for your review")
    PASSED_ON = "passed_on", _("Passed on")
    RETURNED = "returned", _("Returned with comments")
    WITHDRAWN = "withdrawn", _("Withdrawn from review")
    PUBLISHED = "published", _("Published")
    SCHEDULED = "scheduled", _("Has its time")
    BREAKING = "breaking", _("Published as breaking news: needs a second person")
    LATE = "late", _("Breaking news still unreviewed")
    REVIEWED = "reviewed", _("Breaking news reviewed")
    HELD = "held", _("Held by legal")
    RELEASED = "released", _("Released by legal")
    FIX = "fix", _("A fix of the live text waits for a signature")
    REFUSED = "refused", _("Could not be published at its time")
    COMMENTED = "commented", _("New comment")
    MENTIONED = "mentioned", _("You were mentioned")


@not_shared("readers see nothing of it")
class Notice(models.Model):
    """One person is told of one event, on the board and, unless they chose otherwise, by mail."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    story = models.ForeignKey("news.ArticlePage", on_delete=models.CASCADE, related_name="notices")
    event = models.CharField(max_length=16, choices=Event)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(blank=True)
    path = models.CharField(max_length=255, help_text=_("Where to go, below the admin's address."))
    key = models.CharField(
        max_length=64, blank=True, help_text=_("Names an event that is told once only.")
    )
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True, help_text=_("When to try the mail next."))
    tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], condition=~Q(key=""), name="told_once_of_each_key"
            )
        ]
        indexes = [
            models.Index(
                fields=["mail_at"], condition=Q(mail_at__isnull=False), name="mail_to_send"
            ),
            models.Index(fields=["person", "-id"], name="notices_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.event} {self.story_id}"


@not_shared("readers see nothing of it")
class NoticeSettings(models.Model):
    """Of which events somebody wants no mail. On the board they see all."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notice_settings",
        primary_key=True,
    )
    without_mail = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return str(self.user_id)
