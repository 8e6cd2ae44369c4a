"""Links in rich text to pages of ours."""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text import LinkHandler

from cms.ids import id_from
from cms.models import PublicPage, public_pages
from news.blocks.references import active

PAGE_LINK = re.compile(r'<a [^>]*linktype="page"[^>]*>')
BLOCK_END = re.compile(r"</(?:p|li|h\d|blockquote)>|<br/?>")
LINK_ID = re.compile(r'\bid="(\d+)"')


def linked_pages(html: str) -> set[int]:
    """The ids of the pages that stored rich text links to."""
    return {int(pk) for tag in PAGE_LINK.findall(html) for pk in LINK_ID.findall(tag)}


def spaced(html: str) -> str:
    """Stored rich text with a space where a block ends: words stay apart without the tags."""
    return BLOCK_END.sub(" ", html)


class PublicPageLinkHandler(LinkHandler):
    """A link to a page that is not public prints its text only.

    Stock Wagtail prints the address, and with it the slug, of a draft.
    """

    identifier = "page"

    @staticmethod
    def get_model() -> type[Page]:
        return Page

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[PublicPage | None]:
        ids = [id_from(attrs.get("id")) or 0 for attrs in attrs_list]
        references = active.get()
        pages = public_pages(ids) if references is None else references.pages
        return [pages.get(pk) for pk in ids]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        return [
            f'<a href="{escape(page.url)}">' if page else "<a>" for page in cls.get_many(attrs_list)
        ]

    @classmethod
    def extract_references(cls, attrs: dict[str, Any]) -> list[tuple[type[Page], str, str, str]]:
        return [(Page, attrs["id"], "", "")]
