from __future__ import annotations

from .addresses import Addresses, PublicPage, public_pages
from .append_only import AppendOnly
from .changes import Change, ChangeCounter
from .images import Image, Rendition
from .pages import BasePage, published
from .publication import PublicationSettings
from .users import User

__all__ = [
    "Addresses",
    "AppendOnly",
    "BasePage",
    "Change",
    "ChangeCounter",
    "Image",
    "PublicPage",
    "PublicationSettings",
    "Rendition",
    "User",
    "public_pages",
    "published",
]
