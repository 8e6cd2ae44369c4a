from __future__ import annotations

from .articles import ArticlePage, Genre
from .authors import AuthorIndexPage, AuthorPage
from .bylines import Byline
from .desk import DeskSettings, ReviewTask
from .listings import NewsIndexPage, SectionPage
from .tags import ArticleTag, Tag

__all__ = [
    "ArticlePage",
    "ArticleTag",
    "AuthorIndexPage",
    "AuthorPage",
    "Byline",
    "DeskSettings",
    "Genre",
    "NewsIndexPage",
    "ReviewTask",
    "SectionPage",
    "Tag",
]
