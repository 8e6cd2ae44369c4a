"""Every model of `cms`, gathered for Django and for the other apps."""

from __future__ import annotations

from cms.accounts.models import User
from cms.changes.models import Change, ChangeCounter

from .addresses import Addresses, PublicPage, public_pages
from .append_only import AppendOnly
from .images import Image, Rendition
from .pages import BasePage, published
from .publication import PublicationSettings

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
