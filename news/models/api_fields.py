"""The fields of stories, sections and authors in the API (v2), from what is loaded: no queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rest_framework.fields import Field, ReadOnlyField
from wagtail.api import APIField

from cms.media.usage import image_data


class ComputedField(Field):
    """A field that a function makes from the whole object."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__(source="*", read_only=True)
        self.make = make

    def to_representation(self, instance: Any) -> Any:
        return self.make(instance)


def lead_image(story: Any) -> dict[str, Any] | None:
    return image_data(story.lead_image, caption=story.lead_image_caption)


def authors(story: Any) -> list[dict[str, Any]]:
    """The byline in its order. `url` is null where the author's page is not public."""
    return [
        {
            "id": writer.pk if writer.page else None,
            "name": writer.name,
            "role": writer.role,
            "url": writer.page.full_url if writer.page else None,
            "photo": image_data(writer.photo),
        }
        for writer in story.writers
    ]


def section(story: Any) -> dict[str, Any] | None:
    page = story.section
    if page is None:
        return None
    return {"id": page.pk, "title": page.title, "slug": page.slug, "url": page.full_url}


def contact_links(author: Any) -> list[dict[str, str]]:
    return [dict(link.value) for link in author.contact_links]


ARTICLE_FIELDS = [
    APIField("summary"),
    APIField("kicker"),
    APIField("genre"),
    APIField("dateline"),
    APIField("lead_image", serializer=ComputedField(lead_image)),
    APIField("authors", serializer=ComputedField(authors)),
    APIField("credit_line"),
    APIField("body"),
    APIField(
        "tags", serializer=ComputedField(lambda story: sorted(tag.name for tag in story.tag_list))
    ),
    APIField("section", serializer=ComputedField(section)),
    APIField("published_at"),
    APIField("updated_at"),
    APIField("read_time", serializer=ReadOnlyField()),
    APIField("word_count"),
    APIField("breaking", serializer=ReadOnlyField(source="is_breaking")),
    APIField("canonical_url", serializer=ReadOnlyField(source="canonical")),
    APIField("social_title"),
    APIField("social_description"),
    APIField(
        "social_image", serializer=ComputedField(lambda story: image_data(story.social_image))
    ),
]

AUTHOR_FIELDS = [
    APIField("role"),
    APIField("photo", serializer=ComputedField(lambda author: image_data(author.photo))),
    APIField("bio"),
    APIField("location"),
    APIField("contact_links", serializer=ComputedField(contact_links)),
]

SECTION_FIELDS = [APIField("introduction")]
