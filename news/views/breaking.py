"""Breaking news: the form that puts a text before readers at once, and its review afterwards."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.ids import OneOf
from cms.models import User
from news.desk.breaking import (
    NOT_A_READER,
    NOT_THEIRS,
    may_publish,
    past_the_limit,
    publish_breaking,
    review,
    seconds,
    unreviewed_editions,
    why_not_reviewed_by,
)
from news.editions.differences import named_differences
from news.editions.errors import Refused
from news.editions.models import Edition
from news.editions.signatures import digest_of
from news.models import ArticlePage
from news.review.forms import ChangeForm
from news.views.stories import story_view


class BreakingForm(ChangeForm):
    field_order = ["digest", "reason", "second", "kind", "note", "override"]

    digest = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why it cannot wait"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Stays on record."),
    )
    second = OneOf(
        label=gettext_lazy("Who reads it next"),
        queryset=User.objects.none(),
        help_text=gettext_lazy("They are told at once, and have to sign what you publish."),
    )
    override = forms.CharField(
        label=gettext_lazy("Why one more goes unreviewed"), max_length=500, required=False
    )

    def __init__(self, *args: Any, story: ArticlePage, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(OneOf, self.fields["second"])
        field.queryset = seconds(story, user)
        if not field.queryset.exists():
            field.help_text = _("Nobody can: every editor of this section worked on the text.")
        self.limit = past_the_limit()
        if self.limit:
            self.fields["override"].required = True
        else:
            del self.fields["override"]
        if not story.live:
            del self.fields["kind"], self.fields["note"]


@story_view(may_publish, NOT_THEIRS, to_editor=True)
def publish_at_once(request: HttpRequest, story: ArticlePage, user: User) -> HttpResponse:
    """The newest draft, public with this click."""
    draft = story.get_latest_revision_as_object()
    form = BreakingForm(request.POST or None, story=story, user=user)
    if request.method == "POST" and form.is_valid():
        edition = publish_breaking(story, user, **form.cleaned_data)
        if edition.unreviewed:
            sentence = _("Published as breaking news. It waits for its second reader.")
        else:
            sentence = _("Published as breaking news.")
        messages.success(request, sentence)
        return redirect("wagtailadmin_pages:edit", story.pk)
    context = {"story": story, "draft": draft, "form": form, "digest": digest_of(draft)}
    return TemplateResponse(request, "news/admin/breaking.html", context)


def review_breaking(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Read what was published, and sign it."""
    user = cast(User, request.user)
    edition = get_object_or_404(Edition, story=pk, number=number, unreviewed=True)
    story = edition.story
    if not story.permissions_for_user(user).can_edit():
        raise Refused(str(NOT_A_READER), story)
    if request.method == "POST":
        review(edition, user, request.POST.get("digest", ""))
        messages.success(request, _("Reviewed. Thank you."))
        return redirect("wagtailadmin_home")
    earlier = Edition.objects.filter(story=story, number__lt=number, live=True).last()
    changes = named_differences(earlier.document if earlier else {}, edition.document)
    context = {
        "story": story,
        "edition": edition,
        "open": unreviewed_editions().filter(pk=edition.pk).exists(),
        "why_not": why_not_reviewed_by(user, edition),
        "first": earlier is None,
        "differences": [change for change in changes if change.before or change.after],
        "replaced": digest_of(story) != edition.digest,
    }
    return TemplateResponse(request, "news/admin/review_breaking.html", context)
