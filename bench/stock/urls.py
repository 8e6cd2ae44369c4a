from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from stock.models import PER_PAGE, ArticlePage

api_router = WagtailAPIRouter("wagtailapi")
api_router.register_endpoint("pages", PagesAPIViewSet)
api_router.register_endpoint("images", ImagesAPIViewSet)


def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("query", "")
    results = ArticlePage.objects.live().public().select_related("lead_image").search(query)
    found = Paginator(results, PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "stock/search.html", {"query": query, "stories": found})


urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("api/v2/", api_router.urls),
    path("search/", search, name="search"),
    path("", include(wagtail_urls)),
]
