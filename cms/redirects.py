"""Old addresses lead on, to what everybody may see."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.models import published


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
