"""How a list of stories may be narrowed."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.ids import id_from
from news.content.fields import Genre


class PageFilter(django_filters.CharFilter):
    """By the id or the slug of a related page."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        if not value:
            return queryset
        if (pk := id_from(value)) is not None:
            return queryset.filter(**{f"{self.field_name}_id": pk})
        return queryset.filter(**{f"{self.field_name}__slug": value})


class ArticleFilters(django_filters.FilterSet):
    """`author`, `section` (id or slug), `genre`, `published_after`, `published_before`."""

    author = PageFilter("bylines__author", max_length=255)
    section = PageFilter("section", max_length=255)
    genre = django_filters.ChoiceFilter(choices=Genre.choices)
    published_after = django_filters.IsoDateTimeFilter("published_at", "gte", label=_("from"))
    published_before = django_filters.IsoDateTimeFilter("published_at", "lt", label=_("until"))


NAMES = frozenset(ArticleFilters.base_filters)
