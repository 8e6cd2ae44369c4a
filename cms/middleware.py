"""Middleware: compression of text, security headers, redirects from old addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.models import published

TEXT = re.compile(r"text/|application/([\w.-]+\+)?(json|xml)|image/svg\+xml")


class TextCompression(GZipMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not TEXT.match(response.headers.get("Content-Type", "")):
            return response
        return super().process_response(request, response)


PLAYERS = (
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://w.soundcloud.com",
    "https://open.spotify.com",
)
COMMON = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "frame-src": " ".join(("'self'", *PLAYERS)),
}
INLINE = "'self' 'unsafe-inline'"
READERS = COMMON | {"script-src": "'self'", "style-src": "'self'"}
ADMIN = COMMON | {"script-src": INLINE, "style-src": INLINE}
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def policy(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware."""
    for_readers, for_admin = policy(READERS), policy(ADMIN)

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        inside = request.path.startswith("/admin/")
        response.headers.setdefault("Content-Security-Policy", for_admin if inside else for_readers)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return respond


class PublicRedirects(RedirectMiddleware):
    """Wagtail's, which would also name the address of a draft or of a private page."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        redirect = get_redirect(request, path) or get_redirect(request, urlsplit(path).path)
        if redirect is None or redirect.link is None or not leads_to_the_public(redirect):
            return response
        answer = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        return answer(redirect.link)


def leads_to_the_public(redirect: Redirect) -> bool:
    """Whether everybody may see its page; of other addresses the newsroom knows best."""
    page_id = redirect.redirect_page_id
    return page_id is None or published(Page.objects.filter(pk=page_id)).exists()
