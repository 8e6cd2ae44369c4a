"""What every page type shares, and the one definition of "public"."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageManager, PageViewRestriction, Workflow
from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound=PageQuerySet)


def published(pages: Pages) -> Pages:
    """The pages of a queryset that everybody may see: live, and under no view restriction.

    Costs no query of its own. Works for any page model, Wagtail's `Page` included.
    """
    private = (
        PageViewRestriction.objects.order_by()
        .annotate(prefix=Substr(OuterRef("path"), 1, Length("page__path")))
        .filter(prefix=F("page__path"))
    )
    return pages.filter(~Exists(private), live=True)


class PublicQuerySet(PageQuerySet):
    def published(self) -> PublicQuerySet:
        return published(self)


BasePageManager = PageManager.from_queryset(PublicQuerySet)


class BasePage(Page):
    """A page of the publication. Not under the desk's workflow unless its class says so."""

    objects = BasePageManager()

    class Meta:
        abstract = True

    @property
    def has_workflow(self) -> bool:
        return False

    def get_workflow(self) -> Workflow | None:
        return None
