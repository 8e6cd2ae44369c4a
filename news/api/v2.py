"""Wagtail's v2 read API: its conventions, our fields, and only what is public."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.filters import FieldsFilter, SearchFilter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.api.validators import SiteFilterValidator
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page

from cms.media.usage import in_public_use
from cms.models import published
from news.api.guards import GuardedEndpoint, PlainFieldsFilter, PublicSearchFilter
from news.blocks.references import loaded
from news.content.filters import NAMES, ArticleFilters
from news.content.loading import references_of
from news.models import ArticlePage, AuthorPage


class StoryFilter(BaseFilterBackend):
    """The filters of stories, for `type=news.ArticlePage`."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        if queryset.model is not ArticlePage:
            return queryset
        filters = ArticleFilters(request.GET, queryset=queryset)
        if not filters.is_valid():
            name, errors = next(iter(filters.errors.items()))
            raise BadRequestError(f"{name}: {errors[0]}")
        return filters.qs


def guarded(backends: list[Any]) -> list[Any]:
    """Wagtail's filters with ours in the place of those that let bad values through."""
    ours = {FieldsFilter: PlainFieldsFilter, SearchFilter: PublicSearchFilter}
    return [ours.get(backend, backend) for backend in backends]


class PagesEndpoint(GuardedEndpoint, PagesAPIViewSet):
    filter_backends = [StoryFilter, *guarded(PagesAPIViewSet.filter_backends)]

    def get_base_queryset(self) -> QuerySet:
        """Everything public of the asked site. A session or a passed password opens no more."""
        return self.public_pages

    @cached_property
    def public_pages(self) -> QuerySet:
        try:
            site = SiteFilterValidator(
                site=self.request.GET.get("site"), request=self.request
            ).site_obj
        except ValueError as error:
            raise BadRequestError(str(error)) from error
        if site is None:
            return Page.objects.none()
        roots = site.root_page.get_translations(inclusive=True).values_list("path", flat=True)
        trees = reduce(or_, (Q(path__startswith=path) for path in roots))
        return published(Page.objects.filter(trees))

    def get_queryset(self) -> QuerySet:
        return self.with_related(super().get_queryset())

    def with_related(self, queryset: QuerySet) -> QuerySet:
        """What every item of a list needs from other tables."""
        queryset = queryset.select_related("content_type", "locale", "alias_of")
        return queryset.select_related("section") if queryset.model is ArticlePage else queryset

    def check_query_parameters(self, queryset: QuerySet) -> None:
        if queryset.model is ArticlePage:
            self.known_query_parameters = PagesAPIViewSet.known_query_parameters | NAMES
        super().check_query_parameters(queryset)

    @classmethod
    def get_available_fields(cls, model: type, db_fields_only: bool = False) -> list[str]:
        """The story filters answer for `section` and `genre`, not the plain field filter."""
        fields = super().get_available_fields(model, db_fields_only)
        if db_fields_only and model is ArticlePage:
            return [name for name in fields if name not in NAMES]
        return fields

    def listing_view(self, request: Request) -> Response:
        queryset = self.get_queryset()
        self.check_query_parameters(queryset)
        pages = self.paginate_queryset(self.filter_queryset(queryset))
        with loaded(_references(pages)):
            return self.get_paginated_response(self.get_serializer(pages, many=True).data)

    def detail_view(self, request: Request, pk: int) -> Response:
        page = self.get_object()
        with loaded(_references([page])):
            return Response(self.get_serializer(page).data)


def _references(pages: Any) -> Any:
    return references_of(
        full=[page for page in pages if isinstance(page, ArticlePage)],
        authors=[page for page in pages if isinstance(page, AuthorPage)],
    )


class MediaEndpoint(GuardedEndpoint):
    """Pictures or documents that a public page uses."""

    def get_queryset(self) -> QuerySet:
        return self.with_related(in_public_use(super().get_queryset()))

    def with_related(self, queryset: QuerySet) -> QuerySet:
        return queryset.prefetch_related("tags")


class ImagesEndpoint(MediaEndpoint, ImagesAPIViewSet):
    filter_backends = guarded(ImagesAPIViewSet.filter_backends)


class DocumentsEndpoint(MediaEndpoint, DocumentsAPIViewSet):
    filter_backends = guarded(DocumentsAPIViewSet.filter_backends)
