"""Fix the live text: the form, and its signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
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
from news.editions.settings import signs_alone
from news.editions.signatures import digest_of
from news.models import ArticlePage
from news.review.forms import TELL_READERS, lacks_a_note
from news.views.stories import story_view


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
        *map(FieldPanel, ("summary", "kicker", "lead_image_caption", "body")),
        MultiFieldPanel(
            [FieldPanel("dateline"), FieldPanel("credit_line")],
            heading=gettext_lazy("About the story"),
        ),
    ],
    base_form_class=FixForm,
).bind_to_model(ArticlePage)


fixing = story_view(
    lambda user, story: story.permissions_for_user(user).can_fix_live_text(),
    gettext_lazy("The live text is fixed by the editors of its section."),
    to_editor=True,
    live=True,
)


@fixing
def fix_live_text(request: HttpRequest, story: ArticlePage, user: User) -> HttpResponse:
    """Change the text that readers see; the draft stays as it is."""
    if request.method == "POST" and "body-count" not in request.POST:
        raise BadRequest(_("The form came without its body."))
    form = FIX_PANELS.get_form_class()(request.POST or None, instance=story, for_user=user)
    if request.method == "POST" and form.is_valid():
        text = form.save(commit=False)
        data = {name: form.cleaned_data[f"fix_{name}"] for name in ("kind", "note", "reason")}
        fix = propose(text, user, **data)
        # Where one signature is enough and the proposer may sign, the fix is public at once.
        if signs_alone() and story.permissions_for_user(user).is_publisher:
            return publish_and_return(request, fix, user, digest_of(text_of(fix)[0]))
        messages.success(request, _("The fix is saved. Somebody else has to read and sign it."))
        return redirect("sign_fix", story.pk)
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


@fixing
def sign_fix(request: HttpRequest, story: ArticlePage, user: User) -> HttpResponse:
    """Read what a fix changes, and put it before readers."""
    fix = waiting_fix(story)
    if fix is None:
        messages.info(request, _("No fix of the live text waits for a signature."))
        return redirect("wagtailadmin_pages:edit", story.pk)
    draft, _revision = text_of(fix)
    if request.method == "POST":
        return publish_and_return(request, fix, user, request.POST.get("digest", ""))
    context = {
        "story": story,
        "fix": fix,
        "digest": digest_of(draft),
        "differences": named_differences(document(story), document(draft)),
        "own": fix.by_id == user.pk and not signs_alone(),
    }
    return TemplateResponse(request, "news/admin/sign_fix.html", context)


def publish_and_return(request: HttpRequest, fix: LiveFix, user: User, digest: str) -> HttpResponse:
    publish_fix(fix, user, digest)
    messages.success(request, _("The live text is fixed."))
    return redirect("wagtailadmin_pages:edit", fix.story_id)
