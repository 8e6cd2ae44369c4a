"""Addresses of pages by their `url_path`: Wagtail's rule, without making pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation
from wagtail.models import Site


class Addresses:
    def __init__(self) -> None:
        self.roots: list[Any] = Site.get_site_root_paths()
        self.one_site = len({root.site_id for root in self.roots}) == 1

    def of(self, url_path: str) -> tuple[str, str]:
        """Out: the address to link to from our pages, and the one for elsewhere; both empty for a
        page that stands below no site.
        """
        for root in self.roots:
            if url_path.startswith(root.root_path):
                with translation.override(root.language_code):
                    path = reverse("wagtail_serve", args=(url_path[len(root.root_path) :],))
                full = root.root_url + path
                return (path if self.one_site else full), full
        return "", ""
