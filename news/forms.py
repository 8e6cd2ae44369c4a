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
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        published_at = data.get("published_at")
        if published_at and published_at > timezone.now():
            self.add_error("published_at", _("A story cannot claim to be from the future."))
        if self.instance.first_published_at and "published_at" in self.changed_data:
            self.add_error("published_at", _("Readers have seen this date: it stays."))
        if self.data.get("action-submit") or self.data.get("action-workflow-action"):
            self.instance.lead_image = data.get("lead_image")
            if sentence := obstacle(self.instance):
                self.add_error("lead_image", sentence)
        return data
