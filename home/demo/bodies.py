"""The blocks of the demo's files as the stream of a body wants them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from cms.models import Image
from news.models import ArticlePage

STORY_LINK = re.compile(r"<a linktype=['\"]story['\"] slug=['\"]([^'\"]+)['\"]>")


class BodyReader:
    """Reads blocks; needs the picture of a name, and the stories that blocks refer to."""

    def __init__(self, image: Callable[[str], Image | None], pages: dict[str, ArticlePage]) -> None:
        self.image = image
        self.pages = pages

    def block(self, data: dict[str, Any]) -> tuple[str, Any]:
        """In: a block as the files write it. Out: name and value for the stream."""
        value = dict(data)
        kind = value.pop("type")
        shape = getattr(self, f"as_{kind}", None)
        return kind, shape(value) if shape else value

    def html(self, text: str) -> str:
        """Links to stories are by slug in the files, by id in rich text."""
        return STORY_LINK.sub(
            lambda found: f'<a linktype="page" id="{self.pages[found[1]].pk}">', text
        )

    def as_paragraph(self, value: dict[str, Any]) -> str:
        return self.html(value["html"])

    as_editors_note = as_paragraph

    def as_heading(self, value: dict[str, Any]) -> str:
        return value["text"]

    def as_image(self, value: dict[str, Any]) -> dict[str, Any]:
        image = self.image(value["picture"])
        return {"image": image, "caption": value["caption"], "alt": value["alt"]}

    def as_gallery(self, value: dict[str, Any]) -> list[dict[str, Any]]:
        return [self.as_image(picture) for picture in value["pictures"]]

    def as_related_story(self, value: dict[str, Any]) -> dict[str, Any]:
        return {"page": self.pages[value["story"]]} | {
            name: value[name] for name in ("headline", "text", "note")
        }

    def as_fact_box(self, value: dict[str, Any]) -> dict[str, Any]:
        return {"title": value["title"], "text": self.html(value["html"])}

    def as_timeline(self, value: dict[str, Any]) -> dict[str, Any]:
        events = [
            {"date": event["date"], "text": self.html(event["html"])} for event in value["events"]
        ]
        return {"title": value["title"], "events": events}

    def as_table(self, value: dict[str, Any]) -> dict[str, Any]:
        return {**value, "rows": [{"values": row} for row in value["rows"]]}

    def as_document(self, value: dict[str, Any]) -> dict[str, Any]:
        text = value["text"].encode()
        file = ContentFile(text, name=value["file"])
        document = Document.objects.create(title=value["title"], file=file, file_size=len(text))
        return {"document": document, "title": ""}

    def as_divider(self, value: dict[str, Any]) -> None:
        return None
