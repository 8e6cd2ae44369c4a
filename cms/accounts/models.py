"""People who work here."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser

from cms.changes.registry import not_shared


@not_shared("readers see nothing of it")
class User(AbstractUser):  # type: ignore[django-manager-missing]
    """A person who works here. What they may do comes from their groups."""

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()
