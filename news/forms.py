"""Forms of the editor and the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from news.desk.rules import obstacle


class ReturnForm(forms.Form):
    """Sending a story back needs a reason."""

    comment = forms.CharField(label=_("What has to change"), widget=forms.Textarea({"rows": 3}))


class ArticleForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.first_published_at and "published_at" in self.fields:
            # Readers have seen this date: it stays.
            self.fields["published_at"].disabled = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        published_at = data.get("published_at")
        if published_at and published_at > timezone.now():
            self.add_error("published_at", _("A story cannot claim to be from the future."))
        task = self.instance.current_workflow_task if self.instance.pk else None
        if getattr(task, "text_stands_still", False) and self.changes_text():
            self.add_error(None, _("While a lawyer reads, the text stands still: comment instead."))
        if self.data.get("action-submit") or self.data.get("action-workflow-action"):
            self.instance.lead_image = data.get("lead_image")
            if sentence := obstacle(self.instance):
                self.add_error("lead_image", sentence)
        return data

    def changes_text(self) -> bool:
        """Whether anything but comments was changed.

        A browser sends rich text and the order of a list back in another form than it got them:
        the body is compared by its words and what it names, the byline by its authors.
        """
        fields = set(self.changed_data) - {"comment_notifications", "body"}
        return bool(fields) or self.changes_byline() or self.changes_body()

    def changes_byline(self) -> bool:
        before = {str(byline.author_id) for byline in self.instance.bylines.all()}
        after = {
            str(form["author"].data)
            for form in self.formsets["bylines"].forms
            if form["author"].data and not form["DELETE"].data
        }
        return before != after

    def changes_body(self) -> bool:
        before, after = self.instance.body, self.cleaned_data.get("body")
        if after is None:
            return True
        block = before.stream_block
        return block.words(before.raw_data) != block.words(after.raw_data) or block.mentions(
            before.raw_data
        ) != block.mentions(after.raw_data)
