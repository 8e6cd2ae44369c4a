"""Fix the live text: the form, and its signature."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from cms.models import User
from news.desk.live_text import propose, publish_fix, text_of, waiting_fix
from news.desk.models import LiveFix
from news.editions.choices import CHANGES, Kind
from news.editions.differences import named_differences
from news.editions.document import document
from news.editions.errors import Refused
from news.editions.settings import signs_alone
from news.editions.signatures import digest_of
from news.models import ArticlePage
from news.review.forms import TELL_READERS, lacks_a_note


class FixForm(WagtailAdminPageForm):
    """The live text with another word in it, and what kind of change that is."""

    fix_kind = forms.ChoiceField(
        label=gettext_lazy("This change is"),
        choices=[(kind.value, kind.label) for kind in CHANGES],
        initial=Kind.TYPO,
    )
    fix_note = forms.CharField(
        label=gettext_lazy("What readers are told"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    fix_reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if lacks_a_note(data.get("fix_kind"), data.get("fix_note", "")):
            self.add_error("fix_note", TELL_READERS)
        return data


# What a fix may touch: words, not the place or the date of a story.
FIX_PANELS = ObjectList(
    [
        FieldPanel("title", heading=gettext_lazy("Headline")),
        FieldPanel("summary"),
        FieldPanel("kicker"),
        FieldPanel("lead_image_caption"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("dateline"), FieldPanel("credit_line")],
            heading=gettext_lazy("About the story"),
        ),
    ],
    base_form_class=FixForm,
).bind_to_model(ArticlePage)


def story_to_fix(pk: int, user: User) -> ArticlePage:
    """The public story, if the user may change what readers see. 404 for what is not public."""
    story = get_object_or_404(ArticlePage, pk=pk, live=True, alias_of=None)
    if not story.permissions_for_user(user).can_fix_live_text():
        raise Refused(_("The live text is fixed by the editors of its section."), story)
    return story


def fix_live_text(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/stories/<id>/fix/`: change the text that readers see; the draft stays as it is."""
    user = cast(User, request.user)
    story = story_to_fix(pk, user)
    if request.method == "POST" and "body-count" not in request.POST:
        raise BadRequest(_("The form came without its body."))
    form_class = FIX_PANELS.get_form_class()
    form = form_class(request.POST or None, instance=story, for_user=user)
    if request.method == "POST" and form.is_valid():
        text = form.save(commit=False)
        fix = propose(
            text,
            user,
            kind=form.cleaned_data["fix_kind"],
            note=form.cleaned_data["fix_note"],
            reason=form.cleaned_data["fix_reason"],
        )
        return after_proposal(request, story, fix)
    panels = FIX_PANELS.get_bound_panel(instance=story, request=request, form=form)
    context = {
        "story": story,
        "form": form,
        "panels": panels,
        "media": form.media + panels.media,
        "waiting": waiting_fix(story),
        "draft_waits": story.has_unpublished_changes,
    }
    return TemplateResponse(request, "news/admin/fix.html", context)


def after_proposal(request: HttpRequest, story: ArticlePage, fix: LiveFix) -> HttpResponse:
    """Where one signature is enough and the proposer may sign, the fix is public at once."""
    user = cast(User, request.user)
    tester = story.permissions_for_user(user)
    if signs_alone() and tester.is_publisher:
        draft, _revision = text_of(fix)
        publish_fix(fix, user, digest_of(draft))
        messages.success(request, _("The live text is fixed."))
        return redirect("wagtailadmin_pages:edit", story.pk)
    messages.success(request, _("The fix is saved. Somebody else has to read and sign it."))
    return redirect("sign_fix", story.pk)


def sign_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/stories/<id>/fix/sign/`: read what a fix changes, and put it before readers."""
    user = cast(User, request.user)
    story = story_to_fix(pk, user)
    fix = waiting_fix(story)
    if fix is None:
        messages.info(request, _("No fix of the live text waits for a signature."))
        return redirect("wagtailadmin_pages:edit", story.pk)
    draft, _revision = text_of(fix)
    if request.method == "POST":
        publish_fix(fix, user, request.POST.get("digest", ""))
        messages.success(request, _("The live text is fixed."))
        return redirect("wagtailadmin_pages:edit", story.pk)
    context: dict[str, Any] = {
        "story": story,
        "fix": fix,
        "digest": digest_of(draft),
        "differences": named_differences(document(story), document(draft)),
        "own": fix.by_id == user.pk and not signs_alone(),
    }
    return TemplateResponse(request, "news/admin/sign_fix.html", context)
