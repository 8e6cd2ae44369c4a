"""Finding stories by relevance, on Wagtail's own search index.

A word of the headline counts most. SQLite ranks with FTS5, PostgreSQL with its text search.
"""

from __future__ import annotations

import re

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.search.models import IndexEntry

from news.models import ArticlePage
from news.models.articles import ArticleQuerySet

WORDS = re.compile(r"[^\W_]+", re.UNICODE)
MAX_WORDS = 10
MAX_LENGTH = 64
MAX_RESULTS = 200

SQLITE = """
    SELECT CAST(entry.object_id AS integer) AS id
    FROM {entry}_fts JOIN {entry} entry ON entry.id = {entry}_fts.rowid
    JOIN wagtailcore_page page ON page.id = CAST(entry.object_id AS integer) AND page.live
    WHERE {entry}_fts MATCH %s AND entry.content_type_id = %s
    ORDER BY bm25({entry}_fts, 0.0, 1.0, 10.0) LIMIT %s
"""

POSTGRESQL = """
    SELECT CAST(entry.object_id AS bigint) AS id
    FROM {entry} entry
    JOIN wagtailcore_page page ON page.id = CAST(entry.object_id AS bigint) AND page.live,
    to_tsquery('simple', %s) query
    WHERE (entry.title || entry.body) @@ query AND entry.content_type_id = %s
    ORDER BY ts_rank(setweight(entry.title, 'A') || setweight(entry.body, 'D'), query) DESC, id DESC
    LIMIT %s
"""


def words_of(query: str) -> list[str]:
    """In: what somebody typed. Out: at most ten words, safe in any query language."""
    return [word[:MAX_LENGTH] for word in WORDS.findall(query)[:MAX_WORDS]]


def find(query: str) -> list[int]:
    """In: what somebody typed. Out: ids of live stories that hold every word, best first.

    Not yet narrowed to `published()`; at most 200. Long words match by their beginning, so
    that most endings of an inflected language are found.
    """
    words = words_of(query)
    if not words:
        return []
    if connection.vendor == "postgresql":
        sql, terms = POSTGRESQL, " & ".join(word + ":*" * (len(word) > 4) for word in words)
    else:
        sql, terms = SQLITE, " ".join(f'"{word}"' + "*" * (len(word) > 4) for word in words)
    story_type = ContentType.objects.get_for_model(ArticlePage).pk
    with connection.cursor() as cursor:
        cursor.execute(
            sql.format(entry=IndexEntry._meta.db_table), [terms, story_type, MAX_RESULTS]
        )
        return [row[0] for row in cursor.fetchall()]


def search_stories(query: str) -> list[ArticlePage]:
    """In: what somebody typed. Out: published stories, best first."""
    ids = find(query)
    stories: ArticleQuerySet = ArticlePage.objects.published().cards()
    found = stories.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
