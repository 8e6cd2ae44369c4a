from __future__ import annotations

from django.apps import AppConfig
from django.urls import register_converter
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import pgettext_lazy

from cms.ids import IdConverter


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = pgettext_lazy("newspaper", "Publication")

    def ready(self) -> None:
        """Every app's `signal_handlers.py` says what it does when something happens elsewhere, that
        of `cms` last. They apply the tables of patches, that of `news` first.
        """
        register_converter(IdConverter, "id")
        autodiscover_modules("checks", "signal_handlers")
