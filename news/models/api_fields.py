"""The form that stories, sections and authors have in the API (v2).

These read what `news.loading` has loaded; they ask the database for nothing.
"""

from __future__ import annotations

from typing import Any

from rest_framework.fields import Field, ReadOnlyField
from wagtail.api import APIField

from cms.media.usage import image_data


class WholeField(Field):
    """A field that is made from the whole object."""

    def get_attribute(self, instance: Any) -> Any:
        return instance


class ImageField(Field):
    """A picture with its named renditions, or null."""

    def to_representation(self, image: Any) -> Any:
        return image_data(image)


class LeadImageField(WholeField):
    def to_representation(self, story: Any) -> Any:
        return image_data(story.lead_image, caption=story.lead_image_caption)


class AuthorsField(WholeField):
    """The byline in its order. `url` is null where the author's page is not public."""

    def to_representation(self, story: Any) -> list[dict[str, Any]]:
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


class SectionField(WholeField):
    def to_representation(self, story: Any) -> dict[str, Any] | None:
        section = story.section
        if section is None:
            return None
        return {
            "id": section.pk,
            "title": section.title,
            "slug": section.slug,
            "url": section.full_url,
        }


class TagsField(WholeField):
    """Names of tags in alphabetical order."""

    def to_representation(self, story: Any) -> list[str]:
        return sorted(tag.name for tag in story.tag_list)


class CanonicalUrlField(WholeField):
    """The original's address for syndicated copy, else the story's own."""

    def to_representation(self, story: Any) -> str:
        return story.canonical


class ContactLinksField(Field):
    """`[{"label", "url"}]`."""

    def to_representation(self, links: Any) -> list[dict[str, str]]:
        return [dict(link.value) for link in links]


ARTICLE_FIELDS = [
    APIField("summary"),
    APIField("kicker"),
    APIField("genre"),
    APIField("dateline"),
    APIField("lead_image", serializer=LeadImageField()),
    APIField("authors", serializer=AuthorsField()),
    APIField("credit_line"),
    APIField("body"),
    APIField("tags", serializer=TagsField()),
    APIField("section", serializer=SectionField()),
    APIField("published_at"),
    APIField("updated_at"),
    APIField("read_time", serializer=ReadOnlyField()),
    APIField("word_count"),
    APIField("breaking", serializer=ReadOnlyField(source="is_breaking")),
    APIField("canonical_url", serializer=CanonicalUrlField()),
    APIField("social_title"),
    APIField("social_description"),
    APIField("social_image", serializer=ImageField()),
]

AUTHOR_FIELDS = [
    APIField("role"),
    APIField("photo", serializer=ImageField()),
    APIField("bio"),
    APIField("location"),
    APIField("contact_links", serializer=ContactLinksField()),
]

SECTION_FIELDS = [APIField("introduction")]
