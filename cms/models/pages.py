"""What every page type shares, and the one definition of "public"."""

from __future__ import annotations

from http import HTTPMethod
from typing import TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageManager, PageViewRestriction, Workflow
from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound=PageQuerySet)


def published(pages: Pages) -> Pages:
    """The pages of a queryset that everybody may see: live, and under no view restriction.

    An alias is as private as its source. Costs no query of its own; works for any page model,
    Wagtail's `Page` included.
    """
    source_is_open = Q(alias_of=None) | ~Exists(restrictions_over("alias_of__path"))
    return pages.filter(source_is_open, ~Exists(restrictions_over("path")), live=True)


def restrictions_over(path: str) -> QuerySet:
    """View restrictions of the outer query's page at `path` and of the pages above it."""
    prefix = Substr(OuterRef(path), 1, Length("page__path"))
    return PageViewRestriction.objects.annotate(prefix=prefix).filter(prefix=F("page__path"))


class PublicQuerySet(PageQuerySet):
    def published(self) -> PublicQuerySet:
        return published(self)


BasePageManager = PageManager.from_queryset(PublicQuerySet)


class BasePage(Page):
    """A page of the publication. Not under the desk's workflow unless its class says so."""

    objects = BasePageManager()
    # Set by whoever found the page in the same request and has seen that nothing restricts it.
    known_open = False

    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    class Meta:
        abstract = True

    @property
    def has_workflow(self) -> bool:
        return False

    def get_workflow(self) -> Workflow | None:
        return None

    def get_view_restrictions(self) -> QuerySet:
        """Wagtail's answer in one query: restrictions here, above, and over an alias's source."""
        if self.known_open:
            return PageViewRestriction.objects.none()
        paths = [self.path, *([self.alias_of.path] if self.alias_of_id else [])]
        step = self.steplen
        above = [path[:end] for path in paths for end in range(step, len(path) + 1, step)]
        return PageViewRestriction.objects.filter(page__path__in=above)
