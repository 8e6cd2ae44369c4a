from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.urls import register_converter
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import pgettext_lazy

from cms.ids import IdConverter
from cms.media.metadata import strip_made_pictures


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = pgettext_lazy("newspaper", "Publication")

    def ready(self) -> None:
        """Every app's `signal_handlers.py` says what it does when something happens elsewhere.

        `cms.changes.recording` needs every model to be loaded, so it is imported here.
        """
        register_converter(IdConverter, "id")
        strip_made_pictures()
        autodiscover_modules("signal_handlers")
        import_module("cms.changes.recording").follow_shared_models()
