"""What templates may use, besides what Jinja2 and Wagtail bring."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

import jinja2
from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat, linebreaksbr
from django.templatetags.static import static as address_of_file
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, gettext
from jinja2.ext import Extension
from jinja2.runtime import Context
from wagtail.rich_text import expand_db_html

from cms.languages import other_languages
from cms.media.pictures import photo
from cms.models import PublicationSettings


def publication(request: HttpRequest) -> dict[str, Any]:
    """Out: `publication`, the settings of the publication, loaded when a template first asks, if
    the view has not set it on the request."""
    loaded = getattr(request, "publication", None)
    return {"publication": loaded or SimpleLazyObject(PublicationSettings.load)}


# The cut of our type that a language begins with; others arrive when a page has their letters.
ALPHABETS = {"uk": "cyrillic"}


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


@jinja2.pass_context
def when(context: Context, moment: datetime | date | None, form: str) -> str:
    """In: a moment, and a form of Django's `date`. Out: it in the newsroom's zone and the page's
    language; "" for None.
    """
    if moment is None:
        return ""
    return _written(moment, form, context["publication"].time_zone, get_language())


@lru_cache(maxsize=10_000)
def _written(moment: datetime | date, form: str, zone: str, language: str | None) -> str:
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment, zoneinfo.ZoneInfo(zone))
    return date_format(moment, form)


def absolute(address: str) -> str:
    return urljoin(settings.BASE_URL, address)


def richtext(source: str) -> SafeString:
    """Rich text as HTML. Wagtail's own way renders a template that holds nothing but this."""
    return mark_safe(expand_db_html(source))  # noqa: S308 - the editor lets through no more


def iso(moment: datetime) -> str:
    """For machines, to the second: HTML knows no microseconds."""
    return moment.isoformat(timespec="seconds")


@lru_cache(maxsize=1000)
def static(name: str) -> str:
    """Where a file of ours is served; the same for as long as the process runs."""
    return address_of_file(name)


def alphabet() -> str:
    return ALPHABETS.get(get_language() or "", "latin")


class ReaderExtension(Extension):
    def __init__(self, environment: jinja2.Environment) -> None:
        super().__init__(environment)
        environment.globals |= {
            "_": gettext,
            "absolute": absolute,
            "alphabet": alphabet,
            "language": get_language,
            "now": timezone.now,
            "other_languages": other_languages,
            "photo": photo,
            "runs_to_the_left": get_language_bidi,
            "static": static,
            "url": url,
        }
        environment.filters |= {
            "in_bytes": filesizeformat,
            "iso": iso,
            "linebreaksbr": linebreaksbr,
            "richtext": richtext,
            "when": when,
        }
