"""How many people a text needs, and the limits of breaking news."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from cms.changes.registry import not_shared


@not_shared("readers see nothing of it")
@register_setting(icon="group", order=110)
class DeskSettings(BaseGenericSetting):
    signatures = models.PositiveSmallIntegerField(
        _("signatures"),
        choices=[(1, _("1: the writer may also be the one who signs")), (2, _("2: two people"))],
        default=2,
        help_text=_("How many people must stand behind a text before it is published."),
    )

    breaking_minutes = models.PositiveSmallIntegerField(
        _("breaking news: minutes of the label"),
        default=120,
        help_text=_("How long readers see “Breaking” unless it is reviewed before."),
    )
    review_minutes = models.PositiveSmallIntegerField(
        _("breaking news: minutes until its review is late"),
        default=60,
        help_text=_("Then managing editors and administrators are told, once."),
    )
    most_unreviewed = models.PositiveSmallIntegerField(
        _("breaking news: most stories unreviewed"),
        default=3,
        help_text=_("Beyond, a managing editor has to override it with a reason."),
    )

    panels = [
        FieldPanel("signatures"),
        FieldPanel("breaking_minutes"),
        FieldPanel("review_minutes"),
        FieldPanel("most_unreviewed"),
    ]

    class Meta:
        verbose_name = _("desk settings")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


def signs_alone() -> bool:
    """Whether the newsroom has decided that one signature is enough."""
    return bool(DeskSettings.load().signatures == 1)
