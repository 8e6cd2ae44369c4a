from __future__ import annotations

from .images import Image, Rendition
from .pages import BasePage, published
from .publication import PublicationSettings
from .users import User

__all__ = ["BasePage", "Image", "PublicationSettings", "Rendition", "User", "published"]
