"""What the editor says of a story that is locked while it is in review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock

# Wagtail's models are not there yet when this module is read.
if TYPE_CHECKING:
    from cms.models import User


class ReviewLock(WorkflowLock):
    def get_message(self, user: User) -> SafeString | None:
        """Why the text stands still, and the way to where it is read and commented on."""
        if not self.for_user(user):
            return None
        stage = _("This story waits at “%(stage)s”.") % {"stage": self.task.name}
        return format_html(
            '{} {} <span class="buttons"><a class="button button-small button-secondary" href="{}">'
            "{}</a></span>",
            stage,
            _("Until its reviewers have decided it is read and commented on, not changed."),
            reverse("read_story", args=(self.object.pk,)),
            _("Read and comment"),
        )
