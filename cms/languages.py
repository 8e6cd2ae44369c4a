"""The publication in other languages."""

from __future__ import annotations

from typing import NamedTuple

import jinja2
from django.conf import settings
from django.utils import translation
from jinja2.runtime import Context
from wagtail.models import Page, Site

from cms.addresses import Addresses
from cms.models import published


class Language(NamedTuple):
    """Where one goes on in another language: this very page, or the front page."""

    code: str
    name: str
    url: str
    full_url: str
    same_page: bool


@jinja2.pass_context
def other_languages(context: Context) -> list[Language]:
    """In: a template with `request` and, on a page of ours, `page`. Out: the other languages that
    readers find something in. One query.
    """
    site = Site.find_for_request(context["request"])
    if site is None:
        return []
    front, page = site.root_page, context.get("page") or site.root_page
    pages = Page.objects.filter(translation_key__in={front.translation_key, page.translation_key})
    others = published(pages).exclude(locale__language_code=translation.get_language())
    rows = others.values_list("locale__language_code", "url_path", "translation_key")
    found = {(code, key): path for code, path, key in rows}
    addresses, languages = Addresses(), []
    for code, name in settings.LANGUAGES:
        same = found.get((code, page.translation_key))
        if path := same or found.get((code, front.translation_key)):
            languages.append(Language(code, name, *addresses.of(path), same is not None))
    return languages
