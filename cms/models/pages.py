"""What every page type shares, and the one definition of "public"."""

from __future__ import annotations

from http import HTTPMethod
from typing import Any, Self, TypeVar

from django.db.models import BooleanField, Func, QuerySet
from wagtail.models import Page, PageManager, PageViewRestriction, Workflow
from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound=PageQuerySet)


class Open(Func):
    """Whether no view restriction stands on the page at any of these paths, or on a page above.

    Written as SQL: the ORM would build the same subquery anew, at a cost, for each listing.
    """

    output_field = BooleanField()
    template = (
        "NOT EXISTS(SELECT 1 FROM wagtailcore_pageviewrestriction held"
        " JOIN wagtailcore_page above ON above.id = held.page_id"
        " WHERE above.path IN (SUBSTR(%(expressions)s, 1, LENGTH(above.path))))"
    )
    arg_joiner = ", 1, LENGTH(above.path)), SUBSTR("


def published(pages: Pages) -> Pages:
    """The pages of a queryset that everybody may see: live, and under no view restriction.

    An alias is as private as its source. Costs no query of its own; works for any page model,
    Wagtail's `Page` included.
    """
    return pages.filter(Open("path", "alias_of__path"), live=True)


class PublicQuerySet(PageQuerySet):
    def published(self) -> Self:
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """An alias of an alias follows the same source, which decides whether it is public."""
        page: Any = self
        if page.alias_of_id and page.alias_of.alias_of_id:
            page.alias_of = page.alias_of.alias_of
        super().save(*args, **kwargs)

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
