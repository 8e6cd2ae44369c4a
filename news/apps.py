from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from news.guard.triggers import drop_triggers, set_triggers


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        pre_migrate.connect(drop_triggers, dispatch_uid="story_by_edition")
        post_migrate.connect(set_triggers, dispatch_uid="story_by_edition")
