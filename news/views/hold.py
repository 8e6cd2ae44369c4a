"""Legal hold: the form that sets it and the form that releases it."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.models import User
from news.desk.legal_hold import may_hold, set_hold
from news.editions.errors import Refused
from news.editions.signatures import held_sentence, hold_on
from news.models import ArticlePage


class HoldForm(forms.Form):
    held = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The desk reads it. Stays on record."),
    )


def legal_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/stories/<id>/hold/`: hold a story, or release it. Which of both, the form says, so
    that a stale one does not do the opposite.
    """
    user = cast(User, request.user)
    story = get_object_or_404(ArticlePage, pk=pk, alias_of=None)
    if not may_hold(user, story):
        raise Refused(_("Legal reviewers hold a story, and release it."), story)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data["held"]
        set_hold(story, user, form.cleaned_data["reason"], held=held)
        messages.success(request, _("The story is held.") if held else _("The story is released."))
        return redirect("wagtailadmin_home")
    hold = hold_on(story.pk)
    context = {
        "story": story,
        "form": form,
        "hold": hold,
        "sentence": held_sentence(hold) if hold else "",
        "title": _("Release the story") if hold else _("Hold the story"),
    }
    return TemplateResponse(request, "news/admin/hold.html", context)
