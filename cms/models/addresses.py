"""Addresses of pages by their `url_path`: Wagtail's rule, without making pages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site

from cms.models.pages import published


@lru_cache(maxsize=10_000)
def path_in(language: str, below: str) -> str:
    """In: a language and what an address is below its front page. Out: the path of the address."""
    with translation.override(language):
        return reverse("wagtail_serve", args=(below,))


class Addresses:
    def __init__(self) -> None:
        self.roots: list[Any] = Site.get_site_root_paths()
        self.one_site = len({root.site_id for root in self.roots}) == 1
        self.languages = {root.language_code for root in self.roots}

    def of(self, url_path: str) -> tuple[str, str]:
        """Out: the address to link to from our pages, and the one for elsewhere; both empty for a
        page that stands below no site.
        """
        for root in self.roots:
            if url_path.startswith(root.root_path):
                path = path_in(root.language_code, url_path[len(root.root_path) :])
                full = root.root_url + path
                return (path if self.one_site else full), full
        return "", ""


class PublicPage(NamedTuple):
    """What a link needs of a page that everybody may see."""

    title: str
    url: str
    full_url: str


def public_pages(ids: Iterable[int]) -> dict[int, PublicPage]:
    """Those of these pages that are public, by id. One query, or none for none."""
    wanted = set(ids)
    if not wanted:
        return {}
    addresses = Addresses()
    pages = published(Page.objects.filter(pk__in=wanted).order_by())
    rows = pages.values_list("pk", "title", "url_path")
    return {pk: PublicPage(title, *addresses.of(url_path)) for pk, title, url_path in rows}
