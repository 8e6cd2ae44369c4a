from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Publication"

    def ready(self) -> None:
        """Every app's `receivers.py` says what it does when something happens elsewhere."""
        autodiscover_modules("receivers")
