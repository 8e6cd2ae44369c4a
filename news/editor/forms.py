"""Forms of the story's editor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.blocks import StreamValue
from wagtail.models import Page

from news.editions.errors import Refused
from news.editor.advice import ADD, with_related
from news.review.forms import begin_in
from news.review.permissions import is_editor, may_place_alias
from news.review.signing import obstacle


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
        story = self.instance
        if story.pk and not any(name.startswith("action-") for name in self.data):
            # From here on this save is alone with the story's row.
            row = Page.objects.select_for_update().filter(pk=story.pk)
            newest = row.values_list("latest_revision_id", flat=True).get()
            if newest != story.latest_revision_id:
                sentence = gettext(
                    "Somebody saved this story at the same moment: look at it again."
                )
                raise Refused(sentence, story)
        return super().save(commit)
