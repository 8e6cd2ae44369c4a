"""The models of Wagtail and Django that readers' pages are made of, and what of them is shared."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from taggit.models import Tag, TaggedItem
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    Site,
)
from wagtail.search.models import IndexEntry

from cms.changes.registry import not_shared, part_of, shared


def declare() -> None:
    shared("collection", "restriction_type")(CollectionViewRestriction)
    shared("language_code")(Locale)
    shared("page", "restriction_type")(PageViewRestriction)
    shared("hostname", "port", "site_name", "root_page", "is_default_site")(Site)
    shared(
        *("old_path", "site", "is_permanent"),
        *("redirect_page", "redirect_page_route_path", "redirect_link"),
    )(Redirect)
    part_of("content_object")(TaggedItem)

    not_shared("names of models")(ContentType)
    not_shared("no screen renames the tag of a picture")(Tag)
    not_shared("recorded as the page's own type")(Page)
    not_shared("says who uses what")(ReferenceIndex)
    not_shared("made from what it indexes")(IndexEntry)
