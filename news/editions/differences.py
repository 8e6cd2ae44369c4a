"""What changed between two documents, for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.models import Image
from news.blocks import BODY
from news.content.fields import Genre
from news.content.tags import Tag

# Parts that people know by another name than the document has for them.
LABELS = {
    "headline": _("Headline"),
    "standfirst": _("Standfirst"),
    "kicker": _("Kicker"),
    "genre": _("Genre"),
    "dateline": _("Dateline"),
    "lead_image": _("Lead image"),
    "lead_image_caption": _("Caption of the lead image"),
    "byline": _("Byline"),
    "credit_line": _("Credit line"),
    "body": _("Text"),
    "tags": _("Tags"),
    "published_at": _("Date set by hand"),
    "slug": _("Slug"),
    "canonical_url": _("Canonical URL"),
    "seo_title": _("Title for search engines"),
    "search_description": _("Description for search engines"),
    "social_title": _("Social title"),
    "social_description": _("Social description"),
    "social_image": _("Social image"),
}


@dataclass(frozen=True)
class Difference:
    """A part of a story before and after; `marked` is HTML with `<del>` and `<ins>`."""

    part: str
    before: str
    after: str
    marked: SafeString

    @property
    def label(self) -> str:
        return str(LABELS.get(self.part, self.part.replace("_", " ").capitalize()))


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """In: two documents. Out: the parts in which they differ, in the order of the document."""
    return [
        Difference(part, old, new, marked(old, new))
        for part, old, new in changed_parts(before, after)
    ]


def changed_parts(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for part in after:
        # A part that a document has not is of another format.
        if before.get(part) == after[part] or (before and part not in before):
            continue
        if part == "body":
            yield from changed_blocks(before.get(part) or [], after[part])
        else:
            yield part, text_of(before.get(part)), text_of(after[part])


def changed_blocks(before: list[Any], after: list[Any]) -> Iterator[tuple[str, str, str]]:
    old, new = [words_of(block) for block in before], [words_of(block) for block in after]
    for action, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if action != "equal":
            yield "body", "\n".join(old[start:end]), "\n".join(new[new_start:new_end])


def words_of(block: dict[str, Any]) -> str:
    """A block's words, or what it holds where it has none."""
    words = BODY.words([{"value": None, **block}])
    return words or strip_tags(f"{block['type']}: {block.get('value', '')}")


def text_of(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)


def marked(before: str, after: str) -> SafeString:
    """Word by word: what went, what came, what stayed."""
    old, new = before.split(), after.split()
    pieces: list[tuple[str, str]] = []
    for action, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if action == "equal":
            pieces.append(("span", " ".join(old[start:end])))
            continue
        pieces += [("del", " ".join(old[start:end])), ("ins", " ".join(new[new_start:new_end]))]
    return format_html_join(" ", "<{0}>{1}</{0}>", ((tag, text) for tag, text in pieces if text))


PICTURES = ("lead_image", "social_image")


def named_differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """In: two documents, the first empty where there was none. Out: what a person sees of what
    changed between them.
    """
    texts = iter(with_titles(*(text for text in (before, after) if text)))
    return differences(next(texts) if before else {}, next(texts))


def with_titles(*documents: dict[str, Any]) -> list[dict[str, Any]]:
    """In: documents. Out: the same, naming authors, tags and pictures (three queries)."""
    authors = titles_by_id(Page, "title", [pk for text in documents for pk in text["byline"]])
    tags = titles_by_id(Tag, "name", [pk for text in documents for pk in text["tags"]])
    pictures = titles_by_id(Image, "title", [text[name] for text in documents for name in PICTURES])
    return [
        text
        | {"byline": [authors.get(pk, f"#{pk}") for pk in text["byline"]]}
        | {"tags": [tags.get(pk, f"#{pk}") for pk in text["tags"]]}
        | {name: pictures.get(text[name], text[name]) for name in PICTURES}
        | {"genre": str(Genre(text["genre"]).label)}
        for text in documents
    ]


def titles_by_id(model: type, field: str, ids: list[int | None]) -> dict[int, str]:
    found = model._default_manager.filter(pk__in={pk for pk in ids if pk})  # type: ignore[attr-defined]
    return dict(found.values_list("pk", field))
