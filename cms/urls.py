"""The addresses of the house. Wagtail's pages come last: they take whatever is left."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.api import v2, v3_urls
from cms.routing import serve as serve_page
from cms.views import healthz, readyz
from news.views.links import shared_draft
from news.views.sitemaps import news_sitemap, robots, security_txt, sitemap_index, sitemap_part
from search.views import search

media_prefix = settings.MEDIA_URL.lstrip("/")

handler400 = "cms.views.bad_request"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<str:name>.xml", sitemap_part, name="sitemap_part"),
    path("news-sitemap.xml", news_sitemap, name="news_sitemap"),
    path("admin/", include(wagtailadmin_urls)),
    path("draft/<str:token>/", shared_draft, name="shared_draft"),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", v2.urls),
    path("api/v3/", v3_urls),
    re_path(rf"^{media_prefix}(?P<path>.+)$", serve, {"document_root": settings.MEDIA_ROOT}),
    # The default language has no prefix, others live under theirs: /uk/.
    *i18n_patterns(
        path("search/", search, name="search"),
        path("", include(wagtail_urls.urlpatterns[:-1])),
        # In place of Wagtail's last.
        re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]
