"""How a list of stories may be narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.ids import id_from
from news.content.fields import Genre


def by_id_or_slug(relation: str) -> Any:
    """A filter method: the value is the id or the slug of a page at the end of `relation`."""

    def narrow(self: ArticleFilters, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if (pk := id_from(value)) is not None:
            return queryset.filter(**{f"{relation}_id": pk})
        return queryset.filter(**{f"{relation}__slug": value})

    return narrow


class ArticleFilters(django_filters.FilterSet):
    """`author`, `section` (id or slug), `genre`, `published_after`, `published_before`."""

    author = django_filters.CharFilter(method="narrow_author", max_length=255)
    section = django_filters.CharFilter(method="narrow_section", max_length=255)
    genre = django_filters.ChoiceFilter(choices=Genre.choices)
    published_after = django_filters.IsoDateTimeFilter("published_at", "gte", label=_("from"))
    published_before = django_filters.IsoDateTimeFilter("published_at", "lt", label=_("until"))

    narrow_author = by_id_or_slug("bylines__author")
    narrow_section = by_id_or_slug("section")


NAMES = frozenset(ArticleFilters.base_filters)
