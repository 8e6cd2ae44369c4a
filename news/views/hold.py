"""Legal hold: the form that sets it and the form that releases it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.models import User
from news.desk.legal_hold import NOT_THEIRS, may_hold, set_hold
from news.editions.signatures import held_sentence, hold_on
from news.models import ArticlePage
from news.views.stories import story_view


class HoldForm(forms.Form):
    held = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The desk reads it. Stays on record."),
    )


@story_view(may_hold, NOT_THEIRS, to_editor=True)
def legal_hold(request: HttpRequest, story: ArticlePage, user: User) -> HttpResponse:
    """The form says which of both it does, so that a stale one does not do the opposite."""
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_hold(story, user, **form.cleaned_data)
        held = form.cleaned_data["held"]
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
