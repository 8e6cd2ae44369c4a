"""Forms of the editor and the desk."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.blocks import StreamValue
from wagtail.models import Page

from cms.converters import DIGITS
from cms.models import PublicationSettings
from news.desk.overtaken import refuse_if_overtaken
from news.desk.rules import is_editor, may_place_alias, obstacle
from news.kinds import CHANGES, Kind
from news.suggestions import ADD, with_related


def begin_in(field: str, after: int = -1) -> dict[str, str]:
    """Wagtail's way to put the cursor into a field. In: its selector, and how many milliseconds
    after it is there: a dialog that slides in takes the focus.
    """
    return {
        "data-controller": "w-init w-focus",
        "data-w-init-delay-value": str(after),
        "data-action": "w-init:ready->w-focus#focus",
        "data-w-focus-target-value": field,
    }


class OneOf(forms.ModelChoiceField):
    """A choice among rows; a number that no database holds is none of them."""

    def to_python(self, value: Any) -> Any:
        if len(str(value or "")) > DIGITS:
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return super().to_python(value)


class StoryCopyForm(CopyForm):
    """A copy starts as a draft. An alias shows what is public already: it asks for the role of
    who publishes at its new place, not for a signature.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)

    def clean(self) -> dict[str, Any]:
        alias = self.cleaned_data.pop("alias", False)
        data: dict[str, Any] = super().clean()
        place = data.get("new_parent_page") or self.page.get_parent()
        if alias and not may_place_alias(self.user, place):
            self.add_error("alias", _("Managing editors put a story into a second section."))
        return {**data, "alias": alias}


class ReturnForm(forms.Form):
    """Sending a story back needs a reason."""

    comment = forms.CharField(
        label=_("What has to change"),
        widget=forms.Textarea({"rows": 3, **begin_in("#id_comment", after=500)}),
    )


class CommentForm(forms.Form):
    """A comment, or a reply to one."""

    text = forms.CharField(label=_("Comment"), max_length=5000)


class PartCommentForm(CommentForm):
    """In: `paths`, the places in the story's form that can be commented on."""

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


class FixForm(WagtailAdminPageForm):
    """The live text with another word in it, and what kind of change that is."""

    fix_kind = forms.ChoiceField(
        label=_("This change is"),
        choices=[(kind.value, kind.label) for kind in CHANGES],
        initial=Kind.TYPO,
    )
    fix_note = forms.CharField(
        label=_("What readers are told"), required=False, widget=forms.Textarea({"rows": 2})
    )
    fix_reason = forms.CharField(label=_("Reason"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if lacks_a_note(data.get("fix_kind"), data.get("fix_note", "")):
            self.add_error("fix_note", TELL_READERS)
        return data


class ArticleForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["title"].widget.attrs |= begin_in("#id_title")
        if not self.is_bound and not self.initial["body"]:
            self.initial["body"] = self.fields["body"].block.to_write_in()
        if self.keeps_date():
            self.fields["published_at"].disabled = True
        if self.instance.needs_legal_review and not is_editor(self.for_user, self.instance):
            self.fields["needs_legal_review"].disabled = True

    def keeps_date(self) -> bool:
        """Readers have seen this date: it stays."""
        return bool(self.instance.first_published_at and "published_at" in self.fields)

    def clean_published_at(self) -> datetime | None:
        """A form gives a date back without its fractions of a second."""
        if self.keeps_date():
            return self.instance.published_at
        return self.cleaned_data["published_at"]

    def clean_body(self) -> StreamValue:
        return with_related(self.cleaned_data["body"], self.instance, self.data.get(ADD))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        published_at = data.get("published_at")
        if published_at and published_at > timezone.now():
            self.add_error("published_at", _("A story cannot claim to be from the future."))
        if data.get("expire_at") and not data.get("expiry_reason"):
            self.add_error("expiry_reason", _("Say why the story will be withdrawn."))
        if self.data.get("action-submit") or self.data.get("action-workflow-action"):
            self.instance.lead_image = data.get("lead_image")
            if sentence := obstacle(self.instance):
                self.add_error("lead_image", sentence)
        return data

    @transaction.atomic
    def save(self, commit: bool = True) -> Page:
        """In a submission's or a publication's form an action is named; in an autosave's none."""
        if not any(name.startswith("action-") for name in self.data):
            refuse_if_overtaken(self.instance)
        return super().save(commit)
