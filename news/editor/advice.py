"""The length of a story, hints and fitting stories, where the writer sees them; anew after every
save.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms import Script
from wagtail.admin.panels import Panel

from news.content.story import Story
from news.editor.hints import hints
from news.editor.suggestions import ADD, suggestions
from news.review.rules import is_unlocked

if TYPE_CHECKING:
    from cms.models import User


def advice(draft: Story, user: User) -> dict[str, Any]:
    """In: a story as last saved, who works on it. Out: the context of `news/admin/advice.html`."""
    if not draft.pk:
        return {}
    return {
        "words": draft.word_count,
        "minutes": draft.read_time,
        "hints": hints(draft, user),
        "suggestions": suggestions(draft),
        "may_add": is_unlocked(draft, user),
        "add": ADD,
    }


class AdvicePanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "news/admin/advice_panel.html"

        class Media:
            js = [Script("news/js/add-related.js", type="module")]

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | advice(self.instance, self.request.user)
