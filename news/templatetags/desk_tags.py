"""Parts of the story's editor that are drawn anew when it has saved by itself."""

from __future__ import annotations

from typing import Any

from django import template

from news.editor.advice import advice

register = template.Library()


@register.inclusion_tag("news/admin/advice.html", takes_context=True)
def story_advice(context: template.Context, story: Any) -> dict[str, Any]:
    """In: the story that was just saved. Out: its hints and fitting stories."""
    return advice(story, context["request"].user)
