"""What Wagtail's v2 endpoints let through to the database, made a 400 with a reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db.models import Model, QuerySet
from rest_framework.request import Request
from wagtail.api.v2.filters import FieldsFilter, SearchFilter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.search.backends.base import BaseSearchResults

from cms.ids import id_from

MAX_NUMBER = 2**31 - 1


class GuardedEndpoint(BaseAPIViewSet):
    """Refuses text and numbers that no database can hold."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        for name, values in request.GET.lists():
            if any("\x00" in value for value in [name, *values]):
                raise BadRequestError("null characters are not allowed")
        offset = request.GET.get("offset", "")
        if offset.isdecimal() and int(offset) > MAX_NUMBER:
            raise BadRequestError(f"offset cannot be higher than {MAX_NUMBER}")

    def find_object(self, queryset: QuerySet, request: Request) -> Model | None:
        pk = request.GET.get("id")
        if pk is not None and (id_from(pk) or MAX_NUMBER + 1) > MAX_NUMBER:
            raise BadRequestError("id must be a positive integer")
        return super().find_object(queryset, request)


class PlainFieldsFilter(FieldsFilter):
    """Wagtail's `?field=value`, where a value that the field cannot hold is a 400."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        try:
            return super().filter_queryset(request, queryset, view)
        except (FieldError, OverflowError, TypeError, ValidationError, ValueError) as error:
            raise BadRequestError(f"field filter error. {error}") from error


class PublicSearchFilter(SearchFilter):
    """Wagtail's `?search=` within what the other filters have left.

    The search backend cannot read the subqueries of `published()`: it gets them as a set of ids.
    """

    def filter_queryset(
        self, request: Request, queryset: QuerySet, view: Any
    ) -> QuerySet | BaseSearchResults:
        if "search" not in request.GET:
            return queryset
        if request.GET.get("search_operator", "or") not in ("and", "or"):
            raise BadRequestError("search_operator must be 'and' or 'or'")
        ids = queryset.order_by().values("pk")
        narrowed = view.with_related(queryset.model._default_manager.filter(pk__in=ids))
        if "order" in request.GET:
            narrowed = narrowed.order_by(*queryset.query.order_by)
        return super().filter_queryset(request, narrowed, view)
