"""Which page an address names, in one query and one more for the page itself, at any depth.

Wagtail asks for the site, the language, the front page and then twice for each level. Where there
are several sites, or anything else is out of the ordinary, its own way is taken.
"""

from __future__ import annotations

from itertools import accumulate, takewhile
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from wagtail import views
from wagtail.models import Page, Site

from cms.models.pages import Open


class RoutedPage(NamedTuple):
    """A page on the way."""

    url_path: str
    pk: int
    content_type_id: int
    live: bool
    alias_of_id: int | None
    is_open: bool


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view of a page."""
    slugs = [slug for slug in path.split("/") if slug]
    if way := _way(slugs):
        _lead(request, way, slugs)
    return views.serve(request, path)


def _way(slugs: list[str]) -> list[RoutedPage]:
    """The pages from the front page down, as far as the address names them; none where Wagtail
    is to look itself.
    """
    roots: list[Any] = Site.get_site_root_paths()
    language = translation.get_language()
    root = next((root.root_path for root in roots if root.language_code == language), None)
    if root is None or len({root.site_id for root in roots}) > 1:
        return []
    url_paths = list(accumulate(slugs, lambda above, slug: f"{above}{slug}/", initial=root))
    # The slugs are there for their index.
    on_the_way = Page.objects.filter(
        url_path__in=url_paths, slug__in={*slugs, root.rstrip("/").rpartition("/")[2]}
    )
    rows = on_the_way.order_by().annotate(is_open=Open("path")).values_list(*RoutedPage._fields)
    found = {row[0]: RoutedPage(*row) for row in rows}
    way = [found[url_path] for url_path in takewhile(found.__contains__, url_paths)]
    return way if way and way[0].live else []


def _lead(request: HttpRequest, way: list[RoutedPage], slugs: list[str]) -> None:
    """Set what Wagtail's router finds: the page with the rest of the address, or that there is
    none.
    """
    last = way[-1]
    model: Any = ContentType.objects.get_for_id(last.content_type_id).model_class()
    if model is None:
        return
    page = model._default_manager.get(pk=last.pk)
    page.known_open = last.is_open and not last.alias_of_id
    found: Any = request
    try:
        found._wagtail_route_for_request = page.route(request, slugs[len(way) - 1 :])
    except Http404:
        found._wagtail_route_for_request = None
