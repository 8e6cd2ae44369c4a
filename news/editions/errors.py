"""How the house says no."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import ngettext


class Refused(PermissionDenied):
    """An action that the desk refuses. Its text is a sentence for the person who asked."""

    def __init__(self, sentence: str, story: Any = None) -> None:
        super().__init__(sentence)
        self.story_id = story.pk if story is not None else None


class TextChanged(Refused):
    """Somebody signs what is no longer there: they are shown what changed."""


class ReasonNeeded(Refused):
    """Refused until somebody gives a reason."""

    def __init__(self, stories: int, story: Any = None) -> None:
        sentence = ngettext(
            "%(count)d public story would disappear for readers: say why. It stays on record.",
            "%(count)d public stories would disappear for readers: say why. It stays on record.",
            stories,
        )
        super().__init__(sentence % {"count": stories}, story)
