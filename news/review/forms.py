"""Forms of the desk."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from cms.models import PublicationSettings
from news.editions.choices import CHANGES, Kind


def begin_in(field: str, after: int = -1) -> dict[str, str]:
    """Put the cursor into a field, `after` milliseconds: a dialog that slides in takes it first."""
    return {
        "data-controller": "w-init w-focus",
        "data-w-init-delay-value": str(after),
        "data-action": "w-init:ready->w-focus#focus",
        "data-w-focus-target-value": field,
    }


class ReturnForm(forms.Form):
    comment = forms.CharField(
        label=_("What has to change"),
        widget=forms.Textarea({"rows": 3, **begin_in("#id_comment", after=500)}),
    )


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Comment"), max_length=5000)


class PartCommentForm(CommentForm):
    """`paths` are the places in the story's form that can be commented on."""

    path = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, paths: Container[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paths = paths

    def clean_path(self) -> str:
        if self.cleaned_data["path"] not in self.paths:
            raise forms.ValidationError(
                _("The part that you commented on is gone: look at the text again.")
            )
        return self.cleaned_data["path"]


def lacks_a_note(kind: str | None, note: str) -> bool:
    """Whether readers would not learn what was wrong."""
    return kind in (Kind.CLARIFICATION, Kind.CORRECTION) and not note.strip()


TELL_READERS = _("Readers are told what was wrong: say it here.")


class ChangeForm(forms.Form):
    """What kind of change to a live story this is, and what readers are told of it."""

    kind = forms.ChoiceField(
        label=_("This change is"),
        choices=[(kind.value, kind.label) for kind in CHANGES],
        initial=Kind.UPDATE,
        required=False,
    )
    note = forms.CharField(
        label=_("What readers are told"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("For a clarification or a correction."),
    )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Kind.UPDATE

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if lacks_a_note(data.get("kind"), data.get("note", "")):
            self.add_error("note", TELL_READERS)
        return data


class SignForm(ChangeForm):
    """The last approval: the text that was shown, and when it becomes public."""

    field_order = ["digest"]

    digest = forms.CharField(widget=forms.HiddenInput)
    public_from = forms.DateTimeField(
        label=_("Public from"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("In the newsroom's time zone. Empty: at once."),
    )
    embargo = forms.BooleanField(label=_("Embargo: not earlier without a reason"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("Needed to publish earlier than an embargo says. Stays on record."),
    )
    comment = forms.CharField(
        label=_("Comment to the desk"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def full_clean(self) -> None:
        """A time without its zone is the newsroom's."""
        with timezone.override(PublicationSettings.load().time_zone):
            super().full_clean()

    def clean_public_from(self) -> datetime | None:
        moment = self.cleaned_data["public_from"]
        if moment is not None and moment <= timezone.now():
            raise forms.ValidationError(_("This time has passed. Empty means at once."))
        return moment

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("embargo") and not data.get("public_from") and "public_from" not in self.errors:
            self.add_error("public_from", _("An embargo needs its time."))
        return data
