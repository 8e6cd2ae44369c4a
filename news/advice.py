"""Hints and fitting stories, where the writer sees them; anew after every save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms import Script
from wagtail.admin.panels import Panel

from news.hints import hints
from news.suggestions import ADD, suggestions

if TYPE_CHECKING:
    from cms.models import User
    from news.models import ArticlePage


def advice(draft: ArticlePage, user: User) -> dict[str, Any]:
    """In: a story as last saved, who works on it. Out: the context of `news/admin/advice.html`."""
    if not draft.pk:
        return {}
    return {
        "hints": hints(draft, user),
        "suggestions": suggestions(draft),
        "may_add": may_add(draft, user),
        "add": ADD,
    }


def may_add(draft: ArticlePage, user: User) -> bool:
    """Whether the text is open to this person now. Saving asks again."""
    lock, task = draft.get_lock(), draft.current_workflow_task
    stands_still = getattr(task, "text_stands_still", False)
    return not stands_still and not (lock and lock.for_user(user))


class AdvicePanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "news/admin/advice_panel.html"

        class Media:
            js = [Script("news/js/add-related.js", type="module")]

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | advice(self.instance, self.request.user)
