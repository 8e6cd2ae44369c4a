"""Every model of `news`, gathered for Django and for the other apps."""

from __future__ import annotations

from news.content.bylines import Byline
from news.content.fields import Genre
from news.content.tags import ArticleTag, Tag
from news.desk.models import Claim, DraftLink, LastRead, LiveFix
from news.editions.models import Contribution, Edition, EditionReference, Signature
from news.editions.settings import DeskSettings
from news.notifications.models import Notice, NoticeSettings
from news.review.participants import Participant
from news.review.stages import ReviewTask

from .articles import ArticlePage
from .authors import AuthorIndexPage, AuthorPage
from .listings import NewsIndexPage, SectionPage

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
    "EditionReference",
    "Genre",
    "LastRead",
    "LiveFix",
    "NewsIndexPage",
    "Notice",
    "NoticeSettings",
    "Participant",
    "ReviewTask",
    "SectionPage",
    "Signature",
    "Tag",
]
