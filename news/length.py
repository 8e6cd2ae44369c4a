"""The length of a story, where its writer sees it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext
from wagtail.admin.panels import Panel


class LengthPanel(Panel):
    """Words and minutes of the text as last saved. (Wagtail's checks count the preview.)"""

    class BoundPanel(Panel.BoundPanel):
        template_name = "news/admin/length.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            words, minutes = self.instance.word_count, self.instance.read_time
            return context | {
                "words": ngettext("%(count)s word", "%(count)s words", words) % {"count": words},
                "minutes": ngettext("%(count)s min read", "%(count)s min read", minutes)
                % {"count": minutes},
            }
