from __future__ import annotations

from .articles import ArticlePage, Genre
from .authors import AuthorIndexPage, AuthorPage
from .bylines import Byline
from .desk import DeskSettings, ReviewTask
from .editions import Contribution, Edition, LiveFix, Named, Signature
from .listings import NewsIndexPage, SectionPage
from .tags import ArticleTag, Tag

__all__ = [
    "ArticlePage",
    "ArticleTag",
    "AuthorIndexPage",
    "AuthorPage",
    "Byline",
    "Contribution",
    "DeskSettings",
    "Edition",
    "Genre",
    "LiveFix",
    "Named",
    "NewsIndexPage",
    "ReviewTask",
    "SectionPage",
    "Signature",
    "Tag",
]
