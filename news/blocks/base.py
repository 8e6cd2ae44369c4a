"""What every block of a body can say of itself without loading anything."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.rich_text import get_text_for_indexing

from news.blocks.links import linked_pages, spaced
from news.blocks.references import Mentions, active

INLINE_FEATURES = ["bold", "italic", "link", "document-link"]
TEXT_FEATURES = [*INLINE_FEATURES, "ol", "ul", "superscript", "subscript"]
# Subheadings come with a text that is pasted whole; "clean-paste" takes the rest away.
PARAGRAPH_FEATURES = ["h2", "h3", *TEXT_FEATURES, "clean-paste"]


class Mentioning:
    """What a block refers to and which words of the story it holds; `raw` is its stored value."""

    def mentions(self, raw: Any, found: Mentions) -> None:
        """Add the ids in the value to `found`."""

    def words(self, raw: Any) -> str:
        return ""


class PlainBlock(Mentioning, blocks.CharBlock):
    def words(self, raw: Any) -> str:
        return raw or ""


class TextBlock(Mentioning, blocks.RichTextBlock):
    def mentions(self, raw: Any, found: Mentions) -> None:
        found.pages |= linked_pages(raw or "")

    def words(self, raw: Any) -> str:
        return get_text_for_indexing(spaced(raw or ""))


class PartsBlock(Mentioning, blocks.StructBlock):
    """A block of named parts."""

    def mentions(self, raw: Any, found: Mentions) -> None:
        for name, part in self._mentioning_parts():
            part.mentions(raw.get(name), found)

    def words(self, raw: Any) -> str:
        return "\n".join(part.words(raw.get(name)) for name, part in self._mentioning_parts())

    def _mentioning_parts(self) -> list[tuple[str, Mentioning]]:
        return [
            (name, part) for name, part in self.child_blocks.items() if isinstance(part, Mentioning)
        ]


class ItemsBlock(Mentioning, blocks.ListBlock):
    """A list of blocks of one kind."""

    def mentions(self, raw: Any, found: Mentions) -> None:
        for item in raw or ():
            self.child_block.mentions(item["value"], found)

    def words(self, raw: Any) -> str:
        return "\n".join(self.child_block.words(item["value"]) for item in raw or ())


class LoadedChooser(Mentioning, blocks.ChooserBlock):
    """A chooser that finds what it refers to in the loaded references, if there are any."""

    kind: str  # the field of Mentions and References

    def mentions(self, raw: int | None, found: Mentions) -> None:
        if raw:
            getattr(found, self.kind).add(raw)

    def to_python(self, value: int | None) -> Any:
        return self.bulk_to_python([value])[0] if value else None

    def bulk_to_python(self, values: list[int]) -> list[Any]:
        references = active.get()
        if references is None:
            return super().bulk_to_python(values)
        found = getattr(references, self.kind)
        return [found.get(pk) for pk in values]
