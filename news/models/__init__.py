from __future__ import annotations

from .articles import ArticlePage, Genre
from .authors import AuthorIndexPage, AuthorPage
from .bylines import Byline
from .desk import DeskSettings, ReviewTask
from .editions import Contribution, Edition, LiveFix, Named, Signature
from .listings import NewsIndexPage, SectionPage
from .notices import Notice, NoticeSettings
from .tags import ArticleTag, Tag
from .work import Claim, DraftLink, Involved, Look

__all__ = [
    "ArticlePage",
    "ArticleTag",
    "AuthorIndexPage",
    "AuthorPage",
    "Byline",
    "Claim",
    "Contribution",
    "DeskSettings",
    "DraftLink",
    "Edition",
    "Genre",
    "Involved",
    "LiveFix",
    "Look",
    "Named",
    "NewsIndexPage",
    "Notice",
    "NoticeSettings",
    "ReviewTask",
    "SectionPage",
    "Signature",
    "Tag",
]
