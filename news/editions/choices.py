"""What an edition is, by which channel it came, what a person did."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What an edition is to the one before it."""

    FIRST = "first", _("First publication")
    TYPO = "typo", _("Typo: readers are not told")
    UPDATE = "update", _("Update: the story is marked as updated")
    CLARIFICATION = "clarification", _("Clarification")
    CORRECTION = "correction", _("Correction: something was wrong")
    RETRACTION = "retraction", _("Retraction")
    TAKEDOWN = "takedown", _("Takedown")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    RESTORED = "restored", _("Restored")


# What the signer of a change to a live story chooses from.
CHANGES = (Kind.UPDATE, Kind.TYPO, Kind.CLARIFICATION, Kind.CORRECTION)


class Channel(models.TextChoices):
    """The way by which a text became public, or stopped being so."""

    REVIEW = "review", _("Approval")
    DIRECT = "direct", _("Published by the signer")
    BREAKING = "breaking", _("Breaking news")
    SCHEDULE = "schedule", _("At its time")
    FIX = "fix", _("Fix of the live text")
    CODE = "code", _("Program")
    IMPORT = "import", pgettext_lazy("way to the public", "Import")
    DEMO = "demo", _("Demo")
    UNPUBLISHED = "unpublish", _("Unpublished")
    EXPIRED = "expiry", _("Expired")
    PRIVACY = "privacy", _("Made private")
    MOVE = "move", _("Moved")


# Editions through these brought no draft before readers: work on it goes on.
BESIDE_DRAFTS = (Channel.FIX, Channel.UNPUBLISHED, Channel.EXPIRED, Channel.PRIVACY, Channel.MOVE)


class Role(models.TextChoices):
    WRITER = "writer", _("submitted it")
    SIGNER = "signer", _("signed it")
    RETURN = "return", _("returned it")
    HOLD = "hold", _("held it")
    RELEASE = "release", _("released it")
    REVIEW = "review", _("read and signed it after publication")
