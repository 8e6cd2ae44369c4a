"""Shared facts: what the public sees that is not part of a story's own text.

One table says which fields of which models these are, one list what else a page reads.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import FileField, Model, QuerySet
from wagtail.blocks import StreamValue
from wagtail.documents.models import Document
from wagtail.models import Page

from cms.media import in_public_use
from cms.models import Image, published
from cms.models.changes import Facts

PAGE = (
    "title",
    "slug",
    "url_path",
    "seo_title",
    "search_description",
    "show_in_menus",
    "locale",
    "alias_of",
)

# The models whose public facts are on the stream, and which of their fields these are.
# `slots__story` stands for the field of all rows behind `slots`, in their order.
SHARED: dict[str, tuple[str, ...]] = {
    "cms.image": (
        "title",
        "file",
        "description",
        "credit",
        "source_url",
        "copyright",
        "usage_terms",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
        "collection",
        "tags__name",
    ),
    "cms.publicationsettings": (
        "name",
        "tagline",
        "logo",
        "publishing_principles",
        "social_links",
        "header_menu",
        "footer_menu",
        "time_zone",
    ),
    "home.homepage": (*PAGE, "lead", "slots__story", "slots__sort_order"),
    "home.standardpage": (*PAGE, "introduction", "body"),
    "news.authorindexpage": PAGE,
    "news.authorpage": (*PAGE, "role", "photo", "bio", "location", "contact_links"),
    "news.newsindexpage": (*PAGE, "introduction"),
    "news.sectionpage": (*PAGE, "introduction"),
    "news.tag": ("name", "slug"),
    "wagtailcore.collectionviewrestriction": ("collection", "restriction_type"),
    "wagtailcore.locale": ("language_code",),
    "wagtailcore.pageviewrestriction": ("page", "restriction_type"),
    "wagtailcore.site": ("hostname", "port", "site_name", "root_page", "is_default_site"),
    "wagtaildocs.document": ("title", "file", "collection", "tags__name"),
    "wagtailredirects.redirect": (
        "old_path",
        "site",
        "is_permanent",
        "redirect_page",
        "redirect_page_route_path",
        "redirect_link",
    ),
}

# Rows that are facts of another subject, and the field that names it.
PARTS = {"home.frontslot": "page", "taggit.taggeditem": "content_object"}

# What a reader's page reads besides, and why it is not followed here.
NOT_SHARED = {
    "cms.rendition": "made from its image",
    "contenttypes.contenttype": "names of models",
    "news.articlepage": "recorded by editions",
    "news.articletag": "recorded by editions",
    "news.byline": "recorded by editions",
    "taggit.tag": "no screen renames the tag of a picture",
    "wagtailcore.page": "recorded as the page's own type",
    "wagtailcore.referenceindex": "says who uses what",
    "wagtailsearch.indexentry": "made from what it indexes",
}

# Public while a public page shows it: the page's publication makes it so, no save of its own.
# A tag is found by this path; pictures and documents by Wagtail's index.
SHOWN_BY = {"news.tag": "tagged_items__content_object"}
MEDIA = (Image, Document)


class Subject:
    """What a Change is about: a row of a shared model."""

    def __init__(self, row: Model) -> None:
        self.row = row
        self.label = label_of(row)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Subject) and self.key == other.key

    @property
    def key(self) -> tuple[str, Any]:
        """Read anew each time: a new row gets its id while it is being saved."""
        return self.label, self.row.pk

    @property
    def starts_private(self) -> bool:
        """Whether this is a new row that cannot be public yet."""
        if isinstance(self.row, Page):
            shown = self.row.live
        else:
            shown = not (isinstance(self.row, MEDIA) or self.label in SHOWN_BY)
        return self.row._state.adding and not shown

    def facts(self) -> Facts | None:
        """Its public facts as stored, None while it is not public. A query or two."""
        rows = public_rows(apps.get_model(self.label)).filter(pk=self.row.pk)
        row = rows.first()
        return {name: fact_of(row, name) for name in SHARED[self.label]} if row else None


def label_of(row: Model) -> str:
    """The model that a row is stored as: of a page's row in the tree, the page's own type."""
    model: Any = (row.specific_class if isinstance(row, Page) else None) or type(row)
    return model._meta.concrete_model._meta.label_lower


def subject_of(row: Model) -> Subject | None:
    """In: a row. Out: the shared subject whose facts it holds, if any."""
    owner = PARTS.get(label_of(row))
    if owner:
        row = getattr(row, owner)
    return Subject(row) if row is not None and label_of(row) in SHARED else None


def public_rows(model: Any) -> QuerySet:
    """In: a shared model. Out: its rows that the public can see."""
    rows = model._default_manager.all()
    if issubclass(model, Page):
        return published(rows)
    if issubclass(model, MEDIA):
        return in_public_use(rows)
    page = SHOWN_BY.get(model._meta.label_lower)
    return rows.filter(**{f"{page}__in": published(Page.objects.values("pk"))}) if page else rows


def fact_of(row: Any, name: str) -> Any:
    relation, _, field = name.partition("__")
    if field:
        rows = getattr(row, relation).all()
        rows = rows if rows.ordered else rows.order_by(field)
        return list(rows.values_list(field, flat=True))
    stored = row._meta.get_field(name)
    value = getattr(row, stored.attname)
    if isinstance(stored, FileField):
        return value.name
    # As stored: reading the blocks themselves would ask for what they refer to.
    return [dict(block) for block in value.raw_data] if isinstance(value, StreamValue) else value
