from __future__ import annotations

from .append_only import AppendOnly
from .changes import Change, ChangeCounter
from .images import Image, Rendition
from .pages import BasePage, published
from .publication import PublicationSettings
from .users import User

__all__ = [
    "AppendOnly",
    "BasePage",
    "Change",
    "ChangeCounter",
    "Image",
    "PublicationSettings",
    "Rendition",
    "User",
    "published",
]
