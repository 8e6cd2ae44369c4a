"""The publication in other languages."""

from __future__ import annotations

from typing import NamedTuple

import jinja2
from django.conf import settings
from django.db.models import Q
from django.utils import translation
from jinja2.runtime import Context
from wagtail.models import Page

from cms.models import Addresses, published


class Language(NamedTuple):
    """Where one goes on in another language: this very page, or the front page."""

    code: str
    name: str
    url: str
    full_url: str
    same_page: bool


@jinja2.pass_context
def other_languages(context: Context) -> list[Language]:
    """In: a template with, on a page of ours, `page`. Out: the other languages that readers find
    something in. One query; none in a newsroom of one language.
    """
    addresses, page = Addresses(), context.get("page")
    fronts = {root.root_path: root.language_code for root in addresses.roots}
    if len(addresses.languages) < 2:
        return []
    slugs = {path.rstrip("/").rpartition("/")[2] for path in fronts}
    wanted = Q(slug__in=slugs, url_path__in=fronts)
    if page is not None:
        wanted |= Q(translation_key=page.translation_key)
    here = translation.get_language()
    others = published(Page.objects.filter(wanted)).exclude(locale__language_code=here)
    found: dict[str, tuple[str, bool]] = {}
    for code, path, key in others.values_list(
        "locale__language_code", "url_path", "translation_key"
    ):
        if page is not None and key == page.translation_key:
            found[code] = path, True
        else:
            found.setdefault(code, (path, False))
    return [
        Language(code, name, *addresses.of(found[code][0]), found[code][1])
        for code, name in settings.LANGUAGES
        if code in found
    ]
