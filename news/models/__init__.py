from __future__ import annotations

from .articles import ArticlePage, Byline, Genre
from .authors import AuthorIndexPage, AuthorPage
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
