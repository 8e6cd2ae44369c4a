"""Links to a draft: the screen that makes and revokes them, and what their readers see."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.models import User
from news.desk import draft_links as desk
from news.desk.models import DraftLink
from news.models import ArticlePage
from news.views.stories import story_view

# Whoever has the address sees the draft: no cache keeps it, no other site is told.
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
sharing = story_view(desk.may_share, desk.NOT_THEIRS)


def days_choices() -> list[tuple[int, str]]:
    return [(days, ngettext("%d day", "%d days", days) % days) for days in desk.DAYS]


class LinkForm(forms.Form):
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"), choices=days_choices, coerce=int, initial=3
    )


@never_cache
@sharing
def draft_links(request: HttpRequest, story: ArticlePage, user: User) -> HttpResponse:
    """A new link is shown in the answer to its making, and never again."""
    form = LinkForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        _link, token = desk.make_link(story, user, form.cleaned_data["days"])
        address = request.build_absolute_uri(reverse("shared_draft", args=(token,)))
        form = LinkForm()
    context = {
        "story": story,
        "form": form,
        "closed": desk.why_closed(story),
        "links": desk.valid_links(story),
        "address": address,
    }
    return TemplateResponse(request, "news/admin/links.html", context)


@require_POST
@sharing
def revoke_link(request: HttpRequest, story: ArticlePage, user: User, link: int) -> HttpResponse:
    desk.revoke(get_object_or_404(DraftLink, pk=link, story=story), user)
    messages.success(request, _("The link shows nothing any more."))
    return redirect("draft_links", story.pk)


@require_safe
def shared_draft(request: HttpRequest, token: str) -> HttpResponse:
    """The newest draft of a story, or a sentence where the link has ended."""
    link = desk.link_of(token)
    if link is None:
        raise Http404
    request.user = AnonymousUser()  # whoever reads here is nobody: no bar to edit with
    if desk.is_open(link):
        draft = link.story.get_latest_revision_as_object()
        draft.template = "news/shared_draft.html"
        draft.shared_by = link
        with translation.override(draft.locale.language_code):
            response = draft.serve_preview(request, draft.default_preview_mode)
    else:
        response = render(request, "news/shared_draft_ended.html", status=410)
    for name, value in HEADERS.items():
        response[name] = value
    return response
