"""The screen that shares a draft by a link."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.models import User
from news.desk.draft_links import (
    DAYS,
    NOT_THEIRS,
    make_link,
    may_share,
    revoke,
    valid_links,
    why_closed,
)
from news.desk.models import DraftLink
from news.editions.errors import Refused
from news.models import ArticlePage


def days_choices() -> list[tuple[int, str]]:
    return [(days, ngettext("%d day", "%d days", days) % days) for days in DAYS]


class LinkForm(forms.Form):
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"), choices=days_choices, coerce=int, initial=3
    )


def story_to_share(pk: int, user: User) -> ArticlePage:
    """Raises Refused for whom the draft is not theirs to show. 404 for what is no story."""
    story = get_object_or_404(ArticlePage, pk=pk, alias_of=None)
    if not may_share(user, story):
        raise Refused(str(NOT_THEIRS))
    return story


@never_cache
def draft_links(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/stories/<id>/links/`: who can read the draft, and until when; make a link.

    A new link is shown in the answer to its making, and never again.
    """
    user = cast(User, request.user)
    story = story_to_share(pk, user)
    form = LinkForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        _link, token = make_link(story, user, form.cleaned_data["days"])
        address = request.build_absolute_uri(reverse("shared_draft", args=(token,)))
        form = LinkForm()
    context = {
        "story": story,
        "form": form,
        "closed": why_closed(story),
        "links": valid_links(story),
        "address": address,
    }
    return TemplateResponse(request, "news/admin/links.html", context)


@require_POST
def revoke_link(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """`/admin/stories/<id>/links/<link>/revoke/`: from now on it shows nothing."""
    user = cast(User, request.user)
    story = story_to_share(pk, user)
    revoke(get_object_or_404(DraftLink, pk=link, story=story), user)
    messages.success(request, _("The link shows nothing any more."))
    return redirect("draft_links", story.pk)
