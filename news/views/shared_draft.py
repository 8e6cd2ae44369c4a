"""A draft as readers would see it, at the address of a link."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from news.desk.draft_links import is_open, link_of
from news.desk.models import DraftLink

# Whoever has the address sees the draft: no cache keeps it, no other site is told.
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


@require_safe
def shared_draft(request: HttpRequest, token: str) -> HttpResponse:
    """`/draft/<token>/`: the newest draft of a story, or a sentence where the link has ended."""
    link = link_of(token)
    if link is None:
        raise Http404
    request.user = AnonymousUser()  # whoever reads here is nobody: no bar to edit with
    if is_open(link):
        response = draft_of(link, request)
    else:
        response = render(request, "news/shared_draft_ended.html", status=410)
    for name, value in HEADERS.items():
        response[name] = value
    return response


def draft_of(link: DraftLink, request: HttpRequest) -> HttpResponse:
    draft = link.story.get_latest_revision_as_object()
    draft.template = "news/shared_draft.html"
    draft.shared_by = link
    with translation.override(draft.locale.language_code):
        return draft.serve_preview(request, draft.default_preview_mode)
